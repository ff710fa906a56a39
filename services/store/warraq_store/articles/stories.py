"""Stories: articles of several sources that are one text, found as each comes, with work bounded for each.

Candidates are articles that share bands of the MinHash (``likeness``), kept in SQL for the newest ``WINDOW`` articles;
one band can be shared by chance, two hardly. At most ``MOST_CANDIDATES`` of them are compared word by word. A band that
very many articles share is furniture and says nothing. The earliest article of a story is its lead.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, col, delete, func, select, update

from warraq_store.article_tables import Story, StoryBand, StoryMember
from warraq_store.articles.likeness import Told, is_same_story, told_of
from warraq_store.database import is_postgres
from warraq_store.search.words import Words
from warraq_store.tables import Article
from warraq_store.upserts import insert_or_ignore

WINDOW: Final = 200_000
MOST_CANDIDATES: Final = 12
LEAST_BANDS: Final = 2
FURNITURE: Final = 50
APART: Final = timedelta(days=30)
# Written once: to put a statement of so many bands together takes longer than to run it.
_BANDS = sa.inspect(StoryBand).local_table.c
_HOLDING = sa.select(_BANDS.hash, _BANDS.article_id).where(_BANDS.hash.in_(sa.bindparam("bands", expanding=True)))
# One writer at a time decides on stories: two copies that come at once must see each other.
_LOCK: Final = 0x57_41_52_52


@dataclass(frozen=True, slots=True)
class Telling:
    """An article whose text is new or changed, with its words (``search.words.sentences``)."""

    article_id: int
    sentences: Sequence[Words]
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Compared:
    told: Told
    published_at: datetime | None


def assign(session: Session, tellings: Sequence[Telling]) -> dict[int, int]:
    """Put articles into the stories that they tell; return the story of each that is in one.

    Must be the last thing that a transaction does: from here to its end it keeps other writers' stories waiting.
    """
    told = {one.article_id: _Compared(Told.of_sentences(one.sentences), one.published_at) for one in tellings}
    told = {article: one for article, one in told.items() if one.told.is_long_enough}
    if not told:
        return {}
    if is_postgres(session):
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    bands = {article: one.told.bands() for article, one in told.items()}
    candidates = _candidates(session, bands)
    others = {other for some in candidates.values() for other in some}
    known = told | _texts(session, others - told.keys())
    story_of = _stories(session, others | told.keys())
    _write_bands(session, bands)
    found = {article: _same(article, some, known, story_of) for article, some in candidates.items()}
    return _join(session, {article: same for article, same in found.items() if same}, story_of)


def _candidates(session: Session, bands: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """Return for each article the others that share most bands with it, those of the same batch included."""
    holders: dict[int, set[int]] = defaultdict(set)
    for article, some in bands.items():
        for band in some:
            holders[band].add(article)
    for band, article in session.execute(_HOLDING, {"bands": list(holders)}):
        holders[band].add(article)
    shared = {band: articles for band, articles in holders.items() if 1 < len(articles) <= FURNITURE}
    return {article: _nearest(article, some, shared) for article, some in bands.items()}


def _nearest(article: int, bands: Iterable[int], shared: Mapping[int, set[int]]) -> list[int]:
    found = Counter(other for band in bands if band in shared for other in shared[band])
    found.pop(article, None)
    likely = [(number, other) for other, number in found.items() if number >= LEAST_BANDS]
    return [other for _, other in sorted(likely, reverse=True)[:MOST_CANDIDATES]]


def _texts(session: Session, articles: set[int]) -> dict[int, _Compared]:
    columns = sa.select(col(Article.id), col(Article.text), col(Article.published_at))
    rows = session.execute(columns.where(col(Article.id).in_(articles))).all() if articles else []
    return {row.id: _Compared(told_of(row.text), row.published_at) for row in rows}


def _write_bands(session: Session, bands: Mapping[int, Sequence[int]]) -> None:
    session.exec(delete(StoryBand).where(col(StoryBand.article_id).in_(bands)))
    rows = [{"hash": band, "article_id": article} for article, some in bands.items() for band in some]
    session.execute(insert_or_ignore(session, StoryBand), rows)


def _stories(session: Session, articles: set[int]) -> dict[int, int]:
    query = select(StoryMember).where(col(StoryMember.article_id).in_(articles))
    return {row.article_id: row.story_id for row in session.exec(query)}


def _same(
    article: int, candidates: Sequence[int], known: Mapping[int, _Compared], story_of: Mapping[int, int]
) -> list[int]:
    """Return the candidates that tell the same; of a story that is told already, one is enough."""
    one, same, told = known[article], list[int](), set[int]()
    for other in candidates:
        story = story_of.get(other)
        if story in told or other not in known or not _at_one_time(one, known[other]):
            continue
        if is_same_story(one.told, known[other].told):
            same.append(other)
            told |= {story} if story is not None else set()
    return same


def _at_one_time(one: _Compared, other: _Compared) -> bool:
    if one.published_at is None or other.published_at is None:
        return True
    return abs(one.published_at - other.published_at) <= APART


def _join(session: Session, same: Mapping[int, Sequence[int]], story_of: dict[int, int]) -> dict[int, int]:
    """Bring articles that are the same into one story each, joining stories that turn out to be one."""
    touched: set[int] = set()
    for article, others in same.items():
        group = (article, *others)
        stories = sorted({story_of[one] for one in group if one in story_of})
        story = stories[0] if stories else _new_story(session)
        if len(stories) > 1:
            _merge(session, stories[1:], story)
            story_of = {one: story if at in stories else at for one, at in story_of.items()}
        fresh = [one for one in group if one not in story_of]
        session.add_all(StoryMember(article_id=one, story_id=story) for one in fresh)
        session.flush()
        story_of |= dict.fromkeys(fresh, story)
        touched.add(story)
    _refresh(session, {story_of[article] for article in same} | touched)
    return {article: story_of[article] for article in same}


def _new_story(session: Session) -> int:
    story = Story()
    session.add(story)
    session.flush()
    return story.id or 0


def _merge(session: Session, stories: Sequence[int], into: int) -> None:
    session.exec(update(StoryMember).where(col(StoryMember.story_id).in_(stories)).values(story_id=into))
    session.exec(delete(Story).where(col(Story.id).in_(stories)))


def _refresh(session: Session, stories: Iterable[int]) -> None:
    """Set the lead and the size of stories; one that has no two articles any more is none."""
    began = func.coalesce(Article.published_at, Article.first_seen_at)
    for story in sorted(stories):
        members = select(Article.id).join(StoryMember).where(StoryMember.story_id == story)
        ids = session.exec(members.order_by(began, col(Article.id))).all()
        if len(ids) < 2:
            session.exec(delete(Story).where(col(Story.id) == story))
        else:
            session.exec(update(Story).where(col(Story.id) == story).values(lead_id=ids[0], size=len(ids)))


def leave(session: Session, articles: Sequence[int]) -> None:
    """Take ``articles`` out of their stories, before they are deleted."""
    members = col(StoryMember.article_id).in_(articles)
    stories = set(session.exec(select(StoryMember.story_id).where(members)))
    session.exec(delete(StoryMember).where(members))
    _refresh(session, stories)


def forget_old_bands(session: Session, *, window: int = WINDOW) -> None:
    """Drop the bands of articles that are too many articles ago to be compared with."""
    newest = session.exec(select(func.max(StoryBand.article_id))).one()
    if newest is not None:
        session.exec(delete(StoryBand).where(col(StoryBand.article_id) <= newest - window))
