"""Who readers see signed: links to authors, lines by the headline, elements that are made for authors."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from lxml import etree

from warraq_parser.article.authors.byline_words import BETWEEN, EASTERN, LABEL, OTHERS, OTHERS_INSIDE
from warraq_parser.article.authors.people import (
    LONGEST_NAME,
    MOST_PEOPLE,
    Byline,
    is_agency,
    is_byline,
    is_eastern_name,
    is_full_name,
    is_led,
    looks_like_name,
    people_in,
    unique,
    without_lead,
)
from warraq_parser.article.called import called
from warraq_parser.article.dates.date_text import read_moments
from warraq_parser.article.elements import is_short, line_of, pieces_of, select
from warraq_parser.article.metadata import Metadata
from warraq_parser.article.sitename import SiteNames
from warraq_parser.article.surroundings import Line, Surroundings
from warraq_shared.folding import has_digit

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from warraq_parser.article.document import Document

_PERSONS_PAGE = re.compile(
    r"auth?or|auteur|profil|people|person|team|staff|journalist|reporter|redak|mailto:|/by/|linkto", re.IGNORECASE
)
_PAGE_OF_AUTHOR = re.compile(
    r"/(?:authors?|autore?s?|autoren|auteurs?|team|staff|journalists?|reporters?|writers?|contributors?|columnists?|"
    r"redakteure?|by)/[^/]{3,}",
    re.IGNORECASE,
)
_LINK_INSIDE = etree.XPath(
    ".//a[@rel='author'] | .//a[contains(@href,'/author')] | .//a[contains(@href,'/autor')]"
    " | .//a[contains(@href,'/auteur')] | .//a[contains(@href,'/profil')] | .//a[contains(@href,'/by/')]"
    " | .//a[contains(@href,'/people/')]"
)
_FORMATTED_NAME = etree.XPath("descendant-or-self::*[contains(concat(' ', @class, ' '), ' fn ')]")
_NAME_INSIDE = etree.XPath(".//*[@itemprop='name'] | .//*[contains(@class,'name')]")
_speaks_of_others = called(
    r"related|recommend|teaser|comment|most-?read|popular|latest|trending|promo\b|carousel|cite|caption|testimonial|photo|bookmark|"
    r"\b(?:sub-?)?menu|dropdown|nav-?bar"
)
# Parts of an author's box that hold no name: the picture, the life, the post.
_is_beside_name = called(r"author\w*[-_]+(?:desc\w*|avatar|image|img|social\w*|job|role|position)\b")
_MOST_CLASSED = 80
_LONGEST_BYLINE, _LONGEST_BOX = 120, 1500
_MOST_TITLES = 3
_FURTHEST_BEHIND_LEAD, _MOST_BREAKS = 2, 4
_Home = frozenset["HtmlElement"]
_LONGEST_DATED = 70
_OF_SUBJECT = re.compile(r"categor|kategor|rubri|ressort|topic|section|\btags?\b", re.IGNORECASE)
_PORTRAIT = re.compile(r"avatar|author|profile|portrait|round|circle|user", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_WIDEST_PORTRAIT, _NEAR_DATE = 120, 4
_SMALL = ("p", "i", "em", "b", "strong", "span", "div", "small", "h3", "h4", "h5", "h6", "li", "td", "font")
_MOST_SMALL, _MOST_EMPHASISED = 3000, 4
_SHORTEST_LABEL, _LONGEST_LABEL = 2, 20
# What a line must hold to be looked at for a reporter in East Asian writing.
_SIGNED_EAST = re.compile("[記记기評评特]")
_TIMES = re.compile(r"(?<![\d.:])\d{1,2}[:.]\d{2}(?![\d.:])(?:\s*(?:Uhr|h|Hrs|am|pm))?", re.IGNORECASE)


def shown_authors(document: "Document", metadata: Metadata, around: Surroundings, names: SiteNames) -> Iterator[Byline]:
    """Yield what readers see: a link to an author, a line by the headline, an element made for authors, any "By"."""
    home = around.home
    yield from (
        list(_made_for_authors(metadata.marks.author_links, names, home))
        or list(_of_cards(metadata.marks.signed[:_MOST_CLASSED], names, home))
        or list(_bylines((*around.behind, *around.before), names, home))
        or list(_made_for_authors(metadata.marks.signed[:_MOST_CLASSED], names, home))
        or list(_linked(around.behind, names, home))
        or list(_led_anywhere(document.root, names, home))
        or list(_led_behind_break(document.root, names, home))
        or list(_beside_picture(around, names, home))
        or list(_alone_before_text(around, names))
        or _only_linked(metadata.marks.author_links, names)
    )


def _made_for_authors(elements: Iterable["HtmlElement"], names: SiteNames, home: "_Home") -> Iterator[Byline]:
    """Yield the people that the first element made for authors names; nobody where that names the site itself."""
    elements = list(elements)
    for place, element in enumerate(elements):
        if _is_foreign(element, home) or _is_beside_name(element.get("class") or ""):
            continue
        people = _people_of(element, names)
        if people:
            people = unique((*people, *_signed_together(element, elements[place + 1 :], names)))
            confidence = 0.86 if element.get("rel") == "author" else 0.82
            yield Byline(people, _origin_of(element), confidence, "an element made for authors")
        if people or is_signature(element, names):
            return


def _signed_together(element: "HtmlElement", others: list["HtmlElement"], names: SiteNames) -> Iterator[str]:
    """Yield the people of the links to authors, or of elements called alike, that stand in one line with the first."""
    line, is_link = element.getparent(), element.get("rel") == "author"
    for other in others[:MOST_PEOPLE] if line is not None else ():
        if is_link and other.get("rel") == "author":
            tied = other.getparent() is line or _stand_in_one(line, other.getparent())
        else:
            tied = other.tag == element.tag and _stand_in_one(element, other)
        if tied:
            yield from _people_of(other, names)


def _stand_in_one(one: "HtmlElement", other: "HtmlElement | None") -> bool:
    """Tell whether two elements are children of one, and called alike: one for each author."""
    return other is not None and other.getparent() is one.getparent() and other.get("class") == one.get("class")


def _only_linked(links: Iterable["HtmlElement"], names: SiteNames) -> Iterator[Byline]:
    """Yield the one person whom all links to authors name, though they stand beside the article."""
    found = unique(person for link in links for person in _people_of(link, names))
    if len(found) == 1:
        yield Byline(found, "dom:rel=author", 0.6, "the only author linked on the page")


def site_signature(metadata: Metadata, around: Surroundings, names: SiteNames) -> str:
    """Return the site's own name as the first element made for authors signs with it, "" where none does."""
    elements = (*metadata.marks.author_links, *metadata.marks.signed[:_MOST_CLASSED])
    signed = (element for element in elements if is_signature(element, names) and not _is_foreign(element, around.home))
    return next((without_lead(line_of(element) + " ") for element in signed), "")


def _of_cards(elements: Iterable["HtmlElement"], names: SiteNames, home: "_Home") -> Iterator[Byline]:
    """Yield who the first card of an author names (hCard 1.0: the formatted name ``fn`` in a ``vcard``)."""
    for element in elements:
        if "vcard" in (element.get("class") or "").split() and not _is_foreign(element, home):
            called = [line_of(part, _LONGEST_BYLINE) for part in select(_FORMATTED_NAME, element)[:1]]
            people = people_in(called or (line_of(element, _LONGEST_BYLINE),), names, shown=True, person=True)
            if people:
                yield Byline(people, "dom:vcard", 0.82, "the card of the author")
            return


def is_signature(element: "HtmlElement", names: SiteNames) -> bool:
    """Tell whether a short element holds nothing but the site's own name, perhaps led by "By" or "Author"."""
    text = without_lead(line_of(element, _LONGEST_BYLINE) + " ")
    return bool(text) and names.calls_itself(text)


def _bylines(lines: Iterable[Line], names: SiteNames, home: "_Home") -> Iterator[Byline]:
    """Yield the first line that begins with "By" and a name, or else holds a name beside a date."""
    for line in lines:
        element, text = line.element, line.text
        if not text or len(text) > _LONGEST_BYLINE:
            continue
        if is_led(text, names.language):
            people = _people_of(element, names) if not _is_foreign(element, home) else ()
            if people:
                yield Byline(people, f"text:{element.tag}", 0.84, "a line by the headline")
                return
        elif len(text) <= _LONGEST_DATED:
            people = _beside_a_date(element, text, names)
            if people and not _is_foreign(element, home):
                yield Byline(people, f"text:{element.tag}", 0.7, "stands beside the date by the headline")
                return


def _led_anywhere(root: "HtmlElement", names: SiteNames, home: "_Home") -> Iterator[Byline]:
    """Yield the one person whom short lines of the page, wherever they stand, name behind a "By"."""
    for element in islice(root.iter(*_SMALL), _MOST_SMALL):
        text = (element.text or "")[:_LONGEST_BYLINE].strip()
        if len(text) < _SHORTEST_LABEL:
            continue
        eastern = EASTERN.search(text) if not text.isascii() and _SIGNED_EAST.search(text) else None
        if eastern and not _is_foreign(element, home):
            people = people_in(((eastern["zh"] or eastern["ko"]).replace(" ", "、"),), names)
            if people:
                yield Byline(people, f"text:{element.tag}", 0.7, "the reporter named in the text")
                return
        if len(text) <= _LONGEST_LABEL and LABEL.match(text):
            text = f"{text.rstrip(':： ')}: {_labelled(element, text)}"
        if not 4 < len(text) < _LONGEST_DATED or not is_led(text, names.language) or _is_foreign(element, home):
            continue
        people = _led_people(text, names)
        if people:
            yield Byline(people, f"text:{element.tag}", 0.6, "a line that begins with By")
            return


def _led_behind_break(root: "HtmlElement", names: SiteNames, home: "_Home") -> Iterator[Byline]:
    """Yield who signs in a line of a text of line breaks: "Author: Jane Doe", mostly the last."""
    for element in islice(root.iter("br"), _MOST_SMALL):
        text = (element.tail or "")[:_LONGEST_DATED].strip()
        label = text[: text.find(":") + 1] or text[: text.find("：") + 1]
        if not 1 < len(label) <= _LONGEST_LABEL or not LABEL.match(label) or _is_foreign(element, home):
            continue
        people = _led_people(text, names)
        if people:
            yield Byline(people, "text:br", 0.6, "a line that begins with By")
            return


def _led_people(text: str, names: SiteNames) -> tuple[str, ...]:
    """Return the people in a line that begins with "By": full names only, so that it is no sentence."""
    people = people_in((text,), names, shown=True, person=True)
    whole = all((is_full_name(name) and len(name.split()) <= 4) or is_eastern_name(name) for name in people)
    return people if whole else ()


def _beside_picture(around: Surroundings, names: SiteNames, home: "_Home") -> Iterator[Byline]:
    """Yield the name that stands between a portrait and the date by the headline, though its element tells nothing."""
    for place, line in enumerate(around.behind):
        if not 1 < len(line.text) <= LONGEST_NAME or len(line.element) or not _follows_portrait(line.element):
            continue
        people = people_in((line.text,), names, shown=True)
        dated = any(map(_names_day, around.behind[place + 1 :][:_NEAR_DATE]))
        if people == (line.text,) and dated and _is_signed_so(line.text) and not _is_foreign(line.element, home):
            yield Byline(people, f"text:{line.element.tag}", 0.6, "stands between a portrait and the date")
            return


def _names_day(line: Line) -> bool:
    """Tell whether a line names a day, if only by its year: "13 listopada 2026" is one in Polish, none in Croatian."""
    return has_digit(line.text) and bool(_YEAR.search(line.text) or read_moments(line.text))


def _follows_portrait(element: "HtmlElement") -> bool:
    """Tell whether a small picture stands right before an element, or before the one that it is the first in."""
    node: HtmlElement | None = element
    before = element.getprevious()
    if before is None and (node := element.getparent()) is not None:
        before = node.getprevious()
    picture = before if before is None or before.tag == "img" else next(before.iter("img"), None)
    if before is None or picture is None or line_of(before, _LONGEST_DATED):
        return False
    width = (picture.get("width") or "")[:6]
    small = width.isdecimal() and int(width) <= _WIDEST_PORTRAIT
    return small or bool(_PORTRAIT.search(picture.get("class") or ""))


def _alone_before_text(around: Surroundings, names: SiteNames) -> Iterator[Byline]:
    """Yield who is all of a paragraph in bold or italics, before the first that is not: NAME, or two names and more."""
    paragraphs = (line for line in around.behind if line.element.tag == "p" and line.text)
    for line in islice(takewhile(lambda line: _is_emphasised(line.element), paragraphs), _MOST_EMPHASISED):
        is_long, only_names = len(line.text) > _LONGEST_DATED, is_byline(line.text)
        people = () if is_long else people_in((line.text,), names, shown=not only_names)
        if people and (only_names or all(map(_is_written_large, people))):
            yield Byline(people, "text:p", 0.6, "stands alone before the text")
            return


def _is_emphasised(element: "HtmlElement") -> bool:
    """Tell whether all of a paragraph's text stands in bold or italics."""
    if (element.text or "").strip() or not len(element):
        return False
    return all(part.tag in ("strong", "b", "em", "i") and not (part.tail or "").strip() for part in element)


def _labelled(element: "HtmlElement", label: str) -> str:
    """Return what stands behind a label: in its own element, right behind that; behind a colon also over breaks."""
    inside = line_of(element, _LONGEST_DATED)[len(label) :].strip()
    if inside:
        return inside
    node: HtmlElement | None = element
    for _ in range(_MOST_BREAKS if label.endswith((":", "：")) else 1):
        if node is None:
            break
        found = (node.tail or "").strip()[:_LONGEST_DATED]
        node = node.getnext()
        found = found or (line_of(node, _LONGEST_DATED) if node is not None else "")
        if found:
            return found
    return ""


def _linked(lines: Iterable[Line], names: SiteNames, home: "_Home") -> Iterator[Byline]:
    """Yield the person whose name by the headline is the link to a page of an author: "/authors/jane-doe"."""
    for element, text in ((line.element, line.text) for line in lines if line.element.tag == "a"):
        if _PAGE_OF_AUTHOR.search(element.get("href") or "") and not _is_foreign(element, home):
            people = people_in((text,), names, shown=True, person=True)
            if len(people) == 1 and _is_written_large(people[0]):
                yield Byline(people, "text:a", 0.7, "the link to an author's page by the headline")
                return


def _beside_a_date(element: "HtmlElement", text: str, names: SiteNames) -> tuple[str, ...]:
    """Return the person whose name is all that a line holds beside a date: "19.11.2021 | 13:10 Uhr | Jane Doe"."""
    if element.tag == "tr" or not has_digit(text) or not read_moments(text):
        return ()
    pieces = [_TIMES.sub(" | ", piece) for piece in pieces_of(element)]
    people = people_in(_named_pieces(pieces, names), names, shown=True)
    if not people or not all(_is_written_large(name) for name in people):
        return ()
    return () if _is_link_elsewhere(element, people) or _is_subject(element, people) else people


def _is_subject(element: "HtmlElement", people: tuple[str, ...]) -> bool:
    """Tell whether what looks like a name stands in an element for the subject of the article."""
    parts = (part for part in element.iter(etree.Element) if _OF_SUBJECT.search(part.get("class") or ""))
    return any(line_of(part, _LONGEST_DATED) in people for part in parts)


def _is_link_elsewhere(element: "HtmlElement", people: tuple[str, ...]) -> bool:
    """Tell whether what looks like a name is the link to a section of the site."""
    links = [element] if element.tag == "a" else element.iter("a")
    return any(line_of(link, 80) in people and not _PERSONS_PAGE.search(link.get("href") or "") for link in links)


def _is_written_large(name: str) -> bool:
    """Tell whether a name shows by its capitals that it is one; in scripts without them anything could be one."""
    return name[0].isupper() and is_full_name(name) and len(name.split()) <= 4


def _people_of(element: "HtmlElement", names: SiteNames) -> tuple[str, ...]:
    """Return the people that an author element names: by the elements for names in it, else by its pieces of text."""
    if not is_short(element, _LONGEST_BOX):
        return ()
    inner = [line_of(part, 120) for part in select(_LINK_INSIDE, element)[:MOST_PEOPLE]]
    if OTHERS_INSIDE.search(line_of(element, 300)):
        inner = inner[:1]
    inner = inner or [line_of(part, 120) for part in _called_names(element)]
    people = people_in([text for text in inner if 1 < len(text) <= _LONGEST_BYLINE], names, shown=True)
    if people and (element.get("rel") == "author" or any(map(_is_whole, people))):
        return tuple(filter(_is_whole, people)) or people
    pieces = pieces_of(element)
    if len(line_of(element, 300)) > _LONGEST_BYLINE:
        return _told_of(pieces, names)
    led = is_led(" ".join(pieces), names.language) or element.get("rel") == "author"
    people = people_in(_named_pieces(pieces, names, led=led), names, shown=True, person=led)
    if not people and led:
        people = people_in(_first_behind_lead(pieces), names, shown=True, person=True)
        people = tuple(name for name in people if " " not in name or looks_like_name(name))
    signed = tuple(filter(_is_signed_so, people))
    return signed or (people if led else ())


def _called_names(element: "HtmlElement") -> list["HtmlElement"]:
    """Return the first element for a name in that of an author, and those that are called alike beside it."""
    found = select(_NAME_INSIDE, element)[:MOST_PEOPLE]
    return [part for part in found if part is found[0] or _stand_in_one(found[0], part)]


def _told_of(pieces: list[str], names: SiteNames) -> tuple[str, ...]:
    """Return whom the box of an author tells of: a name, and then lines that begin with it again."""
    for position, piece in enumerate(pieces[:_MOST_TITLES]):
        people = people_in((piece,), names, shown=True, person=True)
        if len(people) == 1 and people[0] == piece and is_full_name(piece):
            first = piece.split()[0]
            return people if any(other.startswith(first) for other in pieces[position + 1 :]) else ()
    return ()


def _first_behind_lead(pieces: list[str]) -> list[str]:
    """Return the first piece that holds more than a lead ("By", "Written by")."""
    return next(([piece] for piece in pieces if without_lead(piece + " ")), [])


def _is_whole(name: str) -> bool:
    return is_full_name(name) or is_eastern_name(name)


def _is_signed_so(name: str) -> bool:
    """Tell whether a name needs no "By" before it to be one."""
    return _is_whole(name) or is_agency(name)


def _named_pieces(pieces: list[str], names: SiteNames, *, led: bool = False) -> Iterator[str]:
    """Yield the first piece that holds a full name, and those that a joining word or comma ties to it.

    In a line that is ``led`` by "By" that piece is the lead's own or one of the two behind it.
    """
    found, tied = False, True
    for position, piece in enumerate(pieces):
        if led and not found and position > _FURTHEST_BEHIND_LEAD:
            return
        if found and OTHERS.match(piece):
            return
        joins = bool(BETWEEN.fullmatch(f" {piece} ")) or piece in (",", "&")
        if found and not (joins or tied or piece.startswith((",", "and ", "und ", "& ", "y ", "et "))):
            return
        if joins:
            tied = True
            continue
        if any(map(_is_signed_so, people_in((piece,), names, shown=True))):
            found = True
            yield piece
        tied = piece.rstrip().endswith((",", " and", " und", " &", " et", " y"))


def _is_foreign(element: "HtmlElement", home: "_Home") -> bool:
    node: HtmlElement | None = element
    for _ in range(7):
        if node is None or node in home or node.tag in ("body", "main"):
            return False
        if node.tag in ("aside", "nav", "footer", "figcaption", "figure") and node is not element:
            return True
        if _speaks_of_others(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return True
        node = node.getparent()
    return False


def _origin_of(element: "HtmlElement") -> str:
    return "dom:rel=author" if element.get("rel") == "author" else "dom:byline"
