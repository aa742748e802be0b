"""Where a counter reads on in its inbox: the row's mark, no longer the hash of the entry there.

Which images were refused, which bulletins were left aside, and the digests of bodies that nobody has any more.
"""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    # No mark is 0, so the next round reads the inbox once more from its beginning, which does no harm.
    "ALTER TABLE sync_state ADD COLUMN inbox_mark INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE sync_state DROP COLUMN inbox_hash",
    "ALTER TABLE received ADD COLUMN digest BLOB",
    "CREATE INDEX uploads_refused ON uploads (\"case\") WHERE refusal != ''",
    """
    CREATE TABLE left_bulletins (
        topic TEXT NOT NULL,
        n INTEGER NOT NULL,
        why TEXT NOT NULL,
        program TEXT NOT NULL,
        PRIMARY KEY (topic)
    )
    """,
)


def upgrade() -> None:
    """Change column, index and table."""
    for statement in STATEMENTS:
        op.execute(statement)
