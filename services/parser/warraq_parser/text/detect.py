"""Which legacy encoding are these bytes in? Told by the letters that each reading gives.

Every living language uses a few letters for most of its text: ا ل ي م ن و in Arabic, о е а и н т in Russian. Read
in the wrong encoding, the same bytes give rare letters, capitals inside words, and signs between letters. A
reading is scored by the share of the usual letters among its characters outside ASCII, less what no writer
writes. Latin alphabets differ in kind: their letters outside ASCII stand alone between ASCII letters.
"""

import re
from collections.abc import Iterable

# The usual letters outside ASCII of the languages that one encoding serves.
_ARABIC = "ابتةثجحخدذرزسشصضطظعغفقكلمنهويىءآأؤإئپچژگ،؟؛"
_USUAL = {
    "cp1256": _ARABIC,
    "iso8859_6": _ARABIC,
    "cp1251": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэі",
    "koi8_r": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэ",
    "koi8_u": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщії",
    "cp866": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэ",
    "iso8859_5": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэ",
    "mac_cyrillic": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэ",
    "cp1253": "αοιετσνηυρπκμςλωίάόέήθδγχβφύώξζψ",
    "iso8859_7": "αοιετσνηυρπκμςλωίάόέήθδγχβφύώξζψ",
    "cp1255": "יוהלאמרתבשנעדקחפםכןגטצסזךףץ",
    "iso8859_8": "יוהלאמרתבשנעדקחפםכןגטצסזךףץ",
    "cp874": "านรอก่งเยมวลี้ัทสตะปบิดคจพใแหไชขโผูุึื์",
    "cp1250": "áéíóúýčďěňřšťůžąćęłńśźżőűöüäßăâîşţđ„”“’–—«»",
    "iso8859_2": "áéíóúýčďěňřšťůžąćęłńśźżőűöüäßăâîşţđ",
    "cp1254": "ıışşğüöçİâîûéŞÖÜÇ“”‘’–",
    "cp1257": "āčēģīķļņšūžąęėįųõäöü„“”",
    "cp1258": "ăâđêôơưáàãạéèíìóòúùỵ́̉",
    "cp1252": "éèêëàâäáãåæçíìîïñóòôöõøœúùûüýÿßÉÈÀÄÖÜÅØÆÇÑÓÍÚÁ°’‘“”–—…«»€£©®·•§×\u00a0´¿¡º",
    "iso8859_15": "éèêëàâäáãåæçíìîïñóòôöõøœúùûüýßÉÈÀÄÖÜÅØÆÇÑ°«»€£©®·§\u00a0¿¡º",
    "mac_roman": "éèêëàâäáãåæçíìîïñóòôöõøœúùûüßÉÀÄÖÜ’‘“”–—…«»",
}
_USUAL_SETS = {codec: frozenset(letters) for codec, letters in _USUAL.items()}
_LATIN = frozenset({"cp1250", "cp1252", "cp1254", "cp1257", "cp1258", "iso8859_2", "iso8859_15", "mac_roman"})
# What the multi-byte encodings give when they are right: kana, hangul, the hanzi and kanji that are in use.
_EASTERN = re.compile("[\u3001-\u30ff\uac00-\ud7a3\uff01-\uff5e]|[\u4e00-\u9fa5]")
_KANA = re.compile("[\u3041-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
# A private-use or rare ideograph is a misreading; so is one in the middle of a Latin word ("caf챕").
_GLUED = re.compile("[A-Za-z][\u3400-\u9fa5\uac00-\ud7a3]|[\u3400-\u9fa5\uac00-\ud7a3][a-z]")
_RARE = re.compile("[\ue000-\uf8ff\uff61-\uff9f\u3400-\u4dbf]")
_COMMON_HANZI = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么"
    "這個來國們為時會過學對後說與於東經無電報臺灣氣開關長門問間實現發動進還點當將從員業本日月分新市民政府公司"
)
_WORD_BREAKERS = frozenset("¤¦§¨©¬­®¯°±²³´¶·¸¹»¼½¾¿×÷ƒˆ‰‡†•™¢£¥ªº")
_CANDIDATES = (
    ["cp1256", "cp1251", "cp1253", "cp1255", "cp874", "koi8_r", "iso8859_6"],
    ["cp1252", "cp1250", "cp1254", "iso8859_2"],
    ["gb18030", "big5hkscs", "cp932", "euc_jp", "cp949"],
)
# Of windows-949 only the part that is EUC-KR is in common use; the rest makes Korean of any East Asian bytes.
_STRICTER = {"cp949": "euc_kr"}
_SAMPLE = 6000
_HIGH_RUNS = re.compile(rb"[A-Za-z]{0,2}[\x80-\xff][\x40-\x7e\x80-\xff]*")


def sample(body: bytes) -> bytes:
    """Return the first few kilobytes of the words of ``body`` that go beyond ASCII, separated by spaces."""
    parts: list[bytes] = []
    size = 0
    for match in _HIGH_RUNS.finditer(body):
        word = match.group()[:400]
        parts.append(word)
        size += len(word) + 1
        if size > _SAMPLE:
            break
    return b" ".join(parts)


def detect(words: bytes, preferred: Iterable[str]) -> tuple[str, float]:
    """Return the codec in which ``words`` (see ``sample``) read best, and the score of that reading (at most 1).

    ``preferred`` codecs (declared ones first, then the habit of the page's language) win while no other reading
    is clearly better.
    """
    best, best_score = "cp1252", plausibility(words, "cp1252") + 0.05
    for rank, codec in enumerate(preferred):
        score = plausibility(words, codec) + max(0.05, 0.15 - 0.05 * rank)
        if score > best_score:
            best, best_score = codec, score
    for codec in (codec for family in _CANDIDATES for codec in family):
        score = plausibility(words, codec)
        if score > best_score:
            best, best_score = codec, score
    return best, best_score


def plausibility(words: bytes, codec: str) -> float:
    """Return how much like written language ``words`` are when read in ``codec``: about 1 is right, 0 or less wrong."""
    text = words.decode(_STRICTER.get(codec, codec), "replace")
    beyond = [char for char in text if char > "\x7f"]
    if not beyond:
        return 0.0
    broken = 4.0 * text.count("\ufffd") + 2.0 * sum("\x80" <= char <= "\x9f" for char in beyond)
    if codec in _USUAL_SETS:
        usual = _USUAL_SETS[codec]
        good = sum(char in usual for char in beyond) - _oddities(text, usual, codec in _LATIN)
    else:
        good = _eastern(text, codec)
    return (good - broken) / len(beyond)


def _oddities(text: str, usual: frozenset[str], latin: bool) -> float:
    """Count what no writer writes: signs inside words, capitals after small letters, long runs of accented letters."""
    odd = 0.0
    run = 0
    previous = " "
    for char in text:
        if char <= "\x7f":
            run = 0
        else:
            run += 1
            if latin and run > 2 and char.isalpha():
                odd += 1.0
            if char in _WORD_BREAKERS and previous.isalpha():
                odd += 0.5
            if char.isupper() and previous.islower():
                odd += 1.0
            if not latin and (char in usual or char.isalpha()) and "a" <= previous.lower() <= "z":
                odd += 1.5
        previous = char
    return odd


def _eastern(text: str, codec: str) -> float:
    """Count the characters of East Asian writing in use; kana and hangul only in the encodings made for them."""
    usual = float(len(_EASTERN.findall(text))) - 2.0 * (len(_RARE.findall(text)) + len(_GLUED.findall(text)))
    common = sum(char in _COMMON_HANZI for char in text)
    if codec in ("cp932", "euc_jp"):
        return 0.5 * usual + 0.8 * len(_KANA.findall(text)) + 0.5 * common
    if codec == "cp949":
        return 0.2 * usual + 0.8 * len(_HANGUL.findall(text))
    return min(0.5 * usual + 2.0 * common, 0.95 * max(usual, 0.0))
