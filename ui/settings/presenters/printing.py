"""Decides what the section of printing shows: which printer prints which kind of paper, and the receipt printer. Qt-free."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from app.domain.paper import PaperKind
from app.services.errors import PrinterFault
from app.services.ports import JobState, PrinterInfo, PrintJob, RollState
from app.services.print_settings import ON_THE_ROLL, PrintChoice, PrintSettings
from app.services.roll_addresses import read_address, shown_address
from app.services.slips import FIELDS
from ui.sentences import sentence
from ui.settings.around import Around
from ui.text import _


@dataclass(frozen=True, slots=True)
class PrintState:
    """What was found, what is chosen for which kind, and what a test gave."""

    settings: PrintSettings = field(default_factory=PrintSettings)
    printers: tuple[PrinterInfo, ...] = ()
    kind: PaperKind | None = None
    """Whose printer is being chosen; None is for everything that has none of its own."""
    address: str = ""
    """Of the receipt printer, as it is typed."""
    is_looking: bool = False
    has_looked: bool = False
    is_testing: bool = False
    message: str = ""
    tone: str = "good"
    roll_message: str = ""
    roll_tone: str = "good"

    @property
    def choice(self) -> PrintChoice | None:
        """Return what was chosen for the kind; None where it is printed as everything else."""
        return self.settings.usual if self.kind is None else self.settings.own.get(self.kind)

    @property
    def printer(self) -> PrinterInfo | None:
        """Return what is known of the chosen printer, None while it does not answer or when there is none."""
        key = self.choice.printer if self.choice else self.settings.usual.printer
        return next((one for one in self.printers if one.key == key), None)

    @property
    def takes_slips(self) -> bool:
        """Tell whether the receipt printer can be chosen for the kind."""
        return self.kind in FIELDS and bool(self.settings.roll.address)


class PrintView(Protocol):
    """The section of printing."""

    def render(self, state: PrintState) -> None:
        """Show ``state``."""
        ...


class PrintPresenter:
    """Every choice is kept at once; printers are looked for when the section is opened for the first time, and when asked."""

    def __init__(self, around: Around, view: PrintView) -> None:
        self._around = around
        self._view = view
        self.state = PrintState()

    def start(self) -> None:
        """Show what is kept, and look for printers unless that was done."""
        settings = self._around.counter.printing.settings.read()
        self._show(settings=settings, address=shown_address(settings.roll.address), message="", roll_message="")
        if not self.state.has_looked:
            self.look()

    def look(self) -> None:
        """Look for printers again."""
        if self.state.is_looking:
            return
        self._show(is_looking=True, message="")
        self._around.runner.run(self._around.counter.printing.printers.printers, self._found, self._not_found)

    def choose_kind(self, kind: PaperKind | None) -> None:
        """Choose a printer for ``kind`` from now on; None for everything that has none of its own."""
        self._show(kind=kind, message="")

    def choose_printer(self, key: str | None) -> None:
        """Print the kind on the printer of ``key``: empty for none, None as everything else."""
        if key is None:
            self._keep(None)
            return
        name = next((one.name for one in self.state.printers if one.key == key), "")
        self._keep(PrintChoice(key, name))

    def change(self, **changes: object) -> None:
        """Change copies, tray or size of the kind."""
        if self.state.choice is not None:
            self._keep(replace(self.state.choice, **changes))  # type: ignore[arg-type]

    def choose_by_itself(self, *, by_itself: bool) -> None:
        """Print what an acceptance or issuance makes at once, or when a key asks for it."""
        self._show(settings=self._around.counter.printing.settings.keep_by_itself(by_itself=by_itself))

    def test(self) -> None:
        """Print an empty receipt as the kind is printed."""
        choice = self.state.choice or self.state.settings.usual
        if self.state.is_testing:
            return
        if choice.printer in {"", ON_THE_ROLL}:
            self._show(message=_("先选好打印机，再试打"), tone="warn")
            return
        self._show(is_testing=True, message="")
        self._around.runner.run(lambda: self._around.counter.printing.test(choice), self._tested, self._not_tested)

    def type_address(self, text: str) -> None:
        """Take note of what is typed as the address of the receipt printer."""
        self._show(address=text)

    def change_roll(self, **changes: object) -> None:
        """Keep the receipt printer: its typed address, and what it is like."""
        roll = replace(self.state.settings.roll, address=read_address(self.state.address))
        kept = self._around.counter.printing.settings.keep_roll(replace(roll, **changes))  # type: ignore[arg-type]
        self._show(settings=kept, roll_message="")

    def test_roll(self) -> None:
        """Print a slip that says what the receipt printer can."""
        self.change_roll()
        roll = self.state.settings.roll
        if self.state.is_testing:
            return
        if not roll.address:
            self._show(roll_message=_("先填好小票打印机的地址，再试打"), roll_tone="warn")
            return
        self._show(is_testing=True)
        self._around.runner.run(
            lambda: self._around.counter.printing.test_roll(roll), self._roll_tested, self._roll_failed
        )

    def _keep(self, choice: PrintChoice | None) -> None:
        settings, kind = self._around.counter.printing.settings, self.state.kind
        try:
            kept = settings.keep_usual(choice or PrintChoice()) if kind is None else settings.keep_own(kind, choice)
        except Exception as error:  # noqa: BLE001  every failure is shown; what was chosen before stays
            self._around.navigator.report(error)
            return
        self._show(settings=kept, message="")

    def _found(self, printers: Sequence[PrinterInfo]) -> None:
        self._show(printers=tuple(printers), is_looking=False, has_looked=True)

    def _not_found(self, error: Exception) -> None:
        self._show(printers=(), is_looking=False, has_looked=True, message=_told(error), tone="warn")

    def _tested(self, job: PrintJob) -> None:
        if job.trouble is not None:
            self._not_tested(PrinterFault(job.trouble))
            return
        done = job.state is JobState.PRINTED
        words = _("试打的一页已经送到打印机，看看出来的纸对不对") if done else _("试打的一页还在排队")
        self._show(is_testing=False, message=words, tone="good" if done else "warn")

    def _not_tested(self, error: Exception) -> None:
        self._show(is_testing=False, message=_told(error), tone="warn")

    def _roll_tested(self, state: RollState) -> None:
        words, tone = _("小票打好了"), "good"
        if not state.answers:
            words, tone = _("小票已送出；这台打印机不回答，缺纸开盖时程序不知道"), "warn"
        elif state.is_low:
            words, tone = _("小票纸快用完了，请准备一卷。"), "warn"
        self._show(is_testing=False, roll_message=words, roll_tone=tone)

    def _roll_failed(self, error: Exception) -> None:
        self._show(is_testing=False, roll_message=_told(error), roll_tone="warn")

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)


def _told(error: Exception) -> str:
    message = sentence(error)
    return f"{message.what}{message.do}"
