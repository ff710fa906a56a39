"""Who wrote an article: people, by name.

The page's own objects (JSON-LD, microdata) come first, then ``meta``, then what readers see: elements that are made for
authors, and lines by the headline that begin with "By" in one of many languages. A desk, the site itself, an address
or "Staff" is nobody; an agency is kept only where the page names no person.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from warraq_parser.article import jsonld
from warraq_parser.article.byline_words import (
    AUTHOR_METAS,
    BETWEEN,
    BYLINE,
    EASTERN,
    LABEL,
    LEAD,
    OTHERS,
    OTHERS_INSIDE,
)
from warraq_parser.article.date_text import read_moments
from warraq_parser.article.elements import line_of, pieces_of, select
from warraq_parser.article.metadata import Metadata
from warraq_parser.article.people import MOST_PEOPLE, is_agency, is_full_name, people_in, unique
from warraq_parser.article.sitename import SiteNames
from warraq_parser.article.surroundings import Line, Surroundings
from warraq_shared.parsed import ItemHints

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from warraq_parser.article.document import Document


@dataclass(frozen=True, slots=True)
class Byline:
    """The people that one place of the page names, and how much that place is to be believed."""

    people: tuple[str, ...]
    origin: str
    confidence: float
    why: str = ""


_OTHER_META = re.compile(r"(?:^|[_.:-])(?:authors?|autor(?:es)?|byline|writer)(?:[_-]?names?)?$")
_PERSONS_PAGE = re.compile(
    r"auth?or|auteur|profil|people|person|team|staff|journalist|reporter|redak|mailto:|/by/|linkto", re.IGNORECASE
)
_LINK_INSIDE = etree.XPath(
    ".//a[@rel='author'] | .//a[contains(@href,'/author')] | .//a[contains(@href,'/autor')]"
    " | .//a[contains(@href,'/auteur')] | .//a[contains(@href,'/profil')] | .//a[contains(@href,'/by/')]"
    " | .//a[contains(@href,'/people/')]"
)
_NAME_INSIDE = etree.XPath(".//*[@itemprop='name'] | .//*[contains(@class,'name')]")
_FOREIGN = re.compile(
    r"related|recommend|teaser|comment|most-?read|popular|latest|trending|promo\b|carousel|cite|caption|photo|bookmark",
    re.IGNORECASE,
)
_MOST_CLASSED = 80
_LONGEST_BYLINE = 120
_Home = frozenset["HtmlElement"]
_LONGEST_DATED = 70
_SMALL = ("p", "i", "em", "b", "strong", "span", "div", "small", "h3", "h4", "h5", "h6", "li", "td", "font")
_MOST_SMALL = 3000
_SHORTEST_LABEL, _LONGEST_LABEL = 2, 20
# What a line must hold to be looked at for a reporter in East Asian writing.
_SIGNED_EAST = re.compile("[記记기評评特]")
_TIMES = re.compile(r"(?<![\d.:])\d{1,2}[:.]\d{2}(?![\d.:])(?:\s*(?:Uhr|h|Hrs|am|pm))?", re.IGNORECASE)
_MOST_UNSCOPED = 4


def read_authors(
    document: "Document",
    metadata: Metadata,
    around: Surroundings,
    names: SiteNames,
    hints: ItemHints | None = None,
) -> list[Byline]:
    """Return who the page says wrote it, the most believable place first. Never raises."""
    said = [byline for byline in _said(metadata, names) if byline.people]
    if hints and hints.authors:
        said.append(Byline(unique(hints.authors), hints.origin, 0.7))
    if not any(byline.confidence >= _ENOUGH for byline in said):
        said.extend(byline for byline in _shown(document, metadata, around, names) if byline.people)
    return _widest(sorted(said, key=lambda byline: -byline.confidence))


def _widest(best_first: list[Byline]) -> list[Byline]:
    """Put first the longer list of people where two places give it and the best gives only some of them."""
    if not best_first:
        return best_first
    best = set(best_first[0].people)
    wider = [byline for byline in best_first[1:] if best < set(byline.people)]
    if len(wider) < 2 or set(wider[0].people) != set(wider[1].people):
        return best_first
    widest = replace(wider[0], confidence=best_first[0].confidence, why="two places name more people")
    return [widest, *(byline for byline in best_first if byline is not wider[0])]


# What the head says this surely is not looked for on the page.
_ENOUGH = 0.9


def _said(metadata: Metadata, names: SiteNames) -> Iterator[Byline]:
    """Yield what the page's objects and ``meta`` say."""
    for key, confidence in (("author", 0.96), ("creator", 0.9)):
        yield _of_node(metadata, key, names, confidence)
    for name in AUTHOR_METAS:
        people = people_in(_first_names_first(name, metadata.meta.get(name, ())), names)
        if people:
            yield Byline(people, f"meta:{name}", _worth(people, 0.9))
    yield Byline(people_in(_written_by(metadata), names, person=True), "meta:twitter:data1", 0.9)
    yield from _of_other_metas(metadata, names)
    if not metadata.article.get("author"):
        people = people_in(metadata.microdata.get("author", ()), names)
        people = people if len(people) <= _MOST_UNSCOPED else people[:1]  # more are the authors of comments
        yield Byline(people, "microdata", _worth(people, 0.92))


def _first_names_first(meta: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the values of a citation's meta elements, which put the family name first, as names are read."""
    if not meta.startswith("citation") or not all(value.count(",") == 1 for value in values):
        return values
    return tuple(" ".join(reversed([part.strip() for part in value.split(",")])) for value in values)


def _of_other_metas(metadata: Metadata, names: SiteNames) -> Iterator[Byline]:
    """Yield what a site's own meta elements for authors say ("xyz_authors")."""
    for name, values in metadata.meta.items():
        if _OTHER_META.search(name) and name not in AUTHOR_METAS:
            people = tuple(person for person in people_in(values, names) if is_full_name(person))
            if people:
                yield Byline(people, f"meta:{name}", 0.8)


def _of_node(metadata: Metadata, key: str, names: SiteNames, confidence: float) -> Byline:
    """Return the authors of the page's JSON-LD object: persons as they are, names in text taken apart."""
    people: list[str] = []
    for thing in jsonld.objects(metadata.article.get(key), metadata.nodes_by_id):
        if isinstance(thing, str):
            people.extend(people_in((jsonld.plain(thing),), names))
        elif "organization" not in " ".join(jsonld.types_of(thing)):
            person = "person" in jsonld.types_of(thing)
            people.extend(people_in(jsonld.strings(thing.get("name"))[:MOST_PEOPLE], names, person=person))
        else:
            people.extend(name for name in people_in(jsonld.strings(thing.get("name"))[:1], names) if is_agency(name))
    unique_people = unique(people)
    return Byline(unique_people, "json-ld", _worth(unique_people, confidence))


def _written_by(metadata: Metadata) -> Iterable[str]:
    """Return the value that Yoast's and others' cards label "Written by"."""
    label = metadata.first("twitter:label1")[0]
    return metadata.meta.get("twitter:data1", ())[:1] if LEAD.match(label + " ") and "time" not in label.lower() else ()


def _worth(people: tuple[str, ...], confidence: float) -> float:
    """Return ``confidence``, less where the names look like accounts or agencies, so that the page is looked at too."""
    doubtful = all(is_agency(name) or (" " not in name and name.isascii()) for name in people)
    return confidence - 0.3 if doubtful else confidence


def _shown(document: "Document", metadata: Metadata, around: Surroundings, names: SiteNames) -> Iterator[Byline]:
    """Yield what readers see: a link to an author, a line by the headline, an element made for authors, any "By"."""
    home = around.home
    yield from (
        list(_made_for_authors(metadata.marks.author_links, names, home))
        or list(_bylines((*around.behind, *around.before), names, home))
        or list(_made_for_authors(metadata.marks.signed[:_MOST_CLASSED], names, home))
        or list(_led_anywhere(document.root, names, home))
        or _alone_before_text(around, names)
    )


def _made_for_authors(elements: Iterable["HtmlElement"], names: SiteNames, home: "_Home") -> Iterator[Byline]:
    """Yield the people that the first element made for authors names."""
    for element in elements:
        if not _is_foreign(element, home):
            people = _people_of(element, names)
            if people:
                confidence = 0.86 if element.get("rel") == "author" else 0.82
                yield Byline(people, _origin_of(element), confidence, "an element made for authors")
                return


def _bylines(lines: Iterable[Line], names: SiteNames, home: "_Home") -> Iterator[Byline]:
    """Yield the first line that begins with "By" and a name, or else holds a name beside a date."""
    for line in lines:
        element, text = line.element, line.text
        if not text or len(text) > _LONGEST_BYLINE:
            continue
        if BYLINE.match(text):
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
            text = f"{text.rstrip(':： ')}: {_labelled(element)}"
        if not 4 < len(text) < _LONGEST_DATED or not BYLINE.match(text) or _is_foreign(element, home):
            continue
        people = people_in((text,), names, shown=True, person=True)
        if people and all(is_full_name(name) and len(name.split()) <= 4 for name in people):
            yield Byline(people, f"text:{element.tag}", 0.6, "a line that begins with By")
            return


def _alone_before_text(around: Surroundings, names: SiteNames) -> Iterator[Byline]:
    """Yield the name that is all of the first paragraph, set in bold or italics."""
    first = next((line for line in around.behind if line.element.tag == "p" and line.text), None)
    if first is None or len(first.element) != 1 or first.element[0].tag not in ("strong", "b", "em", "i"):
        return
    people = people_in((first.text,), names, shown=True)
    if people and all(_is_written_large(name) for name in people) and len(first.text) <= _LONGEST_DATED:
        yield Byline(people, "text:p", 0.6, "stands alone before the text")


def _labelled(element: "HtmlElement") -> str:
    """Return what stands behind a label: the text right behind it, or the next element's."""
    tail = (element.tail or "").strip()
    following = element.getnext()
    return tail[:_LONGEST_DATED] if tail or following is None else line_of(following, _LONGEST_DATED)


def _beside_a_date(element: "HtmlElement", text: str, names: SiteNames) -> tuple[str, ...]:
    """Return the person whose name is all that a line holds beside a date: "19.11.2021 | 13:10 Uhr | Jane Doe"."""
    if not any(char.isdecimal() for char in text) or not read_moments(text):
        return ()
    pieces = [_TIMES.sub(" | ", piece) for piece in pieces_of(element)]
    people = people_in(_named_pieces(pieces, names), names, shown=True)
    if not people or not all(_is_written_large(name) for name in people) or _is_link_elsewhere(element, people):
        return ()
    return people


def _is_link_elsewhere(element: "HtmlElement", people: tuple[str, ...]) -> bool:
    """Tell whether what looks like a name is the link to a section of the site."""
    links = [element] if element.tag == "a" else element.iter("a")
    return any(line_of(link, 80) in people and not _PERSONS_PAGE.search(link.get("href") or "") for link in links)


def _is_written_large(name: str) -> bool:
    """Tell whether a name shows by its capitals that it is one; in scripts without them anything could be one."""
    return name[0].isupper() and is_full_name(name) and len(name.split()) <= 4


def _people_of(element: "HtmlElement", names: SiteNames) -> tuple[str, ...]:
    """Return the people that an author element names: by the elements for names in it, else by its pieces of text."""
    inner = [line_of(part, 120) for part in select(_LINK_INSIDE, element)[:MOST_PEOPLE]]
    if OTHERS_INSIDE.search(line_of(element, 300)):
        inner = inner[:1]
    inner = inner or [line_of(part, 120) for part in select(_NAME_INSIDE, element)[:1]]
    people = people_in([text for text in inner if 1 < len(text) <= _LONGEST_BYLINE], names, shown=True)
    if people and (element.get("rel") == "author" or any(is_full_name(name) for name in people)):
        return tuple(name for name in people if is_full_name(name)) or people
    if len(line_of(element, 300)) > _LONGEST_BYLINE:
        return ()
    pieces = pieces_of(element)
    led = BYLINE.match(" ".join(pieces)) is not None or element.get("rel") == "author"
    people = people_in(_named_pieces(pieces, names), names, shown=True, person=led)
    if not people and led:
        people = people_in(pieces, names, shown=True, person=True)[:1]
    return tuple(name for name in people if is_full_name(name) or is_agency(name)) or (people[:1] if led else ())


def _named_pieces(pieces: list[str], names: SiteNames) -> Iterator[str]:
    """Yield the first piece that holds a full name, and those that a joining word or comma ties to it."""
    found, tied = False, True
    for piece in pieces:
        if found and OTHERS.match(piece):
            return
        joins = bool(BETWEEN.fullmatch(f" {piece} ")) or piece in (",", "&")
        if found and not (joins or tied or piece.startswith((",", "and ", "und ", "& ", "y ", "et "))):
            return
        if joins:
            tied = True
            continue
        if any(is_full_name(name) or is_agency(name) for name in people_in((piece,), names, shown=True)):
            found = True
            yield piece
        tied = piece.rstrip().endswith((",", " and", " und", " &", " et", " y"))


def _is_foreign(element: "HtmlElement", home: "_Home") -> bool:
    node: HtmlElement | None = element
    for _ in range(5):
        if node is None or node in home or node.tag in ("body", "main"):
            return False
        if node.tag in ("aside", "nav", "footer", "figcaption", "figure") and node is not element:
            return True
        if _FOREIGN.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
            return True
        node = node.getparent()
    return False


def _origin_of(element: "HtmlElement") -> str:
    return "dom:rel=author" if element.get("rel") == "author" else "dom:byline"
