"""The work of a day in the window over a real counter: the field, intake, issue, the list, the page of a case."""

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.demonstration import CLERK
from app.domain.facts import CaseDelivered
from app.services.errors import BadAttachment, DiskFull
from tests.support import CERTIFICATE, COMMITTED, PERSON, accepted, filled
from tests.ui.hands import ALT, CTRL, press, said, typed
from tests.ui.opened import Folder


def test_the_field_has_the_focus_and_finds_by_initials(window, qtbot):
    typed("jzzm")
    qtbot.waitUntil(lambda: window.built.counter.has_found)
    press(Qt.Key.Key_Return)
    assert window.current_name == "IntakeRoom"


def test_enter_pressed_before_the_answer_takes_the_first_answer(window, qtbot):
    typed("jzzm")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current_name == "IntakeRoom")


def test_nothing_found_says_what_can_be_typed(window, qtbot):
    typed("qqqq")
    window.idle()
    assert not window.built.counter_room._results.isHidden()
    assert window.built.counter._state.is_searched
    press(Qt.Key.Key_Escape)
    assert window.built.counter._state.text == ""


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
    assert "公安" in window.built.counter._state.guide.competent
    press(Qt.Key.Key_Escape)
    assert window.built.counter._state.guide is None


def test_a_draft_is_saved_while_typing_and_found_on_the_board(window, counter, qtbot):
    window.open_item(CERTIFICATE)
    typed("Lin")
    qtbot.waitUntil(lambda: len(counter.desk.board().drafts) == 1)
    press(Qt.Key.Key_Escape)
    assert window.current_name == "CounterRoom"
    assert counter.desk.board().drafts[0].applicant == "Lin"
    press(Qt.Key.Key_Q, ALT)
    assert window.current_name == "IntakeRoom"
    assert window.built.intake.state.application.applicant.name == "Lin"


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
    window.built.intake.edit("applicant.name", "林")
    qtbot.waitUntil(lambda: len(window.built.intake.state.people) > 0)
    press(Qt.Key.Key_Down)
    assert window.built.intake.state.application.applicant == PERSON
    assert window.built.intake.state.earlier_cases == 1


def test_a_warning_is_passed_with_a_reason_beside_the_field(window, counter):
    window.open_draft(filled(counter).draft_id)
    window.built.intake.edit("applicant.id_number", "519900199203070328")
    window.built.intake.leave_field("applicant.id_number")
    assert [problem.code for problem in window.built.intake.state.problems] == ["check_digit"]
    press(Qt.Key.Key_Y, ALT)
    typed("checked")
    press(Qt.Key.Key_Return)
    assert window.built.intake.state.problems == ()


def test_a_full_disk_keeps_the_text_and_says_so(window, counter, monkeypatch):
    window.open_item(CERTIFICATE)
    monkeypatch.setattr(counter.intake, "save", lambda _draft, _seen: (_ for _ in ()).throw(DiskFull()))
    window.built.intake.edit("applicant.name", "林小禾")
    window.built.intake.save_now()
    assert "磁盘已满" in window.built.intake_room._save_notice._words.text()
    assert window.built.intake.state.application.applicant.name == "林小禾"
    window.built.intake.leave()
    assert window.current_name == "IntakeRoom"
    monkeypatch.undo()
    window.built.intake.save_now()
    assert counter.desk.board().drafts[0].applicant == "林小禾"


def test_pages_are_attached_moved_turned_and_removed_with_undo(window, counter, sample_png, qtbot):
    window.open_draft(filled(counter).draft_id)
    Folder.files = [sample_png, png("grey")]
    press(Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: window.built.intake.page_count == 2)
    pages = window.built.intake.state.handed_in("id_card").pages
    window.built.intake.attachments.move("id_card", 0, 1)
    window.built.intake.attachments.turn("id_card", 0)
    assert window.built.intake.state.handed_in("id_card").pages == (pages[1].turned(), pages[0])
    window.built.intake.attachments.remove("id_card", 0)
    assert window.built.intake.page_count == 1
    window._window.toast._fire()
    assert window.built.intake.page_count == 2
    window.built.intake.attachments.zoom("id_card", 0)
    qtbot.waitUntil(lambda: not window.built.intake_room._zoom.isHidden())
    press(Qt.Key.Key_Escape)
    assert window.built.intake_room._zoom.isHidden()
    assert window.current_name == "IntakeRoom"


def test_pages_that_were_still_being_read_stay_with_the_draft_that_was_left(window, counter, sample_png, qtbot):
    first, second = filled(counter), filled(counter, COMMITTED)
    window.open_draft(first.draft_id)
    window.built.intake.edit("applicant.name", "typed before")
    Folder.files = [sample_png]
    press(Qt.Key.Key_F4)
    window.built.intake.edit("applicant.name", "typed after")
    window.built.intake.save_now()
    window.open_draft(second.draft_id)
    window.idle()
    assert window.built.intake.page_count == 0
    kept = counter.intake.resume(first.draft_id)[0].application
    assert kept.applicant.name == "typed after"
    assert len(kept.materials["id_card"].pages) == 1


def test_a_hostile_file_costs_a_sentence(window, counter, qtbot):
    window.open_draft(filled(counter).draft_id)
    Folder.files = [b"%PDF-1.7 nothing of the kind"]
    press(Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: bool(said(window)))
    assert "打不开" in said(window)
    assert window.built.intake.page_count == 0


def test_a_file_that_cannot_be_read_costs_a_sentence(window, counter):
    window.open_draft(filled(counter).draft_id)
    window.built.intake.attachments.drop("id_card", lambda: (_ for _ in ()).throw(BadAttachment("size", 20)))
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
    qtbot.waitUntil(lambda: window.built.issue.state.step == "deliver")
    press(Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: window.built.issue.state.step == "next")
    window.idle()
    press(Qt.Key.Key_F9)
    assert window.current_name == "CounterRoom"
    assert counter.desk.counts().done == 1


def test_a_draft_that_cannot_be_thrown_away_or_kept_is_not_left(window, counter, monkeypatch):
    def full(_draft, _seen=None):
        raise DiskFull

    window.open_draft(filled(counter).draft_id)
    monkeypatch.setattr(counter.intake, "discard", full)
    press(Qt.Key.Key_Delete, CTRL)
    assert "已满" in said(window)
    press(Qt.Key.Key_Escape)
    monkeypatch.setattr(counter.intake, "save", full)
    window.built.intake.edit("applicant.phone", "13805555012")
    press(Qt.Key.Key_2, ALT)
    assert window.current_name == "IntakeRoom"
    monkeypatch.undo()
    press(Qt.Key.Key_2, ALT)
    assert window.current_name == "DeskRoom"


def test_a_collector_with_another_document_is_doubted_once_and_then_served(window, counter, qtbot):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    window.open_issue(case.number)
    window.built.issue.choose_collector(in_person=False)
    window.built.issue.edit_collector("罗守田", "e12345678")
    press(Qt.Key.Key_F11)
    assert "再按一次" in window.built.issue.state.collector_problem
    press(Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: window.built.issue.state.step == "next")
    assert delivery_of(counter, case).id_number == "E12345678"


def delivery_of(counter, case):
    """Return the fact; the paper about it is drawn beside the window and may stand behind it already."""
    (fact,) = (event.fact for event in counter.desk.file(case.number).events if isinstance(event.fact, CaseDelivered))
    return fact


def test_another_collector_is_named_without_a_mouse(window, counter, qtbot):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    window.open_issue(case.number)
    press(Qt.Key.Key_F7)
    typed("Luo")
    press(Qt.Key.Key_Return)
    typed("519900198811120043")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: window.built.issue.state.step == "next")
    fact = delivery_of(counter, case)
    assert (fact.collected_by, fact.id_number) == ("Luo", "519900198811120043")


def test_another_collector_needs_a_name_and_a_number_that_checks(window, counter, qtbot):
    case = accepted(counter)
    counter.issuance.issue(case.number, CLERK)
    window.open_issue(case.number)
    window.built.issue.choose_collector(in_person=False)
    press(Qt.Key.Key_F11)
    assert window.built.issue.state.collector_problem
    window.built.issue.edit_collector("罗守田", "519900198811120043")
    press(Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: window.built.issue.state.step == "next")
    fact = delivery_of(counter, case)
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
    desk = window.built.desk
    window.idle()
    assert desk.state.count == 2
    desk.choose_scope("to_deliver")
    window.idle()
    assert desk.state.count == 1
    desk.choose_scope("all")
    desk.choose_item(COMMITTED)
    window.idle()
    assert desk.state.count == 1
    desk.search("王")
    window.idle()
    assert desk.state.count == 0
    assert not window.built.desk_room._empty.isHidden()
    press(Qt.Key.Key_Escape)
    window.idle()
    assert desk.state.count == 2


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
    qtbot.waitUntil(lambda: window.built.case._now().revealed is not None)
    assert type(counter.desk.file(case.number).events[-1].fact).__name__ == "PersonalDataShown"
    press(Qt.Key.Key_Escape)
    assert window.built.case._now().revealed is None


def test_the_page_of_a_case_checks_its_entries(window, counter, qtbot):
    window.open_case(accepted(counter).number)
    qtbot.waitUntil(lambda: window.built.case._now().is_sound is True)


def test_a_case_that_is_gone_is_told_and_the_clerk_stays(window):
    window.open_case("2" * 20)
    assert "找不到" in said(window)
    assert window.current_name == "CounterRoom"


def png(colour):
    image = QImage(60, 80, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray if colour == "grey" else Qt.GlobalColor.white)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())
