"""Which step of the guided first case is shown, without Qt."""

import pytest

from app.demonstration import CLERK
from tests.support import CERTIFICATE
from tests.ui.intake.desk import Desk
from ui.coaching.presenter import CoachPresenter
from ui.coaching.steps import steps
from ui.navigation import Session


class Bar:
    def render(self, state):
        self.state = state


class Guided:
    """Rooms that hold one intake."""

    current_name = "CounterRoom"

    def __init__(self, desk):
        self.desk, self.homes, self.told = desk, 0, []
        self.is_at_intake = False

    @property
    def practice(self):
        return self.desk.presenter.practice if self.is_at_intake else None

    def end_practice(self):
        self.desk.presenter.end_practice()

    def save_now(self):
        self.desk.presenter.save_now()

    def home(self):
        self.homes, self.is_at_intake = self.homes + 1, False

    def open_item(self, code):
        self.desk.begin(code)
        self.is_at_intake = True

    def notify(self, words, act="", undo=None):
        self.told.append((words, act, undo))


@pytest.fixture
def at(counter):
    return Desk(counter)


@pytest.fixture
def rooms(at):
    return Guided(at)


@pytest.fixture
def bar():
    return Bar()


@pytest.fixture
def coach(at, rooms, bar):
    return CoachPresenter(at.session, rooms, bar)


def fill(at, place, value):
    at.edit(place, value)
    at.presenter.leave_field(place)
    at.work()


def test_each_step_goes_on_when_it_was_followed(coach, at, rooms, bar):
    def number():
        coach.look()
        return bar.state.number

    coach.start()
    assert (number(), bar.state.can_skip) == (1, False)
    rooms.open_item(CERTIFICATE)
    assert number() == 2
    fill(at, "applicant.name", "陈练习")
    assert number() == 3
    fill(at, "applicant.id_number", "519900199606050040")
    assert number() == 3, "a wrong number is not gone on from"
    fill(at, "applicant.id_number", "519900199606050044")
    assert number() == 4
    fill(at, "applicant.address", "云溪镇柳湾村4组")
    assert number() == 4
    fill(at, "applicant.phone", "13805550126")
    assert number() == 5
    at.presenter.jump()
    assert number() == 6
    for code, value in {"residence_address": "青杠路", "residence_since": "20210315", "purpose": "子女入学"}.items():
        fill(at, f"form.{code}", value)
    assert number() == 7
    at.presenter.checklist.take_all()
    assert (number(), bar.state.count) == (8, 8)


def test_who_leaves_the_draft_begins_again(coach, rooms, bar):
    coach.start()
    rooms.open_item(CERTIFICATE)
    coach.look()
    rooms.home()
    coach.look()
    assert bar.state.number == 1


def test_nothing_goes_on_under_a_locked_window(coach, rooms, bar):
    coach.start()
    rooms.open_item(CERTIFICATE)
    rooms.current_name = ""
    coach.look()
    assert bar.state.number == 1


def test_a_step_can_be_skipped_and_the_last_one_ends(coach, at, rooms, bar):
    coach.start()
    rooms.open_item(CERTIFICATE)
    coach.look()
    for _step in steps()[2:]:
        coach.skip()
    assert bar.state.number == 8
    coach.skip()
    assert bar.state is None
    assert at.presenter.practice is None


def test_acceptance_ends_with_praise_and_the_way_to_a_real_case(coach, at, rooms, bar):
    coach.start()
    rooms.open_item(CERTIFICATE)
    coach.praise()
    words, _act, go = rooms.told[-1]
    assert "做得好" in words
    assert bar.state is None
    go()
    assert not at.presenter.state.is_practice


def test_a_real_draft_that_lies_open_is_kept_before(coach, at, counter):
    at.begin()
    at.edit("applicant.name", "林𬱖宁")
    coach.start()
    assert [draft.applicant for draft in counter.desk.board().drafts] == ["林𬱖宁"]


def test_nobody_is_guided_before_the_log_in(rooms, bar):
    session = Session()
    CoachPresenter(session, rooms, bar).toggle()
    assert (session.practising, rooms.homes) == (False, 0)


def test_the_key_that_began_it_ends_it(coach, at, bar):
    coach.toggle()
    coach.toggle()
    assert (at.session.practising, bar.state) == (False, None)
    assert at.session.operator == CLERK
