"""Exports of one query: JSON lines, CSV, Parquet, RSS and Atom. ``docs/exports.md`` has their schemas.

``rows`` reads the articles as a stream of documents; each format is one function that writes such a stream.
"""
