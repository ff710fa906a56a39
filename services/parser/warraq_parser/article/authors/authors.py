"""Who wrote an article: people, by name.

The page's own objects (JSON-LD, microdata) come first, then ``meta``, then what readers see: elements that are made for
authors, and lines by the headline that begin with "By" in one of many languages. A desk, an address or
"Staff" is nobody; an agency is kept as it is credited; an organisation signs only where nobody else does.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from warraq_parser.article import jsonld
from warraq_parser.article.authors.authors_shown import shown_authors, site_signature
from warraq_parser.article.authors.byline_words import AUTHOR_METAS, LEAD
from warraq_parser.article.authors.outlets import signing_outlets
from warraq_parser.article.authors.people import MOST_PEOPLE, Byline, is_agency, is_full_name, people_in, unique
from warraq_parser.article.metadata import Metadata
from warraq_parser.article.sitename import SiteNames
from warraq_parser.article.surroundings import Surroundings
from warraq_shared.parsed import ItemHints

if TYPE_CHECKING:
    from warraq_parser.article.document import Document

_OTHER_META = re.compile(r"(?:^|[_.:-])(?:authors?|autor(?:es)?|byline|writer)(?:[_-]?names?)?$")
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
        said.extend(byline for byline in shown_authors(document, metadata, around, names) if byline.people)
    said.extend(_called_like_the_site(metadata, around, names) if not said else ())
    return _widest(sorted(said, key=lambda byline: -byline.confidence))


def _called_like_the_site(metadata: Metadata, around: Surroundings, names: SiteNames) -> Iterator[Byline]:
    """Yield who signs where nobody else does: the writer whom the site is called after, or an organisation."""
    for meta in AUTHOR_METAS:
        people = people_in(metadata.meta.get(meta, ())[:1], names, person=True)
        if people:
            yield Byline(people, f"meta:{meta}", 0.6, "the site is called like a person")
            return
    for name, origin in islice(signing_outlets(metadata, site_signature(metadata, around, names)), 1):
        yield Byline((name,), origin, _OF_AN_OUTLET, "an organisation: no person is named")


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
_OF_AN_OUTLET = 0.5


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
