"""The room's presenter over an office that was laid out, without Qt."""

from app.domain.operators import Operator, Role
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.fakes.office import with_office
from ui.navigation import Session
from ui.office.presenter import OfficePresenter
from ui.surroundings import Surroundings

ADMINISTRATOR = Operator("li_na", "李娜", (Role.ADMINISTRATOR,))
URL = "postgresql://li_na@db1.example/lideng"
PASSPHRASE = "long enough a passphrase"


class PartScreen:
    state = None

    def render(self, state):
        self.state = state


class Screen:
    def __init__(self):
        self.states, self.parts = [], {}
        self.focused = self.forgotten = 0

    def render(self, state):
        self.states.append(state)

    def part(self, key):
        return self.parts.setdefault(key, PartScreen())

    def focus_first(self):
        self.focused += 1

    def forget_secrets(self):
        self.forgotten += 1


class Files:
    """What the administrator chooses when asked for a file; None for nothing."""

    def __init__(self):
        self.path = None
        self.asked = []

    def choose_target(self, name, _kinds):
        self.asked.append(name)
        return self.path

    def choose_source(self, kinds):
        self.asked.append(kinds)
        return self.path


class Opened:
    """The room after it was entered; ``connect`` goes inside. Without an ``office`` it is the counter's own."""

    def __init__(self, counter, office=None, operator=ADMINISTRATOR, passwords=None):
        self.office = office
        self.counter = with_office(counter, office, passwords) if office else counter
        self.session = Session(operator)
        self.runner, self.navigator, self.screen, self.files = PatientRunner(), WrittenNavigator(), Screen(), Files()
        self.presenter = OfficePresenter(
            Surroundings(self.counter, self.session, self.runner, self.navigator), self.screen, self.files
        )
        self.presenter.start()

    def connect(self, password="", url=URL):
        self.presenter.edit("url", url)
        self.presenter.connect(password)
        self.work()
        return self

    def go(self, part):
        self.presenter.choose_part(part)
        self.work()
        return getattr(self.presenter, part)

    def open_authority(self, tmp_path):
        path = tmp_path / "authority.lideng"
        self.office.make_authority(path, "云溪市政务服务中心", PASSPHRASE)
        self.office.close_authority()
        self.presenter.edit("authority", str(path))
        self.presenter.open_authority(PASSPHRASE)
        self.work()

    def work(self):
        for _round in range(3):  # what is done asks to be read again
            self.runner.work()

    @property
    def state(self):
        return self.presenter.state

    @property
    def said(self):
        return self.state.work.message
