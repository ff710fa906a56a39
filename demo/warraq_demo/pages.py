"""The pages of a site: a story, or a list of stories, inside the site's own template.

``templates/<site>/`` holds three files of ``string.Template``: ``page.html`` (the shell with navigation and footer),
``story.html`` and ``list.html`` (what goes into its middle). Names beginning with ``t_`` are the site's own words.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from warraq_demo import metadata
from warraq_demo.bodies import body_html
from warraq_demo.content import Site, Story
from warraq_demo.dates import SHOWN

TEMPLATES = Path(__file__).parent / "templates"
_RELATED, _LATEST = 3, 5


def story_page(site: Site, story: Story, origin: str) -> str:
    """Return the page of ``story``; ``origin`` is the site's address without a slash at its end."""
    middle = _fill(site, "story.html", _story_values(site, story))
    head = _story_head(site, story, origin)
    title = site.title_form.format(title=story.title, site=site.title)
    return _shell(site, story.language or site.language, title, head, middle)


def list_page(site: Site, heading: str, stories: Sequence[Story], more: Iterable[tuple[str, str]] = ()) -> str:
    """Return a page that lists ``stories``; ``more`` are further links (address, text) that hold no story."""
    items = "\n".join(_card(site, story) for story in stories)
    items += "\n".join(_link_item(path, text) for path, text in more)
    middle = _fill(site, "list.html", {"heading": escape(heading), "items": items, **_side(site, None)})
    head = f'<link rel="canonical" href="/">\n{_feed_link(site)}' if heading == site.title else _feed_link(site)
    return _shell(site, site.language, site.title_form.format(title=heading, site=site.title), head, middle)


def related_to(site: Site, story: Story) -> list[Story]:
    """Return the stories shown as related: the same section first, then the newest."""
    others = [other for other in site.stories if other is not story]
    return sorted(others, key=lambda other: other.section != story.section)[:_RELATED]


def latest(site: Site, story: Story | None) -> list[Story]:
    """Return the stories shown as the latest."""
    return [other for other in site.stories if other is not story][:_LATEST]


def _story_head(site: Site, story: Story, origin: str) -> str:
    parts = [
        f'<link rel="canonical" href="{escape(origin + site.story_path(story))}">',
        f'<meta name="description" content="{escape(story.subtitle)}">' if story.subtitle else "",
        _feed_link(site),
    ]
    parts += [metadata.WRITERS[name](site, story, origin) for name in site.metadata]
    return "\n".join(part for part in parts if part)


def _story_values(site: Site, story: Story) -> dict[str, str]:
    related = "\n".join(_link_item(site.story_path(one), one.title) for one in related_to(site, story))
    authors = escape(site.text["author_joint"].join(story.authors))
    return {
        "title": escape(story.title, quote=False),
        "subtitle": escape(story.subtitle, quote=False),
        "section": escape(story.section),
        "section_path": _section_path(site, story.section),
        "authors": authors,
        "people": " ".join(map(_person, story.authors)),
        "byline": f"{escape(site.text['by'])} {authors}" if authors else "",
        "date": SHOWN[site.language](story.published),
        "datetime": story.published.isoformat(),
        "modified": story.changed.isoformat(),
        "number": str(story.number),
        "hero": _hero(story),
        "body": body_html(site, story),
        "syndicated": f'<p class="agency">{escape(story.syndicated_from)}</p>' if story.syndicated_from else "",
        "tags": " ".join(f'<a rel="tag" href="{site.tag_path(tag)}">{escape(tag)}</a>' for tag in story.tags),
        "related": related,
        "comments": "\n".join(_comment(one.name, one.text) for one in site.comments),
        "comment_count": str(len(site.comments)),
        **_side(site, story),
    }


def _side(site: Site, story: Story | None) -> dict[str, str]:
    return {"latest": "\n".join(_link_item(site.story_path(one), one.title) for one in latest(site, story))}


def _shell(site: Site, language: str, title: str, head: str, middle: str) -> str:
    values = {
        "language": language,
        "direction": "ltr" if language in ("en", "fr", "zh") else "rtl",
        "page_title": escape(title),
        "head": head,
        "main": middle,
        "nav": "\n".join(_link_item(site.section_path(one), one.name) for one in site.sections),
    }
    return _fill(site, "page.html", values)


def _fill(site: Site, name: str, values: dict[str, str]) -> str:
    words = {f"t_{key}": escape(text, quote=False) for key, text in site.text.items()}
    return _template(site.name, name).substitute(site=escape(site.title), **words, **values)


def prints_deck(site: Site) -> bool:
    """Tell whether the site's pages print a story's deck, and not only name it in their head."""
    return "subtitle" in _template(site.name, "story.html").get_identifiers()


@cache
def _template(site: str, name: str) -> Template:
    return Template((TEMPLATES / site / name).read_text(encoding="utf-8"))


def _section_path(site: Site, name: str) -> str:
    return next(site.section_path(section) for section in site.sections if section.name == name)


def _feed_link(site: Site) -> str:
    kinds = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
    if site.discovery not in kinds:
        return ""
    kind, path = kinds[site.discovery], site.paths["feed"]
    return f'<link rel="alternate" type="{kind}" title="{escape(site.title)}" href="{path}">'


def _hero(story: Story) -> str:
    return f'<img class="hero" src="{story.top_image}" alt="">' if story.top_image else ""


def _link_item(path: str, text: str) -> str:
    return f'<li><a href="{escape(path)}">{escape(text, quote=False)}</a></li>'


def _card(site: Site, story: Story) -> str:
    image = f'<img src="{story.top_image}" alt="" width="160" height="90">' if story.top_image else ""
    link = f'<a href="{escape(site.story_path(story))}">{escape(story.title, quote=False)}</a>'
    return (
        f'<li class="card">{image}<h2>{link}</h2>'
        f'<p class="teaser">{escape(story.subtitle, quote=False)}</p>'
        f'<span class="when">{SHOWN[site.language](story.published)}</span></li>'
    )


def _person(name: str) -> str:
    """Return an author in microdata."""
    named = f'<span itemprop="name">{escape(name)}</span>'
    return f'<span itemprop="author" itemscope itemtype="https://schema.org/Person">{named}</span>'


def _comment(name: str, text: str) -> str:
    return f'<li class="comment"><b class="fn">{escape(name)}</b><p>{escape(text, quote=False)}</p></li>'
