"""The command ``warraq``: assembled from the services that are installed.

Each service offers a list of commands under the entry-point group ``warraq.commands``; a service that is not
installed simply has none. What every command keeps to (JSON on stdout, logs on stderr, exit codes) stands here.
"""

import sys
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import click
from pydantic import ValidationError

from warraq_shared import __version__
from warraq_shared.console import use_utf8
from warraq_shared.errors import UsageProblem, WarraqError
from warraq_shared.settings import Settings

COMMAND_GROUP = "warraq.commands"


class Warraq(click.Group):
    """The top-level group: finds its commands when they are asked for, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all installed commands."""
        return sorted(_all_commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command ``cmd_name``, if an installed service has it."""
        return _all_commands(cmd_name).get(cmd_name)


def _all_commands(wanted: str | None = None) -> dict[str, click.Command]:
    """Return the commands of all installed services; loading stops at the one that has ``wanted``."""
    found: dict[str, click.Command] = {}
    # The service named like the command comes first, so that `warraq parse` does not load the store.
    for entry in sorted(entry_points(group=COMMAND_GROUP), key=lambda entry: not _is_likely(entry, wanted)):
        found.update({str(command.name): command for command in _commands_of(entry)})
        if wanted in found:
            break
    return found


def _is_likely(entry: EntryPoint, wanted: str | None) -> bool:
    return wanted is not None and entry.name.startswith(wanted)


def _commands_of(entry: EntryPoint) -> list[click.Command]:
    """Return the commands behind ``entry``; none if its service, or what that needs, is not installed."""
    try:
        commands: list[click.Command] = entry.load()
    except ModuleNotFoundError:
        return []
    return commands


@click.group(cls=Warraq, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="warraq")
def warraq() -> None:
    """Warraq collects the news: it fetches pages, parses them into articles and keeps them.

    \b
    First steps:
      warraq up                                  start everything on this machine
      warraq source add https://example.com/     follow a site
      warraq add https://example.com/a --wait    fetch one page now
      warraq articles                            what has come

    Exit codes: 0 ok, 2 usage, 3 not found, 4 refused (robots, address, limits), 5 failed, 6 not ready.
    """


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line; errors become one sentence on stderr and an exit code."""
    use_utf8()
    try:
        warraq.main(args=arguments, prog_name="warraq", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as usage:
        usage.show()
        sys.exit(usage.exit_code)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except WarraqError as problem:
        click.echo(f"warraq: {problem}", err=True)
        sys.exit(problem.exit_code)
    except ValidationError as problem:
        if problem.title != Settings.__name__:
            raise
        click.echo(f"warraq: {_unfit(problem)}", err=True)
        sys.exit(UsageProblem.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    sys.exit(0)


def _unfit(problem: ValidationError) -> str:
    """Return which settings do not fit, and why, as a person set them."""
    return "; ".join(
        f"WARRAQ_{'_'.join(map(str, error['loc'])).upper()}={error['input']} does not fit: {error['msg']}"
        for error in problem.errors()
    )
