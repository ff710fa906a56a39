"""Many pages, one a line: lines in, lines out, in the same order, over one process or several.

Each input line gives exactly one output line, whatever its page is: a page that kills a worker is found and reported,
and the others go on.
"""

import json
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from multiprocessing import get_context

from warraq_parser.parse import PageReading, read_page
from warraq_parser.result import result_document
from warraq_parser.rules import SiteRules, read_rules
from warraq_parser.saved_pages import parse_input
from warraq_shared.errors import UsageProblem
from warraq_shared.parsed import PageKind, PageObservation, Parsed, SiteProfile
from warraq_shared.reasons import Reason
from warraq_shared.site_profile import learn
from warraq_shared.urls import site_of

# How many lines each worker has waiting: enough to stay busy, few enough that memory stays flat.
_AHEAD = 8
Profiles = dict[str, SiteProfile]


class Lines:
    """A parser of lines. Picklable settings only, so that it can be sent to worker processes."""

    def __init__(self, now: datetime, rules_text: str = "", profiles: Profiles | None = None) -> None:
        self.now = now
        self.rules_text = rules_text
        self.profiles = profiles or {}
        self._rules: tuple[SiteRules, ...] | None = None

    def __getstate__(self) -> dict[str, object]:
        """Leave out the compiled rules: selectors cannot be pickled."""
        return {**self.__dict__, "_rules": None}

    def read(self, line: bytes) -> PageReading:
        """Return the reading of the page on ``line``.

        Raises:
            UsageProblem: the line is no page.
        """
        if self._rules is None:
            self._rules = read_rules(self.rules_text) if self.rules_text else ()
        page = parse_input(line, self.now)
        profile = self.profiles.get(site_of(page.url))
        return read_page(page.model_copy(update={"profile": profile}) if profile else page, self._rules)

    def answer(self, line: bytes) -> str:
        """Return the output line for ``line``: one JSON document, never an error."""
        try:
            document = result_document(self.read(line), best_effort=True)
        except UsageProblem as problem:
            bad = Parsed(url="", kind=PageKind.UNKNOWN, reason=Reason.BAD_URL, notes=(f"bad-line: {problem}",))
            document = result_document(PageReading(bad))
        return json.dumps(document, ensure_ascii=False)

    def observation(self, line: bytes) -> PageObservation | None:
        """Return what the page on ``line`` teaches about its site; None if nothing."""
        try:
            return self.read(line).parsed.observation
        except UsageProblem:
            return None


def answers(lines: Iterable[bytes], parser: Lines, workers: int = 1) -> Iterator[str]:
    """Yield the output line of each of ``lines``, in order, as soon as it is there. Blank lines are passed over."""
    pages = (line for line in lines if line.strip())
    if workers == 1:
        yield from map(parser.answer, pages)
    else:
        yield from _spread(pages, parser, workers)


def learned(lines: Iterable[bytes], now: datetime) -> Profiles:
    """Return the profile of each site that ``lines`` are pages of."""
    parser = Lines(now)
    profiles: Profiles = {}
    for line in lines:
        observation = parser.observation(line) if line.strip() else None
        if observation is not None:
            site = site_of(observation.page)
            profiles[site] = learn(profiles.get(site) or SiteProfile(site=site), observation)
    return profiles


def _spread(lines: Iterable[bytes], parser: Lines, workers: int) -> Iterator[str]:
    """Spread ``lines`` over processes, keeping their order."""
    pool = _pool(workers)
    waiting: deque[tuple[bytes, Future[str]]] = deque()
    try:
        for line in lines:
            waiting.append((line, pool.submit(parser.answer, line)))
            if len(waiting) < workers * _AHEAD:
                continue
            pool = yield from _next(waiting, parser, pool, workers)
        while waiting:
            pool = yield from _next(waiting, parser, pool, workers)
    finally:
        pool.shutdown(cancel_futures=True)


def _next(
    waiting: deque[tuple[bytes, Future[str]]], parser: Lines, pool: ProcessPoolExecutor, workers: int
) -> Generator[str, None, ProcessPoolExecutor]:
    """Yield the oldest answer and return the pool to go on with: after a crash a new one, the others sent again."""
    line, future = waiting.popleft()
    try:
        yield future.result()
    except BrokenProcessPool:
        yield _alone(line, parser)
        pool.shutdown(cancel_futures=True)
        pool = _pool(workers)
        lines = [one for one, _ in waiting]
        waiting.clear()
        waiting.extend((one, pool.submit(parser.answer, one)) for one in lines)
    return pool


def _alone(line: bytes, parser: Lines) -> str:
    """Parse one page in a process of its own, which may die of it."""
    with _pool(1) as pool:
        try:
            return pool.submit(parser.answer, line).result()
        except BrokenProcessPool:
            crashed = Parsed(url=parse_input(line, parser.now).url, kind=PageKind.UNKNOWN, reason=Reason.PARSER_CRASHED)
            return json.dumps(result_document(PageReading(crashed)), ensure_ascii=False)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
