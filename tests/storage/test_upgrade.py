"""A profile of an earlier program is brought up to date whole or not at all, and a backup of it stays beside it."""

import os
import shutil
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest

from app.config import MIGRATIONS, Settings
from app.demonstration import CLERK
from app.restoring import restore
from app.security.custody import SealedFileCustody
from app.security.recovery import RecoverySeals, new_code
from app.services.errors import DiskFull, PlaceUnavailable, UpgradeFailed
from app.storage import migrating, store
from app.storage.backup_file import read_backup
from app.storage.engine import station_engine
from app.storage.schema import HEAD, VIEWS
from tests.support import Place, accepted, copy_of, place_in

RELEASED = "0001"
KEPT = ("journal", "blobs", "item_versions", "accounts", "preferences", "drafts")

NEXT = """
from alembic import op
revision = "9001"
down_revision = {head!r}

def upgrade():
    op.execute("CREATE TABLE half (a INTEGER)")
    op.execute("DELETE FROM cases")
    {then}
"""


@pytest.fixture
def old_place(request, place, tmp_path):
    """A profile as the released program left it, or one with a later schema: no view holds what it would today."""
    with place.opened() as counter:
        for _ in range(3):
            case = accepted(counter)
        counter.issuance.issue(case.number, CLERK)
    old = copy_of(place, tmp_path / "old")
    old.settings.store.unlink()
    engine = station_engine(old.settings.store, key_of(place), create=True)
    migrating.migrate(engine, lambda connection: take_rows(connection, place), getattr(request, "param", RELEASED))
    engine.dispose()
    return old


def take_rows(connection, place):
    source = raw(place)
    for table in KEPT:
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        columns = ", ".join(f'"{name}"' for name in names)
        rows = source.execute(f"SELECT {columns} FROM {table}").fetchall()
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", rows)
    source.close()


@pytest.fixture
def next_program(tmp_path, monkeypatch):
    """Return what makes this program one with a further migration, which ends with the given statement."""

    def become(then="pass"):
        folder = tmp_path / "migrations"
        shutil.copytree(MIGRATIONS / "station", folder / "station", ignore=shutil.ignore_patterns("__pycache__"))
        text = NEXT.format(head=HEAD, then=then)
        (folder / "station" / "versions" / "9001_next.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(migrating, "MIGRATIONS", folder)
        monkeypatch.setattr(store, "HEAD", "9001")
        return folder

    return become


def key_of(place):
    return place.custody.load().database_key


def raw(place):
    engine = station_engine(place.settings.store, key_of(place))
    connection = engine.raw_connection().driver_connection
    connection.execute("PRAGMA query_only = ON")
    return connection


def views_of(place):
    connection = raw(place)
    rows = {}
    for view in VIEWS:
        names = ", ".join(f'"{column.name}"' for column in view.columns)
        rows[view.name] = sorted(connection.execute(f"SELECT {names} FROM {view.name}").fetchall(), key=repr)
    connection.close()
    return rows


def version_of(place):
    connection = raw(place)
    (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    connection.close()
    return version


@pytest.mark.parametrize("old_place", [RELEASED, "0004"], indirect=True)
def test_a_profile_of_an_earlier_program_opens_with_every_view_as_if_made_today(place, old_place):
    with old_place.opened() as counter:
        assert counter.ledger.verify().entries > 0
        assert len(counter.desk.find("林", 10)) == 3
    assert version_of(old_place) == HEAD
    assert views_of(old_place) == views_of(place)


def test_what_came_before_the_upgrade_is_a_note_or_none(tmp_path):
    bodies = ('{"header":null}', '{"header":{"holder":"000731"}}', "no json", "{}")
    engine = station_engine(tmp_path / "station.db", bytes(32), create=True)
    rows = [(number, number, body) for number, body in enumerate(bodies)]
    add = "INSERT INTO received VALUES (?, 0, 1, '000732', 1, ?, '', '', '', ?, 'x', NULL, 'key', NULL)"
    migrating.migrate(engine, lambda connection: connection.executemany(add, rows), "0004")
    found = []
    asked = "SELECT note FROM received ORDER BY id"
    migrating.migrate(engine, lambda connection: found.extend(connection.execute(asked).fetchall()))
    engine.dispose()
    assert found == [(1,), (0,), (1,), (1,)]


@pytest.mark.skipif(HEAD == RELEASED, reason="nothing has been added to the released schema yet")
def test_a_backup_of_the_released_program_is_restored_by_this_one(old_place, tmp_path):
    code = new_code()
    RecoverySeals(old_place.settings.profile, key_of(old_place)).seal(code, "sheet")
    with old_place.opened() as counter:
        before = counter.ledger.verify().entries
    kept = store.upgrade_backup(old_place.settings.store, RELEASED)
    settings = Settings(tmp_path / "restored", old_place.settings.cache)
    asks = SimpleNamespace(recovery_code=lambda _sheet: code, new_passphrase=lambda: "a new passphrase")
    restored = restore(settings, kept, asks, old_place.clock)
    assert (restored.manifest.schema, restored.entries) == (RELEASED, before)
    place = Place(settings, SealedFileCustody(settings.profile, "a new passphrase"), old_place.clock)
    with place.opened() as counter:
        assert len(counter.desk.find("林", 10)) == 3


def test_an_upgrade_builds_the_views_again_and_keeps_a_backup_named_after_the_old_schema(place, next_program):
    with place.opened() as counter:
        accepted(counter)
    before = views_of(place)
    next_program()
    with place.opened() as counter:
        assert counter.desk.find("林", 10)
    assert (version_of(place), views_of(place)) == ("9001", before)
    kept = read_backup(store.upgrade_backup(place.settings.store, HEAD))
    assert kept.manifest.schema == HEAD
    assert kept.is_tagged_by(key_of(place))


@pytest.mark.parametrize(
    ("then", "error"),
    [
        ("raise ZeroDivisionError", UpgradeFailed),
        ("op.execute('SELECT nothing FROM nowhere')", UpgradeFailed),
        (
            "op.execute('PRAGMA max_page_count = 1'); op.execute('INSERT INTO half SELECT randomblob(9000000)')",
            DiskFull,
        ),
    ],
)
def test_an_upgrade_that_fails_in_the_middle_leaves_the_file_byte_for_byte(place, next_program, then, error):
    with place.opened() as counter:
        accepted(counter)
    before = place.settings.store.read_bytes()
    next_program(then)
    with pytest.raises(error), place.opened():
        pass
    assert place.settings.store.read_bytes() == before
    assert version_of(place) == HEAD


def test_a_view_that_cannot_be_built_again_rolls_the_upgrade_back(place, next_program, monkeypatch):
    before = place.settings.store.read_bytes()
    next_program()
    monkeypatch.setattr("app.storage.projection._OWN", "SELECT nothing FROM journal")
    with pytest.raises(UpgradeFailed), place.opened():
        pass
    assert place.settings.store.read_bytes() == before


@pytest.mark.slow
def test_kill_9_in_the_middle_of_an_upgrade_leaves_the_older_profile(place, next_program):
    with place.opened() as counter:
        accepted(counter)
    before = views_of(place)
    folder = next_program(
        f"import os; os.kill(os.getpid(), {int(signal.SIGTERM if os.name == 'nt' else signal.SIGKILL)})"
    )
    code = (
        "import sys; from pathlib import Path; from app.storage import migrating, store; from tests.support import *\n"
        "migrating.MIGRATIONS = Path(sys.argv[3]); store.HEAD = '9001'\n"
        "place_in(Path(sys.argv[1]), Path(sys.argv[2])).opened().__enter__()"
    )
    paths = (place.settings.profile, place.settings.cache, folder)
    killed = subprocess.run([sys.executable, "-c", code, *map(str, paths)], check=False)
    assert killed.returncode not in {0, 1}
    assert (version_of(place), views_of(place)) == (HEAD, before)
    shutil.rmtree(folder)
    next_program()
    again = place_in(place.settings.profile, place.settings.cache)
    with again.opened() as counter:
        assert counter.ledger.verify().entries > 0
    assert version_of(place) == "9001"


def test_without_room_for_the_backup_nothing_is_upgraded(place, next_program, monkeypatch):
    def no_room(*_args):
        raise PlaceUnavailable(place.settings.profile)

    monkeypatch.setattr("app.storage.backup_writing.copy_store", no_room)
    next_program()
    with pytest.raises(PlaceUnavailable), place.opened():
        pass
    assert version_of(place) == HEAD
    assert not list(place.settings.profile.glob("*.part*"))
