"""What every command keeps to: an error is a sentence on stderr, an exit code, and with ``--json`` a document."""

import json
from pathlib import Path
from typing import Any

import click
import pytest

from contracts.commands import COMMANDS
from warraq_shared.cli import main

WITH_JSON = sorted(name for name, command in COMMANDS.items() if any("--json" in p.opts for p in command.params))
# Those that look at no database, or at something else before: what they print is tried beside what they do.
WITHOUT_DATABASE = {
    "warraq demo", "warraq discover", "warraq doctor", "warraq fetch", "warraq migrate", "warraq parse",
    "warraq rules check", "warraq source import",
}  # fmt: skip
KINDS = {2: "usage", 3: "not-found", 4: "refused", 5: "failed", 6: "not-ready"}


def failure(capfd: pytest.CaptureFixture[str], arguments: list[str]) -> dict[str, Any]:
    """Run a command that must fail; return the error it prints on stdout, compared with its code and its sentence."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = capfd.readouterr()
    error: dict[str, Any] = json.loads(out)["error"]
    assert (error["exit_code"], error["kind"]) == (ended.value.code, KINDS[error["exit_code"]])
    assert error["message"] in err
    return error


@pytest.mark.parametrize("name", WITH_JSON)
def test_a_wrong_option_is_told_as_json(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    error = failure(capfd, [*name.split()[1:], "--json", "--no-such-option"])
    assert error["kind"] == "usage"
    assert "--no-such-option" in error["message"]


def arguments_of(command: click.Command) -> list[str]:
    """Return something for each argument that a command needs."""
    needed = [one for one in command.params if isinstance(one, click.Argument) and (one.required or one.name == "url")]
    return [_example(one) for one in needed]


def _example(argument: click.Argument) -> str:
    if isinstance(argument.type, click.Path):
        return __file__
    return "1" if argument.type is click.INT else "https://example.com/a"


@pytest.mark.parametrize("name", [name for name in WITH_JSON if name not in WITHOUT_DATABASE])
def test_a_database_that_is_not_there_is_told_as_json(
    name: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WARRAQ_DATA_DIR", str(tmp_path / "none"))
    monkeypatch.delenv("WARRAQ_DATABASE_URL", raising=False)
    monkeypatch.delenv("WARRAQ_REDIS_URL", raising=False)
    # Some want to be told more before they look for the database.
    to_file = ["-o", str(tmp_path / "x")]
    wanted = {"warraq export": to_file, "warraq source export": to_file, "warraq archive limit": ["--days", "3"]}
    more = wanted.get(name, [])
    error = failure(capfd, [*name.split()[1:], *arguments_of(COMMANDS[name]), "--json", *more])
    assert error["kind"] == "not-ready", error


@pytest.mark.parametrize(
    ("arguments", "kind", "reason"),
    [
        (["nosuch"], "usage", None),
        (["articles", "--limit", "abc"], "usage", None),
        (["status", "nonsense"], "usage", "bad-url"),
        (["discover", "http://127.0.0.1:1/"], "refused", "address-refused"),
        (["parse", "/no/such/file"], "not-found", None),
    ],
)
def test_the_kind_of_an_error_and_the_reason_of_a_page_are_told(
    arguments: list[str], kind: str, reason: str | None, capfd: pytest.CaptureFixture[str]
) -> None:
    error = failure(capfd, [*arguments, "--json"])
    assert (error["kind"], error["reason"]) == (kind, reason)


def test_a_setting_that_does_not_fit_is_told_as_json(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARRAQ_MAX_REDIRECTS", "many")
    assert "WARRAQ_MAX_REDIRECTS=many" in failure(capfd, ["status", "--json"])["message"]


def test_without_json_nothing_is_on_stdout(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["status", "nonsense"])
    out, err = capfd.readouterr()
    assert (out, ended.value.code) == ("", 2)
    assert err.startswith("warraq: ")


def test_what_follows_two_dashes_is_no_option(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["status", "--", "--json"])
    assert capfd.readouterr().out == ""


def test_doctor_prints_its_own_document_alone(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WARRAQ_DATA_DIR", str(tmp_path / "none"))
    monkeypatch.delenv("WARRAQ_REDIS_URL", raising=False)
    with pytest.raises(SystemExit) as ended:
        main(["doctor", "--json"])
    assert ended.value.code == 6
    assert {finding["verdict"] for finding in json.loads(capfd.readouterr().out)} >= {"ok", "bad"}
