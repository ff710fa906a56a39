"""What a user wants of a source: one value for the command line and for files, checked in one place."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field

from warraq_shared.article import Frozen
from warraq_shared.errors import UsageProblem
from warraq_shared.language_tags import language_tag
from warraq_shared.messages import FetchPolicy
from warraq_shared.urls import canonical
from warraq_store.schedule import lifecycle
from warraq_store.sources import every, fetch_policy, own_rules, paging, patterns

ROLES = ("feed", "sitemap", "section")
_LONGEST_NAME = 200


class PolledPage(Frozen):
    """A page of a source that is polled for links."""

    url: str
    role: str


class SourceWish(Frozen):
    """What a user wants of a source. Checked by ``checked``; seconds.

    ``max_age_seconds`` None: as the settings say; ``paused`` None: as it is, a new one is followed. ``pagination`` is
    how many pages of a list are followed, the first included; 0 and 1: that alone. ``rules`` are site rules for its own
    pages; who takes them from outside lets the parser check them (``own_rules``).
    """

    name: str
    url: str
    pages: tuple[PolledPage, ...] = ()
    every: str = every.AUTO
    time_zone: str = "UTC"
    language: str | None = None
    tags: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    revisits: str = "news"
    max_age_seconds: float | None = Field(default=None, ge=0)
    pagination: int = Field(default=0, ge=0, le=paging.MOST_PAGES)
    policy: FetchPolicy = FetchPolicy()
    rules: str | None = None
    paused: bool | None = None

    def checked(self) -> "SourceWish":
        """Return the wish in its plain spelling.

        Raises:
            UsageProblem: something of it cannot be used; the message says what and why.
            Permanent: an address is none.
        """
        return self.model_copy(
            update={
                "name": _name(self.name),
                "url": canonical(self.url),
                "pages": tuple(PolledPage(url=canonical(page.url), role=_role(page.role)) for page in self.pages),
                "every": every.check(self.every, self.time_zone),
                "language": _language(self.language),
                "tags": tuple(dict.fromkeys(tag.strip() for tag in self.tags if tag.strip())),
                "include": tuple(patterns.check(self.include)),
                "exclude": tuple(patterns.check(self.exclude)),
                "revisits": lifecycle.check_revisits(self.revisits),
                "policy": fetch_policy.check(self.policy),
                "rules": _rules(self.rules),
            }
        )


def _name(name: str) -> str:
    text = " ".join(name.split())
    if not text or len(text) > _LONGEST_NAME:
        raise UsageProblem(f"A source needs a name of at most {_LONGEST_NAME} characters.")
    return text


def _language(language: str | None) -> str | None:
    tag = language_tag(language)
    if tag is None and (language or "").strip():
        raise UsageProblem(f"{language!r} is no language tag; give one such as ar, en or pt-BR.")
    return tag


def _rules(rules: str | None) -> str | None:
    own_rules.check_length(rules or "")
    return rules or None


def _role(role: str) -> str:
    if role not in ROLES:
        raise UsageProblem(f"{role!r} is no kind of page to poll; give one of {', '.join(ROLES)}.")
    return role


def plain_name(url: str) -> str:
    """Return the name of a source of which nothing but the address is known: its host and path."""
    parts = urlsplit(url)
    return f"{(parts.hostname or url).removeprefix('www.')}{parts.path.rstrip('/')}"[:_LONGEST_NAME]


def changed(wish: SourceWish, changes: Mapping[str, Any]) -> SourceWish:
    """Return ``wish`` with ``changes``, validated."""
    return SourceWish.model_validate({**wish.model_dump(), **changes})
