"""The command ``warraq``: assembled from the services that are installed.

Each command is an entry point of the group ``warraq.commands`` under its own name, so that using one loads only what
that one needs; a command of a service that is not installed is not there. What every command keeps to (JSON on
stdout, logs on stderr, exit codes) stands here.
"""

import itertools
import sys
from collections.abc import Sequence
from importlib.metadata import entry_points
from typing import Any

import click
from pydantic import ValidationError

from warraq_shared import __version__
from warraq_shared.console import print_json_line, use_utf8
from warraq_shared.errors import UsageProblem, WarraqError
from warraq_shared.reasons import Reason
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
    """Run the command line. An error becomes a sentence on stderr and an exit code; with ``--json`` a document, too.

    That document (see ``error_document``) is on stdout, in place of the command's own.
    """
    use_utf8()
    try:
        sys.exit(_exit_code(sys.argv[1:] if arguments is None else arguments))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _exit_code(arguments: list[str]) -> int:
    """Run the command of ``arguments``, tell what goes wrong, and return the exit code."""
    try:
        # A command that ends with an exit code (click.exceptions.Exit) gives it back here; the others give nothing.
        return int(warraq.main(args=arguments, prog_name="warraq", standalone_mode=False) or 0)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        return 130
    except (click.ClickException, WarraqError) as problem:
        return _told(problem, as_json=_wants_json(arguments))
    except ValidationError as problem:
        if problem.title != Settings.__name__:
            raise
        return _told(UsageProblem(_unfit(problem)), as_json=_wants_json(arguments))


def _wants_json(arguments: Sequence[str]) -> bool:
    """Tell whether a command line asks for JSON, also where it is wrong otherwise."""
    return "--json" in itertools.takewhile(lambda argument: argument != "--", arguments)


def _told(problem: click.ClickException | WarraqError, *, as_json: bool) -> int:
    """Tell what went wrong; return the exit code."""
    if isinstance(problem, click.ClickException):
        problem.show()
        message = problem.format_message()
    else:
        message = str(problem)
        click.echo(f"warraq: {message}", err=True)
    if as_json:
        print_json_line(error_document(message, problem.exit_code, getattr(problem, "reason", None)))
    return problem.exit_code


_KINDS = {2: "usage", 3: "not-found", 4: "refused", 5: "failed", 6: "not-ready"}


def error_document(message: str, exit_code: int, reason: Reason | None) -> dict[str, Any]:
    """Return the one document that every command prints with ``--json`` where it cannot print its own.

    ``kind`` says what the exit code says, in a word; ``reason`` is a code of ``Reason`` where a page is the matter.
    """
    kind = _KINDS.get(exit_code, "failed")
    return {"error": {"kind": kind, "exit_code": exit_code, "reason": reason, "message": message}}


def _unfit(problem: ValidationError) -> str:
    """Return which settings do not fit, and why, as a person set them."""
    return "; ".join(
        f"WARRAQ_{'_'.join(map(str, error['loc'])).upper()}={error['input']} does not fit: {error['msg']}"
        for error in problem.errors()
    )
