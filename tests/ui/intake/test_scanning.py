"""The intake with a scanner: pages come into the material, the form can be typed meanwhile, and nothing is lost."""

import pytest

from app.demonstration import CLERK
from app.domain.application import PageRemark, TakenHow
from app.services.errors import NotFound, ScannerTrouble
from app.services.kept_pages import PagePlace
from app.services.ports import Photo
from app.services.ports.scanning import Feeding, ScannedPage
from tests.fakes.cameras import LIES
from tests.support import PERSON, filled
from tests.ui.intake.desk import Desk
from tests.ui.scans import with_scanner
from ui.page_state import Look
from ui.scanning import LONGEST_WAIT_MS, LOOK_MS

FIRST, SECOND, THIRD = b"first sheet", b"second sheet", b"third sheet"


@pytest.fixture
def laid(counter):
    """A desk with a draft, and a scanner that is laid with sheets."""

    def lay(*feeder, **parts):
        desk = Desk(with_scanner(counter, *feeder, **parts))
        desk.counter.devices.keep(feeding=Feeding.FEEDER)
        desk.presenter.resume(filled(counter).draft_id)
        desk.work()
        return desk

    return lay


def look(desk, rounds=6):
    for _ in range(rounds):
        desk.work()
        desk.scans.tick()
    return desk


def pages(desk, material="id_card"):
    return desk.state.handed_in(material).pages


def stored(desk):
    return desk.counter.intake.resume(desk.state.draft.draft_id)[0].application.materials["id_card"].pages


def test_pages_come_into_the_material_while_the_form_is_typed(laid):
    desk = laid(FIRST, SECOND)
    desk.presenter.attachments.scan("id_card")
    assert (desk.state.pages.scan.is_running, desk.state.pages.scan.page) == (True, 1)
    desk.edit("applicant.phone", "13805555271")
    look(desk)
    desk.presenter.save_now()
    assert (len(pages(desk)), desk.state.handed_in("id_card").how) == (2, TakenHow.SCAN)
    assert stored(desk) == pages(desk)
    assert all(page.original for page in pages(desk))
    assert desk.application.applicant.phone == "13805555271"


def test_a_page_that_came_in_between_is_shown_by_the_next_save(laid):
    desk = laid(FIRST)
    desk.presenter.attachments.scan("id_card")
    desk.runner.work()  # the page is in the store; the window has not looked yet
    desk.edit("applicant.phone", "13805555271")
    desk.presenter.save_now()
    assert len(pages(desk)) == 1 == len(stored(desk))
    assert len(pages(look(desk))) == 1


def test_equal_sheets_stay_as_many_pages_as_there_are_in_window_store_and_case(laid):
    desk = laid(FIRST, FIRST)
    desk.presenter.attachments.scan("id_card")
    look(desk)
    desk.presenter.save_now()
    assert (len(pages(desk)), len({page.digest for page in pages(desk)})) == (2, 1)
    assert stored(desk) == pages(desk)
    desk.presenter.attachments.remove("id_card", 0)
    desk.counter.scanning._scanner.feeder = [FIRST]
    desk.presenter.attachments.scan("id_card")
    look(desk)
    desk.presenter.save_now()
    assert (len(pages(desk)), stored(desk)) == (2, pages(desk))
    desk.presenter.accept()
    look(desk)
    case = desk.counter.desk.file(desk.navigator.went[-1][1]).case
    assert len(case.materials["id_card"].pages) == 2
    assert not any(page.mark or page.original for page in case.materials["id_card"].pages)


def test_pages_come_into_a_draft_that_was_left_for_another(laid):
    desk = laid(FIRST, SECOND)
    first = desk.state.draft.draft_id
    desk.presenter.attachments.scan("id_card")
    desk.begin(person=PERSON)
    look(desk)
    assert pages(desk) == ()
    desk.presenter.resume(first)
    assert (len(pages(desk)), all(page.original for page in pages(desk))) == (2, True)


def test_a_jam_is_shown_at_its_material_and_scanning_again_goes_on(laid):
    desk = laid(FIRST, ScannerTrouble.JAM, SECOND)
    desk.presenter.attachments.scan("id_card")
    look(desk)
    assert (desk.state.pages.scan.error.trouble, len(pages(desk))) == (ScannerTrouble.JAM, 1)
    desk.presenter.attachments.scan("id_card")
    assert desk.state.pages.scan.error is None
    assert len(pages(look(desk))) == 2


def test_nothing_that_ends_the_draft_is_done_while_pages_still_come(laid):
    desk = laid(FIRST)
    desk.presenter.attachments.scan("id_card")
    desk.presenter.accept()
    desk.presenter.ways_out.only_receive()
    assert [words for words, *_rest in (went[1:] for went in desk.navigator.went)] == ["还在扫描，扫完再办这一步"] * 2
    look(desk)
    desk.presenter.accept()
    desk.work()
    assert desk.navigator.went[-1][0] == "open_issue"


def test_discarding_a_draft_stops_its_scan_without_a_word(laid):
    desk = laid(FIRST, SECOND)
    desk.presenter.attachments.scan("id_card")
    desk.presenter.discard()
    look(desk)
    assert (desk.navigator.errors, desk.scans.is_running) == ([], False)


def test_only_one_scan_runs_at_a_time(laid):
    desk = laid(FIRST)
    desk.presenter.attachments.scan("id_card")
    desk.presenter.attachments.scan("residence_proof")
    assert desk.navigator.went[-1] == ("notify", "正在扫描，扫完再扫下一份")


def test_a_practice_draft_is_not_scanned_into(laid):
    desk = laid(FIRST)
    desk.session.practising = True
    desk.begin()
    desk.presenter.attachments.scan("id_card")
    assert desk.counter.scanning._scanner.wishes == []


def test_how_it_is_scanned_is_chosen_once(laid):
    desk = laid(FIRST)
    desk.presenter.attachments.show_settings()
    desk.presenter.attachments.set_scanning("dpi", 200)
    assert desk.state.pages.settings.dpi == 200
    desk.presenter.attachments.show_settings()
    desk.presenter.attachments.scan("id_card")
    look(desk)
    assert (desk.state.pages.settings, desk.counter.scanning._scanner.wishes[0].dpi) == (None, 200)


def test_a_page_looked_at_closely_can_be_kept_as_it_came_and_cleaned_anew(laid):
    desk = laid(FIRST, SECOND, found={SECOND: ({PageRemark.BLANK}, ())})
    attachments = desk.presenter.attachments
    attachments.scan("id_card")
    look(desk)
    attachments.zoom("id_card", 0)
    attachments.zoom_beside(1)
    zoomed = desk.state.pages.zoomed
    assert (zoomed.index, zoomed.count, desk.state.pages.remarks_of(zoomed.page)) == (1, 2, "空白")
    assert desk.state.pages.look_of(zoomed.page) is Look.AUTOMATIC
    for chosen in (Look.ORIGINAL, Look.BLACK_AND_WHITE):
        attachments.choose_look(chosen)
        assert desk.state.pages.zoomed.is_busy
        look(desk)
        assert desk.state.pages.look_of(desk.state.pages.zoomed.page) is chosen
        assert desk.state.pages.zoomed.page == pages(desk)[1] == stored(desk)[1]
    assert attachments.close_zoom()
    assert not attachments.close_zoom()


def test_what_was_remarked_and_chosen_is_known_again_when_the_draft_is_opened_by_another_window(laid, counter):
    desk = laid(FIRST, found={FIRST: ({PageRemark.BLURRED}, ())})
    desk.presenter.attachments.scan("id_card")
    look(desk)
    desk.presenter.attachments.zoom("id_card", 0)
    desk.presenter.attachments.choose_look(Look.GREY)
    look(desk)
    desk.presenter.save_now()
    later = Desk(counter)
    later.presenter.resume(desk.state.draft.draft_id)
    page = pages(later)[0]
    assert (later.state.pages.remarks_of(page), later.state.pages.look_of(page)) == ("模糊", Look.GREY)


@pytest.mark.parametrize(("chosen", "is_made"), [(Look.GREY, FIRST + b" clean grey"), (Look.ORIGINAL, FIRST)])
def test_a_case_is_made_when_a_page_is_as_the_clerk_wanted_it(laid, chosen, is_made):
    desk = laid(FIRST)
    desk.presenter.attachments.scan("id_card")
    look(desk)
    desk.presenter.attachments.zoom("id_card", 0)
    desk.presenter.attachments.choose_look(chosen)
    desk.presenter.accept()
    assert (desk.navigator.went[-1][1], desk.state.is_busy) == ("整理中…", True)
    look(desk)
    (page,) = desk.counter.desk.file(desk.navigator.went[-1][1]).case.materials["id_card"].pages
    with desk.counter.intake._store.read() as uow:
        assert uow.blobs.get(page.digest) == is_made


@pytest.mark.parametrize("chosen", [Look.GREY, Look.ORIGINAL])
def test_another_look_can_be_chosen_after_one_that_failed(laid, monkeypatch, chosen):
    desk = laid(FIRST)
    attachments = desk.presenter.attachments
    attachments.scan("id_card")
    look(desk)
    attachments.zoom("id_card", 0)
    with monkeypatch.context() as broken:
        for act in ("clean", "take_original"):
            broken.setattr(type(desk.counter.scanning), act, lambda *_args, **_wishes: 1 / 0)
        attachments.choose_look(chosen)
        assert desk.state.pages.zoomed.is_busy
        desk.work()
    assert not desk.state.pages.zoomed.is_busy
    assert [error for error in desk.navigator.errors if isinstance(error, ZeroDivisionError)]
    attachments.choose_look(Look.COLOUR)
    look(desk)
    assert desk.state.pages.look_of(pages(desk)[0]) is Look.COLOUR


def test_the_page_looked_at_can_be_turned_scanned_anew_and_removed(laid):
    desk = laid(FIRST, SECOND)
    attachments = desk.presenter.attachments
    attachments.scan("id_card")
    look(desk)
    attachments.zoom("id_card", 1)
    attachments.turn_zoomed()
    assert (desk.state.pages.zoomed.page.turn, pages(desk)[1].turn) == (90, 90)
    desk.counter.scanning._scanner.feeder = [THIRD]
    attachments.scan_again()
    before = pages(desk)
    look(desk)
    assert (pages(desk)[0], len(pages(desk)), pages(desk)[1] in before) == (before[0], 2, False)
    attachments.zoom("id_card", 0)
    attachments.remove_zoomed()
    assert (len(pages(desk)), desk.state.pages.zoomed.count) == (1, 1)
    desk.undo()
    assert pages(desk)[0] == before[0]
    for _ in range(2):
        attachments.zoom("id_card", 0)
        attachments.remove_zoomed()
    assert (pages(desk), desk.state.pages.zoomed) == ((), None)


def test_a_clerk_says_to_have_seen_originals_one_by_one_and_all_at_once(laid):
    desk = laid()
    attachments = desk.presenter.attachments
    attachments.check("id_card")
    seen = desk.state.handed_in("id_card")
    assert (seen.checked_by, desk.state.pages.checked_words(seen)[:10]) == (CLERK.login, "已核对原件·何长宁 ")
    attachments.check_all()
    assert all(handed_in.is_checked for handed_in in desk.application.materials.values())
    desk.undo()
    assert [code for code, one in desk.application.materials.items() if one.is_checked] == ["id_card"]
    attachments.check("id_card")
    assert not desk.state.handed_in("id_card").is_checked


def test_an_original_that_is_not_there_cannot_be_checked(laid):
    desk = laid()
    desk.presenter.checklist.toggle("id_card")
    desk.presenter.attachments.check("id_card")
    assert not desk.state.handed_in("id_card").is_checked


def test_a_page_of_the_document_camera_is_kept_at_once_shown_and_cleaned(laid):
    desk = laid()
    desk.presenter.attachments.photograph("id_card")
    (place,) = [values[0] for name, *values in desk.navigator.went if name == "open_camera"]
    assert place.name == "有效身份证件"
    page = place.keep(Photo(b"\xff\xd8 photo", LIES))
    assert stored(desk) == (page,)
    place.kept(page, LIES)
    look(desk)
    assert [one.original for one in pages(desk)] == [page.digest]
    assert desk.counter.scanning._cleaner.asked[-1] == (b"\xff\xd8 photo", None, LIES)
    assert desk.state.handed_in("id_card").how is TakenHow.SCAN


def test_bringing_a_removed_page_back_keeps_those_that_came_meanwhile(laid):
    desk = laid(FIRST, ScannerTrouble.JAM, SECOND)
    desk.presenter.attachments.scan("id_card")
    first = pages(look(desk))[0]
    desk.presenter.attachments.remove("id_card", 0)
    undo = desk.navigator.went[-1][-1]
    desk.presenter.attachments.scan("id_card")
    second = pages(look(desk))[0]
    undo()
    desk.presenter.save_now()
    assert pages(desk) == (first, second) == stored(desk)


def test_a_page_that_is_cleaned_while_the_case_is_made_does_not_bring_the_draft_back(laid):
    desk = laid(FIRST)
    desk.presenter.attachments.scan("id_card")
    look(desk)
    draft_id = desk.state.draft.draft_id
    desk.presenter.accept()
    desk.counter.intake.accept(desk.state.draft, desk.state.item, CLERK)  # beside the window: it is not told yet
    desk.presenter.attachments.turn("id_card", 0)
    desk.presenter.save_now()
    with pytest.raises(NotFound):
        desk.counter.intake.resume(draft_id)


def scanned(desk):
    """Scan a page; its cleaning has begun."""
    desk.presenter.attachments.scan("id_card")
    desk.runner.work()
    assert desk.scans.is_cleaning({desk.state.draft.draft_id})


@pytest.mark.parametrize("end", ["accept", "only_receive"])
def test_a_case_is_made_when_its_pages_are_clean(laid, end):
    desk = laid(FIRST)
    scanned(desk)
    getattr(desk.presenter if end == "accept" else desk.presenter.ways_out, end)()
    assert (desk.navigator.went[-1][1], desk.state.is_busy) == ("整理中…", True)
    look(desk)
    case = desk.counter.desk.file(desk.navigator.went[-1][1]).case
    with desk.counter.intake._store.read() as uow:
        assert uow.blobs.get(case.materials["id_card"].pages[0].digest).startswith(FIRST + b" clean")


def test_pages_that_are_not_cleaned_in_time_hold_nothing_up(laid):
    desk = laid(FIRST)
    scanned(desk)
    desk.presenter.accept()
    cleaning, desk.runner._waiting = desk.runner._waiting, []
    desk.scans.tick()
    assert desk.state.is_busy
    desk.work()
    for _ in range(LONGEST_WAIT_MS // LOOK_MS + 1):
        desk.scans.tick()
    desk.work()
    assert desk.navigator.went[-1][0] == "open_issue"
    desk.runner._waiting = cleaning
    desk.work()


def test_waiting_for_clean_pages_ends_quietly_with_another_draft(laid):
    desk = laid(FIRST)
    scanned(desk)
    draft_id = desk.state.draft.draft_id
    desk.presenter.accept()
    desk.begin(person=PERSON)
    look(desk)
    assert not desk.state.is_busy
    assert desk.counter.intake.resume(draft_id)


def test_a_form_of_the_intake_waits_for_the_pages_of_its_draft(laid):
    desk = laid(FIRST)
    scanned(desk)
    desk.presenter.ways_out.enter_late()
    forms = desk.presenter.ways_out.forms
    assert (desk.state.is_busy, forms.is_open) == (True, False)
    look(desk)
    assert (desk.state.is_busy, forms.is_open) == (False, True)
    place = PagePlace("id_card", draft=desk.state.draft.draft_id)
    desk.scans.came(place, desk.counter.scanning.keep(place, ScannedPage(SECOND, "image/jpeg", 0)))
    forms.pages.when_clean(lambda: desk.navigator.notify("done"), desk.state.draft.draft_id)
    assert forms.state.is_busy
    look(desk)
    assert (desk.navigator.went[-1][1], forms.state.is_busy) == ("done", False)


def test_a_draft_that_is_discarded_while_a_file_is_read_stays_away(laid, sample_png):
    desk = laid()
    draft_id = desk.state.draft.draft_id
    desk.presenter.attachments.drop("id_card", lambda: [sample_png])
    desk.presenter.discard()
    desk.work()
    with pytest.raises(NotFound):
        desk.counter.intake.resume(draft_id)


def test_a_file_that_is_the_first_thing_of_a_draft_is_kept(laid, sample_png):
    desk = laid()
    desk.begin()
    desk.presenter.attachments.drop("id_card", lambda: [sample_png])
    desk.work()
    assert len(stored(desk)) == len(pages(desk)) == 1


def test_a_case_is_not_made_while_a_file_is_still_read(laid, sample_png):
    desk = laid(FIRST)
    desk.presenter.attachments.drop("id_card", lambda: [sample_png])
    desk.presenter.accept()
    assert (desk.navigator.went[-1][1], desk.state.is_busy) == ("正在读取…", False)
    desk.work()
    desk.presenter.accept()
    desk.work()
    assert desk.navigator.went[-1][0] == "open_issue"


def test_what_is_taken_back_is_not_checked_any_more(laid):
    desk = laid()
    desk.presenter.attachments.check("id_card")
    desk.presenter.checklist.toggle("id_card")
    desk.presenter.checklist.toggle("id_card")
    handed_in = desk.state.handed_in("id_card")
    assert (handed_in.is_there, handed_in.is_checked) == (True, False)


def test_a_scanner_that_is_chosen_while_the_choices_lie_open_is_taken(laid):
    desk = laid(FIRST)
    desk.presenter.attachments.show_settings()
    desk.counter.devices.keep(scanner="escl:elsewhere")
    desk.presenter.attachments.scan("id_card")
    assert desk.scans.scan.wish.scanner == "escl:elsewhere"
