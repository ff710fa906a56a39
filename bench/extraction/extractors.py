"""Extractors behind one call: ``f(html_bytes, url) -> dict`` with title, text, headings, published_at, authors.

Imported by the interpreter that has the peer; imports are inside, so a peer that is missing fails alone.
"""

from collections.abc import Callable
from typing import Any

Extract = Callable[[bytes, str], dict[str, Any]]
_BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 li ul ol blockquote table tr td section article br figure pre".split())


def ours() -> Extract:
    from warraq_parser.bench_entry import extract

    return extract


def trafilatura(**options: bool) -> Extract:
    from trafilatura import bare_extraction

    def run(page: bytes, url: str) -> dict[str, Any]:
        found = bare_extraction(page, url=url, with_metadata=True, include_comments=False, **options)
        if found is None:
            return {}
        fields = found.as_dict()
        authors = [name for name in (fields.get("author") or "").split("; ") if name]
        return {
            "title": fields.get("title"),
            "text": fields.get("text"),
            "published_at": fields.get("date"),
            "authors": authors,
        }

    return run


def newspaper4k() -> Extract:
    import newspaper

    _nltk_without_data()

    def run(page: bytes, url: str) -> dict[str, Any]:
        article = newspaper.Article(url or "http://localhost/", fetch_images=False)
        article.download(input_html=page.decode("utf-8", "replace"))
        article.parse()
        published = article.publish_date.isoformat() if article.publish_date else None
        return {
            "title": article.title,
            "text": article.text,
            "published_at": published,
            "authors": list(article.authors),
        }

    return run


def newsplease() -> Extract:
    from newsplease import NewsPlease

    _nltk_without_data()

    def run(page: bytes, url: str) -> dict[str, Any]:
        article = NewsPlease.from_html(page.decode("utf-8", "replace"), url=url, fetch_images=False)
        published = article.date_publish.isoformat() if article.date_publish else None
        return {
            "title": article.title,
            "text": article.maintext,
            "published_at": published,
            "authors": list(article.authors or []),
        }

    return run


def _nltk_without_data() -> None:
    """Let newspaper4k split Korean into words by rules: what it asks for is not on PyPI, and only counts words."""
    import nltk

    try:
        nltk.data.find("tokenizers/punkt_tab")
    except LookupError:
        nltk.word_tokenize = nltk.tokenize.wordpunct_tokenize


def readability() -> Extract:
    from readability import Document

    def run(page: bytes, url: str) -> dict[str, Any]:
        document = Document(page.decode("utf-8", "replace"), url=url)
        return {"title": document.short_title(), "text": _text_of(document.summary(html_partial=True))}

    return run


def goose() -> Extract:
    from goose3 import Goose

    reader = Goose({"enable_image_fetching": False, "strict": False})

    def run(page: bytes, url: str) -> dict[str, Any]:
        article = reader.extract(raw_html=page.decode("utf-8", "replace"))
        published = article.publish_datetime_utc or article.publish_date
        return {
            "title": article.title,
            "text": article.cleaned_text,
            "published_at": str(published) if published else None,
            "authors": list(article.authors or []),
        }

    return run


def resiliparse() -> Extract:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    def run(page: bytes, url: str) -> dict[str, Any]:
        tree = HTMLTree.parse(page.decode("utf-8", "replace"))
        return {"title": tree.title, "text": extract_plain_text(tree, main_content=True, alt_texts=False)}

    return run


EXTRACTORS: dict[str, Callable[[], Extract]] = {
    "warraq": ours,
    "trafilatura": trafilatura,
    "trafilatura-fast": lambda: trafilatura(fast=True),
    "trafilatura-precision": lambda: trafilatura(favor_precision=True),
    "newspaper4k": newspaper4k,
    "news-please": newsplease,
    "readability-lxml": readability,
    "goose3": goose,
    "resiliparse": resiliparse,
}


def _text_of(markup: str) -> str:
    """Return the text of a fragment, a line a block, for peers that give markup."""
    from lxml import html

    if not markup.strip():
        return ""
    lines: list[str] = [""]
    for element in html.fromstring(f"<div>{markup}</div>").iter():
        if element.tag in _BLOCKS:
            lines.append("")
        lines[-1] += element.text or ""
        if element.tail:
            lines.append(element.tail)
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())
