"""The fields of an article beside its body, each with its evidence, and all the candidates that were weighed."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from warraq_parser.article.authors.authors import read_authors
from warraq_parser.article.authors.people import Byline
from warraq_parser.article.canonical import base_of, canonical_address
from warraq_parser.article.dates.date_candidates import DateCandidate
from warraq_parser.article.dates.dates import Dates, day_order, read_dates
from warraq_parser.article.language import Language, direction_of, language_of, region_of
from warraq_parser.article.metadata import Metadata
from warraq_parser.article.sitename import SiteNames, site_names
from warraq_parser.article.standfirsts import lead_of, subtitle_of
from warraq_parser.article.surroundings import Surroundings
from warraq_parser.article.tags import section_of, tags_of
from warraq_parser.article.titles.headline import Headline
from warraq_parser.article.titles.titles import headlines
from warraq_parser.article.top_images import images_of
from warraq_shared.article import Block, Evidence, Image, block_lines
from warraq_shared.parsed import Candidate, ItemHints, SiteProfile
from warraq_shared.urls import site_of

if TYPE_CHECKING:
    from warraq_parser.article.document import Document


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of an article beside its body. Names and meanings are those of ``warraq_shared.article``."""

    title: str | None = None
    subtitle: str | None = None
    lead: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    direction: Literal["ltr", "rtl"] = "ltr"
    section: str | None = None
    tags: tuple[str, ...] = ()
    site: str | None = None
    canonical_url: str | None = None
    images: tuple[Image, ...] = ()
    evidence: dict[str, Evidence] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class _Weighed:
    """The candidates for the fields that several places speak of, the best first; and the winners."""

    titles: list[Headline]
    language: Language | None
    dates: Dates
    bylines: list[Byline]
    around: Surroundings

    @property
    def title(self) -> Headline | None:
        return self.titles[0] if self.titles else None

    @property
    def byline(self) -> Byline | None:
        return self.bylines[0] if self.bylines else None

    @property
    def published(self) -> DateCandidate | None:
        return _taken(self.dates.published)

    @property
    def modified(self) -> DateCandidate | None:
        """The date of the last change, unless it is before the publication: then one of the two is wrong."""
        modified, published = _taken(self.dates.modified), self.published
        if modified and published and modified.moment.when < published.moment.when - _ZONES:
            return None
        return modified


# Below this a date is shown as a candidate, and not taken: a wrong date is worse than none.
_LEAST_DATE = 0.4
# Two places may write one moment in two zones.
_ZONES = timedelta(days=1)
_SAMPLE_OF_BLOCKS, _ENOUGH_TEXT = 40, 80
# How much the places of the lesser fields are to be believed.
_CONFIDENCE = {
    "json-ld": 0.9,
    "meta": 0.85,
    "link": 0.9,
    "microdata": 0.85,
    "dom": 0.8,
    "body": 0.7,
    "url": 0.4,
    "feed": 0.7,
}


def read_fields(
    document: "Document",
    metadata: Metadata,
    blocks: tuple[Block, ...],
    *,
    fetched_at: datetime,
    hints: ItemHints | None = None,
    profile: SiteProfile | None = None,
    titles: list[Headline] | None = None,
) -> Fields:
    """Read every field beside the body. ``blocks`` are the body; ``fetched_at`` bounds the dates. Never raises.

    ``titles`` are what ``headlines`` found, for who has looked already.
    """
    names = site_names(document, metadata, profile)
    titles = headlines(metadata, names, hints) if titles is None else titles
    title = titles[0] if titles else None
    around = Surroundings(title.element if title else None)
    language = language_of(_sample(title, blocks), _declared(metadata, hints))
    dates = read_dates(
        document,
        metadata,
        around,
        fetched_at=fetched_at,
        language=language.tag if language else "",
        order=_order(document, metadata, language),
        hints=hints,
    )
    writers = replace(names, language=language.tag if language else "")
    bylines = read_authors(document, metadata, around, writers, hints)
    return _assembled(document, metadata, blocks, names, _Weighed(titles, language, dates, bylines, around))


def _assembled(
    document: "Document", metadata: Metadata, blocks: tuple[Block, ...], names: SiteNames, weighed: _Weighed
) -> Fields:
    """Put the winners together, with their evidence."""
    title, byline, language = weighed.title, weighed.byline, weighed.language
    published, modified = weighed.published, weighed.modified
    section, section_origin = section_of(metadata, names)
    tags, tags_origin = tags_of(metadata, names)
    canonical_url, canonical_origin, _ = canonical_address(document, metadata)
    images, images_origin = images_of(metadata, blocks, base_of(document, metadata))
    subtitle, subtitle_origin = subtitle_of(metadata, title, weighed.around)
    lead, lead_origin = lead_of(metadata, title, weighed.around)
    site, site_origin = (names.display, names.origin) if names.display else (site_of(document.url), "url")
    lesser = {
        "section": section_origin,
        "tags": tags_origin,
        "canonical_url": canonical_origin,
        "images": images_origin,
        "subtitle": subtitle_origin,
        "lead": lead_origin,
        "site": site_origin if site else "",
    }
    return Fields(
        title=title.text if title else None,
        subtitle=subtitle or None,
        lead=lead or None,
        authors=byline.people if byline else (),
        published_at=published.moment.when if published else None,
        modified_at=modified.moment.when if modified else None,
        language=language.tag if language else None,
        direction=_direction(language, metadata),
        section=section or None,
        tags=tags,
        site=site or None,
        canonical_url=canonical_url or None,
        images=images,
        evidence=_evidence(weighed, lesser),
        candidates=tuple(_candidates(weighed)),
    )


def _evidence(weighed: _Weighed, lesser: dict[str, str]) -> dict[str, Evidence]:
    """Return the evidence of every field that has a value; ``lesser`` are the origins of the others."""
    found: dict[str, Evidence] = {}
    if weighed.title:
        found["title"] = Evidence(origin=weighed.title.origin, confidence=weighed.title.confidence)
    for key, date in (("published_at", weighed.published), ("modified_at", weighed.modified)):
        if date:
            confidence = round(min(1.0, max(0.0, date.confidence)), 3)
            found[key] = Evidence(origin=date.origin, confidence=confidence, precision=date.moment.precision)
    if weighed.byline:
        found["authors"] = Evidence(origin=weighed.byline.origin, confidence=weighed.byline.confidence)
    if weighed.language:
        found["language"] = Evidence(origin=weighed.language.origin, confidence=weighed.language.confidence)
    for key, origin in lesser.items():
        if origin:
            found[key] = Evidence(origin=origin, confidence=_CONFIDENCE.get(origin.split(":")[0], 0.6))
    return found


def _sample(title: Headline | None, blocks: tuple[Block, ...]) -> str:
    """Return the beginning of the article's own text; with the headline, where the body is hardly a sentence."""
    text = "\n".join(block_lines(blocks[:_SAMPLE_OF_BLOCKS]))
    return text if len(text) >= _ENOUGH_TEXT or not title else f"{title.text}\n{text}"


def _declared(metadata: Metadata, hints: ItemHints | None) -> Iterator[tuple[str, str]]:
    """Yield the languages that the page, and then its feed, declare."""
    yield from ((value, "json-ld") for value in [metadata.article.get("inLanguage")] if isinstance(value, str))
    if metadata.html_language:
        yield metadata.html_language, "html:lang"
    for name in ("content-language", "og:locale", "language", "dc.language"):
        for value in metadata.meta.get(name, ())[:1]:
            yield value, f"meta:{name}"
    if hints and hints.language:
        yield hints.language, hints.origin


def _order(
    document: "Document", metadata: Metadata, language: Language | None
) -> Literal["day-month", "month-day", "unknown"]:
    tags = (metadata.html_language, *metadata.meta.get("og:locale", ())[:1])
    region = next((region for region in map(region_of, tags) if region), "")
    try:
        host = urlsplit(document.url).hostname or ""
    except ValueError:
        host = ""
    return day_order(language.tag if language else "", region, host)


def _direction(language: Language | None, metadata: Metadata) -> Literal["ltr", "rtl"]:
    if language:
        return direction_of(language.tag)
    return "rtl" if metadata.html_direction == "rtl" else "ltr"


def _taken(candidates: tuple[DateCandidate, ...]) -> DateCandidate | None:
    """Return the date to take: the first, if it is sure enough."""
    best = candidates[0] if candidates else None
    return best if best and best.confidence >= _LEAST_DATE else None


def _candidates(weighed: _Weighed) -> Iterator[Candidate]:
    """Yield everything that was weighed, field by field, the winner first."""
    for title in weighed.titles:
        yield _candidate("title", title.text, title, won=title is weighed.title, why=title.why)
    for name, found, taken in (
        ("published_at", weighed.dates.published, weighed.published),
        ("modified_at", weighed.dates.modified, weighed.modified),
    ):
        for date in found:
            why = _fate(date, taken, found[0])
            yield _candidate(name, date.moment.when.isoformat(), date, won=date is taken, why=why)
    for byline in weighed.bylines:
        yield _candidate("authors", ", ".join(byline.people), byline, won=byline is weighed.byline, why=byline.why)
    if weighed.language:
        yield _candidate("language", weighed.language.tag, weighed.language, won=True, why="")


def _candidate(
    name: str, value: str, found: Headline | DateCandidate | Byline | Language, *, won: bool, why: str
) -> Candidate:
    return Candidate(field=name, value=value, origin=found.origin, confidence=found.confidence, won=won, why=why)


def _fate(date: DateCandidate, taken: DateCandidate | None, best: DateCandidate) -> str:
    """Say what is known of a date's place, or why even the best one was not taken."""
    if taken is None and date is best:
        return "too unsure to be taken" if date.confidence < _LEAST_DATE else "before the publication"
    return date.why or "a place made for it"
