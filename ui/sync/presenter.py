"""Decides what the room of sync shows: how it stands with the centre, what waits, what failed, what is proven. Qt-free."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from app.domain.clock import ProvenInterval
from app.domain.facts import CaseAccepted, CaseDeemedAccepted, CaseReceived
from app.domain.numbering import grouped
from app.domain.operators import Act
from app.services.desk import CaseFile
from app.services.enrolment import EnrolmentState, EnrolmentStatus
from app.services.ports import Aside
from app.services.snapshots import CaseFilter, CaseMark, PaperCounts
from app.services.sync_report import CONTRADICTS, Contact, SyncProgress, SyncResult, SyncStatus, SyncStep
from app.services.syncing import SyncOptions
from ui.case_passing import CasePassing
from ui.navigation import PaperOutlet
from ui.surroundings import Surroundings
from ui.sync_rounds import SyncRounds
from ui.sync_words import reason_words, waits_words
from ui.text import _, ngettext
from ui.words import applicant_words, why_not

SHOWN_CASES = 6
PROVING = (CaseAccepted, CaseDeemedAccepted, CaseReceived)
"""Facts whose time counts for the applicant; the acceptance before the receipt."""
ITEMISED = frozenset({SyncStep.CERTIFICATE, SyncStep.BULLETINS, SyncStep.IMAGES})
"""Steps whose failures stand in the round's result alone; those of the others stand in the status too, but for CONTRADICTS."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that did not get through, or does nothing where it is: what, why, and which case it is about."""

    what: str
    why: str
    case_number: str = ""
    is_told: bool = False
    """Whether it cannot be tried again: it stands in the journal and does nothing at the centre."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One of the last cases with the interval in which the centre proves its acceptance."""

    number: str
    title: str
    proven: ProvenInterval
    mark: CaseMark | None


Reading = tuple[SyncStatus, SyncResult | None, SyncOptions, tuple[Proof, ...], PaperCounts]


@dataclass(frozen=True, slots=True)
class SyncRoomState:
    """What the room shows; ``status`` is None while it is read for the first time."""

    now: datetime
    enrolment: EnrolmentStatus
    status: SyncStatus | None = None
    last: SyncResult | None = None
    options: SyncOptions = field(default_factory=SyncOptions)
    troubles: tuple[Trouble, ...] = ()
    proofs: tuple[Proof, ...] = ()
    papers: PaperCounts = field(default_factory=PaperCounts)
    """How many papers the centre has not confirmed, and how many must be called back."""
    is_running: bool = False
    is_passing: bool = False
    """Whether a case is on its way to or from a file."""
    progress: SyncProgress | None = None
    why_not: str = ""
    """Why the operator may not change the settings, empty when they may."""

    @property
    def is_alone(self) -> bool:
        """Tell whether the counter has no centre."""
        return self.enrolment.state is EnrolmentState.ALONE


class SyncView(Protocol):
    """The screen of sync."""

    def render(self, state: SyncRoomState) -> None:
        """Show ``state``; while a round runs, ask for ``poll`` a few times a second."""
        ...

    def focus_first(self) -> None:
        """Put the focus on what is to be done next."""
        ...


class SyncPresenter:
    """Shows rounds, whoever began them; everything is read beside the window."""

    def __init__(self, around: Surroundings, rounds: SyncRounds, view: SyncView, outlet: PaperOutlet) -> None:
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._rounds = rounds
        self._view = view
        self._is_reading = False
        self._passing = CasePassing(around, outlet, lambda busy: self._show(is_passing=busy))
        self.state = SyncRoomState(around.counter.desk.now(), around.counter.enrolment.status())

    def start(self) -> None:
        """Show how things stand now."""
        self.refresh()
        self._view.focus_first()

    def refresh(self) -> None:
        """Read everything again, and show at once what is known."""
        self._show()
        if not self._is_reading:
            self._is_reading = True
            self._runner.run(self._read, self._took, self._failed)

    def sync_now(self) -> None:
        """Begin a round; one that runs goes on."""
        self._rounds.start()
        self._show()

    def stop(self) -> None:
        """Let the running round stop at its next step."""
        self._rounds.stop()

    def poll(self) -> None:
        """Show how far the round is."""
        if self.state.progress != self._rounds.progress or self.state.is_running != self._rounds.is_running:
            self._show()

    def open_case(self, number: str) -> None:
        """Show a case."""
        self._navigator.open_case(number)

    def export(self, number: str) -> None:
        """Write a case that does not get through to a file, for a stick."""
        self._passing.export(number)

    def take_in(self) -> None:
        """Take a case in from a file."""
        self._passing.take_in()

    def open_centre(self) -> None:
        """Go where an invitation file is opened."""
        self._navigator.open_centre()

    def limit_images(self, kib_s: int) -> None:
        """Keep how much of the line images may take, 0 for all of it."""
        self._keep(replace(self.state.options, image_kib_s=kib_s))

    def keep_images(self, days: int) -> None:
        """Keep after how many days an image that the centre has may go from here, 0 for never."""
        self._keep(replace(self.state.options, image_days=days))

    def escape(self) -> None:
        """Go home."""
        self._navigator.home()

    # --- inside ------------------------------------------------------------------------------------------------

    def _keep(self, options: SyncOptions) -> None:
        if why_not(self._session.clerk, Act.CHANGE_STATION):
            self._show()  # what was clicked jumps back
            return
        try:
            self._counter.sync.keep_options(options, self._session.clerk)
        except Exception as error:  # noqa: BLE001  the navigator tells every failure
            self._navigator.report(error)
        else:
            self._show(options=options)

    def _read(self) -> Reading:
        sync, desk = self._counter.sync, self._counter.desk
        status = sync.status()
        if status.contact is Contact.ALONE:
            return status, None, SyncOptions(), (), PaperCounts()
        files = [desk.file(lit.row.number) for lit in desk.page(CaseFilter(), 0, SHOWN_CASES)]
        return status, sync.last(), sync.options(), tuple(_proof(file) for file in files), self._counter.papers.counts()

    def _took(self, read: Reading) -> None:
        self._is_reading = False
        status, last, options, proofs, papers = read
        troubles = tuple(troubles_of(status, last))
        self._show(status=status, last=last, options=options, proofs=proofs, papers=papers, troubles=troubles)

    def _failed(self, error: Exception) -> None:
        self._is_reading = False
        self._navigator.report(error)

    def _show(self, **changes: object) -> None:
        if self._session.operator is None:
            return
        self.state = replace(
            self.state,
            **{  # type: ignore[arg-type]
                "now": self._counter.desk.now(),
                "enrolment": self._counter.enrolment.status(),
                "is_running": self._rounds.is_running,
                "progress": self._rounds.progress,
                "why_not": why_not(self._session.operator, Act.CHANGE_STATION),
                **changes,
            },
        )
        self._view.render(self.state)


def troubles_of(status: SyncStatus, last: SyncResult | None) -> Iterator[Trouble]:
    """Return what did not get through in the last round, what does nothing at the centre, and what came and waits."""
    failures = [failure for failure in last.failures if not failure.error] if last else []
    told = [failure for failure in failures if failure.step in ITEMISED or failure.reason == CONTRADICTS]
    for failure in dict.fromkeys(told):
        yield Trouble(_item_words(failure.item), reason_words(failure.reason), _case_in(failure.item))
    for aside in status.set_aside:
        entry = _("台账第 %(epoch)d 段第 %(seq)d 条") % {"epoch": aside.epoch, "seq": aside.seq}
        what = f"{entry}·{grouped(aside.case_number)}" if aside.case_number else entry
        kind = {
            Aside.QUARANTINED: _("中心不执行：%(why)s"),
            Aside.WITHHELD: _("中心只收了签名：%(why)s"),
            Aside.PARTED: _("没有生效：%(why)s"),
        }[aside.kind]
        yield Trouble(what, kind % {"why": reason_words(aside.reason)}, aside.case_number, is_told=True)
    for why, count in status.received_waiting.items():
        if count:
            what = ngettext("收到的 %(count)d 条先存着", "收到的 %(count)d 条先存着", count) % {"count": count}
            yield Trouble(what, waits_words(why))


def _item_words(item: str) -> str:
    if _case_in(item):
        return _("办件 %(number)s") % {"number": grouped(item)}
    topics = {
        "stations": _("公告：窗口名录"),
        "catalogue": _("公告：事项目录"),
        "calendar": _("公告：工作日历"),
        "operators": _("公告：人员"),
        "revocations": _("公告：停用的窗口"),
        "certificate": _("本窗口的证书"),
    }
    return topics.get(item, _("公告：%(topic)s") % {"topic": item})


def _case_in(item: str) -> str:
    """Return the case number that an item is called by, empty for other items."""
    return item if item.isdecimal() else ""


def _proof(file: CaseFile) -> Proof:
    events = {type(event.fact): event for event in file.events}
    event = next((events[kind] for kind in PROVING if kind in events), None)
    row = file.lit.row
    title = f"{row.title}·{applicant_words(row)}"
    return Proof(row.number, title, event.proven if event else ProvenInterval(), row.mark)
