"""The headline: without the site's name, the right one among several.

Pages name their headline in up to six places, and each lies in its own way: ``<title>`` and OpenGraph carry the
site's name or a version for search engines, an ``h1`` can be a logo or a section, JSON-LD can be cut. What two places
agree on is right; the ``h1`` is what readers see, so it wins where another place agrees with it.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from warraq_parser.article import jsonld
from warraq_parser.article.metadata import Metadata
from warraq_parser.article.sitename import SiteNames, site_names
from warraq_parser.article.titles.candidates import WORTH, said_in_head, shown_headings
from warraq_parser.article.titles.corrections import as_the_desk_says, with_heading, without_additions
from warraq_parser.article.titles.headline import LONGEST, Headline
from warraq_parser.article.titles.title_parts import sections_of, without_section, without_site_name
from warraq_parser.article.titles.weighing import Scale
from warraq_shared.parsed import ItemHints, SiteProfile

if TYPE_CHECKING:
    from warraq_parser.article.document import Document


def headline(document: "Document", metadata: Metadata, profile: SiteProfile | None = None) -> Headline | None:
    """Return the headline of the page, or None where it has none; never raises."""
    found = headlines(metadata, site_names(document, metadata, profile))
    return found[0] if found else None


def headlines(metadata: Metadata, names: SiteNames, hints: ItemHints | None = None) -> list[Headline]:
    """Return the candidates for the headline, the best first, each with the reason of its place."""
    shown = list(shown_headings(metadata, names))
    sections = sections_of(metadata)
    said = list(said_in_head(metadata))
    # Most places write one and the same text.
    texts = {candidate.text for candidate in said}
    bare = {text: without_section(without_site_name(jsonld.plain(text), names), sections) for text in texts}
    said = [replace(candidate, text=bare[candidate.text]) for candidate in said]
    if hints and hints.title:
        said.append(Headline(hints.title, "feed", WORTH["feed"]))
    candidates = [
        candidate for candidate in (*shown, *said) if candidate.text and not names.calls_itself(candidate.text)
    ]
    if not candidates and metadata.page_title:
        title = without_site_name(metadata.page_title[:LONGEST], names)
        return [Headline(title, "title", 0.3, why="nothing else is there")]
    best_first = sorted(Scale(candidates, metadata).weighed(), key=lambda candidate: -candidate.confidence)
    best_first = as_the_desk_says(best_first, metadata)
    return with_heading(without_additions(best_first))
