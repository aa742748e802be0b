"""What the page of a case decides, without Qt."""

import pytest

from app.demonstration import CLERK
from app.domain.case import CaseState
from app.domain.people import Person
from app.services.errors import DiskFull, ImageElsewhere, NotFound, StoreBusy
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.printing.counters import choose, with_printers
from tests.support import COMMITTED, PERSON, accepted, accepted_with_page
from tests.ui.scans import scans_of
from ui.case.act_kinds import CaseAct
from ui.case.presenter import CasePresenter
from ui.case.state import Part
from ui.navigation import Session
from ui.surroundings import Surroundings

OTHER = Person("王小明", "519900198811120043", "13805550126", "云溪镇石桥村2组9号")


class Place:
    """The place of a form, which keeps where the cursor was put."""

    paper_width_px = 300

    def __init__(self):
        self.focused = []

    def focus_first(self):
        self.focused.append("")

    def render(self, state):
        self.state = state

    def focus_place(self, place):
        self.focused.append(place)

    def draw_soon(self):
        pass


class Page:
    """A screen that keeps what it was told to show."""

    def __init__(self):
        self.form_view = Place()

    def render(self, state):
        self.state = state


class Outlet:
    """Keeps what left the window."""

    def __init__(self):
        self.copied, self.opened, self.target, self.files = "", [], None, []
        self.source = None

    def copy(self, text):
        self.copied = text

    def open_paper(self, name, pdf):
        self.opened.append((name, pdf))

    def choose_target(self, name, kinds):
        return self.target

    def choose_source(self, kinds):
        return self.source

    def choose_pages(self):
        return self.files

    def pasted_pages(self):
        return self.files


class Opened:
    """A presenter with all that it talks to."""

    def __init__(self, counter):
        self.counter = counter
        self.runner, self.navigator = PatientRunner(), WrittenNavigator()
        self.page, self.outlet = Page(), Outlet()
        self.scans = scans_of(counter, self.runner, self.navigator)
        self.presenter = CasePresenter(
            Surroundings(counter, Session(CLERK), self.runner, self.navigator), self.page, self.outlet, self.scans
        )

    @property
    def state(self):
        return self.page.state

    def open(self, case):
        self.presenter.open(case.number)
        self.runner.work()


@pytest.fixture
def opened(counter):
    return Opened(counter)


def looks(counter, number):
    return sum(type(event.fact).__name__ == "PersonalDataShown" for event in counter.desk.file(number).events)


def broken(error):
    def fail(*_values):
        raise error

    return fail


def test_the_entries_of_a_case_are_checked_beside_the_window(counter, opened):
    case = accepted(counter)
    opened.presenter.open(case.number)
    assert (opened.state.is_checking, opened.state.is_sound) == (True, None)
    opened.runner.work()
    assert (opened.state.is_checking, opened.state.is_sound) == (False, True)


def test_a_check_that_cannot_be_done_is_told_and_proves_nothing(counter, opened, monkeypatch):
    case = accepted(counter)
    monkeypatch.setattr(counter.ledger, "is_sound", broken(StoreBusy()))
    opened.open(case)
    assert (opened.state.is_checking, opened.state.is_sound) == (False, None)
    assert isinstance(opened.navigator.errors[0], StoreBusy)


def test_an_answer_for_the_case_before_is_dropped(counter, opened, monkeypatch):
    first, second = accepted(counter), accepted(counter, COMMITTED, OTHER)
    sound = {first.number: False, second.number: True}
    monkeypatch.setattr(counter.ledger, "is_sound", sound.get)
    opened.presenter.open(first.number)
    late = opened.runner
    opened.presenter.open(second.number)
    late.work()
    assert opened.state.is_sound is True


def test_personal_data_that_comes_late_is_never_shown_on_another_case(counter, opened):
    first, second = accepted(counter), accepted(counter, COMMITTED, OTHER)
    opened.open(first)
    opened.presenter.reveal()
    opened.presenter.open(second.number)
    opened.runner.work()
    assert opened.state.file.case.number == second.number
    assert opened.state.revealed is None


def test_personal_data_that_comes_after_the_clerk_has_left_stays_masked(counter, opened):
    opened.open(accepted(counter))
    opened.presenter.reveal()
    opened.presenter.hide()
    opened.runner.work()
    assert opened.state.revealed is None


def test_asking_twice_for_personal_data_is_recorded_once(counter, opened):
    case = accepted(counter)
    opened.open(case)
    opened.presenter.reveal()
    opened.presenter.reveal()
    opened.runner.work()
    assert opened.state.revealed.applicant == case.applicant
    assert looks(counter, case.number) == 1
    assert type(opened.state.file.events[-1].fact).__name__ == "PersonalDataShown"


def test_asking_again_masks_without_another_record(counter, opened):
    case = accepted(counter)
    opened.open(case)
    opened.presenter.reveal()
    opened.runner.work()
    opened.presenter.reveal()
    assert opened.state.revealed is None
    assert looks(counter, case.number) == 1


def test_what_cannot_be_recorded_is_not_shown_and_can_be_asked_for_again(counter, opened, monkeypatch):
    opened.open(accepted(counter))
    monkeypatch.setattr(counter.desk, "reveal", broken(DiskFull()))
    opened.presenter.reveal()
    opened.runner.work()
    assert opened.state.revealed is None
    assert isinstance(opened.navigator.errors[0], DiskFull)
    monkeypatch.undo()
    opened.presenter.reveal()
    opened.runner.work()
    assert opened.state.revealed is not None


def test_leaving_masks_personal_data(counter, opened):
    opened.open(accepted(counter))
    opened.presenter.reveal()
    opened.runner.work()
    opened.presenter.leave()
    assert opened.state.revealed is None
    assert opened.navigator.went == [("back",)]


def test_a_case_that_is_gone_leaves_the_one_before_open(counter, opened):
    case = accepted(counter)
    opened.open(case)
    with pytest.raises(NotFound):
        opened.presenter.open("2" * 20)
    assert opened.state.file.case.number == case.number


def test_the_number_is_copied_whole(counter, opened):
    case = accepted(counter)
    opened.open(case)
    opened.presenter.copy_number()
    assert opened.outlet.copied == case.number


def test_an_immediate_case_is_finished_at_the_window(counter, opened):
    case = accepted(counter)
    opened.open(case)
    assert opened.state.acts.primary is CaseAct.ISSUE
    opened.presenter.begin(CaseAct.ISSUE)
    assert opened.navigator.went == [("open_issue", case.number)]


def test_an_act_that_is_not_possible_says_why_and_opens_nothing(counter, opened):
    opened.open(accepted(counter, COMMITTED))
    opened.presenter.begin(CaseAct.ARCHIVE)
    assert opened.navigator.went == [("notify", "归档：办结以后才能归档")]
    assert opened.state.part is Part.PAGE


def test_review_begins_at_once_and_the_page_follows(counter, opened):
    case = accepted(counter, COMMITTED)
    opened.open(case)
    opened.presenter.begin(CaseAct.START_REVIEW)
    opened.runner.work()
    assert opened.state.file.case.state is CaseState.REVIEW
    assert opened.state.acts.primary is CaseAct.DECIDE


def test_correcting_shows_personal_data_and_that_is_recorded(counter, opened):
    case = accepted(counter, COMMITTED)
    opened.open(case)
    opened.presenter.begin(CaseAct.CORRECT)
    opened.runner.work()
    assert opened.presenter.forms.state.filled.value("applicant.id_number") == PERSON.id_number
    assert looks(counter, case.number) == 1


def test_pages_come_as_thumbnails_and_one_of_them_large(counter, opened, sample_png):
    case = accepted_with_page(counter, sample_png)
    page = case.materials["id_card"].pages[0]
    opened.open(case)
    assert opened.state.thumbnails[page].startswith(b"\x89PNG")
    opened.presenter.zoom(page)
    opened.runner.work()
    assert len(opened.state.zoomed) > 0
    opened.presenter.leave()
    assert opened.state.zoomed == b""
    assert opened.navigator.went == []


def test_a_page_that_cannot_be_read_is_told_and_the_rest_is_shown(counter, opened, sample_png, monkeypatch):
    case = accepted_with_page(counter, sample_png)
    monkeypatch.setattr(counter.pages, "picture", broken(NotFound("page")))
    opened.open(case)
    assert isinstance(opened.navigator.errors[0], NotFound)
    assert opened.state.is_sound is True


def test_a_paper_is_opened_and_saved(counter, opened, tmp_path):
    opened.open(accepted(counter))
    paper = opened.state.file.papers[0]
    opened.presenter.open_paper(paper)
    opened.runner.work()
    opened.outlet.target = tmp_path / "paper.pdf"
    opened.presenter.save_paper(paper)
    opened.runner.work()
    assert opened.outlet.opened == [(paper.number, opened.outlet.target.read_bytes())]


def test_a_paper_that_is_saved_nowhere_costs_nothing(counter, opened):
    opened.open(accepted(counter))
    opened.presenter.save_paper(opened.state.file.papers[0])
    opened.runner.work()
    assert opened.navigator.went == []


def test_a_paper_that_cannot_be_written_is_told(counter, opened, tmp_path):
    opened.open(accepted(counter))
    opened.outlet.target = tmp_path / "no such folder" / "paper.pdf"
    opened.presenter.save_paper(opened.state.file.papers[0])
    opened.runner.work()
    assert len(opened.navigator.errors) == 1
    assert opened.navigator.went == []


def test_the_pages_of_a_material_are_opened_and_saved_as_one_document(counter, opened, sample_png, tmp_path):
    opened.open(accepted_with_page(counter, sample_png))
    opened.presenter.documents.open("id_card")
    opened.outlet.target = tmp_path / "material.pdf"
    opened.presenter.documents.save("id_card")
    opened.runner.work()
    (name, pdf), saved = opened.outlet.opened[0], opened.outlet.target.read_bytes()
    assert (name, saved == pdf) == (f"{opened.state.file.case.number}-id_card", True)
    assert pdf.startswith(b"%PDF")
    assert opened.navigator.went == [("notify", "已保存")]


def test_a_material_whose_pages_are_at_the_centre_alone_is_told(counter, opened, sample_png, monkeypatch):
    opened.open(accepted_with_page(counter, sample_png))
    monkeypatch.setattr(counter.images, "get", broken(ImageElsewhere("0" * 64)))
    opened.presenter.documents.open("id_card")
    opened.runner.work()
    assert (opened.outlet.opened, [type(error) for error in opened.navigator.errors]) == ([], [ImageElsewhere])


def test_a_document_that_is_saved_nowhere_is_not_made(counter, opened, sample_png):
    opened.open(accepted_with_page(counter, sample_png))
    opened.presenter.documents.save("id_card")
    opened.runner.work()
    assert opened.navigator.went == []


def test_the_separator_sheet_of_the_case_goes_to_the_printer_that_was_chosen(counter):
    office = with_printers(counter)
    choose(office)
    opened = Opened(office)
    opened.open(accepted(office, COMMITTED))
    opened.presenter.print_separator()
    opened.runner.work()
    assert opened.outlet.opened == []
    assert len(office.printing.printers.jobs) == 1


def test_the_separator_sheet_of_the_case_is_opened_to_be_printed(counter, opened):
    case = accepted(counter)
    opened.open(case)
    opened.presenter.print_separator()
    opened.runner.work()
    ((name, pdf),) = opened.outlet.opened
    assert (name, pdf[:4]) == (f"{case.number}-separator", b"%PDF")
