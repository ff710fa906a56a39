"""An article from its parts: headline, body, fields, and what the page teaches about its site."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warraq_parser.article.body.blocks import with_standfirst, without_top_images
from warraq_parser.article.body.body import Body, find_body
from warraq_parser.article.document import Document
from warraq_parser.article.fields import Fields, read_fields
from warraq_parser.article.metadata import Metadata, collect_metadata
from warraq_parser.article.sitename import site_names
from warraq_parser.article.titles.titles import headlines
from warraq_parser.profile import observe
from warraq_parser.version import PARSER_VERSION
from warraq_shared.article import Article, block_lines
from warraq_shared.parsed import Candidate, ItemHints, PageObservation, SiteProfile
from warraq_shared.reasons import Reason
from warraq_shared.text_identity import fingerprint, word_count

if TYPE_CHECKING:
    from lxml.html import HtmlElement


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What was read from one page: an article or the reason there is none, and what the page teaches.

    ``metadata`` is what the page says about itself; ``body`` and ``candidates`` explain the result.
    """

    article: Article | None
    reason: Reason
    observation: PageObservation
    body: Body
    metadata: Metadata
    candidates: tuple[Candidate, ...] = ()
    notes: tuple[str, ...] = ()


def read_article(
    document: Document,
    *,
    hints: ItemHints | None = None,
    profile: SiteProfile | None = None,
    container: "HtmlElement | None" = None,
) -> ArticleReading:
    """Read the article on ``document``; ``profile`` is what is known of its site. Never raises.

    ``container`` is the element that holds the body, where a rule of the site says so.
    """
    metadata = collect_metadata(document)
    titles = headlines(metadata, site_names(document, metadata, profile), hints)
    title = titles[0] if titles else None
    body = find_body(document, metadata, headline=title, profile=profile, container=container)
    fields = read_fields(
        document,
        metadata,
        body.blocks,
        fetched_at=document.fetched_at,
        hints=hints,
        profile=profile,
        titles=titles,
    )
    observation = observe(body.observed, metadata.page_title, document.url)
    article = _article(document, body, fields) if body.blocks else None
    return ArticleReading(
        article=article,
        reason=Reason.OK if article else Reason.NO_TEXT,
        observation=observation,
        body=body,
        metadata=metadata,
        candidates=fields.candidates,
        notes=document.notes + body.notes,
    )


def _article(document: Document, body: Body, fields: Fields) -> Article:
    """Put the parts together."""
    blocks = with_standfirst(without_top_images(body.blocks), (fields.subtitle, fields.lead))
    text = "\n".join(block_lines(blocks))
    return Article(
        url=document.url,
        canonical_url=fields.canonical_url,
        site=fields.site,
        title=fields.title,
        subtitle=fields.subtitle,
        lead=fields.lead,
        blocks=blocks,
        authors=fields.authors,
        published_at=fields.published_at,
        modified_at=fields.modified_at,
        language=fields.language,
        direction=fields.direction,
        section=fields.section,
        tags=fields.tags,
        images=fields.images or body.images,
        word_count=word_count(text),
        access=body.access,
        fingerprint=fingerprint(text),
        parser_version=PARSER_VERSION,
        evidence=fields.evidence,
    )
