"""Decides what the section of blank forms shows and does: stock, what is written down, the ledger, how each prints. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol, TypeVar

from app.domain.blanks import Blank, BlankState
from app.domain.operators import Act, Operator
from app.domain.paper import NOT_MOVED, Shift
from app.services.blanks import BlankStock
from app.services.printing import Sent
from ui.sentences import sentence
from ui.settings.around import Around
from ui.text import _, ngettext, pgettext
from ui.words import why_not

T = TypeVar("T")

MOST_ROWS = 100
"""Lines of the ledger on the screen; a file has all of them."""
TENTHS = 10


class BlankAct(StrEnum):
    """What is written down of blank forms by hand."""

    RECEIVE = "receive"
    SPOIL = "spoil"
    RESTORE = "restore"
    GIVE_BACK = "give_back"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: the form, the run of numbers, and where they came from or why."""

    form: str = ""
    first: str = ""
    last: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class BlanksState:
    """What the section shows; ``chosen`` is the form whose ledger and place are shown."""

    stocks: tuple[BlankStock, ...] = ()
    chosen: str = ""
    act: BlankAct = BlankAct.RECEIVE
    shown: BlankState = BlankState.USED
    rows: tuple[Blank, ...] = ()
    """The latest first."""
    shift: Shift = NOT_MOVED
    printer: str = ""
    why_not: str = ""
    busy: bool = False
    message: str = ""
    tone: str = "good"

    @property
    def stock(self) -> BlankStock | None:
        """Return what there is of the chosen form."""
        return next((one for one in self.stocks if one.form == self.chosen), None)


class BlanksView(Protocol):
    """The section of blank forms."""

    def render(self, state: BlanksState) -> None:
        """Show ``state``."""
        ...

    def fill(self, typed: Typed) -> None:
        """Put ``typed`` into the fields."""
        ...


class BlanksPresenter:
    """Receiving can be undone at once; whatever makes blanks void or takes them away is confirmed by a second person."""

    def __init__(self, around: Around, view: BlanksView) -> None:
        self._around = around
        self._view = view
        self.state = BlanksState()

    def start(self) -> None:
        """Show the stock, and the ledger of the first form."""
        reason = why_not(self._around.session.clerk, Act.HANDLE_CASES)
        self.state = replace(self.state, why_not=reason, message="")
        self._read()
        if self.state.stock is None and self.state.stocks:
            self.choose(self.state.stocks[0].form)
        else:
            self._reread()

    def choose(self, form: str) -> None:
        """Show the ledger and the place of a form, and write down what becomes of that."""
        self._show(chosen=form, message="")
        self._reread()
        self._propose()

    def choose_act(self, act: str) -> None:
        """Choose what is to be written down."""
        self._show(act=BlankAct(act), message="")
        self._propose()

    def choose_state(self, state: str) -> None:
        """Show the blanks in one state."""
        self._show(shown=BlankState(state))
        self._reread()

    def write_down(self, typed: Typed) -> None:
        """Record what was typed."""
        if self.state.busy or self.state.why_not:
            return
        if self.state.act is BlankAct.RECEIVE:
            self._receive(typed)
        elif not typed.why.strip():
            self._show(message=_("请填写原因"), tone="danger")
        else:
            act = self.state.act
            what = _("%(act)s：%(form)s %(numbers)s") % {
                "act": blank_act_words(act),
                "form": typed.form,
                "numbers": numbers_words(typed.first, typed.last),
            }
            self._around.navigator.ask_second_person(what, lambda second: self._move(act, typed, second))

    def export(self) -> None:
        """Write the ledger of the chosen form to a file."""
        form = self.state.chosen
        name = f"{form}-{self._around.counter.desk.now():%Y%m%d}.xlsx"
        path = self._around.files.choose_target(name, "Excel (*.xlsx);;CSV (*.csv)") if form else None
        if path is not None:
            self._work(
                lambda: self._around.counter.blanks.export(form, path),
                lambda _count: self._around.navigator.notify(_("已保存")),
            )

    def move(self, right: str, down: str) -> None:
        """Move what is printed onto the chosen form, in millimetres as they are typed."""
        try:
            shift = Shift(_tenths(right), _tenths(down))
        except ValueError:
            self._show(message=_("请填毫米数，例如 1.2 或 -0.5"), tone="danger")
            return
        form = self.state.chosen
        if form and shift != self.state.shift:
            self._work(lambda: self._around.counter.overlays.keep_shift(form, shift), lambda _nothing: None)

    def remind(self, left: str) -> None:
        """Say that the chosen form is running out when ``left`` or fewer are left, a count as it is typed."""
        stock = self.state.stock
        if stock is None:
            return
        if not (left.isascii() and left.isdigit()):
            self._show(message=_("请填张数，例如 20"), tone="danger")
        elif int(left) != stock.low:
            self._work(lambda: self._around.counter.blanks.keep_low(stock.form, int(left)), lambda _nothing: None)

    def print_test(self) -> None:
        """Print the test sheet of the chosen form."""
        form, counter = self.state.chosen, self._around.counter
        if form:
            self._work(lambda: counter.overlays.print_test(form, counter.station.page_size), self._tested)

    # --- inside ------------------------------------------------------------------------------------------------

    def _receive(self, typed: Typed) -> None:
        clerk, blanks = self._around.session.clerk, self._around.counter.blanks
        last = typed.last or typed.first

        def received(count: int) -> None:
            self._view.fill(Typed(typed.form.strip(), why=typed.why))
            self._show(chosen=typed.form.strip())
            words = ngettext("已登记领用 %(count)d 张", "已登记领用 %(count)d 张", count) % {"count": count}
            self._around.navigator.notify(words, pgettext("act", "撤销"), lambda: self._undo_receiving(typed))

        self._work(lambda: blanks.receive(clerk, typed.form, typed.first, last, typed.why), received)

    def _undo_receiving(self, typed: Typed) -> None:
        what = _("撤销领用：%(form)s %(numbers)s") % {
            "form": typed.form,
            "numbers": numbers_words(typed.first, typed.last),
        }
        wrong = replace(typed, why=_("登记错了"))
        self._around.navigator.ask_second_person(what, lambda second: self._move(BlankAct.GIVE_BACK, wrong, second))

    def _move(self, act: BlankAct, typed: Typed, second: Operator) -> None:
        clerk, blanks = self._around.session.clerk, self._around.counter.blanks
        do = {
            BlankAct.SPOIL: blanks.spoil,
            BlankAct.RESTORE: blanks.restore,
            BlankAct.GIVE_BACK: blanks.give_back,
        }[act]

        def moved(count: int) -> None:
            self._view.fill(Typed(typed.form))
            words = ngettext("%(act)s：已登记 %(count)d 张", "%(act)s：已登记 %(count)d 张", count)
            self._around.navigator.notify(words % {"act": blank_act_words(act), "count": count})

        self._work(lambda: do(clerk, typed.form.strip(), typed.first, typed.last, typed.why, second), moved)

    def _tested(self, sent: Sent) -> None:
        if sent.pdf:
            self._around.files.open_paper("test-sheet", sent.pdf)
        else:
            self._around.navigator.notify(_("已送去打印"))

    def _work(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._show(busy=True, message="")

        def finished(result: T) -> None:
            done(result)
            self._read()
            self._reread()
            self._show(busy=False)

        self._around.runner.run(work, finished, self._fail)

    def _propose(self) -> None:
        """Put the chosen form into the fields; what becomes void is usually the next one."""
        stock = self.state.stock
        is_next = stock is not None and self.state.act is BlankAct.SPOIL
        self._view.fill(Typed(self.state.chosen, stock.next if stock and is_next else ""))

    def _read(self) -> None:
        self.state = replace(self.state, stocks=tuple(self._around.counter.blanks.stocks()))

    def _reread(self) -> None:
        """Read ledger and place of the chosen form."""
        form, counter = self.state.chosen, self._around.counter
        if not form:
            self._show(rows=(), shift=NOT_MOVED, printer="")
            return
        stock, shown = self.state.stock, self.state.shown
        count = getattr(stock.counts, shown) if stock else 0
        rows = counter.blanks.page(form, max(0, count - MOST_ROWS), MOST_ROWS, shown)
        self._show(
            rows=tuple(reversed(rows)), shift=counter.overlays.shift(form), printer=counter.overlays.printer_of(form)
        )

    def _fail(self, error: Exception) -> None:
        self._show(busy=False, message=sentence(error).text, tone="danger")

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self._view.render(self.state)


def blank_act_words(act: BlankAct) -> str:
    """Return what an act is called."""
    return {
        BlankAct.RECEIVE: _("领用"),
        BlankAct.SPOIL: _("作废"),
        BlankAct.RESTORE: _("恢复"),
        BlankAct.GIVE_BACK: _("退回"),
    }[act]


def blank_state_words(state: BlankState) -> str:
    """Return what a state is called."""
    return {
        BlankState.UNUSED: _("结存"),
        BlankState.USED: _("使用"),
        BlankState.SPOILED: _("作废"),
        BlankState.GIVEN_BACK: pgettext("blank", "退回"),
    }[state]


def numbers_words(first: str, last: str) -> str:
    """Return a run of numbers, or one."""
    return f"{first}–{last}" if last and last != first else first


def _tenths(typed: str) -> int:
    """Return millimetres as tenths; ValueError for anything else."""
    return round(float(typed.strip().replace("−", "-").replace("，", ".") or "0") * TENTHS)
