"""What the whole counter keeps beside the first schema.

Views that change here are built again from the journal at the end; what is no view is altered in place.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    "ALTER TABLE accounts ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE accounts ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0",
)


def upgrade() -> None:
    """Alter what is kept."""
    for statement in STATEMENTS:
        op.execute(statement)
