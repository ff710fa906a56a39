"""The pure rules over an answer: statuses, redirects, Retry-After, opt-outs, sniffing, robots."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq_fetcher.optouts import optouts
from warraq_fetcher.redirects import check_chain, next_address
from warraq_fetcher.retry_after import LEAST_WAIT, LONGEST_WAIT, retry_after
from warraq_fetcher.robots_rules import product_of, rules_of
from warraq_fetcher.sniff import check_readable, content_type_of, sniffed
from warraq_fetcher.verdict import problem_of
from warraq_shared.errors import PageProblem, Permanent, Throttled
from warraq_shared.messages import Hop
from warraq_shared.reasons import FailureClass, Reason

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
AGENT = "Warraq/1.0 (news ingestion; mailto:desk@example.org)"


def reason_of(act: Callable[[], object]) -> Reason:
    try:
        act()
    except PageProblem as problem:
        return problem.reason
    return Reason.OK


# Retry-After


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("0", LEAST_WAIT),
        ("999999999999999999999", LONGEST_WAIT),
        ("Tue, 24 Nov 2026 12:01:30 GMT", 90),
        ("Tuesday, 24-Nov-26 12:01:30 GMT", 90),
        ("Tue, 24 Nov 2026 11:00:00 GMT", LEAST_WAIT),
        ("Tue, 24 Nov 9999 12:00:00 GMT", LONGEST_WAIT),
        ("", None),
        (None, None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٥", None),
    ],
)
def test_retry_after_is_read(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


@given(st.text(max_size=60))
def test_any_retry_after_gives_a_sane_wait_or_none(header: str) -> None:
    wait = retry_after(header, NOW)
    assert wait is None or LEAST_WAIT <= wait <= LONGEST_WAIT


# statuses


@given(st.integers(100, 999))
def test_every_status_but_a_good_one_has_a_reason(status: int) -> None:
    problem = problem_of(status, {}, NOW)
    good = status == 304 or (200 <= status < 300 and status not in (204, 205, 206))
    assert (problem is None) == good
    if problem is not None:
        assert problem.http_status == status
        assert isinstance(problem, Permanent) == (problem.reason.failure is FailureClass.PERMANENT)


def test_a_plea_for_quiet_carries_its_time() -> None:
    problem = problem_of(503, {"retry-after": "90"}, NOW)
    assert isinstance(problem, Throttled)
    assert problem.retry_after == 90


# redirects


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/b", "http://a.example/b"),
        ("b?x=1#y", "http://a.example/dir/b?x=1"),
        ("//b.example", "http://b.example/"),
        ("https://b.example:443/", "https://b.example/"),
        ("?page=2", "http://a.example/dir/page?page=2"),
        ("\\\\b.example\\x", "http://b.example/x"),
        (" /b\t", "http://a.example/b"),
        ("/%d8%b5", "http://a.example/%D8%B5"),
    ],
)
def test_a_location_is_read_as_browsers_do(location: str, target: str) -> None:
    assert next_address("http://a.example/dir/page", 302, location) == target


@given(st.integers(300, 308), st.text(max_size=100))
def test_any_location_leads_to_the_web_or_to_a_reason(status: int, location: str) -> None:
    targets: list[str | None] = []
    reason = reason_of(lambda: targets.append(next_address("http://a.example/", status, location)))
    assert reason is (Reason.OK if targets else Reason.BAD_REDIRECT)
    assert all(target is None or target.startswith(("http://", "https://")) for target in targets)


def hops(*urls: str) -> Sequence[Hop]:
    return [Hop(url=url, status=302) for url in urls]


def test_a_page_may_lead_to_itself_once_because_it_may_set_a_cookie() -> None:
    check_chain(hops("a"), "a", limit=8)
    with pytest.raises(Permanent) as problem:
        check_chain(hops("a", "a"), "a", limit=8)
    assert problem.value.reason is Reason.REDIRECT_LOOP


def test_more_redirects_than_the_limit() -> None:
    check_chain(hops("a", "b"), "c", limit=2)
    with pytest.raises(Permanent) as problem:
        check_chain(hops("a", "b", "c"), "d", limit=2)
    assert problem.value.reason is Reason.TOO_MANY_REDIRECTS


# opt-outs


@pytest.mark.parametrize(
    ("headers", "notes"),
    [
        ({}, ()),
        ({"x-robots-tag": "noai, noimageai"}, ("opt-out:noai", "opt-out:noimageai")),
        ({"x-robots-tag": "NOINDEX"}, ("opt-out:noindex",)),
        ({"x-robots-tag": "googlebot: noindex"}, ()),
        ({"x-robots-tag": "googlebot: noindex, nofollow, warraq: noarchive"}, ("opt-out:noarchive",)),
        ({"x-robots-tag": "unavailable_after: 25 Jun 2030 15:00:00 GMT, noai"}, ("opt-out:noai",)),
        ({"x-robots-tag": "max-snippet: 20, all"}, ()),
        ({"tdm-reservation": "1"}, ("opt-out:tdm",)),
        ({"tdm-reservation": "0"}, ()),
    ],
)
def test_what_a_page_asks_not_to_be_done_is_noted(headers: dict[str, str], notes: tuple[str, ...]) -> None:
    assert optouts(headers, "warraq") == notes


# sniffing


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        (b"<!DOCTYPE html>", "markup"),
        (b"\xef\xbb\xbf \r\n<?xml version='1.0'?>", "markup"),
        (b'{"version": 1}', "markup"),
        (b"junk before <HTML>", "markup"),
        ("<html>".encode("utf-16"), "markup"),
        ("<html><body>".encode("utf-16-be"), "markup"),
        ("كلام بالعربية".encode("windows-1256"), "text"),
        ("中文".encode("gb18030"), "text"),
        (b"BMW presents", "text"),
        (b"BM\x8a\0\0\0\0\0\0\0", "image/bmp"),
        (b"%PDF-1.4", "application/pdf"),
        (b"\0\0\0\x18ftypmp42", "video/mp4"),
        (bytes(range(32)) * 10, "binary"),
        (b"", "text"),
    ],
)
def test_the_first_bytes_tell(first: bytes, kind: str) -> None:
    assert sniffed(first) == kind


@given(st.binary(max_size=2000), st.text(max_size=50))
def test_any_bytes_are_readable_or_of_the_wrong_type(first: bytes, header: str) -> None:
    assert reason_of(lambda: check_readable(first, header, lambda note: None)) in (Reason.OK, Reason.WRONG_TYPE)


def test_a_content_type_is_read_without_its_parameters() -> None:
    assert content_type_of(" Text/HTML ; charset=x, text/plain") == "text/html"


# robots


def test_the_product_token_is_the_name_before_the_version() -> None:
    assert product_of(AGENT) == "warraq"
    assert product_of("") == "*"


@given(st.binary(max_size=3000))
def test_any_bytes_are_a_robots_file(body: bytes) -> None:
    rules = rules_of(body, AGENT)
    assert rules.allow("http://a.example/robots.txt")
    assert isinstance(rules.allow("http://a.example/page"), bool)
    assert rules.crawl_delay >= 0


def test_a_delay_is_taken_from_our_own_group() -> None:
    body = b"User-agent: *\nCrawl-delay: 9\n\nUser-agent: warraq\nCrawl-delay: 2.5\n"
    assert rules_of(body, AGENT).crawl_delay == 2.5


@pytest.mark.parametrize(
    "body",
    [
        b"".join(b"User-agent: a%d\n" % i for i in range(18_000))
        + b"".join(b"Allow: /%d\n" % i for i in range(18_000)),
        b"User-agent: *\n" + b"Disallow: /*a*b*c*d*e*f$\n" * 20_000,
        b"User-agent: *\n" + b"Disallow: /" + b"*a" * 200_000,
        b"User-agent: *\n" + b"".join(b"Disallow: /*%d*%d\n" % (i, i) for i in range(20_000)),
        b"User-agent: *\nUser-agent: b\n" * 15_000,
    ],
)
def test_a_file_that_is_made_to_be_slow_is_not(body: bytes) -> None:
    began = time.process_time()
    rules = rules_of(body[:512_000], AGENT)
    for i in range(20):
        rules.allow(f"http://a.example/{'abcdef' * 300}{i}")
    assert time.process_time() - began < 5


def test_dates_far_away_are_no_trouble() -> None:
    late = NOW + timedelta(days=3000)
    assert retry_after("Tue, 24 Nov 2026 12:01:30 GMT", late) == LEAST_WAIT


ROBOTS = b"""User-agent: *
Disallow: /

User-agent: Otherbot
User-agent: Warraq
Allow: /a/free
Disallow: /a/
disallow : /a/b/*.html$  # printed pages
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/a/x", "Disallow: /a/"),
        ("/a/b/c.html", "Disallow: /a/b/*.html$"),
        ("/elsewhere", ""),
    ],
)
def test_the_longest_line_of_our_group_that_forbids_a_page_is_named(path: str, line: str) -> None:
    rules = rules_of(ROBOTS, AGENT)
    assert rules.rule_against(f"https://example.com{path}") == line
    assert rules.allow(f"https://example.com{path}") is not bool(line)


def test_without_a_group_for_us_the_line_is_of_the_group_for_everyone() -> None:
    assert rules_of(ROBOTS, "Somebot/1").rule_against("https://example.com/x") == "Disallow: /"


def test_no_line_is_named_of_a_file_with_very_many() -> None:
    body = b"User-agent: *\n" + b"".join(b"Disallow: /%d/*/x\n" % number for number in range(501))
    rules = rules_of(body, AGENT)
    assert not rules.allow("https://example.com/7/a/x")
    assert rules.rule_against("https://example.com/7/a/x") == ""
