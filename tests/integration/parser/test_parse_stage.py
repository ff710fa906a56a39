"""The parse stage against a real Redis: raw pages in, results out, and a page that kills its worker is found."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from redis import Redis

from warraq_parser.rules import read_rules
from warraq_parser.stage import MOST_ATTEMPTS, ParseStage
from warraq_shared.claim_check import ClaimCheck
from warraq_shared.messages import FetchedPage, Message, PagesFetched, PagesParsed
from warraq_shared.parsed import PageKind, Parsed
from warraq_shared.reasons import Reason
from warraq_shared.settings import Settings
from warraq_shared.source_rules import SourceRules, put_rules

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
STORY = "".join(
    f"<p>On day {day} the harbour master counted {day * 7} boats before noon and wrote them down in the long book.</p>"
    for day in range(1, 9)
)
PAGE = f"<html lang=en><title>Boats</title><body><article><h1>Boats return</h1>{STORY}</article></body></html>"


class Sent(list[Message]):
    """Remembers what was sent."""

    def __call__(self, messages: Sequence[Message]) -> None:
        self.extend(messages)


@pytest.fixture
def sent() -> Sent:
    return Sent()


@pytest.fixture
def claims(redis: Redis, settings: Settings) -> ClaimCheck:
    return ClaimCheck.from_settings(redis, settings)


@pytest.fixture
def stage(redis: Redis, claims: ClaimCheck, sent: Sent) -> ParseStage:
    return ParseStage(redis, claims, sent, clock=lambda: NOW)


def fetched(claims: ClaimCheck, body: str | None, page_id: int = 1) -> FetchedPage:
    """Return a page as the fetcher reports it; without ``body`` its raw bytes are lost."""
    snapshot = uuid4().hex
    if body is not None:
        claims.put(snapshot, body.encode())
    url = f"https://example.com/{page_id}"
    return FetchedPage(
        page_id=page_id,
        lease="lease",
        url=url,
        final_url=url,
        snapshot=snapshot,
        status=200,
        headers={"content-type": "text/html; charset=utf-8"},
        fetched_at=NOW,
        content_hash="hash",
        size=len(body or ""),
    )


def test_a_page_becomes_an_article_that_waits_under_the_reported_key(
    stage: ParseStage, claims: ClaimCheck, sent: Sent
) -> None:
    stage.parse_pages(PagesFetched(pages=(fetched(claims, PAGE),)), redelivered=False)
    [message] = sent
    assert isinstance(message, PagesParsed)
    [page] = message.pages
    assert (page.page_kind, page.reason) == (PageKind.ARTICLE, Reason.OK)
    assert page.result is not None
    result = Parsed.model_validate_json(claims.get(page.result))
    assert result.article is not None
    assert result.article.title == "Boats return"
    assert result.article.text.count("harbour master") == 8


def test_the_rules_of_a_site_are_applied(redis: Redis, claims: ClaimCheck, sent: Sent) -> None:
    rules = read_rules('[[site]]\nhost = "example.com"\n[site.fields]\ntitle = "//title/text()"')
    stage = ParseStage(redis, claims, sent, clock=lambda: NOW, rules=rules)
    stage.parse_pages(PagesFetched(pages=(fetched(claims, PAGE),)), redelivered=False)
    [message] = sent
    assert isinstance(message, PagesParsed)
    result = Parsed.model_validate_json(claims.get(message.pages[0].result or ""))
    assert result.article is not None
    assert (result.article.title, result.article.evidence["title"].origin) == ("Boats", "rule")


def test_every_page_of_a_message_has_an_end_of_its_own(stage: ParseStage, claims: ClaimCheck, sent: Sent) -> None:
    pages = (fetched(claims, PAGE, 1), fetched(claims, None, 2), fetched(claims, "", 3))
    stage.parse_pages(PagesFetched(pages=pages), redelivered=False)
    ends = {page.page_id: page.reason for message in sent for page in message.pages}
    assert ends == {1: Reason.OK, 2: Reason.RAW_LOST, 3: Reason.EMPTY_BODY}


def test_a_batch_that_comes_back_is_split_so_that_the_page_at_fault_is_found(
    stage: ParseStage, claims: ClaimCheck, sent: Sent
) -> None:
    pages = tuple(fetched(claims, PAGE, number) for number in (1, 2, 3))
    stage.parse_pages(PagesFetched(pages=pages), redelivered=True)
    assert sent == [PagesFetched(pages=(page,)) for page in pages]


def test_a_page_that_comes_back_alone_too_often_is_reported_and_not_tried_again(
    stage: ParseStage, claims: ClaimCheck, sent: Sent
) -> None:
    message = PagesFetched(pages=(fetched(claims, PAGE),))
    for _ in range(MOST_ATTEMPTS + 1):
        sent.clear()
        stage.parse_pages(message, redelivered=True)
    [end] = sent
    assert isinstance(end, PagesParsed)
    assert (end.pages[0].reason, end.pages[0].result) == (Reason.PARSER_CRASHED, None)


OWN = SourceRules(
    source="Harbour News", text='[[site]]\nhost = "*"\n[site.fields]\ntitle = "//h1/text()"\nsection = "//title/text()"'
)


def parsed_by(claims: ClaimCheck, sent: Sent) -> Parsed:
    """Return the one result that was reported."""
    [message] = sent
    assert isinstance(message, PagesParsed)
    return Parsed.model_validate_json(claims.get(message.pages[0].result or ""))


def test_the_rules_of_a_page_s_source_go_before_those_of_the_file(redis: Redis, claims: ClaimCheck, sent: Sent) -> None:
    in_file = read_rules('[[site]]\nhost = "example.com"\n[site.fields]\ntitle = "//title/text()"')
    put_rules(redis, [OWN])
    stage = ParseStage(redis, claims, sent, clock=lambda: NOW, rules=in_file)
    page = fetched(claims, PAGE).model_copy(update={"rules": OWN.digest})
    stage.parse_pages(PagesFetched(pages=(page,)), redelivered=False)
    article = parsed_by(claims, sent).article
    assert article is not None
    assert (article.title, article.section) == ("Boats return", "Boats")
    assert article.evidence["title"].origin == "rule of source Harbour News"


def test_rules_of_a_source_that_are_not_for_a_page_leave_it_to_those_of_the_file(
    redis: Redis, claims: ClaimCheck, sent: Sent
) -> None:
    in_file = read_rules('[[site]]\nhost = "example.com"\n[site.fields]\ntitle = "//title/text()"')
    elsewhere = OWN.model_copy(update={"text": OWN.text.replace('"*"', '"other.example"')})
    put_rules(redis, [elsewhere])
    stage = ParseStage(redis, claims, sent, clock=lambda: NOW, rules=in_file)
    page = fetched(claims, PAGE).model_copy(update={"rules": elsewhere.digest})
    stage.parse_pages(PagesFetched(pages=(page,)), redelivered=False)
    article = parsed_by(claims, sent).article
    assert article is not None
    assert (article.title, article.evidence["title"].origin) == ("Boats", "rule")


def test_a_page_whose_rules_redis_has_lost_is_not_read_without_them(
    stage: ParseStage, claims: ClaimCheck, sent: Sent
) -> None:
    page = fetched(claims, PAGE).model_copy(update={"rules": OWN.digest})
    stage.parse_pages(PagesFetched(pages=(page, fetched(claims, PAGE, 2))), redelivered=False)
    assert {one.page_id: one.reason for message in sent for one in message.pages} == {1: Reason.RAW_LOST, 2: Reason.OK}


def test_rules_that_this_parser_cannot_read_fail_the_page_and_say_where(
    redis: Redis, stage: ParseStage, claims: ClaimCheck, sent: Sent
) -> None:
    newer = SourceRules(source="Harbour News", text='[[site]]\nhost = "*"\nmood = "h1"')
    put_rules(redis, [newer])
    page = fetched(claims, PAGE).model_copy(update={"rules": newer.digest})
    stage.parse_pages(PagesFetched(pages=(page,)), redelivered=False)
    [message] = sent
    assert isinstance(message, PagesParsed)
    assert message.pages[0].reason == Reason.PARSER_FAILED
    assert message.pages[0].detail.startswith("rules of source Harbour News, line 3, mood: there is no such key")
