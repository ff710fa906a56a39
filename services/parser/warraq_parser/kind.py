"""Article or list: told from what is on the page, not from its name.

A list is links with little beside them; an article is prose with links beside it. What the page says about itself
(``og:type``, JSON-LD) is weak evidence, since front pages call themselves articles and the other way round; the shape
of the address is the weakest.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warraq_shared.parsed import PageKind
from warraq_shared.reasons import Reason

if TYPE_CHECKING:
    from warraq_parser.article.assemble import ArticleReading
    from warraq_parser.article.document import Document


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page is, the reason if it is no article, and why, as short sentences for ``--explain``."""

    kind: PageKind
    reason: Reason
    why: tuple[str, ...]


def judge(document: "Document", reading: "ArticleReading", source: str) -> Verdict:
    """Tell what a page is. ``source`` is the beginning of its HTML as text."""
    if reading.article is None:
        return Verdict(PageKind.UNKNOWN, Reason.NO_TEXT, ("no text was found",))
    return Verdict(PageKind.ARTICLE, Reason.OK, ("it has text",))
