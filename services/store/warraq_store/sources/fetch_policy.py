"""What a source may ask of the fetcher, checked when it is written: the fetcher itself can only fail on it."""

import math
import re
from typing import Final
from urllib.parse import urlsplit

from warraq_shared.errors import UsageProblem
from warraq_shared.messages import FetchPolicy
from warraq_store.sources import every

LONGEST_DELAY: Final = 86_400.0
_PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")
# RFC 9110, 5.1 and 5.5: a field name is a token; a value is printable, on one line.
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*\Z")


def check(policy: FetchPolicy) -> FetchPolicy:
    """Return ``policy`` if the fetcher can keep to it.

    Raises:
        UsageProblem: it cannot; the message says what and why.
    """
    _check_delay(policy.delay_seconds)
    for name, value in policy.headers.items():
        if not _HEADER_NAME.match(name) or not _HEADER_VALUE.match(value):
            raise UsageProblem(f"{name!r}: {value!r} is no header; names are plain ASCII words, values one line.")
    if policy.accept_language is not None and not _HEADER_VALUE.match(policy.accept_language):
        raise UsageProblem(f"{policy.accept_language!r} is no Accept-Language; give one such as 'ar, en;q=0.5'.")
    if policy.proxy is not None:
        _check_proxy(policy.proxy)
    return policy


def _check_delay(seconds: float | None) -> None:
    if seconds is not None and not 0 <= seconds <= LONGEST_DELAY:
        raise UsageProblem(f"A delay of {seconds:g}s is not between 0 and a day.")


def _check_proxy(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_fit = parts.scheme in _PROXY_SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_fit = False
    if not is_fit:
        raise UsageProblem(f"{url!r} is no proxy; give an address such as http://proxy.example:3128.")


def delay_seconds(text: str) -> float:
    """Return the seconds of a delay: a span, or a plain number of seconds.

    Raises:
        UsageProblem: it is neither.
    """
    try:
        number = float(text)
    except ValueError:
        return every.seconds(text)
    if not math.isfinite(number) or number < 0:
        raise UsageProblem(f"{text!r} is no delay; give a span such as 5s.")
    return number
