"""``warraq up`` and ``warraq doctor``."""

import click

from warraq_shared.console import print_json, print_table
from warraq_shared.errors import NotReady
from warraq_shared.logs import configure_logs
from warraq_shared.settings import Settings


@click.command("up")
@click.option("--flower", is_flag=True, help="Also Flower, to watch the workers and queues.")
@click.option("--web/--no-web", default=True, help="Also the door that WebSub hubs call, if a callback is configured.")
def up(flower: bool, web: bool) -> None:
    """Run all stages on this machine until Ctrl-C.

    Then what is under way is finished, and all stops.

    Without WARRAQ_REDIS_URL an embedded Redis is started; without WARRAQ_DATABASE_URL the database is SQLite in
    WARRAQ_DATA_DIR.

    \b
    Examples:
      warraq up
      warraq up --flower
      WARRAQ_DATA_DIR=./data warraq up
    """
    from warraq_shared.running.up import run_until_signal, running

    settings = Settings()
    configure_logs(settings)
    with running(settings, with_flower=flower, with_web=web) as supervisor:
        click.echo(f"Warraq runs on {settings.data_dir}. Stop it with Ctrl-C.", err=True)
        if web and settings.websub_callback_url:
            door = f"http://{settings.web_host}:{settings.web_port}/websub"
            click.echo(f"Hubs push to {door}, which must be reached at {settings.websub_callback_url}", err=True)
        if flower:
            click.echo(f"Flower: http://127.0.0.1:{settings.flower_port}/", err=True)
        run_until_signal(supervisor)
        click.echo("Stopping: finishing what is under way …", err=True)
    click.echo("Stopped.", err=True)


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def doctor(as_json: bool) -> None:
    """Tell what is configured, reachable, migrated and safe.

    Secrets are masked.

    Exit code 6 if something that Warraq needs is not ready.

    \b
    Example:
      warraq doctor
    """
    from warraq_shared.running.doctor import examine

    findings = examine(Settings())
    if as_json:
        print_json([finding._asdict() for finding in findings])
    else:
        print_table(("", "what", "found"), ((f.verdict, f.what, f.found) for f in findings))
    if any(finding.verdict == "bad" for finding in findings):
        # No error of its own: the document that says what is not ready has been printed.
        click.echo("warraq: Not everything is ready; see above.", err=True)
        raise click.exceptions.Exit(NotReady.exit_code)
