"""The whole site: all hazards of all tables, and the pages that behave."""

import functools
import gzip
import random
import zlib
from collections.abc import Callable

import brotli
import zstandard

from misbehaving import conditional
from misbehaving.answers import answers
from misbehaving.content import content
from misbehaving.hazard import Hazard
from misbehaving.robots_files import FILES
from misbehaving.server import ARTICLE, MisbehavingSite
from misbehaving.talk import Answer, Talk
from misbehaving.transfer import transfer

HAZARDS: tuple[Hazard, ...] = (*transfer.hazards, *content.hazards, *answers.hazards)


def _page(talk: Talk) -> None:
    talk.page(ARTICLE)


@functools.cache
def _fourteen_megabytes() -> bytes:
    """A page of random letters, so that it stays large on its way through Redis."""
    return b"<p>" + random.Random(3).randbytes(7_000_000).hex().encode()


def _large(talk: Talk) -> None:
    talk.page(_fourteen_megabytes())


def _in_chunks(coding: str, pack: Callable[[bytes], bytes]) -> Answer:
    def answer(talk: Talk) -> None:
        talk.start_chunked(f"Content-Encoding: {coding}")
        packed = pack(ARTICLE)
        talk.chunk(packed[:100])
        talk.chunk(packed[100:])
        talk.send(b"0\r\n\r\n")
        talk.keep = True

    return answer


PAGES: dict[str, Answer] = {
    "/": _page,
    "/page": _page,
    "/pages/": _page,
    "/latin/": _page,
    "/%D8%B5%D9%81%D8%AD%D8%A9/": _page,
    "/fourteen-megabytes": _large,
    "/moved": lambda talk: talk.redirect("/page", "301 Moved Permanently"),
    "/moved-for-now": lambda talk: talk.redirect("/moved"),
    "/moved-and-gone": lambda talk: talk.redirect("/gone", "308 Permanent Redirect"),
    "/moved-and-unchanged": lambda talk: talk.redirect("/honest", "301 Moved Permanently"),
    "/to-another-site": lambda talk: talk.redirect(f"http://foreign.localhost:{talk.port}/page"),
    "/reserved": lambda talk: talk.page(ARTICLE, "X-Robots-Tag: noai", "TDM-Reservation: 1"),
    "/in-chunks/gzip": _in_chunks("gzip", gzip.compress),
    "/in-chunks/deflate": _in_chunks("deflate", zlib.compress),
    "/in-chunks/br": _in_chunks("br", brotli.compress),
    "/in-chunks/zstd": _in_chunks("zstd", zstandard.compress),
    **conditional.PAGES,
}


def misbehaving_site() -> MisbehavingSite:
    """Return the site, not yet started."""
    site = MisbehavingSite(
        {hazard.path: hazard.answer for hazard in HAZARDS} | PAGES, {file.name: file.answer for file in FILES}
    )
    site.answers["/redirect-by-order"] = lambda talk: talk.redirect(site.ordered_target)
    return site
