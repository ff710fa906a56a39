"""The limits of one fetch, as one value taken from the settings."""

from dataclasses import dataclass

from warraq_shared.settings import Settings

# Some content networks send several hundred headers; http.client refuses more than one hundred by itself.
MAX_HEADERS = 1000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost. Sizes are bytes, times are seconds."""

    url_length: int
    redirects: int
    header_bytes: int
    wire_bytes: int
    body_bytes: int
    connect_seconds: float
    idle_seconds: float
    total_seconds: float

    @classmethod
    def from_settings(cls, settings: Settings) -> "Limits":
        """Return the limits that ``settings`` name."""
        return cls(
            url_length=settings.max_url_length,
            redirects=settings.max_redirects,
            header_bytes=settings.max_header_bytes,
            wire_bytes=settings.max_wire_bytes,
            body_bytes=settings.max_body_bytes,
            connect_seconds=settings.connect_timeout,
            idle_seconds=settings.idle_timeout,
            total_seconds=settings.total_timeout,
        )
