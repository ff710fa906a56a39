"""What a site's pages have in common: learned in small steps, kept in bounded space.

Blocks that stand on several pages of a site (a disclaimer, a subscription line, "latest items") are not of any one
article. One page alone can't show that; a pipeline that sees many can.
"""

from collections.abc import Iterable

from warraq_shared.article import Block
from warraq_shared.parsed import PageObservation, SiteProfile


def observe(blocks: Iterable[Block], title: str, url: str) -> PageObservation:
    """Return what one page teaches about its site."""
    return PageObservation(page=url)


def learn(profile: SiteProfile, observation: PageObservation) -> SiteProfile:
    """Return ``profile`` with ``observation`` learned; the same page twice is the same as once."""
    return profile


def repeated(profile: SiteProfile | None, digest: str) -> bool:
    """Tell whether the block of ``digest`` stands on other pages of the site."""
    return False
