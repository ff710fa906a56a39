"""Oddities of robots.txt, each on a host of its own, and the reason in which ``/page`` (or ``path``) ends there."""

from collections.abc import Callable
from dataclasses import dataclass

from misbehaving.talk import Answer, Talk
from warraq_shared.reasons import Reason


@dataclass(frozen=True)
class RobotsFile:
    name: str
    reason: Reason
    answer: Answer
    path: str = "/page"


FILES: list[RobotsFile] = []


def _text(name: str, reason: Reason, body: bytes | str, path: str = "/page", *headers: str) -> None:
    content = body if isinstance(body, bytes) else body.encode()
    FILES.append(RobotsFile(name, reason, lambda talk: talk.page(content, *headers, content_type="text/plain"), path))


def _file(reason: Reason, path: str = "/page") -> Callable[[Answer], Answer]:
    def add(answer: Answer) -> Answer:
        FILES.append(RobotsFile(answer.__name__.replace("_", "-"), reason, answer, path))
        return answer

    return add


def _status(name: str, reason: Reason, status: str) -> None:
    FILES.append(RobotsFile(name, reason, lambda talk: talk.page(b"no", status=status)))


_FOR_ALL = "User-agent: *\n"
_status("robots-not-found", Reason.OK, "404 Not Found")
_status("robots-forbidden", Reason.OK, "403 Forbidden")
_status("robots-unauthorized", Reason.OK, "401 Unauthorized")
_status("robots-gone", Reason.OK, "410 Gone")
_status("robots-server-error", Reason.ROBOTS_UNREACHABLE, "500 Internal Server Error")
_status("robots-unavailable", Reason.ROBOTS_UNREACHABLE, "503 Service Unavailable")
_status("robots-too-many-requests", Reason.THROTTLED, "429 Too Many Requests")

_text("robots-empty", Reason.OK, "")
_text("robots-excludes-all", Reason.ROBOTS, _FOR_ALL + "Disallow: /")
_text("robots-excludes-nothing", Reason.OK, _FOR_ALL + "Disallow:")
_text("robots-of-others", Reason.OK, "User-agent: otherbot\nDisallow: /")
_text("robots-names-us", Reason.ROBOTS, f"{_FOR_ALL}Allow: /\n\nUser-agent: WARRAQ\nDisallow: /page")
_text("robots-lets-us-in", Reason.OK, f"{_FOR_ALL}Disallow: /\n\nUser-agent: warraq\nAllow: /")
_text("robots-names-us-with-a-version", Reason.ROBOTS, "User-agent: Warraq/1.0\nDisallow: /")
_text("robots-names-a-word-of-our-contact", Reason.OK, "User-agent: news\nDisallow: /\n\nUser-agent: *\nAllow: /")
_text("robots-of-two-groups", Reason.ROBOTS, "User-agent: warraq\nDisallow: /x\n\nUser-agent: warraq\nDisallow: /page")
_text("robots-of-many-agents", Reason.ROBOTS, "User-agent: a\nUser-agent: warraq\nUser-agent: b\nDisallow: /")
_text("robots-longest-match", Reason.OK, _FOR_ALL + "Disallow: /\nAllow: /page")
_text("robots-wildcard", Reason.ROBOTS, _FOR_ALL + "Disallow: /*.php$", "/a/b.php")
_text("robots-wildcard-with-an-end", Reason.NOT_FOUND, _FOR_ALL + "Disallow: /*.php$", "/a/b.php5")
_text("robots-in-escapes", Reason.ROBOTS, _FOR_ALL + "Disallow: /%D8%B5", "/صفحة")
_text("robots-in-utf8", Reason.ROBOTS, _FOR_ALL + "Disallow: /صفحة", "/%d8%b5%d9%81%d8%ad%d8%a9/1")
_text("robots-with-a-mark", Reason.ROBOTS, b"\xef\xbb\xbfUser-agent: *\nDisallow: /")
_text("robots-with-cr", Reason.ROBOTS, "User-agent: *\rDisallow: /\r")
_text("robots-with-nuls", Reason.ROBOTS, b"User-agent: *\n\0Disallow: /\n")
_text("robots-in-latin1", Reason.ROBOTS, "# caf\xe9\nUser-agent: *\nDisallow: /".encode("latin-1"))
_text("robots-misspelt", Reason.ROBOTS, "useragent: *\ndissalow: /")
_text("robots-as-html", Reason.OK, "<!doctype html><html><body>User-agent of what?</body></html>")
_text("robots-of-sixty-stars", Reason.OK, _FOR_ALL + "Disallow: /" + "*a" * 60 + "b", "/" + "a" * 300)
_text("robots-with-a-mad-delay", Reason.OK, _FOR_ALL + "Crawl-delay: 1e999")
_text("robots-with-a-negative-delay", Reason.OK, _FOR_ALL + "Crawl-delay: -5")
_text("robots-slow", Reason.OK, _FOR_ALL + "Crawl-delay: 30")
_text("robots-large", Reason.ROBOTS, _FOR_ALL + "Disallow: /never-asked-for\n" * 12_000 + "Disallow: /page\n")
_text("robots-beyond-the-limit", Reason.OK, "# \n" * 180_000 + _FOR_ALL + "Disallow: /")
_text(
    "robots-of-agents-times-rules",
    Reason.OK,
    "".join(f"User-agent: a{i}\n" for i in range(12_000)) + "".join(f"Disallow: /{i}\n" for i in range(12_000)),
)
_text("robots-lies-about-its-coding", Reason.ROBOTS, _FOR_ALL + "Disallow: /", "/page", "Content-Encoding: gzip")


@_file(Reason.ROBOTS)
def robots_moved(talk: Talk) -> None:
    talk.redirect(f"http://robots-excludes-all.localhost:{talk.port}/robots.txt", "301 Moved Permanently")


@_file(Reason.OK)
def robots_redirect_loop(talk: Talk) -> None:
    talk.redirect("/robots.txt")


@_file(Reason.ROBOTS_UNREACHABLE)
def robots_moved_to_a_private_place(talk: Talk) -> None:
    talk.redirect("http://10.0.0.1/robots.txt")


@_file(Reason.ROBOTS_UNREACHABLE)
def robots_cut_short(talk: Talk) -> None:
    talk.page(b"User-agent: *\n", length=5000)


@_file(Reason.ROBOTS_UNREACHABLE)
def robots_silent(talk: Talk) -> None:
    talk.wait()


@_file(Reason.ROBOTS_UNREACHABLE)
def robots_that_is_no_http(talk: Talk) -> None:
    talk.send(b"hello?\n")


@_file(Reason.OK)
def robots_endless(talk: Talk) -> None:
    talk.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\nAllow: /\n")
    talk.flood(b"Disallow: /never-asked-for\n")
