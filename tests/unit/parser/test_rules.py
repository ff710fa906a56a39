# ruff: noqa: E501 (a page, unbroken)
"""Site rules: read with errors that point at the place, applied, tried on saved pages."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from warraq_parser.parse import parse
from warraq_parser.rules import RuleProblem, read_rules, rules_for
from warraq_parser.rules_trial import report_lines, try_rules
from warraq_parser.saved_pages import saved_pages
from warraq_shared.article import Article
from warraq_shared.errors import NotFound
from warraq_shared.parsed import ParseInput

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://news.example/sport/a"
TEXT = "".join(
    f"<p>Paragraph {n} of the article has enough words to be taken for text, and a full stop.</p>" for n in range(6)
)
PAGE = (
    f'<html><head><link rel="canonical" href="{URL}"></head><body><div class="kicker">Football</div><h1>Not this one</h1>'
    '<h2 class="headline">The real headline</h2><div class="by"><i>By Jo Doe</i><i>Ann Bell</i></div>'
    '<span class="when" data-at="x">24 November 2026, 10:13</span>'
    f'<div class="box"><p>Somewhere else on the page is another text that is long enough to be taken.</p></div>'
    f'<div id="story">{TEXT}<p class="promo">Subscribe to our newsletter and read everything for one euro a month.</p></div></body></html>'
)
RULES = """
[[site]]
host = "news.example"
path = "/sport/*"
valid_from = 2026-01-01
valid_until = 2027-01-01
body = "#story"
remove = [".promo"]

[site.fields]
title = [".nowhere", "h2.headline"]
authors = "//div[@class='by']/i"
section = "div.kicker"
published_at = ".when"
"""


def ruled(rules: str = RULES, html: str = PAGE, url: str = URL) -> Article:
    result = parse(ParseInput(url=url, body=html.encode(), fetched_at=NOW), read_rules(rules))
    assert result.article is not None, result
    return result.article


def test_what_a_rule_names_counts_and_says_so() -> None:
    article = ruled()
    assert article.title == "The real headline"
    assert article.authors == ("Jo Doe", "Ann Bell")
    assert article.section == "Football"
    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2026-11-24"
    assert article.evidence["title"].origin == "rule"


def test_the_body_is_what_the_rule_names_without_what_it_removes() -> None:
    text = ruled().text
    assert text.startswith("Paragraph 0")
    assert text.count("Paragraph") == 6
    assert "Subscribe" not in text
    assert "Somewhere else" not in text


def test_a_body_may_be_several_elements() -> None:
    html = PAGE.replace(
        "<p>Paragraph 3", '</div><aside>Something else that is in between.</aside><div class="more"><p>Paragraph 3'
    )
    text = ruled(RULES.replace('"#story"', '"#story, .more"'), html).text
    assert [line[:11] for line in text.splitlines()] == [f"Paragraph {n}" for n in range(6)]


def test_a_body_that_no_algorithm_would_choose_is_read_whole() -> None:
    html = PAGE.replace(
        "<p>Paragraph 0", "<span>A short text that nobody would choose for a body.</span><p>Paragraph 0"
    )
    rules = RULES.replace('"#story"', '"#story > span"')
    assert ruled(rules, html).text == "A short text that nobody would choose for a body."


def test_a_rule_that_finds_nothing_leaves_the_field_and_is_remarked() -> None:
    rules = RULES.replace('section = "div.kicker"', 'section = "div.missing"')
    result = parse(ParseInput(url=URL, body=PAGE.encode(), fetched_at=NOW), read_rules(rules))
    assert "rule-missed:section" in result.notes
    assert result.article is not None
    assert result.article.title == "The real headline"


@pytest.mark.parametrize(
    ("url", "moment", "applies"),
    [
        (URL, NOW, True),
        ("https://news.example/economy/a", NOW, False),
        ("https://www.news.example/sport/a", NOW, False),
        (URL, datetime(2025, 12, 31, 23, tzinfo=UTC), False),
        (URL, datetime(2026, 1, 1, tzinfo=UTC), True),
        (URL, datetime(2027, 1, 1, tzinfo=UTC), False),
    ],
)
def test_rules_hold_for_their_host_path_and_time(url: str, moment: datetime, applies: bool) -> None:
    assert (rules_for(read_rules(RULES), url, moment) is not None) == applies


def test_a_star_stands_for_the_subdomains() -> None:
    rules = read_rules('[[site]]\nhost = "*.news.example"\nbody = "main"')
    assert rules_for(rules, "https://ar.news.example/x", NOW)
    assert not rules_for(rules, "https://fakenews.example/x", NOW)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[site]\nhost=", "line 1"),
        ("title = 'h1'", r"\[\[site\]\]"),
        ('[[site]]\nhost = "a.example"', "line 1.*says nothing"),
        ('[[site]]\nbody = "p"', r"line 1, host: a text is required"),
        ('[[site]]\nhost = "https://a.example"\nbody = "p"', "line 2, host.*not a host"),
        ('[[site]]\nhost = "a.example"\nbdy = "p"', "line 3, bdy.*did you mean body"),
        ('[[site]]\nhost = "a.example"\n[site.fields]\ntitel = "h1"', "line 4, titel.*did you mean title"),
        ('[[site]]\nhost = "a.example"\n[site.fields]\ntitle = "h1["', "line 4, title.*no selector"),
        ('[[site]]\nhost = "a.example"\n[site.fields]\ntitle = "//h1["', "line 4, title.*no selector"),
        ('[[site]]\nhost = "a.example"\n[site.fields]\ntitle = "//h1[foo()]"', "line 4, title.*no selector"),
        ('[[site]]\nhost = "a.example"\n[site.fields]\ntitle = 3', "line 4, title.*selector is a text"),
        ('[[site]]\nhost = "a.example"\nvalid_from = "soon"\nbody = "p"', "line 3, valid_from.*not a date"),
        ('[[site]]\nhost = "a.example"\nbody = "p"\n\n[[site]]\nhost = "b.example"\nboody = "p"', "line 7, boody"),
    ],
)
def test_a_mistake_in_a_rule_file_is_pointed_at(text: str, says: str) -> None:
    with pytest.raises(RuleProblem, match=f"(?s){says}"):
        read_rules(text)


def test_rules_are_tried_on_saved_pages_field_by_field(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.html").write_text(PAGE.replace("kicker", "other").replace(URL, "https://news.example/sport/b"))
    (tmp_path / "c.html").write_text("<p>A page that does not say where it is from.</p>")
    trial = try_rules(read_rules(RULES), saved_pages(tmp_path), NOW)
    assert trial.accepted
    assert trial.unmatched == ("c.html",)
    section = trial.sites[0].fields["section"]
    assert (section.pages, section.found, section.example, section.missed) == (2, 1, "Football", ["b.html"])
    report = "\n".join(report_lines(trial))
    assert "1 page that no rule is for: c.html" in report
    assert "some section" in report
    assert "not on b.html" in report


def test_rules_that_find_nothing_are_not_accepted(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    trial = try_rules(read_rules(RULES.replace("h2.headline", "h2.gone")), saved_pages(tmp_path), NOW)
    assert not trial.accepted
    assert "NONE title" in "\n".join(report_lines(trial))
    assert not try_rules(read_rules(RULES.replace("news.example", "x.example")), saved_pages(tmp_path), NOW).accepted


def test_a_folder_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        list(saved_pages(tmp_path / "nowhere"))


def test_whose_rules_they_are_is_told_with_what_they_find() -> None:
    rules = read_rules(RULES, origin="rule of source Example News")
    result = parse(ParseInput(url=URL, body=PAGE.encode(), fetched_at=NOW), rules)
    assert result.article is not None
    assert result.article.evidence["title"].origin == "rule of source Example News"
    assert [one.value for one in result.contested if one.won and one.origin == "rule of source Example News"]
