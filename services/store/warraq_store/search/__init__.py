"""Full-text search, the same on SQLite and on PostgreSQL: one analysis of words in Python, two indexes.

``words`` says what is a word, ``query`` what a query means, ``index`` writes, ``find`` asks, ``highlight`` shows.
"""
