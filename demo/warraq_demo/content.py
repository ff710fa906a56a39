"""The content of the demo world: sites and their stories, read from the TOML files below ``content/``.

``content/<site>/site.toml`` describes a site and holds every word of its furniture; each other file is a story.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from warraq_demo.markup import Part, blocks_of, picture_path, read_parts

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a site: its name as printed and its name in addresses."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader wrote below an article."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """One article as its newsroom knows it.

    ``key`` is the file's name; ``edition`` is the first edition of the world that has it; ``charset`` is the true
    encoding of its bytes, whatever its page declares; ``copies`` names the
    story ("site/file") whose text it repeats, ``syndicated_from`` is the agency line that it prints for that.
    """

    key: str
    number: int
    slug: str
    title: str
    section: str
    published: datetime
    parts: tuple[Part, ...]
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    modified: datetime | None = None
    language: str | None = None
    top_image: str | None = None
    edition: int = 0
    charset: str = "utf-8"
    syndicated_from: str = ""
    copies: str = ""

    @property
    def changed(self) -> datetime:
        """When the page last changed."""
        return self.modified or self.published


@dataclass(frozen=True, slots=True)
class Oddity:
    """An address of a site that holds no article, and what it does instead.

    ``listed`` names where the site links to it: "feed" (or sitemap), "section" or "nowhere".
    """

    path: str
    does: str
    title: str
    listed: str
    target: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A site: who it is, how its addresses look, the words of its furniture, its stories, newest first.

    ``style`` names a way of writing bodies (``bodies.STYLES``), ``metadata`` what its pages tell machines
    (``metadata.WRITERS``), ``discovery`` the list that leads to its stories. ``shows_exact_time`` says whether
    the pages state the moment with its offset; otherwise they only print a day.
    """

    name: str
    title: str
    language: str
    direction: str
    discovery: str
    discovery_kind: str
    style: str
    metadata: tuple[str, ...]
    title_form: str
    paths: dict[str, str]
    sections: tuple[Section, ...]
    text: dict[str, str]
    comments: tuple[Comment, ...]
    disallow: tuple[str, ...] = ()
    stories: tuple[Story, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    shows_exact_time: bool = True

    def story(self, key: str) -> Story:
        """Return the story of the file ``key``.

        Raises:
            KeyError: the site has none.
        """
        for story in self.stories:
            if story.key == key:
                return story
        raise KeyError(f"{self.name} has no story {key}")

    def story_path(self, story: Story) -> str:
        """Return the address of ``story`` on its site, percent-encoded."""
        day = story.published
        filled = self.paths["story"].format(
            yyyy=f"{day:%Y}", mm=f"{day:%m}", dd=f"{day:%d}", slug=story.slug, number=story.number
        )
        return quote(filled, safe="/?=&,")

    def section_path(self, section: Section) -> str:
        """Return the address of a section page."""
        return self.paths["section"].format(slug=section.slug)

    def tag_path(self, tag: str) -> str:
        """Return the address of the page that lists what carries ``tag``."""
        return quote(self.paths["tag"].format(slug=tag.replace(" ", "-")), safe="/?=&,")


def read_sites(edition: int = 0) -> tuple[Site, ...]:
    """Return the sites as they are in ``edition`` of the world (0: before anything changed)."""
    folders = sorted(path for path in CONTENT.iterdir() if path.is_dir())
    return tuple(_read_site(folder, edition) for folder in folders)


@cache
def _load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _read_site(folder: Path, edition: int) -> Site:
    told = dict(_load(folder / "site.toml"))
    files = sorted(path for path in folder.glob("*.toml") if path.name != "site.toml")
    stories = [_read_story(path, edition) for path in files]
    visible = sorted((s for s in stories if s.edition <= edition), key=lambda s: s.published, reverse=True)
    lists: dict[str, Any] = {
        "sections": tuple(Section(**one) for one in told.pop("sections")),
        "comments": tuple(Comment(**one) for one in told.pop("comments", [])),
        "oddities": tuple(Oddity(**one) for one in told.pop("oddities", [])),
        "disallow": tuple(told.pop("disallow", [])),
        "metadata": tuple(told.pop("metadata")),
    }
    return Site(name=folder.name, stories=tuple(visible), **lists, **told)


def _read_story(path: Path, edition: int) -> Story:
    told = dict(_load(path))
    body = told.pop("body", None) or _load(CONTENT / f"{told['copies']}.toml")["body"]
    for correction in told.pop("corrections", []):
        if edition >= correction["edition"]:
            body = _corrected(body, correction)
            told["modified"] = correction["modified"]
    image = told.pop("top_image", None)
    number, _, slug = path.stem.partition("-")
    return Story(
        key=path.stem,
        number=1000 + int(number),
        slug=told.pop("slug", slug),
        parts=_parts(body, is_copy="copies" in told),
        authors=tuple(told.pop("authors", [])),
        tags=tuple(told.pop("tags", [])),
        top_image=picture_path(image) if image else None,
        **told,
    )


def _parts(body: str, *, is_copy: bool) -> tuple[Part, ...]:
    """Return the parts of ``body``; a copy leaves out the links into the other site."""
    parts = read_parts(body)
    return blocks_of(parts) if is_copy else parts


def _corrected(body: str, correction: dict[str, Any]) -> str:
    """Return ``body`` with one passage replaced.

    Raises:
        ValueError: the passage does not stand there exactly once; the content file is wrong.
    """
    if body.count(correction["was"]) != 1:
        raise ValueError(f"{correction['was']!r} must stand once in the text that it corrects")
    return str(body.replace(correction["was"], correction["now"]))
