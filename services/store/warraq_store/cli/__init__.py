"""The store's commands, one module a subject."""

import click

from warraq_store.cli import (
    adding,
    database,
    dead,
    diffing,
    discovering,
    explaining,
    exporting,
    forgetting,
    listing,
    searching,
    sources,
    watching,
)

commands: list[click.Command] = [
    *adding.commands,
    *dead.commands,
    *diffing.commands,
    *explaining.commands,
    *exporting.commands,
    *forgetting.commands,
    *listing.commands,
    *searching.commands,
    *sources.commands,
    *discovering.commands,
    *watching.commands,
    *database.commands,
]
