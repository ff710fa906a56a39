"""Lines inside the article's part of the page that are not of the article: told by what they say and where they stand.

Every rule is one function that marks lines with its name (``Line.dropped``); ``drop_lines`` runs them in order.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile
from typing import Final

from warraq_parser.article.body.boilerplate_phrases import boilerplate_lines
from warraq_parser.article.body.comment_words import heads_comments
from warraq_parser.article.body.consent_words import speaks_of_cookies
from warraq_parser.article.body.lines import Line, LineKind, squeezed
from warraq_parser.article.body.mock_latin import is_mock_latin
from warraq_parser.article.body.prose import REAL_PROSE, after_prose, before_prose, is_ended, is_prose
from warraq_parser.article.body.signatures import drop_biographies, drop_meta, drop_tail
from warraq_parser.article.sentences import COLONS, ends_sentence

_LONG_LINK_LINE: Final = 0.75
_LONG_LINE: Final = 140
_FULL_LINK: Final = 0.97
# Less than this is the name of a network, "PDF", a button.
_SHORTEST_SOURCE: Final = 9
_MOSTLY_LINKS: Final = 0.6
# What agencies and papers put at the end of a caption.
_CREDIT: Final = re.compile(
    r"摄|攝|撮影|資料照|资料图|资料照|供图|写真|翻攝|＝|사진|(?:\b(?:Fotos?|Photos?|Picture|Image|Credits?|Getty|Reuters|REUTERS|AFP|AP|dpa|EPA|EFE|ANSA"
    r"|imago|Shutterstock|picture alliance|Bild|Courtesy|Supplied|File)\b)|©|تصوير|عکس|צילום|Фото|फोटो"
    # In words of other languages with a sign behind; then a photographer and an agency: "Ines Parrish/The Quay".
    r"|(?:ภาพ|Ảnh|ছবি|படம்|ఫోటో|ഫോട്ടോ|छायाचित्र|તસવીર|ਤਸਵੀਰ|ಚಿತ್ರ|فوٹو|وێنە|انځور|ፎቶ|ფოტო|Լուսանկար\w*|Nuotr\w*|Kuva|Снимка|Снимак|Picha|"
    r"Gambar|Сурет)\s*[:：՝፦]|\b[A-ZÀ-Þ][\w'’-]+ [A-ZÀ-Þ][\w'’-]+ ?/ ?[A-ZÀ-Þ]"
)
_WHOLE_ALTERNATIVE: Final = 20
_CREDIT_LENGTH: Final = 40
_LONGEST_CREDITED: Final = 320
_LONGEST_CAPTION: Final = 90
_SHOWN: Final = (LineKind.IMAGE, LineKind.EMBED)
_FILLER_LENGTH: Final = 300
# With these the agencies and press offices of the world end a text; behind them they say whom to ask.
_END: Final = re.compile(
    r"# ?# ?#|[-–—] ?30 ?[-–—]|[-–—/*]+ ?(?:ends?|ende|fine?|fim|slut|koniec|конец|終|完|끝|انتهى) ?[-–—/*]+",
    re.IGNORECASE,
)
_LONGEST_END: Final = 14
_RULES_OF_LOOKS: Final = frozenset(
    ("caption", "caption-near", "links", "cards", "repeated", "biography", "tail", "date")
)
_SAYS_SOMETHING: Final = re.compile(r"[^\W_]|[*◇◆§~—–_=…]")
_LONGEST_SIGNS: Final = 8
# The counter of a gallery ("1/12"), and what a script was to put something in place of ("$$ARTICLE_AD$$").
_COUNTER: Final = re.compile(
    r"(?:(?:[Pp]age|[Ss]eite|[Pp]ágina|[Pp]agina|[Ss]trona|[Сс]траница|[Ss]ayfa) )?"
    r"\d{1,3}(?: ?/ ?| (?:of|von|de|di|sur|z|из) )\d{1,3}"
    r"|(\$\$|%%|##)[A-Z_\d]{2,40}\1|\{\{[^{}]{1,40}\}\}"
)
_LONGEST_COUNTER: Final = 50
_LONGEST_LABEL: Final = 60
# Rules for what leads elsewhere: a heading above it belongs to it.
_LEADS_AWAY: Final = frozenset(("links", "cards", "related", "carousel", "newsletter", "comments", "share", "advert"))
_FEWEST_IN_NOTICE: Final = 2
_LONG_ENOUGH_TO_REPEAT: Final = 50
_FEWEST_COPIES: Final = 4
_FEWEST_COPIED_TEXTS: Final = 2


def drop_lines(lines: Sequence[Line], title: str, authors: Sequence[str]) -> None:
    """Mark the lines of the article's part that are not of it. ``authors`` are the names that the page gives."""
    texts = [line for line in lines if line.kind not in (LineKind.IMAGE, LineKind.EMBED)]
    _drop_captions(lines)
    _drop_title(texts, title)
    _drop_links(texts)
    _drop_phrases(texts)
    _drop_signs(texts)
    _drop_notices(texts, title)
    _drop_comments(texts)
    _drop_behind_end(texts)
    _drop_filler(texts)
    _drop_repeated(texts)
    drop_meta(texts, authors)
    drop_biographies(texts, authors)
    drop_tail(texts, authors)
    _drop_empty_headings(texts)
    _restore_all(texts)


def _drop_title(lines: Sequence[Line], title: str) -> None:
    """The headline is a field, not text; also with a kicker before or behind it."""
    wanted = squeezed(title)
    if not wanted:
        return
    head = before_prose(lines)
    for index, line in enumerate(lines):
        if line.dropped or line.weight > 2 * len(title) + 80 or not (index <= head or line.level):
            continue
        text = squeezed(line.text)
        has_kicker = (line.level == 1 or (line.level and index <= head)) and len(wanted) > 15 and wanted in text
        if text == wanted or has_kicker:
            line.dropped = "title"
            if line.level == 1 and index <= head:
                _drop_above(lines[:index])


def _drop_above(lines: Sequence[Line]) -> None:
    """What stands over the headline is the section, a label, a date."""
    for line in lines:
        if line.kind in (LineKind.TEXT, LineKind.HEADING) and not line.prose:
            line.dropped = line.dropped or "above"


def _drop_captions(lines: Sequence[Line]) -> None:
    """A short line right below an image or a film is its caption if it names a photographer or is no sentence."""
    for image, line in pairwise(lines):
        if image.kind not in _SHOWN or line.kind is not LineKind.TEXT or line.dropped:
            continue
        if image.kind is LineKind.IMAGE and _is_alternative(line.text, image):
            line.dropped = "caption"
        if line.structured:
            continue
        credited = line.weight <= _LONGEST_CREDITED and _CREDIT.search(line.text[-_CREDIT_LENGTH:])
        no_sentence = line.weight <= _LONGEST_CAPTION and not line.bold and not is_ended(line.text)
        if no_sentence or (credited and image.kind is LineKind.IMAGE):
            line.dropped = "caption"


def _is_alternative(text: str, image: Line) -> bool:
    """Tell whether ``text`` and the image's alternative text say the same, but for the photographer or the outlet."""
    said, shown = squeezed(_alternative_of(image)), squeezed(text)
    if shown == said:
        return True
    short, long = sorted((said, shown), key=len)
    return len(short) >= _WHOLE_ALTERNATIVE and long.startswith(short) and len(long) < 2 * len(short)


def _alternative_of(image: Line) -> str:
    """Return the alternative text of an image, also of one in a ``picture``."""
    shown = image.element
    if shown is None:
        return ""
    inner = next(shown.iter("img"), shown)
    return shown.get("alt") or inner.get("alt") or ""


def _drop_links(lines: Sequence[Line]) -> None:
    """Lines that are links lead elsewhere; inside running text a list item or paragraph may name its source so."""
    head, tail = before_prose(lines), after_prose(lines)
    announced = False
    for index, line in enumerate(lines):
        if not line.structured:
            announced = _announces_items(line)
        if line.dropped or line.links < line.weight * _MOSTLY_LINKS or not line.links:
            continue
        inside = head <= index < tail or _is_sentence(line)
        if inside and line.links < line.weight * (_FULL_LINK if line.weight > _LONG_LINE else _LONG_LINK_LINE):
            continue
        if inside and line.level and index + 1 < len(lines) and is_prose(lines[index + 1]):
            continue
        if inside and line.structured and announced:
            continue
        if _names_source(line) and (inside or line.structured):
            continue
        line.dropped = "links"


def _names_source(line: Line) -> bool:
    """Tell whether a heading or an item of a list leads to another site: what it names is the text's own."""
    return line.outside and (line.level > 0 or (line.structured and line.weight >= _SHORTEST_SOURCE))


def _announces_items(line: Line) -> bool:
    """Tell whether a sentence of the article says that a list comes ("The towns that have tried it:")."""
    says = bool(line.prose) and not line.dropped and line.text.endswith(COLONS)
    return says and not boilerplate_lines([line.text])[0]


def _is_sentence(line: Line) -> bool:
    """Tell whether a line is a long whole sentence: an article may end with one that is mostly links."""
    return line.kind is LineKind.TEXT and line.weight > _LONG_LINE and ends_sentence(line.text)


def _drop_phrases(lines: Sequence[Line]) -> None:
    """What sites write beside every article."""
    kept = [line for line in lines if not line.dropped and line.kind is not LineKind.CODE]
    for line, is_phrase in zip(kept, boilerplate_lines([line.text for line in kept]), strict=True):
        if is_phrase:
            line.dropped = "phrase"


def _drop_signs(lines: Sequence[Line]) -> None:
    """A line without a letter or digit is the picture of a box or a button; the ornaments of writers stay."""
    for line in lines:
        if line.dropped or line.structured or line.weight > _LONGEST_COUNTER:
            continue
        if (line.weight <= _LONGEST_SIGNS and not _SAYS_SOMETHING.search(line.text)) or _COUNTER.fullmatch(line.text):
            line.dropped = "signs"


def _drop_notices(lines: Sequence[Line], title: str) -> None:
    """Several paragraphs on cookies in a row, before the story or behind it, are a notice; not in a story on them."""
    told = [line for line in lines if line.dropped in ("", "phrase") and line.kind is LineKind.TEXT]
    if speaks_of_cookies(title):
        return
    for ordered in (told, told[::-1]):
        notice = list(takewhile(lambda line: speaks_of_cookies(line.text), ordered))
        if len(notice) >= _FEWEST_IN_NOTICE and 2 * len(notice) <= len(told):
            for line in notice:
                line.dropped = line.dropped or "notice"


def _drop_comments(lines: Sequence[Line]) -> None:
    """What readers wrote stands below a heading that says so."""
    _drop_from(lines, _heads_comments, "comments-below")


def _heads_comments(line: Line) -> bool:
    return line.weight <= _LONGEST_LABEL and not line.links and heads_comments(line.text)


def _drop_behind_end(lines: Sequence[Line]) -> None:
    """Behind the sign of the end stands whom to ask and what the sender is, not the text."""
    _drop_from(lines, _is_end, "behind-end")


def _is_end(line: Line) -> bool:
    return line.weight <= _LONGEST_END and _END.fullmatch(line.text) is not None


def _drop_from(lines: Sequence[Line], ends_article: Callable[[Line], bool], rule: str) -> None:
    """Drop all from the first line on that ends the article: most of the text stands above it."""
    total = sum(line.prose for line in lines if not line.dropped)
    above = 0
    for index, line in enumerate(lines):
        if 2 * above > total and ends_article(line):
            for below in lines[index:]:
                below.dropped = below.dropped or rule
            return
        above += 0 if line.dropped else line.prose


def _drop_filler(lines: Sequence[Line]) -> None:
    """Mock Latin stands where a paywall hides the text."""
    for line in lines:
        if not line.dropped and is_mock_latin(line.text[:_FILLER_LENGTH]):
            line.dropped = "filler"


def _drop_repeated(lines: Sequence[Line]) -> None:
    """A line of running text that stands twice is a pull quote, a teaser or a caption of the first."""
    first: dict[str, int] = {}
    kept = [line for line in lines if not line.dropped]
    copies: list[Line] = []
    for index, line in enumerate(kept):
        place = first.setdefault(line.text, index)
        copied = place < index
        if copied and line.kind is LineKind.TEXT and not line.structured and line.weight >= _LONG_ENOUGH_TO_REPEAT:
            line.dropped = "repeated"
        if not copied or (copies and first[copies[-1].text] + 1 != place):
            _drop_copies(copies)
            copies = []
        if copied:
            copies.append(line)
    _drop_copies(copies)


def _drop_copies(lines: Sequence[Line]) -> None:
    """A whole stretch that stands twice, in the same order, is the same part made for another width of screen."""
    if len(lines) >= _FEWEST_COPIES and sum(line.prose >= REAL_PROSE for line in lines) >= _FEWEST_COPIED_TEXTS:
        for line in lines:
            line.dropped = "repeated"


def _drop_empty_headings(lines: Sequence[Line]) -> None:
    """A heading with nothing left below it headed what was dropped; so does one with only links below it."""
    below: Line | None = None
    led_away = False
    for line in reversed(lines):
        if line.dropped:
            led_away = led_away or line.dropped in _LEADS_AWAY
        elif _heads_nothing(line, below, led_away):
            line.dropped = "empty-heading"
        else:
            below, led_away = line, False


def _heads_nothing(line: Line, below: Line | None, led_away: bool) -> bool:
    """Tell whether nothing is left of what a heading headed; ``below`` is what is kept behind it."""
    if below is None:
        return line.level > 0 or _announces(line) or (led_away and _is_bold_label(line))
    return led_away and 0 < below.level <= line.level


def _is_bold_label(line: Line) -> bool:
    """Tell whether a short line is all bold and no sentence: a heading without the tag of one."""
    whole = line.bold * 10 >= line.weight * 9
    return whole and line.weight <= _LONGEST_LABEL and not ends_sentence(line.text)


def _announces(line: Line) -> bool:
    """Tell whether a short line ends with a colon: it says what comes."""
    return line.kind is LineKind.TEXT and line.weight < REAL_PROSE and line.text.endswith(COLONS)


def _restore_all(lines: Sequence[Line]) -> None:
    """Where rules of looks and places left no running text at all, they were wrong about this page."""
    if any(is_prose(line) for line in lines):
        return
    for line in lines:
        if line.prose >= REAL_PROSE and line.dropped in _RULES_OF_LOOKS:
            line.dropped = ""
