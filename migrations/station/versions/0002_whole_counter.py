"""What the whole counter keeps beside the first schema.

Views that change here are built again from the journal at the end; what is no view is altered in place.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    "ALTER TABLE accounts ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE accounts ADD COLUMN must_change INTEGER NOT NULL DEFAULT 0",
    # Forms of acts that were left before they were done.
    """
    CREATE TABLE form_drafts (
        about TEXT NOT NULL,
        form TEXT NOT NULL,
        filled TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        PRIMARY KEY (about, form)
    )
    """,
    # Views of everything that can become of a case.
    "DROP TABLE cases",
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
        clerk TEXT NOT NULL,
        started_at TEXT,
        received_at TEXT NOT NULL,
        entered_at TEXT NOT NULL,
        accepted_at TEXT,
        due TEXT,
        near_due_from TEXT,
        delivered_at TEXT,
        representative TEXT NOT NULL,
        agent TEXT NOT NULL,
        late INTEGER NOT NULL,
        deemed INTEGER NOT NULL,
        open INTEGER NOT NULL,
        running INTEGER NOT NULL,
        suspended_at TEXT,
        silence_until TEXT,
        reply_by TEXT,
        owed_by TEXT,
        closed_at TEXT,
        PRIMARY KEY (id),
        UNIQUE (number)
    )
    """,
    "CREATE INDEX cases_by_clerk ON cases (clerk)",
    "CREATE INDEX cases_by_day ON cases (received_at)",
    "CREATE INDEX cases_by_department ON cases (department)",
    "CREATE INDEX cases_by_item ON cases (item)",
    "CREATE INDEX cases_by_person ON cases (id_number)",
    "CREATE INDEX cases_deemed ON cases (id) WHERE deemed = 1 AND state = 'accepted'",
    "CREATE INDEX cases_delivered ON cases (delivered_at) WHERE delivered_at IS NOT NULL",
    "CREATE INDEX cases_entered ON cases (entered_at)",
    "CREATE INDEX cases_late ON cases (id) WHERE late = 1",
    "CREATE INDEX cases_late_by_day ON cases (received_at) WHERE late = 1",
    "CREATE INDEX cases_open_by_due ON cases (due) WHERE open = 1",
    "CREATE INDEX cases_owing ON cases (id) WHERE owed_by IS NOT NULL AND open = 1",
    "CREATE INDEX cases_ready ON cases (id) WHERE state IN ('decided', 'issued')",
    "CREATE INDEX cases_received ON cases (id) WHERE state IN ('received', 'supplement')",
    "CREATE INDEX cases_running_by_due ON cases (due) WHERE running = 1",
    "CREATE INDEX cases_running_by_near_due ON cases (near_due_from, due) WHERE running = 1",
    "CREATE INDEX cases_silent ON cases (silence_until) WHERE silence_until IS NOT NULL",
    "CREATE INDEX cases_suspended ON cases (id) WHERE state = 'suspended'",
    "CREATE INDEX cases_to_reply ON cases (reply_by) WHERE reply_by IS NOT NULL",
    "DROP TABLE case_counts",
    """
    CREATE TABLE case_counts (
        item TEXT NOT NULL,
        department TEXT NOT NULL,
        clerk TEXT NOT NULL,
        state TEXT NOT NULL,
        late INTEGER NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (item, department, clerk, state, late)
    )
    """,
    # What is counted and asked beside cases.
    "ALTER TABLE series ADD COLUMN used INTEGER NOT NULL DEFAULT 0",
    """
    CREATE TABLE inquiries (
        id INTEGER NOT NULL,
        number TEXT NOT NULL,
        place INTEGER NOT NULL,
        subject TEXT NOT NULL,
        item TEXT NOT NULL,
        asked_by TEXT NOT NULL,
        phone TEXT NOT NULL,
        clerk TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        state TEXT NOT NULL,
        handed_to TEXT NOT NULL,
        handed_phone TEXT NOT NULL,
        outcome TEXT NOT NULL,
        closed_at TEXT,
        PRIMARY KEY (id),
        UNIQUE (number)
    )
    """,
    "CREATE INDEX inquiries_open ON inquiries (id) WHERE closed_at IS NULL",
    """
    CREATE TABLE days (
        day TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        work INTEGER NOT NULL,
        closed INTEGER NOT NULL,
        PRIMARY KEY (day)
    )
    """,
    # What became of each paper.
    "DROP TABLE papers",
    """
    CREATE TABLE papers (
        id INTEGER NOT NULL,
        number TEXT NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        case_number TEXT NOT NULL,
        made_at TEXT NOT NULL,
        digest TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        state TEXT NOT NULL,
        sent INTEGER NOT NULL,
        printed INTEGER NOT NULL,
        void_reason TEXT NOT NULL,
        voided_by TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (number)
    )
    """,
    "CREATE INDEX ix_papers_case_number ON papers (case_number)",
    "CREATE INDEX ix_papers_made_at ON papers (made_at)",
    "CREATE INDEX papers_to_print ON papers (made_at) WHERE state IN ('to_print', 'sent')",
    # Everybody who was here before.
    "DROP TABLE people",
    """
    CREATE TABLE people (
        id_number TEXT NOT NULL,
        id INTEGER NOT NULL,
        person TEXT NOT NULL,
        cases INTEGER NOT NULL,
        last_seen TEXT NOT NULL,
        PRIMARY KEY (id_number),
        UNIQUE (id)
    )
    """,
    """
    CREATE TABLE organisations (
        uscc TEXT NOT NULL,
        id INTEGER NOT NULL,
        organisation TEXT NOT NULL,
        representative TEXT NOT NULL,
        cases INTEGER NOT NULL,
        last_seen TEXT NOT NULL,
        PRIMARY KEY (uscc),
        UNIQUE (id)
    )
    """,
    """
    CREATE VIRTUAL TABLE organisation_search USING fts5(name, num, content='', contentless_delete=1,
        tokenize='unicode61', prefix='1 2 3 4')
    """,
)


def upgrade() -> None:
    """Alter what is kept."""
    for statement in STATEMENTS:
        op.execute(statement)
