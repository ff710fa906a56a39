"""Many pages over several processes: a page that kills its process takes nothing else with it."""

import base64
import json
from datetime import UTC, datetime

from unit.parser.deadly_lines import DeadlyLines
from warraq_parser.many import answers

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def line(url: str) -> bytes:
    return json.dumps({"url": url, "html_b64": base64.b64encode(b"<p>x</p>").decode()}).encode()


def test_a_page_that_kills_its_process_is_reported_and_the_others_are_answered_in_order() -> None:
    urls = [f"https://news.example/{'deadly' if n in (3, 11) else 'good'}-{n}" for n in range(16)]
    found = list(answers(map(line, urls), DeadlyLines(NOW), workers=2))
    assert len(found) == 16
    for n, (url, answer) in enumerate(zip(urls, found, strict=True)):
        if n in (3, 11):
            document = json.loads(answer)
            assert (document["url"], document["reason"]) == (url, "parser-crashed")
        else:
            assert answer == url
