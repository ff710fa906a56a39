"""``warraq migrate``: bring the database to this version's schema."""

import click

from warraq_shared.console import print_json
from warraq_shared.settings import Settings
from warraq_store.database import connect, shown
from warraq_store.migrate import migrate, versions


@click.command("migrate")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def migrate_database(as_json: bool) -> None:
    """Bring the database to this version's schema; safe to repeat.

    \b
    Example:
      WARRAQ_DATABASE_URL=postgresql://me@db/warraq warraq migrate
    """
    settings = Settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = connect(settings.database_address)
    click.get_current_context().call_on_close(engine.dispose)
    migrate(engine)
    current, _ = versions(engine)
    if as_json:
        print_json({"database": shown(engine), "version": current})
    else:
        click.echo(f"{shown(engine)} has schema {current}.")
