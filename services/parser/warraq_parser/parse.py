"""The parser: one pure function from what is known of a page to what the page is and says.

No network, no database, no queue, no clock; the same input gives the same result. It never raises: whatever the bytes
are, the answer is an article, links, or a reason.
"""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from lxml import etree

from warraq_parser.article.assemble import ArticleReading, read_article
from warraq_parser.article.contested import contested
from warraq_parser.article.document import Document, read_document
from warraq_parser.feeds.json_feed import read_json_feed
from warraq_parser.feeds.link_header import every_linked, linked
from warraq_parser.feeds.model import MOST_HUBS, Feed
from warraq_parser.feeds.reading import read_feed
from warraq_parser.kind import Verdict, judge
from warraq_parser.links import (
    Anchor,
    anchors_of,
    article_links,
    declared_sources,
    declared_targets,
    meta_refresh,
    section_links,
)
from warraq_parser.next_page import next_of_list
from warraq_parser.ruled import read_ruled_article
from warraq_parser.rules import SiteRules, rules_for
from warraq_parser.sitemaps import read_sitemap
from warraq_parser.sniff import Family, family_of, unpacked
from warraq_parser.text.decode import Decoded, decode_html
from warraq_shared.errors import PageProblem, Permanent
from warraq_shared.parsed import Link, PageKind, Parsed, ParseInput, SourceFacts
from warraq_shared.reasons import Reason

# Beyond these no page of the web is an article; within them the slowest page stays under five seconds.
MOST_HTML_BYTES = 16 * 1024 * 1024
MOST_TAGS = 600_000

# What a page can make a bug of ours raise. Not ``Exception``: the time limit of a worker is one, and must get through.
_SURPRISES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
    etree.LxmlError,
)


@dataclass(frozen=True, slots=True)
class PageReading:
    """What was made of a page, and how: ``parsed`` is the result, the rest explains it.

    ``article`` is the reading of the page as an article even where the verdict is that it is none.
    """

    parsed: Parsed
    article: ArticleReading | None = None
    decoded: Decoded | None = None
    verdict: Verdict | None = None


def parse(page: ParseInput, rules: Sequence[SiteRules] = ()) -> Parsed:
    """Return what ``page`` is and says. Pure, deterministic, never raises."""
    return read_page(page, rules).parsed


def read_page(page: ParseInput, rules: Sequence[SiteRules] = ()) -> PageReading:
    """Return what ``parse`` returns, together with what explains it."""
    try:
        return _read(page, rules)
    except PageProblem as problem:
        return PageReading(_rejected(page, problem.reason, *_detail(problem)))
    except _SURPRISES as surprise:
        return PageReading(_rejected(page, Reason.PARSER_FAILED, _place(surprise)))


def _read(page: ParseInput, rules: Sequence[SiteRules]) -> PageReading:
    body = unpacked(page.body)
    content_type = page.headers.get("content-type")
    match family_of(body, content_type):
        case Family.EMPTY:
            raise Permanent(Reason.EMPTY_BODY)
        case Family.OTHER:
            raise Permanent(Reason.NOT_HTML)
        case Family.FEED:
            return PageReading(_feed(page, read_feed(body, page.url, content_type, page.fetched_at)))
        case Family.JSON_FEED:
            return PageReading(_feed(page, read_json_feed(body, page.url, page.fetched_at)))
        case Family.SITEMAP | Family.TEXT_SITEMAP:
            return PageReading(_sitemap(page, body, content_type))
        case Family.HTML:
            return _page(page, body, content_type, rules)


def _feed(page: ParseInput, feed: Feed) -> Parsed:
    links = tuple(item.link() for item in feed.items if item.url != page.url)
    reason = Reason.OK if links else Reason.EMPTY_FEED
    return Parsed(
        url=page.url,
        kind=PageKind.FEED,
        reason=reason,
        links=links,
        source=_facts(feed, page),
        notes=feed.notes,
    )


def _facts(feed: Feed, page: ParseInput) -> SourceFacts:
    """Return what the feed says about itself; a header that says it goes first (W3C WebSub, section 4)."""
    return _with_header(feed.facts(), feed.hubs, page)


def _with_header(facts: SourceFacts, hubs: Sequence[str], page: ParseInput) -> SourceFacts:
    """Return ``facts`` with the hubs of a list and what the ``Link`` header says, which goes first."""
    header = page.headers.get("link")
    said = {f"{name}_url": linked(header, name, page.url) for name in ("self", "next")}
    named = tuple(dict.fromkeys((*every_linked(header, "hub", page.url), *hubs)))[:MOST_HUBS]
    if named:
        facts = facts.model_copy(update={"hub_url": named[0], "other_hubs": named[1:]})
    return facts.model_copy(update={name: target for name, target in said.items() if target})


def _section_facts(document: Document, page: ParseInput, anchors: Sequence[Anchor]) -> SourceFacts | None:
    """Return what a section page says about itself as a list; None if it says nothing."""
    declared = {relation: declared_targets(document, relation) for relation in ("hub", "self")}
    facts = SourceFacts(next_url=next_of_list(document, anchors), self_url=next(iter(declared["self"]), None))
    facts = _with_header(facts, declared["hub"], page)
    return facts if facts.next_url or facts.hub_url else None


def _sitemap(page: ParseInput, body: bytes, content_type: str | None) -> Parsed:
    sitemap = read_sitemap(body, page.url, content_type, page.fetched_at)
    reason = Reason.OK if sitemap.links else Reason.EMPTY_FEED
    return Parsed(url=page.url, kind=PageKind(sitemap.kind), reason=reason, links=sitemap.links, notes=sitemap.notes)


def _page(page: ParseInput, body: bytes, content_type: str | None, rules: Sequence[SiteRules]) -> PageReading:
    if len(body) > MOST_HTML_BYTES or (len(body) > MOST_TAGS and body.count(b"<") > MOST_TAGS):
        raise Permanent(Reason.TOO_COMPLEX, f"{len(body):,} bytes, {body.count(b'<'):,} tags.")
    decoded = decode_html(body, content_type)
    document = read_document(decoded.text, page.url, page.fetched_at, utf8=decoded.utf8)
    # What the page links to is read first: rules may take the page apart.
    target, declared = meta_refresh(document), declared_sources(document)
    reading = _article(document, page, rules)
    verdict = judge(document, reading, decoded.text[:100_000])
    notes = (*decoded.notes, *reading.notes, *(("meta-refresh",) if target else ()))
    links = declared + ((Link(url=target, expects=PageKind.UNKNOWN),) if target else ())
    facts = None
    if verdict.kind is PageKind.SECTION:
        anchors = tuple(anchors_of(document))
        facts = _section_facts(document, page, anchors)
        links = article_links(document, anchors) + links + section_links(document, anchors)
    is_article = verdict.reason is Reason.OK
    parsed = Parsed(
        url=page.url,
        kind=verdict.kind,
        reason=verdict.reason,
        article=reading.article if is_article else None,
        links=_once(links),
        source=facts,
        observation=reading.observation if is_article else None,
        notes=tuple(dict.fromkeys(notes)),
        contested=contested(reading.candidates) if is_article else (),
        because=() if is_article else verdict.why,
    )
    return PageReading(parsed, reading, decoded, verdict)


def _article(document: Document, page: ParseInput, rules: Sequence[SiteRules]) -> ArticleReading:
    site_rules = rules_for(rules, page.url, page.fetched_at)
    if site_rules is None:
        return read_article(document, hints=page.hints, profile=page.profile)
    return read_ruled_article(document, site_rules, hints=page.hints, profile=page.profile)


def _once(links: tuple[Link, ...]) -> tuple[Link, ...]:
    """Return one link per address, the first."""
    found: dict[str, Link] = {}
    for link in links:
        found.setdefault(link.url, link)
    return tuple(found.values())


def _rejected(page: ParseInput, reason: Reason, *notes: str) -> Parsed:
    feedlike = reason in (Reason.BROKEN_FEED, Reason.EMPTY_FEED)
    kind = PageKind.FEED if feedlike else PageKind.UNKNOWN
    return Parsed(url=page.url, kind=kind, reason=reason, notes=notes)


def _detail(problem: PageProblem) -> tuple[str, ...]:
    return (problem.detail,) if problem.detail else ()


def _place(surprise: BaseException) -> str:
    """Return the type of an exception and the innermost place of ours that raised it: ``ValueError at dates.py:71``."""
    frames = traceback.extract_tb(surprise.__traceback__)
    ours = [frame for frame in frames if "warraq_parser" in frame.filename] or frames
    place = f"{PurePath(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
    return f"{type(surprise).__name__} at {place}"
