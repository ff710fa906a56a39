"""All settings, read in one place and handed on. Every name is ``WARRAQ_`` and the field in capitals.

``docs/configuration.md`` and ``.env.example`` list the same fields; a test compares them.
"""

import json
from pathlib import Path
from typing import Annotated

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from warraq_shared import __version__
from warraq_shared.errors import NotReady

DEFAULT_USER_AGENT = f"Warraq/{__version__} (news ingestion; no contact configured)"


class Settings(BaseSettings):
    """The configuration of one process. Sizes are bytes, times are seconds."""

    model_config = SettingsConfigDict(env_prefix="WARRAQ_", env_ignore_empty=True, frozen=True, extra="ignore")

    # places
    data_dir: Path = Field(
        default_factory=lambda: user_data_path("warraq"),
        description="Where state lives on one machine: database, archive, embedded Redis.",
    )
    redis_url: str | None = Field(
        default=None, description="redis:// address of the broker. Unset: the embedded one of `warraq up`."
    )
    database_url: str | None = Field(
        default=None, description="SQLAlchemy address. Unset: SQLite in the data directory."
    )

    # what is open to people
    web_host: str = Field(default="127.0.0.1", description="Address that the door for HTTP (`warraq web`) listens on.")
    web_port: int = Field(default=8321, ge=1, le=65535, description="Port of the door for HTTP.")
    flower_port: int = Field(default=5555, ge=0, le=65535, description="Port of Flower, on loopback.")
    flower_basic_auth: SecretStr | None = Field(
        default=None, description="user:password for Flower; required to listen beyond loopback."
    )

    # conduct on the web
    user_agent: str = Field(default=DEFAULT_USER_AGENT, description="Name and contact shown to every server.")
    allow_networks: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Addresses allowed besides the public internet: hosts, IPs and CIDRs, each with an optional :port; comma separated.",
    )
    host_delay: float = Field(default=1.0, ge=0, description="Least time between two requests to one host.")
    host_concurrency: int = Field(default=1, ge=1, description="Requests under way at one host.")
    latency_factor: float = Field(
        default=2.0, ge=0, description="A host that answers in t seconds is asked at most every t times this."
    )
    crawl_delay_cap: float = Field(default=60.0, ge=0, description="A robots.txt Crawl-delay is obeyed up to this.")

    # limits of one fetch
    max_url_length: int = Field(default=4096, ge=64)
    max_redirects: int = Field(default=8, ge=0)
    max_header_bytes: int = Field(default=262_144, ge=1024)
    max_wire_bytes: int = Field(default=15_000_000, ge=1024, description="Largest body as sent.")
    max_body_bytes: int = Field(default=15_000_000, ge=1024, description="Largest body after decompression.")
    connect_timeout: float = Field(default=10.0, gt=0)
    idle_timeout: float = Field(default=20.0, gt=0, description="Longest silence of a server.")
    total_timeout: float = Field(default=45.0, gt=0, description="Longest time for one page, redirects included.")
    ca_bundle: Path | None = Field(
        default=None, description="A file of certificate authorities to trust besides the public ones (an intranet's)."
    )

    # the pipeline
    lease_seconds: float = Field(
        default=300.0, gt=0, description="A page given out comes back to be given out again after this."
    )
    tick_seconds: float = Field(default=2.0, gt=0, description="How often the schedule looks for what is due.")
    max_attempts: int = Field(
        default=5, ge=1, description="A page given out this often without an end becomes a dead letter."
    )
    visit_pages: int = Field(default=20, ge=1, description="Most pages of one host in one message.")
    max_in_flight: int = Field(default=2000, ge=1, description="Most pages given out at one time.")
    raw_budget_bytes: int = Field(
        default=256_000_000, ge=1_000_000, description="Most memory in Redis for pages on their way."
    )
    raw_ttl_seconds: int = Field(default=3600, ge=60, description="A raw page left in Redis goes after this.")
    fetch_threads: int = Field(default=16, ge=1)
    rules_file: Path | None = Field(
        default=None, description="Site rules (TOML) that every parser applies; try them with `warraq rules check`."
    )
    parse_processes: int = Field(default=0, ge=0, description="Parser processes of `warraq up`; 0: one a core.")

    # the schedule
    auto_pace: float = Field(
        default=600.0, gt=0, description="How often `auto` polls a source that brings one item an hour."
    )
    poll_shortest: float = Field(default=120.0, gt=0, description="`auto` never polls a page more often than this.")
    poll_longest: float = Field(default=86_400.0, gt=0, description="`auto` polls every page at least this often.")
    max_item_age: float = Field(
        default=30 * 86_400.0, ge=0, description="Items that are older are not fetched; 0: all are."
    )
    websub_callback_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s?#]+$",
        description="Public address at which WebSub hubs reach `/websub` of this installation; unset: feeds are only polled.",
    )
    websub_poll: float = Field(
        default=3 * 3600.0, gt=0, description="`auto` polls a feed whose hub tells of news this often, as a safety net."
    )

    # the raw archive
    archive: bool = Field(default=True, description="Keep the raw bytes of each article's page in WARC files.")
    archive_dir: Path | None = Field(
        default=None, description="Where the WARC files are. Unset: `archive` in the data directory."
    )
    archive_file_bytes: int = Field(
        default=1_000_000_000,
        ge=100_000,
        description="A WARC file that has grown to this is closed and a new one begun.",
    )
    archive_keep_days: int = Field(
        default=0, ge=0, description="Raw pages older than this are dropped; 0: never. A source may have its own."
    )
    archive_max_bytes: int = Field(
        default=0,
        ge=0,
        description="The oldest raw pages are dropped beyond this; 0: no limit. A source may have its own.",
    )

    # watching
    heartbeat_file: Path | None = Field(
        default=None,
        description="Where a worker says that it gets on, for `python -m warraq_shared.health`; unset: nowhere.",
    )

    # logs
    log_level: str = "INFO"
    log_json: bool | None = Field(default=None, description="JSON lines; unset: JSON unless on a terminal.")

    @field_validator("allow_networks", mode="before")
    @classmethod
    def _split_at_commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @property
    def database_address(self) -> str:
        """The address of the database: the configured one, or SQLite in the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir / 'warraq.db'}"

    @property
    def archive_folder(self) -> Path:
        """Where the WARC files are."""
        return self.archive_dir or self.data_dir / "archive"

    @property
    def running_file(self) -> Path:
        """The file in which `warraq up` says what it started; readable by its owner only."""
        return self.data_dir / "running.json"

    def as_environment(self) -> dict[str, str]:
        """Return the settings that differ from the defaults as environment variables, for a child process."""
        return {
            f"WARRAQ_{name.upper()}": _in_environment(value)
            for name in sorted(self.model_fields_set)
            if (value := getattr(self, name)) is not None
        }

    def redis_address(self) -> str:
        """Return the address of Redis: the configured one, or the embedded one of a running `warraq up`.

        Raises:
            NotReady: none is configured and `warraq up` does not run on this data directory.
        """
        if self.redis_url:
            return self.redis_url
        try:
            return str(json.loads(self.running_file.read_text())["redis_url"])
        except (OSError, ValueError, KeyError, TypeError) as missing:
            raise NotReady(
                f"Nothing is running on {self.data_dir}. Start it with `warraq up`, or set WARRAQ_REDIS_URL."
            ) from missing


def _in_environment(value: object) -> str:
    match value:
        case SecretStr():
            return value.get_secret_value()
        case tuple():
            return ",".join(map(str, value))
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)
