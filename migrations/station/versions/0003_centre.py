"""What a counter keeps for talking with a centre.

Views that change here are built again from the journal at the end.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    # Entries that are not this journal's.
    """
    CREATE TABLE received (
        id INTEGER NOT NULL,
        after_place INTEGER NOT NULL,
        rank INTEGER NOT NULL,
        station TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        prev BLOB NOT NULL,
        hash BLOB NOT NULL,
        signature BLOB NOT NULL,
        body TEXT NOT NULL,
        "case" TEXT,
        received_at TEXT,
        waits TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (station, epoch, seq)
    )
    """,
    'CREATE INDEX received_by_case ON received ("case", id)',
    "CREATE INDEX received_in_order ON received (after_place, rank, id)",
    "CREATE INDEX received_own ON received (after_place) WHERE rank = 0",
    "CREATE INDEX received_waiting ON received (id) WHERE waits != ''",
    # How far this station and the centre are.
    """
    CREATE TABLE sync_state (
        id INTEGER NOT NULL,
        epoch INTEGER,
        seq INTEGER,
        hash BLOB,
        verified_epoch INTEGER,
        verified_seq INTEGER,
        inbox INTEGER NOT NULL,
        inbox_hash BLOB NOT NULL,
        inbox_last INTEGER NOT NULL,
        bulletin INTEGER NOT NULL,
        anchor_nonce TEXT,
        anchor_at TEXT,
        last_contact TEXT,
        failure TEXT NOT NULL,
        failed_at TEXT,
        stale INTEGER NOT NULL,
        whole_until INTEGER NOT NULL,
        images_until INTEGER NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE confirmations (
        place INTEGER NOT NULL,
        received_at TEXT NOT NULL,
        PRIMARY KEY (place)
    )
    """,
    """
    CREATE TABLE set_aside (
        place INTEGER NOT NULL,
        "case" TEXT NOT NULL,
        kind TEXT NOT NULL,
        reason TEXT NOT NULL,
        leaves INTEGER NOT NULL,
        PRIMARY KEY (place)
    )
    """,
    """
    CREATE TABLE uploads (
        digest TEXT NOT NULL,
        "case" TEXT NOT NULL,
        at TEXT NOT NULL,
        refusal TEXT NOT NULL,
        purged INTEGER NOT NULL,
        PRIMARY KEY (digest, "case")
    )
    """,
    "CREATE INDEX uploads_to_purge ON uploads (at) WHERE purged = 0",
    """
    CREATE TABLE known_stations (
        code TEXT NOT NULL,
        station TEXT NOT NULL,
        PRIMARY KEY (code)
    )
    """,
    """
    CREATE TABLE bulletins (
        topic TEXT NOT NULL,
        version INTEGER NOT NULL,
        published_at TEXT NOT NULL,
        payload BLOB NOT NULL,
        PRIMARY KEY (topic)
    )
    """,
    # Views of what is also at other stations.
    """
    CREATE TABLE images (
        digest TEXT NOT NULL,
        "case" TEXT NOT NULL,
        place INTEGER NOT NULL,
        PRIMARY KEY (digest, "case")
    )
    """,
    "CREATE INDEX images_by_place ON images (place)",
    "ALTER TABLE cases ADD COLUMN standing TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE cases ADD COLUMN taken_here INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE cases ADD COLUMN delivered_here INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE cases ADD COLUMN apart INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE cases ADD COLUMN awaits_taking_over INTEGER NOT NULL DEFAULT 0",
    "DROP INDEX cases_deemed",
    "DROP INDEX cases_entered",
    "DROP INDEX cases_late_by_day",
    "DROP INDEX cases_ready",
    "DROP INDEX cases_received",
    "DROP INDEX cases_suspended",
    "CREATE INDEX cases_apart ON cases (id) WHERE apart = 1",
    "CREATE INDEX cases_apart_by_day ON cases (received_at) WHERE apart = 1",
    "CREATE INDEX cases_deemed ON cases (id) WHERE deemed = 1 AND standing = 'accepted'",
    "CREATE INDEX cases_elsewhere ON cases (id) WHERE standing = 'elsewhere'",
    "CREATE INDEX cases_entered ON cases (entered_at) WHERE taken_here = 1",
    "CREATE INDEX cases_ready ON cases (id) WHERE standing IN ('decided', 'issued')",
    "CREATE INDEX cases_received ON cases (id) WHERE standing IN ('received', 'supplement')",
    "CREATE INDEX cases_suspended ON cases (id) WHERE standing = 'suspended'",
    "CREATE INDEX cases_to_take_over ON cases (id) WHERE awaits_taking_over = 1 AND open = 1",
    "ALTER TABLE papers ADD COLUMN station TEXT NOT NULL DEFAULT ''",
)


def upgrade() -> None:
    """Add the tables."""
    for statement in STATEMENTS:
        op.execute(statement)
