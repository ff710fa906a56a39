"""When an article was published and changed: which place is believed, and when none is."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.parser.page_fields import URL, fields, json_ld
from warraq_parser.article.dates.dates import day_order
from warraq_shared.parsed import ItemHints

H1 = "<h1>Parliament passes the budget by one vote</h1>"


def published(*args: str, **kwargs: object) -> str | None:
    found = fields(*args, **kwargs)  # type: ignore[arg-type]
    return found.published_at.isoformat() if found.published_at else None


class TestOrderOfTrust:
    def test_json_ld_is_believed_before_meta_and_text(self):
        head = json_ld('{"@type":"NewsArticle","datePublished":"2024-05-13T06:00:00+04:00"}')
        head += '<meta property="article:published_time" content="2024-05-14T06:00:00Z">'
        found = fields(head, f"{H1}<p class=date>15 May 2024</p>")
        assert found.published_at is not None
        assert found.published_at.isoformat() == "2024-05-13T06:00:00+04:00"
        assert (found.evidence["published_at"].origin, found.evidence["published_at"].precision) == (
            "json-ld",
            "second",
        )

    @pytest.mark.parametrize(
        "name", ["article:published_time", "parsely-pub-date", "DC.date.issued", "sailthru.date", "publishdate", "date"]
    )
    def test_meta_of_many_names(self, name):
        assert published(f'<meta name="{name}" content="2024-05-13">') == "2024-05-13T00:00:00+00:00"

    def test_microdata_and_time_elements(self):
        assert published("", f'{H1}<span itemprop="datePublished" content="2024-05-13T10:00:00Z"></span>') is not None
        assert (
            published("", f'{H1}<time datetime="2024-05-13T10:00:00+02:00">today</time>') == "2024-05-13T10:00:00+02:00"
        )

    def test_what_readers_see_by_the_headline_is_believed_before_a_meta_of_many_meanings(self):
        head = '<meta name="date" content="2024-05-20">'
        assert published(head, f"{H1}<time datetime='2024-05-13'></time>") == "2024-05-13T00:00:00+00:00"

    def test_a_day_among_other_parts_of_a_line_is_read(self):
        line = "<p>⋅ May 13, 2024 ⋅ Send this story by electronic mail ⋅ Print this page ⋅ Leave a comment here</p>"
        assert published("", f"{H1}{line}") == "2024-05-13T00:00:00+00:00"

    def test_text_by_the_headline_names_only_a_day(self):
        found = fields(
            "",
            f"{H1}<div>Berlin, 13. Mai 2024</div>",
            text="Der Bundestag hat das Gesetz mit einer Stimme Mehrheit und nach langer Debatte beschlossen.",
        )
        assert found.published_at == datetime(2024, 5, 13, tzinfo=UTC)
        assert found.evidence["published_at"].precision == "day"

    def test_the_feed_is_asked_where_the_page_is_silent(self):
        hints = ItemHints(published_at=datetime(2024, 5, 13, 9, tzinfo=UTC))
        found = fields("", H1, hints=hints)
        assert found.published_at == hints.published_at
        assert found.evidence["published_at"].origin == "feed"

    def test_the_address_is_last_and_says_so(self):
        found = fields("", H1, url="https://news.example/2024/05/13/budget")
        assert found.published_at == datetime(2024, 5, 13, tzinfo=UTC)
        assert found.evidence["published_at"].origin == "url"
        assert found.evidence["published_at"].confidence <= 0.5

    def test_a_local_time_gets_the_offset_that_makes_it_the_utc_of_another_place(self):
        head = json_ld('{"@type":"NewsArticle","datePublished":"2024-04-25T07:25:06"}')
        head += '<meta property="article:published_time" content="2024-04-24T21:25:06Z">'
        assert published(head) == "2024-04-25T07:25:06+10:00"

    def test_the_only_day_in_the_state_of_a_page_is_taken_and_two_are_not(self):
        state = '<script type="application/json">{"story":{"publishedAt":"2024-05-13T09:00:00Z"%s}}</script>'
        assert published(state % "") == "2024-05-13T09:00:00+00:00"
        assert published(state % ',"next":{"publishedAt":"2024-05-01"}') is None

    def test_a_date_far_from_the_headline_yields_to_the_address(self):
        body = (
            f"{H1}<div><div><div><p>text</p></div></div></div>"
            + "<p>text</p>" * 80
            + "<div class=today-date>14 May 2024</div>"
        )
        found = fields("", body, url="https://news.example/2024/05/13/budget")
        assert found.published_at == datetime(2024, 5, 13, tzinfo=UTC)

    def test_utc_is_written_on_the_day_that_the_address_names(self):
        head = json_ld('{"@type":"NewsArticle","datePublished":"2024-05-14T02:18:11Z"}')
        found = fields(head, H1, url="https://news.example/2024/05/13/budget")
        assert found.published_at == datetime(2024, 5, 14, 2, 18, 11, tzinfo=UTC)
        assert found.published_at.date().isoformat() == "2024-05-13"


class TestRatherNoneThanWrong:
    @pytest.mark.parametrize(
        "body",
        [
            f"{H1}<footer>© 2024 The Herald. Copyright 1 January 2024</footer>",
            f"{H1}<aside class='related'><a href='/x'>Another story</a><time datetime='2024-05-01'></time></aside>",
            f"{H1}<ul><li><a href='/x'>A much longer headline about another story, yes</a> 1 May 2024</li></ul>",
            f"{H1}<figcaption>Soldiers near the town, 24 April 2024</figcaption>",
            f"{H1}<p>On 6 June 2014 the old parliament had voted on another law, which was withdrawn later.</p>",
            f"{H1}<div class='comments'><p>Jane, 14 May 2024</p></div>",
            f"{H1}<p>Founded in 1999, last won in May 2023</p>",
            f"{H1}<dl><dd>Beiträge: 16</dd><dd>Registriert: 18.09.2008, 05:56</dd></dl>",
            "<p>x</p>" + "".join(f"<b itemprop='datePublished' content='2024-05-0{day}'></b>" for day in range(1, 5)),
        ],
    )
    def test_dates_of_other_things_are_not_taken(self, body):
        assert published("", body) is None

    @pytest.mark.parametrize(
        "value", ["2031-01-01", "1970-01-01T00:00:00Z", "1989-12-31", "0000-00-00", "2024-13-45", "yesterday"]
    )
    def test_the_future_and_the_time_before_the_web_are_refused(self, value):
        assert published(f'<meta property="article:published_time" content="{value}">') is None

    def test_tomorrow_is_allowed_for_time_zones(self):
        assert published('<meta property="article:published_time" content="2026-11-25T08:00:00+13:00">') is not None

    def test_a_meta_that_names_the_moment_of_the_request_says_nothing(self):
        assert published('<meta name="date" content="2026-11-24T11:59:30Z">') is None


class TestCountedBack:
    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("3 hours ago", "2026-11-24T09:00:00+00:00"),
            ("vor 5 Stunden", "2026-11-24T07:00:00+00:00"),
            ("منذ ٣ ساعات", "2026-11-24T09:00:00+00:00"),
            ("3小时前", "2026-11-24T09:00:00+00:00"),
            ("2 часа назад", "2026-11-24T10:00:00+00:00"),
            ("5 days ago", "2026-11-19T00:00:00+00:00"),
        ],
    )
    def test_hours_and_days_are_counted_back_from_the_fetch(self, text, moment):
        assert published("", f"{H1}<p>{text}</p>") == moment

    @pytest.mark.parametrize(
        "text", ["for 3 hours", "12 Stunden", "ago", "The war began 3 years and more than 2 days ago"]
    )
    def test_durations_are_no_dates(self, text):
        assert published("", f"{H1}<p>{text}</p>") is None


class TestModified:
    def test_both_dates_are_read(self):
        head = json_ld(
            '{"@type":"NewsArticle","datePublished":"2024-05-13T06:00:00Z","dateModified":"2024-05-13T09:00:00Z"}'
        )
        found = fields(head)
        assert found.modified_at == datetime(2024, 5, 13, 9, tzinfo=UTC)

    def test_a_label_tells_the_last_change_from_the_publication(self):
        body = f"{H1}<p>Published 13 May 2024, 10:00</p><p>Last updated: 14 May 2024, 11:00</p>"
        found = fields("", body)
        assert found.published_at == datetime(2024, 5, 13, 10, tzinfo=UTC)
        assert found.modified_at == datetime(2024, 5, 14, 11, tzinfo=UTC)

    @pytest.mark.parametrize(
        "line",
        [
            "Published: 10:00, 13 May 2024 | Updated: 11:00, 14 May 2024",
            "Publié le 13 mai 2024 à 10h00 - Mis à jour le 14 mai 2024 à 11h00",
            "Updated 11:00 AM, May 14, 2024 | Published 10:00 AM, May 13, 2024",
            "Pubblicato il 13/05/2024 10:00 - Ultimo aggiornamento 14/05/2024 11:00",
        ],
    )
    def test_both_dates_may_stand_in_one_line_each_with_its_own_time(self, line):
        found = fields("", f"{H1}<p>{line}</p>")
        assert found.published_at == datetime(2024, 5, 13, 10, tzinfo=UTC)
        assert found.modified_at == datetime(2024, 5, 14, 11, tzinfo=UTC)

    def test_a_label_may_stand_in_an_element_of_its_own(self):
        found = fields("", f"{H1}<p><span>Last updated</span> <span>14 May 2024</span></p><p>13 May 2024</p>")
        assert found.modified_at == datetime(2024, 5, 14, tzinfo=UTC)
        assert found.published_at == datetime(2024, 5, 13, tzinfo=UTC)

    def test_the_day_of_the_last_change_stays_that_in_the_elements_inside_its_line(self):
        found = fields("", f"{H1}<p><i>Last updated</i> <i>on</i> <span class=date>14 May 2024</span></p>")
        assert found.evidence["published_at"].confidence < 0.5

    def test_where_only_the_last_change_is_dated_that_is_said(self):
        found = fields("", f"{H1}<p>Last updated: 14 May 2024</p>")
        assert found.published_at == found.modified_at == datetime(2024, 5, 14, tzinfo=UTC)
        assert found.evidence["published_at"].confidence < 0.5

    def test_a_change_before_the_publication_is_not_believed(self):
        head = json_ld('{"@type":"NewsArticle","datePublished":"2024-05-13T06:00:00Z","dateModified":"2019-01-01"}')
        assert fields(head).modified_at is None


class TestDayAndMonth:
    def test_the_pages_region_decides(self):
        body = f"{H1}<div class=date>10/03/2024</div>"
        assert published("", body, attributes="lang=en-US") == "2024-10-03T00:00:00+00:00"
        assert published("", body, attributes="lang=en-GB") == "2024-03-10T00:00:00+00:00"

    def test_arabic_digits_are_day_first(self):
        body = "<h1>البرلمان يقر الموازنة بأغلبية صوت واحد</h1><div>١٠/٠٣/٢٠٢٤</div>"
        assert published("", body, text="صوت البرلمان اليوم على الموازنة العامة للدولة") == "2024-03-10T00:00:00+00:00"

    def test_another_place_that_names_the_day_decides(self):
        body = f"{H1}<div class=date>10/03/2024</div>"
        url = "https://news.example/2024/03/10/budget"
        assert published("", body, attributes="lang=en-US", url=url) == "2024-03-10T00:00:00+00:00"

    def test_order_by_language_region_and_host(self):
        assert day_order("de", "", "x.com") == "day-month"
        assert day_order("en", "US", "x.com") == "month-day"
        assert day_order("en", "", "x.co.uk") == "day-month"
        assert day_order("en", "", "x.com") == "unknown"


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_value_raises(value, text):
    found = fields(
        f'<meta property="article:published_time" content="{value}">', f"{H1}<time datetime='{text}'>{text}</time>"
    )
    assert found.published_at is None or found.published_at.tzinfo is not None


def test_the_same_page_gives_the_same_fields():
    assert fields("", f"{H1}<time>13 May 2024</time>", url=URL) == fields("", f"{H1}<time>13 May 2024</time>", url=URL)
