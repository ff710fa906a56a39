"""XML from strangers: bytes to text, text to elements; strictly if it is sound, repaired if it is not.

No document type, no entity, no network: what a DOCTYPE declares is cut off before anything is parsed, so neither
external entities (XXE) nor the billion laughs exist here.
"""

import codecs
import re

from lxml import etree

from warraq_parser.feeds.repair import ROOT, pieces, repair
from warraq_parser.feeds.shape import Element
from warraq_parser.text.decode import decode_html
from warraq_shared.errors import Permanent, Temporary
from warraq_shared.reasons import Reason

# A feed of 100,000 items has about a million tags; a document beyond these limits is read by nobody.
MOST_BYTES = 64 * 1024 * 1024
MOST_TAGS = 3_000_000

_XML_LABEL = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']", re.ASCII)
_HEADER_LABEL = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._-]{1,40})", re.ASCII | re.I)
# What the labels mean on the web (WHATWG Encoding, section 4.2): latin-1 is read as windows-1252.
_WEB_MEANING = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}


def decode_xml(body: bytes, content_type: str | None) -> tuple[str, str | None]:
    """Return the text of an XML document, and a note if its declaration lied. Never raises.

    The order: byte order mark; UTF-8 wherever the bytes are valid UTF-8, since no other text of any length is by
    accident; the XML declaration; the header (RFC 7303 puts it first, but servers send one header for all files);
    then detection as for a page.
    """
    declared = _XML_LABEL.match(body[:400])
    for bom, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if body.startswith(bom):
            return body[len(bom) :].decode(codec, "replace"), None
    if body[:2] in (b"<\x00", b"\x00<"):
        return body.decode("utf-16-le" if body[:1] == b"<" else "utf-16-be", "replace"), None
    labels = [declared.group(1).decode("ascii")] if declared else []
    labels += _HEADER_LABEL.findall(content_type or "")[:1]
    first = _codec(labels[0]) if labels else "utf-8"
    for codec in dict.fromkeys(["utf-8", *map(_codec, labels)]):
        try:
            text = body.decode(codec)
        except (UnicodeDecodeError, LookupError):
            continue
        return text, None if codec == first or body.isascii() else "charset-lie"
    return decode_html(body, content_type).text, "charset-lie"


def _codec(label: str) -> str:
    """Return Python's codec for a label of the web; "" for an unknown one and for UTF-7, which is an attack."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    if name == "utf-7" or not codecs.lookup(name)._is_text_encoding:
        return ""
    return _WEB_MEANING.get(name, name)


_DOCTYPE_START = re.compile(r"<!DOCTYPE\b", re.I)
# Quoted values may hold any bracket. Possessive, so that nothing is read twice.
_DOCTYPE = re.compile(
    r"""<!DOCTYPE(?:[^\["'>]++|"[^"]*+"|'[^']*+')*+(?:\[(?:[^\]"']++|"[^"]*+"|'[^']*+')*+\]\s*+)?+>""", re.I
)
_STEP = re.compile(rf"<!--|<\?|{ROOT.pattern}", re.I)
_MOST_DOCTYPES = 5
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,400}\?>")


def parse_xml(text: str) -> tuple[Element, tuple[str, ...]]:
    """Return the root of an XML document and the notes of what had to be repaired; none if it was sound.

    Raises:
        Permanent: ``too-complex``, beyond ``MOST_BYTES`` or ``MOST_TAGS``.
        Temporary: ``broken-feed``, nothing of it could be read.
    """
    if len(text) > MOST_BYTES or text.count("<") > MOST_TAGS:
        raise Permanent(Reason.TOO_COMPLEX, f"{len(text):,} characters, {text.count('<'):,} tags.")
    cut, notes = without_doctype(_without_declaration(text))
    root = _strict(cut)
    if root is not None:
        return root, notes
    repaired = repair(cut)
    root = _strict(repaired)
    if root is not None:
        return root, (*notes, "repaired")
    return _lenient(repaired), (*notes, "damaged")


def _without_declaration(text: str) -> str:
    match = _DECLARATION.match(text)
    return text[match.end() :] if match else text


def without_doctype(text: str) -> tuple[str, tuple[str, ...]]:
    """Return ``text`` without any document type before its root, noting one that declared entities.

    Raises:
        Temporary: ``broken-feed``: a document type without an end, or one after the other.
    """
    notes: tuple[str, ...] = ()
    for _ in range(_MOST_DOCTYPES):
        # Behind the root it is text (of a page in CDATA); in a comment before it, a trick: that one goes as well.
        start = _DOCTYPE_START.search(text, 0, _root_start(text))
        if start is None:
            return text, notes
        match = _DOCTYPE.match(text, start.start())
        if match is None:
            break
        notes = ("dtd-refused",) if "<!ENTITY" in match.group().upper() else notes
        text = text[: match.start()] + text[match.end() :]
    raise Temporary(Reason.BROKEN_FEED, "Its document type has no end.")


def _root_start(text: str) -> int:
    """Return where the root element begins, passing over comments and processing instructions; the end if nowhere."""
    at = 0
    while step := _STEP.search(text, at):
        end = {"<!--": "-->", "<?": "?>"}.get(step.group())
        if end is None:
            return step.start()
        at = text.find(end, step.end())
        if at < 0:
            break
    return len(text)


def _parser(recover: bool) -> etree.XMLParser:
    """Return a parser that knows no entity but XML's own, and no network, and keeps libxml2's limits."""
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def stream_parser(*tags: str) -> etree.XMLPullParser:
    """Return a forgiving parser, as safe, that is fed in steps and reports the end of each element in ``tags``."""
    return etree.XMLPullParser(
        events=("end",),
        tag=tags,
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


def _strict(text: str) -> Element | None:
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), _parser(recover=False))
    except etree.XMLSyntaxError:
        return None


def _lenient(text: str) -> Element:
    """Parse a damaged document in pieces, so that one broken item does not take the others with it."""
    head, items = pieces(text)
    root = _recovered(head)
    if root is None:
        if not items:
            raise Temporary(Reason.BROKEN_FEED, "Nothing in it could be read.")
        root = etree.Element("rss")
    for item in map(_recovered, items):
        if item is not None:
            root.append(item)
    return root


def _recovered(text: str) -> Element | None:
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), _parser(recover=True))
    except etree.XMLSyntaxError:
        return None
