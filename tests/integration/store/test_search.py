"""Search on both databases: what is stored is found again, however it is spelled."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlmodel import col, delete, select

from warraq_shared.article import Article as ArticleValue
from warraq_shared.article import Paragraph
from warraq_shared.errors import UsageProblem, WarraqError
from warraq_store.articles import shelf
from warraq_store.articles.articles import Incoming
from warraq_store.database import reading, writing
from warraq_store.filters import Filter
from warraq_store.search import index, postgres
from warraq_store.search.find import find
from warraq_store.search.query import understand
from warraq_store.tables import Article, Source

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def put(engine: Engine, name: str, body: str, minute: int = 0, source_id: int | None = None, **fields: Any) -> None:
    value = ArticleValue.model_validate(
        {
            "url": f"https://example.com/{name}",
            "title": name,
            "blocks": [Paragraph(text=line) for line in body.splitlines()],
            "fingerprint": hashlib.sha256(body.encode()).hexdigest(),
            "published_at": NOW,
            **fields,
        }
    )
    with writing(engine) as session:
        shelf.put(session, [Incoming(value, value.url, source_id, NOW + timedelta(minutes=minute))], NOW)


def names(engine: Engine, query: str, **chosen: Any) -> list[str]:
    with reading(engine) as session:
        found = find(session, understand(query), Filter(**chosen), NOW)
        urls = dict(session.exec(select(Article.id, Article.url)).all())
    return [urls[hit.article_id].rpartition("/")[2] for hit in found.hits]


def found(engine: Engine, query: str, **chosen: Any) -> set[str]:
    return set(names(engine, query, **chosen))


@pytest.mark.parametrize(
    ("body", "query"),
    [
        ("زارَ أحمدُ المُستشفى", "احمد المستشفى"),
        ("زار احمد المستشفى", "أحمَد"),
        ("في المـــدينة", "المدينة"),
        ("مدرسة كبيرة", "المدرسه"),
        ("والانتخابات المقبلة", "انتخابات"),
        ("قال ومحمدٌ حاضر", "محمد"),
        ("السفر لبيروت", "بيروت"),
        ("لقاء وزير", "الوزير"),
        ("عام ٢٠٢٦", "2026"),
        ("سال ۲۰۲۶", "٢٠٢٦"),
        ("in 2026", "۲۰۲۶"),
        ("کتاب می‌خواند", "كتاب ميخواند"),
        ("قال مسؤول كبير", "مسئول"),
        ("وزارة الشئون الاجتماعية", "للشؤون"),
        ("المستشفيات الكبيرة", "المستشف*"),
        ("والمستشفى الكبير", "مستشف*"),
        ("الماء", "\u200fالماء"),
    ],
)
def test_spellings_of_one_word_find_each_other(engine: Engine, body: str, query: str) -> None:
    put(engine, "a", body, language="fa" if "می" in body else "ar" if body[0] > "z" else "en")
    assert found(engine, query) == {"a"}


@pytest.mark.parametrize(
    ("language", "body", "query"),
    [
        ("en", "The elections were running late", "election run"),
        ("fr", "Les élections nationales", "election national"),
        ("de", "Die Häuser der Stadt", "hauser"),
        ("de", "Mueller aus Köln in der Großen Straße", "müller koeln grosse strasse"),
        ("de", "Der Preis des Wassers: Wasserpreise", "wasserpreise*"),
        ("de", "Das sei „eine schwierige Lage“, hieß es", "„schwierige Lage“"),
        ("ru", "Выборы прошли в городах", "город"),
        ("ru", "Алексей Фёдоров заявил о «росте цен»", "федоров «рост цен»"),
        ("uk", "П'ять об'єктів", "пʼять об’єктів"),
        ("he", 'דובר צה"ל מסר', 'צה"ל'),
        ("he", "דובר צה״ל מסר", '"צה"ל מסר"'),
        ("tr", "İstanbul ve Iğdır", "istanbul igdir"),
        ("ja", "東京都知事選挙の結果", "知事選挙"),
        ("zh", "北京市政府宣布新政策", "市政府"),
        ("zh", "北京市政府宣布新政策", "京"),
        ("zh", "他去了北京。", "京"),
        ("zh", "自２０２６年起实施５Ｇ网络用户", "2026年 5g网络"),
        ("zh", "专家认为“阶梯水价”有助于节水", "「阶梯水价」 title：a －上海"),
        ("ja", "ガソリン価格", "ｶﾞｿﾘﾝ"),
        ("th", "การเลือกตั้งในกรุงเทพ", "กรุงเทพ"),
        ("hi", "भारत में चुनाव के नतीजे", "चुनाव"),
        ("ko", "서울에서 열린 회의를", "회의 서울"),
    ],
)
def test_each_language_is_found_by_its_words(engine: Engine, language: str, body: str, query: str) -> None:
    put(engine, "a", body, language=language)
    put(engine, "noise", "nothing of that kind is here", language="en")
    assert found(engine, query) == {"a"}


def test_phrases_minus_prefixes_and_parts(engine: Engine) -> None:
    put(engine, "a", "the prime minister spoke of water", authors=["Layla Haddad"], tags=["water"], language="en")
    put(engine, "b", "the minister of prime numbers", title="Numbers rule", authors=["Omar Nasser"], language="en")
    assert found(engine, "prime minister") == {"a", "b"}
    assert found(engine, '"prime minister"') == {"a"}
    assert found(engine, "“prime minister”") == {"a"}
    assert found(engine, "minister -water") == {"b"}
    assert found(engine, 'minister -"prime minister"') == {"b"}
    assert found(engine, "title:numbers") == {"b"}
    assert found(engine, "text:rule") == set()
    assert found(engine, 'author:"layla haddad"') == {"a"}
    assert found(engine, "tag:water minister") == {"a"}
    assert found(engine, "minister -author:omar") == {"a"}
    assert found(engine, "num*") == {"b"}
    assert found(engine, '"prime minister') == {"a"}


def test_no_phrase_reaches_from_the_title_into_the_text(engine: Engine) -> None:
    put(engine, "a", "minister resigns", title="The prime", language="en")
    assert found(engine, '"prime minister"') == set()


def test_filters_narrow_a_search(engine: Engine) -> None:
    with writing(engine) as session:
        session.add(Source(id=7, name="Example News", url="https://example.com/", site="example.com", created_at=NOW))
    put(engine, "en", "water", language="en", published_at=NOW - timedelta(days=9), source_id=7)
    put(engine, "ar", "water", language="ar")
    assert found(engine, "water", language="ar") == {"ar"}
    assert found(engine, "water lang:en") == {"en"}
    assert found(engine, "water -lang:en") == {"ar"}
    assert found(engine, 'water source:"Example News"') == {"en"}
    assert found(engine, "water", source="Example News") == {"en"}
    assert found(engine, 'water -source:"Example News"') == {"ar"}
    assert found(engine, "water site:example.com") == {"en", "ar"}
    assert found(engine, "water", since=NOW - timedelta(days=1)) == {"ar"}
    assert found(engine, "water", until=NOW - timedelta(days=1)) == {"en"}
    assert found(engine, "water", changed_since=NOW + timedelta(seconds=1)) == set()


def test_the_title_counts_more_than_the_text_and_the_new_more_than_the_old(engine: Engine) -> None:
    for number in range(12):
        put(engine, f"other {number}", "nothing of the kind", language="en")
    put(engine, "text", "river " + "word " * 30, title="Other", language="en")
    put(engine, "title", "word " * 31, title="River", language="en")
    put(engine, "old", "word " * 31, title="River", language="en", published_at=NOW - timedelta(days=90))
    assert names(engine, "river") == ["title", "old", "text"]


def test_a_changed_text_is_found_by_its_new_words_only(engine: Engine) -> None:
    put(engine, "a", "first words", language="en")
    put(engine, "a", "second version", 1, language="en")
    assert found(engine, "first") == set()
    assert found(engine, "second") == {"a"}


def test_what_is_deleted_leaves_the_index(engine: Engine) -> None:
    put(engine, "a", "some words")
    with writing(engine) as session:
        session.exec(delete(Article).where(col(Article.url) == "https://example.com/a"))
    assert found(engine, "words") == set()
    with reading(engine) as session:
        if engine.dialect.name == "sqlite":
            assert session.execute(text("SELECT count(*) FROM search_words")).scalar_one() == 0


def test_articles_of_an_older_database_are_taken_into_the_index(engine: Engine) -> None:
    put(engine, "a", "some words")
    with writing(engine) as session:
        session.execute(text("DELETE FROM search_entry"))
    assert found(engine, "words") == set()
    with writing(engine) as session:
        assert index.catch_up(session) == 1
    with writing(engine) as session:
        assert index.catch_up(session) == 0
    assert found(engine, "words") == {"a"}


def test_hostile_words_are_words(engine: Engine) -> None:
    put(engine, "a", "O'Brien said \"NEAR\" AND OR NOT * (x) :y & | ! <-> \\ ' '' ; DROP TABLE article", title="t'--")
    for query in ("O'Brien", '"NEAR AND OR NOT"', "a'b", "* said", "t'--", "near:x said", ":y", "'\\' y"):
        assert found(engine, query) in ({"a"}, set())
    for query in ('"', "-said", "*", "title:'", '-"x y"'):
        with pytest.raises(UsageProblem, match="at least one word"):
            understand(query)
    assert found(engine, "o'brien drop") == {"a"}


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_search_that_takes_too_long_is_ended_and_says_so(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "_FOR_SEARCHES", text("SELECT set_config('statement_timeout', '50ms', true)"))
    search = postgres.wanted(understand("water"), [None], [])
    with engine.begin() as holding, reading(engine) as session:
        holding.execute(text("LOCK TABLE search_entry IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(WarraqError, match="took longer than"):
            postgres.newest(session, search, 10)
