"""Learning a site's profile: pure functions, used by the store as pages come and by the command line over files.

A page is counted once. The profile stays bounded: when a map is full, what stands on the fewest pages goes first,
so a block that stands on one page only is the first to be forgotten and never the last to be learned.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Final

from warraq_shared.parsed import PageObservation, SiteProfile

MOST_BLOCKS = 2_000
MOST_AFFIXES = 50
RECENT_PAGES = 64
# From so many pages on everything counts half, so that a site's new look is learned within a few hundred pages.
FADES_AT = 400
# A line must stand on this many pages, and on this part of them, to be of the site and of no article.
FEWEST_PAGES: Final = 3
_PART_OF_PAGES: Final = 0.2
# Shorter lines are too common to be known by their digest.
SHORTEST_LINE: Final = 8
# More than this part of an article's text on other pages too: the article itself has several addresses.
MOST_REPEATED: Final = 0.5
_DIGESTED: Final = 300
_NUMBERS: Final = re.compile(r"\d+")
_NO_DIGITS: Final = bytes(code for code in range(128) if not chr(code).isdigit())


def digest(text: str) -> str:
    """Return 12 hex digits for ``text`` that do not change with case, white space or numbers (counters, years)."""
    folded = text[:_DIGESTED].casefold()
    # The only white space that is printable is the space.
    folded = folded.strip() if folded.isprintable() and "  " not in folded else " ".join(folded.split())
    written = folded.encode("utf-8", "replace")
    # Digits are looked for in the little that is no plain letter.
    if _NUMBERS.search(written.translate(None, _NO_DIGITS).decode()):
        written = _NUMBERS.sub("0", folded).encode("utf-8", "replace")
    return hashlib.blake2b(written, digest_size=6).hexdigest()


def repeated(profile: SiteProfile | None, text_digest: str) -> bool:
    """Tell whether the line of ``text_digest`` stands on enough of the site's pages to be of no article."""
    if profile is None:
        return False
    count = profile.blocks.get(text_digest, 0)
    return count >= FEWEST_PAGES and count >= profile.pages * _PART_OF_PAGES


def recognised(profile: SiteProfile) -> SiteProfile:
    """Return ``profile`` without what changes no reading: lines on too few pages, and the pages seen lately."""
    blocks = {line: count for line, count in profile.blocks.items() if repeated(profile, line)}
    return profile.model_copy(update={"blocks": blocks, "recent_pages": ()})


def is_of_site(text: str, profile: SiteProfile) -> bool:
    """Tell whether the line ``text`` is long enough to be known, and known as the site's own."""
    return len(text) >= SHORTEST_LINE and repeated(profile, digest(text))


def learn(profile: SiteProfile, observation: PageObservation) -> SiteProfile:
    """Return ``profile`` with what ``observation`` teaches; a page seen lately teaches nothing."""
    if observation.page in profile.recent_pages:
        return profile
    if profile.pages >= FADES_AT:
        profile = _faded(profile)
    return profile.model_copy(
        update={
            "pages": profile.pages + 1,
            "blocks": _counted(profile.blocks, observation.blocks, MOST_BLOCKS),
            "title_affixes": _counted(profile.title_affixes, observation.title_affixes, MOST_AFFIXES),
            "recent_pages": (*profile.recent_pages[-(RECENT_PAGES - 1) :], observation.page),
        }
    )


def _faded(profile: SiteProfile) -> SiteProfile:
    """Return ``profile`` with all counts halved; what stood on one page only is forgotten."""
    return profile.model_copy(
        update={
            "pages": profile.pages // 2,
            "blocks": {key: count // 2 for key, count in profile.blocks.items() if count > 1},
            "title_affixes": {key: count // 2 for key, count in profile.title_affixes.items() if count > 1},
        }
    )


def _counted(known: Mapping[str, int], seen: Iterable[str], most: int) -> dict[str, int]:
    """Return ``known`` with each of ``seen`` counted once more, cut to ``most`` entries: rare and old ones go."""
    counts = dict(known)
    for key in set(seen):
        # Taken out and put in again: the order of the map is the order of last sight.
        counts[key] = counts.pop(key, 0) + 1
    if len(counts) <= most:
        return counts
    oldest_first = list(counts)
    age = {key: place for place, key in enumerate(oldest_first)}
    keep = set(sorted(counts, key=lambda key: (counts[key], age[key]), reverse=True)[: most * 3 // 4])
    return {key: counts[key] for key in oldest_first if key in keep}
