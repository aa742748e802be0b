"""Decides which day is closed and shows its report. Qt-free."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from app.domain.facts import NumberedPaper
from app.domain.operators import Operator
from app.domain.paper import PaperState
from app.services.day_closing import ClosedDay
from app.services.day_summary import DaySummary
from app.services.ports import Handle, Picture
from app.services.snapshots import PaperRow
from ui.dates import day_words
from ui.navigation import PaperOutlet
from ui.printing import Printing
from ui.surroundings import Surroundings
from ui.text import _

MOST_CLOSINGS = 8


@dataclass(frozen=True, slots=True)
class DayState:
    """What the room shows; ``summary`` is None while it is read; ``report`` is the number of the report shown."""

    day: date
    today: date
    summary: DaySummary | None = None
    closings: tuple[ClosedDay, ...] = ()
    unclosed: date | None = None
    """The earliest day that should have been closed and was not."""
    remark: str = ""
    report: str = ""
    paper: PaperRow | None = None
    """The report that is shown, with what became of its print."""
    picture: Picture | None = None
    page: int = 0
    is_busy: bool = False

    @property
    def can_close(self) -> bool:
        """Tell whether there is something to close."""
        return self.summary is not None and (self.summary.has_work or not self.summary.follows)


class DayView(Protocol):
    """The screen of the end of the day."""

    def render(self, state: DayState) -> None:
        """Show ``state``."""
        ...

    def focus_first(self) -> None:
        """Put the focus on what is to be done next."""
        ...

    @property
    def paper_width_px(self) -> int:
        """Return how wide the picture of a paper should be."""
        ...


class DayPresenter:
    """Leads through the end of a day; figures are read beside the window."""

    def __init__(self, around: Surroundings, view: DayView, outlet: PaperOutlet) -> None:
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._view = view
        self._outlet = outlet
        self.printing = Printing(around, outlet, self._read_paper)
        self._reading: Handle | None = None
        self._drawing: Handle | None = None
        today = around.counter.desk.now().date()
        self._state = DayState(today, today)

    def open(self, day: date | None = None) -> None:
        """Show the end of ``day``; None is today."""
        today = self._counter.desk.now().date()
        self._state = DayState(day or today, today, remark=self._state.remark)
        self._read()
        self._view.focus_first()

    @property
    def state(self) -> DayState:
        """Return what the room shows."""
        return self._state

    @property
    def has_paper(self) -> bool:
        """Tell whether the report that is shown has been drawn."""
        return self._state.picture is not None

    def turn_day(self, step: int) -> None:
        """Show the day after or before; not one that is still to come."""
        day = min(self._state.day + timedelta(days=step), self._state.today)
        if day != self._state.day:
            self._state = replace(self._state, day=day, summary=None, report="", paper=None, picture=None, page=0)
            self._read()

    def open_unclosed(self) -> None:
        """Show the earliest day that should have been closed."""
        if self._state.unclosed is not None:
            self.open(self._state.unclosed)

    def edit_remark(self, remark: str) -> None:
        """Take note of a remark for the report."""
        self._state = replace(self._state, remark=remark)

    def close(self) -> None:
        """Ask for the second person, then close the day."""
        if self._state.is_busy or not self._state.can_close:
            return
        what = _("复核并签署 %(day)s 的日结单") % {"day": day_words(self._state.day)}
        self._navigator.ask_second_person(what, self._close)

    def show_report(self, number: str) -> None:
        """Show the report of that number at the right."""
        self._show(report=number, picture=None, page=0)
        self._read_paper()
        self.draw()

    def turn(self, step: int) -> None:
        """Show the next or previous page of the report."""
        pages = self._state.picture.pages if self._state.picture else 1
        page = min(max(self._state.page + step, 0), pages - 1)
        if page != self._state.page:
            self._show(page=page)
            self.draw()

    def draw(self) -> None:
        """Draw the report that is shown; an older drawing is dropped."""
        state, papers = self._state, self._counter.papers
        if not state.report:
            return
        if self._drawing:
            self._drawing.cancel()
        width_px = self._view.paper_width_px
        self._drawing = self._runner.run(
            lambda: papers.picture(papers.looked_at(papers.find(state.report)), state.page, width_px),
            lambda picture: self._show(picture=picture),
            self._navigator.report,
        )

    def print_report(self) -> None:
        """Print the report that is shown; once it is printed, show it where it can be read."""
        paper = self._state.paper
        if paper is None:
            return
        if paper.state is PaperState.TO_PRINT:
            self.printing.send((paper,))
        elif paper.state is PaperState.SENT:
            self.printing.confirm((paper,))
        else:
            clerk, papers = self._session.clerk, self._counter.papers
            self._runner.run(
                lambda: papers.pdf(paper, clerk),
                lambda pdf: self._outlet.open_paper(paper.number, pdf),
                self._navigator.report,
            )

    def print_again(self) -> None:
        """Record that the print of the report was spoiled, and print it again."""
        if self._state.paper is not None and self._state.paper.state is PaperState.SENT:
            self.printing.spoil((self._state.paper,))

    def open_case(self, number: str) -> None:
        """Show a case of the day."""
        self._navigator.open_case(number)

    def open_inquiry(self, number: str) -> None:
        """Show a question that waits."""
        self._navigator.open_inquiries(number=number)

    def open_draft(self, draft_id: str) -> None:
        """Go on with a draft."""
        self._navigator.open_draft(draft_id)

    def escape(self) -> None:
        """Go back to the counter."""
        self._navigator.home()

    def _read(self) -> None:
        if self._reading:
            self._reading.cancel()
        self._show()
        day, days = self._state.day, self._counter.days
        self._reading = self._runner.run(
            lambda: (days.summary(day), tuple(days.closings(MOST_CLOSINGS)), days.offered()),
            lambda answer: self._show_read(*answer),
            self._navigator.report,
        )

    def _show_read(self, summary: DaySummary, closings: tuple[ClosedDay, ...], unclosed: date | None) -> None:
        same_day = next((closed.fact.report.text for closed in closings if closed.fact.day == summary.day), "")
        report = self._state.report or same_day
        self._show(summary=summary, closings=closings, unclosed=unclosed, report=report)
        self._read_paper()
        self.draw()
        self._view.focus_first()

    def _read_paper(self) -> None:
        number = self._state.report
        self._show(paper=self._counter.papers.find(number) if number else None)

    def _close(self, second: Operator) -> None:
        day, clerk, remark = self._state.day, self._session.clerk, self._state.remark
        self._show(is_busy=True)
        self._runner.run(lambda: self._counter.days.close(day, clerk, second, remark), self._closed, self._fail)

    def _closed(self, number: NumberedPaper) -> None:
        self._navigator.notify(_("已日结：%(number)s") % {"number": number.text})
        self._show(is_busy=False, remark="", report=number.text, picture=None, page=0)
        self._read()
        self._view.focus_first()

    def _fail(self, error: Exception) -> None:
        self._show(is_busy=False)
        self._navigator.report(error)

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._view.render(self._state)
