"""The raw archive: WARC files (ISO 28500) that any WARC tool can read, with each record's place kept in SQL.

``records`` makes and reads records, ``writing`` appends them to files of one process, ``erasing`` takes them out again.
What is where stands in the table ``snapshot`` (``warraq_store.archive.snapshots``); what goes when, in ``retention``.
"""
