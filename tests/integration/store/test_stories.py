"""Stories: copies come together as they come, whatever the order, the batch or the writer."""

import json
import threading
from datetime import timedelta

from click.testing import CliRunner
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from integration.store.pipeline import NOW, Pipeline, made_article
from warraq_shared.messages import PagesParsed
from warraq_store.article_tables import Story, StoryBand, StoryMember
from warraq_store.articles import shelf, stories
from warraq_store.articles.articles import Incoming
from warraq_store.cli.listing import list_articles
from warraq_store.database import connect, reading, writing
from warraq_store.tables import Article

TEXT = """The council approved the new bridge over the river after two years of debate among its members.
Work will begin in March and should take eighteen months, the head of the council told reporters.
Shop owners on the northern bank fear that the closed road will cost them half of their customers.
The ministry of transport pays two thirds of the costs, the town itself the rest of the sum."""
OTHER = """A fishing boat sank off the coast early in the morning after it had struck a rock in thick fog.
All seven of its crew were saved by another boat that had heard their call over the radio.
The harbour office opened an inquiry into why the light on the rock had been out for three nights."""


def put(engine: Engine, *texts: tuple[str, str], hours: int = 0) -> None:
    incoming = [
        Incoming(
            made_article(f"https://{name}.com/a", text, published_at=NOW + timedelta(hours=hours)),
            f"https://{name}.com/a",
            None,
            NOW,
        )
        for name, text in texts
    ]
    with writing(engine) as session:
        shelf.tell(session, incoming, shelf.put(session, incoming, NOW))


def told(engine: Engine) -> set[tuple[str, ...]]:
    with reading(engine) as session:
        rows = session.exec(select(StoryMember.story_id, Article.url).join(Article).order_by(col(Article.url))).all()
    stories_of: dict[int, list[str]] = {}
    for story, url in rows:
        stories_of.setdefault(story, []).append(url.split("/")[2].removesuffix(".com"))
    return {tuple(names) for names in stories_of.values()}


def lead(engine: Engine) -> str:
    with reading(engine) as session:
        return session.exec(select(Article.url).join(Story, col(Story.lead_id) == col(Article.id))).one()


def test_copies_are_one_story_and_the_rest_is_none(engine: Engine) -> None:
    put(engine, ("a", TEXT))
    put(engine, ("b", OTHER))
    assert told(engine) == set()
    put(engine, ("c", f"By our staff\n{TEXT}"))
    assert told(engine) == {("a", "c")}


def test_copies_in_one_batch_find_each_other(engine: Engine) -> None:
    put(engine, ("a", TEXT), ("b", OTHER), ("c", TEXT))
    assert told(engine) == {("a", "c")}


def test_the_earliest_leads_also_if_it_comes_last(engine: Engine) -> None:
    put(engine, ("late", TEXT), hours=5)
    put(engine, ("middle", TEXT), hours=3)
    assert lead(engine) == "https://middle.com/a"
    put(engine, ("early", TEXT), hours=1)
    assert lead(engine) == "https://early.com/a"


def test_two_stories_that_turn_out_to_be_one_become_one(engine: Engine) -> None:
    first, second = "\n".join(TEXT.splitlines()[:2]), "\n".join(TEXT.splitlines()[2:])
    put(engine, ("a", first), ("b", first))
    put(engine, ("c", second), ("d", second))
    assert told(engine) == {("a", "b"), ("c", "d")}
    put(engine, ("whole", TEXT))
    assert told(engine) == {("a", "b", "c", "d", "whole")}


def test_the_same_text_months_apart_is_not_one_story(engine: Engine) -> None:
    put(engine, ("a", TEXT))
    put(engine, ("b", TEXT), hours=24 * 90)
    assert told(engine) == set()


def test_who_leaves_a_story_of_two_ends_it_and_a_lead_that_leaves_is_followed(engine: Engine) -> None:
    put(engine, ("a", TEXT))
    put(engine, ("b", TEXT), hours=1)
    put(engine, ("c", TEXT), hours=2)
    with writing(engine) as session:
        stories.leave(session, [session.exec(select(Article.id).where(Article.url == "https://a.com/a")).one() or 0])
    assert lead(engine) == "https://b.com/a"
    with writing(engine) as session:
        stories.leave(session, [session.exec(select(Article.id).where(Article.url == "https://b.com/a")).one() or 0])
    assert told(engine) == set()


def test_bands_of_old_articles_go(engine: Engine) -> None:
    put(engine, ("a", TEXT))
    put(engine, ("b", OTHER))
    with writing(engine) as session:
        stories.forget_old_bands(session, window=1)
    with reading(engine) as session:
        assert set(session.exec(select(StoryBand.article_id))) == {2}


def test_eight_writers_of_one_text_make_one_story(engine: Engine) -> None:
    problems: list[BaseException] = []

    def write(number: int) -> None:
        own = connect(engine.url.render_as_string(hide_password=False))
        try:
            put(own, (f"w{number}", TEXT), (f"x{number}", OTHER))
        except BaseException as problem:  # noqa: BLE001  # reported by the test itself
            problems.append(problem)
        finally:
            own.dispose()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert problems == []
    assert sorted(len(story) for story in told(engine)) == [8, 8]


def test_listings_show_one_a_story_or_the_articles_of_one(engine: Engine, database_url: str) -> None:
    put(engine, ("a", TEXT))
    put(engine, ("b", TEXT), ("c", OTHER), hours=1)

    def listed(*arguments: str) -> list[str]:
        environment = {"WARRAQ_DATABASE_URL": database_url}
        result = CliRunner().invoke(list_articles, [*arguments, "--json"], env=environment, catch_exceptions=False)
        return sorted(row["url"] for row in json.loads(result.stdout))

    assert len(listed()) == 3
    assert listed("--story") == ["https://a.com/a", "https://c.com/a"]
    assert listed("--story", "1") == ["https://a.com/a", "https://b.com/a"]


def test_the_pipeline_tells_stories_across_sites(pipeline: Pipeline) -> None:
    urls = ("https://a.com/1", "https://b.com/1")
    leases = pipeline.hand_out(*urls)
    parsed = tuple(
        pipeline.parsed(pipeline.fetched(url, leases[url], url.encode()), made_article(url, TEXT)) for url in urls
    )
    pipeline.stage.store_pages(PagesParsed(pages=parsed))
    assert told(pipeline.engine) == {("a", "b")}
