"""The store's commands, one module a subject."""

import click

from warraq_store.cli import adding, database, listing, searching, watching

commands: list[click.Command] = [
    *adding.commands,
    *listing.commands,
    *searching.commands,
    *watching.commands,
    *database.commands,
]
