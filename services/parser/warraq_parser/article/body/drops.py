"""What stands inside the article's part of the page and is not of the article: each rule with its name."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, takewhile
from typing import Final

from warraq_parser.article.body.container import outermost_prose, sums
from warraq_parser.article.body.hint_words import Hint
from warraq_parser.article.body.lines import Line, LineKind, Outline, Region
from warraq_parser.article.body.pictures import absolute
from warraq_shared.urls import same_site

# How much of the article may stand in a region with this hint before the hint is disbelieved.
_REGION_RULES: Final[tuple[tuple[int, float, str], ...]] = (
    (Hint.NAVIGATION, 0.3, "navigation"),
    (Hint.RELATED, 0.35, "related"),
    (Hint.SHARE, 0.3, "share"),
    (Hint.COMMENTS, 0.5, "comments"),
    (Hint.NEWSLETTER, 0.3, "newsletter"),
    (Hint.PAYWALL, 0.05, "paywall"),
    (Hint.OFFER, 0.95, "offer"),
    (Hint.AUTHOR, 0.2, "author"),
    (Hint.META, 0.1, "meta"),
    (Hint.TAGS, 0.1, "tags"),
    (Hint.CAPTION, 0.2, "caption"),
    (Hint.ADVERT, 0.2, "advert"),
    (Hint.FOOTER, 0.3, "footer"),
    (Hint.ASIDE, 0.2, "aside"),
    (Hint.COOKIES, 0.3, "cookies"),
    (Hint.HIDDEN, 0.3, "hidden"),
    (Hint.WIDGET, 0.1, "widget"),
    (Hint.CAROUSEL, 0.1, "carousel"),
    (Hint.DISCLAIMER, 0.2, "disclaimer"),
    (Hint.FORM, 0.1, "form"),
    (Hint.CONTENTS, 0.1, "contents"),
    (Hint.DIALOG, 0.3, "dialog"),
    (Hint.PLAYER, 0.1, "player"),
)
# Page builders call each part of a text a widget, a caption, a section of contents: where nearly all of the article is
# called so, the name says nothing.
_OF_LAYOUT: Final = Hint.WIDGET | Hint.CONTENTS | Hint.CAPTION | Hint.META | Hint.TAGS
_TOO_MUCH: Final = 0.6

# What is dropped with the box that it stands in, heading and all.
_OF_BOXES: Final = frozenset(
    ("phrase", "form", "newsletter", "offer", "links", "cards", "related", "share", "advert", "carousel", "widget")
)
_CAPTION_TAGS: Final = frozenset(("table", "td", "div", "figure", "section", "center", "aside", "a"))
_LONGEST_CAPTION: Final = 260
# What is called "image-text" and is longer than this stands beside an image.
_LONGEST_CAPTION_TEXT: Final = 500
# A picture with so much of the article is the article with its picture.
_MOST_OF_ARTICLE: Final = 0.35
_LONGEST_CAPTION_LINES: Final = 5
_ENOUGH_BODY: Final = 600
_CARD_TAGS: Final = frozenset(("div", "article", "li", "section", "td"))
_LONGEST_CARD: Final = 500
_LONGEST_CARD_LINES: Final = 8
_SHORTEST_TITLE: Final = 15
_BOX_TAGS: Final = frozenset(("div", "section", "aside"))
_FEWEST_LINKED: Final = 2
_MOST_PARTS: Final = 100
_FEWEST_CARDS: Final = 3
# A form and what stands in one small box with it: the offer of a newsletter, a poll, a search.
_MOST_AROUND_FORM: Final = 400
_MOST_LINES_AROUND_FORM: Final = 8
_MOST_PROSE_AROUND_FORM: Final = 2
_LONGEST_HEADED_CARD: Final = 800
_LARGEST_ROW: Final = 0.5
# Rows number their cards: "post-812".
_DIGITS: Final = "0123456789"


def drop_regions(outline: Outline, container: int) -> None:
    """Mark the lines of regions whose hints say that they are something else than the article."""
    totals = sums([line.prose for line in outline.lines])
    whole = outline.regions[container]
    most = max(1, totals[whole.last] - totals[whole.first])
    inside = [region for region in _inside(outline, container) if region.hints]
    for hint, limit, name in _REGION_RULES:
        hinted = [region for region in inside if region.hints & hint]
        if hint & _OF_LAYOUT and outermost_prose(_stretches(hinted), totals) > _TOO_MUCH * most:
            continue
        if hint == Hint.CAPTION:
            hinted = [region for region in hinted if region.tag == "figcaption" or not _is_text(region, totals)]
        hinted = [region for region in hinted if totals[region.last] - totals[region.first] <= limit * most]
        if hinted and (
            outermost_prose(_stretches(hinted), totals) <= max(2 * limit, 0.5) * most or _has_body(outline, whole, hint)
        ):
            for region in hinted:
                _drop_region(outline.lines_of(region), name)


def _is_text(region: Region, totals: list[int]) -> bool:
    """Tell whether what is only called a caption is longer than one."""
    return totals[region.last] - totals[region.first] > _LONGEST_CAPTION_TEXT


def _drop_region(lines: list[Line], name: str) -> None:
    for line in lines:
        # A whole figure may be named after its caption: the image in it stays.
        if name != "caption" or line.kind not in (LineKind.IMAGE, LineKind.EMBED):
            line.dropped = line.dropped or name


def _has_body(outline: Outline, whole: Region, hint: int) -> bool:
    """Tell whether enough text is named as the body and has no such ``hint``, so that the hint may be believed."""
    lines = outline.lines_of(whole)
    return sum(line.prose for line in lines if line.hints & Hint.BODY and not line.hints & hint) >= _ENOUGH_BODY


def _inside(outline: Outline, container: int) -> Iterator[Region]:
    """Give the regions inside the container, in the order of their start."""
    end = outline.regions[container].last
    return takewhile(lambda region: region.first < end, islice(outline.regions, container + 1, None))


def _stretches(regions: Iterable[Region]) -> Iterator[tuple[int, int]]:
    return ((region.first, region.last) for region in regions)


def drop_captions(outline: Outline, container: int) -> None:
    """Mark the short text of small regions that are an image with a line or two: captions without the name of one."""
    most = _MOST_OF_ARTICLE * _prose_of(outline, outline.regions[container])
    for region in _inside(outline, container):
        if region.last - region.first > _LONGEST_CAPTION_LINES or region.tag not in _CAPTION_TAGS:
            continue
        framed = region.tag == "table" or _is_row(region)
        if region.tag == "td" and not framed:
            continue
        named = bool(region.hints & Hint.PICTURE)
        shown = outline.lines_of(region)
        texts = [line for line in shown if line.text]
        if (
            not texts
            or (len(texts) == len(shown) and not named)
            or any(line.level or (line.structured and not framed) for line in texts)
        ):
            continue
        if sum(line.weight for line in texts) <= _LONGEST_CAPTION and sum(line.prose for line in texts) <= most:
            for line in texts:
                line.dropped = line.dropped or "caption-near"


def _is_row(region: Region) -> bool:
    """Tell whether a region is the only cell of its row: the table arranges the page, it does not compare things."""
    row = region.element.getparent() if region.tag == "td" else None
    return row is not None and len(row) == 1


def drop_form_boxes(outline: Outline, container: int) -> None:
    """Mark what stands in one small box with a form: it asks for an address, a vote, a search."""
    forms = [region for region in _inside(outline, container) if region.tag == "form"]
    most = min(_MOST_AROUND_FORM, _prose_of(outline, outline.regions[container]) // 4) if forms else 0
    for box in forms:
        while box.parent > container and _is_box(outline, outline.regions[box.parent], most):
            box = outline.regions[box.parent]
        if _is_box(outline, box, most):
            _drop_region(outline.lines_of(box), "form")


def _is_box(outline: Outline, region: Region, most: int) -> bool:
    """Tell whether a region is so small that what stands in it belongs to the form in it."""
    if region.last - region.first > _MOST_LINES_AROUND_FORM:
        return False
    prose = [line.prose for line in outline.lines_of(region) if line.prose]
    return len(prose) <= _MOST_PROSE_AROUND_FORM and sum(prose) <= most


def drop_linked_boxes(outline: Outline, container: int, url: str) -> None:
    """Mark boxes of their own that hold a list of links into the site, and one line at most that heads or announces it.

    Where the text itself announces a list ("The towns that have tried it:"), both stand among its other paragraphs.
    """
    most = _LARGEST_ROW * _prose_of(outline, outline.regions[container])
    for region in _inside(outline, container):
        if region.tag not in _BOX_TAGS or not _FEWEST_LINKED < region.last - region.first <= _LONGEST_CARD_LINES:
            continue
        first, *items = outline.lines_of(region)
        listed = items if not _is_linked_item(first) else [first, *items]
        if first.prose <= most and all(map(_is_linked_item, listed)) and _leads_into_site(region, url):
            _drop_region(outline.lines_of(region), "related")


def _is_linked_item(line: Line) -> bool:
    return line.structured and line.weight > _SHORTEST_TITLE and line.links * 10 >= line.weight * 9


def _leads_into_site(region: Region, url: str) -> bool:
    """Tell whether the first links in a region, if it is no table, lead to pages of the site that ``url`` is one of."""
    if any(part.tag == "table" for part in islice(region.element.iter(), _MOST_PARTS)):
        return False
    links = islice(region.element.iter("a"), _LONGEST_CARD_LINES)
    targets = [absolute(link.get("href", ""), url) for link in links]
    return all(not target or same_site(target, url) for target in targets)


def drop_emptied_boxes(outline: Outline, container: int) -> None:
    """Mark a heading that is all that is left of its box: what it headed was no part of the article."""
    left = sums([not line.dropped for line in outline.lines])
    gone = sums([line.dropped in _OF_BOXES for line in outline.lines])
    for region in _inside(outline, container):
        box = outline.regions[region.parent]
        if region.last - region.first != 1 or region.parent <= container or left[box.last] - left[box.first] != 1:
            continue
        line = outline.lines[region.first]
        if line.level and not line.hints & Hint.LEAD and gone[box.last] > gone[box.first]:
            line.dropped = line.dropped or "empty-heading"


def drop_cards(outline: Outline, container: int, url: str) -> None:
    """Mark rows of three and more regions of the same name that are a linked title with a line of text: teasers.

    A whole paragraph under a heading that links to another page of the site (``url`` is this page's) is one too, as
    long as the row is not the better part of the article.
    """
    cards = list(_possible_cards(outline, container))
    for row in _rows(cards, _class_of):
        if all(map(_is_card, row)) and not all(map(_is_source, row)):
            _drop_row(row)
    for row in _rows(cards, _class_around_article):
        if all(map(_is_linked_card, row)):
            _drop_row(row)
    most = _LARGEST_ROW * _prose_of(outline, outline.regions[container])
    for row in _rows(cards, _kind_of_card):
        headed = all(_is_headed_card(outline, card, url) for card in row)
        if headed and sum(line.prose for card in row for line in card) <= most:
            _drop_row(row)


_Card = tuple[Region, list[Line]]


def _prose_of(outline: Outline, region: Region) -> int:
    return sum(line.prose for line in outline.lines_of(region))


def _possible_cards(outline: Outline, container: int) -> Iterator[_Card]:
    """Yield the regions inside the container that are small enough for a card, and not alone, with their lines."""
    small = [
        region
        for region in _inside(outline, container)
        if region.tag in _CARD_TAGS and 0 < region.last - region.first <= _LONGEST_CARD_LINES
    ]
    alike = Counter((region.parent, region.tag) for region in small)
    for region in small:
        if alike[region.parent, region.tag] >= _FEWEST_CARDS:
            yield region, outline.lines_of(region)


def _rows(cards: list[_Card], name: Callable[[Region], str | None]) -> list[list[list[Line]]]:
    """Return the lines of each three and more cards that stand side by side and have one ``name`` (None: no card)."""
    rows: dict[tuple[int, str, str], list[list[Line]]] = {}
    for region, lines in cards:
        called = name(region)
        if called is not None:
            rows.setdefault((region.parent, region.tag, called), []).append(lines)
    return [row for row in rows.values() if len(row) >= _FEWEST_CARDS]


def _class_of(region: Region) -> str:
    return region.element.get("class") or ""


def _kind_of_card(region: Region) -> str | None:
    """Return the first class without its number: what follows may tell one card from the next."""
    classes = _class_of(region).split(maxsplit=1)
    return classes[0].rstrip(_DIGITS) if classes else None


def _class_around_article(region: Region) -> str | None:
    """Return the class of an item that holds an ``article``: items of text hold none."""
    return _class_of(region) if next(region.element.iterchildren("article"), None) is not None else None


def _is_linked_card(lines: list[Line]) -> bool:
    """Tell whether a link as long as a headline stands in a short card."""
    return any(line.links > _SHORTEST_TITLE for line in lines) and sum(line.weight for line in lines) < _LONGEST_CARD


def _drop_row(row: list[list[Line]]) -> None:
    for card in row:
        _drop_region(card, "cards")


def _is_source(lines: list[Line]) -> bool:
    """Tell whether an item of a list leads to another site: a list of such names sources, or what it is about."""
    return all(line.outside and line.structured for line in lines if line.text)


def _is_headed_card(outline: Outline, lines: list[Line], url: str) -> bool:
    """Tell whether a region begins with a heading that leads to another page of the site, and has little more."""
    first = next((line for line in lines if line.text), None)
    if first is None or not first.level or first.links * 10 < first.weight * 9:
        return False
    if sum(line.weight for line in lines) > _LONGEST_HEADED_CARD:
        return False
    heading = outline.regions[first.region].element
    href = next((anchor.get("href", "") for anchor in heading.iter("a")), "")
    target = absolute(href, url)
    return not target or same_site(target, url)


def _is_card(lines: list[Line]) -> bool:
    """Tell whether a region's lines are those of a teaser: its title or all of it is a link, its text is short."""
    weight = sum(line.weight for line in lines)
    links = sum(line.links for line in lines)
    linked_title = any(line.links * 10 >= line.weight * 9 and line.weight > _SHORTEST_TITLE for line in lines)
    return bool(weight) and weight < _LONGEST_CARD and (links * 2 >= weight or linked_title)
