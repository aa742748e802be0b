"""What ``doctor`` and ``support`` say of a counter, whatever state it is in, and what they keep to themselves."""

import json
import os
import shutil
from datetime import timedelta
from zipfile import ZipFile

import pytest
from sqlcipher3 import dbapi2

import main
from app import device_examination, examination
from app.demonstration import CLERK, PASSWORD
from app.security.custody import SealedFileCustody, Secrets, ThrowAwayCustody
from app.services.errors import BadAttachment, DiskFull, PlaceUnavailable, ServiceError
from app.services.findings import Finding, Grade, Outcome, outcome
from app.storage import support_file
from tests.support import MONDAY, PERSON, SET_UP_BEFORE, accepted, filled, new_place
from ui import terminal
from ui.findings import as_json, words

PASSPHRASE = "云溪 3 号"
NAMES = (PERSON.name, PERSON.id_number, PERSON.phone, PERSON.address, CLERK.name, CLERK.login, PASSWORD, PASSPHRASE)


@pytest.fixture(scope="module")
def finished(tmp_path_factory, cache):
    """A counter with a finished case, whose keys are sealed."""
    place = new_place(tmp_path_factory.mktemp("doctor") / "profile", cache)
    SealedFileCustody(place.settings.profile, PASSPHRASE).store(place.custody.load())
    with place.opened() as counter:
        case = accepted(counter)
        counter.issuance.issue(case.number, CLERK)
        counter.issuance.deliver(case.number, CLERK, PERSON.name, in_person=True)
        for act in (
            lambda: counter.operators.log_in(CLERK.login, f"wrong {PASSWORD}"),
            lambda: counter.intake.attach(filled(counter), "id_card", PERSON.name.encode()),
        ):
            with pytest.raises(ServiceError):
                act()
        place.clock.carry_on(place.clock.now() + timedelta(hours=1))
        counter.clock.check()
    return place, case.number


@pytest.fixture
def profile(finished, tmp_path):
    folder = tmp_path / "profile"
    shutil.copytree(finished[0].settings.profile, folder)
    ThrowAwayCustody(folder).discard()
    return folder


@pytest.fixture
def called(profile, monkeypatch, capsys):
    """Call the program on the profile; give the exit code and what it said."""

    monkeypatch.setattr(device_examination, "found_scanners", list)

    def call(*arguments, passphrase=PASSPHRASE):
        monkeypatch.setattr(terminal, "passphrase", lambda: passphrase)
        code = main.main(["--profile", str(profile), *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out + said.err

    return call


def graded(text):
    return {finding["code"]: finding["grade"] for finding in json.loads(text)}


# --- what is found ----------------------------------------------------------------------------------------------


def test_a_sound_counter_is_called_so(called):
    code, said = called("doctor", "--json")
    found = graded(said)
    assert code == 0
    assert {found[code] for code in ("program", "pages", "journal", "keys_sealed", "catalogue")} == {"good"}
    assert found["no_backup_place"] == "look"
    assert set(found.values()) <= {"good", "look"}


def test_each_line_has_a_sign_and_words(called):
    code, said = called("doctor")
    assert code == 0
    assert all(line[0] in "✓!✗" and len(line) > 4 for line in said.splitlines())
    assert "SQLCipher" in said


def test_it_changes_nothing(called, profile):
    before = (profile / "station.db").read_bytes()
    called("doctor")
    assert (profile / "station.db").read_bytes() == before


def test_a_folder_without_a_counter(called, profile):
    shutil.rmtree(profile)
    code, said = called("doctor")
    assert code == 3
    assert "还没有柜台" in said


def test_a_wrong_passphrase(called):
    code, said = called("doctor", passphrase="another")
    assert code == 4
    assert "口令不对" in said


def test_keys_that_are_gone(called, profile):
    (profile / "keys.sealed").unlink()
    code, said = called("doctor")
    assert code == 3
    assert "✗" in said


@pytest.mark.parametrize("part", [0, 100, 4096, 40_000, -100])
def test_a_store_that_was_cut_off(called, profile, part):
    store = profile / "station.db"
    store.write_bytes(store.read_bytes()[:part])
    (profile / "station.db-wal").unlink(missing_ok=True)
    code, said = called("doctor")
    assert code == 1
    assert "✗" in said


def test_a_store_with_a_damaged_page(called, profile):
    store = profile / "station.db"
    data = bytearray(store.read_bytes())
    data[len(data) // 2] ^= 1
    store.write_bytes(data)
    code, said = called("doctor")
    assert code == 1
    assert "✗" in said


def test_keys_of_another_counter(called, profile):
    SealedFileCustody(profile, PASSPHRASE).store(Secrets.fresh())
    code, said = called("doctor")
    assert code == 1
    assert "✗" in said


def test_a_store_that_somebody_is_writing_to_is_looked_at_all_the_same(called, profile, finished):
    key = finished[0].custody.load().database_key
    writer = dbapi2.connect(str(profile / "station.db"), isolation_level=None)
    writer.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    writer.execute("BEGIN IMMEDIATE")
    try:
        assert called("doctor")[0] == 0
    finally:
        writer.rollback()
        writer.close()


def test_a_full_disk(called, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(10**11, 10**11, 3_000_000))
    code, said = called("doctor")
    assert code == 3
    assert "3 MB" in said


def test_a_clock_that_is_behind_the_journal(called, finished, tmp_path, cache, monkeypatch, capsys):
    future = new_place(tmp_path / "future", cache, MONDAY + 40 * SET_UP_BEFORE)
    SealedFileCustody(future.settings.profile, PASSPHRASE).store(future.custody.load())
    monkeypatch.setattr(terminal, "passphrase", lambda: PASSPHRASE)
    assert main.main(["--profile", str(future.settings.profile), "doctor"]) == 3
    assert "校准" in capsys.readouterr().out


def test_a_place_for_backups_is_looked_at(finished, profile, called, tmp_path):
    for folder, code in ((tmp_path, "disk_backup"), (tmp_path / "unplugged", "backup_place_gone")):
        with finished[0].opened() as counter, counter.intake._store.write() as uow:
            uow.preferences.set(examination.BACKUP_FOLDER, str(folder))
            uow.commit()
        shutil.copy(finished[0].settings.store, profile / "station.db")
        assert code in graded(called("doctor", "--json")[1])
    with finished[0].opened() as counter, counter.intake._store.write() as uow:
        uow.preferences.set(examination.BACKUP_FOLDER, "")
        uow.commit()


def test_what_is_worst_decides_the_exit_code():
    bad = Finding("store", Grade.BAD, error=BadAttachment("kind"))
    full, look = Finding("disk", Grade.BAD), Finding("fonts", Grade.LOOK)
    assert outcome([look]) is Outcome.SOUND
    assert outcome([look, full]) is Outcome.ENVIRONMENT
    assert outcome([look, full, bad]) is Outcome.UNSOUND


@pytest.mark.parametrize("code", ["disk", "disk_backup", "fonts", "catalogue", "clock"])
def test_what_is_not_good_says_something_else_than_what_is(code):
    details = {"free_mb": 1, "least_mb": 2, "missing": "㛃", "names": "x", "items": 3, "remarks": "y", "behind_s": 4}
    assert words(Finding(code, details=details)) != words(Finding(code, Grade.BAD, details))


# --- printers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("names", "code"), [(("laser", "office"), "printers"), ((), "no_printer")])
def test_printers_are_those_that_the_system_names(monkeypatch, names, code):
    monkeypatch.setattr(examination, "printer_names", lambda: names)
    finding = examination._printers()
    assert (finding.code, finding.details["count"]) == (code, len(names))


# --- the support file -------------------------------------------------------------------------------------------


def members(path):
    with ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_support_file_holds_what_helps(called, tmp_path):
    code, said = called("support", tmp_path / "help.zip")
    assert code == 0
    assert "help.zip" in said
    told = members(tmp_path / "help.zip")
    assert list(told) == ["summary.json", "logs/lideng.log"]
    summary = json.loads(told["summary.json"])
    assert set(summary) == {
        "made_at",
        "schema",
        "findings",
        "station",
        "level",
        "entries",
        "cases",
        "preferences",
        "sizes",
    }
    assert summary["entries"]["CaseAccepted"]["count"] == 1
    assert summary["entries"]["ClockJumped"]["last_at"].startswith("2026-05-18")
    assert summary["cases"]["done"] == 1
    assert summary["preferences"]["idle_minutes"] == 10
    assert summary["sizes"]["station.db"] > 10_000
    assert "open after" in told["logs/lideng.log"]


def test_nothing_of_a_citizen_a_clerk_or_a_key_is_in_it(called, finished, profile, tmp_path):
    called("support", tmp_path / "help.zip")
    place, number = finished
    kept = place.custody.load()
    secrets = (*NAMES, number, kept.database_key.hex(), kept.station_seed.hex(), str(profile))
    for name, text in members(tmp_path / "help.zip").items():
        assert not [secret for secret in secrets if secret in name or secret in text]


def test_an_open_window_makes_the_same_file_as_the_command_line(finished, called, tmp_path):
    place, _number = finished
    called("support", tmp_path / "closed.zip")
    with place.opened() as counter:
        counter.support.make(tmp_path / "open.zip")
    closed, opened = (json.loads(members(tmp_path / name)["summary.json"]) for name in ("closed.zip", "open.zip"))
    assert set(closed) == set(opened)
    assert closed["entries"].keys() == opened["entries"].keys()
    assert [one["code"] for one in opened["findings"]] == [one["code"] for one in closed["findings"]]


def test_a_counter_that_cannot_be_opened_still_has_a_support_file(called, profile, tmp_path):
    (profile / "station.db").write_bytes(b"no database")
    assert called("support", tmp_path / "help.zip")[0] == 0
    told = members(tmp_path / "help.zip")
    summary = json.loads(told["summary.json"])
    assert [one["error"] for one in summary["findings"] if one["grade"] == "bad"]
    assert "entries" not in summary
    assert "logs/lideng.log" in told


def test_its_size_is_bounded(called, profile, tmp_path, monkeypatch):
    monkeypatch.setattr(support_file, "MOST_LOG_BYTES", 1000)
    for name in ("lideng.log", "lideng.log.1", "lideng.log.2"):
        (profile / "logs" / name).write_bytes(os.urandom(400).hex().encode())
    called("support", tmp_path / "help.zip")
    told = members(tmp_path / "help.zip")
    assert [len(text) for name, text in told.items() if name.startswith("logs/")] == [800, 200]


@pytest.mark.parametrize(("number", "error"), [(28, DiskFull), (13, PlaceUnavailable)])
def test_a_place_that_cannot_be_written_leaves_what_was_there(tmp_path, monkeypatch, number, error):
    path = tmp_path / "help.zip"
    path.write_bytes(b"earlier")

    def refuse(_handle):
        raise OSError(number, "no")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(error):
        support_file.write_support_file(tmp_path, "lideng.log", path, {})
    assert path.read_bytes() == b"earlier"
    assert [entry.name for entry in tmp_path.iterdir()] == ["help.zip"]


def test_the_words_for_a_script_name_the_error():
    (told,) = json.loads(as_json([Finding("store", Grade.BAD, error=DiskFull())]))
    assert (told["error"], told["grade"]) == ("DiskFull", "bad")
