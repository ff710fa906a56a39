"""What can be measured from inside only: time by step, memory over many pages, the gain of site profiles."""

import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import corpus
from scores import PageScore, mean, score

from warraq_parser.article.assemble import read_article
from warraq_parser.article.body.body import find_body
from warraq_parser.article.body.outline import read_outline
from warraq_parser.article.document import read_document
from warraq_parser.article.fields import read_fields
from warraq_parser.article.metadata import collect_metadata
from warraq_parser.article.titles.titles import headline
from warraq_parser.bench_entry import extract
from warraq_parser.parse import parse
from warraq_parser.text.decode import decode_html
from warraq_shared.errors import PageProblem
from warraq_shared.parsed import ParseInput, SiteProfile, utc_now
from warraq_shared.site_profile import learn
from warraq_shared.urls import site_of

T = TypeVar("T")


def steps(folder: Path) -> dict[str, float]:
    """Return the processor time of each step in ms a page, the mean over the corpus."""
    spent: defaultdict[str, float] = defaultdict(float)
    now, rows = utc_now(), corpus.rows_of(folder)

    def timed(step: str, call: Callable[[], T]) -> T:
        began = time.process_time()
        result = call()
        spent[step] += time.process_time() - began
        return result

    for row in rows:
        page, url = corpus.page_of(folder, row), row.get("url") or "http://localhost/"
        timed("all of it", lambda page=page, url=url: extract(page, url, now))
        try:
            _one_by_one(page, url, now, timed)
        except PageProblem:
            continue
    return {step: seconds / len(rows) * 1_000 for step, seconds in spent.items()}


def _one_by_one(page: bytes, url: str, now: datetime, timed: Callable[[str, Callable[[], Any]], Any]) -> None:
    decoded = timed("decode", lambda: decode_html(page, None))
    document = timed("parse (lxml)", lambda: read_document(decoded.text, url, now, utf8=decoded.utf8))
    metadata = timed("metadata", lambda: collect_metadata(document))
    title = timed("headline", lambda: headline(document, metadata))
    body = timed("body", lambda: find_body(document, metadata, headline=title))
    timed("fields", lambda: read_fields(document, metadata, body.blocks, fetched_at=now))
    timed("(body: the walk alone)", lambda: read_outline(document.root))
    timed("(article as a whole)", lambda: read_article(document))


def memory(folder: Path, pages: int) -> Iterator[tuple[int, int]]:
    """Parse ``pages`` pages in this process, the corpus again and again; yield the peak in MB at twenty points."""
    rows, now = corpus.rows_of(folder), utc_now()
    for number in range(1, pages + 1):
        row = rows[number % len(rows)]
        extract(corpus.page_of(folder, row), row.get("url") or "http://localhost/", now)
        if number % max(1, pages // 20) == 0:
            yield number, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def profile_gain(folder: Path) -> str:
    """Learn every site from its pages, read them again, and tell what that changed on sites with five and more."""
    rows, now = corpus.rows_of(folder), utc_now()
    profiles: dict[str, SiteProfile] = {}
    plain: list[tuple[dict[str, Any], bytes, PageScore]] = []
    for row in rows:
        page = corpus.page_of(folder, row)
        parsed = parse(_input(row, page, now, None))
        site = site_of(row.get("url") or "http://localhost/")
        if parsed.observation:
            profiles[site] = learn(profiles.get(site) or SiteProfile(site=site), parsed.observation)
        text = parsed.article.text if parsed.article else ""
        plain.append((row, page, score(row, {"text": text})))
    before, after = [], []
    for row, page, old in plain:
        profile = profiles.get(site_of(row.get("url") or "http://localhost/"))
        if old.f1 is None or profile is None or profile.pages < 5:
            continue
        article = parse(_input(row, page, now, profile)).article
        new = score(row, {"text": article.text if article else ""})
        before.append(old.f1)
        after.append(new.f1 or 0.0)
    alone, taught = mean(before), mean(after)
    return f"{len(before)} pages of sites with 5 and more: page F1 {alone:.4f} alone, {taught:.4f} with profile"


def _input(row: dict[str, Any], page: bytes, now: datetime, profile: SiteProfile | None) -> ParseInput:
    return ParseInput(url=row.get("url") or "http://localhost/", body=page, fetched_at=now, profile=profile)
