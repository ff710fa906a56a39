"""Feeds of every family, read into one model: shape → parse → adapt."""
