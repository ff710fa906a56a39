"""Requests to WebSub hubs: a form is POSTed, and the hub says whether it will look into it (W3C WebSub, section 5.1).

A hub's address comes from a stranger's feed, so it is dialled by the rules of any page: the address guard at every
redirect, the limits, the pace of its host. robots.txt is not asked: the feed has asked us to call.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Final

from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from warraq_fetcher.exchange import Answer, Note, exchange
from warraq_fetcher.fetch import Turns, checked_address
from warraq_fetcher.outcomes import LONGEST_DETAIL
from warraq_fetcher.redirects import check_chain, next_address
from warraq_fetcher.response import printable
from warraq_fetcher.session import Session
from warraq_fetcher.verdict import problem_of
from warraq_fetcher.visit import VISIT_SECONDS, Fetcher
from warraq_shared.decoding import Pieces, codings_of, decoded, first_of
from warraq_shared.errors import PageProblem, Permanent, Temporary
from warraq_shared.messages import AskHubs, FetchPolicy, Hop, HubAnswer, HubRequest
from warraq_shared.reasons import Reason

_HEADERS: Final = {"Accept": "*/*"}
# Other redirects would turn the form into a GET (RFC 9110, 15.4).
_KEEP_THE_FORM: Final = frozenset({307, 308})
_READ_OF_ANSWER: Final = 2_000


def ask_hubs(message: AskHubs, fetcher: Fetcher) -> Iterator[HubAnswer]:
    """Send the requests of ``message`` and yield what became of each, in order.

    Raises:
        redis.exceptions.ConnectionError, redis.exceptions.TimeoutError: Redis has gone.
    """
    fetcher.session.new_visit()
    turns = fetcher.turns(FetchPolicy(obey_robots=False))
    stop_at = fetcher.clock() + VISIT_SECONDS
    for request in message.requests:
        try:
            if fetcher.stopping() or fetcher.clock() > stop_at:
                raise Temporary(Reason.HOST_BUSY, "The rest goes on later.", retry_after=1.0)
            answer = _ask(request, fetcher.session, turns)
            problem = _refusal(answer, fetcher)
        except PageProblem as raised:
            problem = raised
        except (RedisConnectionError, RedisTimeoutError):
            raise
        except Exception as unexpected:  # noqa: BLE001 - each request must end in an answer
            problem = Temporary(Reason.INTERNAL, f"{type(unexpected).__name__}: {unexpected}")
        yield _told(request, problem)


def _ask(request: HubRequest, session: Session, turns: Turns) -> Answer:
    """Send one form, along redirects that keep it one.

    Raises:
        PageProblem: no answer came, or it may not be asked for.
    """
    session.meter.new_page()
    url = checked_address(request.url, session.limits.url_length)
    hops: list[Hop] = []
    while True:
        with turns.turn(url, begun=bool(hops)) as turn:
            answer = exchange(session, url, _HEADERS, _words, turn.answered, request.form)
        if answer.head.status not in _KEEP_THE_FORM:
            return answer
        target = next_address(url, answer.head.status, answer.head.headers.get("location")) or ""
        hops.append(Hop(url=url, status=answer.head.status))
        check_chain(hops, target, session.limits.redirects)
        url = checked_address(target, session.limits.url_length)


def _words(pieces: Pieces, headers: Mapping[str, str], _session: Session, note: Note) -> bytes:
    """Return the beginning of an answer's body: enough to show a person why."""
    codings = codings_of(headers.get("content-encoding", ""))
    return first_of(chain(decoded(pieces, codings, note)), _READ_OF_ANSWER)[:_READ_OF_ANSWER]


def _refusal(answer: Answer, fetcher: Fetcher) -> PageProblem | None:
    """Return why a hub's answer is no yes; any 2xx is one: 202 by the Recommendation, 204 by older hubs."""
    status = answer.head.status
    if 200 <= status < 300:
        return None
    problem = problem_of(status, answer.head.headers, fetcher.now())
    if problem is None or status < 400:
        problem = Permanent(Reason.BAD_REDIRECT, f"Status {status}.", http_status=status)
    words = " ".join(answer.body.decode("utf-8", "replace").split())
    if words and "<" not in words[:100]:  # an error page for people says nothing in one line
        problem.detail = f"{problem.detail} {words}"
    return problem


def _told(request: HubRequest, problem: PageProblem | None) -> HubAnswer:
    return HubAnswer(
        subscription_id=request.subscription_id,
        url=request.url,
        reason=Reason.OK if problem is None else problem.reason,
        detail=printable(problem.detail)[:LONGEST_DETAIL] if problem else "",
        http_status=problem.http_status if problem else None,
        retry_after=problem.retry_after if isinstance(problem, Temporary) else None,
    )
