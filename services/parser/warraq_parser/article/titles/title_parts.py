"""The parts of a title around its separators: the headline, the section, the site's name."""

import itertools
import re
from urllib.parse import unquote

from warraq_parser.article import jsonld
from warraq_parser.article.metadata import Metadata
from warraq_parser.article.sitename import SiteNames, squeeze
from warraq_parser.article.titles.headline import SHORTEST_HEADLINE

SEPARATOR = re.compile(
    r"\s+(?:[-–—―•·»«:/~]|::|//|>|←|→)\s+|\s+//\s*»\s+|\s*\|\s*|\s*::\s*|\s+[-–—]{2,3}\s+|\s*[｜＿]\s*|_(?=\w+$)|"
    r"(?<=[\u3040-\u9fff\uac00-\ud7a3])[-_ㅣ](?=[\u3040-\u9fff\uac00-\ud7a3])"
)
# The name of an outlet at the end of a title in Chinese, Japanese or Korean, known by its last letters.
_OUTLET = re.compile(
    r"(?<=\S{6})\s*[-_|｜ㅣ–—]\s*[\u3040-\u9fff\uac00-\ud7a3A-Za-z]{0,10}(?:网|網|报|報|新闻|新聞|新聞社|ニュース|뉴스|일보|신문)$"
)
_SECTION_METAS = ("article:section", "og:section", "section", "category", "content_category")


def without_site_name(title: str, names: SiteNames) -> str:
    """Return ``title`` without the site's names at its end or beginning; all of it where nothing would be left."""
    start, end = 0, len(title)
    cuts = list(SEPARATOR.finditer(title))
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
    cuts = list(SEPARATOR.finditer(title))
    if not cuts:
        return ()
    ends = (title[: cuts[0].start()].strip(), title[cuts[-1].end() :].strip())
    return tuple(affix for affix in dict.fromkeys(ends) if 0 < len(affix) <= 60)


def without_section(title: str, sections: tuple[str, ...]) -> str:
    """Return a headline without the name of its section at its end: "Council votes | District"."""
    if not squeeze(title).endswith(sections):
        return title
    cuts = list(SEPARATOR.finditer(title))
    if not cuts or squeeze(title[cuts[-1].end() :]) not in sections:
        return title
    kept = title[: cuts[-1].start()].strip()
    return kept if len(kept) > SHORTEST_HEADLINE else title


def sections_of(metadata: Metadata) -> tuple[str, ...]:
    """Return the names of the page's section, squeezed: those that the head gives, and the folders of the address."""
    named = [value for name in _SECTION_METAS for value in metadata.meta.get(name, ())[:2]]
    named.extend(jsonld.strings(metadata.article.get("articleSection"))[:4])
    named.extend(unquote(own_address(metadata)).split("/")[3:-1])
    return tuple(filter(None, map(squeeze, named)))


def own_address(metadata: Metadata) -> str:
    """Return the beginning of what the page says that its own address is, "" where it says nothing."""
    return next(iter((*metadata.links.get("canonical", ()), *metadata.meta.get("og:url", ()))), "")[:500]
