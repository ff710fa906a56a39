"""WebSub without the network: what is asked of a hub, what is answered it, what a push does, how far it is trusted."""

import hmac
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from warraq_shared.messages import HubAnswer, HubRequest
from warraq_shared.parsed import SourceFacts
from warraq_shared.reasons import Reason
from warraq_store.database import reading, writing
from warraq_store.schedule import pages, schedule
from warraq_store.schedule.lifecycle import Ending
from warraq_store.sources import polls, sources
from warraq_store.sources.every import Limits
from warraq_store.sources.polls import Brought
from warraq_store.sources.wish import PolledPage, SourceWish, changed
from warraq_store.tables import Page, Subscription
from warraq_store.websub import pushes, subscriptions, websub
from warraq_store.websub.pushes import Signature

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FEED, TOPIC, HUB, BASE = (
    "https://one.example/feed",
    "https://www.one.example/feed",
    "https://hub.example/",
    "https://us",
)
HOURLY = Limits(auto_pace=600.0, longest=3600.0, pushed=3 * 3600.0)


@pytest.fixture
def feed(engine: Engine) -> int:
    """A followed feed that was polled and named a hub; it is due in an hour."""
    with writing(engine) as session:
        sources.add(session, SourceWish(name="one", url=FEED, pages=(PolledPage(url=FEED, role="feed"),)), NOW)
    poll(engine, NOW)
    with writing(engine) as session:
        page = the_page(session)
        page.due_at = NOW + timedelta(hours=1)
        return page.id or 0


def poll(
    engine: Engine,
    now: datetime,
    new: int = 0,
    hub: str | None = HUB,
    topic: str = TOPIC,
    limits: Limits = HOURLY,
    others: tuple[str, ...] = (),
) -> datetime:
    """End a poll of the feed that found ``new`` items; return when it is due next."""
    with writing(engine) as session:
        polls.use(session, limits)
        page = the_page(session)
        polls.note(
            session, page, Brought(10, new, (), None, SourceFacts(hub_url=hub, other_hubs=others, self_url=topic), {})
        )
        pages.end(session, page, Ending(Reason.OK), now)
        assert page.due_at is not None
        return page.due_at


def the_page(session: Session) -> Page:
    page = pages.find(session, FEED)
    assert page is not None
    return page


def the_subscription(engine: Engine) -> Subscription:
    with reading(engine) as session:
        return session.exec(select(Subscription)).one()


def ask(engine: Engine, now: datetime = NOW, base: str = BASE) -> list[HubRequest]:
    with writing(engine) as session:
        return [request for message in websub.due_requests(session, base, now) for request in message.requests]


def answer(
    engine: Engine, request: HubRequest, reason: Reason = Reason.OK, now: datetime = NOW, detail: str = ""
) -> None:
    with writing(engine) as session:
        told = HubAnswer(subscription_id=request.subscription_id, url=request.url, reason=reason, detail=detail)
        websub.note_answers(session, [told], now)


def confirm(engine: Engine, request: HubRequest, now: datetime = NOW, **query: str) -> str | None:
    token = request.form["hub.callback"].removeprefix(f"{BASE}/")
    asked = {"hub.mode": "subscribe", "hub.topic": TOPIC, "hub.challenge": "abc", "hub.lease_seconds": "864000"}
    with writing(engine) as session:
        return websub.confirm(session, token, asked | {f"hub.{k}": v for k, v in query.items()}, now)


def push(engine: Engine, now: datetime = NOW) -> bool:
    with writing(engine) as session:
        known = session.exec(select(Subscription)).one()
        return pushes.push(session, known.id or 0, now)


def subscribed(engine: Engine, now: datetime = NOW) -> HubRequest:
    (request,) = ask(engine, now)
    answer(engine, request, now=now)
    assert confirm(engine, request, now) == "abc"
    return request


# --- what is asked -------------------------------------------------------------------------------------------------


def test_a_feed_with_a_hub_is_subscribed_to_by_the_name_that_it_gives_itself(engine: Engine, feed: int) -> None:
    (request,) = ask(engine)
    assert request.url == HUB
    assert (request.form["hub.mode"], request.form["hub.topic"]) == ("subscribe", TOPIC)
    assert ask(engine, NOW + timedelta(minutes=1)) == []


def test_the_callback_of_each_subscription_cannot_be_guessed(engine: Engine, feed: int) -> None:
    (request,) = ask(engine)
    assert len(request.form["hub.callback"]) >= len(BASE) + 43
    assert request.form["hub.secret"] not in request.form["hub.callback"]


def test_a_hub_is_asked_again_if_the_fetcher_is_never_heard_of(engine: Engine, feed: int) -> None:
    ask(engine)
    assert len(ask(engine, NOW + timedelta(minutes=11))) == 1


SECOND = "https://second.example/"


def test_the_next_hub_of_a_feed_is_asked_at_once_when_the_first_refuses_for_good(engine: Engine, feed: int) -> None:
    poll(engine, NOW, others=(SECOND,))
    (first,) = ask(engine)
    assert first.url == HUB
    answer(engine, first, Reason.FORBIDDEN, detail="Members only.")
    (second,) = ask(engine)
    assert second.url == SECOND
    # The one knows no secret of the other.
    assert second.form["hub.callback"] != first.form["hub.callback"]
    assert second.form["hub.secret"] != first.form["hub.secret"]
    assert the_subscription(engine).because.startswith(f"{HUB}: ")
    assert confirm(engine, first) is None
    answer(engine, first, Reason.FORBIDDEN)  # told twice
    answer(engine, second)
    assert confirm(engine, second) == "abc"
    poll(engine, NOW + timedelta(hours=1), others=(SECOND,))
    known = the_subscription(engine)
    assert (known.state, known.hub_url, known.other_hubs) == ("active", SECOND, [HUB])


def test_when_all_hubs_of_a_feed_have_refused_they_are_left_alone_for_a_day(engine: Engine, feed: int) -> None:
    poll(engine, NOW, others=(SECOND,))
    for hub in (HUB, SECOND):
        (request,) = ask(engine)
        assert request.url == hub
        answer(engine, request, Reason.FORBIDDEN)
    known = the_subscription(engine)
    assert (known.state, known.hub_url) == ("refused", SECOND)
    assert ask(engine, NOW + timedelta(hours=23)) == []
    assert [request.url for request in ask(engine, NOW + timedelta(days=4))] == [SECOND]


def test_a_hub_that_the_feed_names_no_more_is_left_for_those_that_it_names(engine: Engine, feed: int) -> None:
    poll(engine, NOW, others=(SECOND,))
    poll(engine, NOW, hub=SECOND)
    assert [request.url for request in ask(engine)] == [SECOND]


def test_a_hub_that_never_asks_back_is_asked_ever_more_seldom_and_that_is_said(engine: Engine, feed: int) -> None:
    now, waits = NOW, []
    for _ in range(5):
        (request,) = ask(engine, now)
        answer(engine, request, now=now)
        due = the_subscription(engine).ask_at
        assert due is not None
        waits.append(due - now)
        now = due
    assert waits == sorted(waits)
    assert waits[-1] > 10 * waits[0]
    assert "never asked back" in the_subscription(engine).because


def test_a_hub_that_says_no_is_asked_again_after_days_and_its_words_are_kept(engine: Engine, feed: int) -> None:
    (request,) = ask(engine)
    answer(engine, request, Reason.FORBIDDEN, detail="Status 403. This topic is not for you.")
    assert the_subscription(engine).state == "refused"
    assert "not for you" in the_subscription(engine).because
    assert ask(engine, NOW + timedelta(hours=23)) == []
    assert len(ask(engine, NOW + timedelta(hours=31))) == 1


def test_a_hub_that_is_down_is_tried_again_within_minutes(engine: Engine, feed: int) -> None:
    (request,) = ask(engine)
    answer(engine, request, Reason.CONNECT)
    assert ask(engine, NOW + timedelta(minutes=4)) == []
    assert len(ask(engine, NOW + timedelta(minutes=8))) == 1


def test_a_subscription_is_renewed_before_it_ends(engine: Engine, feed: int) -> None:
    request = subscribed(engine)
    assert ask(engine, NOW + timedelta(days=8)) == []
    (again,) = ask(engine, NOW + timedelta(days=9, hours=1))
    assert again.form == request.form


def test_a_hub_that_asks_back_before_its_own_answer_came_is_believed(engine: Engine, feed: int) -> None:
    (request,) = ask(engine)
    confirm(engine, request)
    answer(engine, request)
    assert the_subscription(engine).state == "active"
    assert ask(engine, NOW + timedelta(days=8)) == []


def test_a_hub_is_told_when_the_source_has_gone_and_then_it_is_forgotten(engine: Engine, feed: int) -> None:
    subscribed(engine)
    with writing(engine) as session:
        sources.remove(session, sources.find(session, "one"))
    (goodbye,) = ask(engine, NOW + timedelta(hours=1))
    assert goodbye.form["hub.mode"] == "unsubscribe"
    assert confirm(engine, goodbye) is None
    assert confirm(engine, goodbye, mode="unsubscribe") == "abc"
    with reading(engine) as session:
        assert session.exec(select(Subscription)).all() == []


def test_a_hub_that_was_never_asked_is_not_told(engine: Engine, feed: int) -> None:
    with writing(engine) as session:
        sources.remove(session, sources.find(session, "one"))
    assert ask(engine) == []
    with reading(engine) as session:
        assert session.exec(select(Subscription)).all() == []


def test_a_hub_that_does_not_answer_goodbyes_is_forgotten_all_the_same(engine: Engine, feed: int) -> None:
    subscribed(engine)
    with writing(engine) as session:
        sources.remove(session, sources.find(session, "one"))
    now, goodbyes = NOW, 0
    while requests := ask(engine, now := now + timedelta(days=1)):
        goodbyes += 1
        answer(engine, requests[0], Reason.CONNECT, now)
    assert 0 < goodbyes <= 3
    with reading(engine) as session:
        assert session.exec(select(Subscription)).all() == []


def test_a_feed_that_changes_its_hub_is_subscribed_there_with_another_secret(engine: Engine, feed: int) -> None:
    old = subscribed(engine)
    poll(engine, NOW + timedelta(hours=1), hub="https://other.example/")
    requests = {request.url: request.form for request in ask(engine, NOW + timedelta(hours=1))}
    assert requests[HUB]["hub.mode"] == "unsubscribe"
    assert requests["https://other.example/"]["hub.mode"] == "subscribe"
    assert requests["https://other.example/"]["hub.secret"] != old.form["hub.secret"]


def test_hubs_are_asked_again_when_the_callback_has_moved(engine: Engine, feed: int) -> None:
    subscribed(engine)
    with writing(engine) as session:
        websub.ask_again_elsewhere(session, "https://new", NOW)
    (request,) = ask(engine, base="https://new")
    assert request.form["hub.callback"].startswith("https://new/")
    with writing(engine) as session:
        websub.ask_again_elsewhere(session, "https://new", NOW)
    assert ask(engine, base="https://new") == []


def test_nothing_is_asked_for_a_paused_source(engine: Engine, feed: int) -> None:
    with writing(engine) as session:
        sources.pause(session, sources.find(session, "one"), NOW)
        the_page(session).due_at = NOW
        schedule.tick(session, NOW, room=10, lease_seconds=60, visit_pages=10)
    assert ask(engine) == []


# --- what is answered ----------------------------------------------------------------------------------------------


def test_only_what_was_asked_for_is_confirmed(engine: Engine, feed: int) -> None:
    (request,) = ask(engine)
    guessed = request.model_copy(update={"form": request.form | {"hub.callback": f"{BASE}/no-such-token"}})
    assert confirm(engine, guessed) is None
    assert confirm(engine, request, topic=FEED) is None
    assert confirm(engine, request, mode="unsubscribe") is None
    assert confirm(engine, request, challenge="") is None
    assert the_subscription(engine).state == "offered"


def test_a_denial_is_taken_and_its_reason_kept(engine: Engine, feed: int) -> None:
    request = subscribed(engine)
    assert confirm(engine, request, mode="denied", reason="Not any more") == ""
    assert the_subscription(engine).state == "refused"
    assert "Not any more" in the_subscription(engine).because


def test_a_denial_that_comes_before_the_answer_to_what_was_asked_stands(engine: Engine, feed: int) -> None:
    (request,) = ask(engine)
    confirm(engine, request, mode="denied", reason="Members only")
    answer(engine, request)
    known = the_subscription(engine)
    assert (known.state, known.because) == ("refused", "The hub denied it. Members only")
    assert known.ask_at is not None
    (again,) = ask(engine, known.ask_at)
    answer(engine, again, now=known.ask_at)
    assert the_subscription(engine).state == "asked"


# --- what a push does ----------------------------------------------------------------------------------------------


def test_a_push_makes_the_feed_due_at_once_ahead_of_what_waits(engine: Engine, feed: int) -> None:
    subscribed(engine)
    later = NOW + timedelta(minutes=10)
    assert push(engine, later)
    with reading(engine) as session:
        page = the_page(session)
        assert (page.due_at, page.priority) == (later, pages.HAND_ADDED)


def test_pushes_one_after_the_other_do_not_make_a_feed_be_asked_without_a_pause(engine: Engine, feed: int) -> None:
    subscribed(engine)
    poll(engine, NOW + timedelta(minutes=1))
    push(engine, NOW + timedelta(minutes=1, seconds=1))
    with reading(engine) as session:
        assert the_page(session).due_at == NOW + timedelta(minutes=1) + pushes.LEAST_BETWEEN


def test_a_push_while_the_feed_is_given_out_has_it_looked_at_once_more(engine: Engine, feed: int) -> None:
    subscribed(engine)
    with writing(engine) as session:
        pages.hand_out(session, [the_page(session)], NOW, 60)
    push(engine, NOW)
    ended = NOW + timedelta(seconds=3)
    assert poll(engine, ended, new=1) <= ended + timedelta(seconds=10)
    assert poll(engine, ended + timedelta(minutes=5)) > ended + timedelta(minutes=30)


def test_a_push_does_not_wake_a_paused_source(engine: Engine, feed: int) -> None:
    subscribed(engine)
    with writing(engine) as session:
        page = the_page(session)
        page.priority += pages.HELD
    assert push(engine, NOW + timedelta(minutes=1))
    with reading(engine) as session:
        assert the_page(session).due_at == NOW + timedelta(hours=1)


def test_news_that_a_cache_still_holds_back_is_looked_for_again(engine: Engine, feed: int) -> None:
    subscribed(engine)
    now = NOW + timedelta(minutes=10)
    push(engine, now)
    waits = []
    for _ in range(4):
        due = poll(engine, now)
        waits.append((due - now).total_seconds())
        now = due
    assert waits[:3] == [30, 30, 60]
    assert waits[3] == 120 or waits[3] > 600
    assert poll(engine, now + timedelta(hours=1)) > now + timedelta(hours=1, minutes=30)


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_each_way_of_signing_is_known(method: str) -> None:
    digest = hmac.new(b"secret", b"some news", method).hexdigest()
    signature = Signature(f"{method}={digest.upper()}", "secret")
    signature.add(b"some ")
    signature.add(b"news")
    assert signature.fits()
    signature.add(b"!")
    assert not signature.fits()


@pytest.mark.parametrize("header", ["", "sha256=", "md5=abc", "sha256=é", "=", "sha256", "sha256=" + 64 * "0"])
def test_what_is_no_signature_does_not_fit(header: str) -> None:
    signature = Signature(header, "secret")
    signature.add(b"news")
    assert not signature.fits()


# --- how far a hub is trusted --------------------------------------------------------------------------------------


def test_a_feed_is_polled_seldom_once_its_hub_has_pushed(engine: Engine, feed: int) -> None:
    subscribed(engine)
    before = NOW + timedelta(hours=1)
    assert poll(engine, before, new=1) - before < timedelta(seconds=HOURLY.pushed or 0)
    pushed = NOW + timedelta(hours=2)
    push(engine, pushed)
    assert poll(engine, pushed, new=1) - pushed == timedelta(seconds=HOURLY.pushed or 0)


def test_a_poll_that_finds_what_no_push_announced_ends_the_trust_until_pushes_announce_again(
    engine: Engine, feed: int
) -> None:
    subscribed(engine)
    slow = timedelta(seconds=HOURLY.pushed or 0)
    now = NOW + timedelta(hours=1)
    push(engine, now)
    assert poll(engine, now, new=1) - now == slow
    now += slow
    assert poll(engine, now, new=1) - now < slow
    now += timedelta(hours=1)
    push(engine, now)
    assert poll(engine, now, new=1) - now == slow


def test_without_a_callback_no_hub_is_trusted_whatever_it_did_before(engine: Engine, feed: int) -> None:
    subscribed(engine)
    now = NOW + timedelta(hours=1)
    push(engine, now)
    assert poll(engine, now, new=1, limits=replace(HOURLY, pushed=None)) - now < timedelta(seconds=HOURLY.pushed or 0)


def test_a_schedule_that_its_user_wrote_stays_as_it_is(engine: Engine, feed: int) -> None:
    subscribed(engine)
    with writing(engine) as session:
        source = sources.find(session, "one")
        sources.edit(session, source, changed(sources.wish_of(session, source), {"every": "20m"}), NOW)
    now = NOW + timedelta(hours=1)
    push(engine, now)
    assert poll(engine, now, new=1) - now == timedelta(minutes=20)


def test_when_the_lease_has_ended_the_feed_is_polled_at_once(engine: Engine, feed: int) -> None:
    subscribed(engine)
    now = NOW + timedelta(days=9)
    push(engine, now)
    poll(engine, now, new=1)
    over = NOW + timedelta(days=10, minutes=1)
    with writing(engine) as session:
        the_page(session).due_at = over + timedelta(hours=2)
        assert websub.end_leases(session, over) == 1
    with reading(engine) as session:
        assert the_page(session).due_at == over
        known = subscriptions.of_page(session, feed)
        assert known is not None
        assert known.state == "offered"
