"""Whether a page shows its whole article, or a teaser before a paywall."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from warraq_parser.article.body.hint_words import Hint
from warraq_parser.article.body.lines import Outline
from warraq_shared.article import Access

if TYPE_CHECKING:
    from warraq_parser.article.metadata import Metadata

# A text longer than this (in letters) on a page without a barrier is the whole of it, whatever the page declares:
# sites declare the article, not what this reader got.
_WHOLE_TEXT: Final = 3_000
# With a barrier on the page, a text shorter than this is a teaser even if nothing is declared.
_TEASER: Final = 900
_LOCKED_TIERS: Final = frozenset(("locked", "premium", "paid", "subscriber", "subscribers", "plus", "paywall"))
_TIER_NAMES: Final = ("article:content_tier", "content_tier", "content-tier", "cxenseparse:pageaccess", "article.tier")


def access_of(metadata: "Metadata", outline: Outline, shown: int) -> Access:
    """Tell whether the article is shown whole. ``shown`` is the length of its text in letters.

    Sources: schema.org ``isAccessibleForFree`` (https://schema.org/isAccessibleForFree), content tiers in ``meta``,
    regions that are named as a paywall, and mock
    Latin in place of the text.
    """
    barrier = any(region.hints & (Hint.PAYWALL | Hint.OFFER) for region in outline.regions)
    if any(line.dropped == "filler" for line in outline.lines):
        return Access.PAYWALLED
    if is_declared_paid(metadata) and (barrier or shown < _WHOLE_TEXT):
        return Access.PAYWALLED
    return Access.PAYWALLED if barrier and shown < _TEASER else Access.FREE


def is_declared_paid(metadata: "Metadata") -> bool:
    """Tell whether the page says of itself that it is not free, in JSON-LD or in ``meta``."""
    return _is_object_paid(metadata.json_ld) or _has_paid_tier(metadata)


def _is_object_paid(nodes: Iterable[Any]) -> bool:
    """Tell whether a JSON-LD object says that it is not free; some write the word, some the value."""
    return any(str(node.get("isAccessibleForFree", "")).lower() in ("false", "no", "0") for node in nodes)


def _has_paid_tier(metadata: "Metadata") -> bool:
    """Tell whether the page's meta elements put it into a paid tier."""
    value, _ = metadata.first(*_TIER_NAMES)
    return value.lower() in _LOCKED_TIERS
