"""Pushes, polls, hubs that ask back and the store that asks them, all at once on the same feeds: none fails."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy.engine import Engine
from sqlmodel import select

from warraq_shared.messages import HubAnswer
from warraq_shared.parsed import SourceFacts
from warraq_shared.reasons import Reason
from warraq_store.database import again_after_deadlock, reading, writing
from warraq_store.schedule import pages
from warraq_store.schedule.lifecycle import Ending
from warraq_store.sources import polls, sources
from warraq_store.sources.every import Limits
from warraq_store.sources.polls import Brought
from warraq_store.sources.wish import PolledPage, SourceWish
from warraq_store.tables import Page, Subscription
from warraq_store.websub import pushes, websub

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
FEEDS = [f"https://n{number}.example/feed" for number in range(6)]
SECONDS = 2.0


def poll_all(engine: Engine) -> None:
    """End a poll of every feed, as one message of several pages does."""
    with writing(engine) as session:
        polls.use(session, Limits(pushed=3600.0))
        ids = session.exec(select(Page.id).where(Page.role == "feed")).all()
        for page in pages.locked(session, [one for one in ids if one is not None]).values():
            facts = SourceFacts(hub_url="https://hub.example/", self_url=page.url)
            polls.note(session, page, Brought(10, 1, (), None, facts, {}))
            pages.end(session, page, Ending(Reason.OK), NOW)


def ask(engine: Engine) -> None:
    with writing(engine) as session:
        websub.end_leases(session, NOW + timedelta(seconds=1))
        asked = websub.due_requests(session, "https://us.example/websub", NOW + timedelta(days=20))
    for message in asked:
        told = [HubAnswer(subscription_id=r.subscription_id, url=r.url, reason=Reason.OK) for r in message.requests]
        with writing(engine) as session:
            websub.note_answers(session, told, NOW)


def confirm_all(engine: Engine) -> None:
    with reading(engine) as session:
        known = [(one.token, one.topic_url) for one in session.exec(select(Subscription)) if one.token]
    for token, topic in reversed(known):
        query = {"hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": "c", "hub.lease_seconds": "0"}
        with writing(engine) as session:
            assert websub.confirm(session, token, query, NOW) == "c"


def push_all(engine: Engine) -> None:
    with reading(engine) as session:
        ids = session.exec(select(Subscription.id)).all()
    for one in reversed(ids):
        with writing(engine) as session:
            assert pushes.push(session, one or 0, NOW)


def test_pushes_polls_and_questions_do_not_hinder_each_other(engine: Engine) -> None:
    with writing(engine) as session:
        for feed in FEEDS:
            sources.add(session, SourceWish(name=feed, url=feed, pages=(PolledPage(url=feed, role="feed"),)), NOW)
    poll_all(engine)
    problems: list[BaseException] = []
    rounds: dict[str, int] = {}
    until = time.monotonic() + SECONDS

    def over_and_over(work: Callable[[Engine], None]) -> None:
        try:
            while time.monotonic() < until:
                again_after_deadlock(work)(engine)
                rounds[work.__name__] = rounds.get(work.__name__, 0) + 1
        except BaseException as problem:  # noqa: BLE001 - told by the test
            problems.append(problem)

    threads = [threading.Thread(target=over_and_over, args=(work,)) for work in (poll_all, ask, confirm_all, push_all)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert min(rounds.get(work.__name__, 0) for work in (poll_all, ask, confirm_all, push_all)) > 0
    with reading(engine) as session:
        known = session.exec(select(Subscription)).all()
    assert len(known) == len(FEEDS)
    assert all(one.pushes > 0 for one in known)
