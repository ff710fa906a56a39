"""The store's commands, one module a subject."""

import click

from warraq_store.cli import (
    adding,
    archive,
    database,
    dead,
    diffing,
    discovering,
    explaining,
    exporting,
    forgetting,
    listing,
    rereading,
    searching,
    sources,
    watching,
)

commands: list[click.Command] = [
    *adding.commands,
    *archive.commands,
    *dead.commands,
    *diffing.commands,
    *explaining.commands,
    *exporting.commands,
    *forgetting.commands,
    *listing.commands,
    *rereading.commands,
    *searching.commands,
    *sources.commands,
    *discovering.commands,
    *watching.commands,
    *database.commands,
]
