"""The help of every command: what it is for, with examples to copy."""

import shlex
from collections.abc import Iterator

import click
import pytest

from warraq_shared.cli import warraq


def commands(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, click.Command]]:
    yield " ".join(path), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None, f"{name} cannot be loaded"
            yield from commands(found, (*path, name))


EVERY = dict(commands(warraq, ("warraq",)))


@pytest.mark.parametrize("path", EVERY)
def test_each_command_and_group_has_examples_of_itself_in_its_help(path: str) -> None:
    lines = (EVERY[path].help or "").splitlines()
    assert [line for line in lines if path in line and line.startswith("  ")], f"no example of `{path}`"


@pytest.mark.parametrize("path", sorted(EVERY.keys() - {"warraq"}))
def test_each_command_is_told_in_full_in_the_list_of_commands(path: str) -> None:
    # 80 columns, less the longest name and the margins.
    assert not EVERY[path].get_short_help_str(62).endswith("...")


@pytest.mark.parametrize("path", EVERY)
def test_each_option_says_what_it_does(path: str) -> None:
    options = [one for one in EVERY[path].params if isinstance(one, click.Option)]
    assert [one.name for one in options if not one.help] == []


def test_bounds_are_said_in_words() -> None:
    shown = [EVERY[path].get_help(click.Context(EVERY[path])) for path in ("warraq parse", "warraq articles")]
    assert "1 to 64]" in shown[0]
    assert "1 or more]" in shown[1]


def test_the_examples_name_options_that_there_are() -> None:
    for path, command in EVERY.items():
        examples = [line.strip() for line in (command.help or "").splitlines() if line.startswith(f"  {path} ")]
        for words in map(shlex.split, examples if not isinstance(command, click.Group) else ()):
            mine = words[: words.index("|")] if "|" in words else words
            known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
            assert {word for word in mine if word.startswith("-") and word != "-"} <= known, path
