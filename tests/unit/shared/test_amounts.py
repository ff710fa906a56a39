"""How numbers of things and sizes are written for people."""

import pytest

from warraq_shared.console import amount, size


@pytest.mark.parametrize(
    ("number", "names", "text"),
    [
        (0, ("page",), "0 pages"),
        (1, ("page",), "1 page"),
        (12345, ("page",), "12,345 pages"),
        (1, ("match", "matches"), "1 match"),
        (2, ("match", "matches"), "2 matches"),
    ],
)
def test_one_is_one_and_more_are_many(number: int, names: tuple[str, ...], text: str) -> None:
    assert amount(number, *names) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (14_249, "14.2 kB"),
        (999_949, "999.9 kB"),
        (999_950, "1.0 MB"),
        (1_300_000_000, "1.3 GB"),
        (2_500_000_000_000_000, "2500.0 TB"),
    ],
)
def test_a_size_is_in_the_unit_that_suits_it(number: int, text: str) -> None:
    assert size(number) == text
