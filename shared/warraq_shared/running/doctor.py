"""``warraq doctor``: look at everything that Warraq stands on, and say what is wrong and what to do."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Literal, NamedTuple, cast

from redis.exceptions import RedisError

from warraq_shared import __version__
from warraq_shared.errors import WarraqError
from warraq_shared.redis_client import connect_redis
from warraq_shared.routes import QUEUES, lists_of
from warraq_shared.running.offers import offered
from warraq_shared.settings import DEFAULT_USER_AGENT, Settings

_LOW_DISK_BYTES = 1_000_000_000
_SERVICES = ("warraq_fetcher", "warraq_parser", "warraq_store")


class Finding(NamedTuple):
    """One thing looked at. "bad" means that Warraq cannot work, "warn" that something should be done."""

    verdict: Literal["ok", "warn", "bad"]
    what: str
    found: str


def examine(settings: Settings) -> list[Finding]:
    """Return the findings on this machine and its configuration; never raises, never shows a secret."""
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
        _installation,
        _data_directory,
        _redis,
        _services,
        _conduct,
    )
    return [finding for check in checks for finding in _guarded(check, settings)]


def _guarded(check: Callable[[Settings], Iterator[Finding]], settings: Settings) -> Iterator[Finding]:
    try:
        yield from check(settings)
    except WarraqError as problem:
        yield Finding("bad", check.__name__.strip("_"), masked(str(problem)))
    except (RedisError, OSError) as problem:
        yield Finding("bad", check.__name__.strip("_"), masked(f"{problem}"))


def masked(text: str) -> str:
    """Return ``text`` with the passwords of addresses in it replaced by stars."""
    return re.sub(r"(://[^:/@\s]*:)[^@\s]*@", r"\1***@", text)


def _installation(_: Settings) -> Iterator[Finding]:
    services = [name for name in _SERVICES if find_spec(name) is not None]
    yield Finding("ok", "version", f"warraq {__version__}: {', '.join(services) or 'no service installed'}")
    if os.geteuid() == 0:
        yield Finding("warn", "user", "running as root: a user of its own is safer")


def _data_directory(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir
    if not folder.exists():
        yield Finding("warn", "data directory", f"{folder} does not exist yet; `warraq up` makes it")
        return
    free = shutil.disk_usage(folder).free
    verdict: Literal["ok", "warn"] = "warn" if free < _LOW_DISK_BYTES else "ok"
    yield Finding(verdict, "data directory", f"{folder}, {free / 1e9:.1f} GB free")


def _redis(settings: Settings) -> Iterator[Finding]:
    redis = connect_redis(settings, timeout=3)
    server = cast("dict[str, str]", redis.info("server"))
    memory = cast("dict[str, int | str]", redis.info("memory"))
    name = server.get("server_name", "redis")
    version = server.get(f"{name}_version", server.get("redis_version"))
    yield Finding("ok", "redis", f"{masked(settings.redis_address())} ({name} {version})")
    policy = str(memory.get("maxmemory_policy"))
    if policy != "noeviction":
        yield Finding("warn", "redis eviction", f"{policy}: messages may vanish; set maxmemory-policy noeviction")
    waiting = {queue: sum(int(redis.llen(name)) for name in lists_of(queue)) for queue in QUEUES}
    yield Finding("ok", "queues", ", ".join(f"{queue} {length}" for queue, length in waiting.items()))


def _services(settings: Settings) -> Iterator[Finding]:
    """Ask the services that are installed."""
    for examine_service in offered("warraq.doctor"):
        for verdict, what, found in examine_service(settings):
            yield Finding(verdict, what, masked(found))


def _conduct(settings: Settings) -> Iterator[Finding]:
    if settings.user_agent == DEFAULT_USER_AGENT:
        yield Finding("warn", "user agent", "it has no contact: set WARRAQ_USER_AGENT='Name/1.0 (+https://…; mail)'")
    else:
        yield Finding("ok", "user agent", settings.user_agent)
    if settings.allow_networks:
        yield Finding("warn", "allowed networks", f"also fetched from: {', '.join(settings.allow_networks)}")
