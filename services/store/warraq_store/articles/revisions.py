"""Revisions: the earlier texts of an article, made only when its publisher changed what it says, kept compactly.

What counts as a change: the clean text, the title or the date. What does not: counters ("12 comments"), relative times
("3 minutes ago"), lines that stand on the site's other pages as well (learned late, they leave the text), variants of
spelling that the folded form makes equal, and a better reading of the same bytes.
The first text of an article is kept whole (zstd); every later one is compressed against the first, of which it mostly
consists, and so costs what was changed.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import zstandard
from sqlmodel import Session, col, select

from warraq_shared.article import Article as ArticleValue
from warraq_shared.errors import NotFound
from warraq_shared.folding import fold
from warraq_shared.parsed import SiteProfile
from warraq_shared.site_profile import digest, repeated
from warraq_shared.urls import site_of
from warraq_store.tables import Article, Revision
from warraq_store.upserts import insert_or_ignore

_LEVEL: Final = 10
_LARGEST: Final = 64_000_000
_SHORT_LINE: Final = 8

# Words that make a short line with a number in it a counter or a relative time. Folded, as they are compared.
_COUNTED: Final = frozenset(
    fold(
        # minutes, hours, days … ago
        "ago min mins minute minutes hour hours hr hrs day days week weeks second seconds"
        " قبل منذ دقيقة دقائق ساعة ساعات يوم ايام ثانية ثواني اسبوع دقيقه پیش دقیقه ساعت روز"
        " il y a minutes heure heures jours vor minute minuten stunde stunden tagen hace minutos horas dias"
        " назад минут часов önce dakika saat gün"
        # comments, views, shares, readers
        " comment comments view views share shares read reads reading like likes"
        " تعليق تعليقات مشاهدة مشاهدات قراءة مشاركة مشاركات زيارة بازدید نظر دیدگاه"
        " commentaire commentaires vues partages kommentar kommentare aufrufe comentarios visitas"
        " комментариев просмотров yorum görüntülenme"
    ).split()
)
_NUMBER: Final = re.compile(r"\d")


def what_changed(row: Article, article: ArticleValue, profile_of: Callable[[str], SiteProfile | None]) -> str:
    """Return what ``article`` says otherwise than ``row``: some of "text", "title", "date"; "" if nothing.

    ``profile_of`` gives what is known of a site: a line that stands on its other pages, too, is not the article's.
    """
    changes = []
    if article.fingerprint != row.fingerprint and _text_differs(row, article, profile_of):
        changes.append("text")
    if article.title is not None and fold(article.title) != fold(row.title or ""):
        changes.append("title")
    if _date_differs(row, article):
        changes.append("date")
    return ", ".join(changes)


def _text_differs(row: Article, article: ArticleValue, profile_of: Callable[[str], SiteProfile | None]) -> bool:
    if said(article.text) == said(row.text):
        return False
    profile = profile_of(site_of(row.url))
    return profile is None or said(article.text, profile) != said(row.text, profile)


def said(text: str, profile: SiteProfile | None = None) -> str:
    """Return what ``text`` says: its folded lines without counters, relative times, and lines of the whole site."""
    own = (line for line in text.splitlines() if profile is None or not repeated(profile, digest(line)))
    return "\n".join(line for line in map(fold, own) if line and not _is_counter(line))


def _is_counter(folded: str) -> bool:
    """Tell whether a short line only counts something that changes by itself."""
    if not _NUMBER.search(folded):
        return False
    words = re.findall(r"[^\W\d_]+", folded)
    return len(words) < _SHORT_LINE and any(word in _COUNTED for word in words) and _mostly_counted(words)


def _mostly_counted(words: Sequence[str]) -> bool:
    return sum(word in _COUNTED for word in words) * 2 >= len(words)


def _date_differs(row: Article, article: ArticleValue) -> bool:
    """Tell whether both have a date and they differ by more than the coarser of them can say.

    A relative date ("an hour ago") moves with every look and never counts.
    """
    if article.published_at is None or row.published_at is None:
        return False
    before, now = row.evidence.get("published_at") or {}, article.evidence.get("published_at")
    if "relative" in str(before.get("origin", "")) or (now is not None and "relative" in now.origin):
        return False
    if "day" in (before.get("precision"), now.precision if now else None):
        return row.published_at.date() != article.published_at.astimezone(row.published_at.tzinfo).date()
    return abs((article.published_at - row.published_at).total_seconds()) >= 60


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text that is about to be replaced: revision ``number`` of its article, as it was seen from ``seen_at``."""

    article_id: int
    number: int
    seen_at: datetime
    fingerprint: str
    article: ArticleValue
    because: str

    @classmethod
    def of(cls, row: Article, article: ArticleValue, because: str) -> "Replaced":
        """Return what ``row`` says now, which ``article`` is the value of."""
        return cls(row.id or 0, row.revision, row.changed_at, row.fingerprint, article, because)


def keep(session: Session, replaced: Sequence[Replaced]) -> None:
    """Keep texts that are being replaced. Each is kept once."""
    if not replaced:
        return
    firsts = _first_texts(session, [one.article_id for one in replaced if one.number > 1])
    session.execute(insert_or_ignore(session, Revision), [_row(one, firsts.get(one.article_id)) for one in replaced])


def _first_texts(session: Session, article_ids: list[int]) -> dict[int, bytes]:
    if not article_ids:
        return {}
    found = session.exec(select(Revision).where(col(Revision.article_id).in_(article_ids), Revision.number == 1))
    return {row.article_id: _unpack(row.content) for row in found}


def _row(one: Replaced, first: bytes | None) -> dict[str, Any]:
    document = one.article.model_dump_json(exclude_none=True).encode()
    return {
        "article_id": one.article_id,
        "number": one.number,
        "seen_at": one.seen_at,
        "fingerprint": one.fingerprint,
        "content": _pack(document, first),
        "against": None if first is None else 1,
        "because": one.because,
    }


def _pack(document: bytes, first: bytes | None = None) -> bytes:
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=_dictionary(first)).compress(document)


def _unpack(content: bytes, first: bytes | None = None) -> bytes:
    unpack = zstandard.ZstdDecompressor(dict_data=_dictionary(first))
    return unpack.decompress(content, max_output_size=_LARGEST)


def _dictionary(first: bytes | None) -> zstandard.ZstdCompressionDict | None:
    if first is None:
        return None
    return zstandard.ZstdCompressionDict(first, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


@dataclass(frozen=True, slots=True)
class Edition:
    """One text of an article: its number, since when it was seen, and what it says."""

    number: int
    seen_at: datetime
    article: ArticleValue
    because: str = ""


def read(session: Session, row: Article, current: ArticleValue, number: int) -> Edition:
    """Return edition ``number`` of the article in ``row``, whose newest text is ``current``.

    Raises:
        NotFound: there is no such edition.
    """
    if number == row.revision:
        return Edition(number, row.changed_at, current)
    kept = session.get(Revision, (row.id, number))
    if kept is None:
        raise NotFound(f"Article {row.id} has no revision {number}; it has 1 to {row.revision}.")
    first = _first_texts(session, [kept.article_id]).get(kept.article_id) if kept.against else None
    article = ArticleValue.model_validate_json(_unpack(kept.content, first))
    return Edition(number, kept.seen_at, article, kept.because)
