"""The lists by which the sites of the demo are discovered: RSS, Atom, JSON Feed, sitemaps, robots.txt."""

import json
from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import NamedTuple

from warraq_demo.content import Site

NEWS_DAYS = 60  # a real news sitemap holds two days; the demo's dates stand still, so this one holds the newest weeks
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


class Item(NamedTuple):
    """One entry of a list: where it leads, and what the list says of it."""

    url: str
    title: str
    published: datetime
    changed: datetime
    summary: str = ""
    authors: tuple[str, ...] = ()
    section: str = ""


def items_of(site: Site, origin: str) -> list[Item]:
    """Return what the site's lists name, newest first: its stories, and the oddities that it lists."""
    stories = [
        Item(
            origin + site.story_path(one), one.title, one.published, one.changed, one.subtitle, one.authors, one.section
        )
        for one in site.stories
    ]
    odd = [
        Item(origin + one.path, one.title, one.published, one.published)
        for one in site.oddities
        if one.listed == "feed" and one.published
    ]
    return sorted(stories + odd, key=lambda item: item.published, reverse=True)


def rss(site: Site, origin: str) -> str:
    """Return an RSS 2.0 feed whose links carry the tracking parameters that such feeds carry."""
    items = items_of(site, origin)
    return "\n".join(
        [
            _DECLARATION,
            '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">',
            f"<channel><title>{escape(site.title)}</title><link>{origin}/</link>",
            f"<description>{escape(site.text['tagline'])}</description><language>{site.language}</language>",
            f'<atom:link href="{origin}{site.paths["feed"]}" rel="self" type="application/rss+xml"/>',
            f"<lastBuildDate>{format_datetime(items[0].published)}</lastBuildDate><ttl>15</ttl>",
            *map(_rss_item, items),
            "</channel></rss>",
        ]
    )


def _rss_item(item: Item) -> str:
    creators = "".join(f"<dc:creator>{escape(name)}</dc:creator>" for name in item.authors)
    return (
        f"<item><title>{escape(item.title)}</title>"
        f"<link>{escape(item.url)}?utm_source=rss&amp;utm_medium=feed</link>"
        f'<guid isPermaLink="false">{escape(item.url)}</guid>'
        f"<pubDate>{format_datetime(item.published)}</pubDate>{creators}"
        f"<category>{escape(item.section)}</category><description>{escape(item.summary)}</description></item>"
    )


def atom(site: Site, origin: str) -> str:
    """Return an Atom 1.0 feed (RFC 4287)."""
    items = items_of(site, origin)
    return "\n".join(
        [
            _DECLARATION,
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{site.language}">',
            f"<title>{escape(site.title)}</title><id>{origin}/</id>",
            f'<link href="{origin}/" rel="alternate"/><link href="{origin}{site.paths["feed"]}" rel="self"/>',
            f"<updated>{max(item.changed for item in items).isoformat()}</updated>",
            *map(_atom_entry, items),
            "</feed>",
        ]
    )


def _atom_entry(item: Item) -> str:
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in item.authors)
    return (
        f"<entry><title>{escape(item.title)}</title><id>{escape(item.url)}</id>"
        f'<link rel="alternate" href="{escape(item.url)}"/>'
        f"<published>{item.published.isoformat()}</published><updated>{item.changed.isoformat()}</updated>"
        f"{authors}<summary>{escape(item.summary)}</summary></entry>"
    )


def json_feed(site: Site, origin: str) -> str:
    """Return a JSON Feed (version 1.1)."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.title,
        "home_page_url": f"{origin}/",
        "feed_url": origin + site.paths["feed"],
        "language": site.language,
        "items": [
            {
                "id": item.url,
                "url": item.url,
                "title": item.title,
                "summary": item.summary,
                "date_published": item.published.isoformat(),
                "date_modified": item.changed.isoformat(),
                "authors": [{"name": name} for name in item.authors],
            }
            for item in items_of(site, origin)
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def sitemap_index(site: Site, origin: str) -> str:
    """Return the index of the site's two sitemaps."""
    listed = "".join(f"<sitemap><loc>{origin}{site.paths[name]}</loc></sitemap>" for name in ("sitemap", "news"))
    return f'{_DECLARATION}\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</sitemapindex>'


def sitemap(site: Site, origin: str) -> str:
    """Return the sitemap of everything, with the time of each page's last change."""
    urls = "\n".join(
        f"<url><loc>{escape(item.url)}</loc><lastmod>{item.changed.isoformat()}</lastmod></url>"
        for item in items_of(site, origin)
    )
    return f'{_DECLARATION}\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}\n</urlset>'


def news_sitemap(site: Site, origin: str) -> str:
    """Return the sitemap of the newest weeks, with titles and times."""
    urls = "\n".join(_news_entries(site, origin))
    return (
        f'{_DECLARATION}\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{urls}\n</urlset>'
    )


def _news_entries(site: Site, origin: str) -> Iterator[str]:
    items = items_of(site, origin)
    for item in items:
        if (items[0].published - item.published).days > NEWS_DAYS:
            continue
        yield (
            f"<url><loc>{escape(item.url)}</loc><news:news><news:publication><news:name>{escape(site.title)}</news:name>"
            f"<news:language>{site.language}</news:language></news:publication>"
            f"<news:publication_date>{item.published.isoformat()}</news:publication_date>"
            f"<news:title>{escape(item.title)}</news:title></news:news></url>"
        )


def robots(site: Site, origin: str) -> str:
    """Return robots.txt (RFC 9309), with the sitemap where there is one."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in site.disallow), "Allow: /"]
    if "index" in site.paths:
        lines += ["", f"Sitemap: {origin}{site.paths['index']}", f"Sitemap: {origin}{site.paths['news']}"]
    return "\n".join(lines) + "\n"
