"""A backup brings a counter back without its keyring, its disk or its folder, and never at the cost of another one."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from keyring.errors import KeyringLocked

from app.config import Settings
from app.demonstration import CLERK, PASSWORD
from app.domain.numbering import daily_sequence
from app.domain.vouching import is_vouched
from app.open_profile import open_profile
from app.restoring import check_backup, recover, restore
from app.security.custody import CentralSecrets, KeyringCustody, SealedFileCustody, Secrets, ThrowAwayCustody
from app.security.keys import verify
from app.security.recovery import RecoverySeals, new_code
from app.services.errors import (
    BadBackup,
    DiskFull,
    KeyringUnavailable,
    KeysMissing,
    NoProfile,
    ProfileExists,
    ProfileInUse,
    RetiredKey,
    WrongPassphrase,
    WrongRecoveryCode,
)
from app.storage.backup_file import read_backup
from app.storage.backups import StoredBackups
from tests.support import MONDAY, Place, accepted, accepted_with_page, copy_of, place_in

PASSPHRASE = "correct horse"
NEW_PASSPHRASE = "battery staple"


class Answers:
    """Answers what a restore asks, and remembers what it asked."""

    def __init__(self, code="", passphrase=PASSPHRASE):
        self.code, self.known = code, passphrase
        self.asked = []

    def passphrase(self):
        self.asked.append("passphrase")
        return self.known

    def new_passphrase(self):
        self.asked.append("new passphrase")
        return NEW_PASSPHRASE

    def recovery_code(self, sheet):
        self.asked.append(sheet)
        return self.code


@dataclass(frozen=True)
class Busy:
    """A counter with a recovery sheet and four cases, and a backup of it from when it had two."""

    place: Place
    code: str
    backup: Path


@pytest.fixture(scope="module")
def busy(fresh_place, tmp_path_factory, sample_png):
    folder = tmp_path_factory.mktemp("busy")
    place = copy_of(fresh_place, folder / "profile")
    busy = Busy(place, new_code(), folder / "carried.lideng")
    seals(place).seal(busy.code, "sheet-1")
    with place.opened() as counter:
        accepted_with_page(counter, sample_png)
        accepted(counter)
        backups(place).write(busy.backup, MONDAY)
        accepted(counter)
        accepted(counter)
    return busy


@pytest.fixture
def place(busy, tmp_path):
    return copy_of(busy.place, tmp_path / "profile")


@pytest.fixture
def code(busy):
    return busy.code


@pytest.fixture
def backup(busy, tmp_path):
    return Path(shutil.copy(busy.backup, tmp_path / "carried.lideng"))


def seals(place):
    return RecoverySeals(place.settings.profile, place.custody.load().database_key)


def backups(place):
    return StoredBackups(place.settings.store, place.custody.load().database_key, None, None, place.settings.cache)


def elsewhere(tmp_path, cache):
    return Settings(tmp_path / "other machine" / "profile", cache)


def restored_place(settings, passphrase=NEW_PASSPHRASE):
    place = place_in(settings.profile, settings.cache, MONDAY)
    return Place(settings, SealedFileCustody(settings.profile, passphrase), place.clock)


def numbers_of(counter):
    return sorted(lit.row.number for lit in counter.desk.find("林", 100))


def test_the_recovery_sheet_alone_brings_the_counter_back_on_another_machine(place, backup, code, tmp_path, cache):
    settings, answers = elsewhere(tmp_path, cache), Answers(code)
    settings.profile.parent.mkdir()
    done = restore(settings, backup, answers, place.clock)
    assert answers.asked == ["sheet-1", "new passphrase"]
    assert done.aside is None
    with restored_place(settings).opened() as counter:
        assert len(numbers_of(counter)) == 2
        verified = counter.ledger.verify()
        assert verified.head.epoch > 2, "by the clock"
        assert verified.entries >= done.entries + 2
        case = counter.issuance.open(numbers_of(counter)[0])[0]
        assert counter.pages.picture(case.materials["id_card"].pages[0], 50)
        assert counter.operators.log_in(CLERK.login, PASSWORD)


def test_a_restored_counter_begins_an_epoch_that_names_the_last_entry_of_the_backup(
    place, backup, code, tmp_path, cache
):
    settings = Settings(tmp_path / "restored", cache)
    manifest = restore(settings, backup, Answers(code), place.clock).manifest
    with restored_place(settings).opened() as counter, counter.intake._store.read() as uow:
        first, second = (uow.journal.opening(epoch).read()["data"] for epoch in (1, uow.journal.head().epoch))
        assert second["previous_hash"] == manifest.head == read_backup(backup).manifest.head
        assert second["public_key"] != first["public_key"]
        assert second["reason"] == "restored"
        assert (second["vouched_by"], second["voucher"]) == ("", ""), "the sheet opens no signing key"


def test_no_number_that_was_used_since_the_backup_is_given_out_again(place, backup, code, tmp_path, cache):
    with place.opened() as counter:
        used = set(numbers_of(counter))
        papers = {paper.number for number in used for paper in counter.papers.of_case(number)}
    settings = Settings(tmp_path / "restored", cache)
    restore(settings, backup, Answers(code), place.clock)
    with restored_place(settings).opened() as counter:
        fresh = [accepted(counter) for _ in range(3)]
        later = {paper.number for case in fresh for paper in counter.papers.of_case(case.number)}
    assert not used & {case.number for case in fresh}
    assert not papers & later
    assert daily_sequence(fresh[0].number) > 4000, "10:24 is beyond two fifths of the day"


def test_the_same_backup_restored_twice_gives_no_number_twice(place, backup, code, tmp_path, cache):
    given = []
    for name in ("once", "twice"):
        settings = Settings(tmp_path / name, cache)
        restore(settings, backup, Answers(code), place.clock)
        with restored_place(settings).opened() as counter:
            given += [accepted(counter).number for _ in range(3)]
        place.clock.set(MONDAY.replace(hour=11))
    assert len(given) == len(set(given))


def test_the_same_backup_restored_twice_begins_two_epochs(place, backup, code, tmp_path, cache):
    epochs = []
    for name in ("once", "twice"):
        settings = Settings(tmp_path / name, cache)
        restore(settings, backup, Answers(code), place.clock)
        with restored_place(settings).opened() as counter:
            epochs.append(counter.ledger.verify().head.epoch)
        place.clock.set(MONDAY.replace(minute=45))
    assert 1 < epochs[0] < epochs[1]


def test_a_backup_restored_twice_in_one_minute_begins_two_epochs_where_the_first_can_be_read(
    place, backup, code, tmp_path, cache
):
    settings, epochs = Settings(tmp_path / "restored", cache), []
    for is_again in (False, True):
        restore(settings, backup, Answers(code), place.clock, replace=is_again)
        with restored_place(settings).opened() as counter:
            epochs.append(counter.ledger.verify().head.epoch)
    assert epochs[1] == epochs[0] + 1


def test_a_backup_restored_twice_in_one_minute_gives_no_number_again_where_the_first_can_be_read(
    place, backup, code, tmp_path, cache
):
    settings, given = Settings(tmp_path / "restored", cache), []
    for _ in range(3):
        restore(settings, backup, Answers(code), place.clock, replace=True)
        with restored_place(settings).opened() as counter:
            cases = [accepted(counter) for _ in range(2)]
            given += [paper.number for case in cases for paper in counter.papers.of_case(case.number)]
            given += [case.number for case in cases]
    assert len(given) == 3 * 2 * 3
    assert len(set(given)) == len(given)


def test_a_counter_in_the_way_that_cannot_be_read_does_not_keep_a_backup_from_coming_back(
    place, backup, code, tmp_path, cache
):
    settings = Settings(tmp_path / "restored", cache)
    restore(settings, backup, Answers(code), place.clock)
    settings.store.write_bytes(b"no database" * 1000)
    restore(settings, backup, Answers(code), place.clock, replace=True)
    with restored_place(settings).opened() as counter:
        assert counter.ledger.verify().head.epoch > 1


def test_a_passphrase_opens_a_backup_of_a_counter_whose_keys_it_sealed(place, backup, code, tmp_path, cache):
    SealedFileCustody(place.settings.profile, PASSPHRASE).store(place.custody.load())
    backups(place).write(backup, MONDAY)
    settings = Settings(tmp_path / "restored", cache)
    with pytest.raises(WrongPassphrase):
        restore(settings, backup, Answers(passphrase="wrong"), place.clock)
    assert not settings.profile.exists()
    answers = Answers()
    restore(settings, backup, answers, place.clock)
    assert answers.asked == ["passphrase"], "the same passphrase seals the keys from now on"
    with restored_place(settings, PASSPHRASE).opened() as counter:
        assert len(numbers_of(counter)) == 4


def test_the_key_before_speaks_for_the_new_one_where_it_is_known(place, backup, tmp_path, cache):
    SealedFileCustody(place.settings.profile, PASSPHRASE).store(place.custody.load())
    backups(place).write(backup, MONDAY)
    settings = Settings(tmp_path / "restored", cache)
    restore(settings, backup, Answers(), place.clock)
    with restored_place(settings, PASSPHRASE).opened() as counter, counter.intake._store.read() as uow:
        first, second = (uow.journal.opening(epoch).read() for epoch in (1, uow.journal.head().epoch))
    assert second["data"]["vouched_by"] == first["data"]["public_key"]
    fresh, *said = (bytes.fromhex(second["data"][name]) for name in ("public_key", "vouched_by", "voucher"))
    assert is_vouched(verify, second["station"], fresh, *said)


def test_keys_for_the_centre_come_back_with_the_passphrase_and_not_with_the_sheet(place, backup, code, tmp_path, cache):
    central = CentralSecrets.fresh()
    kept = replace(place.custody.load(), central=central)
    SealedFileCustody(place.settings.profile, PASSPHRASE).store(kept)
    backups(place).write(backup, MONDAY)
    for name, answers, by_sheet, expected in (
        ("passphrase", Answers(), False, (PASSPHRASE, central)),
        ("sheet", Answers(code), True, (NEW_PASSPHRASE, None)),
    ):
        settings = Settings(tmp_path / name, cache)
        restore(settings, backup, answers, place.clock, by_sheet=by_sheet)
        restored = SealedFileCustody(settings.profile, expected[0]).load()
        assert restored.central == expected[1]
        assert restored.station_seed != kept.station_seed


def test_a_counter_that_is_there_is_not_overwritten(place, backup, code):
    before = place.settings.store.read_bytes()
    with pytest.raises(ProfileExists):
        restore(place.settings, backup, Answers(code), place.clock)
    assert place.settings.store.read_bytes() == before


def test_a_counter_that_is_replaced_is_moved_aside_whole(place, backup, code):
    done = restore(place.settings, backup, Answers(code), place.clock, replace=True)
    assert done.aside.name.startswith("profile.before-restore-20260518")
    with restored_place(place.settings).opened() as counter:
        assert len(numbers_of(counter)) == 2
    old = replace(place, settings=Settings(done.aside, place.settings.cache), custody=ThrowAwayCustody(done.aside))
    with old.opened() as counter:
        assert len(numbers_of(counter)) == 4


def test_a_counter_whose_window_is_open_is_not_replaced(place, backup, code):
    with place.opened(), pytest.raises(ProfileInUse):
        restore(place.settings, backup, Answers(code), place.clock, replace=True)


def test_a_failure_after_the_old_counter_was_moved_puts_it_back(place, backup, code, monkeypatch):
    def refuses(*_args):
        raise OSError(5, "input/output error")

    monkeypatch.setattr("app.security.custody.SealedFileCustody.store", refuses)
    with pytest.raises(Exception, match="no such place"):
        restore(place.settings, backup, Answers(code), place.clock, replace=True)
    with place.opened() as counter:
        assert len(numbers_of(counter)) == 4


def test_a_wrong_code_opens_nothing_and_a_mistyped_one_names_its_group(place, backup, code, tmp_path, cache):
    settings = Settings(tmp_path / "restored", cache)
    with pytest.raises(WrongRecoveryCode) as wrong:
        restore(settings, backup, Answers(new_code()), place.clock)
    assert wrong.value.group == 0
    groups = code.split("-")
    groups[2] = ("0" if groups[2][0] != "0" else "1") + groups[2][1:]
    with pytest.raises(WrongRecoveryCode) as mistyped:
        restore(settings, backup, Answers("-".join(groups)), place.clock)
    assert mistyped.value.group == 3
    assert not settings.profile.exists()


def test_a_new_sheet_makes_the_old_one_useless_for_newer_backups_only(place, backup, code, tmp_path, cache):
    newer = tmp_path / "newer.lideng"
    second = new_code()
    seals(place).seal(second, "sheet-2")
    backups(place).write(newer, MONDAY)
    settings = Settings(tmp_path / "restored", cache)
    with pytest.raises(WrongRecoveryCode):
        check_backup(settings, newer, Answers(code))
    assert check_backup(settings, newer, Answers(second)).manifest.sheet == "sheet-2"
    assert check_backup(settings, backup, Answers(code)).manifest.sheet == "sheet-1"


def test_a_backup_without_sealed_keys_cannot_be_opened_elsewhere(place, tmp_path, cache):
    (place.settings.profile / "keys.recovery").unlink()
    path = tmp_path / "carried.lideng"
    backups(place).write(path, MONDAY)
    with pytest.raises(KeysMissing):
        restore(Settings(tmp_path / "restored", cache), path, Answers(), place.clock)


def test_a_damaged_seal_is_left_out_of_a_backup_and_the_backup_is_made(place, tmp_path):
    (place.settings.profile / "keys.recovery").write_text("no JSON", encoding="utf-8")
    assert backups(place).write(tmp_path / "b.lideng", MONDAY).sheet == ""


def test_the_counters_own_data_files_come_along(place, backup, code, tmp_path, cache):
    own = place.settings.profile / "catalogue"
    own.mkdir()
    (own / "own.yaml").write_text("items: []\n", encoding="utf-8")
    backups(place).write(backup, MONDAY)
    settings = Settings(tmp_path / "restored", cache)
    restore(settings, backup, Answers(code), place.clock)
    assert (settings.profile / "catalogue" / "own.yaml").read_text(encoding="utf-8") == "items: []\n"


def test_a_changed_manifest_is_refused_even_when_it_is_well_formed(place, backup, code, tmp_path, cache):
    data = backup.read_bytes()
    backup.write_bytes(data.replace(b'"epoch":1', b'"epoch":2'))
    with pytest.raises(BadBackup):
        restore(Settings(tmp_path / "restored", cache), backup, Answers(code), place.clock)


def test_flipped_bits_are_found_before_anything_is_put_in_place(place, backup, code, tmp_path, cache):
    data = bytearray(backup.read_bytes())
    data[len(data) // 2] ^= 1
    backup.write_bytes(data)
    settings = Settings(tmp_path / "restored", cache)
    with pytest.raises(BadBackup):
        restore(settings, backup, Answers(code), place.clock)
    assert not settings.profile.exists()
    assert not (tmp_path / "restored.restoring").exists()


def test_no_plain_key_and_no_personal_data_stand_in_a_backup(place, backup, code):
    data = backup.read_bytes()
    kept = place.custody.load()
    for secret in (kept.database_key, kept.station_seed):
        assert secret not in data
        assert secret.hex().encode() not in data
    assert "林𬱖宁".encode() not in data
    assert code.encode() not in data
    assert set(json.loads(read_backup(backup).text)["keys"]) == {"recovery"}


# --- with a system keyring -------------------------------------------------------------------------------------


class Ring:
    """A keyring that answers; it can be made to refuse."""

    priority = 5

    def __init__(self):
        self.kept = {}
        self.refuses = False

    def get_password(self, _service, name):
        return self.kept.get(name)

    def set_password(self, _service, name, text):
        if self.refuses:
            raise KeyringLocked
        self.kept[name] = text

    def delete_password(self, _service, name):
        del self.kept[name]


@pytest.fixture
def ring(monkeypatch, place):
    """A keyring with the counter's keys in it."""
    ring = Ring()
    monkeypatch.setattr("keyring.get_keyring", lambda: ring)
    KeyringCustody(place.settings.profile).store(place.custody.load())
    place.custody.discard()
    return ring


def test_the_keyring_of_the_same_machine_opens_a_backup_without_a_question(ring, place, backup):
    answers = Answers()
    assert check_backup(place.settings, backup, answers).manifest.station == "000731"
    done = restore(place.settings, backup, answers, place.clock, replace=True)
    assert answers.asked == []
    for folder, count in ((place.settings.profile, 2), (done.aside, 4)):
        kept = replace(place, settings=Settings(folder, place.settings.cache), custody=KeyringCustody(folder))
        with kept.opened() as counter:
            assert len(numbers_of(counter)) == count
    assert len({*ring.kept.values()}) == 2, "each folder has signing keys of its own"


def test_a_keyring_that_refuses_the_new_keys_leaves_the_old_counter_in_its_place(ring, place, backup):
    ring.refuses = True
    with pytest.raises(KeyringUnavailable):
        restore(place.settings, backup, Answers(), place.clock, replace=True)
    kept = replace(place, custody=KeyringCustody(place.settings.profile))
    with kept.opened() as counter:
        assert len(numbers_of(counter)) == 4


def test_keys_that_left_the_keyring_are_put_back_with_the_sheet(ring, place, code):
    ring.kept.clear()
    answers = Answers(code)
    recover(place.settings, answers, place.clock)
    assert answers.asked == ["sheet-1"]
    kept = replace(place, custody=KeyringCustody(place.settings.profile))
    with kept.opened() as counter:
        assert counter.ledger.verify().head.epoch > 2


# --- lost keys -------------------------------------------------------------------------------------------------


def test_lost_keys_are_made_good_with_the_sheet_and_the_journal_goes_on_in_a_new_epoch(place, backup, code):
    place.custody.discard()
    with pytest.raises(KeysMissing), place.opened():
        pass
    recover(place.settings, Answers(code), place.clock)
    with restored_place(place.settings).opened() as counter:
        assert counter.ledger.verify().head.epoch > 2
        before = set(numbers_of(counter))
        assert len(before) == 4
        assert accepted(counter).number not in before


def test_recovery_without_sheet_code_or_counter_changes_nothing(place, tmp_path, cache):
    with pytest.raises(NoProfile):
        recover(Settings(tmp_path / "nothing", cache), Answers(), place.clock)
    with pytest.raises(WrongRecoveryCode):
        recover(place.settings, Answers(new_code()), place.clock)
    (place.settings.profile / "keys.recovery").unlink()
    with pytest.raises(KeysMissing):
        recover(place.settings, Answers(), place.clock)
    assert not (place.settings.profile / "keys.sealed").exists()


def test_a_signing_key_of_an_earlier_epoch_never_signs_again(place, code):
    old = place.custody.load()
    recover(place.settings, Answers(code), place.clock)
    place.custody.store(old)
    with pytest.raises(RetiredKey):
        open_profile(place.settings, place.custody, place.clock)


def test_a_key_that_never_signed_here_opens_an_epoch_once(place):
    place.custody.store(Secrets(place.custody.load().database_key, Secrets.fresh().station_seed))
    for _ in range(2):
        with place.opened() as counter:
            assert counter.ledger.verify().head.epoch > 2


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_disk_without_room_is_told_and_nothing_is_left_on_it(place, backup, code, tmp_path, cache):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        with pytest.raises(DiskFull):
            restore(Settings(disk / "profile", cache), backup, Answers(code), place.clock)
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


# --- interrupted -----------------------------------------------------------------------------------------------

KILLED = """
import sys
from pathlib import Path
from app.clock import SystemClock
from app.config import Settings
from app.restoring import restore
from tests.test_restoring import Answers
print("begun", flush=True)
restore(Settings(Path(sys.argv[1]), Path(sys.argv[2])), Path(sys.argv[3]), Answers(sys.argv[4]), SystemClock(), replace=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("after_s", [0.1, 0.35])
def test_kill_9_during_a_restore_leaves_one_whole_counter_and_a_second_try_succeeds(place, backup, code, after_s):
    command = [sys.executable, "-c", KILLED, str(place.settings.profile), str(place.settings.cache), str(backup), code]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    process.stdout.readline()
    time.sleep(after_s)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    folders = [place.settings.profile, *place.settings.profile.parent.glob("profile.before-restore-*")]
    old = next(folder for folder in folders if (folder / "demonstration-keys-unprotected").exists())
    kept = replace(place, settings=Settings(old, place.settings.cache), custody=ThrowAwayCustody(old))
    with kept.opened() as counter:
        assert len(numbers_of(counter)) == 4
    restore(place.settings, backup, Answers(code), place.clock, replace=True)
    with restored_place(place.settings).opened() as counter:
        assert len(numbers_of(counter)) == 2
    assert not place.settings.profile.with_name("profile.restoring").exists()
