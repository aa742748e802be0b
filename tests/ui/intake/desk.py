"""The intake without Qt, with all that it talks to."""

from app.demonstration import CLERK
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.support import CERTIFICATE
from tests.ui.scans import scans_of
from ui.intake.presenter import IntakePresenter
from ui.navigation import Session
from ui.surroundings import Surroundings

FOR_BOTH = "510117057000"
ALLOWS_PLEDGE = "510114023000"
ALLOWS_PROOF_PLEDGE = "510109043000"
MAY_FOLLOW = "510117053000"


class Place:
    """The place of a form."""

    paper_width_px = 100

    def render(self, state):
        self.state = state

    def focus_first(self):
        """Take no focus."""

    def focus_place(self, place):
        self.focused = place

    def draw_soon(self):
        """Draw when the test says so."""


class Screen:
    """A screen that keeps what it was told."""

    paper_width_px = 100
    current_place = ""
    focused = ""

    def __init__(self):
        self.form_view, self.shows_form = Place(), False

    def render(self, state):
        self.state = state

    def show_form(self, *, shown):
        self.shows_form = shown

    def focus_place(self, place):
        self.focused = place

    def hide_photos(self):
        self.hid_photos = True

    def save_soon(self):
        """Save when the test says so."""


class Source:
    """A desktop that keeps the paper it was told to open."""

    opened = None

    def open_paper(self, name, pdf):
        self.opened = (name, pdf)


class Desk:
    """A presenter with all that it talks to."""

    def __init__(self, counter):
        self.counter, self.runner, self.navigator, self.screen = counter, PatientRunner(), WrittenNavigator(), Screen()
        self.session = session = Session(CLERK)
        self.source, self.scans = Source(), scans_of(counter, self.runner, self.navigator)
        self.presenter = IntakePresenter(
            Surroundings(counter, session, self.runner, self.navigator), self.screen, self.source, self.scans
        )

    def begin(self, code=CERTIFICATE, person=None):
        self.presenter.begin(code)
        if person:
            for name in ("name", "id_number", "phone", "address"):
                self.edit(f"applicant.{name}", getattr(person, name))
            self.work()
        return self

    def edit(self, place, value):
        self.presenter.edit(place, value)
        return self

    def work(self):
        self.runner.work()
        self.runner.work()
        return self

    def undo(self):
        """Press the undo of the last message."""
        self.navigator.went[-1][3]()

    @property
    def state(self):
        return self.screen.state

    @property
    def application(self):
        return self.state.application

    def places(self):
        return [problem.place for problem in self.state.problems]
