"""What a client sees of the demo's server: hosts, validators, compression, kept-alive connections, the log."""

import gzip
import http.client
import threading

import pytest

from warraq_demo.content import read_sites
from warraq_demo.server import LOOPBACK, SOURCES, NewsWorld, site_of_host

CORRECTED = "/2026/10/05/tide-gauge"


def test_the_host_header_tells_the_sites_apart(ask):
    assert "نداء بوست".encode() in ask("nida", "/").body
    assert b"The Harbour Ledger" in ask("harbour", "/").body


def test_the_bare_address_lists_the_sites(world):
    connection = http.client.HTTPConnection(LOOPBACK, world.port, timeout=10)
    connection.request("GET", "/")
    page = connection.getresponse().read().decode()
    connection.close()
    assert all(site.title in page for site in read_sites())


def test_every_source_answers_and_names_its_articles(world, ask):
    for source in SOURCES:
        answer = ask(source.site, source.path)
        assert answer.status == 200, source
        assert f"{source.site}.localhost:{world.port}".encode() in answer.body or source.kind == "section"


def test_a_known_etag_is_answered_with_304_and_no_body(ask):
    first = ask("nida", "/feed/")
    again = ask("nida", "/feed/", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]


def test_a_strange_etag_wins_over_a_date_that_fits(ask):
    first = ask("nida", "/feed/")
    again = ask("nida", "/feed/", If_None_Match='"other"', If_Modified_Since=first.headers["last-modified"])
    assert again.status == 200


def test_a_page_unchanged_since_a_date_is_answered_with_304(ask):
    first = ask("harbour", CORRECTED)
    assert ask("harbour", CORRECTED, If_Modified_Since=first.headers["last-modified"]).status == 304
    assert ask("harbour", CORRECTED, If_Modified_Since="Thu, 01 Jan 2026 00:00:00 GMT").status == 200
    assert ask("harbour", CORRECTED, If_Modified_Since="yesterday").status == 200


def test_gzip_is_sent_to_who_accepts_it_and_only_to_them(ask):
    plain, packed = ask("sepidar", "/"), ask("sepidar", "/", Accept_Encoding="gzip, br")
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body)


def test_head_sends_the_headers_of_get_alone(world, ask):
    head, full = ask("jiangwan", "/", method="HEAD"), ask("jiangwan", "/")
    assert head.body == b""
    assert head.headers["content-length"] == full.headers["content-length"] == str(len(full.body))


def test_one_connection_serves_many_requests(world):
    connection = http.client.HTTPConnection(LOOPBACK, world.port, timeout=10)
    for path in ("/", "/robots.txt", "/nowhere", "/feed/"):
        connection.request("GET", path, headers={"Host": "nida.localhost"})
        connection.getresponse().read()
    kept = connection.sock is not None
    connection.close()
    assert kept


@pytest.mark.parametrize(
    ("site", "path", "status"),
    [
        ("nida", "/2026/08/removed-announcement/", 410),
        ("courrier", "/article/fete-du-lac-annulee-1900.html", 404),
        ("jiangwan", "/a/20260803/old-bridge.html", 301),
        ("nowhere", "/", 404),
    ],
)
def test_addresses_that_hold_no_article_say_so(ask, site, path, status):
    assert ask(site, path).status == status


def test_the_redirect_leads_to_an_article_that_is_there(world, ask):
    location = ask("jiangwan", "/a/20260803/old-bridge.html").headers["location"]
    prefix = world.url("jiangwan", "")
    assert location.startswith(prefix)
    assert ask("jiangwan", location.removeprefix(prefix)).status == 200


def test_the_empty_page_is_a_success_without_content(ask):
    answer = ask("harbour", "/2026/07/02/untitled-draft")
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", "0")


def test_the_pdf_is_a_pdf(ask):
    answer = ask("nida", "/wp-content/uploads/2026/09/rapport.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body.startswith(b"%PDF-1.4")
    assert answer.body.endswith(b"%%EOF\n")


def test_tracking_parameters_do_not_change_the_answer(ask):
    assert ask("nida", "/2026/09/water-wheel/?utm_source=rss").body == ask("nida", "/2026/09/water-wheel/").body


def test_what_was_asked_is_remembered_with_its_headers(world, ask):
    ask("nida", "/feed/", User_Agent="Tester/1 (+mailto:t@example.org)")
    (asked,) = world.asked_for("nida", "/feed/")
    assert asked.headers["user-agent"] == "Tester/1 (+mailto:t@example.org)"
    assert (asked.method, asked.status) == ("GET", 200)
    assert asked.at.tzinfo is not None


def test_advancing_corrects_a_paragraph_and_changes_the_validators(world, ask):
    before = ask("harbour", CORRECTED)
    assert world.advance() == 1
    after = ask("harbour", CORRECTED, If_None_Match=before.headers["etag"])
    assert b"74 millimetres" in before.body
    assert b"78 millimetres" in after.body
    assert before.headers["last-modified"] != after.headers["last-modified"]


def test_advancing_brings_a_new_article_into_the_feed(world, ask):
    path = "/article/crue-1009.html"
    assert ask("courrier", path).status == 404
    assert path.encode() not in ask("courrier", "/atom.xml").body
    world.advance()
    assert ask("courrier", path).status == 200
    assert path.encode() in ask("courrier", "/atom.xml").body


def test_the_world_goes_on_by_itself_once_the_corrected_page_was_served_often_enough(ask_port):
    with NewsWorld(correct_after=2) as world:
        texts = [ask_port(world.port, "harbour", CORRECTED).body for _ in range(3)]
        assert [b"74 millimetres" in text for text in texts] == [True, True, False]
        assert world.edition == 1


def test_stopping_ends_kept_alive_connections_and_their_threads():
    before = threading.active_count()
    world = NewsWorld().start()
    connection = http.client.HTTPConnection(LOOPBACK, world.port, timeout=10)
    connection.request("GET", "/", headers={"Host": "nida.localhost"})
    connection.getresponse().read()
    world.stop()
    world.stop()
    connection.close()
    assert threading.active_count() == before
    with pytest.raises(RuntimeError, match="not started"):
        _ = world.port


def test_the_host_header_may_have_a_port_and_capitals():
    assert site_of_host("Nida.LocalHost:8123") == "nida"
    assert site_of_host("127.0.0.1:8123") == ""
