"""What a site's pages have in common: learned in small steps, kept in bounded space.

Lines that stand on several pages of a site (a disclaimer inside the body, a subscription line, "latest items") are of
no article. One page alone can't show that; a pipeline that sees many can. A line is known by a digest of its text, so
a profile holds no text of any page.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Final

from warraq_parser.article.outline import Line, LineKind
from warraq_parser.article.titles import title_affixes
from warraq_shared.parsed import PageObservation, SiteProfile
from warraq_shared.site_profile import learn

# ``learn`` is shared: the store learns as pages come, ``warraq parse --with-profile`` learns from files.
__all__ = ["digest", "drop_repeated", "learn", "observe", "repeated"]

# A line must stand on this many pages, and on this part of them, to be of the site and of no article.
FEWEST_PAGES: Final = 3
_PART_OF_PAGES: Final = 0.2
# More than this part of an article's text on other pages too: the article itself has several addresses.
_MOST_REPEATED: Final = 0.5
_MOST_LINES: Final = 200
_SHORTEST: Final = 8
_DIGESTED: Final = 300
_NUMBERS: Final = re.compile(r"\d+")


def digest(text: str) -> str:
    """Return 12 hex digits for ``text`` that do not change with case, white space or numbers (counters, years)."""
    folded = _NUMBERS.sub("0", " ".join(text[:_DIGESTED].casefold().split()))
    return hashlib.blake2b(folded.encode("utf-8", "replace"), digest_size=6).hexdigest()


def observe(lines: Iterable[str], title: str, url: str) -> PageObservation:
    """Return what one page teaches about its site.

    ``lines`` are the lines of the article's part of the page, those that were left out included; ``title`` is the
    page's title as it is in its head.
    """
    found = [line for line in lines if len(line) >= _SHORTEST]
    if len(found) > _MOST_LINES:
        found = found[: _MOST_LINES // 2] + found[-_MOST_LINES // 2 :]
    digests = tuple(dict.fromkeys(map(digest, found)))
    return PageObservation(page=url, blocks=digests, title_affixes=title_affixes(title))


def repeated(profile: SiteProfile | None, text_digest: str) -> bool:
    """Tell whether the line of ``text_digest`` stands on enough of the site's pages to be of no article."""
    if profile is None:
        return False
    count = profile.blocks.get(text_digest, 0)
    return count >= FEWEST_PAGES and count >= profile.pages * _PART_OF_PAGES


def drop_repeated(lines: Sequence[Line], profile: SiteProfile | None) -> bool:
    """Mark the lines that stand on the site's other pages too; False if that would be the article itself."""
    if profile is None or profile.pages < FEWEST_PAGES:
        return True
    kept = [line for line in lines if not line.dropped and line.kind in (LineKind.TEXT, LineKind.HEADING)]
    known = [line for line in kept if len(line.text) >= _SHORTEST and repeated(profile, digest(line.text))]
    if sum(line.weight for line in known) > _MOST_REPEATED * sum(line.weight for line in kept):
        return False
    for line in known:
        line.dropped = "repeated-on-site"
    return True
