"""What goes wrong in a round of sync is told, stops nothing else, and is tried again when that can help."""

import json
from datetime import timedelta

import pytest

from app.domain.facts import CaseRated, PaperMade
from app.domain.journal import canonical, chain_hash
from app.domain.paper import PaperKind
from app.services.errors import BadCertificate, BadInput, CentralUnavailable, DiskFull, NotAParty
from app.services.ports import Bulletin, Waits
from app.services.sync_receiving import Receiving
from app.services.sync_report import Contact, SyncFailure, SyncStep
from app.services.timekeeping import ClockService
from tests.services.sync_desk import CITY, TOWN, VILLAGE, Desk, FileDesk

YEARS = timedelta(days=3650)


@pytest.fixture(params=["memory", "encrypted"])
def city(request, centre, tmp_path):
    desk = Desk(centre, CITY) if request.param == "memory" else FileDesk(centre, tmp_path, CITY)
    yield desk
    desk.closes()


@pytest.mark.parametrize(
    "more",
    [',"x":' + "1" * 5000, ',"x":' + "[" * 1500 + "]" * 1500, ',"x":1.5', ',"case":7'],
    ids=lambda more: more[:9],
)
def test_a_body_that_no_program_reads_stops_nothing_and_is_told(centre, town, village, more):
    centre.names(town, village)
    odd, after = town.takes(), town.takes()
    for number in (odd, after):
        town.hands(number, VILLAGE)
    town.round()
    for stored in centre.state.journal.values():
        if json.loads(stored.body)["case"] == odd:
            rewrite(stored, town, stored.body[:-1] + more + "}")
    village.takes([b"page"])
    result = village.round()
    assert (result.contact, result.bulletins, result.images) == (Contact.ON_LINE, 1, 1)
    assert village.sync.status().received_waiting == {Waits.UNREADABLE: 2}
    assert (SyncStep.INBOX, Waits.UNREADABLE) in {(failure.step, failure.reason) for failure in result.failures}
    assert village.holder(after) == VILLAGE


def rewrite(stored, desk, body):
    """Put another body that its station signed in the place of one at the centre."""
    stored.body, stored.hash = body, chain_hash(stored.prev, body)
    stored.signature = desk.recorder._key.sign(stored.hash)


def unsigned(stored, _desk):
    stored.signature = bytes(64)


def unknown(stored, desk):
    rewrite(stored, desk, stored.body.replace('"PaperPrinted"', '"PaperTeleported"'))


def decides(stored, desk):
    body = json.loads(stored.body) | {"kind": "CaseRated", "data": CaseRated(1).data()}
    rewrite(stored, desk, canonical(body))


@pytest.mark.parametrize(
    ("forge", "why"),
    [(unsigned, Waits.SIGNATURE), (unknown, Waits.KIND), (decides, Waits.UNREADABLE)],
)
def test_a_forged_note_neither_changes_its_case_nor_stops_it(centre, town, village, city, forge, why):
    centre.names(town, village, city)
    number = town.takes()
    town.hands(number, VILLAGE)
    town.round()
    village.round()
    village.hands(number, CITY)
    village.round()
    note = town.notes(number)
    town.round()
    forge(centre.state.journal[TOWN, note.epoch, note.seq], town)
    city.round()
    assert city.holder(number) == CITY
    city.hands(number, VILLAGE)
    city.round()
    village.round()
    village.hands(number, CITY)
    village.round()
    city.round()
    assert (village.holder(number), city.holder(number)) == (CITY, CITY)
    assert village.history(number) == city.history(number)
    assert city.sync.status().received_waiting == {why: 1}
    assert village.sync.status().received_waiting == {why: 1}


def test_a_note_of_an_epoch_that_nobody_believes_stops_no_case(centre, town, village, city):
    centre.names(town, village, city)
    number = town.takes()
    town.hands(number, CITY)
    town.round()
    town.opens(7)
    town.notes(number)
    town.round()
    city.round()
    city.hands(number, VILLAGE)
    city.round()
    village.round()
    assert village.holder(number) == VILLAGE
    assert village.sync.status().received_waiting == {Waits.KEY: 1}
    centre.names(town, village, city)
    village.round()
    city.round()
    assert village.sync.status().received_waiting == {}
    assert set(village.history(number)) == set(city.history(number))


def breaks(*_):
    raise OverflowError


def test_a_step_that_breaks_is_told_and_keeps_nothing_else_from_going(centre, town, monkeypatch):
    monkeypatch.setattr(Receiving, "pull", breaks)
    town.takes([b"page"])
    result = town.round()
    assert (result.contact, result.images) == (Contact.FAILING, 1)
    assert [(failure.step, failure.reason) for failure in result.failures] == [(SyncStep.INBOX, "OverflowError")]
    assert town.sync.wait_s() > 0
    assert town.sync.status().failure == "OverflowError"


def test_a_round_that_breaks_is_told_and_comes_back_later_and_later(centre, town, monkeypatch):
    monkeypatch.setattr(ClockService, "follow", breaks)
    waits = []
    for _ in range(6):
        assert town.round().contact is Contact.FAILING
        waits.append(town.sync.wait_s())
    assert waits[-1] > 4 * waits[0]
    assert town.sync.status().failure == "OverflowError"


def test_a_round_that_a_full_disk_ends_raises_nothing_and_waits(town, monkeypatch):
    def full():
        raise DiskFull

    monkeypatch.setattr(town.store, "write", full)
    result = town.round()
    assert isinstance(result.error, DiskFull)
    assert town.sync.wait_s() > 0


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (BadCertificate("root"), "certificate_root"),
        (CentralUnavailable("busy"), "certificate"),
        (ValueError(), "certificate"),
    ],
    ids=["bad", "unavailable", "unforeseen"],
)
def test_a_certificate_that_is_not_taken_is_told_and_everything_else_goes(centre, town, error, reason):
    def certify():
        raise error

    town.certify = certify
    town.takes([b"page"])
    result = town.round()
    assert (result.contact, result.images) == (Contact.ON_LINE, 1)
    assert result.failures == (SyncFailure(SyncStep.CERTIFICATE, "certificate", reason),)


def test_the_time_of_a_certificate_is_held_against_the_clock_that_the_centre_set(centre, town):
    seen = []
    town.clock.set_wall(timedelta(days=-3650))
    town.certify = lambda: seen.append(town.recorder.now())
    town.round()
    assert abs(seen[0] - centre.at) < timedelta(minutes=1)


# --- images ------------------------------------------------------------------------------------------------------


def test_a_refused_image_is_told_once_and_blocks_nothing(centre, town):
    number = town.takes([b"page"])
    town.takes([b"other"])
    real = town.centre.connect(TOWN).put_blob

    def put_blob(digest, size, chunks, case):
        if case == number:
            raise NotAParty
        return real(digest, size, chunks, case)

    town.link._central.put_blob = put_blob
    result = town.round()
    assert [(one.item, one.reason) for one in result.failures] == [(number, "NotAParty")]
    assert result.images == 1
    assert town.round().failures == ()
    del town.link._central.put_blob
    centre.at += timedelta(days=1)
    assert town.round().images == 1


def test_images_follow_a_case_that_came_to_the_centre_later(centre, town, village):
    centre.names(town, village)
    number = town.takes()
    town.hands(number, VILLAGE)
    with village.store.write() as uow:  # the case comes by stick: the village goes on before the town meets the centre
        village.sync._receiving.take(uow, [(entry, None) for entry in chain_of(town)[1:]])
        page = uow.blobs.put(b"paper")
        uow.commit()
    village.knows(town, village)
    village.sync._receiving.fold_waiting()
    with village.store.write() as uow:
        made = PaperMade(PaperKind.CERTIFICATE, "x", page)
        village.recorder.record(uow, "x", made, village.clock.now(), number=number)
        uow.commit()
    village.round()
    assert not village.link.confirmed_blobs([bytes.fromhex(page)])
    town.round()
    village.round()
    assert village.round().failures == ()
    assert village.link.confirmed_blobs([bytes.fromhex(page)])


def chain_of(desk):
    with desk.store.read() as uow:
        return list(uow.journal.entries())


# --- bulletins ----------------------------------------------------------------------------------------------------


def told(desk):
    return [(one.item, one.reason) for one in desk.round().failures]


def test_a_bulletin_that_a_program_is_too_old_for_is_told_until_the_next_version_takes_it_in(centre, town):
    taken = []

    def too_old(_payload):
        raise BadInput("newer")

    town.takers = {"catalogue": too_old}
    town.starts()
    centre.says("catalogue", b"v2")
    centre.says("weather", b"rain")
    told_first = [("catalogue", "broken"), ("weather", "strange")]
    assert told(town) == told(town) == told_first
    asked = town.link.calls.count("bulletin_heads")
    town.round()
    assert town.link.calls.count("bulletin_heads") == asked, "the same version does not read it again"

    town.takers = {"catalogue": taken.append}
    town.program = "0.2"
    town.starts()
    assert told(town) == told(town) == [("weather", "strange")]
    assert taken == [b"v2"]


@pytest.mark.parametrize("error", [BadInput("x"), KeyError("x"), RecursionError()], ids=repr)
def test_a_bulletin_that_breaks_what_takes_it_is_left_aside_until_a_later_one_comes(centre, town, error):
    def take(payload):
        if payload == b"bad":
            raise error

    town.takers = {"catalogue": take}
    town.starts()
    centre.says("catalogue", b"bad")
    assert told(town) == [("catalogue", "broken")]
    centre.says("catalogue", b"good")
    assert told(town) == []


def test_a_later_version_of_an_earlier_time_is_told(centre, town):
    centre.at += timedelta(minutes=2)
    centre.says("CALENDAR", b"by a clock that is ahead")
    centre.at -= timedelta(minutes=2)
    town.round()
    centre.says("CALENDAR", b"now")
    assert told(town) == told(town) == [("CALENDAR", "dated")]
    centre.at += timedelta(minutes=3)
    centre.says("CALENDAR", b"then")
    assert told(town) == []
    assert town.took["CALENDAR"] == b"then"


def says_ahead(centre, payload):
    """Publish as a centre did whose administrator's clock was years ahead."""
    centre.at += YEARS
    centre.says("CALENDAR", payload)
    centre.at -= YEARS


def test_what_is_dated_years_ahead_is_told_and_what_is_published_now_takes_its_place(centre, town):
    says_ahead(centre, b"by mistake")
    assert told(town) == told(town) == [("CALENDAR", "ahead")]
    assert "CALENDAR" not in town.took
    centre.says("CALENDAR", b"now")
    assert told(town) == []
    assert town.took["CALENDAR"] == b"now"
    assert told(town) == []


def test_what_is_dated_ahead_is_taken_when_that_time_has_come(centre, town):
    says_ahead(centre, b"then")
    assert told(town) == [("CALENDAR", "ahead")]
    centre.at += YEARS
    assert told(town) == []
    assert town.took["CALENDAR"] == b"then"


def test_what_was_taken_years_ahead_gives_way_to_what_is_published_now(centre, town):
    with town.store.write() as uow:
        uow.directory.keep_bulletin(Bulletin(1, "CALENDAR", 2**31 - 1, centre.at + YEARS, b"by mistake", bytes(64)))
        uow.commit()
    centre.says("CALENDAR", b"now")
    assert told(town) == []
    assert town.took["CALENDAR"] == b"now"


def test_of_directories_that_wait_the_newest_good_one_is_read_and_a_forged_one_hides_none(centre, town):
    for _ in range(3):
        centre.names(town)
    centre.says("stations", b"[]", bytes(64))
    town.link.calls.clear()
    result = town.round()
    assert result.bulletins == 1
    assert town.link.calls.count("bulletin") == 2, "the forged one and the last good one"
    assert [(one.item, one.reason) for one in result.failures] == [("stations", "forged")]
    with town.store.read() as uow:
        assert uow.directory.get(TOWN).code == TOWN


def test_a_bulletin_that_was_left_aside_and_is_not_there_any_more_is_forgotten(centre, town):
    centre.says("weather", b"rain")
    assert told(town) == [("weather", "strange")]
    centre.state.bulletins.clear()
    town.program = "0.2"
    town.starts()
    assert told(town) == []
