"""Search: the words of an article stand beside its entry on PostgreSQL, and some scripts are cut into words anew.

A tsvector hardly gets smaller by compression, and unpacking it is the greater part of looking into it; where all of them
stand outside, the entries themselves are few blocks. What is in the table already stays as it is.
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Single signs at the end of a run, and the words of Korean: what is not in the index is put into it after a migration.
_CUT_ANEW = """DELETE FROM search_entry WHERE language IS NULL OR language LIKE 'zh%' OR language LIKE 'ja%'
OR language LIKE 'ko%' OR language LIKE 'th%' OR language LIKE 'km%' OR language LIKE 'lo%' OR language LIKE 'my%'"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE search_entry ALTER COLUMN words SET STORAGE EXTERNAL")
        op.execute("ALTER TABLE search_entry SET (toast_tuple_target = 128)")
    op.execute(_CUT_ANEW)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE search_entry ALTER COLUMN words SET STORAGE EXTENDED")
        op.execute("ALTER TABLE search_entry RESET (toast_tuple_target)")
