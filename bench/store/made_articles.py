"""Made articles in eight languages, for benches and for trying things out: no line of them is anybody's.

Words follow Zipf's law: a few dozen real words of the news in each language are common, a long tail of made words is
rare. The same seed gives the same articles.
"""

import hashlib
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from warraq_shared.article import Article, Evidence, Heading, Image, ImageBlock, ListBlock, Paragraph, Quote

NEWEST = datetime(2026, 11, 24, 12, tzinfo=UTC)
_TAIL = 20_000
_SITES = 200
_DAYS = 365

_COMMON = {
    "en": "the of to and in a government said water minister prices city people election president court market new "
    "year health police school council energy report crisis river talks company workers border trade elections "
    "ministers budget police growth storm harvest hospital bridge parliament",
    "ar": "في من على إلى الحكومة قال الماء الوزير الأسعار المدينة الناس الانتخابات الرئيس المحكمة السوق جديد العام "
    "الصحة الشرطة المدرسة المجلس الطاقة تقرير أزمة النهر محادثات شركة عمال الحدود التجارة وزارة الموازنة نمو مستشفى",
    "fr": "le de la et les gouvernement eau ministre prix ville élection président tribunal marché année santé police "
    "école conseil énergie rapport crise fleuve entreprise frontière commerce budget hôpital",
    "fa": "در از به و دولت آب وزیر قیمت شهر مردم انتخابات رئیس دادگاه بازار سال سلامت پلیس مدرسه شورا انرژی گزارش",
    "ru": "в на и не правительство вода министр цены город выборы президент суд рынок год здоровье полиция школа совет",
    "es": "de la que el en gobierno agua ministro precios ciudad elección presidente tribunal mercado año salud",
    "tr": "ve bir bu için hükümet su bakan fiyat şehir seçim başkan mahkeme pazar yıl sağlık polis okul meclis enerji",
    "zh": "政府 水 部长 价格 城市 选举 总统 法院 市场 健康 警察 学校 能源 报告 危机 边境 贸易 预算 医院",
}
_SYLLABLES = {
    "en": ("ba", "cor", "den", "fi", "gra", "hol", "lin", "mar", "ne", "pel", "ros", "sta", "tor", "vin", "wel"),
    "ar": ("با", "سر", "دن", "فيل", "كرم", "ثول", "لن", "مار", "نيد", "قد", "روس", "شتا", "تور", "زين", "عمر"),
    "fr": ("bel", "cour", "dé", "fil", "gran", "hau", "lieu", "mon", "né", "pre", "roi", "sain", "tour", "vil"),
    "fa": ("با", "سر", "دن", "فی", "گرا", "هول", "لین", "مار", "نه", "پل", "روس", "چتا", "تور", "ژین"),
    "ru": ("ба", "кор", "ден", "фи", "гра", "хол", "лин", "мар", "не", "пел", "рос", "ста", "тор", "вин"),
    "es": ("ba", "cor", "den", "fi", "gra", "hol", "lin", "mar", "ñe", "pel", "ros", "sta", "tor", "vin"),
    "tr": ("ba", "cor", "den", "fı", "gra", "höl", "lin", "mar", "ne", "pel", "roş", "sta", "tür", "vin"),
    "zh": tuple("东西南北山川河湖海江城镇乡村路桥"),
}
_SHARES = {"en": 40, "ar": 28, "fr": 9, "fa": 6, "ru": 5, "es": 5, "tr": 4, "zh": 3}
_RTL = frozenset({"ar", "fa"})


@dataclass(frozen=True)
class MadeArticle:
    """An article and the number of the source it is of (1 to 200)."""

    article: Article
    source: int


def made_articles(count: int, *, seed: int = 1, words: int = 320) -> Iterator[MadeArticle]:
    """Yield ``count`` articles of about ``words`` words, published over the year before ``NEWEST``, oldest first."""
    vocabularies = {language: Vocabulary(language, seed) for language in _COMMON}
    chance = random.Random(seed)
    languages = chance.choices(list(_SHARES), list(_SHARES.values()), k=count)
    step = timedelta(days=_DAYS) / count
    for number, language in enumerate(languages):
        yield _made(number, vocabularies[language], NEWEST - step * (count - number), chance, words)


class Vocabulary:
    """The words of one language with how often each is said."""

    def __init__(self, language: str, seed: int) -> None:
        self.language = language
        made = random.Random(f"{language}{seed}")
        tail = ("".join(made.choices(_SYLLABLES[language], k=made.randint(2, 5))) for _ in itertools.count())
        self.words = list(dict.fromkeys([*_COMMON[language].split(), *itertools.islice(tail, _TAIL)]))
        self._weights = list(itertools.accumulate(1.0 / (rank + 8) for rank in range(len(self.words))))

    def say(self, chance: random.Random, words: int) -> str:
        """Return ``words`` words in a row."""
        return " ".join(chance.choices(self.words, cum_weights=self._weights, k=words))


def _made(number: int, vocabulary: Vocabulary, published: datetime, chance: random.Random, words: int) -> MadeArticle:
    language = vocabulary.language
    source = chance.randint(1, _SITES)
    url = f"https://news{source}.example.com/{published:%Y/%m/%d}/{number}"
    blocks = _blocks(url, vocabulary, chance, words)
    text = "\n".join(block.text for block in blocks if isinstance(block, Paragraph | Heading | Quote))
    article = Article(
        url=url,
        canonical_url=url,
        site=f"News {source}",
        title=vocabulary.say(chance, chance.randint(5, 11)),
        lead=vocabulary.say(chance, 20),
        blocks=blocks,
        authors=(f"{vocabulary.words[50 + chance.randint(0, 400)]} {vocabulary.words[60 + chance.randint(0, 400)]}",),
        published_at=published,
        language=language,
        direction="rtl" if language in _RTL else "ltr",
        section=vocabulary.words[chance.randint(8, 20)],
        tags=tuple(chance.sample(vocabulary.words[8:60] if len(vocabulary.words) > 60 else vocabulary.words, 3)),
        images=(Image(url=f"{url}.jpg", caption=vocabulary.say(chance, 8)),),
        word_count=words,
        fingerprint=hashlib.sha256(text.encode()).hexdigest()[:32],
        parser_version="made",
        evidence={
            "title": Evidence(origin="json-ld", confidence=0.9),
            "published_at": Evidence(origin="json-ld", confidence=0.95, precision="second"),
        },
    )
    return MadeArticle(article, source)


def _blocks(
    url: str, vocabulary: Vocabulary, chance: random.Random, words: int
) -> tuple[Paragraph | Heading | Quote | ListBlock | ImageBlock, ...]:
    blocks: list[Paragraph | Heading | Quote | ListBlock | ImageBlock] = []
    left = int(words * chance.uniform(0.4, 1.6))
    while left > 0:
        length = min(left, chance.randint(25, 70))
        left -= length
        blocks.append(Paragraph(text=vocabulary.say(chance, length)))
        if chance.random() < 0.15:
            blocks.append(Heading(text=vocabulary.say(chance, 5)))
        if chance.random() < 0.1:
            blocks.append(Quote(text=vocabulary.say(chance, 20)))
        if chance.random() < 0.05:
            blocks.append(ListBlock(items=tuple(vocabulary.say(chance, 6) for _ in range(3))))
        if chance.random() < 0.1:
            blocks.append(ImageBlock(url=f"{url}-{len(blocks)}.jpg", caption=vocabulary.say(chance, 7)))
    return tuple(blocks)
