"""A paper is signed on the screen by several, each on a line of their own; page images that nothing names, and since when.

The views are built again at the end.
"""

from alembic import op

revision = "0007"
down_revision = "0006"

STATEMENTS = (
    "ALTER TABLE papers DROP COLUMN signature",
    "ALTER TABLE papers DROP COLUMN signed_at",
    "ALTER TABLE papers ADD COLUMN signatures TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE papers ADD COLUMN still_open INTEGER NOT NULL DEFAULT 0",
    "CREATE TABLE strays (digest TEXT NOT NULL, since TEXT NOT NULL, PRIMARY KEY (digest))",
)


def upgrade() -> None:
    """Change the columns and add the table; nothing was looked for yet."""
    for statement in STATEMENTS:
        op.execute(statement)
