"""Two counters with real services, encrypted stores and real keys, and the real centre between them."""

import hashlib
import json
import os
import shutil
from types import SimpleNamespace

import pytest

from app.central.audit import Audit
from app.demonstration import CLERK
from app.domain.numbering import case_number
from app.security.keys import Ed25519StationKey, verify
from app.services.errors import NotFound
from app.services.ports import CHUNK, LARGEST_BODY, Waits
from app.services.recording import Recorder
from app.services.snapshots import CaseMark
from app.services.sync_report import Contact
from app.services.syncing import SyncOptions
from app.services.twins import TwinService
from app.storage.store import open_store
from tests.central.far_desks import RealDesk
from tests.fakes.pinyin import FewReadings
from tests.services.sync_desk import TOWN, VILLAGE

PAGE = b"a" * CHUNK + b"b" * 1000
DIGEST = hashlib.sha256(PAGE).hexdigest()


@pytest.fixture
def desks(centre, tmp_path):
    centre.empty()
    made = []
    for code in (TOWN, VILLAGE):
        folder = tmp_path / code
        folder.mkdir()
        made.append(RealDesk(centre, folder, code))
    for desk in made:
        desk.knows(*made)
    yield made
    for desk in made:
        desk.closes()


def test_a_case_goes_there_and_back_with_its_pages(centre, desks):
    town, village = desks
    number = town.takes([PAGE])
    town.hands(number, VILLAGE)
    result = town.round()
    assert (result.contact, result.failures, result.images) == (Contact.ON_LINE, (), 1)
    assert village.round().received == 2
    assert village.images.get(DIGEST) == PAGE
    village.hands(number, TOWN)
    village.round()
    assert town.round().received == 1
    assert town.history(number) == village.history(number)
    assert town.mark(number) is CaseMark.AT_CENTRE
    centre.verify(TOWN)
    town.round()
    assert town.mark(number) is CaseMark.CONFIRMED


def test_the_clock_follows_the_centre_and_its_anchor_stands_in_every_body(desks):
    town, _village = desks
    town.round()
    entry = town.notes()
    anchor = entry.read()["anchor"]
    assert anchor["at"] <= entry.read()["at"]
    town.round()
    with town.store.read() as uow:
        assert uow.outbox.received_at(entry.epoch, entry.seq) is not None


def test_poison_and_broken_custody_end_as_with_the_model(desks):
    town, village = desks
    number = town.takes(note="长" * LARGEST_BODY)
    town.notes(text="\x00")
    given = town.takes()
    backup = town.backup()
    town.hands(given, VILLAGE)
    result = town.round()
    assert result.contact is Contact.ON_LINE
    assert sorted(one.reason for one in result.failures) == ["too_large", "unreadable"]
    assert town.round().failures == ()
    assert town.mark(number) is CaseMark.HERE
    town.restores(backup)
    town.hands(given, TOWN)
    assert [one.reason for one in town.round().failures] == ["not_the_holder"]
    village.round()
    assert (town.holder(given), village.holder(given)) == (VILLAGE, VILLAGE)


def test_a_restored_counter_reads_back_what_it_lost(desks):
    town, village = desks
    town.round()
    backup = town.backup()
    number, given = town.takes([PAGE]), town.takes()
    town.hands(given, VILLAGE)
    town.round()
    town.restores(backup)
    result = town.round()
    assert (result.contact, result.read_back) == (Contact.ON_LINE, 3)
    assert (town.holder(number), town.holder(given)) == (TOWN, VILLAGE)
    village.knows(town, village)
    village.round()
    assert town.history(given) == village.history(given)


def test_a_note_that_a_thief_wrote_without_the_key_stops_no_case(desks):
    town, village = desks
    number = town.takes()
    true = town.recorder._key
    town.recorder._key = SimpleNamespace(sign=lambda _digest: bytes(64))
    town.notes(number)
    town.recorder._key = true
    town.hands(number, VILLAGE)
    town.round()
    village.round()
    assert village.holder(number) == VILLAGE
    assert village.sync.status().received_waiting == {Waits.SIGNATURE: 1}


def test_a_twin_is_told(desks, tmp_path):
    town, _village = desks
    town.round()
    copy = town.backup()
    town.takes()
    town.round()
    twin = copy_of(town, copy, tmp_path / "twin")
    twin.takes()
    result = twin.round()
    twin.closes()
    assert (result.contact, type(result.error).__name__) == (Contact.FAILING, "ChainForked")


def test_a_twin_parts_and_every_entry_of_both_is_at_the_centre(centre, desks, tmp_path):
    town, village = desks
    older = town.takes()
    town.round()
    twin = copy_of(town, town.backup(), tmp_path / "twin")
    twin.recorder = Recorder(town.clock, town.recorder._key, TOWN)
    twin.starts()
    theirs = town.takes()
    town.round()
    mine = twin.takes([PAGE])
    twin.notes(older)
    with twin.store.read() as uow:
        bodies = [entry.body for entry in uow.journal.entries()]
    keys = DrawnKeys()
    parted = TwinService(twin.store, twin.recorder, keys, "x", lambda: twin.link).part(CLERK, "x")
    assert (parted.entries, parted.drafts, parted.older) == (2, 1, (older,))
    given = twin.takes(number=case_number(town.clock.now().date(), TOWN, 700))
    twin.hands(given, VILLAGE)
    result = twin.round()
    assert (result.contact, result.read_back, result.failures) == (Contact.ON_LINE, 1, ())
    assert mine == theirs
    assert twin.history(theirs) == town.history(theirs)
    stored = [
        json.loads(body)["data"]["body"]
        for (body,) in centre.execute("select convert_from(body, 'UTF8') from core.journal where body is not null")
        if json.loads(body)["kind"] == "EntrySetApart"
    ]
    assert sorted(stored) == sorted(bodies[-2:])
    twin.keys = {**twin.keys, parted.epoch: twin.recorder.public_key}
    village.knows(village, twin)
    village.round()
    assert village.holder(given) == VILLAGE
    twin.closes()


class NewPc(RealDesk):
    """The town's counter on another PC, with keys of its own."""

    @staticmethod
    def make_key(seed):
        return Ed25519StationKey(b"new PC" + seed[6:])


def test_a_new_pc_goes_on_where_one_was_lost_without_a_backup(centre, desks, tmp_path):
    town, village = desks
    older = town.takes([PAGE])
    town.round()
    (tmp_path / "new").mkdir()
    known = SimpleNamespace(enrol=lambda _station: None, connect=centre.connect)
    fresh = NewPc(known, tmp_path / "new", TOWN)
    fresh.takes()
    key = fresh.recorder.public_key.hex()
    # What ``invite --again`` and enrolling leave.
    centre.execute(f"update core.station set public_key = decode('{key}', 'hex') where code = '{TOWN}'")
    assert type(fresh.round().error).__name__ == "ChainForked"
    assert TwinService(fresh.store, fresh.recorder, DrawnKeys(), "x", lambda: fresh.link).part(CLERK, "x").drafts == 1
    assert fresh.round().read_back == len(town.chain())
    fresh.hands(older, VILLAGE)
    result = fresh.round()
    assert (result.contact, result.failures) == (Contact.ON_LINE, ())
    assert fresh.images.get(DIGEST) == PAGE
    centre.watch.round(verify)
    fresh.round()
    assert fresh.mark(older) is CaseMark.CONFIRMED
    village.round()
    audit = Audit(centre.address(), verify)
    assert [
        one for one in audit.run().remarks if one.what != "numbers"
    ] == []  # a desk's slips have numbers of their own
    audit.close()
    fresh.closes()


class DrawnKeys:
    """Draws real keys and keeps none."""

    def draw(self):
        return Ed25519StationKey(os.urandom(32))

    def keep(self):
        """Keep nothing: the test does not start again."""


def copy_of(desk, file, folder):
    """Return a second machine with a copy of a station's store and with its key."""
    folder.mkdir()
    shutil.copy(file, folder / "station.db")
    twin = RealDesk.__new__(RealDesk)
    twin.__dict__.update(desk.__dict__)
    twin.folder, twin.store = folder, open_store(folder / "station.db", bytes(32), FewReadings())
    twin.starts()
    return twin


def test_pages_go_from_here_and_come_back(desks):
    town, _village = desks
    town.sync.keep_options(SyncOptions(image_days=1), CLERK)
    town.takes([PAGE])
    town.round()
    with town.store.write() as uow:
        uow.outbox._connection.execute("UPDATE uploads SET at = '2020-01-01T00:00:00.000+08:00'")
        uow.commit()
    assert town.round().purged == 1
    with town.store.read() as uow, pytest.raises(NotFound):
        uow.blobs.get(DIGEST)
    assert town.images.get(DIGEST) == PAGE
