"""WebSub (W3C Recommendation, 23 January 2018): what is asked of hubs, and what they are answered when they ask back.

A feed names a hub (``subscriptions``). When this installation can be called from outside, the hub is asked to
subscribe us (``due_requests``, ``note_answers``), asks back whether that was us (``confirm``), and is asked again
before its lease ends. What it then pushes is in ``pushes``, how far it is trusted in ``hub_trust``. Whatever fails here
costs nothing but speed: the feed is polled as any other.

Here is all of it but the network: the fetcher sends what is asked, ``web`` serves the callback address.
"""

import random
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, select, update

from warraq_shared.messages import AskHubs, HubAnswer, HubRequest
from warraq_shared.reasons import FailureClass, Reason
from warraq_shared.urls import host_of
from warraq_store.schedule import hosts, pages
from warraq_store.tables import Page, Subscription
from warraq_store.websub import subscriptions

LEASE: Final = timedelta(days=10)
LONGEST_LEASE: Final = 3 * LEASE
# The lease is renewed when this is left of it, or a quarter of a short one.
RENEW_BEFORE: Final = timedelta(days=1)
# A hub is asked no sooner than this after it was asked, however short its leases are.
_LEAST_BETWEEN: Final = timedelta(minutes=5)
_LONGEST_BETWEEN: Final = timedelta(days=1)
# How long the fetcher has for its answer, and the hub to ask back.
_ANSWER_WITHIN: Final = timedelta(minutes=10)
_ASKED_BACK_WITHIN: Final = timedelta(hours=1)
# A hub that has said no is asked again after a day, then two, four, and so on.
_AFTER_A_NO: Final = timedelta(days=1)
_LONGEST_AFTER_A_NO: Final = timedelta(days=30)
_HELD_FOR: Final = timedelta(hours=6)
_MOST_GOODBYES: Final = 3
_MOST_AT_ONCE: Final = 100
_MOST_OF_A_HUB: Final = 10
_LONGEST_BECAUSE: Final = 300
_LONGEST_CHALLENGE: Final = 1000
_NEVER_ASKED_BACK: Final = "The hub said yes and never asked back: can it reach WARRAQ_WEBSUB_CALLBACK_URL?"


# --- what is asked of hubs -----------------------------------------------------------------------------------------


def due_requests(session: Session, callback_base: str, now: datetime) -> list[AskHubs]:
    """Return what is to be asked of hubs now: to subscribe us, to renew, or to end; a few of each hub."""
    _let_go_of_orphans(session, now)
    query = (
        select(Subscription)
        .where(col(Subscription.ask_at) <= now)
        .order_by(col(Subscription.ask_at))
        .limit(_MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    of_hub: Counter[str] = Counter()
    made: dict[str, list[HubRequest]] = {}
    for known in session.exec(query).all():
        hub = str(host_of(known.hub_url))
        of_hub[hub] += 1
        request = _request(session, known, callback_base, now) if of_hub[hub] <= _MOST_OF_A_HUB else None
        if request is not None:
            made.setdefault(hub, []).append(request)
    return [AskHubs(requests=tuple(some)) for some in made.values()]


def _let_go_of_orphans(session: Session, now: datetime) -> None:
    """Have hubs told of subscriptions that belong to no feed any more; those that no hub knows of just go."""
    orphans = select(Subscription).where(col(Subscription.page_id).is_(None), Subscription.state != "leaving")
    for known in session.exec(orphans.limit(_MOST_AT_ONCE).with_for_update(skip_locked=True)).all():
        if known.token is None:
            session.delete(known)
            continue
        known.state, known.ask_at, known.failures = "leaving", now, 0
        session.add(known)
    session.flush()


def _request(session: Session, known: Subscription, callback_base: str, now: datetime) -> HubRequest | None:
    """Return the request that is due for ``known``; None if it goes, or waits until its source is followed again."""
    leaves = known.state == "leaving"
    if leaves and known.failures >= _MOST_GOODBYES:
        session.delete(known)
        return None
    page = session.get(Page, known.page_id) if known.page_id else None
    session.add(known)
    if page is not None and page.priority >= pages.HELD:
        known.ask_at = now + _HELD_FOR
        return None
    if known.state == "asked":
        known.failures, known.because = known.failures + 1, _NEVER_ASKED_BACK
    elif known.state == "refused":
        known.state = "offered"  # What it says this time counts.
    known.asked_at, known.ask_at = now, now + _ANSWER_WITHIN
    known.token = known.token or secrets.token_urlsafe(32)
    known.secret = known.secret or secrets.token_urlsafe(32)
    # Who leaves names the callback as it was: to the hub, topic and callback together are the subscription.
    known.callback = known.callback if leaves and known.callback else callback_base.rstrip("/")
    return HubRequest(subscription_id=known.id or 0, url=known.hub_url, form=_form(known))


def _form(known: Subscription) -> dict[str, str]:
    """Return the fields of section 5.1."""
    form = {"hub.topic": known.topic_url, "hub.callback": f"{known.callback}/{known.token}"}
    if known.state == "leaving":
        return {"hub.mode": "unsubscribe", **form}
    lease = {"hub.secret": known.secret or "", "hub.lease_seconds": f"{LEASE.total_seconds():.0f}"}
    return {"hub.mode": "subscribe", **form, **lease}


def note_answers(session: Session, answers: Iterable[HubAnswer], now: datetime) -> None:
    """Write down what hubs have answered."""
    for answer in sorted(answers, key=lambda one: one.subscription_id):
        known = session.get(Subscription, answer.subscription_id, with_for_update=True)
        if known is not None and known.hub_url == answer.url:
            _note_answer(known, answer, now)
            session.add(known)


def _note_answer(known: Subscription, answer: HubAnswer, now: datetime) -> None:
    if answer.reason in (Reason.HOST_BUSY, Reason.INTAKE_FULL):
        known.ask_at = now + timedelta(seconds=(answer.retry_after or 0.0) + random.uniform(5, 60))  # noqa: S311
    elif answer.reason is Reason.OK:
        _accepted(known, now)
    else:
        known.failures += 1
        known.because = f"{answer.reason.sentence} {answer.detail}".strip()[:_LONGEST_BECAUSE]
        _refused(known, now, answer.retry_after or 0.0, for_good=answer.reason.failure is FailureClass.PERMANENT)


def _accepted(known: Subscription, now: datetime) -> None:
    """The hub will ask back; it may have confirmed or denied already, before its answer had come here."""
    if known.state == "leaving":
        known.failures += 1
    elif known.state == "offered":
        known.state = "asked"
    patience = min(_LONGEST_BETWEEN, _ASKED_BACK_WITHIN * 2 ** min(known.failures, 10))
    known.ask_at = max(known.ask_at or now, now + patience)


def _refused(known: Subscription, now: datetime, asked: float, *, for_good: bool) -> None:
    doublings = 2 ** min(max(known.failures - 1, 0), 10)
    wait = min(_LONGEST_BETWEEN, _LEAST_BETWEEN * doublings)
    if for_good and known.state != "leaving":
        wait = min(_LONGEST_AFTER_A_NO, _AFTER_A_NO * doublings)
        # A lease that runs still holds, whatever the hub says of the next one.
        known.state = known.state if known.state == "active" else "refused"
    jitter = random.uniform(1.0, 1.25)  # noqa: S311  # not a secret
    known.ask_at = now + max(wait * jitter, timedelta(seconds=min(asked, 86_400.0)))
    # After as many refusals as there are hubs it rests with the last, for as long as if there were no other.
    if known.state == "refused" and known.failures % (1 + len(known.other_hubs)):
        _turn_to_the_next(known, now)


def _turn_to_the_next(known: Subscription, now: datetime) -> None:
    """Have the next hub of the feed asked, at once."""
    following, *others = known.other_hubs
    known.because = f"{known.hub_url}: {known.because}"[:_LONGEST_BECAUSE]
    known.hub_url, known.other_hubs = following, [*others, known.hub_url]
    # What the one hub was told opens no door to the other.
    known.token = known.secret = None
    known.state, known.ask_at = "offered", now


def end_leases(session: Session, now: datetime) -> int:
    """End subscriptions whose lease is over, and have their feeds polled as any other at once. Returns how many."""
    over = select(Subscription).where(Subscription.state == "active", col(Subscription.ends_at) < now)
    found = session.exec(over.limit(_MOST_AT_ONCE)).all()
    locked = pages.locked(session, [known.page_id for known in found if known.page_id is not None])
    ended = 0
    for known in sorted(found, key=lambda one: one.id or 0):
        session.refresh(known, with_for_update=True)
        if known.state != "active" or known.ends_at is None or known.ends_at >= now:
            continue  # renewed meanwhile
        known.state, known.ends_at = "offered", None
        known.because = known.because or "Its lease has ended and was not renewed."
        session.add(known)
        ended += 1
        if known.page_id in locked:
            poll_soon(session, locked[known.page_id], now)
    return ended


def ask_again_elsewhere(session: Session, callback_base: str, now: datetime) -> None:
    """Have hubs asked again that know another callback address than the configured one."""
    moved = (col(Subscription.callback) != callback_base.rstrip("/"), col(Subscription.state) != "leaving")
    session.execute(update(Subscription).where(*moved).values(ask_at=now))


def poll_soon(session: Session, page: Page, now: datetime) -> None:
    """Make a waiting ``page``, locked, due now, in its usual place in the line."""
    if page.lease is None and page.due_at is not None and page.due_at > now:
        page.due_at = now
        session.add(page)
        hosts.wake(session, page.host, now)


# --- what hubs are answered when they ask back ---------------------------------------------------------------------


def confirm(session: Session, token: str, query: Mapping[str, str], now: datetime) -> str | None:
    """Return what a hub is answered that asks whether we did ask (section 5.3): its challenge; "" to a denial.

    None: we did not, and it gets a 404. Only what was asked for is confirmed: this topic, and what we want of it.
    """
    known = subscriptions.of_token(session, token)
    if known is None or query.get("hub.topic") != known.topic_url:
        return None
    page = pages.locked(session, [known.page_id]).get(known.page_id) if known.page_id else None
    session.refresh(known, with_for_update=True)
    challenge = query.get("hub.challenge", "")[:_LONGEST_CHALLENGE]
    match query.get("hub.mode"):
        case "denied":
            return _denied(session, known, page, query.get("hub.reason", ""), now)
        case "subscribe" if challenge and known.state != "leaving":
            _activate(session, known, _lease(query), now)
            return challenge
        case "unsubscribe" if challenge and known.state == "leaving":
            session.delete(known)
            return challenge
    return None


def _denied(session: Session, known: Subscription, page: Page | None, why: str, now: datetime) -> str:
    known.failures += 1
    known.because = f"The hub denied it. {why}".strip()[:_LONGEST_BECAUSE]
    known.ends_at = None
    known.state = "leaving" if known.state == "leaving" else "refused"
    _refused(known, now, 0.0, for_good=True)
    session.add(known)
    if page is not None:
        poll_soon(session, page, now)
    return ""


def _activate(session: Session, known: Subscription, lease: timedelta, now: datetime) -> None:
    known.state, known.ends_at = "active", now + lease
    known.because, known.failures = "", 0
    known.ask_at = now + max(_LEAST_BETWEEN, lease - min(RENEW_BEFORE, lease / 4))
    session.add(known)


def _lease(query: Mapping[str, str]) -> timedelta:
    text = query.get("hub.lease_seconds", "")
    given = timedelta(seconds=int(text)) if text.isascii() and text.isdigit() and len(text) < 9 else LEASE
    return min(given, LONGEST_LEASE)
