"""A server that knows validators, and servers that lie about them."""

from misbehaving.server import ARTICLE
from misbehaving.talk import Talk

ETAG = '"v1"'
MODIFIED = "Mon, 23 Nov 2026 08:00:00 GMT"


def honest(talk: Talk) -> None:
    """Answer 304 to its own validators, byte for byte."""
    asked = talk.asked.headers
    if asked.get("if-none-match") == ETAG or asked.get("if-modified-since") == MODIFIED:
        talk.send(f"HTTP/1.1 304 Not Modified\r\nETag: {ETAG}\r\nCache-Control: max-age=60\r\n\r\n".encode())
        talk.keep = True
    else:
        talk.page(ARTICLE, f"ETag: {ETAG}", f"Last-Modified: {MODIFIED}")


def lying(talk: Talk) -> None:
    """Other content each time, under the same validators."""
    talk.page(ARTICLE + str(talk.asked.at).encode(), f"ETag: {ETAG}", f"Last-Modified: {MODIFIED}")


def weak(talk: Talk) -> None:
    """A weak tag, which may stay the same when bytes change."""
    talk.page(ARTICLE + str(talk.asked.at).encode(), f"ETag: W/{ETAG}")


def deaf(talk: Talk) -> None:
    """The same page in full, whatever was asked."""
    talk.page(ARTICLE, f"ETag: {ETAG}")


def stale(talk: Talk) -> None:
    """Not modified, whatever happened."""
    if "if-none-match" in talk.asked.headers:
        talk.send(b"HTTP/1.1 304 Not Modified\r\n\r\n")
        talk.keep = True
    else:
        lying(talk)


PAGES = {"/stale": stale, "/honest": honest, "/lying": lying, "/weak": weak, "/deaf": deaf}
