"""``warraq add``: enqueue URLs by hand, and wait for what comes of them."""

import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import click
from redis import Redis
from sqlalchemy import Engine

from warraq_shared.article import article_document
from warraq_shared.celery_app import make_app, publish
from warraq_shared.console import print_json_line
from warraq_shared.errors import NotReady, Permanent, WarraqError, exit_code_of
from warraq_shared.parsed import utc_now
from warraq_shared.reasons import Reason
from warraq_shared.redis_client import connect_redis
from warraq_shared.settings import Settings
from warraq_shared.source_rules import put_rules
from warraq_shared.urls import canonical
from warraq_store.cli.opening import open_database
from warraq_store.cli.showing import article_text, status_document, status_text
from warraq_store.database import reading, writing
from warraq_store.schedule import adding
from warraq_store.sources import own_rules

_LOOK_EVERY = 0.1


@click.command("add")
@click.argument("urls", nargs=-1, required=True)
@click.option("--wait", is_flag=True, help="Wait for the end and print the article, or why there is none.")
@click.option(
    "--timeout", type=float, metavar="SECONDS", default=90.0, show_default=True, help="With --wait: no longer."
)
@click.option("--force", is_flag=True, help="Fetch whole though it is known, also what was forgotten.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines on stdout: one document a URL.")
def add(urls: tuple[str, ...], wait: bool, timeout: float, force: bool, as_json: bool) -> None:
    """Fetch URLS now, ahead of everything else that is due.

    Of several, those that cannot be taken are told, the others are enqueued, and the exit code is the worst.

    \b
    Examples:
      warraq add https://example.com/story
      warraq add --wait --json https://example.com/story
      cat urls.txt | warraq add -
    """
    settings = Settings()
    given = list(_given(urls))
    wanted, refused = _canonical(given)
    _raise_if_alone(given, refused)
    engine = open_database(settings)
    since = utc_now()
    refused |= send_now(settings, engine, wanted, force=force)
    _raise_if_alone(given, refused)
    taken = [url for url in wanted if url not in refused]
    if wait:
        codes = [_wait_and_print(engine, url, since, timeout, as_json) for url in taken]
    else:
        codes = [_report_added(url, as_json) for url in taken]
    codes += [_report_refused(url, problem, as_json) for url, problem in refused.items()]
    sys.exit(max(codes, default=0))


def _given(urls: Iterable[str]) -> Iterable[str]:
    for url in urls:
        if url == "-":
            yield from (line.strip() for line in sys.stdin if line.strip())
        else:
            yield url


def _raise_if_alone(given: Sequence[str], refused: Mapping[str, Permanent]) -> None:
    """Raise why the only URL given was not taken: then the command has failed, and ends as any other."""
    if len(given) == 1:
        for problem in refused.values():
            raise problem


def _canonical(given: Iterable[str]) -> tuple[list[str], dict[str, Permanent]]:
    """Return the canonical URLs of what was given, each once, and why some are none."""
    wanted: dict[str, None] = {}
    refused: dict[str, Permanent] = {}
    for url in given:
        try:
            wanted[canonical(url)] = None
        except Permanent as problem:
            refused[url] = problem
    return list(wanted), refused


def send_now(settings: Settings, engine: Engine, urls: list[str], *, force: bool) -> Mapping[str, Permanent]:
    """Make ``urls`` known, lease them and send them to the fetchers at once, ahead of the next tick.

    Returns which of them were not taken, and why.

    Raises:
        NotReady: Redis cannot be reached, so nothing would be fetched.
    """
    app = make_app("warraq.add", settings)
    redis = _required_redis(settings)
    with writing(engine) as session:
        added = adding.add(session, urls, utc_now(), settings=settings, force=force)
        rules = own_rules.named_by(session, added.visits)
    put_rules(redis, rules)
    publish(app, added.visits)
    return added.refused


def _required_redis(settings: Settings) -> Redis:
    from redis.exceptions import RedisError

    redis = connect_redis(settings)
    try:
        redis.ping()
    except RedisError as problem:
        raise NotReady(f"Redis cannot be reached ({problem}). Start Warraq with `warraq up`.") from problem
    return redis


def _report_added(url: str, as_json: bool) -> int:
    """Say that ``url`` waits; return the exit code."""
    if as_json:
        print_json_line({"url": url, "state": "waiting"})
    else:
        click.echo(f"Enqueued {url}")
    return 0


def _report_refused(url: str, problem: Permanent, as_json: bool) -> int:
    """Say why ``url`` was not taken; return the exit code."""
    if as_json:
        reason = problem.reason
        print_json_line({"url": url, "state": reason.state, "reason": reason, "sentence": str(problem)})
    click.echo(f"warraq: {url} was not taken. {problem}", err=True)
    return problem.exit_code


def _wait_and_print(engine: Engine, url: str, since: datetime, timeout: float, as_json: bool) -> int:
    """Print what became of ``url``; return the exit code."""
    ended = _wait_for_end(engine, url, since, timeout)
    with reading(engine) as session:
        article = adding.article_of(session, url) if ended else None
        status = status_document(session, url)
    if article is not None:
        if as_json:
            print_json_line({**article_document(article), "status": status})
        else:
            click.echo(article_text(article))
        return 0
    if as_json:
        print_json_line(status)
    else:
        click.echo(status_text(status), err=True)
    return _exit_code(status, ended)


def _wait_for_end(engine: Engine, url: str, since: datetime, timeout: float) -> bool:
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        with reading(engine) as session:
            if adding.ended_since(session, url, since):
                return True
        time.sleep(_LOOK_EVERY)
    return False


def _exit_code(status: dict[str, object], ended: bool) -> int:
    return exit_code_of(Reason(str(status["reason"]))) if ended else WarraqError.exit_code
