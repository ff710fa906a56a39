"""Outcomes leave in chunks, in time, each once; and a broker that fails is heard."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from warraq_fetcher.outbox import CHUNK_PAGES, CHUNK_SECONDS, Outbox
from warraq_fetcher.outcomes import Outcome
from warraq_shared.messages import EndedFetch, FetchedPage, FetchesEnded, Message, PagesFetched
from warraq_shared.reasons import Reason

NOW = datetime(2026, 11, 24, tzinfo=UTC)


class Sent:
    """Remembers what was published, and when something was."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.something = threading.Event()

    def __call__(self, messages: Sequence[Message]) -> None:
        self.messages += messages
        self.something.set()

    @property
    def page_ids(self) -> list[int]:
        return [page.page_id for message in self.messages for page in message.pages]


def failed(number: int) -> Outcome:
    return EndedFetch(page_id=number, lease="", url="http://a.example/", reason=Reason.GONE, ended_at=NOW)


def came(number: int) -> Outcome:
    url = "http://a.example/"
    kept = {"snapshot": "s", "status": 200, "fetched_at": NOW, "content_hash": "h", "size": 1}
    return FetchedPage.model_validate({"page_id": number, "lease": "", "url": url, "final_url": url} | kept)


def test_what_is_left_goes_out_when_the_visit_ends() -> None:
    sent = Sent()
    with Outbox(sent) as outbox:
        outbox.add(came(1))
        outbox.add(failed(2))
    assert [type(message) for message in sent.messages] == [PagesFetched, FetchesEnded]
    assert sent.page_ids == [1, 2]


def test_a_few_pages_go_together() -> None:
    sent = Sent()
    with Outbox(sent) as outbox:
        for number in range(CHUNK_PAGES):
            assert not sent.messages
            outbox.add(came(number))
        assert len(sent.messages) == 1
    assert len(sent.messages) == 1


def test_no_page_waits_for_a_slow_one_behind_it() -> None:
    sent = Sent()
    with Outbox(sent) as outbox:
        outbox.add(came(1))
        assert sent.something.wait(CHUNK_SECONDS + 5)
        assert sent.page_ids == [1]


def test_every_page_is_sent_once_however_chunks_fall() -> None:
    sent = Sent()
    with Outbox(sent) as outbox:
        for number in range(23):
            outbox.add(came(number) if number % 3 else failed(number))
            if number == 7:
                assert sent.something.wait(5)
    assert sorted(sent.page_ids) == list(range(23))


def test_a_visit_without_pages_sends_nothing() -> None:
    sent = Sent()
    with Outbox(sent):
        pass
    assert not sent.messages


def test_a_broker_that_fails_in_the_timers_thread_is_heard_in_the_visits() -> None:
    tried = threading.Event()

    def broken(messages: Sequence[Message]) -> None:
        tried.set()
        raise ConnectionError("no broker")

    def make_visit() -> None:
        with Outbox(broken) as outbox:
            outbox.add(came(1))
            assert tried.wait(5)

    with pytest.raises(ConnectionError):
        make_visit()
