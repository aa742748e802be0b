"""Builds the rooms of an open counter, what decides in each, and hangs them in the window; the only place that knows all.

How one leads to the next is the matter of ``ui.rooms``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from app.services.counter import Counter
from app.services.ports import Runner
from app.services.preferences import Preferences
from ui.case.presenter import CasePresenter
from ui.case.view import CaseRoom
from ui.coaching.bar import CoachBar
from ui.coaching.presenter import CoachPresenter, Guided
from ui.counter.presenter import CounterPresenter
from ui.counter.view import CounterRoom
from ui.day.presenter import DayPresenter
from ui.day.view import DayRoom
from ui.desk.presenter import DeskPresenter
from ui.desk.view import DeskRoom
from ui.devices import Desktop
from ui.inquiry.presenter import InquiryPresenter
from ui.inquiry.view import InquiryRoom
from ui.intake.presenter import IntakePresenter
from ui.intake.view import IntakeRoom
from ui.issue.presenter import IssuePresenter
from ui.issue.view import IssueRoom
from ui.main_window import MainWindow
from ui.navigation import Navigator, Session
from ui.office.presenter import OfficePresenter
from ui.office.view import OfficeRoom
from ui.papers.presenter import PapersPresenter
from ui.papers.view import PapersRoom
from ui.print_watch import PrintWatch
from ui.scanning import Scans
from ui.scope import Scope
from ui.settings.around import Around
from ui.settings.presenter import SettingsPresenter
from ui.settings.view import SettingsRoom
from ui.stack.presenter import StackPresenter
from ui.stack.view import StackRoom
from ui.surroundings import Surroundings
from ui.sync.presenter import SyncPresenter
from ui.sync.view import SyncRoom
from ui.sync_rounds import SyncRounds
from ui.text import _
from ui.widgets.room import RoomFrame

Room = TypeVar("Room", bound=RoomFrame)

AHEAD: tuple[type[RoomFrame], ...] = (
    CounterRoom,
    DeskRoom,
    IntakeRoom,
    IssueRoom,
    CaseRoom,
    InquiryRoom,
    DayRoom,
    StackRoom,
    PapersRoom,
    SyncRoom,
)
"""Rooms that can be made before there is anything to decide in them."""
HOME, DESK, SYNC, SETTINGS = "home", "desk", "sync", "settings"


class Leading(Navigator, Guided, Protocol):
    """Leads from room to room, and tells the guided case where the clerk is."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What rooms stand on, however often they are built."""

    session: Session
    runner: Runner
    window: MainWindow
    desktop: Desktop
    navigator: Leading
    rounds: SyncRounds
    scans: Scans
    prints: PrintWatch
    apply: Callable[[Preferences], None]
    renew: Callable[[Callable[[], None]], None]
    """As in ``Around``, like ``apply``."""


class MadeAhead:
    """Rooms that are made one at a time, so that the window answers in between."""

    def __init__(self) -> None:
        self._rooms: dict[type[RoomFrame], RoomFrame] = {}

    def steps(self) -> list[Callable[[], None]]:
        """Return what makes the rooms, one by one, in the language and look of that moment."""
        return [partial(self._make, kind) for kind in AHEAD]

    def take(self, kind: type[Room]) -> Room:
        """Return a room that nobody has taken yet, made now where it was not made ahead."""
        made = self._rooms.pop(kind, None)
        return made if isinstance(made, kind) else kind()

    def _make(self, kind: type[RoomFrame]) -> None:
        self._rooms[kind] = kind()


class Built:
    """The rooms as they are now. Another language, text size or station makes others; ``end`` these before."""

    def __init__(self, counter: Counter, ground: Ground, ahead: MadeAhead) -> None:
        self.scope = Scope(ground.runner)
        """Runs what belongs to these rooms."""
        self._window, self._desktop = ground.window, ground.desktop
        self._scans, self._prints = ground.scans, ground.prints
        session, leading, desktop = ground.session, ground.navigator, ground.desktop
        self.counter_room, self.desk_room = ahead.take(CounterRoom), ahead.take(DeskRoom)
        self.intake_room, self.issue_room = ahead.take(IntakeRoom), ahead.take(IssueRoom)
        self.case_room, self.inquiry_room = ahead.take(CaseRoom), ahead.take(InquiryRoom)
        self.day_room, self.sync_room = ahead.take(DayRoom), ahead.take(SyncRoom)
        self.stack_room, self.papers_room = ahead.take(StackRoom), ahead.take(PapersRoom)
        self.settings_room = SettingsRoom(
            Around(counter, session, self.scope, leading, desktop, ground.apply, ground.renew, ground.runner)
        )
        around = self._around = Surroundings(counter, session, self.scope, leading)
        self.counter = CounterPresenter(around, self.counter_room, desktop)
        self.desk = DeskPresenter(around, self.desk_room, desktop)
        self.intake = IntakePresenter(around, self.intake_room, desktop, ground.scans)
        self.issue = IssuePresenter(around, self.issue_room, desktop)
        self.case = CasePresenter(around, self.case_room, desktop, ground.scans)
        self.inquiry = InquiryPresenter(around, self.inquiry_room, desktop)
        self.day = DayPresenter(around, self.day_room, desktop)
        self.stack = StackPresenter(around, self.stack_room, desktop, ground.scans)
        self.papers = PapersPresenter(around, self.papers_room, desktop)
        self.sync = SyncPresenter(around, ground.rounds, self.sync_room, desktop)
        self.settings = SettingsPresenter(leading, self.settings_room)
        self.bar = CoachBar()
        self.coach = CoachPresenter(session, leading, self.bar)
        self.office: OfficePresenter | None = None
        self.office_room: OfficeRoom | None = None
        """None until it is opened: it takes as long to build as all the others together, and few ever go there."""
        self._connect()
        self._hang()

    def open_office(self) -> tuple[OfficePresenter, OfficeRoom]:
        """Return the office of a centre's administrator."""
        if self.office is None or self.office_room is None:
            self.office_room = OfficeRoom()
            self.office = OfficePresenter(self._around, self.office_room, self._desktop)
            self.office_room.connect_to(self.office)
            self._window.add_page(self.office_room)
        return self.office, self.office_room

    def forget_photos(self, shown: object = None) -> None:
        """Forget the photos of cards in every room but the one that is ``shown``."""
        if shown is not self.counter_room:
            self.counter.forget_photo()
        if shown is not self.intake_room:
            self.intake.laid_card.forget_photos()

    def leave_office(self) -> None:
        """Let go of what is secret in the office."""
        if self.office is not None:
            self.office.leave()

    def end(self) -> None:
        """Take the rooms out of the window; what they still wait for is dropped."""
        self.coach.end()
        self.leave_office()
        self._scans.forget_followers()
        self._prints.forget_followers()
        self.scope.end()
        self._window.remove_rooms()

    def _connect(self) -> None:
        """Let each presenter decide in its room."""
        self.counter_room.connect_to(self.counter)
        self.desk_room.connect_to(self.desk)
        self.intake_room.connect_to(self.intake)
        self.issue_room.connect_to(self.issue)
        self.case_room.connect_to(self.case)
        self.inquiry_room.connect_to(self.inquiry)
        self.day_room.connect_to(self.day)
        self.stack_room.connect_to(self.stack)
        self.papers_room.connect_to(self.papers)
        self.sync_room.connect_to(self.sync)
        self.settings_room.connect_to(self.settings)
        self.bar.connect_to(self.coach)

    def _hang(self) -> None:
        """Put the rooms on the rail, and what they lead to beside them."""
        window = self._window
        window.add_above(self.bar)
        window.add_room(HOME, "desktop", _("办理"), self.counter_room)
        window.add_room(DESK, "files", _("办件"), self.desk_room)
        window.add_room(SYNC, "arrows-clockwise", _("同步"), self.sync_room)
        window.add_room(SETTINGS, "gear-six", _("设置"), self.settings_room)
        for page in (
            *(self.intake_room, self.issue_room, self.case_room, self.inquiry_room),
            *(self.day_room, self.stack_room, self.papers_room),
        ):
            window.add_page(page)
