"""What a response's headers ask not to be done with the page. Recorded as notes; nothing is decided here."""

from collections.abc import Mapping

# X-Robots-Tag, as search engines read it, and the words of those who opt out of machine learning.
_DIRECTIVES = frozenset(
    {"noindex", "nofollow", "none", "noarchive", "nosnippet", "noai", "noimageai", "noml", "notranslate", "nocache"}
)


# These have a value after the colon; before any other colon stands the name of an agent.
_WITH_VALUE = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})


def optouts(headers: Mapping[str, str], product: str) -> tuple[str, ...]:
    """Return the notes for ``headers``: ``opt-out:noai``, ``opt-out:tdm``…, for all agents or for ``product``."""
    found = [f"opt-out:{word}" for word in _robots_tag(headers.get("x-robots-tag", ""), product)]
    if headers.get("tdm-reservation", "").strip() == "1":  # the TDM Reservation Protocol of the W3C community group
        found.append("opt-out:tdm")
    return tuple(dict.fromkeys(found))


def _robots_tag(value: str, product: str) -> list[str]:
    """Return the directives that hold for us. ``agent: a, b`` names an agent for all that follow in its header line."""
    found: list[str] = []
    ours = True
    for part in value[:2000].lower().split(","):
        agent, colon, rest = part.partition(":")
        if colon and agent.strip() not in _WITH_VALUE:
            ours = agent.strip() in (product, "*")
        word = (rest if colon else part).strip()
        if ours and word in _DIRECTIVES:
            found.append(word)
    return found
