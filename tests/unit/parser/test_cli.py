"""``warraq parse`` and ``warraq rules`` as they are run: output, order, exit codes."""

import base64
import json
import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from unit.parser.front_pages import article, cards, page, paragraph

URL = "https://news.example/2026/11/24/harbour-plan"
FEED = b"<rss><channel><title>N</title><item><title>Votes</title><link>https://news.example/a</link></item></channel></rss>"


def warraq(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", "from warraq_shared.cli import main; main()", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "80", **environment},
    )


def line(url: str, html: str | bytes, **more: object) -> bytes:
    body = html.encode() if isinstance(html, str) else html
    return json.dumps({"url": url, "html_b64": base64.b64encode(body).decode(), **more}).encode() + b"\n"


def documents(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(one) for one in output.splitlines()]


def test_a_file_gives_one_json_document(tmp_path: Path) -> None:
    saved = tmp_path / "page.html"
    saved.write_text(article("ar", 6))
    done = warraq("parse", str(saved), "--url", URL, "--json")
    document = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert (document["url"], document["kind"], document["reason"]) == (URL, "article", "ok")
    assert document["text"].count("\n") >= 5
    assert {"title", "headings", "published_at", "authors", "language", "direction", "blocks", "evidence"} <= set(
        document
    )


def test_the_explanation_tells_why_the_body_is_the_body_and_what_was_left_out_of_it() -> None:
    done = warraq("parse", "-", "--url", URL, "--explain", stdin=article("en", 6).encode())
    told = done.stdout.decode()
    assert "of the running text around it" in told
    assert "left out: " in told


def test_a_page_is_shown_to_be_read_and_explained() -> None:
    done = warraq("parse", "-", "--url", URL, "--explain", stdin=article("fr", 6).encode())
    shown = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert "Le conseil" in shown
    assert "kind  article" in shown
    assert "encoding  utf-8" in shown
    assert max(map(len, shown.splitlines()[:8])) <= 160


def test_right_to_left_lines_are_isolated() -> None:
    done = warraq("parse", "-", "--url", URL, stdin=article("ar", 6).encode())
    lines = [one for one in done.stdout.decode().splitlines() if "المجلس" in one]
    assert lines
    assert all(one.startswith("\u2068") and one.endswith("\u2069") for one in lines)


def test_a_saved_page_knows_its_address_from_itself(tmp_path: Path) -> None:
    saved = tmp_path / "page.html"
    saved.write_text(article("en").replace("<head>", f'<head><link rel="canonical" href="{URL}">'))
    assert json.loads(warraq("parse", str(saved), "--json").stdout)["url"] == URL


def test_a_page_without_an_address_is_known_by_its_file(tmp_path: Path) -> None:
    saved = tmp_path / "صفحة.html"
    saved.write_text(article("en"))
    done = warraq("parse", str(saved), "--json")
    document = json.loads(done.stdout)
    # A file is no front page, and no site has its name.
    assert (document["kind"], document["site"], document["url"]) == ("article", None, saved.as_uri())
    assert b"give --url" in done.stderr
    from_stdin = warraq("parse", "-", "--json", stdin=article("en").encode())
    assert json.loads(from_stdin.stdout)["url"] == "file:///dev/stdin"


@pytest.mark.parametrize(("stdin", "sentence"), [(b"", b"no content"), (b"\x89PNG\r\n\x1a\n", b"Neither a web page")])
def test_what_is_no_page_is_told_once_and_asked_for_no_address(stdin: bytes, sentence: bytes) -> None:
    done = warraq("parse", "-", stdin=stdin)
    assert (done.stdout + done.stderr).count(sentence) == 1
    assert done.stderr.count(b"\n") == 1


def test_a_feed_shows_its_items() -> None:
    done = warraq("parse", "-", "--url", "https://news.example/feed", stdin=FEED)
    assert done.returncode == 0
    assert "https://news.example/a  Votes" in done.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "says"),
    [
        (["parse", "no-such-file.html"], b"", 3, "There is no file"),
        (["parse", "news.example/a"], b"", 3, "write https://news.example/a"),
        (["parse", "-", "--url", "ftp://x"], b"<p>", 2, "not an http or https address"),
        (["parse", "-", "--with-profile"], b"<p>", 2, "need --jsonl"),
        (["parse", "--jsonl", "--explain"], b"", 2, "each line names its page"),
        (["parse", "-"], b"", 5, "no content"),
        (["parse", "-"], b"%PDF-1.7", 5, "Neither a web page"),
        (["rules", "check", "no-such.toml", "."], b"", 3, "There is no file"),
    ],
)
def test_a_mistake_has_a_sentence_and_an_exit_code(arguments: list[str], stdin: bytes, code: int, says: str) -> None:
    done = warraq(*arguments, stdin=stdin)
    assert says in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.returncode == code


def test_lines_give_one_article_a_line_in_order_whatever_they_are() -> None:
    lines = [
        line("https://news.example/1-a-b-c", article("en", 5)),
        line("https://news.example/", page("N", cards("en"))),
        line("https://news.example/feed", FEED),
        line("https://news.example/2", b""),
        b"not json\n",
        b"\n",
        b'{"url": "https://news.example/3"}\n',
        line(
            "https://news.example/4-a-b-c",
            article("zh", 5),
            headers={"Content-Type": "text/html"},
            fetched_at="2026-11-24T00:00:00Z",
        ),
    ]
    done = warraq("parse", "--jsonl", stdin=b"".join(lines))
    assert done.returncode == 0, done.stderr
    answers = documents(done.stdout)
    assert [one["reason"] for one in answers] == [
        "ok",
        "not-an-article",
        "ok",
        "empty-body",
        "bad-url",
        "bad-url",
        "ok",
    ]
    assert [one["kind"] for one in answers] == [
        "article",
        "section",
        "feed",
        "unknown",
        "unknown",
        "unknown",
        "article",
    ]
    assert all({"url", "title", "text", "blocks", "authors"} <= set(one) for one in answers)
    assert answers[3]["text"] is None
    assert 'needs "url" and "html_b64"' in answers[5]["notes"][0]


def test_several_workers_give_the_same_lines_in_the_same_order() -> None:
    stdin = b"".join(line(f"https://news.example/a-b-c-{n}", article("en", n % 7 + 2)) for n in range(40))
    alone = warraq("parse", "--jsonl", stdin=stdin)
    spread = warraq("parse", "--jsonl", "--workers", "3", stdin=stdin)
    assert spread.stdout == alone.stdout, spread.stderr
    assert len(documents(spread.stdout)) == 40


def test_an_answer_comes_before_the_next_line_is_sent() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", "from warraq_shared.cli import main; main()", "parse", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for n in range(3):
        process.stdin.write(line(f"https://news.example/{n}", article("en", 4)))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["url"] == f"https://news.example/{n}"
    process.stdin.close()
    process.stdout.close()
    assert process.wait(30) == 0


def test_rules_are_checked_and_then_applied(tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    html = article("en").replace("<head>", f'<head><link rel="canonical" href="{URL}">')
    (tmp_path / "saved" / "a.html").write_text(html)
    rules = tmp_path / "rules.toml"
    rules.write_text('[[site]]\nhost = "news.example"\n[site.fields]\ntitle = ".date"\n')
    done = warraq("rules", "check", str(rules), str(tmp_path / "saved"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert "news.example  1 page\n" in done.stdout.decode()
    assert "ok   title            1 of 1    24 November 2026" in done.stdout.decode()
    parsed = warraq("parse", str(tmp_path / "saved" / "a.html"), "--json", "--rules", str(rules))
    assert json.loads(parsed.stdout)["title"] == "24 November 2026"


def test_rules_that_find_nothing_fail_the_check(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('[[site]]\nhost = "news.example"\n[site.fields]\ntitle = ".gone"\n')
    (tmp_path / "a.html").write_text(article("en").replace("<head>", f'<head><link rel="canonical" href="{URL}">'))
    done = warraq("rules", "check", str(rules), str(tmp_path), "--json")
    document = json.loads(done.stdout)
    assert (done.returncode, document["accepted"]) == (5, False)
    rules.write_text('[[site]]\nhost = "news.example"\n[site.fields]\ntitel = ".gone"\n')
    assert b"line 4, titel" in warraq("rules", "check", str(rules), str(tmp_path)).stderr


class _OnePage(BaseHTTPRequestHandler):
    """A site of one article, without a robots.txt."""

    def do_GET(self) -> None:
        found = self.path == "/2026/11/24/harbour-plan"
        body = article("en", 6).encode() if found else b"not here"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is http.server's)
        """Say nothing."""


def test_a_url_is_fetched_by_the_fetcher_and_parsed() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _OnePage) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/2026/11/24/harbour-plan"
        allowed = warraq("parse", url, "--json", WARRAQ_ALLOW_NETWORKS=f"127.0.0.1:{server.server_port}")
        refused = warraq("parse", url, "--json")
        server.shutdown()
    document = json.loads(allowed.stdout)
    assert (allowed.returncode, document["url"], document["reason"]) == (0, url, "ok")
    assert refused.returncode == 4
    assert b"public internet" in refused.stderr


def test_parsing_a_file_loads_no_queue_no_store_and_no_network() -> None:
    code = (
        "import sys; from warraq_shared.cli import main\n"
        "try: main(['parse', '-'])\n"
        "finally: print(sorted({'celery', 'redis', 'requests', 'sqlalchemy', 'rich', 'structlog'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], input=article("en").encode(), capture_output=True, check=False)
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_with_profile_leaves_out_what_stands_on_every_page_of_a_site() -> None:
    again = "All that is written here is the opinion of its author, and not that of this newspaper."
    stories = [
        "".join(
            f"<p>On day {n} the council of town {k} heard {n * k} people, {paragraph('en', n * 9 + k)}</p>"
            for k in range(5)
        )
        for n in range(8)
    ]
    pages = [
        page(f"Story {n}", f"<article><h1>Story {n}</h1>{text}<p>{again}</p></article>")
        for n, text in enumerate(stories)
    ]
    stdin = b"".join(line(f"https://news.example/story-number-{n}", html) for n, html in enumerate(pages))
    plain, learned = (
        documents(warraq("parse", "--jsonl", *more, stdin=stdin).stdout) for more in ([], ["--with-profile"])
    )
    assert all(again in one["text"] for one in plain)
    assert not any(again in one["text"] for one in learned)
    assert all(one["text"].count("On day") == 5 for one in learned)
