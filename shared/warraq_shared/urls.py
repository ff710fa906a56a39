"""The identity of a URL: one spelling for each page, so that a page is known once.

Rules (WHATWG URL and RFC 3986, section 6.2): the scheme and host are lower case, an IDN host is in its ASCII form,
a default port, a trailing dot and userinfo go, dot segments are resolved, percent escapes are upper case and only
where needed (an Arabic path has one spelling), the fragment goes, an empty path is ``/``, tracking parameters go,
the order of the rest stays as it is. A query like ``?id=7`` is identity and stays.
"""

import functools
import re
from typing import NamedTuple
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

import idna
from publicsuffixlist import PublicSuffixList

from warraq_shared.errors import Permanent
from warraq_shared.reasons import Reason

DEFAULT_PORTS = {"http": 80, "https": 443}

# Parameters that say how a reader came, never what is shown. Names ending in * are prefixes.
TRACKING_PARAMETERS = frozenset(
    {
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid", "igshid",
        "mc_cid", "mc_eid", "_ga", "_gl", "_hsenc", "_hsmi", "__hstc", "__hssc", "__hsfp", "hsctatracking",
        "oly_anon_id", "oly_enc_id", "rb_clickid", "s_cid", "vero_id", "wickedid", "ito", "smid", "cmpid", "ocid",
        "ns_mchannel", "ns_source", "ns_campaign", "ns_linkname", "ns_fee", "at_medium", "at_campaign", "at_custom1",
        "at_custom2", "at_custom3", "at_custom4", "xtor", "ref_src", "ref_url", "guccounter", "guce_referrer",
        "guce_referrer_sig", "spm", "share_id", "sharetype", "li_fat_id", "epik", "_branch_match_id",
    }
)  # fmt: skip
TRACKING_PREFIXES = ("utm_", "pk_", "piwik_", "mtm_", "matomo_", "hsa_", "_openstat", "itm_")
SESSION_PARAMETERS = frozenset({"phpsessid", "jsessionid", "aspsessionid", "sid", "sessionid", "session_id"})

# RFC 3986: what may stand bare in a path, and in a query.
_PATH_SAFE = "/:@!$&'()*+,;=-._~"
_QUERY_SAFE = "/?:@!$'()*,;=-._~&+[]|"
_CONTROLS = re.compile(r"[\x00-\x20\x7f]+")
_SLOPPY = re.compile("[\t\r\n]")
_AROUND = "".join(map(chr, range(33)))
_ESCAPE = re.compile("(%[0-9A-Fa-f]{2})")
# Escapes in upper case of what may not stand bare: a path of these and of safe characters needs no work.
_NEEDED_ESCAPE = "%(?:[89A-F][0-9A-F]|[01][0-9A-F]|2[0-9A-CF]|3[A-F]|40|5[B-E]|60|7[B-DF])"

# Most addresses are in their one spelling already: no port, query or dot segment, no escape but of other scripts.
_BARE = r"(?:[\w~-]|%[89A-F][0-9A-F])+"
_ALREADY = re.compile(rf"https?://(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{{2,}}/(?:{_BARE}(?:\.{_BARE})*/?)*+", re.ASCII)


class Host(NamedTuple):
    """A host as it is asked: name in ASCII and port."""

    name: str
    port: int

    def __str__(self) -> str:
        """Return ``name:port``, the key under which slots and robots files are kept."""
        return f"{self.name}:{self.port}"


def canonical(url: str, base: str | None = None) -> str:
    """Return the one spelling of ``url`` (joined to ``base`` if relative). Twice is the same as once.

    Raises:
        Permanent: ``bad-url``: not http or https, no host, or a port that is not a number.
    """
    if _ALREADY.fullmatch(url):
        return url
    text = _with_slashes(_SLOPPY.sub("", url).strip(_AROUND))
    try:
        parts = urlsplit(urljoin(base, text) if base else text)
        scheme = parts.scheme.lower()
        port = parts.port
    except ValueError as problem:
        raise Permanent(Reason.BAD_URL, f"{_shown(url)}: {problem}.") from problem
    if scheme not in DEFAULT_PORTS:
        raise Permanent(Reason.BAD_URL, f"{_shown(url)} is not an http or https address.")
    host = ascii_host(parts.hostname or "")
    if not host:
        raise Permanent(Reason.BAD_URL, f"{_shown(url)} names no host.")
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != DEFAULT_PORTS[scheme]:
        netloc += f":{port}"
    path = _escape(_without_dots(parts.path), _PATH_SAFE) or "/"
    return urlunsplit((scheme, netloc, path, _escape(_without_tracking(parts.query), _QUERY_SAFE), ""))


def _with_slashes(url: str) -> str:
    """Turn backslashes into slashes, up to the query: the URL standard reads them so, also where the host ends."""
    if "\\" not in url:
        return url
    end = min((place for mark in "?#" if (place := url.find(mark)) >= 0), default=len(url))
    return url[:end].replace("\\", "/") + url[end:]


def host_of(url: str) -> Host:
    """Return the host of a canonical URL."""
    parts = urlsplit(url)
    return Host(parts.hostname or "", parts.port or DEFAULT_PORTS.get(parts.scheme, 0))


def site_of(url: str) -> str:
    """Return the site of a URL: its registrable domain (public suffix list), or the host itself without one.

    ``news.example.co.uk`` and ``www.example.co.uk`` are one site; ``a.github.io`` and ``b.github.io`` are two.
    An address with a port that is not the default keeps it: two ports of one machine are two sites.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port
    domain = host if _is_local(host) else (_registrable(host) or host)
    return domain if port is None or port == DEFAULT_PORTS.get(parts.scheme) else f"{domain}:{port}"


def same_site(one: str, other: str) -> bool:
    """Tell whether two URLs belong to one site."""
    return site_of(one) == site_of(other)


def ascii_host(host: str) -> str:
    """Return ``host`` in lower-case ASCII (UTS 46), without a trailing dot; "" where that is impossible."""
    name = host.strip().rstrip(".").lower()
    if name.isascii():
        return "" if _CONTROLS.search(name) or "%" in name else name
    try:
        return idna.encode(name, uts46=True, transitional=False).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return ""


@functools.lru_cache(maxsize=4096)
def _registrable(host: str) -> str | None:
    domain: str | None = _suffixes().privatesuffix(host)
    return domain


@functools.cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _is_local(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit() or host == "localhost" or host.endswith(".localhost")


def _without_dots(path: str) -> str:
    """Resolve ``.`` and ``..`` segments (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)


def _escape(text: str, safe: str) -> str:
    """Spell percent escapes in one way: decode what may stand bare, encode the rest, escapes in upper case."""
    if _spelled(safe).fullmatch(text):
        return text
    pieces = _ESCAPE.split(text)
    return "".join(
        _escape_one(piece, safe) if i % 2 else quote(piece, safe=safe + "%" if "%" not in piece else safe)
        for i, piece in enumerate(pieces)
    )


@functools.cache
def _spelled(safe: str) -> re.Pattern[str]:
    """Return the pattern of a text that is in its one spelling already."""
    return re.compile(f"(?:[A-Za-z0-9{re.escape(safe)}]++|{_NEEDED_ESCAPE})*+")


def _escape_one(escape: str, safe: str) -> str:
    """Return a percent escape bare if its character is unreserved, else in upper case."""
    octet = unquote_to_bytes(escape)
    if octet.isalnum() or octet in (b"-", b".", b"_", b"~"):
        return octet.decode("ascii")
    return escape.upper()


def _without_tracking(query: str) -> str:
    if not query:
        return ""
    return "&".join(pair for pair in query.split("&") if pair and not is_tracking(pair.partition("=")[0]))


def is_tracking(parameter: str) -> bool:
    """Tell whether a query parameter's name says how a reader came, not what is shown."""
    name = parameter.lower()
    return name in TRACKING_PARAMETERS or name.startswith(TRACKING_PREFIXES)


def _shown(url: str) -> str:
    return repr(url if len(url) <= 120 else url[:117] + "…")
