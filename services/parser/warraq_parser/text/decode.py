"""Bytes to text, as a reader of the page would have it.

The order of the WHATWG standards (HTML, section 13.2.3; Encoding, section 4.2), and what is done where
a declaration lies:

1. a byte order mark decides;
2. UTF-16 without one shows by its NULs;
3. bytes that are valid UTF-8, beyond ASCII, are UTF-8 whatever is declared: no other text is, by chance;
4. the HTTP header's charset, then the one the page declares (``meta``, XML declaration) in its first 4 KB,
   as long as the reading has the letters of a living language;
5. UTF-8 with a few broken bytes, which are read as windows-1252;
6. the reading with the most usual letters (``warraq_parser.text.detect``), the habit of the page's language first.

NUL, C0 controls and DEL are dropped here, once, before anything else sees the text. Nothing is ever read as UTF-7.
"""

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from warraq_parser.text.charsets import MULTIBYTE, codec_of, codec_of_language, web_name
from warraq_parser.text.detect import detect, plausibility, sample
from warraq_parser.text.repair import decoded_twice, is_encoded_twice

Origin = Literal["bom", "header", "meta", "utf-8", "detected"]

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f") + b"\x7f"
_UTF16_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]+")
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s;\"',]+)", re.IGNORECASE)
_PROLOGUE = 4096
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([a-z0-9_.:\-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-z0-9_.:\-]+)",
    re.IGNORECASE,
)
_HTML_LANGUAGE = re.compile(rb"\blang\s*=\s*[\"']?([a-z]{2,3})\b", re.IGNORECASE)
# Below this score a declared reading is looked at beside the others; real text in its own encoding is above 0.6.
_BELIEVABLE = 0.5
# At least so many good characters for each broken one, or it is not UTF-8 with a few broken bytes.
_GOOD_PER_BROKEN = 4
_MOST_REPAIRS = 2000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's text, the encoding it was read in, where that was taken from, and what was odd.

    ``notes`` may hold ``charset-lie`` (a declaration was overruled), ``charset-unknown`` (a label nobody knows) and
    ``charset-broken`` (some bytes fit no reading), ``charset-repaired`` (UTF-8 that someone had encoded twice).
    ``utf8`` is the text as UTF-8, where the page came so.
    """

    text: str
    encoding: str
    origin: Origin
    notes: tuple[str, ...] = ()
    utf8: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Declared:
    """The codecs that the header and the page itself declare ("" for none), and whether a label was unknown."""

    header: str
    page: str
    unknown: bool

    @property
    def first(self) -> str:
        return self.header or self.page

    def origin_of(self, codec: str) -> Origin | None:
        """Tell which declaration named ``codec``."""
        return "header" if codec == self.header else "meta" if codec == self.page else None


def decode_html(body: bytes, content_type: str | None = None) -> Decoded:
    """Return the text of ``body``, an HTML or XML document sent with the header ``content_type``. Never raises.

    One or two passes over the bytes in C where the page is UTF-8; a bounded sample is scored where it is not.
    """
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return _marked(body[len(mark) :], codec)
    wide = _wide_codec(body)
    if wide:
        return Decoded(_decode_wide(body, wide), web_name(wide), "detected")
    declared = _declarations(body, content_type)
    if declared.first == "iso2022_jp" and b"\x1b" in body:
        return _legacy(body, "iso2022_jp", declared)
    clean = body.translate(None, _CONTROLS)
    try:
        text = clean.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(clean, declared)
    return _valid_utf8(clean, text, declared)


def _marked(body: bytes, codec: str) -> Decoded:
    narrow = codec == "utf-8"
    text = body.translate(None, _CONTROLS).decode("utf-8", "replace") if narrow else _decode_wide(body, codec)
    return Decoded(text, web_name(codec), "bom", ("charset-broken",) if "\ufffd" in text else ())


def _decode_wide(body: bytes, codec: str) -> str:
    return _UTF16_CONTROLS.sub("", body.decode(codec, "replace"))


def _wide_codec(body: bytes) -> str:
    """Tell UTF-16 without a mark by its NULs: every second byte of the markup is one."""
    start = body[:48]  # the first markup is ASCII in every language
    if start.count(0) < 12:
        return ""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > 8 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 8 * odd else ""


def _declarations(body: bytes, content_type: str | None) -> _Declared:
    header = _HEADER_CHARSET.search(content_type[:500]) if content_type else None
    page = _META_CHARSET.search(body[:_PROLOGUE])
    labels = [
        header.group(1) if header else "",
        (page.group(1) or page.group(2)).decode("ascii") if page else "",
    ]
    found = [codec_of(label) for label in labels]
    # A page that could be read as ASCII to find its declaration is not UTF-16: WHATWG says UTF-8 then.
    usable = ["utf-8" if codec.startswith("utf-16") else codec for codec in found]
    unknown = any(label and not codec for label, codec in zip(labels, found, strict=True))
    return _Declared(usable[0], usable[1], unknown)


def _valid_utf8(clean: bytes, text: str, declared: _Declared) -> Decoded:
    notes = ("charset-unknown",) if declared.unknown else ()
    origin = declared.origin_of("utf-8") or "utf-8"
    utf8: bytes | None = clean
    if is_encoded_twice(clean):
        text, utf8, notes = decoded_twice(text), None, (*notes, "charset-repaired")
    if len(text) == len(clean):  # ASCII only: every declaration but the few handled above reads it alike
        return Decoded(text, "utf-8", origin, notes, utf8)
    first = declared.first
    if first in ("", "utf-8"):
        return Decoded(text, "utf-8", origin, notes, utf8)
    if first in MULTIBYTE and len(clean) - len(text) < 16 and _reads_well(clean, first):
        return _legacy(clean, first, declared)
    return Decoded(text, "utf-8", "utf-8", (*notes, "charset-lie"), utf8)


def _reads_well(clean: bytes, codec: str) -> bool:
    return plausibility(sample(clean), codec) > plausibility(sample(clean), "utf-8") + 0.2


def _not_utf8(clean: bytes, declared: _Declared) -> Decoded:
    words = sample(clean)
    wanted = [codec for codec in (declared.header, declared.page) if codec and codec != "utf-8"]
    for codec in wanted:
        if plausibility(words, codec) >= _BELIEVABLE:
            best = _better_than(words, codec, wanted)
            if best == codec:
                return _legacy(clean, codec, declared)
    nearly = _nearly_utf8(clean, declared)
    if nearly:
        return nearly
    language = _HTML_LANGUAGE.search(clean[:_PROLOGUE])
    habit = codec_of_language(language.group(1).decode("ascii")) if language else ""
    codec, _ = detect(words, [*wanted, *([habit] if habit else [])])
    return _legacy(clean, codec, declared)


def _better_than(words: bytes, codec: str, wanted: list[str]) -> str:
    return detect(words, [codec, *wanted])[0]


def _nearly_utf8(clean: bytes, declared: _Declared) -> Decoded | None:
    """Read ``clean`` as UTF-8 with a few broken bytes, where that is what it is."""
    text = clean.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = len(clean) - len(text.encode("ascii", "ignore")) - broken  # bytes of good characters, at most 4 each
    if good < 2 * _GOOD_PER_BROKEN * broken:
        return None
    if broken <= _MOST_REPAIRS:
        text = clean.decode("utf-8", "warraq-windows-1252")
    notes = ("charset-broken",) if declared.first in ("", "utf-8") else ("charset-broken", "charset-lie")
    return Decoded(text, "utf-8", declared.origin_of("utf-8") or "utf-8", notes)


def _legacy(clean: bytes, codec: str, declared: _Declared) -> Decoded:
    # The bytes that Python's windows-125x leave undefined are C1 controls in WHATWG's tables: dropped like C0.
    text = clean.decode(codec, "ignore" if codec.startswith("cp125") else "replace")
    origin = declared.origin_of(codec) or "detected"
    notes = (
        *(("charset-unknown",) if declared.unknown else ()),
        *(("charset-lie",) if declared.first not in ("", codec) else ()),
        *(("charset-broken",) if "\ufffd" in text else ()),
    )
    return Decoded(text, web_name(codec), origin, notes)


def _as_windows_1252(problem: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as windows-1252: the usual case is a curly quote pasted from an editor."""
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    return problem.object[problem.start : problem.end].decode("cp1252", "replace"), problem.end


codecs.register_error("warraq-windows-1252", _as_windows_1252)
