"""``warraq status`` and ``warraq queues``: where everything is."""

from typing import TYPE_CHECKING, Any

import click
from sqlmodel import col, func, select

from warraq_shared.console import print_json, print_table, shown
from warraq_shared.errors import NotReady
from warraq_shared.parsed import utc_now
from warraq_shared.reasons import PageState
from warraq_shared.routes import QUEUES
from warraq_shared.settings import Settings
from warraq_shared.urls import canonical
from warraq_store.cli.opening import open_database
from warraq_store.cli.showing import status_document, status_text
from warraq_store.database import reading
from warraq_store.schedule import pages
from warraq_store.tables import Page

if TYPE_CHECKING:
    from redis import Redis


@click.command("status")
@click.argument("url", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def status(url: str | None, as_json: bool) -> None:
    """Count pages by state, or show the state of one URL and why.

    \b
    Examples:
      warraq status
      warraq status https://example.com/story --json
    """
    wanted = canonical(url) if url else None
    with reading(open_database(Settings())) as session:
        if wanted is None:
            counted = dict(pages.counts(session))
        else:
            document = status_document(session, wanted)
    if wanted is not None:
        print_json(document) if as_json else click.echo(status_text(document))
    elif as_json:
        print_json({"states": counted, "total": sum(counted.values())})
    else:
        print_table(("state", "pages"), [*counted.items(), ("total", sum(counted.values()))])


@click.command("queues")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def queues(as_json: bool) -> None:
    """Show what waits between the stages. Also what is given out, and how much of Redis's budget is used.

    \b
    Example:
      warraq queues
    """
    from redis.exceptions import RedisError

    from warraq_shared.redis_client import connect_redis

    settings = Settings()
    redis = connect_redis(settings)
    try:
        document = _queue_document(redis, settings)
    except RedisError as problem:
        raise NotReady(f"Redis cannot be reached: {problem}. Start Warraq with `warraq up`.") from problem
    if as_json:
        print_json(document)
        return
    print_table(("queue", "messages"), document["queues"].items())
    counted, memory = document["pages"], document["memory"]
    click.echo(
        f"taken by workers: {document['unacknowledged']} · pages given out: {counted['leased']}"
        f" · due: {counted['due']} · oldest due: {shown(counted['oldest_due'])}\n"
        f"Redis memory: {memory['used_bytes'] / 1e6:.1f} of {memory['budget_bytes'] / 1e6:.0f} MB"
    )


def _queue_document(redis: "Redis", settings: Settings) -> dict[str, Any]:
    from warraq_store.schedule import room

    with reading(open_database(settings)) as session:
        due = col(Page.due_at) <= utc_now()
        waits = select(func.count(), func.min(Page.due_at)).where(due, col(Page.lease).is_(None))
        number, oldest = session.exec(waits).one()
        leased = session.exec(select(func.count()).where(Page.state == PageState.LEASED)).one()
    return {
        "queues": {queue: room.queue_length(redis, queue) for queue in QUEUES},
        "unacknowledged": int(redis.hlen("unacked")),
        "pages": {"due": number, "oldest_due": oldest, "leased": leased},
        "memory": {
            "used_bytes": room.memory_used(redis),
            "budget_bytes": settings.raw_budget_bytes,
        },
    }
