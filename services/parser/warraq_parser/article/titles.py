"""The headline: without the site's name, the right one among several.

Pages name their headline in up to six places, and each lies in its own way: ``<title>`` and OpenGraph carry the
site's name or a version for search engines, an ``h1`` can be a logo or a section, JSON-LD can be cut. What two places
agree on is right; the ``h1`` is what readers see, so it wins where another place agrees with it.
"""

import html
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote

from warraq_parser.article import jsonld
from warraq_parser.article.called import called
from warraq_parser.article.elements import is_hidden, line_of, pieces_of
from warraq_parser.article.metadata import Metadata
from warraq_parser.article.sitename import SiteNames, site_names, squeeze
from warraq_parser.text.clean import clean_line
from warraq_shared.parsed import ItemHints, SiteProfile

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from warraq_parser.article.document import Document


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline of a page: its text, where it was taken from, and the element that shows it (if any).

    ``why`` says in a few words what decided.
    """

    text: str
    origin: str
    confidence: float
    element: "HtmlElement | None" = None
    why: str = ""


_SEPARATOR = re.compile(
    r"\s+(?:[-–—―•·»«:/~]|::|//|>|←|→)\s+|\s+//\s*»\s+|\s*\|\s*|\s*::\s*|\s+[-–—]{2,3}\s+|\s*[｜＿]\s*|_(?=\w+$)|"
    r"(?<=[\u3040-\u9fff\uac00-\ud7a3])[-_ㅣ](?=[\u3040-\u9fff\uac00-\ud7a3])"
)
# The name of an outlet at the end of a title in Chinese, Japanese or Korean, known by its last letters.
_OUTLET = re.compile(
    r"(?<=\S{6})\s*[-_|｜ㅣ–—]\s*[\u3040-\u9fff\uac00-\ud7a3A-Za-z]{0,10}(?:网|網|报|報|新闻|新聞|新聞社|ニュース|뉴스|일보|신문)$"
)
_CUT = re.compile(r"\s*(?:…|\.\.\.)$")
_LONGEST = 400
_SHORTEST_HEADLINE = 15
# Squeezed headlines shorter than this are labels; longer than that they stand for themselves.
_SHORTEST_KEY, _LONG_KEY = 6, 25
_WORDS = re.compile(r"\w+")
_MOST_H1, _MOST_PARTS = 12, 20
_MOST_LESSER = 24
_MOST_TITLE_PARTS = 6
_NEWS = frozenset(
    ("newsarticle", "reportagenewsarticle", "opinionnewsarticle", "analysisnewsarticle", "liveblogposting")
)
# The worth of a place on its own. What readers see comes first, unless nothing else on the page speaks of it.
_WORTH = {
    "dom:h1": 0.9,
    "json-ld": 0.8,
    "meta:og:title": 0.78,
    "microdata": 0.78,
    "dom:h2": 0.76,
    "meta:twitter:title": 0.7,
    "feed": 0.7,
    "title": 0.66,
}
# A line above the headline, inside its element: the subject, the series, the place.
_is_kicker = called(
    r"kicker|overline|over-?head|topline|eyebrow|dachzeile|spitzmarke|pre-?(?:title|head)|super-?(?:title|head)|roof|"
    r"suptitle|uptitle|rubri|category|antetitulo|surtitre|oberzeile|flag|badge|label|catchline"
)
# What may stand between a kicker and its headline.
_BETWEEN_PIECES = " -–—|:·•/"
_HOME = re.compile(r"^(?:https?:)?//[^/]+/?$|^/?(?:index\.\w{3,4})?$|^\./$")
# What the head says corrects the heading seen only where it is itself believable.
_LEAST_TO_CORRECT = 0.7
_SECTION_METAS = ("article:section", "og:section", "section", "category", "content_category")
_META_TITLES = (
    "og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "headline", "title",
)  # fmt: skip


def headline(document: "Document", metadata: Metadata, profile: SiteProfile | None = None) -> Headline | None:
    """Return the headline of the page, or None where it has none; never raises."""
    found = headlines(metadata, site_names(document, metadata, profile))
    return found[0] if found else None


def headlines(metadata: Metadata, names: SiteNames, hints: ItemHints | None = None) -> list[Headline]:
    """Return the candidates for the headline, the best first, each with the reason of its place."""
    shown = list(_shown(metadata, names))
    sections = _sections(metadata)
    said = list(_said(metadata))
    # Most places write one and the same text.
    texts = {candidate.text for candidate in said}
    bare = {text: _without_section(without_site_name(jsonld.plain(text), names), sections) for text in texts}
    said = [replace(candidate, text=bare[candidate.text]) for candidate in said]
    if hints and hints.title:
        said.append(Headline(hints.title, "feed", _WORTH["feed"]))
    candidates = [
        candidate for candidate in (*shown, *said) if candidate.text and not names.calls_itself(candidate.text)
    ]
    if not candidates and metadata.page_title:
        title = without_site_name(metadata.page_title[:_LONGEST], names)
        return [Headline(title, "title", 0.3, why="nothing else is there")]
    best_first = sorted(_Scale(candidates, metadata).weighed(), key=lambda candidate: -candidate.confidence)
    best_first = _as_the_desk_says(best_first, metadata)
    return _with_heading(_without_additions(best_first))


def _with_heading(best_first: list[Headline]) -> list[Headline]:
    """Give the best, where the head says it, the heading that shows it behind a kicker: others look around that."""
    best = best_first[0] if best_first else None
    if best is None or best.element is not None:
        return best_first
    for other in best_first[1:]:
        whole, key = squeeze(other.text), squeeze(best.text)
        if other.element is not None and whole.endswith(key) and len(whole) < 2 * len(key):
            return [replace(best, element=other.element), *best_first[1:]]
    return best_first


def _as_the_desk_says(best_first: list[Headline], metadata: Metadata) -> list[Headline]:
    """Put first what the objects and cards of a *news* article agree on against a heading that nothing else repeats.

    There the desk writes them, and the heading is a variant for that day's page; on other sites the cards are written
    for search engines, and the heading is right.
    """
    if not best_first or best_first[0].element is None or not _NEWS & set(jsonld.types_of(metadata.article)):
        return best_first
    seen, key = best_first[0], squeeze(best_first[0].text)
    said = {
        other.origin: squeeze(other.text)
        for other in best_first[1:]
        if other.element is None and other.origin != "title"
    }
    agreed = said.get("json-ld", "")
    if not agreed or agreed != said.get("meta:og:title") or key in said.values():
        return best_first
    better = next(other for other in best_first if other.origin == "json-ld")
    return _corrected(seen, better, "objects and cards agree, and nothing else repeats the heading", best_first)


def _without_additions(best_first: list[Headline]) -> list[Headline]:
    """Put first what the head says where the heading seen is that, with a kicker before it or with spaces lost."""
    if not best_first or best_first[0].element is None:
        return best_first
    seen = best_first[0]
    said = [other for other in best_first if other.element is None and other.confidence >= _LEAST_TO_CORRECT]
    for candidate in said:
        if _is_without_kicker(candidate.text, seen):
            return _corrected(seen, candidate, "is the heading seen, without its kicker", best_first)
        if _is_without_tail(candidate.text, seen):
            return _corrected(seen, candidate, "is the heading seen, without what follows it there", best_first)
    for candidate in said:
        if squeeze(candidate.text) == squeeze(seen.text):
            headless = _behind_kicker(candidate.text, seen)
            if headless:
                return [
                    replace(seen, text=headless, why="without the kicker, which the head separates"),
                    *best_first[1:],
                ]
            if len(_WORDS.findall(candidate.text)) > len(_WORDS.findall(seen.text)):
                return _corrected(seen, candidate, "is the heading seen, with its spaces", best_first)
    return best_first


def _corrected(seen: Headline, candidate: Headline, why: str, best_first: list[Headline]) -> list[Headline]:
    better = replace(candidate, element=seen.element, confidence=seen.confidence, why=why)
    return [better, *(other for other in best_first if other is not candidate)]


def _behind_kicker(text: str, seen: Headline) -> str:
    """Return the second of the two pieces of a heading that the head writes with a sign between them, else ""."""
    pieces = pieces_of(seen.element) if seen.element is not None else []
    if len(pieces) != 2 or len(pieces[0]) >= len(pieces[1]) or len(pieces[1]) < _SHORTEST_HEADLINE:
        return ""
    between = text[len(pieces[0]) : len(text) - len(pieces[1])].strip()
    return pieces[1] if between in ("-", "–", "—", ":", "|", "·", "•") and text.endswith(pieces[1]) else ""


def _is_without_kicker(text: str, seen: Headline) -> bool:
    """Tell whether the heading ``seen`` is a kicker and then ``text``: "Judgment day: The court rules"."""
    whole, key = squeeze(seen.text), squeeze(text)
    if not (whole.endswith(key) and len(key) < len(whole) < 3 * len(key) and len(whole) - len(key) > 3):
        return False
    before = seen.text[: -len(text)].rstrip() if seen.text.endswith(text) else ""
    return before.endswith((":", "–", "-", "|", "/", "·", "•")) or key in _ends(seen)


def _is_without_tail(text: str, seen: Headline) -> bool:
    """Tell whether the heading ``seen`` is ``text`` and then pieces of its own: a second line, a source, a count."""
    key = squeeze(text)
    return len(text) >= _SHORTEST_HEADLINE and key in _beginnings(seen)


def _beginnings(seen: Headline) -> list[str]:
    """Return what the first one, two, … pieces of the heading say, but all of them, squeezed."""
    pieces = pieces_of(seen.element) if seen.element is not None else []
    return [squeeze("".join(pieces[:count])) for count in range(1, len(pieces))]


def _ends(seen: Headline) -> list[str]:
    """Return what the last one, two, … pieces of the heading say, but all of them, squeezed."""
    pieces = pieces_of(seen.element) if seen.element is not None else []
    return [squeeze("".join(pieces[count:])) for count in range(1, len(pieces))]


def _shown(metadata: Metadata, names: SiteNames) -> Iterator[Headline]:
    """Yield the headings that a reader sees: those of the first level, or lesser ones that the page's title names."""
    title = metadata.page_title or metadata.first("og:title")[0]
    said = squeeze(metadata.first("og:title")[0])
    squeezed = squeeze(f"{title} ") + said
    enough = False
    headings = metadata.marks.headings
    for element in islice((heading for heading in headings if heading.tag == "h1"), _MOST_H1):
        text = _line_without_kicker(element)
        if 0 < len(text) <= _LONGEST and text not in names and not is_hidden(element) and not _is_logo(element):
            enough = enough or _is_of_title(text, title)
            yield Headline(without_site_name(html.unescape(text), names), "dom:h1", _WORTH["dom:h1"], element)
    if enough:
        return
    for element in islice((heading for heading in headings if heading.tag != "h1"), _MOST_LESSER):
        text = _line_without_kicker(element)
        key = squeeze(text)
        is_shown = key in squeezed or (len(said) > _SHORTEST_HEADLINE and said in key and len(key) < 2 * len(said))
        if len(key) > 8 and len(text) <= _LONGEST and text not in names and is_shown:
            yield Headline(text, "dom:h2", _WORTH["dom:h2"], element)
            return
    yield from _shown_without_heading(metadata)


def _shown_without_heading(metadata: Metadata) -> Iterator[Headline]:
    """Yield the line that is one of the parts of the page's title: old pages show their headline in plain elements."""
    parts = list(filter(None, map(squeeze, _SEPARATOR.split(metadata.page_title[:_LONGEST]))))[:_MOST_TITLE_PARTS]
    longest = max(parts, key=len, default="")
    if len(set(parts)) < 2 or len(longest) < _SHORTEST_HEADLINE:
        return
    # A dash may stand in the headline, too: parts that stand together, with the longest of them.
    whole, place = "".join(parts), parts.index(longest)
    runs = {"".join(parts[first:last]) for first in range(place + 1) for last in range(place + 1, len(parts) + 1)}
    wanted = runs - {whole}
    for element in metadata.marks.plain:
        text = element.text
        if text and len(text) <= _LONGEST and squeeze(text) in wanted:
            yield Headline(clean_line(text), f"dom:{element.tag}", _WORTH["dom:h2"], element)
            return


def _is_of_title(heading: str, title: str) -> bool:
    """Tell whether a heading is in what the head calls the page, or has a third of its words there."""
    words = set(_WORDS.findall(heading.casefold()))
    shared = words & set(_WORDS.findall(title.casefold()))
    return squeeze(heading) in squeeze(title) or 3 * len(shared) >= len(words)


def _is_logo(element: "HtmlElement") -> bool:
    """Tell whether a heading is the link to the front page, which stands on every page of a site."""
    links = [
        link for link in (element.getparent(), *islice(element, _MOST_PARTS)) if link is not None and link.tag == "a"
    ]
    return any(_HOME.match(link.get("href") or "#") for link in links)


def _line_without_kicker(element: "HtmlElement") -> str:
    """Return the text of a headline without the kicker, where that is an element of its own inside it."""
    for child in element:
        if not isinstance(child.tag, str) or (element.text or "").strip():
            break
        if _is_kicker(child.get("class") or ""):
            behind = (
                part
                for other in islice(child.itersiblings(), _MOST_PARTS)
                for part in (" ", line_of(other), other.tail or "")
            )
            line = clean_line((child.tail or "") + "".join(behind)).lstrip(_BETWEEN_PIECES)
            if line:
                return line
        break
    return line_of(element)


def _said(metadata: Metadata) -> Iterator[Headline]:
    """Yield what the page's head says the headline is."""
    for key in ("headline", "name"):
        text = jsonld.first(metadata.article, key)
        if text and len(text) <= _LONGEST:
            yield Headline(text, "json-ld", _WORTH["json-ld"] - 0.1 * (key == "name"))
            break
    for name in _META_TITLES:
        for text in metadata.meta.get(name, ())[:1]:
            yield Headline(text[:_LONGEST], f"meta:{name}", _WORTH.get(f"meta:{name}", 0.6))
    for text in metadata.microdata.get("headline", ())[:1] if not metadata.article.get("headline") else ():
        yield Headline(text[:_LONGEST], "microdata", _WORTH["microdata"])
    if metadata.page_title:
        yield Headline(metadata.page_title[:_LONGEST], "title", _WORTH["title"])


def _without_section(title: str, sections: tuple[str, ...]) -> str:
    """Return a headline without the name of its section at its end: "Council votes | District"."""
    if not squeeze(title).endswith(sections):
        return title
    cuts = list(_SEPARATOR.finditer(title))
    if not cuts or squeeze(title[cuts[-1].end() :]) not in sections:
        return title
    kept = title[: cuts[-1].start()].strip()
    return kept if len(kept) > _SHORTEST_HEADLINE else title


def _sections(metadata: Metadata) -> tuple[str, ...]:
    """Return the names of the page's section, squeezed: those that the head gives, and the folders of the address."""
    named = [value for name in _SECTION_METAS for value in metadata.meta.get(name, ())[:2]]
    named.extend(jsonld.strings(metadata.article.get("articleSection"))[:4])
    named.extend(unquote(_own_address(metadata)).split("/")[3:-1])
    return tuple(filter(None, map(squeeze, named)))


def without_site_name(title: str, names: SiteNames) -> str:
    """Return ``title`` without the site's names at its end or beginning; all of it where nothing would be left."""
    start, end = 0, len(title)
    cuts = list(_SEPARATOR.finditer(title))
    while cuts and title[cuts[-1].end() : end].strip() in names and title[start : cuts[-1].start()].strip():
        end = cuts.pop().start()
    while cuts and title[start : cuts[0].start()].strip() in names and title[cuts[0].end() : end].strip():
        start = cuts.pop(0).end()
    for left, right in itertools.pairwise(cuts):  # Headline | The Herald | the paper for all
        if title[left.end() : right.start()].strip() in names:
            end = left.start()
            break
    kept = title[start:end].strip()
    return title if names.calls_itself(kept) else _OUTLET.sub("", kept)


def title_affixes(title: str) -> tuple[str, ...]:
    """Return what stands before the first and behind the last separator of a title: perhaps the site's name."""
    cuts = list(_SEPARATOR.finditer(title))
    if not cuts:
        return ()
    ends = (title[: cuts[0].start()].strip(), title[cuts[-1].end() :].strip())
    return tuple(affix for affix in dict.fromkeys(ends) if 0 < len(affix) <= 60)


class _Scale:
    """Weighs one candidate against the others: what two places say is right."""

    def __init__(self, candidates: list[Headline], metadata: Metadata) -> None:
        self._candidates = candidates
        self._keys = [squeeze(candidate.text) for candidate in candidates]
        self._title = squeeze(metadata.page_title)
        self._slug = _slug(metadata)
        self._longest = max(map(len, self._keys), default=0)
        self._origins: dict[str, set[str]] = {}
        for candidate, key in zip(candidates, self._keys, strict=True):
            self._origins.setdefault(key, set()).add(candidate.origin)
        self._headings = sum(candidate.element is not None for candidate in candidates)

    def weighed(self) -> list[Headline]:
        """Return the candidates with their confidence and its reason."""
        return [self._weigh(candidate, key) for candidate, key in zip(self._candidates, self._keys, strict=True)]

    def _weigh(self, candidate: Headline, key: str) -> Headline:
        agreeing = self._origins[key] - {candidate.origin}
        if agreeing:
            gain, why = min(0.08, 0.04 + 0.01 * len(agreeing)), "agrees with " + ", ".join(sorted(agreeing))
        else:
            gain, why = self._alone(candidate, key)
        if _CUT.search(candidate.text) or (len(key) < _SHORTEST_KEY and not agreeing):
            gain, why = gain - 0.3, "cut or too short"
        confidence = round(max(0.05, min(0.99, candidate.confidence + gain)), 3)
        return replace(candidate, confidence=confidence, why=why)

    def _alone(self, candidate: Headline, key: str) -> tuple[float, str]:
        """Weigh a candidate that no other place repeats."""
        shown = candidate.element is not None
        if shown and self._headings > 1 and len(key) < 0.4 * self._longest and not self._title.startswith(key):
            return -0.35, "one of several headings"
        if candidate.origin == "dom:h2" and self._title.startswith(key):
            return 0.12, "is seen, and begins the page's title"
        if key and key in self._title and candidate.origin != "title":
            covers = len(key) > 0.4 * len(self._title) or self._title.startswith(key) or not shown
            return 0.03 if covers else -0.1, "is in the page's title"
        if not shown:
            return 0.0, "no other place says so"
        share = self._share(key)
        if share >= 0.2:
            return -0.12 * max(0.0, 0.5 - share), "is seen, and other places say nearly so"
        return -0.1 if len(key) > _LONG_KEY else -0.35, "no other place says so"

    def _share(self, key: str) -> float:
        """Return how much of ``key``, in runs of three letters, the best of the other places has too."""
        mine = {key[i : i + 3] for i in range(len(key) - 2)}
        said = (k for k, c in zip(self._keys, self._candidates, strict=True) if c.origin not in ("dom:h1", "title"))
        others = [self._title, self._slug, *said]
        if not mine or not any(others):
            return 1.0
        return max(sum(part in other for part in mine) / len(mine) for other in others)


def _slug(metadata: Metadata) -> str:
    """Return the last part of the page's address with words in it, squeezed: editors make it of the headline."""
    parts = [part for part in _own_address(metadata).split("?")[0].split("/")[3:] if len(part) > _SHORTEST_HEADLINE]
    return squeeze(unquote(parts[-1])) if parts else ""


def _own_address(metadata: Metadata) -> str:
    """Return the beginning of what the page says that its own address is, "" where it says nothing."""
    return next(iter((*metadata.links.get("canonical", ()), *metadata.meta.get("og:url", ()))), "")[:500]
