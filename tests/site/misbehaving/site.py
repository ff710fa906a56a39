"""The whole site: all hazards of all tables, and the pages that behave."""

from misbehaving.answers import answers
from misbehaving.content import content
from misbehaving.hazard import Hazard
from misbehaving.robots_files import FILES
from misbehaving.server import ARTICLE, MisbehavingSite
from misbehaving.talk import Talk
from misbehaving.transfer import transfer

HAZARDS: tuple[Hazard, ...] = (*transfer.hazards, *content.hazards, *answers.hazards)


def _page(talk: Talk) -> None:
    talk.page(ARTICLE)


def misbehaving_site() -> MisbehavingSite:
    """Return the site, not yet started."""
    pages = {"/": _page, "/page": _page, "/%D8%B5%D9%81%D8%AD%D8%A9/": _page, "/latin/": _page, "/pages/": _page}
    site = MisbehavingSite(
        {hazard.path: hazard.answer for hazard in HAZARDS} | pages, {file.name: file.answer for file in FILES}
    )
    site.answers["/redirect-by-order"] = lambda talk: talk.redirect(site.ordered_target)
    return site
