"""The window over a real counter: who is at it, its settings, what it does by itself and what goes wrong."""

import gc
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from app.demonstration import CLERK, PASSWORD
from app.domain.operators import Operator, Role
from app.services.errors import DefinitionError, ProfileInUse
from app.services.preferences import Language, Preferences, Theme
from tests.support import CERTIFICATE, COMMITTED, MONDAY, accepted, filled
from tests.ui.hands import ALT, CTRL, press, said, typed
from tests.ui.opened import Folder, OneCounter
from ui import text
from ui.camera.state import PhotoPlace
from ui.file_code_panel import FileCodePanel
from ui.start import Start

SUPERVISOR = Operator("ouwanqing", "欧晚晴", (Role.CLERK, Role.SUPERVISOR))


def test_a_wrong_password_is_told_and_the_field_is_empty_again(start, qtbot):
    typed("wrong password")
    press(Qt.Key.Key_Return)
    notice = start.rooms._presence._login_room._notice
    qtbot.waitUntil(lambda: not notice.isHidden())
    assert "不对" in notice._words.text()
    assert QApplication.focusWidget().text() == ""
    assert start.rooms.current_name == ""


def test_a_password_given_while_the_counter_is_still_being_opened_is_tried(counter, cache, qtbot):
    made = Start(lambda: OneCounter(counter), cache, desktop=Folder)
    made.open()
    made._login_room.log_in_asked.emit(PASSWORD)
    assert made.rooms is None
    qtbot.waitUntil(lambda: made.rooms is not None and made.rooms.current_name == "CounterRoom")
    made.close()


def test_a_counter_that_cannot_be_opened_says_why(cache, qtbot):
    def refuse():
        raise ProfileInUse(cache)

    made = Start(refuse, cache, desktop=Folder)
    made.open()
    qtbot.waitUntil(lambda: made.error is not None)
    assert "已经有一个窗口" in made.window.errors._what.text()
    made.close()


def test_three_failures_are_counted_down(start, qtbot):
    room = start.rooms._presence._login_room
    for _ in range(4):
        qtbot.waitUntil(room._password.isEnabled)
        room._password.setFocus()
        typed("wrong password")
        room.log_in_asked.emit(room._password.text())
        qtbot.waitUntil(lambda: start.runner.is_idle)
    assert "秒" in room._notice._words.text()
    assert not room._button.isEnabled()


def test_the_idle_lock_keeps_what_was_typed(window, counter, qtbot):
    window.open_item(CERTIFICATE)
    window.built.intake.edit("applicant.name", "林小禾")
    window.lock()
    assert window.current_name == ""
    assert counter.desk.board().drafts[0].applicant == "林小禾"
    QTest.keyClicks(window._presence._login_room._password, PASSWORD)
    window._presence._login_room._button.click()
    qtbot.waitUntil(lambda: window.current_name == "IntakeRoom")
    assert window.built.intake.state.application.applicant.name == "林小禾"


def test_pages_that_are_taken_hold_the_lock_off_but_a_camera_alone_does_not_for_ever(window):
    kept, presence = [], window._presence
    window.open_camera(PhotoPlace("身份证", lambda _photo: None, lambda *page: kept.append(page), lambda _page: bool))
    presence._idle.stop()
    window._panels._camera._place.kept("page", None)
    assert (kept, presence._idle.isActive()) == ([("page", None)], True)
    presence._idle.stop()
    presence._attended.stop()  # half an hour without a key
    window._panels._camera._place.kept("page", None)
    assert not presence._idle.isActive()
    window._window.active.emit()
    assert presence._attended.isActive()


def at_a_new_window(counter, cache, qtbot):
    """Open a second window over the store of one that was never closed, as after a crash, and log in."""
    made = Start(lambda: OneCounter(counter), cache, desktop=Folder)
    made.open()
    made.window.activateWindow()
    qtbot.waitUntil(lambda: made.rooms is not None and QApplication.focusWidget() is not None)
    typed(PASSWORD)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: made.rooms.current_name != "")
    qtbot.waitUntil(lambda: made.runner.is_idle)
    return made


def test_after_a_crash_the_draft_that_lay_open_is_open_again_with_its_cursor(window, counter, cache, qtbot):
    window.open_item(CERTIFICATE)
    window.built.intake_room.focus_place("applicant.name")
    typed("Lin")
    press(Qt.Key.Key_Tab)
    place = window.built.intake_room.current_place
    typed("5")
    window.built.intake.save_now()
    again = at_a_new_window(counter, cache, qtbot)
    assert again.rooms.current_name == "IntakeRoom"
    assert again.rooms.built.intake.state.application.applicant.name == "Lin"
    assert (again.rooms.built.intake_room.current_place, place) == (place, "applicant.id_number")
    again.rooms.back()
    assert counter.preferences.left_open(CLERK.login) == ("", "")
    again.close()


def test_after_a_clean_close_the_counter_greets_as_always(window, counter, cache, qtbot):
    window.open_item(CERTIFICATE)
    window.built.intake.edit("applicant.name", "林小禾")
    window.built.intake.save_now()
    window._leave()
    again = at_a_new_window(counter, cache, qtbot)
    assert again.rooms.current_name == "CounterRoom"
    again.close()


def section(window, key):
    window.open_settings()
    return window.built.settings_room.section(key).presenter


def test_another_language_and_size_rebuild_the_window(window, counter, qtbot):
    section(window, "look").change(theme=Theme.DARK, text_percent=150, language=Language.ENGLISH, idle_minutes=5)
    qtbot.waitUntil(lambda: window.current_name == "SettingsRoom" and text.language() == "en")
    qtbot.wait(50)
    assert counter.preferences.read().text_percent == 150
    assert QApplication.focusWidget().text() == "English"
    words = {button.text() for button in window.built.settings_room.section("look").findChildren(QAbstractButton)}
    assert {"1 minute", "5 minutes"} <= words
    for room in (window.home, window.open_desk, window.open_settings):
        room()
    window.change_preferences(Preferences())
    qtbot.wait(50)


def test_a_changed_station_is_told_in_the_new_rooms_and_can_be_changed_back(window, counter, qtbot):
    toast, station = window._window.toast, section(window, "station")
    window.built.settings.choose("station")
    station.edit("window", "4 号窗口")
    station.save()
    qtbot.waitUntil(lambda: toast.isVisible() and "已更改" in toast._words.text())
    assert window._counter.station.window == "4 号窗口"
    toast._fire()
    qtbot.waitUntil(lambda: toast.isVisible() and "已改回" in toast._words.text())
    assert window._counter.station == counter.station


def test_what_rooms_still_wait_for_is_dropped_when_they_are_built_anew(window, counter, qtbot):
    window.open_case(accepted(counter, COMMITTED).number)
    window.built.case.begin("suspend")
    assert not window._runner.is_idle  # the paper is being drawn
    window._rebuild(CLERK)
    window.idle()
    assert window.current_name == "SettingsRoom"


def test_rooms_that_were_built_anew_leave_nothing_of_the_old_ones(window):
    def count():
        window._rebuild(CLERK)
        window.idle()
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(QApplication.allWidgets())

    first = count()
    assert (count(), count()) == (first, first)


def test_settings_check_the_journal_change_the_password_and_open_accounts(window, counter, qtbot):
    journal = section(window, "journal")
    press(Qt.Key.Key_F7)
    window.built.settings.choose("journal")
    press(Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: journal.state.is_sound is True)
    password = section(window, "password")
    password.change(PASSWORD, "another-2026", "another-2027")
    assert "不一样" in password.state.message
    password.change(PASSWORD, "another-2026", "another-2026")
    window.idle()
    counter.operators.log_in(CLERK.login, "another-2026")
    accounts = section(window, "accounts")
    accounts.save("luoshoutian", "罗守田", [Role.CLERK], "village-2026")
    window.idle()
    assert "罗守田" in [account.operator.name for account in accounts.state.accounts]


def test_a_setting_is_found_by_an_english_word_and_reached_by_keys(window):
    press(Qt.Key.Key_4, ALT)
    typed("text size")
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget().text() == "100%"


def test_a_password_that_was_typed_in_the_settings_is_forgotten_on_leaving(window):
    window.open_settings()
    window.built.settings.choose("password")
    line = window.built.settings_room.section("password")._lines[0]
    line.setText("typed-2026")
    press(Qt.Key.Key_Escape)
    assert line.text() == ""
    assert window.current_name == "CounterRoom"


def test_what_nobody_foresaw_is_logged_whole_and_shown_short(window, caplog):
    window.report(ZeroDivisionError("a detail"))
    assert "意外" in said(window)
    assert "a detail" in caplog.text
    caplog.clear()


def test_the_board_follows_once_a_minute_what_happened_elsewhere(start, window, counter, qtbot):
    filled(counter)
    start.rooms.let_a_minute_pass()
    start.rooms.idle()
    assert len(window.built.counter._state.board.drafts) == 1
    start.window.close()
    assert not start.rooms._minutes.is_running


def test_handing_over_keeps_what_is_open_and_lock_covers_it(window, counter, qtbot):
    counter.operators.accounts.open(CLERK, SUPERVISOR, "first-2026")
    counter.operators.change_password(SUPERVISOR, "first-2026", "watching-2026")
    window.open_item(CERTIFICATE)
    typed("Lin")
    press(Qt.Key.Key_F12)
    press(Qt.Key.Key_F9)
    typed("watching-2026")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window._session.operator == SUPERVISOR)
    assert window.current_name == "IntakeRoom"
    assert QApplication.focusWidget().text() == "Lin"
    QApplication.processEvents()  # the strip was made anew: its keys work once it is shown
    press(Qt.Key.Key_L, CTRL)
    assert window.current_name == ""
    QTest.keyClicks(window._presence._login_room._password, "watching-2026")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current_name == "IntakeRoom")


def test_arrow_keys_turn_over_who_takes_over_and_enter_leads_to_the_password(window, counter, qtbot):
    counter.operators.accounts.open(CLERK, SUPERVISOR, "first-2026")
    counter.operators.accounts.open(CLERK, Operator("luoshoutian", "罗守田", (Role.CLERK,)), "first-2026")
    press(Qt.Key.Key_F12)
    panel = window._presence._panel
    panel._who.setFocus()
    before = panel._who.currentData()
    press(Qt.Key.Key_Down)
    assert panel._who.currentData() != before
    assert QApplication.focusWidget() is panel._who
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is panel._password
    assert panel._notice.isHidden()


def test_a_second_person_confirms_over_the_window_and_escape_calls_nothing(window, counter, qtbot):
    counter.operators.accounts.open(CLERK, SUPERVISOR, "first-2026")
    counter.operators.change_password(SUPERVISOR, "first-2026", "watching-2026")
    confirmed = []
    window.ask_second_person("void a paper", confirmed.append)
    press(Qt.Key.Key_Escape)
    assert confirmed == []
    window.ask_second_person("void a paper", confirmed.append)
    typed("watching-2026")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: confirmed == [SUPERVISOR])
    assert window._session.operator == CLERK


def test_a_case_goes_to_a_stick_and_comes_back_with_the_keyboard_alone(window, counter, qtbot, tmp_path):
    number = accepted(counter).number
    stick = Folder.target = tmp_path / "one.lideng-case"
    try:
        window.built.sync.export(number)
        gc.collect()
        panel = window._window.stage.findChildren(FileCodePanel)[-1]
        code = panel._code.text()
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(stick.exists)
        qtbot.waitUntil(lambda: not window.built.sync.state.is_passing)
        window.built.sync.take_in()
        qtbot.waitUntil(lambda: len(window._window.stage.findChildren(FileCodePanel)) == 1)
        gc.collect()
        typed(code.replace(" ", ""))
        press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.current_name == "CaseRoom")
    finally:
        Folder.target = None


def test_a_lock_ends_a_question_to_a_second_person(window):
    confirmed = []
    window.ask_second_person("void a paper", confirmed.append)
    window.lock()
    assert window._presence._panel.isHidden()
    assert window._window.frame.isEnabled()


def test_the_strip_says_when_the_pcs_clock_was_set(start, window, counter, place):
    def strip():
        return [sign.text() for sign in start.window.findChildren(QLabel) if "时钟" in sign.text()]

    assert "时钟可信" in strip()
    place.clock.carry_on(place.clock.now() + timedelta(hours=1))
    start.rooms.let_a_minute_pass()
    start.rooms.idle()
    assert "时钟有跳变" in strip()
    assert start.window.toast.isVisible()


def test_the_strip_says_that_a_template_of_the_counters_own_is_not_used(start, window):
    fault = DefinitionError("mandate.yaml", 27, "blocks[2]", "{scop} is no place of this kind of paper")
    window._strip.use(replace(window._counter, paper_faults=(fault,)))
    window._strip.show()
    signs = [sign for sign in start.window.findChildren(QLabel) if sign.text() == "文书模板有误"]
    assert len(signs) == 1
    assert "mandate.yaml:27" in signs[0].accessibleDescription()


def test_a_case_that_fell_silent_is_told_quietly_and_opens(window, counter, place, qtbot):
    draft = filled(counter, COMMITTED)
    case = counter.intake.receive(draft, counter.catalogue.item(COMMITTED), CLERK).case
    place.clock.set(place.clock.now() + timedelta(days=10))
    window.let_a_minute_pass()
    toast = window._window.toast
    qtbot.waitUntil(toast.isVisible)
    assert "已视为受理" in toast._words.text()
    toast._act.click()
    assert window.current_name == "CaseRoom"
    assert window.built.case.state.file.case.number == case.number
    assert window.built.case.state.file.case.is_deemed


def test_a_message_ends_when_another_case_is_shown(window, counter):
    first, second = accepted(counter), accepted(counter)
    toast = window._window.toast
    window.open_case(first.number)
    window.notify("spoken of the first case")
    assert toast.isVisible()
    window.open_case(second.number)
    assert not toast.isVisible()


def test_a_day_that_was_left_open_is_offered_at_the_start_and_not_again(counter, place, cache, qtbot):
    accepted(counter)
    place.clock.set(MONDAY + timedelta(days=1))
    start = Start(lambda: OneCounter(counter), cache, desktop=Folder)
    qtbot.addWidget(start.window)
    start.open()
    qtbot.waitUntil(lambda: start.rooms is not None)
    rooms = start.rooms
    shown = []
    rooms.notify = lambda words, *_act: shown.append(words)
    rooms._session.operator = CLERK
    rooms.entered(CLERK)
    rooms.entered(CLERK)
    assert [words for words in shown if "日结" in words] == ["5 月 18 日 周一 还没有日结。"]
    start.close()
