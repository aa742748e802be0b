"""Who signed a paper on the screen: the signature's picture and when. The views are built again at the end."""

from alembic import op

revision = "0006"
down_revision = "0005"

STATEMENTS = (
    "ALTER TABLE papers ADD COLUMN signature TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE papers ADD COLUMN signed_at TEXT NOT NULL DEFAULT ''",
)


def upgrade() -> None:
    """Add the columns."""
    for statement in STATEMENTS:
        op.execute(statement)
