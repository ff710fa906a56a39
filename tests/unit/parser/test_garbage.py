"""A page leaves nothing behind that only the garbage collector could find."""

import gc

from warraq_parser.parse import parse
from warraq_shared.parsed import ParseInput, utc_now

PAGE = """<html><head><title>Harvest</title></head><body><nav><a href="/a">News</a></nav><article><h1>Harvest</h1>
<p>The <b>harvest</b> began early this year, said the farmers<br>of the valley, who had waited for the rain.</p>
<figure><img src="/a.jpg"><figcaption>The valley.</figcaption></figure>
<ul><li>Wheat</li><li>Barley</li></ul></article>"""


def test_a_page_leaves_no_circle_of_references() -> None:
    page = ParseInput(url="https://news.example/harvest", body=PAGE.encode(), fetched_at=utc_now())
    parse(page)
    gc.collect()
    gc.disable()
    try:
        parse(page)
        assert gc.collect() == 0
    finally:
        gc.enable()
