"""Hazards of the server's word: statuses, redirects, cookies, pleas for quiet."""

import gzip
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from misbehaving.hazard import Table
from misbehaving.server import ARTICLE
from misbehaving.talk import Talk
from warraq_shared.reasons import Reason

answers = Table()


def _status(name: str, reason: Reason, status: str, *headers: str) -> None:
    answers.add(name, reason, lambda talk: talk.page(b"<html>no</html>", *headers, status=status))


_status("not-found", Reason.NOT_FOUND, "404 Not Found")
_status("gone", Reason.GONE, "410 Gone")
_status("unauthorized", Reason.FORBIDDEN, "401 Unauthorized", 'WWW-Authenticate: Basic realm="x"')
_status("payment-required", Reason.FORBIDDEN, "402 Payment Required")
_status("forbidden", Reason.FORBIDDEN, "403 Forbidden")
_status("for-legal-reasons", Reason.FORBIDDEN, "451 Unavailable For Legal Reasons")
_status("bad-request", Reason.CLIENT_ERROR, "400 Bad Request")
_status("teapot", Reason.CLIENT_ERROR, "418 I'm a teapot")
_status("request-timeout", Reason.TIMEOUT, "408 Request Timeout")
_status("too-early", Reason.SERVER_ERROR, "425 Too Early")
_status("server-error", Reason.SERVER_ERROR, "500 Internal Server Error")
_status("bad-gateway", Reason.SERVER_ERROR, "502 Bad Gateway")
_status("unavailable", Reason.SERVER_ERROR, "503 Service Unavailable")
_status("unavailable-for-a-while", Reason.THROTTLED, "503 Service Unavailable", "Retry-After: 30")
_status("edge-error", Reason.SERVER_ERROR, "522 Connection Timed Out")
_status("status-999", Reason.BAD_RESPONSE, "999 Request denied")
_status("too-many-requests", Reason.THROTTLED, "429 Too Many Requests")
_status("too-many-requests-for-seconds", Reason.THROTTLED, "429 Too Many Requests", "Retry-After: 120")
_status("too-many-requests-for-ages", Reason.THROTTLED, "429 Too Many Requests", "Retry-After: 99999999999999")
_status("too-many-requests-for-nonsense", Reason.THROTTLED, "429 Too Many Requests", "Retry-After: soon, maybe")
_status("not-modified-for-ever", Reason.BAD_RESPONSE, "304 Not Modified")


@answers(Reason.THROTTLED)
def too_many_requests_until_a_date(talk: Talk) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    talk.page(b"slow down", f"Retry-After: {until}", status="429 Too Many Requests")


@answers(Reason.OK, note="unasked-304")
def not_modified_once(talk: Talk) -> None:
    if "no-cache" in talk.asked.headers.get("cache-control", ""):
        talk.page(ARTICLE)
    else:
        talk.send(b"HTTP/1.1 304 Not Modified\r\n\r\n")
        talk.keep = True


# redirects that end well


@answers(Reason.OK)
def redirect_to_a_page(talk: Talk) -> None:
    talk.redirect("/page")


@answers(Reason.OK)
def redirect_in_raw_utf8(talk: Talk) -> None:
    talk.redirect("/صفحة/خبر")


@answers(Reason.OK)
def redirect_in_latin1(talk: Talk) -> None:
    talk.redirect("/latin/caf\xe9".encode("latin-1"))


@answers(Reason.OK)
def redirect_without_a_scheme(talk: Talk) -> None:
    talk.redirect(f"//other.localhost:{talk.port}/page")


@answers(Reason.OK)
def redirect_with_credentials(talk: Talk) -> None:
    talk.redirect(f"http://user:password@other.localhost:{talk.port}/page#part")


@answers(Reason.OK)
def redirect_with_backslashes(talk: Talk) -> None:
    talk.redirect("\\page")


@answers(Reason.OK)
def redirect_with_a_bomb_in_its_body(talk: Talk) -> None:
    bomb = gzip.compress(b"0" * 10_000_000)
    head = f"HTTP/1.1 302 Found\r\nLocation: /page\r\nContent-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n"
    talk.send(head.encode() + bomb)


@answers(Reason.OK)
def redirect_with_an_endless_body(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 302 Found\r\nLocation: /page\r\n\r\n")
    talk.flood(b"never to be read")


@answers(Reason.OK)
def cookie_wall(talk: Talk) -> None:
    if "seen=yes" in talk.asked.headers.get("cookie", ""):
        talk.page(ARTICLE)
    else:
        talk.redirect(talk.asked.path, "302 Found", "Set-Cookie: seen=yes; Path=/")


@answers(Reason.OK)
def cookie_flood(talk: Talk) -> None:
    if talk.asked.path.endswith("?again"):
        # More than a server takes: who sends all the cookies back is turned away.
        too_much = len(talk.asked.headers.get("cookie", "")) > 20_000
        talk.page(ARTICLE, status="431 Request Header Fields Too Large" if too_much else "200 OK")
    else:
        cookies = [f"Set-Cookie: c{i}={'x' * 1000}" for i in range(150)]
        talk.redirect("/cookie-flood?again", "302 Found", *cookies)


# redirects that do not


@answers(Reason.REDIRECT_LOOP)
def redirect_to_itself(talk: Talk) -> None:
    talk.redirect("/redirect-to-itself")


@answers(Reason.REDIRECT_LOOP)
def redirect_to_and_fro(talk: Talk) -> None:
    talk.redirect("/redirect-to-and-fro?b" if "?b" not in talk.asked.path else "/redirect-to-and-fro?a")


@answers(Reason.TOO_MANY_REDIRECTS)
def redirect_maze(talk: Talk) -> None:
    talk.redirect(f"/redirect-maze?{talk.asked.at}")


@answers(Reason.URL_TOO_LONG)
def redirect_that_grows(talk: Talk) -> None:
    talk.redirect("/redirect-that-grows?" + "x" * 5000)


def _redirect(name: str, reason: Reason, location: str, status: str = "302 Found") -> None:
    answers.add(name, reason, lambda talk: talk.redirect(location, status))


_redirect("redirect-to-file", Reason.BAD_REDIRECT, "file:///etc/passwd")
_redirect("redirect-to-ftp", Reason.BAD_REDIRECT, "ftp://example.com/x")
_redirect("redirect-to-gopher", Reason.BAD_REDIRECT, "gopher://127.0.0.1:6379/_FLUSHALL")
_redirect("redirect-to-javascript", Reason.BAD_REDIRECT, "javascript:alert(1)")
_redirect("redirect-to-data", Reason.BAD_REDIRECT, "data:text/html,<p>x")
_redirect("redirect-to-an-empty-host", Reason.REDIRECT_LOOP, "http://")
_redirect("redirect-to-a-bad-port", Reason.BAD_REDIRECT, "http://example.com:99999/")
_redirect("redirect-to-a-broken-v6", Reason.BAD_REDIRECT, "http://[::1/")


@answers(Reason.BAD_REDIRECT)
def redirect_without_a_location(talk: Talk) -> None:
    talk.page(b"moved", status="301 Moved Permanently")
