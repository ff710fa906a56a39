"""Content codings: what goes in comes out, in small steps, and damage is told from truncation."""

import gzip
import zlib
from collections.abc import Callable, Iterator

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from warraq_shared.decoding import codings_of, decoded
from warraq_shared.errors import PageProblem, Permanent, Temporary
from warraq_shared.reasons import Reason

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}
# Far below what a bomb would make at once; zstd's own blocks set it.
LARGEST_STEP = 8_000_000


def in_pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def reason_of(act: Callable[[], object]) -> Reason:
    try:
        act()
    except PageProblem as problem:
        return problem.reason
    return Reason.OK


def undo(data: bytes, *codings: str, size: int = 1000) -> bytes:
    return b"".join(decoded(in_pieces(data, size), codings, lambda note: None))


@pytest.mark.parametrize("coding", PACKERS)
@given(data=st.binary(max_size=5000), size=st.integers(1, 4000))
def test_what_was_packed_comes_out(coding: str, data: bytes, size: int) -> None:
    assert undo(PACKERS[coding](data), coding, size=size) == data


@pytest.mark.parametrize("coding", PACKERS)
@given(data=st.binary(min_size=50, max_size=500), cut=st.integers(1, 30))
def test_a_stream_that_was_cut_is_never_taken_for_a_whole_one(coding: str, data: bytes, cut: int) -> None:
    with pytest.raises(Temporary) as problem:
        undo(PACKERS[coding](data)[:-cut], coding)
    assert problem.value.reason in (Reason.INCOMPLETE_BODY, Reason.BAD_ENCODING)


@pytest.mark.parametrize("coding", PACKERS)
@given(data=st.binary(max_size=2000), size=st.integers(1, 999))
def test_any_bytes_end_in_bytes_or_in_a_reason(coding: str, data: bytes, size: int) -> None:
    reason = reason_of(lambda: undo(data, coding, size=size))
    assert reason in (Reason.OK, Reason.INCOMPLETE_BODY, Reason.BAD_ENCODING)


@pytest.mark.parametrize("coding", PACKERS)
def test_no_step_of_a_bomb_is_large(coding: str) -> None:
    bomb = PACKERS[coding](bytes(30_000_000))
    steps = [len(piece) for piece in decoded(in_pieces(bomb, 65_536), (coding,), lambda note: None)]
    assert sum(steps) == 30_000_000
    assert max(steps) <= LARGEST_STEP


def test_codings_are_undone_from_the_last_to_the_first() -> None:
    assert undo(brotli.compress(gzip.compress(b"x")), "gzip", "br") == b"x"


def test_a_lie_about_the_coding_is_noted_and_forgiven() -> None:
    notes: list[str] = []
    page = b"<!doctype html><html></html>"
    assert b"".join(decoded(iter([page]), ("gzip",), notes.append)) == page
    assert notes == ["coding-lie"]


@pytest.mark.parametrize(
    ("header", "codings"),
    [
        ("", ()),
        ("identity", ()),
        (" GZip ", ("gzip",)),
        ("gzip,, br", ("gzip", "br")),
        ("none, x-gzip", ("gzip",)),
    ],
)
def test_headers_name_codings(header: str, codings: tuple[str, ...]) -> None:
    assert codings_of(header) == codings


def test_an_unknown_coding_and_a_long_chain_are_refused() -> None:
    with pytest.raises(Temporary):
        codings_of("compress")
    with pytest.raises(Permanent):
        codings_of("gzip, gzip, gzip")
