"""Appending to the archive: each process writes files of its own, so that no two ever write to one.

A file is begun when there is something to write, locked while it is open (``retention`` looks at that), and closed when
it has grown to its size. A crash can tear only the record at its end, which SQL then does not know.
"""

import fcntl
import itertools
import os
import socket
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from warraq_shared import __version__
from warraq_store.archive.records import Original, RawPage, packed, warcinfo

_numbers = itertools.count(1)


class Written(NamedTuple):
    """Where records are: the file relative to the archive's folder, and their place in it."""

    file: str
    offset: int
    length: int


class ArchiveWriter:
    """Appends raw pages to WARC files below ``folder``."""

    def __init__(self, folder: Path, *, file_bytes: int) -> None:
        self._folder = folder
        self._file_bytes = file_bytes
        self._file: BinaryIO | None = None
        self._name = ""

    def append(self, pages: Sequence[tuple[RawPage, Original | None]]) -> list[Written]:
        """Append ``pages``, each as a revisit if its original is given; return where they are, on disk.

        Raises:
            OSError: the disk is full or not there; nothing of what was begun stays in the file.
        """
        file = self._open()
        start = file.tell()
        try:
            written = [self._append_one(file, page, original) for page, original in pages]
            file.flush()
        except OSError:
            file.truncate(start)
            self.close()
            raise
        if file.tell() >= self._file_bytes:
            self.close()
        return written

    def _append_one(self, file: BinaryIO, page: RawPage, original: Original | None) -> Written:
        content = packed(page, original)
        offset = file.tell()
        file.write(content)
        return Written(self._name, offset, len(content))

    def _open(self) -> BinaryIO:
        if self._file is None:
            now = datetime.now(UTC)
            stem = f"{now:%Y%m%d%H%M%S}-{_host()}-{os.getpid()}-{next(_numbers)}"
            self._name = f"{now:%Y/%m}/warraq-{stem}.warc.gz"
            path = self._folder / self._name
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("xb")
            fcntl.flock(self._file, fcntl.LOCK_EX)
            self._file.write(warcinfo(path.name, f"Warraq/{__version__}"))
        return self._file

    def close(self) -> None:
        """Close the file that is being written, safe on disk."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None


def _host() -> str:
    return "".join(c if c.isalnum() else "-" for c in socket.gethostname())[:40]
