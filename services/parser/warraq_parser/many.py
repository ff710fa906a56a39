"""Many pages, one a line: lines in, lines out, in the same order, over one process or several.

Each input line gives exactly one output line, whatever its page is: a page that kills a worker is found and reported,
and the others go on.
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from multiprocessing import get_context

from warraq_parser.collecting import collect_seldom
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
    crew = _Crew(parser, workers)
    try:
        for line in lines:
            crew.send(line)
            if len(crew.waiting) >= workers * _AHEAD:
                yield crew.oldest_answer()
        while crew.waiting:
            yield crew.oldest_answer()
    finally:
        crew.pool.shutdown(cancel_futures=True)


class _Crew:
    """Worker processes and the lines that they have, oldest first. When one dies all are replaced."""

    def __init__(self, parser: Lines, workers: int) -> None:
        self.parser = parser
        self.workers = workers
        self.pool = _pool(parser, workers)
        self.waiting: deque[tuple[bytes, Future[str]]] = deque()

    def send(self, line: bytes) -> None:
        """Give ``line`` to the workers."""
        try:
            future = self.pool.submit(_answer, line)
        except BrokenProcessPool as death:
            future = Future()
            future.set_exception(death)
        self.waiting.append((line, future))

    def oldest_answer(self) -> str:
        """Wait for the answer to the line sent first; after a death that line goes alone, the others again."""
        line, future = self.waiting.popleft()
        try:
            return future.result()
        except BrokenProcessPool:
            answer = _alone(line, self.parser)
            self._replace()
            return answer

    def _replace(self) -> None:
        self.pool.shutdown(cancel_futures=True)
        self.pool = _pool(self.parser, self.workers)
        lines = [line for line, _ in self.waiting]
        self.waiting.clear()
        for line in lines:
            self.send(line)


def _alone(line: bytes, parser: Lines) -> str:
    """Parse one page in a process of its own, which may die of it."""
    with _pool(parser, 1) as pool:
        try:
            return pool.submit(_answer, line).result()
        except BrokenProcessPool:
            crashed = Parsed(url=parse_input(line, parser.now).url, kind=PageKind.UNKNOWN, reason=Reason.PARSER_CRASHED)
            return json.dumps(result_document(PageReading(crashed)), ensure_ascii=False)


def _pool(parser: Lines, workers: int) -> ProcessPoolExecutor:
    """Return worker processes that have ``parser``: handed over once, not with every line."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_install, initargs=(parser,))


# The parser of this worker process, put here when it starts.
_installed: list[Lines] = []


def _install(parser: Lines) -> None:
    _installed[:] = [parser]
    collect_seldom()


def _answer(line: bytes) -> str:
    return _installed[0].answer(line)
