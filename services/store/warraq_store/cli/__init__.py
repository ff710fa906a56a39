"""The store's commands, one module a subject."""

import click

from warraq_store.cli import adding, database, exporting, listing, searching, watching

commands: list[click.Command] = [
    *adding.commands,
    *exporting.commands,
    *listing.commands,
    *searching.commands,
    *watching.commands,
    *database.commands,
]
