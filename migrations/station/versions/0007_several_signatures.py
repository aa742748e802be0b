"""Several sign a paper; certificates run out or are revoked; page images that nothing names; the ledger of blank forms.

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
    """
    CREATE TABLE blanks (
        id INTEGER NOT NULL,
        form TEXT NOT NULL,
        number TEXT NOT NULL,
        state TEXT NOT NULL,
        received_at TEXT NOT NULL,
        source TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        operator TEXT NOT NULL,
        paper_number TEXT NOT NULL,
        reason TEXT NOT NULL,
        approved_by TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (form, number)
    )
    """,
    "CREATE INDEX blanks_unused ON blanks (form, id) WHERE state = 'unused'",
    "CREATE INDEX blanks_by_paper ON blanks (paper_number) WHERE paper_number != ''",
    "ALTER TABLE papers ADD COLUMN valid_until TEXT",
    "ALTER TABLE papers ADD COLUMN ended_at TEXT",
    "ALTER TABLE papers ADD COLUMN ground TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE papers ADD COLUMN replaced_by TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX papers_by_end ON papers (valid_until) WHERE valid_until IS NOT NULL",
)


def upgrade() -> None:
    """Change the columns and add the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
