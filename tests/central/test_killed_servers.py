"""PostgreSQL killed under load, and a replica that takes its place, while stations with real services push.

Skipped where Debian's PostgreSQL is not installed.
"""

import itertools
import os
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from app.central.audit import Audit
from app.central.watch import Watch
from app.security.keys import verify
from app.services.snapshots import CaseMark
from app.services.sync_report import Contact
from tests.central.debian import DebianServer, needs_debian
from tests.central.far_desks import FarServers, RealDesk
from tests.central.test_tls import Vouching

STATIONS = ("000731", "000732", "000733")
KILLS = int(os.environ.get("LIDENG_KILLS", "1"))
MOST_LOOKS = 12_000
"""For so many looks, two minutes at least, a round may take to get through."""

pytestmark = [pytest.mark.slow, needs_debian]


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="pg") as name:  # short: a socket's path has 107 bytes
        Path(name).chmod(0o755)
        yield Path(name)


class Working(threading.Thread):
    """A counter at work: it records, hands cases over and syncs until it is told to stop, and remembers what was told."""

    def __init__(self, desk, other):
        super().__init__(daemon=True)
        self.desk, self.other = desk, other
        self.told = []
        """Hashes of entries that a round said to be at the centre."""
        self.rounds = self.failed = 0
        self.logs_in_anew = False
        self._stop_asked = threading.Event()
        self.error = None

    def run(self):
        try:
            for turn in itertools.count():
                if self._stop_asked.is_set():
                    return
                number = self.desk.takes([f"{self.desk.code}/{turn}".encode() * 3000] if turn % 4 == 0 else ())
                if turn % 2:
                    self.desk.hands(number, self.other)
                self._sync()
        except BaseException as error:  # noqa: BLE001  told by the test's own thread
            self.error = error

    def _sync(self):
        if self.logs_in_anew:
            self.desk.link.close()  # by the thread that uses it
        result = self.desk.round()
        self.rounds += 1
        if result.contact is Contact.ON_LINE:
            self.told = self.desk.chain()
        else:
            self.failed += 1
            time.sleep(0.02)

    def stops(self):
        self._stop_asked.set()
        self.join(60)

    def finish(self):
        """Stop, and do rounds until one gets through."""
        self.stops()
        assert self.error is None, self.error
        until_through(self.desk)


def until_through(desk):
    for _ in range(200):
        result = desk.round()
        if result.contact is Contact.ON_LINE:
            assert [one.reason for one in result.failures] == []
            return
        time.sleep(0.05)
    raise AssertionError(result)


def wait_for(workers, rounds):
    """Wait until every worker has had so many more rounds that got through."""
    goals = {worker: worker.rounds - worker.failed + rounds for worker in workers}
    for _ in range(MOST_LOOKS):
        assert all(worker.error is None for worker in workers), [worker.error for worker in workers]
        if all(worker.rounds - worker.failed >= goal for worker, goal in goals.items()):
            return
        time.sleep(0.01)
    raise AssertionError("nothing gets through any more: a station waits for a server that answers nobody")


@pytest.fixture
def at_work(folder):
    """Make desks that work at servers; they are closed at the end."""
    desks, workers = [], []

    def make(*servers):
        far = FarServers(*servers)
        for code in STATIONS:
            (folder / f"desk-{code}").mkdir()
            desks.append(RealDesk(far, folder / f"desk-{code}", code))
        for desk in desks:
            desk.knows(*desks)
        pairs = zip(desks, [*STATIONS[1:], STATIONS[0]], strict=True)
        workers.extend(Working(desk, other) for desk, other in pairs)
        for worker in workers:
            worker.start()
        return workers

    yield make
    for worker in workers:
        worker.stops()
    for desk in desks:
        desk.link.close()
        desk.closes()


def journal_of(server, code):
    rows = server.execute(
        f"select encode(hash, 'hex') from core.journal where station = {int(code)} order by epoch, seq"
    )
    return [digest for (digest,) in rows]


def ensure_confirmed_is_there(server, workers):
    for worker in workers:
        there = journal_of(server, worker.desk.code)
        told = [digest.hex() for digest in worker.told]
        assert there[: len(told)] == told
        assert len(told) > 1


def ensure_whole(server, workers):
    """See to it that stations and centre agree in everything when all have had their last rounds."""
    for worker in workers:
        worker.finish()
    for worker in (*workers, *workers):
        until_through(worker.desk)
    for worker in workers:
        assert journal_of(server, worker.desk.code) == [digest.hex() for digest in worker.desk.chain()]
    with closing(Watch(server.local())) as watch, closing(Audit(server.local(), verify)) as audit:
        while watch.verify_signatures(verify)[0]:
            pass
        assert [one for one in audit.run().remarks if one.what != "numbers"] == []
    assert server.execute("select count(*)::int from core.quarantine") == [(0,)]
    assert server.execute("select count(*)::int from core.blob") != [(0,)]
    first = workers[0].desk
    until_through(first)
    assert first.store.views.case(next(iter(numbers_of(first)))).mark is CaseMark.CONFIRMED


def numbers_of(desk):
    with desk.store.read() as uow:
        return [entry.read()["case"] for entry in uow.journal.entries() if entry.read()["case"]]


def test_what_was_confirmed_survives_a_server_that_is_killed_under_load(folder, at_work):
    server = DebianServer(folder / "one", Vouching(), autovacuum="off")
    server.make()
    server.start()
    try:
        server.centre(*STATIONS)
        workers = at_work(server)
        for _ in range(KILLS):
            wait_for(workers, 3)
            server.kill()
            time.sleep(0.1)
            server.start()
            ensure_confirmed_is_there(server, workers)
        assert any(worker.failed for worker in workers)
        ensure_whole(server, workers)
    finally:
        server.stop()


def test_nothing_confirmed_is_lost_when_a_replica_takes_over_and_the_old_primary_is_not_written_to(folder, at_work):
    vouching = Vouching()
    old = DebianServer(folder / "old", vouching, synchronous_standby_names="new")
    new = DebianServer(folder / "new", vouching, synchronous_standby_names="")
    old.make()
    old.start()
    try:
        old.execute("alter system set synchronous_standby_names = ''", "postgres")
        old.execute("select pg_reload_conf()", "postgres")
        old.centre(*STATIONS)
        new.copy(old)
        new.start()
        old.execute("alter system reset synchronous_standby_names", "postgres")
        old.execute("select pg_reload_conf()", "postgres")
        old.waits_until("select bool_or(sync_state = 'sync') from pg_stat_replication")
        workers = at_work(old, new)
        wait_for(workers, 3)
        old.kill()
        new.promote()
        ensure_confirmed_is_there(new, workers)
        wait_for(workers, 2)
        old.start()
        before = [journal_of(old, code) for code in STATIONS]
        for worker in workers:
            worker.logs_in_anew = True  # and tries the old one first
        wait_for(workers, 3)
        ensure_whole(new, workers)
        assert [journal_of(old, code) for code in STATIONS] == before
    finally:
        new.stop()
        old.stop()
