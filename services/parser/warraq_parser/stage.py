"""The parser as a running stage: raw pages from Redis in, parse results into Redis, messages out.

The pure function ``parse`` is in ``parse.py``; here is only what surrounds it: the claim check, the profiles, and the
defence against a page that kills its worker.
"""

import functools
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from celery import Celery
from celery.exceptions import SoftTimeLimitExceeded
from redis import Redis

from warraq_parser.parse import parse
from warraq_parser.rules import RuleProblem, SiteRules, read_rules
from warraq_parser.rules_file import read_rules_file
from warraq_shared.celery_app import publish
from warraq_shared.claim_check import ClaimCheck
from warraq_shared.messages import EndedFetch, FetchedPage, FetchesEnded, Message, PagesFetched, PagesParsed, ParsedPage
from warraq_shared.parsed import PageKind, Parsed, ParseInput, SiteProfile, utc_now
from warraq_shared.profile_cache import get_profiles
from warraq_shared.reasons import Reason
from warraq_shared.redis_client import connect_redis
from warraq_shared.settings import Settings
from warraq_shared.source_rules import SourceRules, get_rules
from warraq_shared.urls import site_of

_ATTEMPTS = "warraq:parse-attempts:"
_ATTEMPTS_TTL = 3600
MOST_ATTEMPTS = 2


@dataclass(frozen=True)
class ParseStage:
    """The parser's surroundings, handed in."""

    redis: Redis
    claims: ClaimCheck
    send: Callable[[Sequence[Message]], None]
    clock: Callable[[], datetime] = utc_now
    rules: tuple[SiteRules, ...] = ()

    def parse_pages(self, message: PagesFetched, *, redelivered: bool) -> None:
        """Parse every page of ``message`` and report each.

        A message that comes back had a worker die over it. It is split, so that the page at fault is found and the
        others go on; a page that comes back alone too often is reported as the one that kills.
        """
        if redelivered and len(message.pages) > 1:
            self.send([PagesFetched(pages=(page,)) for page in message.pages])
            return
        if redelivered and self._attempts(message.pages[0]) > MOST_ATTEMPTS:
            self.send([PagesParsed(pages=(_rejected(message.pages[0], Reason.PARSER_CRASHED),))])
            return
        self._parse_all(message.pages)

    def _attempts(self, page: FetchedPage) -> int:
        """Count one more attempt at ``page``, before the work, and return how many there were."""
        key = _ATTEMPTS + page.snapshot
        attempts = int(self.redis.incr(key))
        self.redis.expire(key, _ATTEMPTS_TTL)
        return attempts

    def _parse_all(self, pages: Sequence[FetchedPage]) -> None:
        bodies = self.claims.find_many([page.snapshot for page in pages])
        profiles = get_profiles(self.redis, (site_of(page.url) for page in pages))
        own_rules = get_rules(self.redis, (page.rules for page in pages if page.rules is not None))
        known = {None, *own_rules}
        lost: list[EndedFetch] = []
        parsed: list[ParsedPage] = []
        for page in pages:
            if page.snapshot not in bodies or page.rules not in known:
                lost.append(_lost(page, self.clock()))
                continue
            rules = own_rules.get(page.rules) if page.rules else None
            parsed.append(self._parse_one(page, bodies[page.snapshot], profiles, rules))
        messages: list[Message] = []
        if parsed:
            messages.append(PagesParsed(pages=parsed))
        if lost:
            messages.append(FetchesEnded(pages=lost))
        self.send(messages)

    def _parse_one(
        self, page: FetchedPage, body: bytes, profiles: Mapping[str, SiteProfile], own_rules: SourceRules | None
    ) -> ParsedPage:
        began = time.perf_counter()
        try:
            rules = (*_read(own_rules), *self.rules) if own_rules else self.rules
            parsed = parse(
                ParseInput(
                    url=page.final_url,
                    body=body,
                    headers=page.headers,
                    fetched_at=page.fetched_at,
                    profile=profiles.get(site_of(page.url)),
                    hints=page.hints,
                ),
                rules,
            )
        except RuleProblem as problem:
            # They were checked before they were kept, but by another version of the parser.
            return _rejected(page, Reason.PARSER_FAILED, str(problem))
        except SoftTimeLimitExceeded:
            return _rejected(page, Reason.TOO_COMPLEX, "It took longer than the time limit.")
        result = f"parsed:{page.snapshot}"
        self.claims.put(result, parsed.model_dump_json().encode())
        return _reported(page, parsed, result, time.perf_counter() - began)


def open_stage(app: Celery, settings: Settings) -> ParseStage:
    """Return the stage that ``settings`` describe.

    Raises:
        NotReady: no Redis is configured.
        UsageProblem: the file of site rules cannot be used.
    """
    redis = connect_redis(settings)
    claims = ClaimCheck.from_settings(redis, settings)
    return ParseStage(redis, claims, functools.partial(publish, app), rules=read_rules_file(settings.rules_file))


@functools.lru_cache(maxsize=64)
def _read(own_rules: SourceRules) -> tuple[SiteRules, ...]:
    """Return the rules that a source carries, ready to be applied.

    Raises:
        RuleProblem: this version of the parser cannot read them.
    """
    name = own_rules.source
    return read_rules(own_rules.text, f"rules of source {name}", origin=f"rule of source {name}")


def _reported(page: FetchedPage, parsed: Parsed, result: str, seconds: float) -> ParsedPage:
    return ParsedPage(
        page_id=page.page_id,
        lease=page.lease,
        fetched=page,
        page_kind=parsed.kind,
        reason=parsed.reason,
        result=result,
        seconds=round(seconds, 4),
    )


def _rejected(page: FetchedPage, reason: Reason, detail: str = "") -> ParsedPage:
    return ParsedPage(
        page_id=page.page_id, lease=page.lease, fetched=page, page_kind=PageKind.UNKNOWN, reason=reason, detail=detail
    )


def _lost(page: FetchedPage, now: datetime) -> EndedFetch:
    return EndedFetch(page_id=page.page_id, lease=page.lease, url=page.url, reason=Reason.RAW_LOST, ended_at=now)
