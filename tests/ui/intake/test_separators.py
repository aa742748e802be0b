"""Stacks with separator sheets at the intake: pages go to their materials, in the window as in the store."""

import io

import numpy as np
import pytest

from app.capture.codes import codes_on
from app.domain.application import PageRemark, TakenHow
from app.domain.numbering import case_number
from app.domain.separators import CaseSeparator, MaterialSeparator, written
from app.services.errors import ScannerTrouble
from app.services.ports import Photo
from app.services.ports.page_cleaning import FoundCode
from app.services.ports.scanning import Feeding
from tests.fakes.cameras import LIES
from tests.fakes.cleaning import PlainCleaner, decoded
from tests.papers.samples import picture_of
from tests.support import CERTIFICATE, MONDAY, PERSON, filled
from tests.ui.intake.desk import Desk
from tests.ui.scans import with_scanner
from ui.scanning import LONGEST_WAIT_MS, LOOK_MS

A, B, C, D, BACK = b"sheet a", b"sheet b", b"sheet c", b"sheet d", b"blank back"
SECOND, STRANGE, OTHER_CASE = b"separator of the second material", b"separator of another item", b"of another case"


def pages(desk, material):
    return desk.state.handed_in(material).pages


def stored(desk, material):
    materials = desk.counter.intake.resume(desk.state.draft.draft_id)[0].application.materials
    return materials[material].pages


@pytest.fixture
def second(counter):
    """The code of another material than the one that is scanned into."""
    return next(one.code for one in counter.catalogue.item(CERTIFICATE).materials if one.code != "id_card")


@pytest.fixture
def laid(counter, second):
    """A desk with a draft, and a scanner that is laid with sheets, some of them separators."""
    codes = {
        SECOND: MaterialSeparator(CERTIFICATE, second),
        STRANGE: MaterialSeparator("another", "material"),
        OTHER_CASE: CaseSeparator(case_number(MONDAY.date(), "000731", 42)),
    }
    found = {sheet: ((), [FoundCode("QRCode", written(code))]) for sheet, code in codes.items()}
    found[BACK] = ([PageRemark.BLANK], [])

    def lay(*feeder, feeding=Feeding.FEEDER):
        desk = Desk(with_scanner(counter, *feeder, found=found))
        desk.counter.devices.keep(feeding=feeding)
        desk.presenter.resume(filled(counter).draft_id)
        desk.work()
        return desk

    return lay


def scan(desk, rounds=9):
    desk.presenter.attachments.scan("id_card")
    return look(desk, rounds)


def look(desk, rounds=9):
    for _ in range(rounds):
        desk.work()
        desk.scans.tick()
    return desk


def data_of(desk, material):
    """Return what the pages of a material were scanned as, in the sheet; the store has the same."""
    assert pages(desk, material) == stored(desk, material)
    with desk.counter.intake._store.read() as uow:
        return [uow.blobs.get(page.original) for page in pages(desk, material)]


def words(desk):
    return [went[1] for went in desk.navigator.went if went[0] == "notify"]


def test_pages_go_to_the_material_that_a_separator_names(laid, second):
    desk = scan(laid(A, SECOND, B, C))
    assert (data_of(desk, "id_card"), data_of(desk, second)) == ([A], [B, C])
    assert desk.state.handed_in(second).how is TakenHow.SCAN
    assert words(desk)[-1] == "已按分隔页分到 1 份材料"


def test_the_next_save_of_the_window_does_not_undo_the_sorting(laid, second):
    desk = scan(laid(A, SECOND, B))
    desk.edit("applicant.phone", "13805555271")
    desk.presenter.save_now()
    desk.presenter.resume(desk.state.draft.draft_id)
    assert (data_of(desk, "id_card"), data_of(desk, second)) == ([A], [B])


def test_sorting_can_be_undone_and_keeps_what_was_done_since(laid, second):
    desk = scan(laid(A, SECOND, B, C))
    undo = desk.navigator.went[-1][3]
    desk.presenter.attachments.turn(second, 0)
    desk.presenter.attachments.remove(second, 1)
    undo()
    assert (data_of(desk, "id_card"), data_of(desk, second)) == ([A, SECOND, B], [])
    assert pages(desk, "id_card")[2].turn == 90


def test_a_blank_back_goes_with_its_separator(laid, second):
    desk = scan(laid(A, BACK, SECOND, BACK + b" 2", B, C, feeding=Feeding.BOTH_SIDES))
    assert (data_of(desk, "id_card"), data_of(desk, second)) == ([A, BACK], [BACK + b" 2", B, C])
    desk = scan(laid(A, B, SECOND, BACK, C, D, feeding=Feeding.BOTH_SIDES))
    assert (data_of(desk, "id_card"), data_of(desk, second)) == ([A, B], [C, D])


def test_separators_that_name_nothing_here_are_told_and_move_nothing(laid):
    desk = scan(laid(A, STRANGE, B))
    assert data_of(desk, "id_card") == [A, STRANGE, B]
    assert words(desk) == ["有分隔页不是本事项的，后面的页没有动"]


def test_pages_of_another_case_go_to_the_stack_and_come_back(laid, second):
    desk = scan(laid(SECOND, A, OTHER_CASE, B))
    assert (data_of(desk, "id_card"), data_of(desk, second)) == ([], [A])
    assert words(desk)[-1] == "已按分隔页分到 1 份材料；2 页是别的办件的，放到“办件→扫一叠纸”里了"
    assert desk.counter.stacks.count() == 2
    desk.navigator.went[-1][3]()
    assert (data_of(desk, "id_card"), data_of(desk, second)) == ([SECOND, A, OTHER_CASE, B], [])
    assert desk.counter.stacks.count() == 0


def test_pages_that_left_the_stack_meanwhile_do_not_come_back(laid, second):
    desk = scan(laid(A, OTHER_CASE, B))
    assert words(desk)[-1] == "2 页是别的办件的，放到“办件→扫一叠纸”里了"
    desk.counter.form_drafts.drop("stack", "StackForm")
    desk.navigator.went[-1][3]()
    assert data_of(desk, "id_card") == [A]


def test_a_scan_that_goes_on_after_a_jam_goes_on_behind_the_last_separator(laid, second):
    desk = scan(laid(A, SECOND, B, ScannerTrouble.JAM, C))
    assert data_of(desk, "id_card") == [A, SECOND, B]
    scan(desk)
    assert (data_of(desk, "id_card"), data_of(desk, second)) == ([A], [B, C])


def test_a_stack_that_does_not_go_on_after_a_jam_is_sorted_as_it_is(laid, second):
    desk = scan(laid(A, SECOND, B, ScannerTrouble.JAM))
    desk.presenter.attachments.stop_scan()
    assert (data_of(desk, "id_card"), data_of(desk, second)) == ([A], [B])


def test_a_case_is_made_of_a_stack_that_broke_off_once_it_is_sorted(laid, second):
    desk = scan(laid(A, SECOND, B, ScannerTrouble.JAM))
    desk.presenter.accept()
    look(desk)
    case = desk.counter.desk.file(desk.navigator.went[-1][1]).case
    assert [len(case.materials[code].pages) for code in ("id_card", second)] == [1, 1]


def test_a_draft_that_was_left_meanwhile_is_sorted_once_it_lies_open_again(laid, second):
    desk = laid(A, SECOND, B)
    first = desk.state.draft.draft_id
    desk.presenter.attachments.scan("id_card")
    desk.begin(person=PERSON)
    look(desk)
    assert pages(desk, "id_card") == pages(desk, second) == ()
    desk.presenter.resume(first)
    assert (data_of(desk, "id_card"), data_of(desk, second)) == ([A], [B])


def test_what_the_program_ended_over_is_read_and_sorted_when_the_draft_is_opened_again(laid, counter, second):
    desk = scanned_but_not_read(laid(A, B, SECOND, BACK, C, feeding=Feeding.BOTH_SIDES))
    desk.presenter.save_now()
    later = Desk(desk.counter)
    later.presenter.resume(desk.state.draft.draft_id)
    look(later)
    assert (data_of(later, "id_card"), data_of(later, second)) == ([A, B], [C])


def test_a_stack_is_sorted_when_the_camera_is_closed(laid, second):
    desk = laid()
    desk.presenter.attachments.photograph("id_card")
    (camera,) = [went[1] for went in desk.navigator.went if went[0] == "open_camera"]
    for sheet in (A, SECOND, B):
        camera.kept(camera.keep(Photo(sheet, LIES)), None)
        look(desk)
    assert data_of(desk, "id_card") == [A, SECOND, B]
    camera.closed()
    assert (data_of(desk, "id_card"), data_of(desk, second)) == ([A], [B])


def scanned_but_not_read(desk):
    desk.presenter.attachments.scan("id_card")
    desk.runner.work()
    desk.scans.tick()
    return desk


def test_acceptance_waits_until_the_stack_is_sorted(laid, second):
    desk = scanned_but_not_read(laid(A, SECOND, B))
    desk.presenter.accept()
    look(desk)
    case = desk.counter.desk.file(desk.navigator.went[-1][1]).case
    assert [len(case.materials[code].pages) for code in ("id_card", second)] == [1, 1]


def test_a_form_that_took_the_draft_before_it_was_read_is_left_before_it_is_sorted(laid, second):
    desk = scanned_but_not_read(laid(A, SECOND, B))
    desk.presenter.ways_out.ask_supplement()
    for _ in range(LONGEST_WAIT_MS // LOOK_MS + 1):
        desk.scans.tick()
    look(desk)
    assert (desk.screen.shows_form, len(pages(desk, "id_card"))) == (True, 3)
    desk.presenter.leave()
    assert (data_of(desk, "id_card"), data_of(desk, second)) == ([A], [B])


def test_a_stack_without_separators_stays_as_it_is(laid):
    desk = scan(laid(A, B))
    assert (data_of(desk, "id_card"), words(desk)) == ([A, B], [])


def test_the_separator_sheet_of_a_material_is_opened_to_be_printed(laid, second):
    desk = laid()
    desk.presenter.attachments.print_separator(second)
    desk.work()
    name, pdf = desk.source.opened
    assert (name, pdf[:4]) == (f"{CERTIFICATE}-{second}", b"%PDF")


class ReadingCleaner(PlainCleaner):
    """Leaves pages as they are and really reads their codes."""

    def clean(self, data, *, colours=None, corners=None):
        self.codes = codes_on(np.asarray(decoded(data).convert("L")))
        return super().clean(data, colours=colours, corners=corners)


def test_printed_sheets_that_are_scanned_sort_what_lies_behind_them(counter, laid, second, sample_png):
    desk = laid()
    desk.presenter.attachments.print_separator(second)
    desk.work()
    sheet = io.BytesIO()
    picture_of(desk.source.opened[1], 150).save(sheet, "PNG")
    desk.counter.scanning._scanner.feeder = [sheet.getvalue(), sample_png]
    desk.counter.scanning._cleaner = ReadingCleaner()
    scan(desk)
    assert (data_of(desk, "id_card"), data_of(desk, second)) == ([], [sample_png])


def test_what_waits_for_clean_pages_to_be_received_is_sorted_first(laid, second):
    desk = laid(A, SECOND, B)
    desk.presenter.attachments.scan("id_card")
    desk.runner.work()  # scanned, and being cleaned
    desk.presenter.ways_out.only_receive()
    assert desk.state.is_busy
    for _ in range(8):
        desk.work()
        desk.scans.tick()
    went = next(went for went in desk.navigator.went if went[0] == "open_issue")
    materials = desk.counter.desk.file(went[1]).case.materials
    assert [len(materials[material].pages) for material in ("id_card", second)] == [1, 1]
