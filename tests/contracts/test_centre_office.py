"""What the office of a centre's administrator promises; the one in memory is the model for presenters."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from app.centre_office import DatabaseOffice
from app.config import RESOURCES
from app.security.keys import verify
from app.services.errors import (
    BadAuthority,
    BadDefinitions,
    BadInput,
    BadRevocationList,
    CentreDeclined,
    WrongPassphrase,
)
from app.services.ports import InvitationWish
from app.services.progress import silent
from tests.fakes.office import MemoryOffice

TOWN = "000731"
PASSPHRASE = "long enough a passphrase"
CALENDAR = (RESOURCES / "calendar" / "2026.yaml").read_bytes()


@pytest.fixture(params=["memory", "postgres"])
def office(request):
    if request.param == "memory":
        made = MemoryOffice()
    else:
        centre = request.getfixturevalue("postgres")
        centre.empty()
        made = DatabaseOffice(centre.address(), verify)
    yield made
    made.close()


@pytest.fixture
def signing(office, tmp_path):
    office.make_authority(tmp_path / "authority.lideng", "云溪市政务服务中心", PASSPHRASE)
    return office


@pytest.fixture
def wish(tmp_path):
    return InvitationWish(TOWN, tmp_path / "one.lideng-invitation", "3 号窗口", "云溪镇便民服务中心", "519900101000")


def test_a_centre_that_is_up_to_date_is_ready_and_may_be_prepared_again(office):
    plan = office.plan()
    assert plan.is_ready
    assert plan.may_prepare
    assert office.prepare() == plan.newest == office.status()["schema"]


def test_the_status_of_an_empty_centre_has_a_figure_for_everything(office):
    status = office.status()
    assert (status["stations"], status["entries"], status["quarantined"], status["waiting_requests"]) == (0, 0, 0, 0)
    assert status["watched"] is None
    assert status["durable"] in {True, False}


def test_a_station_is_invited_with_a_file_and_shown_with_its_division(signing, wish):
    invited = signing.invite(wish)
    assert wish.file.exists()
    assert len(invited.fingerprint) == 16
    (row,) = signing.stations()
    assert (row.code, row.name, row.service_point, row.division) == (TOWN, wish.name, wish.service_point, wish.division)
    assert row.invited_until == invited.expires_at
    assert row.enrolled_at is row.revoked_at is None


def test_a_new_station_needs_a_name(signing, wish):
    with pytest.raises(BadInput):
        signing.invite(InvitationWish(TOWN, wish.file))
    assert not wish.file.exists()


def test_one_that_was_shut_out_comes_back_only_when_that_is_meant(signing, wish):
    signing.invite(wish)
    signing.revoke(TOWN, "电脑被盗")
    assert signing.stations()[0].revoked_at
    with pytest.raises(CentreDeclined):
        signing.revoke(TOWN, "电脑被盗")
    with pytest.raises(CentreDeclined) as caught:
        signing.invite(wish)
    assert caught.value.why == "enrolled"
    signing.invite(InvitationWish(TOWN, wish.file, again=True))
    assert signing.stations()[0].revoked_at is None
    assert signing.stations()[0].name == wish.name


def test_a_revocation_is_published_at_once_where_an_authority_is_open(signing, wish):
    signing.invite(wish)
    signing.revoke(TOWN, "撤并")
    assert "revocations" in {one.topic for one in signing.bulletins(10)}


def test_nothing_is_signed_without_an_authority(office, wish):
    for act in (lambda: office.invite(wish), office.sign, lambda: office.publish("calendar", CALENDAR)):
        with pytest.raises(BadInput):
            act()


def test_an_authority_opens_with_its_passphrase_alone_and_is_not_made_over_another(office, tmp_path):
    path = tmp_path / "authority.lideng"
    made = office.make_authority(path, "云溪市政务服务中心", PASSPHRASE)
    with pytest.raises(BadInput):
        office.make_authority(path, "另一个", PASSPHRASE)
    office.close_authority()
    with pytest.raises(WrongPassphrase):
        office.open_authority(path, "another passphrase")
    with pytest.raises(BadAuthority):
        office.open_authority(tmp_path / "none", PASSPHRASE)
    assert office.open_authority(path, PASSPHRASE) == made


def test_what_a_file_changes_is_said_before_it_is_published(signing):
    changes = signing.compare("calendar", CALENDAR)
    assert (changes.version, changes.published_at, changes.added) == (0, None, ("2026",))
    assert signing.publish("calendar", CALENDAR) == 1
    changes = signing.compare("calendar", CALENDAR)
    assert changes.version == 1
    assert changes.published_at
    assert not changes.are_any
    changed = signing.compare("calendar", CALENDAR + b"\n# again\n")
    assert changed.changed == ("2026",)
    assert signing.publish("calendar", CALENDAR) == 2
    newest, _older = signing.bulletins(10)
    assert (newest.topic, newest.version, newest.size) == ("calendar", 2, len(CALENDAR))
    with pytest.raises(CentreDeclined):
        signing.publish("calendar", CALENDAR, 2)


def test_a_version_far_ahead_is_declined_and_a_day_is_none(signing):
    for far in (2**31 - 1, 20991231):
        with pytest.raises(CentreDeclined) as caught:
            signing.publish("calendar", CALENDAR, far)
        assert caught.value.why == "far"
    assert signing.publish("calendar", CALENDAR, 20260101) == 20260101
    assert signing.publish("calendar", CALENDAR) == 20260102


def test_what_no_counter_could_use_is_not_published(signing):
    for topic, payload, error in (("calendar", b"days: []", BadDefinitions), ("operators", b"{}", BadInput)):
        with pytest.raises(error):
            signing.publish(topic, payload)
    with pytest.raises(BadInput):
        signing.compare("stations", b"[]")
    assert signing.bulletins(10) == []


def test_a_list_of_what_was_called_back_is_written_and_published_while_it_is_news(signing, wish, tmp_path):
    signing.invite(wish)
    first = signing.call_back(tmp_path / "list", 7, silent, to_stations=False)
    assert (first.number, first.papers, first.version, first.remarks) == (1, 0, 0, ())
    second = signing.call_back(tmp_path / "list", 7, silent, to_stations=True)
    assert (second.number, second.version) == (2, 1)
    assert signing.call_back(tmp_path / "list", 7, silent, to_stations=True).version == 0
    assert [one.topic for one in signing.bulletins(10)] == ["called_back"]
    assert second.until > first.until - timedelta(days=1)


def test_no_list_is_written_over_something_else_or_without_an_authority(signing, tmp_path):
    (tmp_path / "list").write_text("something else")
    with pytest.raises(BadRevocationList):
        signing.call_back(tmp_path / "list", 7, silent, to_stations=True)
    assert (tmp_path / "list").read_text() == "something else"
    signing.close_authority()
    with pytest.raises(BadInput):
        signing.call_back(tmp_path / "another", 7, silent, to_stations=True)
    assert not (tmp_path / "another").exists()


def test_an_audit_of_nothing_finds_nothing_and_can_be_stopped(office):
    assert office.audit((), silent).remarks == []


def test_a_place_where_nothing_was_set_aside_is_not_settled(office):
    assert office.quarantined() == []
    assert office.findings() == []
    for settle in (office.settle, office.settle_finding):
        with pytest.raises(CentreDeclined):
            settle(TOWN, 1, 1, "已告知")


def test_a_key_that_waits_for_nobody_is_neither_believed_nor_refused(office):
    assert office.waiting_keys() == []
    with pytest.raises(CentreDeclined) as caught:
        office.believe_key(TOWN, 2, "已核对")
    assert caught.value.why == "key"
    with pytest.raises(CentreDeclined) as caught:
        office.refuse(TOWN, 2, 1, "口令被盗")
    assert caught.value.why == "refused"


def test_retention_is_changed_and_what_must_be_kept_stays(office):
    office.keep_bodies(400)
    assert office.status()["keep_bodies_days"] == 400
    office.keep_bodies(3653)
    assert office.erase_bodies(silent) == 0
    with pytest.raises(CentreDeclined) as caught:
        office.detach_year(1999)
    assert caught.value.why == "year"


def test_a_catalogue_is_compared_item_by_item(office, tmp_path):
    folder = tmp_path / "catalogue"
    shutil.copytree(RESOURCES / "catalogue", folder)
    payload = Path(shutil.make_archive(str(tmp_path / "all"), "zip", folder)).read_bytes()
    changes = office.compare("catalogue", payload)
    assert changes.added
    assert not changes.removed
