"""What the store offers to the command line by entry point, so that nobody has to import it by name."""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Final

from warraq_shared.errors import WarraqError
from warraq_shared.health import Unwell, check_web
from warraq_shared.settings import Settings
from warraq_store.database import connect, shown
from warraq_store.migrate import migrate, versions

_NEEDED_BY_THE_DOOR: Final = ("starlette", "uvicorn")


def migrate_database(settings: Settings) -> None:
    """Bring the configured database to this version's schema (group ``warraq.migrate``)."""
    engine = connect(settings.database_address)
    try:
        migrate(engine)
    finally:
        engine.dispose()


def examine_database(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Yield what ``warraq doctor`` says of the database (group ``warraq.doctor``)."""
    engine = connect(settings.database_address)
    name = engine.url.database
    if engine.dialect.name == "sqlite" and name and not settings.data_dir.joinpath(name).exists():
        yield "warn", "database", f"{shown(engine)} does not exist yet; `warraq up` makes it"
        return
    try:
        current, newest = versions(engine)
    except WarraqError as problem:
        yield "bad", "database", str(problem)
        return
    finally:
        engine.dispose()
    if current == newest:
        yield "ok", "database", f"{shown(engine)}, schema {current}"
    else:
        yield "bad", "database", f"{shown(engine)} has schema {current or 'none'}, {newest} is needed: `warraq migrate`"


def examine_hubs(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Yield what ``warraq doctor`` says of WebSub (group ``warraq.doctor``)."""
    address = settings.websub_callback_url
    if address is None:
        yield "ok", "websub", "WARRAQ_WEBSUB_CALLBACK_URL is not set: feeds are only polled"
        return
    if address.startswith("https:"):
        yield "ok", "websub", f"hubs are told to call {address}"
    else:
        yield "warn", "websub", f"hubs are told to call {address}: without https everyone on the way can read it"
    yield _examined_door(settings)


def _examined_door(settings: Settings) -> tuple[str, str, str]:
    """Return whether hubs find the door for HTTP open, as far as that can be seen from here."""
    if not all(map(find_spec, _NEEDED_BY_THE_DOOR)):
        return "ok", "websub", "the door for HTTP is not installed here, so it is another machine or container's"
    try:
        check_web(settings)
    except Unwell as problem:
        return "warn", "websub", f"{problem} If it is to run here: `warraq up` or `warraq web`"
    return "ok", "websub", f"the door for HTTP answers on port {settings.web_port}"
