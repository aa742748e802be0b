"""A counter takes its own data files where it has some, and goes on when they are faulty."""

import shutil

import pytest

from app import bootstrap, device_examination
from app.config import RESOURCES
from app.doctor import examine
from app.services.errors import DamagedStore
from tests.support import CERTIFICATE, COMMITTED, accepted

SHIPPED = RESOURCES / "catalogue"


@pytest.fixture
def own(place):
    """The counter's own copy of the catalogue."""
    folder = place.settings.definitions("catalogue")
    assert folder == SHIPPED
    own = place.settings.profile / "catalogue"
    shutil.copytree(folder, own)
    assert place.settings.definitions("catalogue") == own
    return own


def file_with(folder, code):
    return next(path for path in folder.glob("*.yaml") if code in path.read_text(encoding="utf-8"))


def test_the_same_files_again_make_no_version(place):
    with place.opened() as counter:
        before = counter.ledger.verify().entries
    with place.opened() as counter:
        assert counter.ledger.verify().entries == before


def test_what_changed_in_the_files_is_a_new_version_at_the_next_start(place, own):
    with place.opened() as counter:
        earlier = accepted(counter)
    changed = file_with(own, CERTIFICATE)
    changed.write_text(changed.read_text(encoding="utf-8").replace("居住证明", "居住地证明"), encoding="utf-8")
    with place.opened() as counter:
        assert counter.catalogue.item(CERTIFICATE).name == "居住地证明"
        assert counter.catalogue.item(CERTIFICATE).version == 2
        assert "居住证明" in counter.issuance.open(earlier.number)[0].title


def test_what_left_the_files_is_cancelled_and_says_who_is_competent(place, own):
    file_with(own, COMMITTED).unlink()
    with place.opened() as counter:
        gone = counter.catalogue.item(COMMITTED)
    assert not gone.can_be_opened
    assert gone.competent


def test_a_faulty_file_changes_nothing_and_doctor_names_it(place, own, monkeypatch):
    monkeypatch.setattr(device_examination, "found_scanners", list)
    file_with(own, CERTIFICATE).write_text("items: [", encoding="utf-8")
    with place.opened() as counter:
        assert counter.catalogue.item(CERTIFICATE).version == 1
    found = {finding.code: finding for finding in examine(place.settings, lambda: "")}
    assert not found["catalogue"].is_good
    assert ".yaml:" in str(found["catalogue"].error)


def test_doctor_finds_the_shipped_catalogue_good(place, monkeypatch):
    monkeypatch.setattr(device_examination, "found_scanners", list)
    found = {finding.code: finding for finding in examine(place.settings, lambda: "")}
    assert found["catalogue"].is_good
    assert found["catalogue"].details["items"] >= 40


def test_a_start_that_fails_halfway_holds_nothing(place, monkeypatch):
    with monkeypatch.context() as broken, pytest.raises(DamagedStore):
        broken.setattr(bootstrap, "_load_catalogue", _damaged)
        with place.opened():
            pass
    assert not place.settings.store.with_name("station.db-wal").exists()
    with place.opened() as counter:
        assert counter.ledger.verify().entries > 0


def _damaged(_counter, _settings):
    raise DamagedStore
