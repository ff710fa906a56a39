"""A made news site for the benchmark, served by a process of its own: many hosts, pages of about 100 KB, gzip.

Run by ``bench/pipeline/run.py``; prints its port and serves until its standard input is closed.
"""

import gzip
import random
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WORDS = """
harbour council ferry winter market bridge teacher mayor river budget library strike school vote engine orchard station
paper signal valley window garden captain museum railway kitchen doctor island weather letter
""".split()
HOSTS = 20
PARAGRAPHS = 30
FURNITURE_ITEMS = 600


def paragraph(rng: random.Random) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(60)).capitalize() + "."


def page(number: int) -> bytes:
    """Return page ``number``: an article between navigation, teasers and a footer; the same for the same number."""
    rng = random.Random(number)
    body = "".join(f"<p>{paragraph(rng)}</p>" for _ in range(PARAGRAPHS))
    links = "".join(
        f'<li class="teaser"><a href="/section/{i}/{rng.randrange(10**6)}">'
        f"{rng.choice(WORDS)} {rng.choice(WORDS)}</a></li>"
        for i in range(FURNITURE_ITEMS)
    )
    title = f"The {rng.choice(WORDS)} of number {number}"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="article:published_time" content="2026-10-{1 + number % 28:02}T08:00:00+00:00"></head>'
        f"<body><nav><ul>{links}</ul></nav><article><h1>{title}</h1>{body}</article><aside><ul>{links}</ul></aside>"
        "<footer>All rights reserved.</footer></body></html>"
    ).encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    pages: dict[str, bytes] = {}

    def do_GET(self) -> None:
        body = self.pages.get(self.path, b"")
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if body:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the bench has its own figures."""


def main(number_of_pages: int) -> None:
    Handler.pages = {f"/{number}": gzip.compress(page(number), 5) for number in range(number_of_pages)}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    main(int(sys.argv[1]))
