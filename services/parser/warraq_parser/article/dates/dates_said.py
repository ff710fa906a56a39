"""Dates that a page's head, its feed, its title and its address name: written for machines, or by them."""

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from urllib.parse import unquote, urlsplit

from warraq_parser.article import jsonld
from warraq_parser.article.dates.clock_text import Moment
from warraq_parser.article.dates.date_candidates import DateCandidate, DateReader
from warraq_parser.article.dates.date_text import date_or_none, read_machine_moment
from warraq_parser.article.dates.date_words import LOOSE_METAS, MODIFIED_METAS, PUBLISHED_METAS
from warraq_parser.article.dates.month_names import fold_word
from warraq_parser.article.metadata import Metadata
from warraq_shared.parsed import ItemHints

_IN_STATE = re.compile(
    r'"(?:datePublished|publishedAt|published_at|publishDate|publish_date|firstPublished(?:At)?|publicationDate|'
    r'date_published|pubDate|publishedDate|published_date)"\s{0,4}:\s{0,4}"([^"]{8,40})"'
)
_MOST_UNSCOPED = 2
_RDFA_DATES = frozenset(
    ("dc:date", "dc:created", "dcterms:created", "dcterms:issued", "schema:datecreated", "schema:datepublished")
)
_LONGEST_STATE, _MOST_STATES = 1_000_000, 50
_ARCHIVE = re.compile(r"^/web/\d{14}[a-z_]*/")
_IN_URL = re.compile(
    r"/(?P<y>(?:19|20)\d{2})[-/_.](?P<m>0?[1-9]|1[0-2]|[a-z]{3,9})[-/_.](?P<d>0?[1-9]|[12]\d|3[01])(?=[-/_.]|$)"
    r"|(?<=[-/_.=A-Za-z])(?P<y2>20\d{2})(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])(?=[-/_.tT]|$|\d{4,14}(?:\D|$))"
    r"|[-/_.=](?P<y3>20\d{2})-(?P<m3>0[1-9]|1[0-2])-(?P<d3>0[1-9]|[12]\d|3[01])(?=\D|$)"
    r"|/(?P<d4>0?[1-9]|[12]\d|3[01])[-_.](?P<m4>0?[1-9]|1[0-2])[-_.](?P<y4>20\d{2})(?=\D|$)"
    r"|/(?P<d5>0[1-9]|[12]\d|3[01])/(?P<m5>0[1-9]|1[0-2])/(?P<y5>20\d{2})(?=/|$)",
    re.IGNORECASE,
)


def published_in_head(metadata: Metadata, reader: DateReader) -> Iterator[DateCandidate]:
    """Yield the dates of publication that JSON-LD, ``meta`` elements and microdata name."""
    for key, confidence in (("datePublished", 0.97), ("uploadDate", 0.8), ("dateCreated", 0.75)):
        yield from _of_values(jsonld.strings(metadata.article.get(key))[:2], "json-ld", confidence, reader)
    yield from _of_metas(metadata, PUBLISHED_METAS, 0.95, reader)
    if metadata.article.get("datePublished"):
        return
    for name, confidence in (("datepublished", 0.94), ("datecreated", 0.75)):
        values = metadata.microdata.get(name, ())
        if len(values) <= _MOST_UNSCOPED:  # more are the days of other stories
            yield from _of_values(values, "microdata", confidence, reader)
    for node in metadata.json_ld:
        if jsonld.rank(node):
            yield from _of_values(jsonld.strings(node.get("datePublished"))[:1], "json-ld", 0.85, reader)


def published_in_rdfa(metadata: Metadata, reader: DateReader) -> Iterator[DateCandidate]:
    """Yield the date of publication that an element in the page's body states in RDFa, as Drupal writes it."""
    for element in metadata.marks.stated:
        if _RDFA_DATES & set((element.get("property") or "").lower().split()):
            yield from _of_values([element.get("content") or ""], "rdfa", 0.9, reader)
            return


def published_in_state(metadata: Metadata, reader: DateReader) -> Iterator[DateCandidate]:
    """Yield the day that the state a page hands to its scripts names, where it names one day only."""
    found: list[Moment] = []
    for script in metadata.marks.scripts:
        if "json" in (script.get("type") or "").lower():
            values = islice(_IN_STATE.finditer((script.text or "")[:_LONGEST_STATE]), _MOST_STATES)
            found.extend(filter(None, (reader.of_machine(match.group(1)) for match in values)))
    if found and len({moment.when.date() for moment in found}) == 1:
        yield DateCandidate(found[0], "script", 0.55, "the only day in the page's state")


def modified_in_head(metadata: Metadata, reader: DateReader) -> Iterator[DateCandidate]:
    """Yield the dates of the last change that JSON-LD, ``meta`` elements and microdata name."""
    yield from _of_values(jsonld.strings(metadata.article.get("dateModified"))[:1], "json-ld", 0.95, reader)
    yield from _of_metas(metadata, MODIFIED_METAS, 0.9, reader)
    if not metadata.article.get("datePublished"):
        yield from _of_values(metadata.microdata.get("datemodified", ())[:1], "microdata", 0.9, reader)


def _of_metas(
    metadata: Metadata, names: Iterable[str], confidence: float, reader: DateReader
) -> Iterator[DateCandidate]:
    for rank, name in enumerate(names):
        for value in metadata.meta.get(name, ())[:2]:
            moment = reader.of_machine(value)
            if moment is None:
                continue
            loose = name in LOOSE_METAS
            if loose and abs(reader.fetched_at - moment.when) < timedelta(minutes=10):
                continue
            yield DateCandidate(moment, f"meta:{name}", round(confidence - 0.002 * min(rank, 20) - 0.35 * loose, 3))


def _of_values(values: Iterable[str], origin: str, confidence: float, reader: DateReader) -> Iterator[DateCandidate]:
    for value in values:
        moment = reader.of_machine(value)
        if moment:
            yield DateCandidate(moment, origin, confidence)
            return


def published_in_hints(hints: ItemHints | None, reader: DateReader) -> Iterator[DateCandidate]:
    """Yield the date that a feed or sitemap gave for the page."""
    if hints and hints.published_at:
        moment = Moment(hints.published_at, "second", zoned=True)
        if reader.allows(moment):
            yield DateCandidate(moment, hints.origin, 0.8)


def published_in_title(metadata: Metadata, reader: DateReader) -> Iterator[DateCandidate]:
    """Yield the day that closes the page's title: "Headline | Paper | 28.04.2023"."""
    title = metadata.page_title
    for moment in reader.of_text(title[-40:]):
        if moment.end >= len(title[-40:]) and moment.precision == "day" and not moment.ambiguous:
            yield DateCandidate(moment, "title", 0.52, "closes the page's title")


def published_in_url(url: str, metadata: Metadata, reader: DateReader) -> Iterator[DateCandidate]:
    """Yield the day that the page's address, or the one it gives itself, names."""
    addresses = [url, *metadata.links.get("canonical", ())[:1], *metadata.meta.get("og:url", ())[:1]]
    for address in addresses:
        moment = _moment_in_url(address)
        if moment and reader.allows(moment):
            yield DateCandidate(moment, "url", 0.5, "only the address names a day")
            return


def _moment_in_url(url: str) -> Moment | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    match = _IN_URL.search(_ARCHIVE.sub("/", unquote(parts.path))[:500])
    if not match:
        return None
    groups = {key[0]: value for key, value in match.groupdict().items() if value}
    month = groups["m"]
    number = int(month) if month.isdecimal() else _MONTH_SLUGS.get(fold_word(month)[:3], 0)
    day = date_or_none(int(groups["y"]), number, int(groups["d"]))
    return read_machine_moment(day.isoformat()) if day else None


_MONTH_SLUGS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
