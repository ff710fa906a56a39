"""Settings come from the environment, and one that does not fit is named in a sentence."""

import pytest

from warraq_shared.cli import main
from warraq_shared.settings import Settings


def test_a_setting_that_is_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    unset = Settings()
    for name in Settings.model_fields:
        monkeypatch.setenv(f"WARRAQ_{name.upper()}", "")
    assert Settings() == unset


def test_networks_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARRAQ_ALLOW_NETWORKS", "10.0.0.0/8, intranet.example:8080,,[::1]")
    assert Settings().allow_networks == ("10.0.0.0/8", "intranet.example:8080", "[::1]")


def test_settings_that_do_not_fit_are_named_with_what_was_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WARRAQ_HOST_DELAY", "fast")
    monkeypatch.setenv("WARRAQ_WEB_PORT", "99999")
    with pytest.raises(SystemExit) as ended:
        main(["doctor"])
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "WARRAQ_HOST_DELAY=fast does not fit" in said
    assert "WARRAQ_WEB_PORT=99999 does not fit" in said
    assert "Traceback" not in said
