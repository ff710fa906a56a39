"""A parser of lines that dies of some of them, in a module that worker processes can import."""

import os

from warraq_parser.many import Lines


class DeadlyLines(Lines):
    """Answers a line with itself; ends its process without a word at a line that says so."""

    def answer(self, line: bytes) -> str:
        document = self.read(line).parsed
        if "deadly" in document.url:
            os._exit(9)
        return document.url
