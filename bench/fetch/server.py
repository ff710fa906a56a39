"""The site of the bench: article pages of about 100 KB, packed once, answered after a delay. A process of its own."""

import asyncio
import gzip
import random
import sys

PAGES = 50
HOSTS = 200


class Site(asyncio.Protocol):
    """Answers every request with one of the prepared pages."""

    answers: list[bytes] = []
    delay = 0.05

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._number = 0

    def data_received(self, data: bytes) -> None:
        if not data.endswith(b"\r\n\r\n"):
            return
        missing = b"/robots.txt" in data[:40]
        self._number += 1
        answer = NOT_THERE if missing else self.answers[self._number % len(self.answers)]
        asyncio.get_running_loop().call_later(self.delay, self._transport.write, answer)


NOT_THERE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def page(number: int) -> bytes:
    dice = random.Random(number)
    words = ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=dice.randint(2, 11))) for _ in range(3000)]
    body = "".join(f"<p class=text>{' '.join(dice.choices(words, k=60))}</p>\n" for _ in range(230))
    html = f"<!doctype html><html><head><title>{number}</title></head><body>{body}</body></html>".encode()
    packed = gzip.compress(html)
    head = (
        "HTTP/1.1 200 OK\r\nServer: bench\r\nDate: Tue, 24 Nov 2026 10:00:00 GMT\r\nConnection: keep-alive\r\n"
        f'Cache-Control: max-age=60\r\nVary: Accept-Encoding\r\nETag: "{number}"\r\nX-Frame-Options: DENY\r\n'
        f"Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n"
    )
    return head.encode() + packed


async def main(delay: float) -> None:
    Site.answers, Site.delay = [page(number) for number in range(PAGES)], delay
    loop = asyncio.get_running_loop()
    first = await loop.create_server(Site, "127.0.0.1", 0)
    port = first.sockets[0].getsockname()[1]
    # Many hosts, because one is asked one question at a time.
    await loop.create_server(Site, [f"127.0.0.{number}" for number in range(2, HOSTS + 1)], port)
    print(port, flush=True)
    await first.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
