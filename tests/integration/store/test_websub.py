"""WebSub without the network: what is asked of a hub, what is answered it, and how far it is trusted."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import select

from warraq_store import hub_trust, pages, sources, websub
from warraq_store.database import reading, writing
from warraq_store.sources import PolledPage, SourceWish
from warraq_store.tables import Poll, Subscription
from warraq_store.websub import HubRequest

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FEED, HUB, BASE = "https://one.example/feed", "https://hub.example/", "https://us.example/websub/"


@pytest.fixture
def feed(engine: Engine) -> int:
    """A followed feed that offers a hub."""
    with writing(engine) as session:
        sources.add(session, SourceWish(name="one", url=FEED, pages=(PolledPage(url=FEED, role="feed"),)), NOW)
        page = pages.find(session, FEED)
        assert page is not None
        assert page.id is not None
        session.add(Poll(page_id=page.id, hub_url=HUB, polled_at=NOW))
        page.due_at = NOW + timedelta(hours=1)
        return page.id


def ask(engine: Engine, now: datetime = NOW) -> list[HubRequest]:
    with writing(engine) as session:
        return websub.due_requests(session, BASE, now)


def token_of(request: HubRequest) -> str:
    return request.form["hub.callback"].removeprefix(BASE)


def confirm(engine: Engine, token: str, now: datetime = NOW, **query: str) -> str | None:
    asked = {"hub.mode": "subscribe", "hub.topic": FEED, "hub.challenge": "abc", "hub.lease_seconds": "864000"}
    with writing(engine) as session:
        return websub.confirm(session, token, asked | {f"hub.{k}": v for k, v in query.items()}, now)


def push(engine: Engine, request: HubRequest, now: datetime = NOW, secret: str | None = None) -> bool:
    key = (secret or request.form["hub.secret"]).encode()
    signature = "sha256=" + hmac.new(key, b"news", hashlib.sha256).hexdigest()
    with writing(engine) as session:
        return websub.push(session, token_of(request), b"news", signature, now)


def trusted(engine: Engine, page_id: int, now: datetime = NOW) -> bool:
    with reading(engine) as session:
        return hub_trust.is_trusted(session, page_id, now)


def test_a_feed_with_a_hub_is_subscribed_to_once_and_asked_again_only_later(engine: Engine, feed: int) -> None:
    (request,) = ask(engine)
    assert (request.url, request.form["hub.mode"], request.form["hub.topic"]) == (HUB, "subscribe", FEED)
    assert ask(engine, NOW + timedelta(minutes=5)) == []
    assert len(ask(engine, NOW + timedelta(hours=7))) == 1


def test_a_subscription_is_renewed_before_it_ends(engine: Engine, feed: int) -> None:
    (request,) = ask(engine)
    assert confirm(engine, token_of(request)) == "abc"
    assert ask(engine, NOW + timedelta(days=8)) == []
    (again,) = ask(engine, NOW + timedelta(days=9, hours=1))
    assert token_of(again) == token_of(request)


def test_only_what_was_asked_for_is_confirmed(engine: Engine, feed: int) -> None:
    (request,) = ask(engine)
    assert confirm(engine, "no-such-token") is None
    assert confirm(engine, token_of(request), topic="https://else.example/") is None
    assert confirm(engine, token_of(request), mode="unsubscribe") is None
    assert confirm(engine, token_of(request), mode="denied") is None
    with reading(engine) as session:
        assert [one.state for one in session.exec(select(Subscription))] == ["denied"]


def test_a_push_makes_the_feed_due_at_once_if_it_is_signed(engine: Engine, feed: int) -> None:
    (request,) = ask(engine)
    confirm(engine, token_of(request))
    later = NOW + timedelta(minutes=10)
    assert not push(engine, request, later, secret="guessed")
    with reading(engine) as session:
        page = pages.find(session, FEED)
    assert page is not None
    assert page.due_at == NOW + timedelta(hours=1)
    assert push(engine, request, later)
    with reading(engine) as session:
        page = pages.find(session, FEED)
    assert page is not None
    assert page.due_at == later


def test_a_hub_is_trusted_once_it_has_pushed_and_until_it_misses_too_much(engine: Engine, feed: int) -> None:
    (request,) = ask(engine)
    confirm(engine, token_of(request))
    assert not trusted(engine, feed)
    push(engine, request)
    assert trusted(engine, feed)
    for n in range(hub_trust.DISTRUSTED_AT):
        assert trusted(engine, feed)
        with writing(engine) as session:
            hub_trust.note_poll(session, feed, 2, NOW + timedelta(hours=n + 1))
    assert not trusted(engine, feed)


@pytest.mark.parametrize("signature", ["", "sha256=", "md5=abc", "sha256=é", "=", "sha256"])
def test_what_is_no_signature_is_refused(signature: str) -> None:
    assert not websub.is_signed(b"news", signature, "secret")
