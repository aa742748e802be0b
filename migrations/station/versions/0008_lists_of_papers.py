"""Papers can be listed by everything that is asked of them: who made each, by which template, in one index.

The views are built again at the end.
"""

from alembic import op

revision = "0008"
down_revision = "0007"

STATEMENTS = (
    "ALTER TABLE papers ADD COLUMN clerk TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE papers ADD COLUMN template TEXT NOT NULL DEFAULT ''",
    "DROP INDEX ix_papers_made_at",
    "CREATE INDEX papers_by_day ON papers (made_at, id, station, kind, template, state, valid_until, clerk)",
    """
    CREATE INDEX papers_over ON papers (state, made_at) WHERE state IN ('voided', 'revoked', 'replaced')
    """,
)


def upgrade() -> None:
    """Add the columns and let the wider index take the place of the narrow one."""
    for statement in STATEMENTS:
        op.execute(statement)
