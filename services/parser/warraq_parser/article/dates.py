"""When an article was published and last changed: every place that says so, the most trustworthy first.

A wrong date is worse than none: it passes every later check. So a date is taken only from a place that speaks of
this article: its JSON-LD object, the head, microdata of its own scope, a ``time`` element or visible text by its headline, what
the feed said; the URL last, and marked as such. Never from a related item, never in the future of the fetch (but for
a day, for time zones), never before 1990.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lxml import etree

from warraq_parser.article import jsonld
from warraq_parser.article.calendars import FIRST_YEAR
from warraq_parser.article.date_text import DayOrder, Moment, date_or_none, read_machine_moment, read_moments
from warraq_parser.article.elements import following, line_of, preceding, select
from warraq_parser.article.metadata import Metadata
from warraq_parser.article.month_names import fold_word
from warraq_parser.article.titles import Headline
from warraq_shared.parsed import ItemHints

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from warraq_parser.article.document import Document


@dataclass(frozen=True, slots=True)
class DateCandidate:
    """A moment that some place names for the article, and how much that place is to be believed."""

    moment: Moment
    origin: str
    confidence: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Dates:
    """The candidates for both dates, the best first."""

    published: tuple[DateCandidate, ...] = ()
    modified: tuple[DateCandidate, ...] = ()


# Names of meta elements that give the day of publication, in the order of trust; then those of the last change.
_PUBLISHED_METAS = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "og:pubdate",
    "datepublished", "date_published", "publish_date", "publish-date", "published_date", "published-date", "publishdate",
    "published_time", "published", "publication_date", "publication-date", "publicationdate", "originalpublicationdate",
    "pubdate", "pub_date", "article.published", "article:create_at", "article_date_original", "article.created",
    "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "cxense:publishtime",
    "rnews:datepublished", "schema:datepublished", "dcterms.issued", "dc.date.issued", "dc.issued", "dcterms.created",
    "dc.date.created", "dc.created", "dcterms.date", "dcterms.available", "dc.date", "dc:date", "dc.date.x-metadatalastmodified",
    "citation_publication_date", "citation_online_date", "citation_date", "prism.publicationdate", "eprints.date",
    "bt:pubdate", "ptime", "pagedate", "displaydate", "article-date", "article_date", "date.release", "release_date",
    "releasedate", "content_created", "datecreated", "created", "creation_date", "creationdate", "created_at",
    "timestamp", "time", "date", "sort_date", "storydate", "doc_date", "publisheddate", "published_at", "video:release_date",
    "og:video:release_date", "og:release_date", "apub:time", "weibo:article:create_at", "nypub:date", "gnm:date", "vr:published_time",
    "article:post_date", "dateposted",
)  # fmt: skip
_MODIFIED_METAS = (
    "article:modified_time", "og:updated_time", "og:modified_time", "og:article:modified_time", "article:updated_time",
    "article:modified", "article:updated", "datemodified", "date_modified", "modified_date", "modified_time", "lastmodified",
    "last-modified", "last_modified", "lastmod", "modified", "updated", "updated_time", "update_date", "dcterms.modified", "dc.modified",
    "dc.date.modified", "revised", "article.updated", "last_updated", "moddate", "utime", "bt:moddate",
    "cxenseparse:lastmodified", "date.modified", "date_updated", "revision_date", "rnews:datemodified",
)  # fmt: skip
# Of these, a value with a time in the same minute as the page was made says nothing: it is written on each request.
_LOOSE_METAS = frozenset(
    ("date", "time", "timestamp", "created", "pagedate", "dc.date", "dcterms.date", "last-modified", "revised")
)

_UPDATED = re.compile(
    r"updat|modif|aktualisiert|geändert|stand:|mis à jour|mise à jour|actualiz|atualiz|aggiornat|bijgewerkt|gewijzigd|oppdatert|"
    r"opdateret|uppdaterad|ändrad|päivitetty|muokattu|zaktualizowan|aktualizac|aktualizovan|aktualizáno|frissítve|módosítva|"
    r"обновл|изменен|оновлен|ενημέρωση|τροποποί|güncelle|guncelle|diperbarui|cập nhật|تحديث|تعديل|به‌روز|بروزرسانی|"
    r"ویرایش|עודכן|עדכון|更新|修改|수정|업데이트|अपडेट|হালনাগাদ|আপডেট|อัปเดต|ปรับปรุง|actualisé|refreshed|last changed|edited",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"publi[sc]|posted|veröffentlicht|erschienen|erstellt|geplaatst|publicerad|udgivet|publisert|julkaistu|opublikowan|zveřejněn|"
    r"megjelent|опубликован|опубліков|создан|δημοσι|yayın|diterbitkan|đăng|نشر|منتشر|انتشار|تاریخ|التاريخ|פורסם|发布|發布|"
    r"入力|입력|등록|公開|配信|掲載|प्रकाशित|প্রকাশ|เผยแพร่|gespeichert von|submitted|written|filed|first ",
    re.IGNORECASE,
)
# Words that say a date belongs to something else: an event, a person's life, a comment, a copyright.
_NOT_OF_ARTICLE = re.compile(
    r"copyright|©|\(c\)|all rights|registered|joined|released:|member since|expires|valid until|born|geboren|"
    r"comment|kommentar|replied|reply|related|recent posts?|read more|weiterlesen|copyleft",
    re.IGNORECASE,
)
_FOREIGN_PLACES = re.compile(
    r"related|recommend|teaser|comments?\b|most-?read|popular|latest|recent|trending|\bmore-|also-|carousel|"
    r"promo\b|newsletter|caption|pic-?box|\bmenu|navbar|breadcrumb|event|upcoming|similar|ticker|slider|swiper|disqus|repl(?:y|ies)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"(?<!has-)(?<!with-)(?<!no-)sidebar|footer|widget|archive|calendar", re.IGNORECASE)
_BY_CLASS = etree.XPath(
    "//*[contains(@class,'date') or contains(@class,'Date') or contains(@class,'publish') or contains(@class,'posted')"
    " or contains(@class,'datum') or contains(@class,'fecha') or contains(@class,'timestamp') or contains(@class,'byline')"
    " or contains(@class,'meta') or contains(@id,'date') or contains(@class,'time') or contains(@class,'Time')"
    " or contains(@class,'info') or contains(@class,'created') or contains(@class,'update')"
    " or contains(@class,'submitted') or contains(@class,'detail') or contains(@class,'credit')]"
)
_IN_URL = re.compile(
    r"/(?P<y>(?:19|20)\d{2})[-/_.](?P<m>0?[1-9]|1[0-2]|[a-z]{3,9})[-/_.](?P<d>0?[1-9]|[12]\d|3[01])(?=[-/_.]|$)"
    r"|(?<=[-/_.=A-Za-z])(?P<y2>20\d{2})(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])(?=[-/_.tT]|$|\d{4,14}(?:\D|$))"
    r"|[-/_.=](?P<y3>20\d{2})-(?P<m3>0[1-9]|1[0-2])-(?P<d3>0[1-9]|[12]\d|3[01])(?=\D|$)"
    r"|/(?P<d4>0?[1-9]|[12]\d|3[01])[-_.](?P<m4>0?[1-9]|1[0-2])[-_.](?P<y4>20\d{2})(?=\D|$)"
    r"|/(?P<d5>0[1-9]|[12]\d|3[01])/(?P<m5>0[1-9]|1[0-2])/(?P<y5>20\d{2})(?=/|$)",
    re.IGNORECASE,
)
_NEAR_BEFORE, _NEAR_BEHIND = 30, 60
_LONGEST_DATE_LINE = 160
_MOST_DATED, _MOST_CLASSED, _MOST_SMALL = 40, 150, 3000
_SMALL = (
    "span",
    "p",
    "div",
    "em",
    "small",
    "b",
    "i",
    "strong",
    "td",
    "li",
    "dd",
    "fieldset",
    "legend",
    "h4",
    "h5",
    "h6",
    "font",
)
_LONGEST_ALONE = 40
_TEASER_LENGTH = 40
# Elements made for dates that name more days than this belong to many things.
_LEAST_OF_CLASS, _MOST_DAYS = 0.5, 2
# Stands for the rest of a long paragraph, so that only a dateline is taken from it.
_LONG = 46
_Home = frozenset["HtmlElement"]
_TOLERANCE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Context:
    """What a reading of dates depends on beside the text: the language, the order of days, when the page was fetched."""

    language: str
    order: DayOrder
    fetched_at: datetime

    def allows(self, moment: Moment) -> bool:
        """Tell whether a page that was fetched then could have been published then."""
        return moment.when.year >= FIRST_YEAR and moment.when <= self.fetched_at + _TOLERANCE

    def of_machine(self, value: str) -> Moment | None:
        """Read a metadata value."""
        moment = read_machine_moment(value, language=self.language, order=self.order)
        return moment if moment and self.allows(moment) else None

    def of_text(self, text: str) -> list[Moment]:
        """Read a visible text."""
        found = read_moments(text, language=self.language, order=self.order)
        return [moment for moment in found if self.allows(moment)]


def read_dates(
    document: "Document",
    metadata: Metadata,
    title: Headline | None,
    *,
    fetched_at: datetime,
    language: str = "",
    order: DayOrder = "unknown",
    hints: ItemHints | None = None,
) -> Dates:
    """Return the candidates for the dates of the article. Never raises.

    ``language`` (primary subtag) and ``order`` (see ``day_order``) help to read months and days in numbers.
    """
    context = _Context(language, order, fetched_at)
    published = list(_machine_published(document, metadata, context))
    modified = list(_machine_modified(metadata, context))
    published.extend(_from_hints(hints, context))
    if not published or published[0].confidence < 0.9:
        visible = list(_visible(document, title, context))
        published.extend(candidate for candidate in visible if candidate.why != "updated")
        modified.extend(replace(candidate, why="") for candidate in visible if candidate.why == "updated")
    published.extend(_from_title(metadata, context))
    addressed = list(_from_url(document.url, metadata, context))
    published = [_on_local_day(candidate, addressed) for candidate in published] + addressed
    if not any(candidate.confidence > 0.5 for candidate in published):
        published.extend(
            replace(last, confidence=0.45, why="only the last change is dated") for last in _ranked(modified)[:1]
        )
    ranked = _ranked(published)
    return Dates(tuple(_disambiguated(ranked, modified)), tuple(_ranked(modified)))


def _ranked(candidates: list[DateCandidate]) -> list[DateCandidate]:
    return sorted(candidates, key=lambda candidate: -candidate.confidence)


def _machine_published(document: "Document", metadata: Metadata, context: _Context) -> Iterator[DateCandidate]:
    for key, confidence in (("datePublished", 0.97), ("uploadDate", 0.8), ("dateCreated", 0.75)):
        yield from _of_values(jsonld.strings(metadata.article.get(key))[:2], "json-ld", confidence, context)
    yield from _of_metas(metadata, _PUBLISHED_METAS, 0.95, context)
    for name, confidence in (("datepublished", 0.94), ("datecreated", 0.75)):
        yield from _of_values(metadata.microdata.get(name, ())[:2], "microdata", confidence, context)
    if not metadata.article.get("datePublished"):
        for node in metadata.json_ld:
            if jsonld.rank(node):
                yield from _of_values(jsonld.strings(node.get("datePublished"))[:1], "json-ld", 0.85, context)


def _machine_modified(metadata: Metadata, context: _Context) -> Iterator[DateCandidate]:
    yield from _of_values(jsonld.strings(metadata.article.get("dateModified"))[:1], "json-ld", 0.95, context)
    yield from _of_metas(metadata, _MODIFIED_METAS, 0.9, context)
    yield from _of_values(metadata.microdata.get("datemodified", ())[:1], "microdata", 0.9, context)


def _of_metas(
    metadata: Metadata, names: Iterable[str], confidence: float, context: _Context
) -> Iterator[DateCandidate]:
    for rank, name in enumerate(names):
        for value in metadata.meta.get(name, ())[:2]:
            moment = context.of_machine(value)
            if moment is None:
                continue
            loose = name in _LOOSE_METAS
            if loose and abs(context.fetched_at - moment.when) < timedelta(minutes=10):
                continue
            yield DateCandidate(moment, f"meta:{name}", round(confidence - 0.002 * min(rank, 20) - 0.12 * loose, 3))


def _of_values(values: Iterable[str], origin: str, confidence: float, context: _Context) -> Iterator[DateCandidate]:
    for value in values:
        moment = context.of_machine(value)
        if moment:
            yield DateCandidate(moment, origin, confidence)
            return


def _from_hints(hints: ItemHints | None, context: _Context) -> Iterator[DateCandidate]:
    if hints and hints.published_at:
        moment = Moment(hints.published_at, "second", zoned=True)
        if context.allows(moment):
            yield DateCandidate(moment, hints.origin, 0.8)


def _visible(document: "Document", title: Headline | None, context: _Context) -> Iterator[DateCandidate]:
    """Yield the dates that a reader sees: by the headline; else in elements made for dates; else standing alone."""
    shown = title.element if title else None
    home = frozenset(shown.iterancestors()) if shown is not None else frozenset()
    found = list(_near(shown, context, home)) if shown is not None else []
    found = found or list(_by_class(document.root, context, home)) or list(_alone(document.root, context, home))
    yield from found


def _near(shown: "HtmlElement", context: _Context, home: "_Home") -> Iterator[DateCandidate]:
    """Yield the dates in short lines around the headline, those behind it first, up to the body's first paragraphs."""
    yield from _in_lines(_until_text(following(shown, _NEAR_BEHIND)), 0.85, "by the headline", context, home)
    yield from _in_lines(preceding(shown, _NEAR_BEFORE), 0.78, "above the headline", context, home)


def _until_text(elements: Iterable["HtmlElement"]) -> Iterator["HtmlElement"]:
    """Yield elements until the article's text has begun for good: two long paragraphs."""
    long_ones = 0
    for element in elements:
        if element.tag == "p" and len(element.text or "") > 300:
            long_ones += 1
            if long_ones > 1:
                return
        yield element


def _in_lines(
    elements: Iterable["HtmlElement"], confidence: float, why: str, context: _Context, home: "_Home"
) -> Iterator[DateCandidate]:
    seen: set[str] = set()
    for element in elements:
        if element.tag == "time":
            away = _foreignness(element, home)
            if away < 1:
                yield from _of_time_element(element, confidence + 0.05 - away, why, context)
            continue
        text = _own_line(element) or _dateline(element)
        if text in seen or not _may_hold_date(text):
            continue
        seen.add(text)
        away = _foreignness(element, home)
        if away < 1:
            yield from _of_line(text, confidence - away - 0.1 * (len(text) > 80), why, context, f"text:{element.tag}")


def _own_line(element: "HtmlElement") -> str:
    """Return the line of an element that is a line: its text is short, or it holds only inline elements."""
    if len(element) > 12 or element.tag in (
        "script",
        "style",
        "ul",
        "ol",
        "table",
        "form",
        "figure",
        "select",
        "noscript",
    ):
        return ""
    text = line_of(element, 240)
    return text if len(text) <= _LONGEST_DATE_LINE else ""


def _dateline(element: "HtmlElement") -> str:
    """Return the beginning of a long paragraph, which may be the place and day of its writing."""
    return line_of(element, 60)[:60] + "…" * _LONG if element.tag == "p" and len(element) <= 12 else ""


def _may_hold_date(text: str) -> bool:
    return 5 < len(text) <= _LONGEST_DATE_LINE and any(char.isdecimal() for char in text)


def _of_time_element(element: "HtmlElement", confidence: float, why: str, context: _Context) -> Iterator[DateCandidate]:
    text = line_of(element, 200)
    moment = context.of_machine(element.get("datetime") or "") or next(iter(context.of_text(text)), None)
    if moment is None:
        return
    around = (
        text + " " + (element.get("class") or "") + " " + (element.get("itemprop") or "") + " " + _label_before(element)
    )
    updated = bool(_UPDATED.search(around))
    yield DateCandidate(moment, "dom:time", confidence, "updated" if updated else why)


def _label_before(element: "HtmlElement") -> str:
    """Return the words that stand right before an element: "Updated:"."""
    previous = element.getprevious()
    if previous is not None:
        tail = (previous.tail or "").strip()
        return tail[-40:] if tail else line_of(previous, 60)[-40:]
    parent = element.getparent()
    return (parent.text or "")[-40:] if parent is not None else ""


def _of_line(text: str, confidence: float, why: str, context: _Context, origin: str) -> Iterator[DateCandidate]:
    behind = 0
    for moment in context.of_text(text):
        label = text[behind : moment.start]
        behind = moment.end
        rest = len(text) - (moment.end - moment.start)
        if _NOT_OF_ARTICLE.search(label):
            continue
        labelled = bool(_PUBLISHED.search(label))
        if rest > 45 and not labelled and not _is_dateline(text, moment):
            continue
        worth = confidence - 0.12 * moment.ambiguous - 0.1 * (rest > 60) - 0.05 * moment.converted + 0.05 * labelled
        yield DateCandidate(moment, origin, round(worth, 3), "updated" if _UPDATED.search(label) else why)


def _is_dateline(text: str, moment: Moment) -> bool:
    """Tell whether a paragraph begins with the day of its writing: "(21 November 2022) …", "BERLIN, 21 November 2022 – …"."""
    behind = text[moment.end : moment.end + 3].strip()
    return moment.start < 30 and (behind[:1] in ("–", "—", "|", ":") or text[:1] + behind[:1] in ("()", "[]"))


def _foreignness(element: "HtmlElement", home: "_Home") -> float:
    """Tell how far an element stands from this article: 1 in a part that speaks of others, 0.2 beside the text, else 0.

    ``home`` are the elements around the headline: what they are called says nothing of what is inside them.
    """
    node: HtmlElement | None = element
    found = 0.0
    for _ in range(6):
        if node is None or node in home or node.tag in ("body", "html", "main"):
            break
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if node.tag in ("nav", "figcaption") or _FOREIGN_PLACES.search(names):
            return 1.0
        if node.tag in ("aside", "footer") or _BESIDE.search(names):
            found = 0.2
        if node.tag in ("a", "li") and _leads_elsewhere(node):
            return 1.0
        node = node.getparent()
    return found


def _leads_elsewhere(node: "HtmlElement") -> bool:
    """Tell whether a link or list item is the teaser of another article: a link with a headline's length of text."""
    links = [node] if node.tag == "a" else node.iter("a")
    return any(len(line_of(link, 120)) > _TEASER_LENGTH for link in islice(links, 4) if link.get("href"))


def _by_class(root: "HtmlElement", context: _Context, home: "_Home") -> Iterator[DateCandidate]:
    """Yield the dates of elements that are made for dates."""
    elements = [*islice(root.iter("time"), _MOST_DATED), *select(_BY_CLASS, root)[:_MOST_CLASSED]]
    found = list(_in_lines(elements, 0.6, "in an element made for dates", context, home))
    days = {candidate.moment.when.date() for candidate in found if candidate.confidence >= _LEAST_OF_CLASS}
    if len(days) <= _MOST_DAYS:
        yield from found


def _alone(root: "HtmlElement", context: _Context, home: "_Home") -> Iterator[DateCandidate]:
    """Yield the one day that stands alone in an element of its own somewhere on the page; none where there are two."""
    found: list[Moment] = []
    for element in islice(root.iter(*_SMALL), _MOST_SMALL):
        text = (element.text or "").strip()
        if 5 < len(text) < _LONGEST_ALONE and any(char.isdecimal() for char in text) and not len(element):
            moments = context.of_text(text)
            if len(moments) == 1 and _foreignness(element, home) < 1:
                found.append(moments[0])
    if found and len({moment.when.date() for moment in found}) == 1:
        yield DateCandidate(found[0], "text", 0.55 - 0.1 * found[0].ambiguous, "the only day that stands alone")


def _from_title(metadata: Metadata, context: _Context) -> Iterator[DateCandidate]:
    """Yield the day that closes the page's title: "Headline | Paper | 28.04.2023"."""
    title = metadata.page_title
    for moment in context.of_text(title[-40:]):
        if moment.end >= len(title[-40:]) and moment.precision == "day" and not moment.ambiguous:
            yield DateCandidate(moment, "title", 0.52, "closes the page's title")


def _on_local_day(candidate: DateCandidate, addressed: list[DateCandidate]) -> DateCandidate:
    """Write a moment that a machine wrote in UTC on the day that the address names, where that is the day beside it.

    The instant stays the same; the offset becomes the smallest whole hour that the two agree with.
    """
    when = candidate.moment.when
    if not addressed or not candidate.moment.zoned or when.utcoffset() or candidate.confidence < 0.7:
        return candidate
    day = addressed[0].moment.when
    if day.date() == when.date() or abs(day.date() - when.date()) > timedelta(days=1):
        return candidate
    gap = (when - day).total_seconds() / 3600
    hours = -int(gap - 24 + 1) if gap >= 24 else -int(gap // 1)
    if abs(hours) > 12:
        return candidate
    moved = replace(candidate.moment, when=when.astimezone(timezone(timedelta(hours=hours))))
    return replace(candidate, moment=moved, why="UTC, on the day that the address names")


def _from_url(url: str, metadata: Metadata, context: _Context) -> Iterator[DateCandidate]:
    addresses = [url, *metadata.links.get("canonical", ())[:1], *metadata.meta.get("og:url", ())[:1]]
    for address in addresses:
        moment = _moment_in_url(address)
        if moment and context.allows(moment):
            yield DateCandidate(moment, "url", 0.5, "only the address names a day")
            return


def _moment_in_url(url: str) -> Moment | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    match = _IN_URL.search(unquote(parts.path)[:500])
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


def _disambiguated(candidates: list[DateCandidate], modified: list[DateCandidate]) -> list[DateCandidate]:
    """Exchange day and month of an ambiguous best candidate where only that agrees with another place."""
    if not candidates or not candidates[0].moment.ambiguous:
        return candidates
    best = candidates[0]
    when = best.moment.when
    try:
        other = when.replace(day=when.month, month=when.day)
    except ValueError:
        return candidates
    days = {
        candidate.moment.when.date() for candidate in (*candidates[1:], *modified) if not candidate.moment.ambiguous
    }
    if when.date() not in days and other.date() in days:
        exchanged = replace(
            best, moment=replace(best.moment, when=other), why="day and month as another place has them"
        )
        return [exchanged, *candidates[1:]]
    return candidates


def day_order(language: str, region: str, host: str) -> DayOrder:
    """Tell how a page writes days in numbers, by its language, region ("US", "" if unknown) and host name."""
    if language and language != "en":
        return "month-day" if language in ("tl", "fil") else "day-month"
    if region:
        return "month-day" if region in ("US", "PH") else "day-month"
    top = host.rsplit(".", 1)[-1].lower()
    if top in ("us", "gov", "edu", "mil"):
        return "month-day"
    return "unknown" if len(top) != 2 or top in ("io", "co", "ai", "tv", "me") else "day-month"
