"""What a site's profile teaches too late: articles that came first are cleaned of what is now known as the site's.

The first pages of a site are parsed before anything is known of it, so a disclaimer or a "latest items" line may have
been taken for their text. Once such a line is known, it is taken out of them here, without fetching or parsing again.
It is a better reading of the same page, so it makes no revision.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from warraq_shared.article import Article as ArticleValue
from warraq_shared.article import Block, Heading, Paragraph, block_lines
from warraq_shared.parsed import SiteProfile
from warraq_shared.site_profile import MOST_REPEATED, is_of_site
from warraq_shared.text_identity import fingerprint, word_count
from warraq_store.articles import articles, shelf
from warraq_store.articles.articles import Incoming
from warraq_store.tables import Article, Page


def settle(session: Session, profiles: Sequence[SiteProfile], now: datetime) -> int:
    """Clean the articles that the sites of ``profiles`` have lately brought; return how many were changed."""
    cleaned = [better for profile in profiles for row in _lately(session, profile) if (better := _better(row, profile))]
    shelf.put(session, cleaned, now)
    return len(cleaned)


def _lately(session: Session, profile: SiteProfile) -> list[Article]:
    """Return the articles of the pages that the profile was lately learned from."""
    pages = select(Page.article_id).where(col(Page.url).in_(profile.recent_pages), col(Page.article_id).is_not(None))
    return list(session.exec(select(Article).where(col(Article.id).in_(pages))))


def _better(row: Article, profile: SiteProfile) -> Incoming | None:
    article = articles.to_value(row)
    cleaned = without_repeated(article, profile)
    return None if cleaned is article else Incoming(cleaned, row.url, row.source_id, row.fetched_at, reparsed=True)


def without_repeated(article: ArticleValue, profile: SiteProfile) -> ArticleValue:
    """Return ``article`` without the lines that stand on the site's other pages too; itself if there are none.

    If that would be most of its text, the article itself stands on several pages, and nothing is taken out.
    """
    kept = tuple(block for block in article.blocks if not _is_of_site(block, profile))
    length = len(article.text)
    text = "\n".join(block_lines(kept))
    if len(kept) == len(article.blocks) or len(text) < length * (1 - MOST_REPEATED):
        return article
    return article.model_copy(update={"blocks": kept, "word_count": word_count(text), "fingerprint": fingerprint(text)})


def _is_of_site(block: Block, profile: SiteProfile) -> bool:
    return isinstance(block, Paragraph | Heading) and is_of_site(block.text, profile)
