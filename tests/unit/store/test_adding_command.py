"""``warraq add`` before it has looked at anything but what it was given."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from warraq_shared.errors import Permanent
from warraq_shared.reasons import Reason
from warraq_store.cli.adding import add


def test_what_is_no_address_is_told_as_that_where_there_is_no_database_either(tmp_path: Path) -> None:
    environment = {"WARRAQ_DATA_DIR": str(tmp_path / "none")}
    with pytest.raises(Permanent) as problem:
        CliRunner().invoke(add, ["ftp://x"], env=environment, catch_exceptions=False)
    assert problem.value.reason is Reason.BAD_URL
