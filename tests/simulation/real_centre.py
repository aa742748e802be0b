"""A real centre that many worlds use one after the other: its content is taken out and brought back, not its database.

To copy a database takes a third of a second, and a world copies several; what stands in the tables of one takes some
hundredths. Nothing of the schema is touched but the guards, which are on again before anybody can look.
"""

from dataclasses import dataclass

from app.central.connection import Address
from tests.central.server import PostgresCentre

LOCK_TIMEOUT = "10ms"
"""The simulation is one thread: who meets a lock of a held push would wait for itself."""
STAYS = ("centre", "schema_version")
_TABLES = """
    select c.relname, array_agg(a.attname::text order by a.attnum) from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'core'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition group by c.relname"""
_SEQUENCES = "select sequencename, last_value from pg_sequences where schemaname = 'core'"
_GUARDED = "select tgrelid::regclass::text from pg_trigger where tgname = 'deny' and tgparentid = 0"
_COUNTED_BY = ("epoch from clock_timestamp())", "epoch from clock_timestamp()) * 1000")
"""A restored centre numbers bulletins by seconds, so as not to use a number again; here two may be restored in one second."""


@dataclass(frozen=True)
class Content:
    """Everything that a backup of the centre holds: the rows of each table, and where each sequence stands."""

    rows: dict[str, bytes]
    sequences: dict[str, int | None]


class RealCentre(PostgresCentre):
    """A centre on a server of ``tests.central.server``, with a connection that looks into it and stays open."""

    def __init__(self, server, plant=None):
        super().__init__(server)
        self.server.execute(f"alter database {self.database} set lock_timeout = '{LOCK_TIMEOUT}'")
        self._eyes = self.address().connect()
        self._count_bulletins_faster()
        if plant:
            plant(self)
        self._tables = [(name, columns) for name, columns in self.rows(_TABLES) if name not in STAYS]
        self._guarded = [name for (name,) in self.rows(_GUARDED)]
        self.untouched = self.content()

    def _count_bulletins_faster(self):
        body = self.rows("select pg_get_functiondef('admin.publish'::regproc)")[0][0]
        assert _COUNTED_BY[0] in body
        self._eyes.execute(body.replace(*_COUNTED_BY))

    def station_address(self, code):
        """Return how a station logs in; the settings of its role would let it wait longer for a lock."""
        return Address({**self.address(f"station_{code}").options, "options": f"-c lock_timeout={LOCK_TIMEOUT}"})

    def rows(self, statement):
        """Carry out one statement as the owner of everything and return its rows."""
        return self._eyes.execute(statement).fetchall()

    def content(self):
        """Take out everything that was committed, as of one moment."""
        with self._eyes.transaction():
            self._eyes.execute("set transaction isolation level repeatable read")
            rows = {name: self._taken_out(name, columns) for name, columns in self._tables}
            return Content(rows, dict(self.rows(_SEQUENCES)))

    def _taken_out(self, name, columns):
        with self._eyes.cursor().copy(f"copy (select {', '.join(columns)} from core.{name}) to stdout binary") as copy:
            return b"".join(bytes(part) for part in copy)

    def bring_back(self, content):
        """Put ``content`` in place of everything, past every guard; no transaction of anybody's may be open."""
        with self._eyes.transaction():
            self._eyes.execute("set local session_replication_role = replica")
            self._guards("disable")
            self._eyes.execute("; ".join(f"delete from core.{name}" for name, _columns in self._tables))
            for name, columns in self._tables:
                with self._eyes.cursor().copy(f"copy core.{name} ({', '.join(columns)}) from stdin binary") as copy:
                    copy.write(content.rows[name])
            for name, last in content.sequences.items():
                is_called = last is not None
                self._eyes.execute(f"select setval('core.{name}', {last or 1}, {is_called})")
            self._guards("enable always")

    def _guards(self, change):
        self._eyes.execute("; ".join(f"alter table {name} {change} trigger deny" for name in self._guarded))

    def close(self):
        super().close()
        self._eyes.close()
