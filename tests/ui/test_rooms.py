"""The window over a real counter: every room, its keys and what goes wrong in it."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from app.demonstration import CLERK, PASSWORD
from app.domain.operators import Operator, Role
from app.services.errors import BadAttachment, DefinitionError, DiskFull, ProfileInUse
from app.services.preferences import Language, Preferences, Theme
from tests.support import CERTIFICATE, COMMITTED, MONDAY, PERSON, accepted, filled
from tests.ui.opened import Folder, OneCounter
from ui import text
from ui.start import Start

SUPERVISOR = Operator("ouwanqing", "欧晚晴", (Role.CLERK, Role.SUPERVISOR))
NONE, CTRL, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def press(key, modifiers=NONE):
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifiers)


def typed(words):
    QTest.keyClicks(QApplication.focusWidget(), words)


def said(window):
    panel = window._window.errors
    return "" if panel.isHidden() else panel._what.text()


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


def test_the_field_has_the_focus_and_finds_by_initials(window, qtbot):
    typed("jzzm")
    qtbot.waitUntil(lambda: window.counter_has_found)
    press(Qt.Key.Key_Return)
    assert window.current_name == "IntakeRoom"


def test_enter_pressed_before_the_answer_takes_the_first_answer(window, qtbot):
    typed("jzzm")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current_name == "IntakeRoom")


def test_nothing_found_says_what_can_be_typed(window, qtbot):
    typed("qqqq")
    window.idle()
    assert not window._counter_room._results.isHidden()
    assert window._counter_presenter._state.is_searched
    press(Qt.Key.Key_Escape)
    assert window._counter_presenter._state.text == ""


def test_a_scanned_case_number_opens_its_case(window, counter, qtbot):
    case = accepted(counter)
    typed(case.number)
    press(Qt.Key.Key_Return)
    assert window.current_name == "CaseRoom"


def test_a_forbidden_proof_shows_who_is_competent_and_opens_no_case(window, qtbot):
    typed("wfzjl")
    window.idle()
    press(Qt.Key.Key_Return)
    assert window.current_name == "CounterRoom"
    assert "公安" in window._counter_presenter._state.guide.competent
    press(Qt.Key.Key_Escape)
    assert window._counter_presenter._state.guide is None


def test_a_draft_is_saved_while_typing_and_found_on_the_board(window, counter, qtbot):
    window.open_item(CERTIFICATE)
    typed("Lin")
    qtbot.waitUntil(lambda: len(counter.desk.board().drafts) == 1)
    press(Qt.Key.Key_Escape)
    assert window.current_name == "CounterRoom"
    assert counter.desk.board().drafts[0].applicant == "Lin"
    press(Qt.Key.Key_Q, ALT)
    assert window.current_name == "IntakeRoom"
    assert window._intake.state.application.applicant.name == "Lin"


def test_an_untouched_intake_leaves_no_draft(window, counter):
    window.open_item(CERTIFICATE)
    press(Qt.Key.Key_Escape)
    assert counter.desk.board().drafts == []


def test_accepting_too_early_leads_to_the_first_thing_that_is_missing(window, counter):
    window.open_item(CERTIFICATE)
    press(Qt.Key.Key_F9)
    assert window.current_name == "IntakeRoom"
    assert QApplication.focusWidget().objectName() == "applicant.name"
    assert counter.desk.counts().open == 0


def test_a_known_applicant_is_filled_in_with_one_key(window, counter, qtbot):
    accepted(counter)
    window.open_item(COMMITTED)
    typed("519900")
    window._intake.edit("applicant.name", "林")
    qtbot.waitUntil(lambda: len(window._intake.state.people) > 0)
    press(Qt.Key.Key_Down)
    assert window._intake.state.application.applicant == PERSON
    assert window._intake.state.earlier_cases == 1


def test_a_warning_is_passed_with_a_reason_beside_the_field(window, counter):
    window.open_draft(filled(counter).draft_id)
    window._intake.edit("applicant.id_number", "519900199203070328")
    window._intake.leave_field("applicant.id_number")
    assert [problem.code for problem in window._intake.state.problems] == ["check_digit"]
    press(Qt.Key.Key_Y, ALT)
    typed("checked")
    press(Qt.Key.Key_Return)
    assert window._intake.state.problems == ()


def test_a_full_disk_keeps_the_text_and_says_so(window, counter, monkeypatch):
    window.open_item(CERTIFICATE)
    monkeypatch.setattr(counter.intake, "save", lambda _draft: (_ for _ in ()).throw(DiskFull()))
    window._intake.edit("applicant.name", "林小禾")
    window._intake.save_now()
    assert "磁盘已满" in window._intake_room._save_notice._words.text()
    assert window._intake.state.application.applicant.name == "林小禾"
    window._intake.leave()
    assert window.current_name == "IntakeRoom"
    monkeypatch.undo()
    window._intake.save_now()
    assert counter.desk.board().drafts[0].applicant == "林小禾"


def test_pages_are_attached_moved_turned_and_removed_with_undo(window, counter, sample_png, qtbot):
    window.open_draft(filled(counter).draft_id)
    Folder.files = [sample_png, png("grey")]
    press(Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: window.intake_pages == 2)
    pages = window._intake.state.handed_in("id_card").pages
    window._intake.attachments.move("id_card", 0, 1)
    window._intake.attachments.turn("id_card", 0)
    assert window._intake.state.handed_in("id_card").pages == (pages[1].turned(), pages[0])
    window._intake.attachments.remove("id_card", 0)
    assert window.intake_pages == 1
    window._window.toast._fire()
    assert window.intake_pages == 2
    window._intake.attachments.zoom("id_card", 0)
    qtbot.waitUntil(lambda: not window._intake_room._zoom.isHidden())
    press(Qt.Key.Key_Escape)
    assert window._intake_room._zoom.isHidden()
    assert window.current_name == "IntakeRoom"


def test_pages_that_were_still_being_read_stay_with_the_draft_that_was_left(window, counter, sample_png, qtbot):
    first, second = filled(counter), filled(counter, COMMITTED)
    window.open_draft(first.draft_id)
    window._intake.edit("applicant.name", "typed before")
    Folder.files = [sample_png]
    press(Qt.Key.Key_F4)
    window._intake.edit("applicant.name", "typed after")
    window._intake.save_now()
    window.open_draft(second.draft_id)
    window.idle()
    assert window.intake_pages == 0
    kept = counter.intake.resume(first.draft_id)[0].application
    assert kept.applicant.name == "typed after"
    assert len(kept.materials["id_card"].pages) == 1


def test_a_hostile_file_costs_a_sentence(window, counter, qtbot):
    window.open_draft(filled(counter).draft_id)
    Folder.files = [b"%PDF-1.7 nothing of the kind"]
    press(Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: bool(said(window)))
    assert "打不开" in said(window)
    assert window.intake_pages == 0


def test_a_file_that_cannot_be_read_costs_a_sentence(window, counter):
    window.open_draft(filled(counter).draft_id)
    window._intake.attachments.drop("id_card", lambda: (_ for _ in ()).throw(BadAttachment("size", 20)))
    assert "太大" in said(window)


def test_a_discarded_draft_comes_back_with_undo(window, counter):
    window.open_draft(filled(counter).draft_id)
    press(Qt.Key.Key_Delete, CTRL)
    assert counter.desk.board().drafts == []
    window._window.toast._fire()
    assert window.current_name == "IntakeRoom"
    assert len(counter.desk.board().drafts) == 1


def test_from_acceptance_to_delivery_with_three_keys(window, counter, qtbot):
    window.open_draft(filled(counter).draft_id)
    press(Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.current_name == "IssueRoom")
    press(Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: window.issue.state.step == "deliver")
    press(Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: window.issue.state.step == "next")
    window.idle()
    press(Qt.Key.Key_F9)
    assert window.current_name == "CounterRoom"
    assert counter.desk.counts().done == 1


def test_another_collector_needs_a_name_and_a_number_that_checks(window, counter, qtbot):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    window.open_issue(case.number)
    window.issue.choose_collector(in_person=False)
    press(Qt.Key.Key_F11)
    assert window.issue.state.collector_problem
    window.issue.edit_collector("罗守田", "519900198811120043")
    press(Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: window.issue.state.step == "next")
    fact = counter.desk.file(case.number).events[-1].fact
    assert (fact.collected_by, fact.in_person) == ("罗守田", False)


def test_a_case_that_somebody_else_finished_is_told_and_nothing_is_done_twice(window, counter, qtbot):
    case = accepted(counter)
    window.open_issue(case.number)
    window.idle()
    counter.issuance.issue(case.number, CLERK)
    press(Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: bool(said(window)))
    assert "刚在别处" in said(window)
    assert len(counter.papers.of_case(case.number)) == 3


def test_a_paper_is_opened_and_saved(window, counter, tmp_path, qtbot):
    case = accepted(counter)
    window.open_issue(case.number)
    window.idle()
    Folder.target = tmp_path / "paper.pdf"
    press(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(Folder.target.exists)
    press(Qt.Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: bool(Folder.opened))
    assert Folder.opened[-1][1] == Folder.target.read_bytes()


def test_the_list_narrows_by_scope_text_and_item(window, counter, qtbot):
    case = accepted(counter)
    accepted(counter, COMMITTED)
    counter.issuance.issue(case.number, CLERK)
    press(Qt.Key.Key_2, ALT)
    assert window.current_name == "DeskRoom"
    desk = window._desk
    window.idle()
    assert desk._now().count == 2
    desk.choose_scope("to_deliver")
    window.idle()
    assert desk._now().count == 1
    desk.choose_scope("all")
    desk.choose_item(COMMITTED)
    window.idle()
    assert desk._now().count == 1
    desk.search("王")
    window.idle()
    assert desk._now().count == 0
    assert not window._desk_room._empty.isHidden()
    press(Qt.Key.Key_Escape)
    window.idle()
    assert desk._now().count == 2


def test_enter_on_a_row_opens_the_case_and_escape_leads_back_to_the_list(window, counter):
    accepted(counter)
    press(Qt.Key.Key_2, ALT)
    window.idle()
    press(Qt.Key.Key_Return)
    assert window.current_name == "CaseRoom"
    press(Qt.Key.Key_Escape)
    assert window.current_name == "DeskRoom"


def test_personal_data_shows_in_full_only_when_asked_and_is_masked_on_leaving(window, counter, qtbot):
    case = accepted(counter)
    window.open_case(case.number)
    window.idle()
    press(Qt.Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: window._case._now().revealed is not None)
    assert type(counter.desk.file(case.number).events[-1].fact).__name__ == "PersonalDataShown"
    press(Qt.Key.Key_Escape)
    assert window._case._now().revealed is None


def test_the_page_of_a_case_checks_its_entries(window, counter, qtbot):
    window.open_case(accepted(counter).number)
    qtbot.waitUntil(lambda: window._case._now().is_sound is True)


def test_a_case_that_is_gone_is_told_and_the_clerk_stays(window):
    window.open_case("2" * 20)
    assert "找不到" in said(window)
    assert window.current_name == "CounterRoom"


def test_the_idle_lock_keeps_what_was_typed(window, counter, qtbot):
    window.open_item(CERTIFICATE)
    window._intake.edit("applicant.name", "林小禾")
    window.lock()
    assert window.current_name == ""
    assert counter.desk.board().drafts[0].applicant == "林小禾"
    QTest.keyClicks(window._presence._login_room._password, PASSWORD)
    window._presence._login_room._button.click()
    qtbot.waitUntil(lambda: window.current_name == "IntakeRoom")
    assert window._intake.state.application.applicant.name == "林小禾"


def section(window, key):
    window.open_settings()
    return window._settings_room.section(key).presenter


def test_another_language_and_size_rebuild_the_window(window, counter, qtbot):
    section(window, "look").change(theme=Theme.DARK, text_percent=150, language=Language.ENGLISH, idle_minutes=5)
    qtbot.waitUntil(lambda: window.current_name == "SettingsRoom" and text.language() == "en")
    qtbot.wait(50)
    assert counter.preferences.read().text_percent == 150
    for room in (window.home, window.open_desk, window.open_settings):
        room()
    window.change_preferences(Preferences())
    qtbot.wait(50)


def test_what_rooms_still_wait_for_is_dropped_when_they_are_built_anew(window, counter, qtbot):
    window.open_case(accepted(counter, COMMITTED).number)
    window._case.begin("suspend")
    assert not window._runner.is_idle  # the paper is being drawn
    window._rebuild(CLERK)
    window.idle()
    assert window.current_name == "SettingsRoom"


def test_settings_check_the_journal_change_the_password_and_open_accounts(window, counter, qtbot):
    journal = section(window, "journal")
    press(Qt.Key.Key_F7)
    window._settings.choose("journal")
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
    press(Qt.Key.Key_3, ALT)
    typed("text size")
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget().text() == "100%"


def test_a_password_that_was_typed_in_the_settings_is_forgotten_on_leaving(window):
    window.open_settings()
    window._settings.choose("password")
    line = window._settings_room.section("password")._lines[0]
    line.setText("typed-2026")
    press(Qt.Key.Key_Escape)
    assert line.text() == ""
    assert window.current_name == "CounterRoom"


def test_what_nobody_foresaw_is_logged_whole_and_shown_short(window, caplog):
    window.report(ZeroDivisionError("a detail"))
    assert "意外" in said(window)
    assert "a detail" in caplog.text
    caplog.clear()


def png(colour):
    image = QImage(60, 80, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray if colour == "grey" else Qt.GlobalColor.white)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def test_the_board_follows_once_a_minute_what_happened_elsewhere(start, window, counter, qtbot):
    filled(counter)
    start.rooms._tick()
    start.rooms.idle()
    assert len(window._counter_presenter._state.board.drafts) == 1
    start.window.close()
    assert not start.rooms._minutes.isActive()


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
    start.rooms._tick()
    start.rooms.idle()
    assert "时钟有跳变" in strip()
    assert start.window.toast.isVisible()


def test_the_strip_says_that_a_template_of_the_counters_own_is_not_used(start, window):
    fault = DefinitionError("mandate.yaml", 27, "blocks[2]", "{scop} is no place of this kind of paper")
    window._counter = replace(window._counter, paper_faults=(fault,))
    window._show_status()
    signs = [sign for sign in start.window.findChildren(QLabel) if sign.text() == "文书模板有误"]
    assert len(signs) == 1
    assert "mandate.yaml:27" in signs[0].accessibleDescription()


def test_a_case_that_fell_silent_is_told_quietly_and_opens(window, counter, place, qtbot):
    draft = filled(counter, COMMITTED)
    case = counter.intake.receive(draft, counter.catalogue.item(COMMITTED), CLERK).case
    place.clock.set(place.clock.now() + timedelta(days=10))
    window._tick()
    toast = window._window.toast
    qtbot.waitUntil(toast.isVisible)
    assert "已视为受理" in toast._words.text()
    toast._act.click()
    assert window.current_name == "CaseRoom"
    assert window._case.state.file.case.number == case.number
    assert window._case.state.file.case.is_deemed


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
