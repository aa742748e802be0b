"""The way to a centre, from part to part, and to the authority that signs."""

import pytest

from app.domain.operators import Operator, Role
from app.services.errors import CentralUnavailable, CentralVersion
from tests.fakes.office import FINGERPRINT, MemoryOffice, MemoryPasswords, furnished
from tests.ui.office.opened import PASSPHRASE, URL, Opened
from ui.office.presenter import AUDIT, OVERVIEW, PARTS, STATIONS, Stage

SUPERVISOR = Operator("lin", "林", (Role.SUPERVISOR,))
CLERK = Operator("shen", "沈", (Role.CLERK,))


def test_an_administrator_names_the_centre_and_comes_to_the_overview(counter):
    opened = Opened(counter, furnished()).connect()
    assert (opened.state.stage, opened.state.part) == (Stage.INSIDE, OVERVIEW)
    assert opened.presenter.overview.state.status["stations"] == 6
    assert opened.screen.forgotten
    assert opened.counter.administering.place().url == URL


def test_somebody_else_is_told_why_not_and_gets_nowhere_by_any_way(counter):
    opened = Opened(counter, furnished(), CLERK)
    assert opened.state.why_not
    opened.connect()
    assert opened.state.stage is Stage.OUTSIDE
    assert opened.said


def test_the_address_must_be_there_and_have_no_password(counter):
    opened = Opened(counter, furnished())
    opened.presenter.connect("")
    assert opened.state.remarks["url"]
    opened.presenter.edit("url", "postgresql://li_na:secret@db1/lideng")
    assert not opened.state.remarks
    opened.presenter.connect("")
    assert "密码" in opened.state.remarks["url"]
    assert not opened.state.work.doing


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CentralUnavailable("network"), "连不上"),
        (CentralUnavailable("login"), "用户名和密码"),
        (CentralUnavailable("tls"), "CA"),
        (CentralUnavailable("tls_name"), "主机名"),
        (CentralUnavailable("tls_time"), "有效期"),
        (CentralUnavailable("busy"), "正忙"),
        (CentralUnavailable("failed"), "日志"),
        (CentralVersion(1, 2), "升级"),
    ],
)
def test_what_stands_in_the_way_is_said_to_an_administrator(counter, error, words):
    office = furnished()
    office.error = error
    opened = Opened(counter, office).connect()
    assert opened.state.stage is Stage.OUTSIDE
    assert words in opened.said


def test_a_password_that_could_not_be_kept_is_said_to_be_asked_again(counter):
    opened = Opened(counter, furnished(), passwords=MemoryPasswords(works=False))
    opened.presenter.keep_password(True)
    opened.connect()
    assert "没有记住" in opened.said
    assert opened.state.stage is Stage.INSIDE


def test_a_new_database_is_prepared_only_when_that_is_wanted(counter):
    office = MemoryOffice(current="")
    opened = Opened(counter, office).connect()
    assert opened.state.stage is Stage.UNPREPARED
    assert office.current == ""
    opened.presenter.prepare()
    opened.work()
    assert (opened.state.stage, office.current) == (Stage.INSIDE, "0004")
    assert "0004" in opened.said


def test_parts_follow_each_other_round(counter):
    opened = Opened(counter, furnished()).connect()
    for part in (*PARTS[1:], PARTS[0]):
        opened.presenter.step(1)
        opened.work()
        assert opened.state.part == part
    opened.presenter.step(-1)
    assert opened.state.part == PARTS[-1]


def test_signing_asks_for_the_authority_and_then_goes_on(counter, tmp_path):
    opened = Opened(counter, furnished()).connect()
    opened.go("bulletins").sign()
    assert opened.state.is_asking
    opened.presenter.open_authority(PASSPHRASE)
    assert opened.state.remarks["authority"]
    opened.open_authority(tmp_path)
    assert (opened.state.fingerprint, opened.state.is_asking) == (FINGERPRINT, False)
    assert opened.office.requests == []
    assert "已签发 1 份证书" in opened.said


def test_a_wrong_passphrase_asks_again(counter, tmp_path):
    opened = Opened(counter, furnished()).connect()
    opened.open_authority(tmp_path)
    opened.presenter.close_authority()
    opened.presenter.ask_authority()
    opened.presenter.open_authority("something else")
    opened.work()
    assert opened.state.is_asking
    assert "口令" in opened.said
    opened.presenter.escape()
    assert not opened.state.is_asking
    assert opened.navigator.went == []


def test_leaving_closes_the_authority_and_keeps_the_connection(counter, tmp_path):
    opened = Opened(counter, furnished()).connect()
    opened.open_authority(tmp_path)
    opened.presenter.escape()
    assert opened.navigator.went == [("open_centre",)]
    assert opened.state.fingerprint == ""
    opened.presenter.start()
    assert opened.state.stage is Stage.INSIDE
    assert opened.state.place.authority.endswith("authority.lideng")


def test_somebody_else_at_the_window_begins_outside(counter):
    opened = Opened(counter, furnished()).connect()
    opened.go("stations")
    opened.session.operator = SUPERVISOR
    opened.presenter.start()
    assert opened.state.stage is Stage.OUTSIDE
    assert opened.office.is_closed
    assert opened.presenter.stations.state.rows is None


def test_what_was_on_its_way_when_the_room_was_left_is_not_shown(counter):
    opened = Opened(counter, furnished()).connect()
    opened.presenter.choose_part(STATIONS)
    opened.presenter.disconnect()
    opened.work()
    assert opened.presenter.stations.state.rows is None
    assert opened.state.stage is Stage.OUTSIDE
    assert opened.state.place.url == URL


def test_one_act_at_a_time_and_it_can_be_stopped(counter):
    opened = Opened(counter, furnished()).connect()
    opened.presenter.choose_part(AUDIT)
    opened.presenter.audit.audit()
    opened.presenter.ask_authority()
    assert not opened.state.is_asking
    assert opened.state.work.can_stop
    opened.presenter.stop()
    opened.work()
    assert opened.presenter.audit.state.audited is None
    assert "已停下" in opened.said
