"""The first schema: the journal, its views, and what is kept beside it."""

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """
    CREATE TABLE journal (
        place INTEGER NOT NULL,
        epoch INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        station TEXT NOT NULL,
        prev BLOB NOT NULL,
        hash BLOB NOT NULL,
        signature BLOB NOT NULL,
        body TEXT NOT NULL,
        "case" TEXT,
        kind TEXT NOT NULL,
        PRIMARY KEY (place),
        CHECK (place = (epoch << 40) + seq)
    )
    """,
    """
    CREATE INDEX journal_by_case ON journal ("case") WHERE "case" IS NOT NULL
    """,
    """
    CREATE INDEX journal_by_kind ON journal (kind) WHERE "case" IS NULL
    """,
    """
    CREATE TABLE cases (
        id INTEGER NOT NULL,
        number TEXT NOT NULL,
        item TEXT NOT NULL,
        title TEXT NOT NULL,
        department TEXT NOT NULL,
        applicant TEXT NOT NULL,
        id_number TEXT NOT NULL,
        phone TEXT NOT NULL,
        state TEXT NOT NULL,
        "immediate" INTEGER NOT NULL,
        holder TEXT NOT NULL,
        started_at TEXT,
        received_at TEXT NOT NULL,
        accepted_at TEXT,
        due TEXT,
        near_due_from TEXT,
        delivered_at TEXT,
        PRIMARY KEY (id),
        UNIQUE (number)
    )
    """,
    """
    CREATE INDEX cases_by_day ON cases (received_at)
    """,
    """
    CREATE INDEX cases_by_item ON cases (item)
    """,
    """
    CREATE INDEX cases_by_person ON cases (id_number)
    """,
    """
    CREATE INDEX cases_by_state ON cases (state)
    """,
    """
    CREATE INDEX cases_delivered ON cases (delivered_at)
    """,
    """
    CREATE INDEX cases_open_by_due ON cases (due) WHERE state != 'delivered'
    """,
    """
    CREATE INDEX cases_open_by_near_due ON cases (near_due_from) WHERE state != 'delivered'
    """,
    """
    CREATE TABLE case_counts (
        state TEXT NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (state)
    )
    """,
    """
    CREATE TABLE item_days (
        day TEXT NOT NULL,
        item TEXT NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (day, item)
    )
    """,
    """
    CREATE TABLE people (
        id_number TEXT NOT NULL,
        id INTEGER NOT NULL,
        name TEXT NOT NULL,
        phone TEXT NOT NULL,
        address TEXT NOT NULL,
        cases INTEGER NOT NULL,
        last_seen TEXT NOT NULL,
        PRIMARY KEY (id_number),
        UNIQUE (id)
    )
    """,
    """
    CREATE TABLE papers (
        id INTEGER NOT NULL,
        number TEXT NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        case_number TEXT NOT NULL,
        made_at TEXT NOT NULL,
        digest TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (number)
    )
    """,
    """
    CREATE INDEX ix_papers_case_number ON papers (case_number)
    """,
    """
    CREATE TABLE series (
        "key" TEXT NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY ("key")
    )
    """,
    """
    CREATE TABLE drafts (
        id TEXT NOT NULL,
        item TEXT NOT NULL,
        item_version INTEGER NOT NULL,
        operator TEXT NOT NULL,
        applicant TEXT NOT NULL,
        application TEXT NOT NULL,
        started_at TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE INDEX ix_drafts_saved_at ON drafts (saved_at)
    """,
    """
    CREATE TABLE blobs (
        digest TEXT NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (digest)
    )
    """,
    """
    CREATE TABLE item_versions (
        code TEXT NOT NULL,
        version INTEGER NOT NULL,
        item TEXT NOT NULL,
        PRIMARY KEY (code, version)
    )
    """,
    """
    CREATE TABLE accounts (
        login TEXT NOT NULL,
        name TEXT NOT NULL,
        roles TEXT NOT NULL,
        password_hash TEXT NOT NULL,
        failures INTEGER NOT NULL,
        last_failure TEXT,
        PRIMARY KEY (login)
    )
    """,
    """
    CREATE TABLE preferences (
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY ("key")
    )
    """,
    """
    CREATE VIRTUAL TABLE case_search USING fts5(name, ini, num, rev, content='', contentless_delete=1,
        tokenize='unicode61', prefix='1 2 3 4')
    """,
    """
    CREATE VIRTUAL TABLE people_search USING fts5(name, ini, num, content='', contentless_delete=1,
        tokenize='unicode61', prefix='1 2 3 4')
    """,
)


def upgrade() -> None:
    """Create every table."""
    for statement in STATEMENTS:
        op.execute(statement)
