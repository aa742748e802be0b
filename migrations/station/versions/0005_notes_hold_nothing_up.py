"""Which entries of other stations are notes: what follows of a case does not wait for them.

What the centre set aside for good: papers that rest on it must be called back. Where results are collected.

Every migration ends with the views being built again, which also lets old corrections of applicants be found and
proposed as later ones are.
"""

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    "ALTER TABLE received ADD COLUMN note INTEGER NOT NULL DEFAULT 0",
    # What cannot be read holds nothing up, and is no note by any other word.
    "UPDATE received SET note = 1 WHERE CASE WHEN json_valid(body) THEN json_extract(body, '$.header') IS NULL ELSE 1 END",
    "CREATE INDEX received_holding_up ON received (\"case\") WHERE waits != '' AND rank = 1 AND note = 0",
    "ALTER TABLE set_aside ADD COLUMN final INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE cases ADD COLUMN collect_at TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE cases ADD COLUMN collected_here INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX cases_to_collect ON cases (id) WHERE collected_here = 1",
    "CREATE INDEX cases_by_place ON cases (collect_at, id) WHERE collect_at != ''",
    "CREATE INDEX set_aside_for_good ON set_aside (place) WHERE final = 1",
)


def upgrade() -> None:
    """Add the columns and their indexes."""
    for statement in STATEMENTS:
        op.execute(statement)
