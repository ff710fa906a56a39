"""Which URL an article is known by: its own, the canonical one that its page names, or that of a twin known already.

A canonical URL is believed if all of these hold, because pages that name the front page, a section, another site or one
address for everything would fold many articles into one:

1. it is of the same site, and not the front page;
2. it is no section above the page: ``/news/`` for ``/news/story-7``, but ``/news/story-7`` for ``/news/story-7/amp``;
3. if an article is known by it, that article's text is about the same text.

Two addresses without such a word are one by evidence: they differ only in what names a form of the page (a trailing
slash, ``www.``, ``m.``, ``/amp``, ``?print=1``, http and https) and their texts are equal.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlmodel import Session, col

from warraq_shared.article import Article as ArticleValue
from warraq_shared.errors import Permanent
from warraq_shared.urls import canonical, same_site
from warraq_store.articles.likeness import LEAST_SHARED, Told, shared
from warraq_store.tables import Article

_FORM_HOSTS: Final = re.compile(r"^(?:(?:www|m|mobile|amp|wap|print)\.)+")
_FORM_SEGMENTS: Final = frozenset({"amp", "amp.html", "print", "printable", "m", "mobile"})
_FORM_PARAMETERS: Final = frozenset(
    {"amp", "amp=1", "amp=true", "outputtype=amp", "output=amp", "output=1", "print", "print=1", "print=true",
     "view=print", "format=print", "printable=yes", "m=1", "mobile=1", "view=mobile"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """An article that was read at ``page_url``; ``article_id`` is the one that this page led to the last time."""

    page_url: str
    article: ArticleValue
    article_id: int | None = None


def identities(session: Session, claims: Sequence[Claim]) -> list[str]:
    """Return the URL by which the article of each claim is known, in the same order."""
    named = [article_url(claim.page_url, claim.article.canonical_url) for claim in claims]
    urls = [
        url if url == claim.page_url or _agrees(text, claim.article) else claim.page_url
        for url, claim, text in zip(named, claims, _texts(session, named, claims), strict=True)
    ]
    twins, before = _by_fingerprint(session, claims), _last_time(session, claims)
    chosen: list[str] = []
    for url, claim in zip(urls, claims, strict=True):
        known = before.get(claim.article_id or 0)
        is_form_of_known = url == claim.page_url and known is not None and core(known) == core(url)
        chosen.append(known if is_form_of_known and known else _twin(url, twins[claim.article.fingerprint]))
        # Twins in one message meet each other, too.
        twins[claim.article.fingerprint].append(chosen[-1])
    return chosen


def _last_time(session: Session, claims: Sequence[Claim]) -> dict[int, str]:
    """Return the URLs of the articles that the pages led to the last time: a twin whose text changes stays a twin."""
    ids = {claim.article_id for claim in claims} - {None}
    rows = session.execute(sa.select(col(Article.id), col(Article.url)).where(col(Article.id).in_(ids))) if ids else ()
    return {row.id: row.url for row in rows}


def article_url(page_url: str, named: str | None) -> str:
    """Return ``named`` as far as it can be believed without knowing other articles, else ``page_url``."""
    if not named:
        return page_url
    try:
        url = canonical(named, page_url)
    except Permanent:
        return page_url
    return url if _is_believable(url, page_url) else page_url


def _is_believable(url: str, page_url: str) -> bool:
    parts = urlsplit(url)
    is_front_page = parts.path in ("", "/") and not parts.query
    return not is_front_page and same_site(url, page_url) and not _is_section_of(url, page_url)


def _is_section_of(url: str, page_url: str) -> bool:
    """Tell whether ``url`` stands above the page, and not because the page is only another form of it."""
    above, below = urlsplit(url), urlsplit(page_url)
    section = above.path.rstrip("/") + "/"
    return not above.query and below.path.startswith(section) and core(url) != core(page_url)


def _texts(session: Session, named: Sequence[str], claims: Sequence[Claim]) -> list[str | None]:
    """Return the text of the article that is known by each named URL, where it is another than the page's own."""
    others = {url for url, claim in zip(named, claims, strict=True) if url != claim.page_url}
    rows = session.execute(sa.select(col(Article.url), col(Article.text)).where(col(Article.url).in_(others))).all()
    known = {row.url: row.text for row in rows} if others else {}
    return [known.get(url) for url in named]


def _agrees(text: str | None, article: ArticleValue) -> bool:
    """Tell whether the text known by a canonical URL is about that of ``article``; unknown ones agree."""
    if text is None or text == article.text:
        return True
    return shared(Told.of(text), Told.of(article.text)) >= LEAST_SHARED


def _by_fingerprint(session: Session, claims: Sequence[Claim]) -> defaultdict[str, list[str]]:
    prints = {claim.article.fingerprint for claim in claims}
    query = sa.select(col(Article.fingerprint), col(Article.url)).where(col(Article.fingerprint).in_(prints))
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in session.execute(query.order_by(col(Article.id))) if prints else ():
        found[row.fingerprint].append(row.url)
    return found


def _twin(url: str, same_text: Sequence[str]) -> str:
    """Return the URL that an article of the same text is known by, if it differs from ``url`` only in its form."""
    if url in same_text:
        return url
    return next((known for known in same_text if core(known) == core(url)), url)


def core(url: str) -> str:
    """Return ``url`` without what only names a form of the page. For comparing; it may lead nowhere."""
    parts = urlsplit(url)
    host = _FORM_HOSTS.sub("", parts.netloc)
    segments = [segment for segment in parts.path.split("/") if segment and segment.lower() not in _FORM_SEGMENTS]
    query = [pair for pair in parts.query.split("&") if pair and pair.lower() not in _FORM_PARAMETERS]
    return f"{host}/{'/'.join(segments)}?{'&'.join(query)}"
