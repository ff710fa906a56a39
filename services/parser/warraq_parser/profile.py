"""What a site's pages have in common: learned in small steps, kept in bounded space.

Blocks that stand on several pages of a site (a disclaimer, a subscription line, "latest items") are not of any one
article. One page alone can't show that; a pipeline that sees many can.
"""

from collections.abc import Iterable

from warraq_shared.article import Block
from warraq_shared.parsed import PageObservation, SiteProfile
from warraq_shared.site_profile import learn

# ``learn`` is shared: the store learns as pages come, ``warraq parse --with-profile`` learns from files.
__all__ = ["learn", "observe", "repeated"]


def observe(blocks: Iterable[Block], title: str, url: str) -> PageObservation:
    """Return what one page teaches about its site."""
    return PageObservation(page=url)


def repeated(profile: SiteProfile | None, digest: str) -> bool:
    """Tell whether the block of ``digest`` stands on other pages of the site."""
    return False
