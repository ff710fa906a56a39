"""The organisation that signs an article where nobody does: the outlet itself, a company, an association.

Catalogues call it a corporate author. It is looked for only where the page names no person and no agency, only in
the object that describes the article (a ``meta`` element says the same on all pages of a site), and taken only as a
name: a desk or a role ("Staff", "Redaktion") says nothing, and an address is none.
"""

from collections.abc import Iterator

from warraq_parser.article import jsonld
from warraq_parser.article.authors.byline_words import LEAD, OUTLET_END, ROLE
from warraq_parser.article.metadata import Metadata
from warraq_parser.text.clean import clean_line

_LONGEST, _MOST_WORDS = 60, 7
# Signs of addresses, and of several things in one ("Cairo - The Herald").
_NO_NAMES = ("://", "www.", "@", "/", " - ", " – ", "|")


def signing_outlets(metadata: Metadata, signature: str = "") -> Iterator[tuple[str, str]]:
    """Yield the organisations that the page says wrote it, each with the place that says so, the surest first.

    ``signature`` is the site's own name where an element made for authors holds it.
    """
    for value, origin in (*_said(metadata), (signature, "dom:byline")):
        name = LEAD.sub("", clean_line(value[:200]), count=1).strip(" ,;|()[]")
        if _is_a_name(name):
            yield name, origin


def _said(metadata: Metadata) -> Iterator[tuple[str, str]]:
    for thing in jsonld.objects(metadata.article.get("author"), metadata.nodes_by_id):
        name = jsonld.first(thing, "name") if isinstance(thing, dict) else thing
        if isinstance(name, str):
            yield name, "json-ld"
    for value in metadata.microdata.get("author", ())[:1]:
        yield value, "microdata"


def _is_a_name(name: str) -> bool:
    if not 1 < len(name) <= _LONGEST or len(name.split()) > _MOST_WORDS or not any(map(str.isalpha, name)):
        return False
    if OUTLET_END.fullmatch(name):  # the section
        return False
    return not ROLE.search(name) and not any(sign in name for sign in _NO_NAMES)
