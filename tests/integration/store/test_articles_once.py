"""Every article once, every change kept: twice, out of order, and from eight writers at once, on both databases."""

import hashlib
import itertools
import random
import threading
from datetime import UTC, datetime, timedelta

from sqlalchemy.engine import Engine
from sqlmodel import func, select

from warraq_shared.article import Article as ArticleValue
from warraq_shared.article import Evidence, Heading, Paragraph
from warraq_shared.folding import fold
from warraq_shared.parsed import SiteProfile
from warraq_shared.site_profile import digest
from warraq_store.articles import articles, revisions
from warraq_store.articles.articles import Incoming, Outcome, Stored
from warraq_store.database import connect, reading, writing
from warraq_store.tables import Article, Profile, Revision

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
URL = "https://example.com/a"


def article(text: str, title: str = "A title", **fields: object) -> ArticleValue:
    blocks = tuple(Paragraph(text=line) for line in text.splitlines())
    return ArticleValue.model_validate(
        {
            "url": URL,
            "title": title,
            "blocks": blocks,
            "fingerprint": hashlib.sha256(fold(text).encode()).hexdigest(),
            "parser_version": "1",
            **fields,
        }
    )


def store(engine: Engine, *incoming: Incoming, now: datetime = NOW) -> list[Stored]:
    with writing(engine) as session:
        return articles.store_many(session, incoming, now)


def at(minutes: int, text: str, url: str = URL, title: str = "A title", *, reparsed: bool = False) -> Incoming:
    return Incoming(article(text, title), url, None, NOW + timedelta(minutes=minutes), reparsed)


def kept(engine: Engine, url: str = URL) -> Article:
    with reading(engine) as session:
        return session.exec(select(Article).where(Article.url == url)).one()


def revisions_of(engine: Engine, url: str = URL) -> list[str]:
    row = kept(engine, url)
    with reading(engine) as session:
        return [
            revisions.read(session, row, articles.to_value(row), number).article.text
            for number in range(1, row.revision + 1)
        ]


def test_the_same_report_twice_is_one_article_without_a_revision(engine: Engine) -> None:
    first, second = store(engine, at(0, "One."))[0], store(engine, at(0, "One."))[0]
    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.OLDER)
    assert first.article_id == second.article_id
    assert kept(engine).revision == 1


def test_an_older_fetch_that_comes_late_changes_nothing(engine: Engine) -> None:
    store(engine, at(10, "Newer text."))
    assert store(engine, at(0, "Older text."))[0].outcome is Outcome.OLDER
    assert kept(engine).text == "Newer text."


def test_each_change_of_text_or_title_is_a_revision_that_can_be_read_again(engine: Engine) -> None:
    store(engine, at(0, "One two three."))
    store(engine, at(1, "One two three four."))
    store(engine, at(2, "One two three four.", title="Another title"))
    result = store(engine, at(3, "Five.", title="Another title"))[0]
    assert (result.outcome, result.revision, result.because) == (Outcome.CHANGED, 4, "text")
    assert revisions_of(engine) == ["One two three.", "One two three four.", "One two three four.", "Five."]


def test_later_revisions_cost_what_was_changed_not_the_whole_text(engine: Engine) -> None:
    words = random.Random(3)
    text = "\n".join(" ".join(f"{words.getrandbits(40):x}" for _ in range(12)) for _ in range(60))
    for minute in range(4):
        store(engine, at(minute, f"{text}\nAddition number {'x' * minute}."))
    with reading(engine) as session:
        sizes = [len(row.content) for row in session.exec(select(Revision).order_by(Revision.number))]
    assert sizes[0] > 4000
    assert max(sizes[1:]) < 300
    assert revisions_of(engine)[2].endswith("xx.")


def test_counters_relative_times_and_spelling_variants_are_no_change(engine: Engine) -> None:
    store(engine, at(0, "The text.\n3 minutes ago\n12 comments\nقبل ٣ دقائق\nقرأه أحمد"))
    outcome = store(engine, at(1, "The text.\n5 hours ago\n1,204 comments\nقبل ٩ ساعات\nقرأه احمد"))[0].outcome
    assert outcome is Outcome.SAME
    assert kept(engine).revision == 1


def test_a_line_of_the_whole_site_that_leaves_the_text_is_no_change(engine: Engine) -> None:
    notice = "All comments are read before they appear."
    learned = SiteProfile(site="example.com", pages=10, blocks={digest(notice): 9})
    with writing(engine) as session:
        session.add(Profile(site="example.com", profile=learned.model_dump(mode="json"), changed_at=NOW))
    store(engine, at(0, f"The text.\n{notice}"))
    assert store(engine, at(1, "The text."))[0].outcome is Outcome.SAME
    assert store(engine, at(2, "Another text."))[0].outcome is Outcome.CHANGED


def test_a_sentence_with_a_number_is_text_not_a_counter(engine: Engine) -> None:
    store(engine, at(0, "Three people died 3 days ago in the flood, the ministry said."))
    assert store(engine, at(1, "Three people died 4 days ago in the flood, the ministry said."))[0].changed


def test_a_date_that_moves_with_every_look_is_no_change_but_a_corrected_date_is(engine: Engine) -> None:
    def dated(day: int, origin: str) -> ArticleValue:
        evidence = {"published_at": Evidence(origin=origin, confidence=0.9, precision="minute")}
        return article("Text.", published_at=datetime(2026, 10, day, tzinfo=UTC), evidence=evidence)

    store(engine, Incoming(dated(1, "json-ld"), URL, None, NOW))
    changed = store(engine, Incoming(dated(2, "json-ld"), URL, None, NOW + timedelta(minutes=1)))[0]
    moved = store(engine, Incoming(dated(3, "text:relative"), URL, None, NOW + timedelta(minutes=2)))[0]
    assert (changed.because, moved.because) == ("date", "")


def test_a_better_reading_of_the_same_bytes_is_no_revision(engine: Engine) -> None:
    store(engine, at(0, "One. Read more!"))
    result = store(engine, at(0, "One.", reparsed=True), now=NOW + timedelta(days=1))[0]
    assert (result.outcome, result.revision) == (Outcome.CHANGED, 1)
    assert kept(engine).text == "One."
    assert kept(engine).changed_at == NOW + timedelta(days=1)


def test_one_message_may_bring_the_same_article_more_than_once(engine: Engine) -> None:
    stored = store(engine, at(1, "Second."), at(0, "First."), at(1, "Second."))
    assert len({one.article_id for one in stored}) == 1
    assert revisions_of(engine) == ["First.", "Second."]


def test_times_keep_the_offset_of_the_page(engine: Engine) -> None:
    value = article("x", published_at=datetime.fromisoformat("2026-10-01T12:00:00+03:00"), blocks=(Heading(text="h"),))
    store(engine, Incoming(value, URL, None, NOW))
    assert str(articles.to_value(kept(engine)).published_at) == "2026-10-01 12:00:00+03:00"


def test_eight_writers_at_once_out_of_order_leave_one_article_each_in_its_newest_state(engine: Engine) -> None:
    urls = [f"https://example.com/{i}" for i in range(12)]
    work = [at(minute, f"Text of minute {minute}.", url) for url, minute in itertools.product(urls, range(4))] * 2
    problems: list[BaseException] = []

    def write(number: int) -> None:
        mine = list(work)
        random.Random(number).shuffle(mine)
        own = connect(engine.url.render_as_string(hide_password=False))
        try:
            for start in range(0, len(mine), 7):
                store(own, *mine[start : start + 7], now=NOW + timedelta(seconds=number))
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
    with reading(engine) as session:
        assert session.exec(select(func.count()).select_from(Article)).one() == len(urls)
    for url in urls:
        assert kept(engine, url).text == "Text of minute 3."
        assert revisions_of(engine, url)[-1] == "Text of minute 3."
