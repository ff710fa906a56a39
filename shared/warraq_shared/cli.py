"""The command ``warraq``: assembled from the services that are installed.

Each command is an entry point of the group ``warraq.commands`` under its own name, so that using one loads only what
that one needs; a command of a service that is not installed is not there. What every command keeps to (JSON on
stdout, logs on stderr, exit codes) stands here.
"""

import sys
from importlib.metadata import entry_points
from typing import Any

import click
from pydantic import ValidationError

from warraq_shared import __version__
from warraq_shared.console import use_utf8
from warraq_shared.errors import UsageProblem, WarraqError
from warraq_shared.settings import Settings

COMMAND_GROUP = "warraq.commands"


class Warraq(click.Group):
    """The top-level group: loads a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands; those that cannot be loaded here are left out of the help."""
        return sorted(entry.name for entry in entry_points(group=COMMAND_GROUP))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command ``cmd_name``; None if its service, or what that needs, is not installed."""
        for entry in entry_points(group=COMMAND_GROUP, name=cmd_name):
            try:
                command: click.Command = entry.load()
            except ModuleNotFoundError:
                return None
            return command
        return None


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
