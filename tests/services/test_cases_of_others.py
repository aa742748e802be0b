"""Cases that come from other stations, as the counter's own services see them: read, acted on, drawn, checked."""

import json
from datetime import timedelta

import pytest

from app.demonstration import CLERK
from app.domain.errors import NotHeldHere
from app.domain.station import EpochKey, KnownStation
from app.services.backup_files import silent
from app.services.errors import ImageElsewhere, NotFound
from app.services.ports import Bulletin
from app.services.sync_receiving import Receiving
from app.storage.backup_file import extract, read_backup
from app.storage.store import open_store
from tests.fakes.cut_link import CutLink
from tests.fakes.keys import fake_verify
from tests.fakes.pinyin import FewReadings
from tests.services.sync_desk import TOWN, VILLAGE, Centre, Desk
from tests.support import backups_of

AN_HOUR = timedelta(hours=1)


@pytest.fixture
def centre():
    return Centre()


@pytest.fixture
def village(centre, counter):
    """Another station, whose key the counter's directory knows."""
    centre.at = counter.desk.now()
    desk = Desk(centre, VILLAGE, at=centre.at)
    keys = tuple(EpochKey(epoch, key.hex()) for epoch, key in desk.keys.items())
    with counter.desk._store.write() as uow:
        uow.directory.replace([KnownStation(VILLAGE, "二号窗口", keys=keys)])
        uow.commit()
    return desk


def operators(*named):
    said = [{"station": code, "login": login, "name": name, "roles": ["clerk"]} for code, login, name in named]
    return json.dumps({"v": 1, "operators": said}).encode()


def deliver(counter, desk, number):
    """Bring all that a station knows of a case to the counter, as an inbox does."""
    store = counter.desk._store
    with desk.store.read() as source:
        entries = source.journal.of_case(number)
    with store.write() as uow:
        Receiving(store, fake_verify).take(uow, ((entry, counter.desk.now()) for entry in entries))
        uow.commit()


def test_a_case_of_another_station_is_read_with_its_history_and_cannot_be_changed(counter, village):
    number = village.takes()
    deliver(counter, village, number)
    file = counter.desk.file(number)
    assert not file.held_here
    assert [(event.station, event.operator) for event in file.events] == [(VILLAGE, "somebody·二号窗口")]
    assert file.item.name
    with pytest.raises(NotHeldHere):
        counter.closing.withdraw(number, CLERK, "x")
    assert counter.desk.counts().elsewhere == 1
    assert counter.desk.board().due == []


def test_a_clerk_of_another_station_is_called_by_the_name_that_the_centre_published(counter, village):
    number = village.takes()
    deliver(counter, village, number)
    with counter.desk._store.write() as uow:
        uow.directory.keep_bulletin(
            Bulletin(1, "operators", 1, counter.desk.now(), operators((VILLAGE, "somebody", "乔田")), b"")
        )
        uow.commit()
    assert [event.operator for event in counter.desk.file(number).events] == ["乔田"]


def test_the_same_login_is_somebody_else_at_another_station(counter, village):
    number = village.takes()
    deliver(counter, village, number)
    with counter.desk._store.write() as uow:
        uow.directory.keep_bulletin(
            Bulletin(1, "operators", 1, counter.desk.now(), operators((TOWN, "somebody", "乔田")), b"")
        )
        uow.directory.replace([])
        uow.commit()
    assert [event.operator for event in counter.desk.file(number).events] == [f"somebody·{VILLAGE}"]


def test_a_case_that_was_handed_over_is_acted_on_here_whoever_published_its_item(counter, village):
    number = village.takes()
    village.hands(number, TOWN)
    deliver(counter, village, number)
    assert counter.desk.file(number).held_here
    counter.closing.withdraw(number, CLERK, "申请人撤回")
    assert counter.desk.counts().done == 1


def test_the_history_says_between_which_words_of_the_centre_an_entry_stands(counter, village):
    village.round()
    number = village.takes()
    village.round()
    deliver(counter, village, number)
    (event,) = counter.desk.file(number).events
    assert event.proven.not_before <= event.at
    assert event.proven.not_after is not None
    assert event.proven.not_after - event.proven.not_before < AN_HOUR


def test_a_paper_of_another_station_is_not_drawn_here(counter, village):
    number = village.takes()
    deliver(counter, village, number)
    (paper,) = counter.papers.of_case(number)
    with pytest.raises(NotFound):
        counter.papers.pdf(paper, CLERK)


def test_signatures_of_others_are_checked_against_the_directory(counter, village):
    number = village.takes()
    deliver(counter, village, number)
    ledger = counter.ledger
    ledger._verify = fake_verify
    assert ledger.is_sound(number)
    with counter.desk._store.write() as uow:
        uow.directory.replace([])
        uow.commit()
    assert not ledger.is_sound(number)


def test_the_export_of_the_journal_stays_the_own_journal(counter, village, tmp_path):
    deliver(counter, village, village.takes())
    verified = counter.ledger.export(tmp_path / "journal.jsonl", CLERK)
    lines = (tmp_path / "journal.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == verified.entries
    assert {json.loads(line)["station"] for line in lines} == {TOWN}


def test_a_backup_carries_what_came_from_others(counter, place, village, tmp_path):
    number = village.takes()
    deliver(counter, village, number)
    path, copy = tmp_path / "b.lideng", tmp_path / "copy.db"
    backups = backups_of(place)
    backups.write(path, counter.desk.now())
    assert backups.drill(path).entries == counter.ledger.verify().entries
    extract(read_backup(path), copy, silent)
    store = open_store(copy, place.custody.load().database_key, FewReadings(), backup_first=False)
    assert store.views.case(number).holder == VILLAGE
    store.close()


def test_a_page_that_only_the_centre_has_is_told_when_it_is_not_reached(counter, centre, sample_png):
    with counter.desk._store.read() as uow, pytest.raises(NotFound):
        uow.blobs.get("ab" * 32)
    images = counter.images
    centre.enrol(TOWN)
    images._connect = lambda: CutLink(centre.connect(TOWN), {1: "before"})
    with pytest.raises(ImageElsewhere):
        images.get("ab" * 32)


def test_a_counter_without_a_centre_has_no_anchor_and_no_marks(counter):
    assert counter.sync.run().contact.value == "alone"
    assert counter.sync.status().contact.value == "alone"
    with counter.desk._store.read() as uow:
        last = uow.journal.newest("CatalogueLoaded", 1)[0]
    assert last.read()["anchor"] is None
