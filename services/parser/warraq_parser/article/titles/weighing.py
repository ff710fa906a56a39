"""How much each candidate for the headline weighs against the others."""

import re
from dataclasses import replace
from urllib.parse import unquote

from warraq_parser.article.metadata import Metadata
from warraq_parser.article.sitename import squeeze
from warraq_parser.article.titles.headline import SHORTEST_HEADLINE, Headline
from warraq_parser.article.titles.title_parts import own_address

_CUT = re.compile(r"\s*(?:…|\.\.\.)$")
# Squeezed headlines shorter than this are labels; longer than that they stand for themselves.
_SHORTEST_KEY, _LONG_KEY = 6, 25


class Scale:
    """Weighs one candidate against the others: what two places say is right."""

    def __init__(self, candidates: list[Headline], metadata: Metadata) -> None:
        self._candidates = candidates
        self._keys = [squeeze(candidate.text) for candidate in candidates]
        self._title = squeeze(metadata.page_title)
        self._slug = _slug(metadata)
        self._longest = max(map(len, self._keys), default=0)
        self._origins: dict[str, set[str]] = {}
        for candidate, key in zip(candidates, self._keys, strict=True):
            self._origins.setdefault(key, set()).add(candidate.origin)
        self._headings = sum(candidate.element is not None for candidate in candidates)

    def weighed(self) -> list[Headline]:
        """Return the candidates with their confidence and its reason."""
        return [self._weigh(candidate, key) for candidate, key in zip(self._candidates, self._keys, strict=True)]

    def _weigh(self, candidate: Headline, key: str) -> Headline:
        agreeing = self._origins[key] - {candidate.origin}
        if agreeing:
            gain, why = min(0.08, 0.04 + 0.01 * len(agreeing)), "agrees with " + ", ".join(sorted(agreeing))
        else:
            gain, why = self._alone(candidate, key)
        if _CUT.search(candidate.text) or (len(key) < _SHORTEST_KEY and not agreeing):
            gain, why = gain - 0.3, "cut or too short"
        confidence = round(max(0.05, min(0.99, candidate.confidence + gain)), 3)
        return replace(candidate, confidence=confidence, why=why)

    def _alone(self, candidate: Headline, key: str) -> tuple[float, str]:
        """Weigh a candidate that no other place repeats."""
        shown = candidate.element is not None
        if shown and self._headings > 1 and len(key) < 0.4 * self._longest and not self._title.startswith(key):
            return -0.35, "one of several headings"
        if candidate.origin == "dom:h2" and self._title.startswith(key):
            return 0.12, "is seen, and begins the page's title"
        if key and key in self._title and candidate.origin != "title":
            covers = len(key) > 0.4 * len(self._title) or self._title.startswith(key) or not shown
            return 0.03 if covers else -0.1, "is in the page's title"
        if not shown:
            return 0.0, "no other place says so"
        share = self._share(key)
        if share >= 0.2:
            return -0.12 * max(0.0, 0.5 - share), "is seen, and other places say nearly so"
        return -0.1 if len(key) > _LONG_KEY else -0.35, "no other place says so"

    def _share(self, key: str) -> float:
        """Return how much of ``key``, in runs of three letters, the best of the other places has too."""
        mine = {key[i : i + 3] for i in range(len(key) - 2)}
        said = (k for k, c in zip(self._keys, self._candidates, strict=True) if c.origin not in ("dom:h1", "title"))
        others = [self._title, self._slug, *said]
        if not mine or not any(others):
            return 1.0
        return max(sum(part in other for part in mine) / len(mine) for other in others)


def _slug(metadata: Metadata) -> str:
    """Return the last part of the page's address with words in it, squeezed: editors make it of the headline."""
    parts = [part for part in own_address(metadata).split("?")[0].split("/")[3:] if len(part) > SHORTEST_HEADLINE]
    return squeeze(unquote(parts[-1])) if parts else ""
