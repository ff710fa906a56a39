"""Who wrote it: people, from objects, meta and bylines."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.parser.page_fields import fields, json_ld
from warraq_parser.article.authors.people import people_in
from warraq_parser.article.sitename import SiteNames

NO_NAMES = SiteNames("", "", frozenset(), "")
H1 = "<h1>Parliament passes the budget by one vote</h1>"


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("By Jane Doe and John Roe, Staff Writers", ("Jane Doe", "John Roe")),
        ("Written by Sarah O’Neil | Updated May 3, 2024", ("Sarah O’Neil",)),
        ("Posted on May 3, 2024 by Adi Tzlil", ("Adi Tzlil",)),
        ("Von Max Mustermann und Eva Muster, Berlin", ("Max Mustermann", "Eva Muster")),
        ("Par Jean-Pierre de la Tour", ("Jean-Pierre de la Tour",)),
        ("Por María R. Sahuquillo", ("María R. Sahuquillo",)),
        ("Di Giulia Bianchi", ("Giulia Bianchi",)),
        ("Door Jan de Vries", ("Jan de Vries",)),
        ("Автор: Иван Петров", ("Иван Петров",)),
        ("بقلم: أحمد علي", ("أحمد علي",)),
        ("كتب: محمد علي - القاهرة", ("محمد علي",)),
        ("كتبت - أسماء نصار", ("أسماء نصار",)),
        ("نویسنده: علی رضایی", ("علی رضایی",)),
        ("홍길동 기자", ("홍길동",)),
        ("Jane Doe (Reuters)", ("Jane Doe",)),
        ("Par Nicolas Gutierrez C.", ("Nicolas Gutierrez C.",)),
        ("By Perry Bacon Jr.", ("Perry Bacon Jr.",)),
        ("JANE DOE, BBC News", ("JANE DOE",)),
        ("Walter von Aachen", ("Walter von Aachen",)),
        ("Редактор: Иван Петров", ("Иван Петров",)),
        ("晚報 記者林宸誼／即時報導", ("林宸誼",)),
        ("Gespeichert von Max Muster", ("Max Muster",)),
    ],
)
def test_leads_roles_and_places_are_taken_off(line, people):
    assert people_in((line,), NO_NAMES, shown=True) == people


@pytest.mark.parametrize(
    "nobody",
    [
        "Staff",
        "Redaktion",
        "Redacción",
        "editor",
        "admin",
        "News Desk",
        "فريق التحرير",
        "jane@herald.example",
        "https://www.facebook.com/herald",
        "By",
        "von",
        "",
        "   ",
        "12345",
        "编辑部",
        "undefined",
        "publisher",
        "red.",
        "A budget for all!",
    ],
)
def test_desks_addresses_and_leads_are_nobody(nobody):
    assert people_in((nobody,), NO_NAMES, shown=True) == ()


class TestPlaces:
    @pytest.mark.parametrize(
        ("author", "people"),
        [
            ({"@type": "Person", "name": "Jane Doe"}, ("Jane Doe",)),
            (
                [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "John Roe"}],
                ("Jane Doe", "John Roe"),
            ),
            ("Jane Doe", ("Jane Doe",)),
            (["Jane Doe", ["John Roe"]], ("Jane Doe", "John Roe")),
            ("Jane Doe, dpa", ("Jane Doe", "dpa")),
            ("Developed by Jane Doe", ()),
            ("Jane Doe, John Roe and Mary Major", ("Jane Doe", "John Roe", "Mary Major")),
            ({"@type": "Person", "name": "Carlos Dobkin, PhD"}, ("Carlos Dobkin, PhD",)),
            ({"@type": "Organization", "name": "The Herald"}, ("The Herald",)),
            ({"@type": "Organization", "name": "dpa"}, ("dpa",)),
            ({"@type": "Person", "name": "https://facebook.com/jane"}, ()),
            (7, ()),
            ([[[]]], ()),
            ({"name": {"name": ["Jane Doe"]}}, ("Jane Doe",)),
        ],
    )
    def test_json_ld_authors_of_any_shape(self, author, people):
        node = {"@type": "NewsArticle", "headline": "x", "author": author}
        assert fields(json_ld(json.dumps(node)), H1).authors == people

    def test_a_reference_to_a_person_is_followed(self):
        graph = [
            {"@type": "Article", "headline": "x", "author": {"@id": "#p"}},
            {"@type": "Person", "@id": "#p", "name": "Jane Doe"},
        ]
        assert fields(json_ld(json.dumps({"@graph": graph})), H1).authors == ("Jane Doe",)

    def test_a_facebook_address_in_article_author_is_skipped(self):
        head = '<meta property="article:author" content="https://www.facebook.com/theherald">'
        head += '<meta name="author" content="Jane Doe">'
        assert fields(head, H1).authors == ("Jane Doe",)

    def test_the_site_is_not_its_own_author(self):
        head = (
            '<meta property="og:site_name" content="The Daily Herald"><meta name="author" content="The Daily Herald">'
        )
        assert fields(head, H1).authors == ()

    def test_a_person_may_be_called_like_the_domain(self):
        head = '<meta name="author" content="Daniel Stern">'
        assert fields(head, H1, url="https://www.stern.example/politics/budget").authors == ("Daniel Stern",)
        assert (
            fields(head.replace("Daniel Stern", "stern.example"), H1, url="https://www.stern.example/a").authors == ()
        )

    def test_a_blogger_may_be_called_like_the_blog(self):
        person = json_ld('{"@type":"BlogPosting","headline":"x","author":{"@type":"Person","name":"Jane Doe"}}')
        assert fields('<meta property="og:site_name" content="Jane Doe">' + person, H1).authors == ("Jane Doe",)

    @pytest.mark.parametrize("name", ["The Herald", "herald.example", "東京新聞デジタル", "Acme Agency"])
    def test_an_organisation_signs_where_no_person_does_and_that_is_said(self, name):
        author = {"@type": "Organization", "name": name}
        head = json_ld(json.dumps({"@type": "NewsArticle", "headline": "x", "author": author}))
        found = fields('<meta property="og:site_name" content="The Herald">' + head, H1)
        assert found.authors == (name,)
        assert found.evidence["authors"].confidence <= 0.5
        assert [one.why for one in found.candidates if one.field == "authors"] == [
            "an organisation: no person is named"
        ]

    def test_a_person_is_named_before_the_organisation_that_the_object_names(self):
        head = json_ld('{"@type":"NewsArticle","headline":"x","author":{"@type":"Organization","name":"The Herald"}}')
        assert fields(head, f"{H1}<p>By Jane Doe</p>").authors == ("Jane Doe",)

    @pytest.mark.parametrize(
        "role",
        [
            "Staff",
            "Herald Staff",
            "News",
            "red.",
            "Cairo - The Herald",
            "Redaktion",
            "admin",
            "https://fb.example/herald",
            "7",
        ],
    )
    def test_a_desk_or_address_signs_for_nobody(self, role):
        head = json_ld(json.dumps({"@type": "NewsArticle", "headline": "x", "author": {"name": role}}))
        assert fields(head, H1).authors == ()

    def test_a_writer_whose_site_bears_the_name_is_named_by_meta(self):
        head = '<meta property="og:site_name" content="Jane Doe"><meta name="author" content="Jane Doe">'
        assert fields(head, H1).authors == ("Jane Doe",)

    @pytest.mark.parametrize(
        "byline",
        [
            "<a rel='author' href='/a'>Jane Doe</a>",
            "<p>By <a href='/authors/jane'>Jane Doe</a></p>",
            "<div class='byline'><span>13 May 2024</span><span>Jane Doe</span></div>",
            "<div class='article-author'><div class='name'>Jane Doe</div><div>Political correspondent</div></div>",
            "<p>13.05.2024 | 13:10 Uhr | Jane Doe</p>",
            "<div><a href='/authors/jane-doe'><img src='j.jpg'><span>Jane Doe</span></a></div>",
            "<div class='blog_author-box'><b>Jane Doe</b><p>Jane Doe has written about parliaments for twenty "
            "years, first from Berlin and then from Vienna, where she lives with two cats.</p></div>",
            "<div class='author-job'>Chief Correspondent, B.A. History</div><div class='author'>Jane Doe</div>",
            "<div class='author__wrap'><p>Auteur : Jane Doe</p></div>",
            "<b>Von:</b> <br> <br> Jane Doe",
        ],
    )
    def test_bylines_on_the_page(self, byline):
        assert fields("", f"{H1}{byline}").authors == ("Jane Doe",)

    @pytest.mark.parametrize(
        ("line", "person"),
        [
            ("Autorka: Anna Nowak", "Anna Nowak"),
            ("Yazar: Ayşe Demir", "Ayşe Demir"),
            ("Teksti: Matti Virtanen", "Matti Virtanen"),
            ("Scris de Ion Popescu", "Ion Popescu"),
            ("A cura di Giulia Bianchi", "Giulia Bianchi"),
            ("Propos recueillis par Jean Dupont", "Jean Dupont"),
            ("Ein Bericht von Max Muster", "Max Muster"),
            ("Skrevet af Lars Hansen", "Lars Hansen"),
            ("Napsal Jan Novák", "Jan Novák"),
            ("Текст: Иван Петров", "Иван Петров"),
            ("تقرير: أحمد علي", "أحمد علي"),
            ("来源：新华网 作者：王小明", "王小明"),
            ("文・山田太郎", "山田太郎"),
            ("Reporting by Jane Doe", "Jane Doe"),
        ],
    )
    def test_bylines_in_many_languages(self, line, person):
        assert fields("", f"{H1}<p>{line}</p><p>x</p>").authors == (person,)

    def test_the_card_of_an_author_may_hold_a_single_name(self):
        card = "<span class='author vcard'>by <a class='url fn n' href='/a'>uriebe</a></span>"
        assert fields("", H1 + card).authors == ("uriebe",)

    def test_where_the_site_signs_the_authors_of_other_stories_are_not_taken(self):
        head = '<meta property="og:site_name" content="Nordblick">'
        others = "<ul><li><span class='author'>Jane Doe</span></li><li><span class='author'>John Roe</span></li></ul>"
        assert fields(head, f"{H1}<p><span class='author'>Nordblick</span></p>{others}").authors == ("Nordblick",)

    def test_the_one_author_who_is_linked_on_the_page_is_taken_though_beside_the_text(self):
        beside = "<aside><p><a rel='author' href='/authors/jane'>Jane Doe</a></p></aside>"
        assert fields("", f"{H1}<p>x</p>{beside}").authors == ("Jane Doe",)

    @pytest.mark.parametrize(
        "line",
        [
            "<div>By <b>the members of the great choir</b> <p>Addressed to</p> <b>Jane Doe</b></div>",
            "<div class='dropdown'><p>By Use Case</p></div>",
            "<p>By popular demand</p>",
        ],
    )
    def test_a_by_that_leads_to_others_names_nobody(self, line):
        assert fields("", f"{H1}<p>x</p>{line}").authors == ()

    def test_the_author_of_a_comment_or_related_story_is_not_ours(self):
        body = f"{H1}<p>text</p><div class='related'><p class='author'>By Jane Doe</p></div>"
        body += "<div class='comment'><b class='author'>John Roe</b></div>"
        assert fields("", body).authors == ()

    def test_a_chinese_reporter_is_named_in_the_text(self):
        body = "<h1>發票千萬獎開出</h1><p>〔記者巫其倫／台北報導〕財政部今天公布</p>"
        assert fields("", body, text="財政部今天公布發票中獎清冊").authors == ("巫其倫",)


@given(st.lists(st.text(max_size=80), max_size=4), st.booleans())
def test_no_text_raises_and_names_are_short_lines(texts, shown):
    for name in people_in(texts, NO_NAMES, shown=shown):
        assert 1 < len(name) <= 60
        assert "\n" not in name


@pytest.mark.parametrize("sign", ["/", " and ", ", "])
def test_two_full_names_in_bold_below_the_standfirst_are_the_authors(sign):
    standfirst = "<p><em>…the vote was closer </em><em>than anyone in the house had expected</em></p>"
    text = "<p>Parliament passed the budget on Monday after a debate of nine hours, by one vote.</p>" * 3
    page = f"{H1}<div>{standfirst}<p><strong>Jane Doe{sign}Mary Roe</strong></p>{text}</div>"
    assert fields(page).authors == ("Jane Doe", "Mary Roe")


def test_words_in_bold_before_the_text_are_no_author():
    text = "<p>Parliament passed the budget on Monday after a debate of nine hours, by one vote.</p>" * 3
    assert fields(f"{H1}<div><p><strong>What the vote means</strong></p>{text}</div>").authors == ()
