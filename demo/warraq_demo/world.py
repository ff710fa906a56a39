"""The whole demo world as a table: which site answers which path with what. No network here."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from warraq_demo import feeds
from warraq_demo.content import Oddity, Site, Story, read_sites
from warraq_demo.pages import list_page, story_page
from warraq_demo.pictures import picture
from warraq_shared.article import ImageBlock

HTML, XML = "text/html; charset=utf-8", "application/xml; charset=utf-8"
# Pages that are no story change with the world's edition; their clock is fixed, as everything here.
_OPENED = datetime(2026, 10, 31, tzinfo=UTC)
_STORIES_OF_ARCHIVE_PAGE = 3


@dataclass(frozen=True, slots=True)
class Resource:
    """What a site answers for one path."""

    body: bytes
    content_type: str = HTML
    status: int = 200
    modified: datetime | None = None
    location: str = ""

    @property
    def etag(self) -> str:
        """A validator of the content, weak since it is the same for the plain and the compressed form."""
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:20]}"'

    @property
    def last_modified(self) -> str:
        """The time of the last change as a header value; empty if unknown."""
        return format_datetime(self.modified.astimezone(UTC), usegmt=True) if self.modified else ""


Answers = Mapping[tuple[str, str], Resource]


def origin_of(site: str, port: int) -> str:
    """Return the address of a site without a slash at its end."""
    return f"http://{site}.localhost:{port}"


def build_world(port: int, edition: int = 0) -> Answers:
    """Return the answers of all sites in ``edition``, by (site, path with query)."""
    return {
        (site.name, path): resource
        for site in read_sites(edition)
        for path, resource in _build_site(site, origin_of(site.name, port))
    }


def not_found(site: str) -> Resource:
    """Return the answer for an address that is not there."""
    return Resource(f"<!DOCTYPE html><title>404</title><h1>404</h1><p>{site}: not found.</p>".encode(), status=404)


def _build_site(site: Site, origin: str) -> Iterator[tuple[str, Resource]]:
    yield "/", _listing(site, site.title, site.stories)
    yield "/robots.txt", Resource(feeds.robots(site, origin).encode(), "text/plain; charset=utf-8")
    yield from _discovery(site, origin)
    yield from _sections(site)
    yield from _tags(site)
    yield from _archive(site)
    for story in site.stories:
        yield site.story_path(story), _story(site, story, origin)
    for oddity in site.oddities:
        if oddity.does != "missing":
            yield oddity.path, _odd(site, oddity, origin)
    for path in sorted(set(_pictures(site.stories))):
        yield path, Resource(picture(path), "image/png", modified=_OPENED)


def _story(site: Site, story: Story, origin: str) -> Resource:
    html = story_page(site, story, origin)
    # What an old code page cannot say is written as a character reference, as real systems do.
    return Resource(html.encode(story.charset, "xmlcharrefreplace"), modified=story.changed)


def _discovery(site: Site, origin: str) -> Iterator[tuple[str, Resource]]:
    match site.discovery:
        case "rss":
            yield _listed(site, "feed", feeds.rss(site, origin), "application/rss+xml; charset=utf-8")
        case "atom":
            yield _listed(site, "feed", feeds.atom(site, origin), "application/atom+xml; charset=utf-8")
        case "json":
            yield _listed(site, "feed", feeds.json_feed(site, origin), "application/feed+json")
        case "sitemap":
            yield _listed(site, "index", feeds.sitemap_index(site, origin), XML)
            yield _listed(site, "sitemap", feeds.sitemap(site, origin), XML)
            yield _listed(site, "news", feeds.news_sitemap(site, origin), XML)
        case "section":
            linked = [(odd.path, odd.title) for odd in site.oddities if odd.listed == "section"]
            yield site.paths["list"], _listing(site, site.text["archive"], site.stories, linked)


def _listed(site: Site, path: str, text: str, content_type: str) -> tuple[str, Resource]:
    changed = max((story.changed for story in site.stories), default=_OPENED)
    return site.paths[path], Resource(text.encode(), content_type, modified=changed)


def _sections(site: Site) -> Iterator[tuple[str, Resource]]:
    for section in site.sections:
        stories = [story for story in site.stories if story.section == section.name]
        yield site.section_path(section), _listing(site, section.name, stories)


def _archive(site: Site) -> Iterator[tuple[str, Resource]]:
    """Yield the pages of an archive, if the site has one: a few stories each, and a link to the next by its number."""
    base, size = site.paths.get("archive"), _STORIES_OF_ARCHIVE_PAGE
    for start in range(0, len(site.stories) if base else 0, size):
        number = start // size + 1
        further = [(f"{base}page/{number + 1}/", f"{number + 1}")] if len(site.stories) > start + size else []
        path = f"{base}page/{number}/" if number > 1 else f"{base}"
        yield path, _listing(site, site.text["latest"], site.stories[start : start + size], further)


def _tags(site: Site) -> Iterator[tuple[str, Resource]]:
    for tag in sorted({tag for story in site.stories for tag in story.tags}):
        yield site.tag_path(tag), _listing(site, tag, [story for story in site.stories if tag in story.tags])


def _listing(site: Site, heading: str, stories: Iterable[Story], more: Iterable[tuple[str, str]] = ()) -> Resource:
    return Resource(list_page(site, heading, list(stories), more).encode())


def _odd(site: Site, oddity: Oddity, origin: str) -> Resource:
    match oddity.does:
        case "gone":
            return Resource(b"<!DOCTYPE html><title>410</title><h1>410 Gone</h1>", status=410)
        case "moved":
            target = origin + site.story_path(site.story(oddity.target))
            return Resource(b"", status=301, location=target)
        case "empty":
            return Resource(b"")
        case "pdf":
            return Resource(_pdf(), "application/pdf", modified=_OPENED)
        case "forbidden":
            return Resource(f"<!DOCTYPE html><title>{oddity.title}</title><p>{oddity.title}</p>".encode())
        case _:
            raise ValueError(f"{site.name}: no such oddity: {oddity.does}")


def _pictures(stories: Iterable[Story]) -> Iterator[str]:
    for story in stories:
        yield from (part.url for part in story.parts if isinstance(part, ImageBlock))
        if story.top_image:
            yield story.top_image


def _pdf() -> bytes:
    """Return the smallest PDF with one empty page (ISO 32000-1, 7.5)."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)
