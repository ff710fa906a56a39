"""What a robots.txt says to us: the text as rules. Pure, and bounded whatever the text is."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from protego import Protego

# Misspelt as often as written; the same that protego takes for one.
_AGENT_LINE = re.compile(r"\s*user[- ]?agent\s*:?\s*(.*)", re.IGNORECASE)
_PRODUCT = re.compile(r"[a-z_-]+")
_DISALLOW_LINE = re.compile(r"\s*disallow\s*:\s*([^\s#]{1,400})", re.IGNORECASE)
_OTHERS = "User-agent: others"
# One rule with wildcards costs microseconds for each page; a file of tens of thousands is not meant to be read.
_MOST_RULES = 20_000
# To name the rule that forbids a page costs a millisecond with so many, and more is not worth it.
_MOST_NAMED = 500


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that one robots.txt has for us. ``crawl_delay`` is in seconds, 0 if none is asked for.

    ``disallowed`` are the paths that it excludes, the longest first, as far as they are named to people.
    """

    groups: Protego | None
    product: str
    crawl_delay: float
    disallowed: tuple[str, ...] = ()

    def allow(self, url: str) -> bool:
        """Tell whether ``url`` may be asked for."""
        return self.groups is None or urlsplit(url).path == "/robots.txt" or self.groups.can_fetch(url, self.product)

    def rule_against(self, url: str) -> str:
        """Return the line that forbids ``url``: the longest that matches (RFC 9309, 2.2.2); "" if unknown."""
        lines = (f"Disallow: {path}" for path in self.disallowed)
        return next((line for line in lines if not _alone(line).can_fetch(url, "*")), "")


@lru_cache(maxsize=4096)
def _alone(line: str) -> Protego:
    """Return one line as if it were all: sites exclude many pages by the same few lines."""
    return Protego.parse(f"User-agent: *\n{line}")


def product_of(user_agent: str) -> str:
    """Return the product token of a User-Agent (RFC 9309, 2.2.1), in lower case: ``Warraq/1.0 (…)`` → ``warraq``."""
    found = _PRODUCT.match(user_agent.strip().lower())
    return found.group() if found else "*"


def rules_of(body: bytes, user_agent: str) -> Rules:
    """Return the rules for ``user_agent`` in a robots.txt."""
    product = product_of(user_agent)
    text = _as_text(body)
    if not text.strip():
        return Rules(None, product, 0.0)
    lines = _for_us(text, product)
    groups = Protego.parse("\n".join(lines))
    delay = float(groups.crawl_delay(product) or 0.0)
    return Rules(groups, product, delay if math.isfinite(delay) and delay > 0 else 0.0, _disallowed(lines, product))


def _disallowed(lines: Iterable[str], product: str) -> tuple[str, ...]:
    """Return what the group for us excludes, else the group for everyone (RFC 9309, 2.2.1), the longest first."""
    found: dict[str, list[str]] = {product: [], "*": []}
    agents: set[str] = set()
    after_rules = False
    for line in lines:
        agent, rule = _AGENT_LINE.fullmatch(line), _DISALLOW_LINE.match(line)
        if agent is not None:
            agents = {agent.group(1)} if after_rules else agents | {agent.group(1)}
        if rule is not None:
            for name in agents & found.keys():
                found[name].append(rule.group(1))
        after_rules = agent is None
    ours = found[product] or found["*"]
    return tuple(sorted(ours, key=len, reverse=True)) if len(ours) <= _MOST_NAMED else ()


def _as_text(body: bytes) -> str:
    """Return a robots.txt as text: UTF-8 (2.2), without its mark and NULs, whatever its line ends are."""
    text = body.decode("utf-8-sig", errors="replace").replace("\0", "")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _for_us(text: str, product: str) -> list[str]:
    """Return the lines of ``text`` with all agents that are not us under one name.

    A group of ten thousand agents with ten thousand rules is a hundred million rules to a parser that keeps them all.
    """
    kept: list[str] = []
    for line in text.split("\n"):
        agent = _AGENT_LINE.fullmatch(line.partition("#")[0])
        if agent is None:
            if line.strip() and len(kept) < _MOST_RULES:
                kept.append(line)
            continue
        named = _agent_line(agent.group(1), product)
        if not kept or kept[-1] != named:
            kept.append(named)
    return kept


def _agent_line(value: str, product: str) -> str:
    name = value.strip().lower()
    if name == "*":
        return "User-agent: *"
    found = _PRODUCT.match(name)
    return f"User-agent: {product}" if found and found.group() == product else _OTHERS
