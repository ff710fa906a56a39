"""Looking at elements: their text as one line, and those that come before and after one on the page. All bounded."""

from collections.abc import Iterator
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from warraq_parser.text.clean import clean_line

_BREAKING = frozenset(
    [
        "br",
        "div",
        "p",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "td",
        "tr",
        "th",
        "table",
        "section",
        "header",
        "footer",
        "article",
        "dd",
        "dt",
        "dl",
        "figure",
        "figcaption",
        "blockquote",
        "hr",
        "time",
        "address",
        "nav",
        "aside",
        "option",
        "button",
        "label",
        "picture",
        "img",
    ]
)
_SILENT = frozenset(("script", "style", "noscript", "template", "svg", "textarea", "select", "head", "rt", "rp"))


def select(path: etree.XPath, root: HtmlElement) -> list[HtmlElement]:
    """Return the elements that ``path``, an expression that selects elements, finds below ``root``."""
    return cast("list[HtmlElement]", path(root))


def is_short(element: HtmlElement, most: int) -> bool:
    """Tell whether the text in ``element``, white space counted, is at most ``most`` characters. Cheap: stops there."""
    if not len(element):
        return len(element.text or "") <= most
    size = 0
    for part in element.itertext():
        size += len(part)
        if size > most:
            return False
    return True


def line_of(element: HtmlElement, longest: int = 600) -> str:
    """Return the visible text of ``element`` as one clean line, about ``longest`` characters at most.

    Elements that a browser sets on lines of their own are separated by a space, inline ones are not. Text that is
    hidden for the eye (``screen-reader-text`` and the like) is left out.
    """
    if not len(element):
        return clean_line((element.text or "")[:longest])
    parts: list[str] = []
    size = 0
    for part in _texts(element):
        parts.append(part)
        size += len(part)
        if size > longest:
            break
    return clean_line("".join(parts)[: longest + 100])


def pieces_of(element: HtmlElement, most: int = 24) -> list[str]:
    """Return the texts of ``element`` one by one, as its elements and lines separate them; at most ``most``."""
    pieces: list[str] = []
    for part in _texts(element):
        line = clean_line(part[:400])
        if line:
            pieces.append(line)
        if len(pieces) >= most:
            break
    return pieces


def _texts(element: HtmlElement) -> Iterator[str]:
    """Yield the pieces of visible text in the page's order, as lazily as they are taken: children may be a million."""
    stack: list[tuple[HtmlElement, Iterator[HtmlElement]]] = [(element, iter(element))]
    if text := element.text:
        yield text
    while stack:
        parent, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            text = parent.tail if stack else None
            if stack and parent.tag in _BREAKING:
                yield " "
        elif not isinstance(child.tag, str) or child.tag in _SILENT or is_hidden(child):
            text = child.tail
        else:
            text = child.text
            stack.append((child, iter(child)))
            if child.tag in _BREAKING:
                yield " "
        if text:
            yield text


def is_hidden(element: HtmlElement) -> bool:
    """Tell whether an element is there for screen readers or scripts, not for the eye."""
    names = element.get("class") or ""
    if "hidden" in names or "sr-only" in names or "screen-reader" in names:
        return "visually-hidden" in names or "sr-only" in names or "screen-reader" in names or "hidden" in names.split()
    style = element.get("style") or ""
    return "display:none" in style or "display: none" in style or element.get("hidden") is not None


def following(element: HtmlElement, most: int) -> Iterator[HtmlElement]:
    """Yield the elements that start behind ``element`` on the page, nearest first, at most ``most``."""
    given = 0
    for ancestor in (element, *element.iterancestors()):
        for sibling in ancestor.itersiblings():
            for found in sibling.iter(etree.Element):
                yield found
                given += 1
                if given >= most:
                    return


def preceding(element: HtmlElement, most: int) -> Iterator[HtmlElement]:
    """Yield the elements that end before ``element`` on the page, nearest group first, at most ``most``."""
    given = 0
    for ancestor in (element, *element.iterancestors()):
        for sibling in ancestor.itersiblings(preceding=True):
            for found in sibling.iter(etree.Element):
                yield found
                given += 1
                if given >= most:
                    return
