"""The headline: the right one, without the site's name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.parser.page_fields import fields, json_ld
from warraq_parser.article.titles.title_parts import title_affixes
from warraq_shared.parsed import ItemHints, SiteProfile

SITE = '<meta property="og:site_name" content="{}">'


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("Parliament passes budget - The Herald", "The Herald"),
        ("The Herald | Parliament passes budget", "The Herald"),
        ("Parliament passes budget :: Politics :: The Herald", "The Herald"),
        ("Parliament passes budget « The Herald", "The Herald"),
        ("Parliament passes budget – News – The Herald", "The Herald"),
    ],
)
def test_the_sites_name_goes_from_either_end(title, site):
    found = fields(f"<title>{title}</title>{SITE.format(site)}", "<p>text</p>")
    assert found.title in (
        "Parliament passes budget",
        "Parliament passes budget :: Politics",
        "Parliament passes budget – News",
    )


@pytest.mark.parametrize(
    ("title", "site", "expected"),
    [
        ("وزارة الطاقة توقّع اتفاقية - اليوم السابع", "اليوم السابع", "وزارة الطاقة توقّع اتفاقية"),
        ("صحيفة الواحة | وزارة الطاقة توقّع اتفاقية", "صحيفة الواحة", "وزارة الطاقة توقّع اتفاقية"),
        ("武汉的声音：有英雄的城！-新华网", "", "武汉的声音：有英雄的城！"),
    ],
)
def test_arabic_and_chinese_names_go_too(title, site, expected):
    assert fields(f"<title>{title}</title>{SITE.format(site)}", "<p>نص</p>").title == expected


def test_a_dash_in_the_headline_stays():
    assert fields("<title>Berlin - eine Stadt im Wandel</title>", "<p>x</p>").title == "Berlin - eine Stadt im Wandel"


def test_the_domain_is_a_name_as_people_write_it():
    found = fields("<title>A long winter ahead - Daily-Herald.com</title>", "", url="https://www.dailyherald.com/a")
    assert found.title == "A long winter ahead"


def test_learned_affixes_go_only_when_learned_from_enough_pages():
    head = "<title>A long winter ahead - Nordblick am Abend</title>"
    learned = SiteProfile(site="x", pages=6, title_affixes={"Nordblick am Abend": 6})
    early = SiteProfile(site="x", pages=6, title_affixes={"Nordblick am Abend": 1})
    assert fields(head, "", profile=learned).title == "A long winter ahead"
    assert fields(head, "", profile=early).title == "A long winter ahead - Nordblick am Abend"


def test_a_logo_in_an_h1_is_not_the_headline():
    body = '<h1 class="logo"><a href="/">The Herald</a></h1><h1>Parliament passes the budget</h1>'
    assert fields("<title>Parliament passes the budget</title>", body).title == "Parliament passes the budget"


def test_of_several_h1_the_one_that_the_page_is_called_by():
    body = "<h1>Subscribe to our newsletter today</h1><h1>Parliament passes the budget</h1><h1>Most read stories</h1>"
    assert fields("<title>Parliament passes the budget | Herald</title>", body).title == "Parliament passes the budget"


def test_what_readers_see_wins_over_the_version_for_search_engines():
    head = '<meta property="og:title" content="Budget 2024: what you need to know now">'
    body = "<h1>Parliament passes the budget, and nobody is happy about it</h1>"
    assert fields(head, body).title == "Parliament passes the budget, and nobody is happy about it"


def test_a_kicker_inside_the_heading_is_left_out():
    body = '<h1><span class="kicker">Budget</span> <span>Parliament passes it by one vote</span></h1>'
    assert fields("", body).title == "Parliament passes it by one vote"


def test_what_follows_the_headline_in_its_heading_is_left_out_where_the_head_knows():
    heading = "<h1>Graduates find that degrees open no doors <small>Posted on July 1 by jane</small></h1>"
    head = '<meta property="og:title" content="Graduates find that degrees open no doors">'
    assert fields(head, heading).title == "Graduates find that degrees open no doors"
    assert fields("", heading).title == "Graduates find that degrees open no doors Posted on July 1 by jane"


def test_half_a_sentence_is_no_headline_though_the_head_calls_the_page_so():
    head = json_ld('{"@type":"WebPage","name":"Budget Session Cost"}')
    body = "<h1>How much does a budget session <i>cost</i>? Budget Session Cost explained</h1>"
    assert fields(head, body).title.startswith("How much does a budget session cost?")


@pytest.mark.parametrize(
    ("title", "section"),
    [("Gardens feed a village in the hills | District", "District"), ("마을을 먹여 살리는 언덕의 정원-정치", "정치")],
)
def test_the_name_of_the_section_goes_too(title, section):
    head = f'<meta property="og:title" content="{title}"><meta property="article:section" content="{section}">'
    assert fields(head, "<p>x</p>").title == title[: -len(section)].rstrip(" |-")


def test_a_lesser_heading_that_begins_the_pages_title_is_the_headline():
    head = "<title>What people love about rain | Weather notes</title>"
    head += '<meta property="og:title" content="What people love about rain | Weather notes">'
    body = "<h2>What people love about rain</h2><p>x</p><h1>Umbrellas, colours and the sense of being alone</h1>"
    assert fields(head, body).title == "What people love about rain"


def test_a_headline_may_begin_with_the_name_of_the_site():
    found = fields("<title>Herald wins two prizes</title>", "<p>x</p>", url="https://www.herald.example/a")
    assert found.title == "Herald wins two prizes"


def test_a_copy_in_a_web_archive_belongs_to_its_own_site():
    url = "https://archive.example/web/20140226054445/http://www.nordblick.example/2013/08/winter"
    body = "<h1>Nordblick</h1><h2>A long winter ahead of us</h2>"
    assert fields("<title>Nordblick » A long winter ahead of us</title>", body, url=url).title.startswith(
        "A long winter"
    )


def test_the_sign_between_kicker_and_headline_goes_with_the_kicker():
    heading = "<h1><span class='overline'>Budget</span><i> - </i><span>«Nobody wanted this to fail»</span></h1>"
    assert fields("", heading).title == "«Nobody wanted this to fail»"


def test_quotes_stay_as_on_the_page():
    assert fields("", "<h1>طهران تدفن «زادة».. وتتهم المعارضة</h1>").title == "طهران تدفن «زادة».. وتتهم المعارضة"


def test_words_of_two_elements_do_not_run_together():
    assert fields("", "<h1>Budget<br>passes by <b>one</b> vote</h1>").title == "Budget passes by one vote"


def test_without_any_heading_the_feed_knows_the_title():
    assert fields("", "<p>x</p>", hints=ItemHints(title="What the feed says")).title == "What the feed says"


def test_the_evidence_names_the_place_and_every_candidate_has_a_reason():
    found = fields(
        "<title>Budget passes</title>" + json_ld('{"@type":"NewsArticle","headline":"Budget passes"}'),
        "<h1>Budget passes</h1>",
    )
    assert found.evidence["title"].origin == "dom:h1"
    weighed = [candidate for candidate in found.candidates if candidate.field == "title"]
    assert [candidate.won for candidate in weighed] == [True] + [False] * (len(weighed) - 1)
    assert all(candidate.why for candidate in weighed)


def test_affixes_are_what_stands_around_separators():
    assert title_affixes("The Herald | A long title | Politics") == ("The Herald", "Politics")
    assert title_affixes("No separator") == ()


@given(st.text(max_size=120), st.text(max_size=120))
def test_no_title_raises(title, heading):
    found = fields(f"<title>{title}</title>", f"<h1>{heading}</h1>")
    assert found.title is None or "\n" not in found.title
