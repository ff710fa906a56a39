"""One thread's way to the web: connections kept alive between pages, and cookies for one visit."""

from collections.abc import Mapping
from pathlib import Path

import requests

from warraq_fetcher.adapter import GuardedAdapter
from warraq_fetcher.guard import Guard
from warraq_fetcher.large_bodies import Place
from warraq_fetcher.limits import Limits
from warraq_fetcher.meter import Meter
from warraq_shared.decoding import ACCEPT_ENCODING

ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/feed+json,"
    "application/xml;q=0.9,text/xml;q=0.9,application/json;q=0.8,*/*;q=0.5"
)
# A site may set cookies without end, and each would be sent back with every request.
_MOST_COOKIES = 50
_LONGEST_COOKIES = 8192


class _Unredirected(requests.Session):
    """``requests`` without its own idea of redirects: even when told not to follow one it prepares the next request,
    and for that reads the body of the redirect to its end, decompressed and without a limit.
    """

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Say that nothing is a redirect."""


class Session:
    """A ``requests`` session behind the address guard and under the meter. Belongs to one thread."""

    def __init__(
        self, guard: Guard, limits: Limits, user_agent: str, large: Place, ca_bundle: Path | None = None
    ) -> None:
        self.limits = limits
        self.large = large
        self.meter = Meter(limits)
        self._proxies: dict[str, str] = {}
        self._http = _Unredirected()
        self._http.trust_env = False
        self._http.headers.clear()
        self._http.headers.update(
            {"User-Agent": user_agent, "Accept": ACCEPT, "Accept-Encoding": ACCEPT_ENCODING, "Connection": "keep-alive"}
        )
        adapter = GuardedAdapter(guard, self.meter, ca_bundle)
        self._http.mount("http://", adapter)
        self._http.mount("https://", adapter)

    def new_visit(self, proxy: str | None = None) -> None:
        """Forget all cookies; from here on go through ``proxy``, or through none."""
        self._http.cookies.clear()
        self._proxies = {"http": proxy, "https": proxy} if proxy else {}

    def prepare(
        self, url: str, headers: Mapping[str, str], form: Mapping[str, str] | None = None
    ) -> requests.PreparedRequest:
        """Return the request as it will be sent: a GET, or a POST of ``form``."""
        method = "GET" if form is None else "POST"
        return self._http.prepare_request(requests.Request(method, url, headers=dict(headers), data=form))

    def send(self, request: requests.PreparedRequest) -> requests.Response:
        """Send one request and return the answer with its body unread; no redirect is followed.

        Raises:
            PageProblem: from the guard or the meter.
            requests.RequestException: anything else that went wrong.
        """
        answer = self._http.send(
            request,
            stream=True,
            allow_redirects=False,
            timeout=(self.limits.connect_seconds, self.limits.idle_seconds),
            proxies=self._proxies,
        )
        self._cap_cookies()
        return answer

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def _cap_cookies(self) -> None:
        cookies = self._http.cookies
        if cookies and (
            len(cookies) > _MOST_COOKIES or sum(len(cookie.value or "") for cookie in cookies) > _LONGEST_COOKIES
        ):
            cookies.clear()
