"""Our feed reader beside feedparser: time on sound feeds, items read from broken ones.

    python bench/feeds.py

feedparser is compared where it is installed (``pip install feedparser``, in an environment of its own).
"""

import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType

from warraq_parser.feeds.reading import read_feed
from warraq_shared.errors import PageProblem

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TEXT = "<p>Some words of an article, with a <a href='/x'>link</a> and more &amp; more.</p>" * 20
ARABIC = "أخبار اليوم"
ITEMS = 20


def item(number: int, title: str = "Headline", text: str = "") -> str:
    described = f"<description><![CDATA[{text}]]></description>" if text else ""
    return (
        f"<item><title>{title} {number}</title><link>https://news.example/{number}?a=1&amp;b=2</link>"
        f"<pubDate>Tue, {number % 23 + 1:02d} Nov 2026 10:13:02 GMT</pubDate>{described}</item>"
    )


def rss(count: int = ITEMS, title: str = "Headline", text: str = "", encoding: str = "utf-8") -> str:
    items = "".join(item(number, title, text) for number in range(count))
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>'
    return f'{declaration}<rss version="2.0"><channel><title>N</title>{items}</channel></rss>'


def laughs() -> str:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    return f'<!DOCTYPE rss [<!ENTITY a0 "ha">{entities}]>' + rss().partition("?>")[2]


SOUND = {
    "50 items with text, 90 KB": rss(50, text=TEXT).encode(),
    "50 items without": rss(50).encode(),
    "2,000 items": rss(2_000).encode(),
}
BROKEN = {
    "junk before the declaration": b"<b>Warning</b>: /a.php\n" + rss().encode(),
    "undefined entities": rss(title="Caf&eacute;&nbsp;Headline").encode(),
    "bare ampersands": rss(title="R&D Headline").replace("&amp;b", "&b").encode(),
    "cut off in the middle": rss().encode()[: len(rss()) // 2],
    "a mismatched tag": rss().replace("Headline 7</title>", "Headline 7</titel>").encode(),
    "a stray end tag": rss().replace("Headline 7", "</b>Headline 7").encode(),
    "a bare <": rss().replace("Headline 7", "a < b Headline 7").encode(),
    "control characters": rss().replace("Headline 7", "\x0bHeadline 7").encode(),
    "an unquoted attribute": rss().replace('"2.0"', "2.0").encode(),
    "Arabic that says latin-1": rss(title=ARABIC, encoding="iso-8859-1").encode(),
    "windows-1256, declared": rss(title=ARABIC, encoding="windows-1256").encode("cp1256"),
    "windows-1256, undeclared": rss(title=ARABIC).encode("cp1256"),
    "Arabic with a broken byte": rss(title=ARABIC).encode()[:600] + b"\xd8" + rss(title=ARABIC).encode()[600:],
    "UTF-16": rss(encoding="utf-16").encode("utf-16"),
    "billion laughs": laughs().encode(),
}


def ours(body: bytes) -> int:
    """Return how many items have their title, link and date."""
    try:
        feed = read_feed(body, "https://news.example/feed", "text/xml", NOW)
    except PageProblem:
        return 0
    return sum(_whole(one.title or "", one.url, one.published_at) for one in feed.items)


def theirs(feedparser: ModuleType) -> Callable[[bytes], int]:
    def count(body: bytes) -> int:
        entries = feedparser.parse(body, response_headers={"content-type": "text/xml"}).entries
        return sum(_whole(one.get("title", ""), one.get("link", ""), one.get("published_parsed")) for one in entries)

    return count


def _whole(title: str, url: str, moment: object) -> bool:
    return ("Headline" in title or ARABIC in title) and "a=1&b=2" in url and moment is not None


def milliseconds(read: Callable[[bytes], int], body: bytes) -> float:
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        read(body)
        best = min(best, time.process_time() - began)
    return best * 1000


def main() -> None:
    warnings.simplefilter("ignore")
    readers: dict[str, Callable[[bytes], int]] = {"ours": ours}
    try:
        import feedparser
    except ModuleNotFoundError:
        print("feedparser is not installed here: only our own figures.")
    else:
        readers["feedparser"] = theirs(feedparser)
    print(f"{'CPU ms per feed':<32}" + "".join(f"{name:>14}" for name in readers))
    for name, body in SOUND.items():
        print(f"{name:<32}" + "".join(f"{milliseconds(read, body):>14.1f}" for read in readers.values()))
    print(f"\n{'whole items of ' + str(ITEMS):<32}" + "".join(f"{name:>14}" for name in readers))
    for name, body in BROKEN.items():
        print(f"{name:<32}" + "".join(f"{read(body):>14}" for read in readers.values()))


if __name__ == "__main__":
    main()
