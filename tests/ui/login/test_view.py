"""The keys of the log-in."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.windows import shown_in_window
from ui.login.presenter import LoginState
from ui.login.view import LoginRoom


def test_enter_leads_from_a_new_password_to_its_repetition_and_then_on(qtbot):
    room, chosen = LoginRoom(), []
    room.password_chosen.connect(lambda *both: chosen.append(both))
    window = shown_in_window(room, qtbot)
    room.render(LoginState("云溪镇便民服务中心", must_change=True))
    room.clear_password()
    for _n in range(2):
        QTest.keyClicks(window.focusWidget(), "luo-2026-a")
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert chosen == [("luo-2026-a", "luo-2026-a")]
