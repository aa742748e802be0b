"""The tables of the station's database. ``migrations/station`` creates and changes them; this only names them."""

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    and_,
    literal_column,
)

HEAD = "0008"
"""The newest migration; a start compares it with the file and loads Alembic only when they differ."""

PLACE = 2**40
"""An entry's ``place`` is ``epoch * PLACE + seq``: one number, so that the journal is in order by itself."""

metadata = MetaData()

journal = Table(
    "journal",
    metadata,
    Column("place", Integer, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("station", Text, nullable=False),
    Column("prev", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("body", Text, nullable=False),
    Column("case", Text),
    Column("kind", Text, nullable=False),
)
Index("journal_by_case", journal.c.case, sqlite_where=journal.c.case.is_not(None))
Index("journal_by_kind", journal.c.kind, sqlite_where=journal.c.case.is_(None))

# --- views: built from the journal, thrown away and built again by ``rebuild`` -----------------------------------

cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("item", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("department", Text, nullable=False),
    Column("applicant", Text, nullable=False),
    Column("id_number", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("immediate", Integer, nullable=False),
    Column("holder", Text, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("started_at", Text),
    Column("received_at", Text, nullable=False),
    Column("entered_at", Text, nullable=False),
    Column("accepted_at", Text),
    Column("due", Text),
    Column("near_due_from", Text),
    Column("delivered_at", Text),
    Column("representative", Text, nullable=False),
    Column("agent", Text, nullable=False),
    Column("late", Integer, nullable=False),
    Column("deemed", Integer, nullable=False),
    Column("open", Integer, nullable=False),
    Column("running", Integer, nullable=False),
    Column("suspended_at", Text),
    Column("silence_until", Text),
    Column("reply_by", Text),
    Column("owed_by", Text),
    Column("closed_at", Text),
    Column("standing", Text, nullable=False),
    Column("taken_here", Integer, nullable=False),
    Column("delivered_here", Integer, nullable=False),
    Column("apart", Integer, nullable=False),
    Column("awaits_taking_over", Integer, nullable=False),
    Column("collect_at", Text, nullable=False),
    Column("collected_here", Integer, nullable=False),
)
ELSEWHERE = "elsewhere"
"""What ``standing`` says of an open case that another station holds; else it is the state of the case.

Lists of what is to be done go by ``standing``, ``open`` and ``running``: such a case is in none of them.
"""

# What most cases have is indexed for all of them. What few cases have - they are open, late, owed something - has an
# index of those cases alone, in the order in which their list shows them: a million done cases cost it nothing. The
# conditions are literal, because SQLite compares them word for word with those of a query.
IS_OPEN = cases.c.open == literal_column("1")
RUNS = cases.c.running == literal_column("1")
IS_LATE = cases.c.late == literal_column("1")
IS_OWED = cases.c.owed_by.is_not(None)
IS_APART = cases.c.apart == literal_column("1")
"""Not in the order of places by the day of its receipt: entered late, or taken in at another station."""
TAKEN_HERE = cases.c.taken_here == literal_column("1")
IS_ELSEWHERE = cases.c.standing == literal_column(f"'{ELSEWHERE}'")
IS_TO_TAKE_OVER = and_(cases.c.awaits_taking_over == literal_column("1"), IS_OPEN)
IS_TO_COLLECT = cases.c.collected_here == literal_column("1")
"""Open, and its result is to be collected here, in whatever hands the case is."""
IS_DEEMED = and_(cases.c.deemed == literal_column("1"), cases.c.standing == literal_column("'accepted'"))
IS_RECEIVED = cases.c.standing.in_((literal_column("'received'"), literal_column("'supplement'")))
IS_SUSPENDED = cases.c.standing == literal_column("'suspended'")
IS_READY = cases.c.standing.in_((literal_column("'decided'"), literal_column("'issued'")))
Index("cases_by_day", cases.c.received_at)
Index("cases_entered", cases.c.entered_at, sqlite_where=TAKEN_HERE)
Index("cases_by_item", cases.c.item)
Index("cases_by_department", cases.c.department)
Index("cases_by_clerk", cases.c.clerk)
Index("cases_by_person", cases.c.id_number)
Index("cases_delivered", cases.c.delivered_at, sqlite_where=cases.c.delivered_at.is_not(None))
Index("cases_open_by_due", cases.c.due, sqlite_where=IS_OPEN)
Index("cases_running_by_due", cases.c.due, sqlite_where=RUNS)
Index("cases_running_by_near_due", cases.c.near_due_from, cases.c.due, sqlite_where=RUNS)
Index("cases_received", cases.c.id, sqlite_where=IS_RECEIVED)
Index("cases_suspended", cases.c.id, sqlite_where=IS_SUSPENDED)
Index("cases_ready", cases.c.id, sqlite_where=IS_READY)
Index("cases_owing", cases.c.id, sqlite_where=and_(IS_OWED, IS_OPEN))
Index("cases_late", cases.c.id, sqlite_where=IS_LATE)
Index("cases_apart", cases.c.id, sqlite_where=IS_APART)
Index("cases_apart_by_day", cases.c.received_at, sqlite_where=IS_APART)
Index("cases_elsewhere", cases.c.id, sqlite_where=IS_ELSEWHERE)
Index("cases_to_take_over", cases.c.id, sqlite_where=IS_TO_TAKE_OVER)
Index("cases_to_collect", cases.c.id, sqlite_where=IS_TO_COLLECT)
Index("cases_by_place", cases.c.collect_at, cases.c.id, sqlite_where=cases.c.collect_at != literal_column("''"))
Index("cases_silent", cases.c.silence_until, sqlite_where=cases.c.silence_until.is_not(None))
Index("cases_deemed", cases.c.id, sqlite_where=IS_DEEMED)
Index("cases_to_reply", cases.c.reply_by, sqlite_where=cases.c.reply_by.is_not(None))

case_counts = Table(
    "case_counts",
    metadata,
    Column("item", Text, primary_key=True),
    Column("department", Text, primary_key=True),
    Column("clerk", Text, primary_key=True),
    Column("state", Text, primary_key=True),
    Column("late", Integer, primary_key=True),
    Column("count", Integer, nullable=False),
)
"""How many cases there are of each sort, so that nobody has to count a million of them."""

item_days = Table(
    "item_days",
    metadata,
    Column("day", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("count", Integer, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id_number", Text, primary_key=True),
    Column("id", Integer, nullable=False, unique=True),
    Column("person", Text, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("last_seen", Text, nullable=False),
)

organisations = Table(
    "organisations",
    metadata,
    Column("uscc", Text, primary_key=True),
    Column("id", Integer, nullable=False, unique=True),
    Column("organisation", Text, nullable=False),
    Column("representative", Text, nullable=False),
    Column("cases", Integer, nullable=False),
    Column("last_seen", Text, nullable=False),
)

papers = Table(
    "papers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("case_number", Text, nullable=False, index=True),
    Column("made_at", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("printed", Integer, nullable=False),
    Column("void_reason", Text, nullable=False),
    Column("voided_by", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("signatures", Text, nullable=False),
    Column("still_open", Integer, nullable=False),
    Column("valid_until", Text),
    Column("ended_at", Text),
    Column("ground", Text, nullable=False),
    Column("replaced_by", Text, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("template", Text, nullable=False),
)

IS_TO_PRINT = papers.c.state.in_((literal_column("'to_print'"), literal_column("'sent'")))
Index("papers_to_print", papers.c.made_at, sqlite_where=IS_TO_PRINT)
RUNS_OUT = papers.c.valid_until.is_not(None)
Index("papers_by_end", papers.c.valid_until, sqlite_where=RUNS_OUT)
IS_OVER = papers.c.state.in_((literal_column("'voided'"), literal_column("'revoked'"), literal_column("'replaced'")))
Index("papers_over", papers.c.state, papers.c.made_at, sqlite_where=IS_OVER)
Index(
    "papers_by_day",
    *(papers.c.made_at, papers.c.id, papers.c.station, papers.c.kind),
    *(papers.c.template, papers.c.state, papers.c.valid_until, papers.c.clerk),
)
"""The list of papers in its order, with all that it is narrowed by and counted by, so that no row is read for that."""

series = Table(
    "series",
    metadata,
    Column("key", Text, primary_key=True),
    Column("last", Integer, nullable=False),
    Column("used", Integer, nullable=False),
)

inquiries = Table(
    "inquiries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("place", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("item", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("handed_to", Text, nullable=False),
    Column("handed_phone", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("closed_at", Text),
)
Index("inquiries_open", inquiries.c.id, sqlite_where=inquiries.c.closed_at.is_(None))

days = Table(
    "days",
    metadata,
    Column("day", Text, primary_key=True),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("work", Integer, nullable=False),
    Column("closed", Integer, nullable=False),
)

images = Table(
    "images",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("case", Text, primary_key=True),
    Column("place", Integer, nullable=False),
)
"""The pages and papers that entries name, with the place of the first own one that does, 0 for those of others."""
Index("images_by_place", images.c.place)

blanks = Table(
    "blanks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("form", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("operator", Text, nullable=False),
    Column("paper_number", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("approved_by", Text, nullable=False),
    UniqueConstraint("form", "number"),
)
"""Pre-numbered blank forms, in the order in which they are to be used."""
Index("blanks_unused", blanks.c.form, blanks.c.id, sqlite_where=blanks.c.state == literal_column("'unused'"))
Index("blanks_by_paper", blanks.c.paper_number, sqlite_where=blanks.c.paper_number != literal_column("''"))

VIEWS = (cases, case_counts, item_days, people, organisations, papers, series, inquiries, days, images, blanks)

CASE_SEARCH = (
    "CREATE VIRTUAL TABLE case_search USING fts5(name, ini, num, rev, content='', contentless_delete=1, "
    "tokenize='unicode61', prefix='1 2 3 4')"
)
PEOPLE_SEARCH = (
    "CREATE VIRTUAL TABLE people_search USING fts5(name, ini, num, content='', contentless_delete=1, "
    "tokenize='unicode61', prefix='1 2 3 4')"
)

ORGANISATION_SEARCH = (
    "CREATE VIRTUAL TABLE organisation_search USING fts5(name, num, content='', contentless_delete=1, "
    "tokenize='unicode61', prefix='1 2 3 4')"
)

# --- what is no fact ------------------------------------------------------------------------------------------

drafts = Table(
    "drafts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("item", Text, nullable=False),
    Column("item_version", Integer, nullable=False),
    Column("operator", Text, nullable=False),
    Column("applicant", Text, nullable=False),
    Column("application", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("saved_at", Text, nullable=False, index=True),
)

form_drafts = Table(
    "form_drafts",
    metadata,
    Column("about", Text, primary_key=True),
    Column("form", Text, primary_key=True),
    Column("filled", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
)

blobs = Table(
    "blobs",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

strays = Table(
    "strays",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("since", Text, nullable=False),
)
"""Blobs that nothing names, and since when: see ``sweeping``."""

item_versions = Table(
    "item_versions",
    metadata,
    Column("code", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("item", Text, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("login", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("last_failure", Text),
    Column("disabled", Integer, nullable=False),
    Column("must_change", Integer, nullable=False),
)

preferences = Table(
    "preferences",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
