"""What is told of the weighing of fields: what the places disagree about, and never much."""

from hypothesis import given
from hypothesis import strategies as st

from unit.parser.page_fields import FETCHED_AT
from warraq_parser.article.contested import MOST_LOSERS, TOLD, contested
from warraq_parser.parse import parse
from warraq_parser.rules import read_rules
from warraq_shared.parsed import Candidate, Parsed, ParseInput

URL = "https://news.example/2026/10/30/budget"
TEXT = "".join(
    f"<p>Paragraph {n} of the article has words enough to be taken for text, and a full stop.</p>" for n in range(8)
)


def parsed(head: str, url: str = URL, rules: str = "", headline: str = "Budget passes") -> Parsed:
    page = f"<html><head>{head}</head><body><h1>{headline}</h1><article>{TEXT}</article></body></html>"
    return parse(ParseInput(url=url, body=page.encode(), fetched_at=FETCHED_AT), read_rules(rules) if rules else ())


def of(result: Parsed, name: str) -> list[tuple[bool, str, str]]:
    return [(one.won, one.value, one.origin) for one in result.contested if one.field == name]


def test_a_date_is_told_with_the_dates_that_it_won_over() -> None:
    result = parsed('<meta property="article:published_time" content="2026-10-31T08:00:00+01:00">')
    assert of(result, "published_at") == [
        (True, "2026-10-31T08:00:00+01:00", "meta:article:published_time"),
        (False, "2026-10-30T00:00:00+00:00", "url"),
    ]
    assert next(one.why for one in result.contested if one.origin == "url") == "only the address names a day"


def test_a_date_that_was_not_taken_says_why() -> None:
    head = (
        '<meta property="article:published_time" content="2026-10-31T08:00:00Z">'
        '<meta property="article:modified_time" content="2026-09-01T08:00:00Z">'
    )
    told = [one for one in parsed(head).contested if one.field == "modified_at"]
    assert [(one.won, one.why) for one in told] == [(False, "before the publication")]


def test_what_all_places_agree_about_is_no_news() -> None:
    result = parsed("<title>Budget passes</title>", url="https://news.example/budget")
    assert result.article is not None
    assert result.contested == ()


def test_a_rule_of_the_site_wins_over_what_the_page_says() -> None:
    rules = """
[[site]]
host = "news.example"
valid_from = 2020-01-01
fields = { title = "h2.real" }
"""
    result = parsed("", rules=rules, headline='Budget passes</h1><h2 class="real">The ruled headline</h2>')
    assert of(result, "title") == [(True, "The ruled headline", "rule"), (False, "Budget passes", "dom:h1")]


def test_a_page_that_is_no_article_tells_why() -> None:
    links = "".join(
        f'<li><a href="/2026/10/30/story-{n}">A headline of a story, number {n}</a></li>' for n in range(30)
    )
    result = parse(ParseInput(url="https://news.example/", body=f"<ul>{links}</ul>".encode(), fetched_at=FETCHED_AT))
    assert result.article is None
    assert result.because


_CANDIDATES = st.builds(
    Candidate,
    field=st.sampled_from([*TOLD, "language"]),
    value=st.text(max_size=400),
    origin=st.just("meta"),
    confidence=st.floats(0, 1),
    won=st.booleans(),
    why=st.text(max_size=400),
)


@given(st.lists(_CANDIDATES, max_size=60))
def test_whatever_was_weighed_little_is_told(candidates: list[Candidate]) -> None:
    by_field = sorted(candidates, key=lambda one: one.field)
    told = contested(by_field)
    assert all(len(one.value) <= 120 for one in told)
    for name in TOLD:
        assert sum(1 for one in told if one.field == name and not one.won) <= MOST_LOSERS
