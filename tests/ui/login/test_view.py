"""The keys of the log-in."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.operators import Operator, Role
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


def test_arrow_keys_turn_over_the_names_and_enter_leads_to_the_password(qtbot):
    room, chosen, tried = LoginRoom(), [], []
    room.chosen.connect(chosen.append)
    room.log_in_asked.connect(tried.append)
    window = shown_in_window(room, qtbot)
    people = tuple(Operator(login, name, (Role.CLERK,)) for login, name in (("a", "甲"), ("b", "乙"), ("c", "丙")))
    room.render(LoginState("云溪镇便民服务中心", people, "a"))
    room._who.setFocus()
    for _n in range(2):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Down)
    room._button.click()  # Enter's key is the button's
    assert chosen == ["b", "c"]
    assert (tried, window.focusWidget()) == ([], room._password)
