"""Where a counter reads on in its inbox: the row's mark, no longer the hash of the entry there. Which images were refused."""

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    # No mark is 0, so the next round reads the inbox once more from its beginning, which does no harm.
    "ALTER TABLE sync_state ADD COLUMN inbox_mark INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE sync_state DROP COLUMN inbox_hash",
    "CREATE INDEX uploads_refused ON uploads (\"case\") WHERE refusal != ''",
)


def upgrade() -> None:
    """Change the column."""
    for statement in STATEMENTS:
        op.execute(statement)
