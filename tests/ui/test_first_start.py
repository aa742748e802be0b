"""The first start and the passphrase that is asked at every start after it."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtTest import QTest

from app.bootstrap import ProfileStarter
from app.config import Settings
from app.domain.clock import CHINA
from app.security.authority import Authority
from app.security.custody import KeyringCustody
from app.services.enrolment import EnrolmentState
from app.services.invitations import CentralAddress, Invitation, write_invitation
from ui.devices import Desktop
from ui.setup.view import SetupRoom
from ui.start import Start
from ui.unseal.view import UnsealRoom

ANSWERS = {
    "service_point": "云溪镇便民服务中心",
    "body": "云溪镇人民政府",
    "window": "1 号窗口",
    "phone": "0899-555 0123",
    "code": "000732",
    "division": "519901101000",
    "paper_prefix": "云溪1",
    "operator_name": "何长宁",
    "login": "hechangning",
    "password": "yunxi-2026",
    "password_again": "yunxi-2026",
    "passphrase": "a sealed passphrase",
    "passphrase_again": "a sealed passphrase",
}


@pytest.fixture
def started(tmp_path, cache, qtbot, monkeypatch):
    """Return a function that opens the program on one profile, without a keyring."""
    monkeypatch.setattr(KeyringCustody, "works", staticmethod(lambda: False))
    opened = []

    def start():
        while opened:
            opened.pop().close()
        made = Start(lambda: ProfileStarter(Settings(tmp_path / "profile", cache)), cache, desktop=Desktop)
        made.open()
        opened.append(made)
        return made

    yield start
    for made in opened:
        made.close()


def room_of(started, kind, qtbot):
    qtbot.waitUntil(lambda: isinstance(started.window._outer.currentWidget(), kind), timeout=15_000)
    return started.window._outer.currentWidget()


def test_what_is_missing_is_told_beside_each_field(started, qtbot, tmp_path):
    room = room_of(started(), SetupRoom, qtbot)
    room._finish.click()
    assert "6 位" in room._fields["code"]._remark.accessibleName()
    assert "请填写" in room._fields["body"]._remark.accessibleName()
    assert not (tmp_path / "profile" / "station.db").exists()


def test_a_first_start_leads_to_the_log_in_and_the_next_one_asks_for_the_passphrase(started, qtbot):
    first = started()
    room = room_of(first, SetupRoom, qtbot)
    for place, value in ANSWERS.items():
        room.edited.emit(place, value)
    room._finish.click()
    qtbot.waitUntil(lambda: first.rooms is not None, timeout=20_000)
    first.rooms._presence._login.log_in("yunxi-2026")
    qtbot.waitUntil(lambda: first.rooms.current_name == "CounterRoom", timeout=10_000)
    qtbot.waitUntil(lambda: first.runner.is_idle)
    assert "恢复单" in first.window.toast._words.text()
    first.rooms._go_to_backups()
    assert first.rooms.built.settings._state.current == "backup"

    second = started()
    asked = room_of(second, UnsealRoom, qtbot)
    QTest.keyClicks(asked._line, "wrong passphrase")
    asked._button.click()
    qtbot.waitUntil(lambda: "口令不对" in asked._notice._words.text(), timeout=10_000)
    QTest.keyClicks(asked._line, "a sealed passphrase")
    asked._button.click()
    qtbot.waitUntil(lambda: second.rooms is not None, timeout=10_000)
    assert second.rooms.counter.station.code == "000732"


def test_two_passwords_that_differ_are_told(started, qtbot):
    room = room_of(started(), SetupRoom, qtbot)
    for place, value in (ANSWERS | {"password_again": "yunxi-2027"}).items():
        room.edited.emit(place, value)
    room._finish.click()
    assert "不一样" in room._fields["password_again"]._remark.accessibleName()


# --- with a centre's invitation --------------------------------------------------------------------------------


@pytest.fixture
def invited(tmp_path, monkeypatch):
    """A function that writes an invitation file and lets the clerk choose it."""

    def invite(data=None, code=ANSWERS["code"]):
        path = tmp_path / "window.lideng-invitation"
        path.write_bytes(data if data is not None else invitation_of(code, tmp_path))
        monkeypatch.setattr(Desktop, "choose_source", lambda _self, _kinds: path)
        return path

    return invite


def invitation_of(code, folder):
    now = datetime.now(CHINA)
    authority = Authority.make("云溪市政务服务中心", now)
    nowhere = CentralAddress((str(folder / "no-socket"),), 5432, "lideng")
    until = now + timedelta(days=14)
    secret = "one-time-secret-of-the-file"
    invitation = Invitation(code, "1 号窗口", "云溪镇便民服务中心", nowhere, authority.root, secret, now, until)
    return write_invitation(invitation, authority.sign)


def test_an_invitation_fills_in_the_window_and_the_counter_works_before_the_centre_is_reached(started, invited, qtbot):
    invited()
    first = started()
    room = room_of(first, SetupRoom, qtbot)
    room._open.click()
    assert room._fields["code"].editor.text() == "000732"
    assert room._fields["code"].editor.isReadOnly()
    assert "000732" in room._offered._words.text()
    filled_in = {"code", "service_point", "window"}
    for place, value in ANSWERS.items():
        if place not in filled_in:
            room.edited.emit(place, value)
    room._finish.click()
    qtbot.waitUntil(lambda: first.rooms is not None, timeout=20_000)
    assert "连不上中心" in first.window.errors._what.text()
    assert first.rooms.counter.enrolment.status().state is EnrolmentState.PENDING


@pytest.mark.parametrize("data", [b"", b"{}", b"\x00" * 200_000])
def test_a_file_that_is_no_invitation_is_told_and_nothing_is_filled_in(started, invited, qtbot, data):
    invited(data)
    room = room_of(started(), SetupRoom, qtbot)
    room._open.click()
    assert "不是邀请文件" in room._offered._words.text()
    assert room._fields["code"].editor.text() == ""


def test_a_counter_can_stand_alone_after_all(started, invited, qtbot):
    invited()
    room = room_of(started(), SetupRoom, qtbot)
    room._open.click()
    room._drop.click()
    assert not room._fields["code"].editor.isReadOnly()
    assert not room._offered.isVisibleTo(room)
