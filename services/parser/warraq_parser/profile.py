"""What a site's pages have in common: learned in small steps, kept in bounded space.

Lines that stand on several pages of a site (a disclaimer inside the body, a subscription line, "latest items") are of
no article. One page alone can't show that; a pipeline that sees many can. A line is known by a digest of its text, so
a profile holds no text of any page.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from warraq_parser.article.body.lines import Line, LineKind
from warraq_parser.article.titles.title_parts import title_affixes
from warraq_shared.parsed import PageObservation, SiteProfile
from warraq_shared.site_profile import FEWEST_PAGES, MOST_REPEATED, SHORTEST_LINE, digest, is_of_site, learn, repeated

# These are shared: the store learns as pages come, ``warraq parse --with-profile`` learns from files.
__all__ = ["digest", "drop_repeated", "learn", "observe", "repeated"]

_MOST_LINES: Final = 200


def observe(lines: Iterable[str], title: str, url: str) -> PageObservation:
    """Return what one page teaches about its site.

    ``lines`` are the lines of the article's part of the page, those that were left out included; ``title`` is the
    page's title as it is in its head.
    """
    found = [line for line in lines if len(line) >= SHORTEST_LINE]
    if len(found) > _MOST_LINES:
        found = found[: _MOST_LINES // 2] + found[-_MOST_LINES // 2 :]
    digests = tuple(dict.fromkeys(map(digest, found)))
    return PageObservation(page=url, blocks=digests, title_affixes=title_affixes(title))


def drop_repeated(lines: Sequence[Line], profile: SiteProfile | None) -> bool:
    """Mark the lines that stand on the site's other pages too; False if that would be the article itself."""
    if profile is None or profile.pages < FEWEST_PAGES:
        return True
    kept = [line for line in lines if not line.dropped and line.kind in (LineKind.TEXT, LineKind.HEADING)]
    known = [line for line in kept if is_of_site(line.text, profile)]
    if sum(line.weight for line in known) > MOST_REPEATED * sum(line.weight for line in kept):
        return False
    for line in known:
        line.dropped = "repeated-on-site"
    return True
