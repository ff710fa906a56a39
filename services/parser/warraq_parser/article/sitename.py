"""The site's name: what it calls itself, and how to know it where it stands around a title."""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warraq_parser.article import jsonld
from warraq_parser.article.metadata import Metadata
from warraq_parser.text.clean import clean_line
from warraq_shared.folding import fold
from warraq_shared.parsed import SiteProfile
from warraq_shared.urls import site_of

if TYPE_CHECKING:
    from warraq_parser.article.document import Document

_HANDLE = "meta:twitter:site"
_NAMING_METAS = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher")
# Web archives put their own address and the moment of the copy before the page's.
_ARCHIVE = re.compile(r"^https?://[^/]+/(?:web/)?\d{14}(?:[a-z]{2}_)?/(?=https?://)")
_NOT_WORDS = re.compile(r"[\W_]+")
# Learned from fewer pages than this, an affix may be a coincidence.
_ENOUGH_PAGES = 3
_SHORTEST_LABEL, _LONGEST_NAME = 3, 80
_EDGES = " -–—|:·•»«"
# What may stand around the domain's own part for the whole to be the site's name: nothing, "The", ".com", "Online".
_BEFORE_LABEL = frozenset(("", "the", "die", "der", "das", "le", "la", "les", "el", "los", "il", "www", "de", "het"))
_BEHIND_LABEL = frozenset(
    ("", "com", "de", "org", "net", "at", "ch", "fr", "it", "es", "nl", "be", "couk", "online", "news", "blog", "web",
     "digital", "media", "magazine", "magazin", "team", "staff", "redaktion", "tv", "group")
)  # fmt: skip
_GENERIC = frozenset(("home", "news", "blog", "index", "www", "com"))


@dataclass(frozen=True, slots=True)
class SiteNames:
    """The names of a site: ``display`` for the article ("" if unknown), its ``origin``, and all of them squeezed.

    Squeezed means folded, letters and digits only; ``label`` is the registrable domain's own part, squeezed.
    ``language`` is what it writes in, "" where that is not known (yet): what "by" and "and" are beside names.
    """

    display: str
    origin: str
    squeezed: frozenset[str]
    label: str
    language: str = ""

    def calls_itself(self, text: str) -> bool:
        """Tell whether the site itself says that ``text`` is its name, or the domain is that name."""
        name = squeeze(text)
        if name in self.squeezed:
            return True
        before, label, behind = name.partition(self.label) if self.label else ("", "", "")
        return bool(label) and before in _BEFORE_LABEL and behind in _BEHIND_LABEL

    def __contains__(self, text: object) -> bool:
        """Tell whether ``text`` is one of the names, or the domain as people write it ("The Herald", "herald.com")."""
        name = squeeze(str(text))
        if not name:
            return False
        if name in self.squeezed:
            return True
        label = self.label
        if len(label) < _SHORTEST_LABEL or len(name) > 3 * len(label) + 12:
            return False
        return name == label or name.startswith(label) or name.endswith(label) or (len(name) > 4 and name in label)


def site_names(document: "Document", metadata: Metadata, profile: SiteProfile | None = None) -> SiteNames:
    """Return the names of the site, from what it says of itself and what was learned from its other pages."""
    named = list(_named(metadata))
    shown = [(name, origin) for name, origin in named if origin != _HANDLE]  # an account's name is none to show
    display, origin = shown[0] if shown else ("", "")
    learned = _learned(profile)
    squeezed = {squeeze(name) for name in (*(name for name, _ in named), *learned)}
    squeezed |= {_initials(name) for name, _ in named}
    domain = site_of(_ARCHIVE.sub("", document.url)).split(":")[0] if document.url else ""
    label = squeeze(domain.split(".")[0])
    squeezed.add(squeeze(domain))
    return SiteNames(display, origin, frozenset(squeezed - {""}), "" if label in _GENERIC else label)


@functools.lru_cache(maxsize=2048)
def squeeze(text: str) -> str:
    """Return the letters and digits of ``text``, folded."""
    return _NOT_WORDS.sub("", fold(text))


def _initials(name: str) -> str:
    """Return the initials of a name of three words or more, "" of a shorter one."""
    words = fold(name).split()
    return "".join(word[0] for word in words) if 3 <= len(words) <= 6 else ""


def _named(metadata: Metadata) -> Iterator[tuple[str, str]]:
    for name in _NAMING_METAS:
        for value in metadata.meta.get(name, ())[:2]:
            name_shown = value.strip(_EDGES).removeprefix("www.")
            if 0 < len(name_shown) <= _LONGEST_NAME and not value.startswith("http"):
                yield name_shown, f"meta:{name}"
    for value in _of_publishers(metadata):
        yield value, "json-ld"
    handle = metadata.first("twitter:site")[0].lstrip("@")
    if handle and not handle.isdigit():
        yield handle, _HANDLE


def _of_publishers(metadata: Metadata) -> Iterable[str]:
    for node in (metadata.article, *metadata.json_ld[:20]):
        types = set(jsonld.types_of(node))
        if {"website", "newsmediaorganization", "organization"} & types and "person" not in types:
            yield from _short(jsonld.first(node, "name"))
        for publisher in jsonld.objects(node.get("publisher"), metadata.nodes_by_id):
            if isinstance(publisher, dict) and "person" in jsonld.types_of(publisher):
                continue  # a blog of one person, who is not its name only
            yield from _short(jsonld.first(publisher, "name") if isinstance(publisher, dict) else publisher)


def _short(name: str) -> Iterator[str]:
    if name and len(name) <= _LONGEST_NAME and "://" not in name:
        yield clean_line(name)


def _learned(profile: SiteProfile | None) -> list[str]:
    if profile is None:
        return []
    least = max(_ENOUGH_PAGES, profile.pages // 3)
    return [affix for affix, count in profile.title_affixes.items() if count >= least]
