"""The store's commands, one module a subject."""

import click

from warraq_store.cli import adding, database, discovering, exporting, listing, searching, sources, watching

commands: list[click.Command] = [
    *adding.commands,
    *exporting.commands,
    *listing.commands,
    *searching.commands,
    *sources.commands,
    *discovering.commands,
    *watching.commands,
    *database.commands,
]
