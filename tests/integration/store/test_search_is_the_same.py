"""What one database finds, the other finds: words, signs and nonsense of every script, asked on both."""

import random
from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import select

from integration.store.test_search import NOW, put
from warraq_shared.errors import UsageProblem
from warraq_store.database import connect, reading
from warraq_store.filters import Filter
from warraq_store.search.find import find, matching
from warraq_store.search.query import Query, understand
from warraq_store.tables import Article

QUERIES = 400
TEXTS = {
    "ar": "قال وزير المياه أحمد الإدريسي إنّ أسعار المـــاء ستُرفَع في ١٥ آذار ٢٠٢٦، وشدّد على «حقّ المواطن» والمسؤولية",
    "fa": "وزیر نیرو گفت قیمت آب در سال ۱۴۰۵ افزایش می‌یابد. کتاب‌های درسی",
    "de": "In München steigen die Preise für Häuser in der Großen Straße; CO₂-Steuer und „eine schwierige Lage“",
    "zh": "北京市政府周一宣布，自２０２６年起实施新的水价政策。专家认为“阶梯水价”有助于节水。iPhone手机和5G网络",
    "ja": "東京都知事選挙の結果。ガソリン価格は１リットル１７０円",
    "ru": "Министр Алексей Фёдоров заявил о «росте цен». Цены на воду выросли на 12,5 %",
    "he": 'דובר צה"ל מסר כי ראש הממשלה ייפגש',
    "hi": "पानी की कीमतें १२ प्रतिशत बढ़ाईं। चुनाव के नतीजे",
    "ko": "서울시가 수도 요금을 인상한다고 밝혔다",
    "th": "รัฐบาลประกาศขึ้นราคาน้ำประปาในกรุงเทพ เมื่อปี ๒๕๖๙",
    "en": "The prime minister said water prices will rise 12% in 2026. O'Brien's café isn't naïve; tags at AT&T",
}
SIGNS = (
    "\" - * : title: author: tag: text: « » “ ” 「 」 \u200f ـ ' \\ | & ! <-> NEAR OR % \x00 🙂 ﷺ ½ ² ( ) a t g".split(
        " "
    )
)
WORDS = [word for text in TEXTS.values() for word in text.split()]


def asked(number: int) -> str:
    """Return a search of words, pieces of words, beginnings and signs."""
    chance = random.Random(number)

    def piece() -> str:
        text = chance.choice(list(TEXTS.values()))
        start = chance.randrange(len(text))
        word = chance.choice(WORDS)
        kinds = [word, word, f"-{word}", f"{word[:3]}*", text[start : start + 5], chance.choice(SIGNS)]
        return chance.choice(kinds)

    return chance.choice(["", " ", " "]).join(piece() for _ in range(chance.randint(1, 3)))


def understood() -> Iterator[Query]:
    for number in range(QUERIES):
        try:
            yield understand(asked(number))
        except UsageProblem:
            continue


@pytest.fixture
def both(sqlite_url: str, postgres_url: str) -> Iterator[tuple[Engine, Engine]]:
    """An SQLite and a PostgreSQL of the same articles."""
    engines = connect(sqlite_url), connect(postgres_url)
    for engine in engines:
        for language, body in TEXTS.items():
            put(engine, language, body, language=language, title=body[:25], authors=[body[-12:]], tags=[body[:9]])
    yield engines
    for engine in engines:
        engine.dispose()


def found(engine: Engine, query: Query) -> list[str]:
    with reading(engine) as session:
        urls = dict(session.exec(select(Article.id, Article.url)).all())
        exported = session.exec(select(Article.url).where(matching(session, query))).all()
        hits = [urls[hit.article_id] for hit in find(session, query, Filter(), NOW).hits]
    assert sorted(hits) == sorted(exported)
    return sorted(hits)


def test_both_databases_find_the_same(both: tuple[Engine, Engine]) -> None:
    sqlite, postgres = both
    brought = 0
    for query in understood():
        here, there = found(sqlite, query), found(postgres, query)
        assert here == there, query
        brought += bool(here)
    assert brought > QUERIES / 5
