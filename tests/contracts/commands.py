"""All commands of the command line, for the tests that go over each of them."""

from collections.abc import Iterator

import click

from warraq_shared.cli import warraq


def commands(group: click.Group, prefix: tuple[str, ...] = ("warraq",)) -> Iterator[tuple[str, click.Command]]:
    """Give every command below ``group`` that does something, by its full name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*prefix, name))
        else:
            yield " ".join((*prefix, name)), command


COMMANDS = dict(commands(warraq))
