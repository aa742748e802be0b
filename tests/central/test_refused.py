"""What is left of a thief's work at real counters once an administrator has refused it at the real centre."""

import os

import pytest

from app.central.audit import Audit
from app.demonstration import CLERK
from app.domain.facts import CaseTakenOver
from app.security.keys import Ed25519StationKey, verify
from app.services.errors import ChainForked, NotForked
from app.services.ports import Waits
from app.services.recording import Recorder, load_case_in_hand
from app.services.sync_report import Contact
from app.services.twins import TwinService
from tests.central.far_desks import RealDesk
from tests.domain.samples import ITEM
from tests.services.sync_desk import CITY, TOWN, VILLAGE

STOLEN, RESTORED = 5, 90_000


class Drawn:
    """Keys that are kept nowhere."""

    def draw(self):
        return Ed25519StationKey(os.urandom(32))

    def keep(self):
        """Keep nothing."""


@pytest.fixture
def desks(centre, tmp_path):
    centre.empty()
    made = []
    for code in (TOWN, VILLAGE, CITY):
        (tmp_path / code).mkdir()
        made.append(RealDesk(centre, tmp_path / code, code))
    for desk in made:
        desk.knows(*made)
    yield made
    for desk in made:
        desk.closes()


@pytest.fixture
def stolen(tmp_path):
    """Return how somebody goes on who has a station's password and what the centre tells it, and not its keys."""
    made = []

    def steal(desk):
        (tmp_path / "thief").mkdir()
        made.append(desk.copied_to(tmp_path / "thief"))
        made[0].keys, made[0].recorder = {}, None
        return made[0]

    yield steal
    for one in made:
        one.closes()


def informed(centre, *desks):
    """Let the watch look, and everybody know the directory that the centre would publish now."""
    centre.watch.round(verify)
    for desk in desks:
        with desk.store.write() as uow:
            uow.directory.replace(centre.administration.directory())
            uow.commit()


def rounds(*desks):
    return [desk.round() for desk in desks]


def is_in_hand(desk, number):
    with desk.store.read() as uow:
        return load_case_in_hand(uow, number, desk.code).holder == desk.code


def remarks(centre):
    audit = Audit(centre.address(), verify)
    try:
        return [one for one in audit.run().remarks if one.what not in {"numbers", "time"}]
    finally:
        audit.close()


def parts(desk):
    """Let a counter part from whoever else wrote under its number, as its button does."""
    TwinService(desk.store, desk.recorder, Drawn(), "test", lambda: desk.link).part(CLERK, "口令被盗")
    desk.starts()


def test_a_restored_counter_takes_nothing_of_a_thief_for_its_own(centre, desks, stolen):
    town = desks[0]
    given = town.takes()
    town.round()
    centre.verify(TOWN)
    backup = town.backup()
    thief = stolen(town)
    thief.opens(STOLEN)
    thief.hands(given, CITY)
    thief.round()
    town.restores(backup, RESTORED)
    result = town.round()
    assert (result.contact, result.read_back, result.failures) == (Contact.ON_LINE, 0, ())
    assert town.holder(given) == TOWN
    informed(centre, town)
    centre.administration.refuse(TOWN, STOLEN, 1, "口令被盗")
    informed(centre, *desks)
    town.hands(given, VILLAGE)
    rounds(town, desks[1], desks[2], town)
    assert town.history(given) == desks[1].history(given)
    assert is_in_hand(desks[1], given)
    assert desks[2].holder(given) is None
    informed(centre)
    assert remarks(centre) == []


def test_a_counter_restored_twice_gets_the_first_time_back_once_its_key_is_believed(centre, desks):
    town = desks[0]
    town.takes()
    town.round()
    centre.verify(TOWN)
    backup = town.backup()
    town.recorder = None  # from the recovery sheet: the key before cannot speak for it
    town.restores(backup, 70)
    between = town.takes()
    town.round()
    town.recorder = None
    town.restores(backup, RESTORED)
    later = town.takes()
    assert [one.read_back for one in rounds(town, town)] == [0, 0]
    for waiting in centre.administration.waiting_keys():
        centre.administration.believe_key(TOWN, waiting.epoch, "电话核对")
    informed(centre, town)
    assert [one.read_back for one in rounds(town, town)] == [2, 0]
    assert town.holder(between) == town.holder(later) == TOWN


@pytest.mark.parametrize("is_read", [True, False])
def test_others_go_on_behind_what_was_refused(centre, desks, stolen, is_read):
    town, village, _city = desks
    given = village.takes()
    village.hands(given, TOWN)
    rounds(village, town)
    informed(centre)
    thief = stolen(town)
    thief.opens(STOLEN)
    thief.acts(given, CaseTakenOver(""))
    thief.round()
    if is_read:
        village.round()
        assert village.sync.status().received_waiting == {Waits.KEY: 1}
    centre.administration.refuse(TOWN, STOLEN, 1, "口令被盗")
    informed(centre, *desks)
    town.acts(given, CaseTakenOver(""))
    town.hands(given, VILLAGE)
    rounds(town, village)
    assert village.sync.status().received_waiting == ({Waits.SIGNATURE: 1} if is_read else {})
    assert is_in_hand(village, given)
    assert village.history(given) == town.history(given)
    informed(centre)
    assert remarks(centre) == []


def test_a_counter_with_unsent_work_parts_from_what_was_forged_behind_its_chain(centre, desks, stolen):
    town, village, _city = desks
    with town.store.write() as uow:
        uow.items.publish([ITEM])
        uow.commit()
    given = town.takes()
    town.round()
    centre.verify(TOWN)
    thief = stolen(town)
    thief.recorder = Recorder(thief.clock, Ed25519StationKey(os.urandom(32)), TOWN)
    thief.starts()
    thief.hands(given, CITY)
    thief.notes()
    thief.round()
    mine = town.takes()
    informed(centre)
    (finding,) = centre.administration.findings(9)
    centre.administration.refuse(TOWN, finding.epoch, finding.seq, "口令被盗")
    assert isinstance(town.round().error, ChainForked)
    parts(town)
    town.hands(given, VILLAGE)
    assert town.round().contact is Contact.ON_LINE
    informed(centre, *desks)
    rounds(village, town)
    assert is_in_hand(village, given)
    assert (town.holder(mine), len(town.store.views.drafts(9))) == (None, 1), "it is a draft again"
    informed(centre)
    assert remarks(centre) == []


def test_a_counter_can_part_from_a_thief_before_anybody_refused_it(centre, desks, stolen):
    town, village, _city = desks
    given = town.takes()
    town.round()
    centre.verify(TOWN)
    thief = stolen(town)
    thief.opens(STOLEN)
    thief.notes()
    thief.round()
    assert isinstance(town.round().error, ChainForked)
    parts(town)
    town.hands(given, VILLAGE)
    assert town.round().contact is Contact.ON_LINE
    centre.administration.refuse(TOWN, STOLEN, 1, "口令被盗")
    informed(centre)
    assert rounds(town, village)[1].received == 2
    with pytest.raises(NotForked):
        parts(town)
