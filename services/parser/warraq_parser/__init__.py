"""The parser: bytes of a page in, a structured article out. Its core has no outside world."""
