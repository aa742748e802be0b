import contextlib
import os
import subprocess
import sys
import threading

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2

from app.demonstration import CLERK
from app.security.custody import Secrets
from app.services import progress
from app.services.errors import (
    DamagedStore,
    DiskFault,
    DiskFull,
    NewerSchema,
    NoProfile,
    ProfileInUse,
    ReadOnlyStore,
    ServiceError,
    StoreBusy,
    WrongKey,
)
from app.storage import engine, errors, migrating, store
from app.storage.profile import ProfileLock
from app.storage.schema import HEAD
from tests.support import accepted, copy_of, filled


class NoReadings:
    def readings(self, text):
        return (tuple(text),)

    def name_initials(self, name):
        return ("x",)


@pytest.fixture
def key(place):
    return place.custody.load().database_key


def opened(place, key):
    return store.open_store(place.settings.store, key, NoReadings())


def test_the_wrong_key_gets_its_own_error_and_changes_nothing(place):
    before = place.settings.store.read_bytes()
    with pytest.raises(WrongKey):
        opened(place, Secrets.fresh().database_key)
    assert place.settings.store.read_bytes() == before


def test_a_file_that_is_no_database_gets_the_same_error(place, key):
    place.settings.store.write_bytes(b"not a database at all" * 1000)
    with pytest.raises(WrongKey):
        opened(place, key)


def test_no_file_is_no_profile(tmp_path, key):
    with pytest.raises(NoProfile):
        store.open_store(tmp_path / "station.db", key, NoReadings())


def test_a_flipped_byte_is_found(place, key):
    with place.opened() as counter:
        accepted(counter)
    size = place.settings.store.stat().st_size
    with place.settings.store.open("r+b") as file:
        file.seek(size - 2000)
        byte = file.read(1)
        file.seek(size - 2000)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises((DamagedStore, WrongKey)):
        opened(place, key).check_pages()


def test_a_truncated_file_is_found(place, key):
    size = place.settings.store.stat().st_size
    with place.settings.store.open("r+b") as file:
        file.truncate(size - 4096 * 3)
    with pytest.raises((DamagedStore, WrongKey)):
        opened(place, key).check_pages()


def test_the_file_holds_nothing_that_can_be_read(place):
    with place.opened() as counter:
        accepted(counter)
    raw = b"".join(path.read_bytes() for path in place.settings.profile.glob("station.db*"))
    for known in ("林𬱖宁", "CaseAccepted", "SQLite format 3"):
        assert known.encode() not in raw


def test_a_newer_schema_is_refused_and_left_alone(place, key):
    opened_store = opened(place, key)
    with opened_store.write() as work:
        work._connection.execute("UPDATE alembic_version SET version_num = '9999'")
        work.commit()
    opened_store.close()
    with pytest.raises(NewerSchema):
        opened(place, key)


def test_what_is_not_committed_is_rolled_back(counter):
    before = counter.ledger.verify()
    draft = filled(counter)
    with pytest.raises(ZeroDivisionError), counter.intake._store.write() as uow:
        uow.drafts.discard(draft.draft_id)
        raise ZeroDivisionError
    assert counter.intake.resume(draft.draft_id)[0] == draft
    assert counter.ledger.verify() == before


@pytest.mark.parametrize("is_stopped", [False, True])
def test_who_writes_while_every_view_is_built_again_waits_for_its_end(place, key, monkeypatch, is_stopped):
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 20)
    monkeypatch.setattr(progress, "STEP", 1)
    with place.opened() as counter:
        accepted(counter)
    ours = opened(place, key)
    began, may_end, wrote = threading.Event(), threading.Event(), threading.Event()

    def slowly(_done, _total):
        began.set()
        may_end.wait(20)
        if is_stopped:
            raise KeyboardInterrupt

    def rebuild():
        with contextlib.suppress(KeyboardInterrupt), ours.write() as work:
            work.rebuild_views(slowly)
            work.commit()

    def write():
        with ours.write() as work:
            work.preferences.set("x", "y")
            work.commit()
        wrote.set()

    threads = [threading.Thread(target=rebuild), threading.Thread(target=write)]
    threads[0].start()
    assert began.wait(20)
    threads[1].start()
    assert not wrote.wait(0.3)  # fifteen times as long as a busy store is waited for
    may_end.set()
    for thread in threads:
        thread.join(20)
    assert wrote.is_set()
    ours.close()


def test_a_writer_that_waits_too_long_is_told_that_the_store_is_busy(place, key, monkeypatch):
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 50)
    first, second = opened(place, key), opened(place, key)
    with first.write(), pytest.raises(StoreBusy), second.write():
        pass


def test_a_reader_is_not_kept_waiting_by_a_writer(place, key):
    first, second = opened(place, key), opened(place, key)
    with first.write(), second.read() as reading:
        assert reading.journal.head().seq > 0


def test_a_full_disk_loses_nothing_and_says_so(counter):
    accepted(counter)
    draft = filled(counter)
    before = counter.ledger.verify()
    with pytest.raises(DiskFull), counter.intake._store.write() as uow:
        pages = uow._connection.execute("PRAGMA page_count").fetchone()[0]
        uow._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
        uow.blobs.put(os.urandom(200_000))
    assert counter.ledger.verify() == before
    assert counter.intake.resume(draft.draft_id)[0] == draft


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_really_full_disk_loses_nothing_and_says_so(place, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        small = copy_of(place, disk / "profile")
        with small.opened() as counter:
            told = []
            with pytest.raises(DiskFull):
                while True:
                    told.append(accepted(counter).number)
            (disk / "profile" / "logs" / "lideng.log").unlink(missing_ok=True)
            assert counter.ledger.verify().entries > 0
            assert {lit.row.number for lit in counter.desk.find("林", 10_000)} >= set(told)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def test_a_folder_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("pathlib.Path.open", lambda *_args: (_ for _ in ()).throw(PermissionError(13, "denied")))
    with pytest.raises(ReadOnlyStore):
        ProfileLock(tmp_path).take()


def test_a_second_window_is_refused_until_the_first_is_closed(place):
    with place.opened():
        second = ProfileLock(place.settings.profile)
        with pytest.raises(ProfileInUse):
            second.take()
    second.take()
    second.release()


def test_a_start_does_not_load_the_migrations_while_the_schema_is_current(place, key):
    code = (
        "import sys; from pathlib import Path; from app.storage.store import open_store\n"
        f"open_store(Path({str(place.settings.store)!r}), bytes.fromhex({key.hex()!r}), None).close()\n"
        "sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_newest_migration_is_the_one_that_a_start_expects():
    assert migrating.newest() == HEAD


def test_a_migration_that_fails_rolls_back_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("app.storage.migrating.command.upgrade", _half_an_upgrade)
    with pytest.raises(RuntimeError):
        store.create_store(tmp_path / "station.db", bytes(32), NoReadings())
    assert list(tmp_path.iterdir()) == []


def _half_an_upgrade(config, _revision):
    config.attributes["connection"].execute(text("CREATE TABLE half (a INTEGER)"))
    raise RuntimeError


@pytest.mark.parametrize("code", sorted(errors.KNOWN))
def test_every_known_code_of_the_driver_means_something(code):
    error = dbapi2.OperationalError("words are not looked at")
    error.sqlite_errorcode = code | (3 << 8)
    with pytest.raises(ServiceError) as caught, errors.driver_errors():
        raise error
    assert type(caught.value) is errors.KNOWN[code]


@pytest.mark.parametrize(
    ("detail", "meaning"),
    [(1, DamagedStore), (2, DamagedStore), (32, DamagedStore), (33, DamagedStore), (3, DiskFault), (4, DiskFault)],
)
def test_a_fault_of_the_disk_means_something_else_when_reading_and_when_writing(detail, meaning):
    error = dbapi2.OperationalError("words are not looked at")
    error.sqlite_errorcode = errors.SQLITE_IOERR | detail << 8
    with pytest.raises(meaning), errors.driver_errors():
        raise error


def test_a_mistake_in_our_sql_is_not_taken_for_the_environment(counter):
    with pytest.raises(Exception, match="no such table") as caught, counter.intake._store.read() as work:
        work._connection.execute("SELECT * FROM nothing_of_the_kind")
    assert not isinstance(caught.value, ServiceError)


def test_two_processes_write_one_chain(place, key):
    code = (
        "import sys; from pathlib import Path\n"
        "from tests.support import place_in, CLERK\n"
        "from app.open_profile import open_profile\n"
        "place = place_in(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "profile = open_profile(place.settings, place.custody, place.clock)\n"
        "from app.services.operators import OperatorService\n"
        "service = OperatorService(profile.store, profile.recorder, profile.passwords)\n"
        "for _ in range(100): service.log_out(CLERK)\n"
    )
    command = [sys.executable, "-c", code, str(place.settings.profile), str(place.settings.cache)]
    processes = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    with place.opened() as counter:
        assert counter.ledger.verify().entries >= 200


def test_only_pages_that_nothing_names_are_told(counter, sample_png):
    draft = counter.intake.attach(filled(counter), "id_card", sample_png)
    case = counter.intake.accept(draft, counter.catalogue.item(draft.item), CLERK).case
    counter.papers.pdf(counter.papers.of_case(case.number)[0], CLERK)
    with counter.intake._store.write() as uow:
        stray = uow.blobs.put(b"nobody names me")
        assert uow.blobs.unnamed() == [stray]
    assert counter.pages.picture(case.materials["id_card"].pages[0], 50)
