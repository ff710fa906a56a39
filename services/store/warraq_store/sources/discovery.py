"""What of a site can be followed: its feeds, sitemaps, news sitemaps and section pages, each looked at once.

Asked for, in this order: the address itself; the feeds and sitemaps that its page declares; the sitemaps that
robots.txt names (RFC 9309, 2.2.4); and, where none of a kind was found, a few well-known places. Only what turns out
to be a feed, sitemap or list of links is reported as one.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final
from urllib.parse import urljoin, urlsplit

from warraq_shared.article import Frozen
from warraq_shared.errors import PageProblem, Permanent
from warraq_shared.parsed import Link, PageKind, Parsed, ParseInput
from warraq_shared.reasons import Reason
from warraq_shared.urls import canonical, host_of, same_site, site_of
from warraq_store.outside import Fetch, Fetched, Parse
from warraq_store.sources.following import date_of

MOST_FEEDS: Final = 8
MOST_SITEMAPS: Final = 8
MOST_SECTIONS: Final = 30
WELL_KNOWN_FEEDS: Final = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/feed.json")
WELL_KNOWN_SITEMAPS: Final = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap-news.xml")
_ROBOTS_SITEMAP = re.compile(rb"^\s*sitemap\s*:\s*(\S+)", re.I | re.M)
_MOST_ROBOTS_BYTES = 512 * 1024
# What a site offers beside its news: comments, searches, single authors and tags.
_BESIDE = re.compile(r"comments?|/search|/author/|/tag/", re.I)
_POLLED = {
    PageKind.FEED: "feed",
    PageKind.SITEMAP: "sitemap",
    PageKind.SITEMAP_INDEX: "sitemap",
    PageKind.SECTION: "section",
}


class Candidate(Frozen):
    """Something that may be followed. ``reason`` is OK if it can be; ``checked`` is false where it was not fetched.

    ``items`` are its links to articles (of an index: its sitemaps); ``kind`` is feed, news sitemap, sitemap, sitemap
    index or section. ``follow`` is what ``warraq source add`` takes.
    """

    url: str
    role: str
    kind: str
    found_by: str
    title: str | None = None
    language: str | None = None
    items: int = 0
    newest: datetime | None = None
    hub_url: str | None = None
    reason: Reason = Reason.OK
    detail: str = ""
    checked: bool = True
    follow: bool = False


class Discovery(Frozen):
    """What was found of ``url``: ``candidates``, best first, and what the site says of itself."""

    url: str
    site: str
    title: str | None = None
    language: str | None = None
    candidates: tuple[Candidate, ...] = ()

    def followed(self) -> tuple[Candidate, ...]:
        """Return the candidates that are worth following."""
        return tuple(candidate for candidate in self.candidates if candidate.follow)


class _Look:
    """One discovery under way: fetches through the given door, each address once."""

    def __init__(self, fetch: Fetch, parse: Parse, report: Callable[[str], None]) -> None:
        self._fetch, self._parse, self._report = fetch, parse, report
        self.seen: set[str] = set()

    def page(self, url: str) -> tuple[Fetched, Parsed]:
        """Return the page of ``url`` and what it is.

        Raises:
            PageProblem: there is none, or it cannot be read.
        """
        self.seen.add(url)
        self._report(url)
        fetched = self._fetch(url)
        page = ParseInput(
            url=fetched.final_url, body=fetched.body, headers=dict(fetched.headers), fetched_at=fetched.fetched_at
        )
        return fetched, self._parse(page)

    def body(self, url: str) -> bytes:
        """Return the bytes at ``url``; none if there is nothing."""
        self._report(url)
        try:
            return self._fetch(url).body
        except PageProblem:
            return b""

    def candidate(self, url: str, found_by: str) -> Candidate | None:
        """Return what stands at ``url``; None if it was looked at before."""
        if url in self.seen:
            return None
        try:
            fetched, parsed = self.page(url)
        except PageProblem as problem:
            return Candidate(
                url=url, role="feed", kind="?", found_by=found_by, reason=problem.reason, detail=problem.detail
            )
        self.seen.add(fetched.final_url)
        return _candidate(url, parsed, found_by)


def discover(url: str, fetch: Fetch, parse: Parse, report: Callable[[str], None] = lambda _: None) -> Discovery:
    """Return what can be followed of the canonical ``url`` and its site. ``report`` is told each address asked.

    Raises:
        PageProblem: the page of ``url`` itself cannot be had.
    """
    look = _Look(fetch, parse, report)
    fetched, parsed = look.page(url)
    itself = _candidate(url, parsed, "the address given")
    if itself.role in ("feed", "sitemap"):
        return _discovery(url, parsed, [itself.model_copy(update={"follow": itself.reason is Reason.OK})])
    home = fetched.final_url
    feeds = _looked(look, _declared(parsed.links, PageKind.FEED), "declared by the page", MOST_FEEDS)
    if not any(_is_good(feed, "feed") for feed in feeds):
        feeds += _first_good(look, home, WELL_KNOWN_FEEDS, "feed")
    sitemaps = _looked(look, _declared(parsed.links, PageKind.SITEMAP), "declared by the page", MOST_SITEMAPS)
    sitemaps += _looked(look, _in_robots(look, home), "named in robots.txt", MOST_SITEMAPS)
    if not any(_is_good(sitemap, "sitemap") for sitemap in sitemaps):
        sitemaps += _first_good(look, home, WELL_KNOWN_SITEMAPS, "sitemap")
    sections = [itself, *_sections(parsed.links, home)]
    return _discovery(url, parsed, _chosen([*feeds, *sitemaps], sections))


def _discovery(url: str, parsed: Parsed, candidates: Iterable[Candidate]) -> Discovery:
    found = list(candidates)
    first = next((candidate for candidate in found if candidate.follow), None)
    facts = parsed.source
    return Discovery(
        url=url,
        site=site_of(url),
        title=(facts.title if facts else None) or (first.title if first else None),
        language=(facts.language if facts else None) or (first.language if first else None),
        candidates=tuple(sorted(found, key=lambda candidate: not candidate.follow)),
    )


def _candidate(url: str, parsed: Parsed, found_by: str) -> Candidate:
    role = _POLLED.get(parsed.kind, "section")
    wanted = PageKind.SITEMAP if parsed.kind is PageKind.SITEMAP_INDEX else PageKind.ARTICLE
    items = [link for link in parsed.links if link.expects is wanted]
    dates = [date for link in items if (date := date_of(link.hints)) is not None]
    reason = Reason.OK if role == "section" and items else parsed.reason
    if role != "section" and not items:
        reason = Reason.EMPTY_FEED if parsed.reason is Reason.OK else parsed.reason
    return Candidate(
        url=url,
        role=role,
        kind=_kind(parsed, items),
        found_by=found_by,
        title=parsed.source.title if parsed.source else None,
        language=parsed.source.language if parsed.source else None,
        items=len(items),
        newest=max(dates, default=None),
        hub_url=parsed.source.hub_url if parsed.source else None,
        reason=reason,
    )


def _kind(parsed: Parsed, items: list[Link]) -> str:
    if parsed.kind is PageKind.SITEMAP_INDEX:
        return "sitemap index"
    if parsed.kind is PageKind.SITEMAP:
        return "news sitemap" if any(i.hints and i.hints.origin == "news-sitemap" for i in items) else "sitemap"
    return "feed" if parsed.kind is PageKind.FEED else "section"


def _declared(links: Iterable[Link], kind: PageKind) -> list[str]:
    return [link.url for link in links if link.expects is kind]


def _in_robots(look: _Look, home: str) -> list[str]:
    body = look.body(urljoin(home, "/robots.txt"))[:_MOST_ROBOTS_BYTES]
    found = (match.decode("utf-8", "replace") for match in _ROBOTS_SITEMAP.findall(body))
    return [url for text in found if (url := _address(text, home)) is not None]


def _address(text: str, base: str) -> str | None:
    try:
        return canonical(text, base)
    except Permanent:
        return None


def _looked(look: _Look, urls: Iterable[str], found_by: str, most: int) -> list[Candidate]:
    found = (look.candidate(url, found_by) for url in list(dict.fromkeys(urls))[:most])
    return [candidate for candidate in found if candidate is not None]


def _first_good(look: _Look, home: str, places: Iterable[str], role: str) -> list[Candidate]:
    """Ask at ``places`` until one has something of ``role``; what is not there is no news."""
    for place in places:
        candidate = look.candidate(canonical(urljoin(home, place)), "a well-known place")
        if candidate is not None and _is_good(candidate, role):
            return [candidate]
    return []


def _is_good(candidate: Candidate, role: str) -> bool:
    return candidate.role == role and candidate.reason is Reason.OK


def _sections(links: Iterable[Link], home: str) -> list[Candidate]:
    """Return the section pages that a page names: not fetched, a site may have dozens."""
    named = [link for link in links if link.expects is PageKind.SECTION and same_site(link.url, home)]
    return [
        Candidate(
            url=link.url,
            role="section",
            kind="section",
            found_by="linked from the page",
            title=link.hints.title if link.hints else None,
            checked=False,
        )
        for link in named[:MOST_SECTIONS]
    ]


def _chosen(sources: list[Candidate], sections: list[Candidate]) -> list[Candidate]:
    """Mark what to follow: the news feeds and news sitemaps; without them a sitemap; without that the page itself.

    A feed and a news sitemap of one site may name the same articles; each article is known once all the same.
    """
    good = [one for one in sources if one.reason is Reason.OK]
    feeds = [one for one in good if one.role == "feed" and not _BESIDE.search(_place(one))]
    news = [one for one in good if one.kind == "news sitemap"]
    follow = (feeds or [one for one in good if one.role == "feed"]) + news
    follow = follow or [one for one in good if one.role == "sitemap"]
    if not follow:
        follow = [one for one in sections if one.checked and one.items]
    chosen = {one.url for one in follow}
    return [one.model_copy(update={"follow": one.url in chosen}) for one in [*sources, *sections]]


def _place(candidate: Candidate) -> str:
    return f"{urlsplit(candidate.url).path} {candidate.title or ''}"


def name_for(discovery: Discovery) -> str:
    """Return the name under which a source is listed if its user gives none."""
    title = (discovery.title or "").strip()
    return title[:80] if title else host_of(discovery.url).name.removeprefix("www.")
