"""Texts that are the same story and texts that only look like it, to measure ``stories`` with.

From base texts (made, or those of a folder given at measuring time) come copies as the trade makes them: whole wire
copies, edited ones, cut ones, reordered ones, and ones inside the furniture of another site in another language. Hard
negatives are reports of the weather and of matches from templates: nearly the same words about different things.
"""

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bench.store.made_articles import Vocabulary

_CITIES = "Amber Borough,Cedar Falls,Dunmore,Eastbay,Fairhaven,Greystone,Hillcrest,Ironbridge,Kingsport,Lakewood".split(
    ","
)
_CITIES_AR = "المنارة,الواحة,النخيل,السرو,الفيحاء,الزيتون,الروضة,النهر,القلعة,الميناء".split(",")
_PLAYERS = "Arden,Bramley,Castor,Delgado,Emery,Falk,Granger,Holt,Imrie,Jansen,Keller,Lorne,Marsh,Nolan,Osric".split(",")
_PLAYERS_AR = "سامر,رامي,باسل,ماهر,أنس,زياد,كريم,وليد,هاني,فادي,نزار,عمار".split(",")

_WEATHER = """Today's weather in {city} will be {sky} with a high of {n} degrees.
Winds will blow from the {wind} at {n} kilometres an hour.
Humidity stands at {n} percent and rain is expected to reach {n} millimetres.
Tonight the temperature falls to {n} degrees in {city}.
Tomorrow will be {sky} with temperatures between {n} and {n} degrees.
The sun rises at {n}:{n} and sets at {n}:{n}.
Residents of {city} are advised to drink enough water and to drive with care."""
_WEATHER_AR = """طقس اليوم في {city}: {sky} ودرجة الحرارة العظمى {n} درجة مئوية.
وتهب الرياح من جهة {wind} بسرعة {n} كيلومترا في الساعة.
وتبلغ نسبة الرطوبة {n} في المئة ويتوقع هطول {n} ملم من الأمطار.
وتنخفض الحرارة ليلا إلى {n} درجات في {city}.
أما غدا فيكون الطقس {sky} وتتراوح الحرارة بين {n} و{n} درجة.
وتنصح الأرصاد سكان {city} بالحذر أثناء القيادة وبالإكثار من شرب الماء."""
_MATCH = """{city} beat {other} {n}-{n} on Saturday in front of {n} spectators at the {city} stadium.
{player} scored the first goal in the {n}th minute after a pass by {player}.
{other} equalised in the {n}th minute when {player} headed in a corner by {player}.
The referee showed {n} yellow cards and sent off {player} in the {n}th minute.
The winning goal was scored by {player} from {n} metres.
{city} now has {n} points from {n} matches and stands in place {n} of the table.
{other} plays {city2} at home next week, the club said after the match."""
_MATCH_AR = """فاز {city} على {other} بنتيجة {n}-{n} أمام {n} متفرج في ملعب {city}.
وسجل {player} الهدف الأول في الدقيقة {n} بعد تمريرة من {player}.
وأدرك {other} التعادل في الدقيقة {n} عبر {player} برأسية.
وأشهر الحكم {n} بطاقات صفراء وطرد {player} في الدقيقة {n}.
وأحرز {player} هدف الفوز من مسافة {n} مترا.
ورفع {city} رصيده إلى {n} نقطة من {n} مباريات في المركز {n}."""
# Without a number: names alone tell one from another.
_DECREE = """The ministry of {word} has appointed {player} {player} as head of its office in {city}.
{player} {player} has worked for the ministry in {other} and in {city2} for many years.
The minister of {word} thanked the former head of the office, {player} {player}, for the work done in {city}.
The new head of the office said that the people of {city} and of {other} could count on the ministry of {word}.
The appointment takes effect at the beginning of next month, the ministry of {word} said in a statement."""
_TEMPLATES = (_WEATHER, _WEATHER_AR, _MATCH, _MATCH_AR, _DECREE)
_SKIES = "sunny,cloudy,partly cloudy,rainy,foggy,stormy".split(",")
_WINDS = "north,south,east,west,north-east,south-west".split(",")


class Piece(NamedTuple):
    """A text and the number of the story it tells; ``kind`` says how it was made."""

    text: str
    story: int
    kind: str


def retold(bases: Sequence[str], *, seed: int = 1) -> list[Piece]:
    """Return ``bases`` with copies of each, and templates filled 12 times, in an order as they might come."""
    chance = random.Random(seed)
    pieces: list[Piece] = []
    for story, base in enumerate(bases):
        pieces.append(Piece(base, story, "original"))
        pieces += [Piece(make(base, chance), story, kind) for kind, make in _COPIES.items()]
    for number, text in enumerate(filled(chance)):
        pieces.append(Piece(text, len(bases) + number, "template"))
    chance.shuffle(pieces)
    return pieces


def made_bases(number: int, seed: int = 1) -> list[str]:
    """Return made texts of 5 to 14 paragraphs in several languages."""
    chance = random.Random(seed)
    spoken = [Vocabulary(language, seed) for language in ("en", "ar", "fr", "fa", "ru", "zh")]
    return [_made_text(chance.choice(spoken), chance) for _ in range(number)]


def _made_text(vocabulary: Vocabulary, chance: random.Random) -> str:
    paragraphs = (
        ". ".join(vocabulary.say(chance, chance.randint(8, 22)) for _ in range(chance.randint(1, 4))) + "."
        for _ in range(chance.randint(5, 14))
    )
    return "\n".join(paragraphs)


def _sentences(text: str) -> list[list[str]]:
    return [[part.strip() for part in line.replace("؟", ".").split(". ") if part.strip()] for line in text.splitlines()]


def _text(paragraphs: list[list[str]]) -> str:
    return "\n".join(". ".join(sentences) for sentences in paragraphs if sentences)


def wire_copy(text: str, chance: random.Random) -> str:
    """The whole text, with a line of its publisher before and after."""
    return f"({chance.choice(_CITIES)}) - Agencies\n{text}\nReported by our correspondents."


def edited(text: str, chance: random.Random) -> str:
    """A fifth of the sentences left out, words exchanged or dropped in another fifth, a paragraph added."""
    paragraphs = _sentences(text)
    words = text.split()
    for sentences in paragraphs:
        for i, sentence in reversed(list(enumerate(sentences))):
            luck = chance.random()
            if luck < 0.2 and len(words) > 120:
                del sentences[i]
            elif luck < 0.4:
                sentences[i] = _touched(sentence, words, chance)
    paragraphs.insert(chance.randrange(len(paragraphs) + 1), [" ".join(chance.choices(words, k=18))])
    return _text(paragraphs)


def _touched(sentence: str, words: Sequence[str], chance: random.Random) -> str:
    said = sentence.split()
    for _ in range(min(3, len(said))):
        said[chance.randrange(len(said))] = chance.choice(words)
    return " ".join(said)


def cut(text: str, chance: random.Random) -> str:
    """The first part of the text, at least sixty words."""
    kept: list[str] = []
    for line in text.splitlines():
        if len(" ".join(kept).split()) > max(60, len(text.split()) * chance.uniform(0.35, 0.6)):
            break
        kept.append(line)
    return "\n".join(kept)


def reordered(text: str, chance: random.Random) -> str:
    """The paragraphs in another order."""
    lines = text.splitlines()
    chance.shuffle(lines)
    return "\n".join(lines)


def framed(text: str, chance: random.Random) -> str:
    """The text inside another site's furniture, in another language."""
    other = Vocabulary(chance.choice(("en", "ar", "fr")), 99)
    line = [other.say(chance, 9) for _ in range(6)]
    return "\n".join([*line[:3], text, *line[3:]])


def retouched(text: str, chance: random.Random) -> str:
    """Spelling changed throughout, as copy editors do: nothing that folding does not undo, and quotation marks."""
    return text.translate(str.maketrans({"أ": "ا", "إ": "ا", "ة": "ه", "é": "e", ",": "،"})).replace("ال", "الـ")


_COPIES = {
    "wire copy": wire_copy, "edited": edited, "cut": cut, "reordered": reordered, "framed": framed,
    "retouched": retouched,
}  # fmt: skip


def filled(chance: random.Random) -> Iterator[str]:
    """Yield each template filled 12 times."""
    for template in _TEMPLATES:
        arabic = template in (_WEATHER_AR, _MATCH_AR)
        for _ in range(12):
            yield _fill(template, chance, _CITIES_AR if arabic else _CITIES, _PLAYERS_AR if arabic else _PLAYERS)


def _fill(template: str, chance: random.Random, cities: Sequence[str], players: Sequence[str]) -> str:
    city, other, third = chance.sample(cities, 3)
    word = chance.choice("water,health,trade,energy,labour,education".split(","))
    text = template.replace("{city2}", third).replace("{city}", city).replace("{other}", other).replace("{word}", word)
    slots = {
        "{n}": lambda: str(chance.randint(1, 95)),
        "{player}": lambda: chance.choice(players),
        "{sky}": lambda: chance.choice(_SKIES),
        "{wind}": lambda: chance.choice(_WINDS),
    }
    for slot, say in slots.items():
        while slot in text:
            text = text.replace(slot, say(), 1)
    return text
