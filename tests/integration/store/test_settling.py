"""Articles that came before their site was known are cleaned of the site's own lines, without a revision."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.engine import Engine
from sqlmodel import select

from warraq_shared.article import Article as ArticleValue
from warraq_shared.article import Paragraph
from warraq_shared.messages import FetchedPage, PagesParsed, ParsedPage
from warraq_shared.parsed import PageKind, PageObservation, Parsed
from warraq_shared.reasons import Reason
from warraq_shared.site_profile import digest
from warraq_shared.text_identity import fingerprint, word_count
from warraq_store import ingest
from warraq_store.database import reading, writing
from warraq_store.filters import Filter
from warraq_store.schedule import pages
from warraq_store.schedule.pages import NewPage
from warraq_store.search.find import find
from warraq_store.search.query import understand
from warraq_store.tables import Article, Revision

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
DISCLAIMER = "The opinions in our columns are those of their writers and of nobody else."


def own_line(number: int) -> str:
    ship, boat = "abcdefgh"[number], "stuvwxyz"[number]
    return f"Story {ship} tells of boat {boat} and of what its crew saw on the way home that night."


def come(engine: Engine, number: int) -> None:
    """Let page ``number`` of the site come in, its own line and the disclaimer taken for its text."""
    url = f"https://example.com/{number}"
    blocks = (Paragraph(text=own_line(number)), Paragraph(text=own_line(number)[::-1]), Paragraph(text=DISCLAIMER))
    text = "\n".join(block.text for block in blocks)
    article = ArticleValue(
        url=url, title=f"Story {number}", blocks=blocks, fingerprint=fingerprint(text), word_count=word_count(text)
    )
    observation = PageObservation(page=url, blocks=tuple(digest(block.text) for block in blocks))
    with writing(engine) as session:
        pages.register(session, [NewPage(url=url)], NOW)
    with writing(engine) as session:
        page = pages.find(session, url)
        assert page is not None
        assert page.id is not None
        pages.hand_out(session, [page], NOW, 60)
        fetched = FetchedPage(
            page_id=page.id,
            lease=page.lease or "",
            url=url,
            final_url=url,
            snapshot=f"{number:032}",
            status=200,
            fetched_at=NOW + timedelta(seconds=number),
            content_hash=str(number),
            size=100,
        )
        reported = ParsedPage(
            page_id=page.id,
            lease=fetched.lease,
            fetched=fetched,
            page_kind=PageKind.ARTICLE,
            reason=Reason.OK,
            result="result",
        )
        parsed = Parsed(url=url, kind=PageKind.ARTICLE, reason=Reason.OK, article=article, observation=observation)
        ingest.store_pages(session, PagesParsed(pages=(reported,)), {"result": parsed}, NOW)


def texts(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [row.text for row in session.exec(select(Article).order_by(Article.url))]


def test_a_line_of_the_site_leaves_the_articles_that_came_first(engine: Engine) -> None:
    for number in range(2):
        come(engine, number)
    assert all(DISCLAIMER in text for text in texts(engine))
    for number in range(2, 5):
        come(engine, number)
    assert len(texts(engine)) == 5
    assert [text for text in texts(engine) if DISCLAIMER in text] == []
    assert [own_line(number) in text for number, text in enumerate(texts(engine))] == [True] * 5


def test_it_is_no_revision_and_what_was_taken_out_is_not_found_any_more(engine: Engine) -> None:
    for number in range(5):
        come(engine, number)
    with reading(engine) as session:
        rows = list(session.exec(select(Article)))
        assert {row.revision for row in rows} == {1}
        assert list(session.exec(select(Revision))) == []
        assert all(row.fingerprint == fingerprint(row.text) for row in rows)
        assert len(find(session, understand("boat"), Filter(), NOW).hits) == 5
        assert find(session, understand("opinions"), Filter(), NOW).hits == ()
