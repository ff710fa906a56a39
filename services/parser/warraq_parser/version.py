"""The parser's version: a number that grows when the same page would give another article."""

PARSER_VERSION = "1"
