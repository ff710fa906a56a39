"""The offer that stands where a paywall cut the text off, known by where its links lead, whatever its parts are called.

Looked for only on pages that say themselves that they are not free.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from warraq_parser.article.body.lines import Outline, Region

# Addresses of tills and doors, in the languages that newspapers write them in.
_TILL: Final = re.compile(
    r"subscri|subskri|suscri|abonn|abbon|abone|\babos?\b|prenum|assin[ae]|iscri|predplat|tilaa|eshterak|premium|member|"
    r"paywall|pricing|\bplans?\b|\boffers?\b|\bangebote?\b|\bplus\b|log-?in|sign-?(?:in|up)|regist|anmeld|connexion|identifi",
    re.IGNORECASE,
)
_MOST_LINKS: Final = 3_000
_LONGEST_ADDRESS: Final = 500
_MOST_AROUND: Final = 40
_MOST_LINES: Final = 25
_MOST_PROSE: Final = 900


def drop_offers(outline: Outline, container: int) -> None:
    """Mark the boxes with a link to a till that stand behind the first running text of the article's part.

    A box begins with a heading or a label; where a link stands between paragraphs, only its own line goes.
    """
    whole = outline.regions[container]
    begun = next((n for n in range(whole.first, whole.last) if outline.lines[n].prose), whole.last)
    places = {region.element: index for index, region in enumerate(outline.regions) if region.first > begun}
    for link in _links_to_tills(whole.element):
        around = islice(link.iterancestors(), _MOST_AROUND)
        place = next((places[one] for one in around if one in places), -1)
        # What another link's box took is not looked at again: boxes in boxes cost no more than one.
        if place > container and not all(line.dropped for line in outline.lines_of(outline.regions[place])):
            for line in outline.lines_of(outline.regions[_box_around(outline, place, begun)]):
                line.dropped = line.dropped or "offer"


def _links_to_tills(element: HtmlElement) -> Iterator[HtmlElement]:
    for link in islice(element.iter("a"), _MOST_LINKS):
        try:
            path = urlsplit((link.get("href") or "")[:_LONGEST_ADDRESS]).path
        except ValueError:
            continue
        if _TILL.search(path):
            yield link


def _box_around(outline: Outline, place: int, begun: int) -> int:
    """Return the largest region around ``place`` that is a box of its own behind the line ``begun``."""
    box = place
    while (around := outline.regions[box].parent) >= 0 and _is_box(outline, outline.regions[around], begun):
        box = around
    return box


def _is_box(outline: Outline, region: Region, begun: int) -> bool:
    if region.first <= begun or region.last - region.first > _MOST_LINES:
        return False
    lines = outline.lines_of(region)
    first = next((line for line in lines if line.text), None)
    return first is not None and not first.prose and sum(line.prose for line in lines) <= _MOST_PROSE
