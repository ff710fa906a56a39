"""What goes into the parser and what comes out of it: the seam between fetch, parse and store."""

from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime, Field

from warraq_shared.article import Article, Frozen
from warraq_shared.reasons import Reason


class PageKind(StrEnum):
    """What a page turned out to be, told from its content."""

    ARTICLE = "article"
    SECTION = "section"
    FEED = "feed"
    SITEMAP = "sitemap"
    SITEMAP_INDEX = "sitemap-index"
    UNKNOWN = "unknown"


class ItemHints(Frozen):
    """What a feed, sitemap or section page says about one of its items; evidence for the article's fields."""

    title: str | None = None
    published_at: AwareDatetime | None = None
    modified_at: AwareDatetime | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    origin: str = "feed"


class Link(Frozen):
    """A link worth knowing, found on a page. ``expects`` is what the page that names it takes it for."""

    url: str
    expects: PageKind = PageKind.ARTICLE
    hints: ItemHints | None = None


class SourceFacts(Frozen):
    """What a feed, sitemap or section page says about itself; the schedule reads it.

    ``next_url`` is the next page of a list that goes on (RFC 5005, section 3; HTML's ``rel=next``). ``other_hubs`` are
    named besides ``hub_url``, in order.
    """

    title: str | None = None
    home_url: str | None = None
    language: str | None = None
    ttl_seconds: int | None = Field(default=None, ge=0)
    hub_url: str | None = None
    other_hubs: tuple[str, ...] = ()
    self_url: str | None = None
    next_url: str | None = None
    broken: bool = False


class SiteProfile(Frozen):
    """What was learned from a site's other pages, as a value handed to the parser.

    ``blocks`` maps the digest of a folded block of text to the number of different pages it stood on;
    ``pages`` is how many pages were looked at; ``title_affixes`` are the site's names seen around titles, each
    with its count. Bounded: see ``warraq_parser.profile``.
    """

    site: str
    pages: int = 0
    blocks: dict[str, int] = {}
    title_affixes: dict[str, int] = {}
    recent_pages: tuple[str, ...] = ()


class PageObservation(Frozen):
    """What one page teaches about its site: the digests of its blocks and the affixes of its title."""

    page: str
    blocks: tuple[str, ...] = ()
    title_affixes: tuple[str, ...] = ()


class ParseInput(Frozen):
    """Everything the parser may know about one page. Header names are lower case."""

    url: str
    body: bytes
    headers: dict[str, str] = {}
    fetched_at: AwareDatetime
    profile: SiteProfile | None = None
    hints: ItemHints | None = None


class Candidate(Frozen):
    """One value that was considered for a field of the article, where it stood, and why it won or lost."""

    field: str
    value: str
    origin: str
    confidence: float
    won: bool
    why: str = ""


class Parsed(Frozen):
    """What the parser made of one page: an article, links, or the reason there is neither.

    ``reason`` is OK when ``article`` or ``links`` is usable; otherwise it says why not.
    ``notes`` are short codes of what was odd (``charset-lie``, ``text-dropped``, …), for ``warraq explain``; so are
    ``contested`` (for each field of which several places speak, what won and the nearest of what lost) and ``because``
    (why a page is thought to be no article).
    """

    url: str
    kind: PageKind
    reason: Reason
    article: Article | None = None
    links: tuple[Link, ...] = ()
    source: SourceFacts | None = None
    observation: PageObservation | None = None
    notes: tuple[str, ...] = ()
    contested: tuple[Candidate, ...] = ()
    because: tuple[str, ...] = ()


def utc_now() -> datetime:
    """Return the time now, aware, in UTC. The one clock; core functions take the time as a value."""
    from datetime import UTC

    return datetime.now(UTC)
