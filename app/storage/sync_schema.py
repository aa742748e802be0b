"""The tables for talking with a centre; none of them is a view."""

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint, and_, literal_column

from app.storage.schema import metadata

received = Table(
    "received",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("after_place", Integer, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("station", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("prev", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("body", Text, nullable=False),
    Column("case", Text),
    Column("received_at", Text),
    Column("waits", Text, nullable=False),
    Column("digest", LargeBinary),
    Column("note", Integer, nullable=False, server_default="0"),
    UniqueConstraint("station", "epoch", "seq"),
)
"""Entries that are not this journal's. ``after_place`` is the journal's place behind which they stand in the views.

``rank`` is 0 for own ones that were read back, which stand at their own place, and 1 for those of other stations.
``digest`` is that of a body which was not there when an own one was read back; a ``note`` says nothing of a case's state.
"""
Index("received_by_case", received.c.case, received.c.id)
Index("received_in_order", received.c.after_place, received.c.rank, received.c.id)
Index("received_own", received.c.after_place, sqlite_where=received.c.rank == 0)
Index("received_waiting", received.c.id, sqlite_where=received.c.waits != "")
Index(
    "received_holding_up",
    received.c.case,
    sqlite_where=and_(received.c.waits != "", received.c.rank == 1, received.c.note == 0),
)

sync_state = Table(
    "sync_state",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("epoch", Integer),
    Column("seq", Integer),
    Column("hash", LargeBinary),
    Column("verified_epoch", Integer),
    Column("verified_seq", Integer),
    Column("inbox", Integer, nullable=False),
    Column("inbox_mark", Integer, nullable=False),
    Column("inbox_last", Integer, nullable=False),
    Column("bulletin", Integer, nullable=False),
    Column("anchor_nonce", Text),
    Column("anchor_at", Text),
    Column("last_contact", Text),
    Column("failure", Text, nullable=False),
    Column("failed_at", Text),
    Column("stale", Integer, nullable=False),
    Column("whole_until", Integer, nullable=False),
    Column("images_until", Integer, nullable=False),
)

confirmations = Table(
    "confirmations",
    metadata,
    Column("place", Integer, primary_key=True),
    Column("received_at", Text, nullable=False),
)
"""The centre had everything up to ``place``, from the row before it on, at ``received_at``."""

set_aside = Table(
    "set_aside",
    metadata,
    Column("place", Integer, primary_key=True),
    Column("case", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("leaves", Integer, nullable=False),
    Column("final", Integer, nullable=False),
)
"""Own entries that do nothing at the centre; those that ``leaves`` are no part of the views of cases here either.

What is ``final`` is never let in any more: papers that rest on it must be called back.
"""
Index("set_aside_for_good", set_aside.c.place, sqlite_where=set_aside.c.final == literal_column("1"))

uploads = Table(
    "uploads",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("case", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("refusal", Text, nullable=False),
    Column("purged", Integer, nullable=False),
)
Index("uploads_to_purge", uploads.c.at, sqlite_where=uploads.c.purged == 0)
Index("uploads_refused", uploads.c.case, sqlite_where=uploads.c.refusal != "")

known_stations = Table(
    "known_stations",
    metadata,
    Column("code", Text, primary_key=True),
    Column("station", Text, nullable=False),
)

bulletins = Table(
    "bulletins",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("published_at", Text, nullable=False),
    Column("payload", LargeBinary, nullable=False),
)
"""The newest version of each topic that was taken in."""

left_bulletins = Table(
    "left_bulletins",
    metadata,
    Column("topic", Text, primary_key=True),
    Column("n", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("program", Text, nullable=False),
)
"""The last bulletin of each topic that could not be used, until a later one is taken in."""
