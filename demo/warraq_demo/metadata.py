"""What a story's page says about itself to machines: JSON-LD, OpenGraph, or the state of a front end."""

import json
from collections.abc import Callable
from html import escape

from warraq_demo.content import Site, Story


def json_ld(site: Site, story: Story, origin: str) -> str:
    """Return a ``script`` element with a schema.org NewsArticle and its breadcrumbs."""
    url = origin + site.story_path(story)
    article: dict[str, object] = {
        "@type": "NewsArticle",
        "@id": f"{url}#article",
        "headline": story.title,
        "description": story.subtitle,
        "datePublished": story.published.isoformat(),
        "dateModified": story.changed.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": site.title, "url": origin + "/"},
        "mainEntityOfPage": url,
        "articleSection": story.section,
        "keywords": list(story.tags),
        "inLanguage": story.language or site.language,
        "isAccessibleForFree": True,
    }
    if story.top_image:
        article["image"] = [origin + story.top_image]
    crumbs = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": site.title, "item": origin + "/"},
            {"@type": "ListItem", "position": 2, "name": story.section},
        ],
    }
    return _script("application/ld+json", {"@context": "https://schema.org", "@graph": [article, crumbs]})


def open_graph(site: Site, story: Story, origin: str) -> str:
    """Return the OpenGraph ``meta`` elements, with the times only where the site shows exact times."""
    pairs = [
        ("og:type", "article"),
        ("og:site_name", site.title),
        ("og:title", story.title),
        ("og:description", story.subtitle),
        ("og:url", origin + site.story_path(story)),
    ]
    if story.top_image:
        pairs.append(("og:image", origin + story.top_image))
    if site.shows_exact_time:
        pairs.append(("article:published_time", story.published.isoformat()))
        pairs += [("article:modified_time", story.modified.isoformat())] if story.modified else []
    pairs.append(("article:section", story.section))
    pairs += [("article:tag", tag) for tag in story.tags]
    return "\n".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in pairs if value)


def next_state(site: Site, story: Story, origin: str) -> str:
    """Return the state a Next.js front end starts from: enough of the story to draw its head."""
    state = {
        "props": {
            "pageProps": {
                "post": {"id": story.number, "title": story.title, "channel": story.section, "tags": list(story.tags)},
                "site": {"name": site.title},
            }
        },
        "page": "/article/[id]",
        "query": {"id": str(story.number)},
        "assetPrefix": origin,
        "buildId": "b7Qm2",
    }
    return _script("application/json", state, ' id="__NEXT_DATA__"')


WRITERS: dict[str, Callable[[Site, Story, str], str]] = {
    "json_ld": json_ld,
    "open_graph": open_graph,
    "next_state": next_state,
}


def _script(kind: str, document: object, attributes: str = "") -> str:
    text = json.dumps(document, ensure_ascii=False).replace("</", "<\\/")
    return f'<script{attributes} type="{kind}">{text}</script>'
