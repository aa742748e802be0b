"""Decides what is written down of a question and what becomes of it. Qt-free."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.domain.catalogue import ServiceItem
from app.domain.inquiry import Inquiry
from app.domain.paper import PaperState
from app.domain.people import check_phone, tidy_phone
from app.services.errors import NotFound
from app.services.inquiries import InquiryFile
from app.services.snapshots import InquiryFilter
from ui.navigation import PaperOutlet
from ui.printing import Printing, print_guide
from ui.surroundings import Surroundings
from ui.text import _

MOST_ROWS = 60
WAITING = InquiryFilter()


class Way(StrEnum):
    """What becomes of an open question."""

    ANSWER = "answer"
    HAND_ON = "hand_on"
    SETTLE = "settle"


@dataclass(frozen=True, slots=True)
class Written:
    """What was typed into one of the two forms; which fields count depends on the form."""

    subject: str = ""
    asked_by: str = ""
    phone: str = ""
    words: str = ""
    """The answer, the reason for handing on, or how it was settled."""
    to: str = ""
    to_phone: str = ""


@dataclass(frozen=True, slots=True)
class InquiryState:
    """What the room shows: the list, and beside it a new question or the ``chosen`` one."""

    now: datetime
    names: Mapping[str, str]
    rows: tuple[Inquiry, ...] = ()
    count: int = 0
    wanted: InquiryFilter = WAITING
    chosen: InquiryFile | None = None
    item: ServiceItem | None = None
    """What the question is about, where that is an item of the catalogue."""
    written: Written = Written()
    way: Way = Way.ANSWER
    problem: tuple[str, str] = ("", "")
    """The field that is wrong, and what is wrong with it."""
    is_busy: bool = False
    is_slip_sent: bool = False
    """Whether the slip went to a printer and nobody has said that it came out."""

    @property
    def is_new(self) -> bool:
        """Tell whether a new question is being written down."""
        return self.chosen is None

    @property
    def can_act(self) -> bool:
        """Tell whether something is still to be done."""
        return self.chosen is None or self.chosen.inquiry.is_open


class InquiryView(Protocol):
    """The screen of inquiries."""

    def render(self, state: InquiryState) -> None:
        """Show ``state``."""
        ...

    def focus_first(self) -> None:
        """Put the cursor where the clerk goes on typing."""
        ...


class InquiryPresenter:
    """Leads a question to its answer; what was typed stays until it is written down."""

    def __init__(self, around: Surroundings, view: InquiryView, outlet: PaperOutlet) -> None:
        self._around = around
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._view = view
        self._outlet = outlet
        self.printing = Printing(around, outlet, self._read_slip)
        self._new = Written()
        self._new_item: ServiceItem | None = None
        self._state = InquiryState(around.counter.desk.now(), {})

    def open(self, item: str = "", number: str = "") -> None:
        """Show the room: with inquiry ``number``, or with a new question, about ``item`` where one is named."""
        if item:
            self._new_item = self._counter.catalogue.item(item)
        self._state = InquiryState(self._counter.desk.now(), self._names(), way=Way.ANSWER)
        self._list()
        if number:
            self.choose(number)
        else:
            self.begin()

    @property
    def state(self) -> InquiryState:
        """Return what the room shows."""
        return self._state

    def begin(self) -> None:
        """Write a new question down; what was typed before is still there."""
        self._show(chosen=None, item=self._new_item, written=self._new, problem=("", ""), is_slip_sent=False)
        self._view.focus_first()

    def choose(self, number: str) -> None:
        """Show one question with its history."""
        try:
            file = self._counter.inquiries.file(number)
        except NotFound as error:
            self._navigator.report(error)
            return
        self._show(chosen=file, item=self._item(file.inquiry.item), written=Written(), way=Way.ANSWER, problem=("", ""))
        self._read_slip()
        self._view.focus_first()

    def search(self, text: str) -> None:
        """Narrow the list to what fits ``text``."""
        self._state = replace(self._state, wanted=replace(self._state.wanted, text=text.strip()))
        self._list()

    def show_only_open(self, *, only_open: bool) -> None:
        """Show the questions that wait, or all of them."""
        self._state = replace(self._state, wanted=replace(self._state.wanted, only_open=only_open))
        self._list()

    def edit(self, written: Written) -> None:
        """Take note of what was typed."""
        if self._state.is_new:
            self._new = written
        self._show(written=written, problem=("", ""))

    def drop_item(self) -> None:
        """Let a new question be about no item; a short message offers to undo."""
        before = self._new_item
        if self._state.is_new and before is not None:
            self._take_item(None)
            self._navigator.notify(_("已去掉有关事项"), _("撤销"), lambda: self._take_item(before))

    def _take_item(self, item: ServiceItem | None) -> None:
        self._new_item = item
        if self._state.is_new:
            self._show(item=item)

    def choose_way(self, way: str) -> None:
        """Choose what becomes of the question; what was typed stays."""
        self._show(way=Way(way), problem=("", ""))
        self._view.focus_first()

    def go_on(self) -> None:
        """Write the new question down, or do what was chosen with the one that is shown."""
        if self._state.is_busy or not self._state.can_act:
            return
        problem = _problem(self._state)
        if problem[0]:
            self._show(problem=problem)
        elif self._state.is_new:
            self._ask(answered=bool(self._state.written.words.strip()))
        else:
            self._carry_out()

    def take_item(self) -> None:
        """Begin an intake of what the question is about; the question is settled by that, or nothing is begun."""
        state, clerk, inquiries = self._state, self._session.clerk, self._counter.inquiries
        item, chosen, written = state.item, state.chosen, state.written
        if item is None or not item.can_be_opened or state.is_busy:
            return
        is_asked_now = chosen is None and bool(written.subject.strip())
        if is_asked_now and _problem(state)[0]:
            self._show(problem=_problem(state))
            return

        def settle() -> Inquiry:
            number = chosen.inquiry.number if chosen else ""
            if is_asked_now:
                number = inquiries.ask(clerk, written.subject, item.code, written.asked_by, written.phone).number
            return inquiries.answer(number, clerk, TAKEN_IN)

        def go_on(_inquiry: Inquiry) -> None:
            if is_asked_now:
                self._forget_new()
            self._navigator.open_item(item.code)

        if is_asked_now or (chosen is not None and chosen.inquiry.is_open):
            self._run(settle, go_on)
        else:
            self._navigator.open_item(item.code)

    def open_guide(self) -> None:
        """Print the one-page guide of the item for the citizen."""
        item, clerk = self._state.item, self._session.clerk
        if item is not None:
            print_guide(self._around, self._outlet, item, clerk)

    def open_slip(self) -> None:
        """Print the slip (咨询登记单) of the question for the citizen; the next press says that it came out."""
        chosen = self._state.chosen
        if chosen is None:
            return
        paper = self._counter.papers.find(chosen.inquiry.number)
        if paper.state is PaperState.SENT:
            self.printing.confirm((paper,))
        else:
            self.printing.send((paper,))

    def escape(self) -> None:
        """Go back to the new question, else to the counter; what was typed stays."""
        if self._state.is_new:
            self._navigator.home()
        else:
            self.begin()

    def _ask(self, *, answered: bool) -> None:
        written, clerk, code = (
            self._state.written,
            self._session.clerk,
            self._state.item.code if self._state.item else "",
        )

        def work() -> Inquiry:
            inquiry = self._counter.inquiries.ask(clerk, written.subject, code, written.asked_by, written.phone)
            return self._counter.inquiries.answer(inquiry.number, clerk, written.words) if answered else inquiry

        self._run(work, self._asked)

    def _asked(self, inquiry: Inquiry) -> None:
        self._forget_new()
        words = _("已登记：%(number)s") if inquiry.is_open else _("已登记并答复：%(number)s")
        self._navigator.notify(words % {"number": inquiry.number})
        self._list()
        if inquiry.is_open:
            self.choose(inquiry.number)
        else:
            self.begin()

    def _carry_out(self) -> None:
        chosen, written, clerk, way = self._state.chosen, self._state.written, self._session.clerk, self._state.way
        assert chosen is not None  # noqa: S101  only what is shown is carried out
        number, inquiries = chosen.inquiry.number, self._counter.inquiries
        work: dict[Way, Callable[[], Inquiry]] = {
            Way.ANSWER: lambda: inquiries.answer(number, clerk, written.words),
            Way.HAND_ON: lambda: inquiries.hand_on(number, clerk, written.to, written.words, written.to_phone),
            Way.SETTLE: lambda: inquiries.close(number, clerk, written.words),
        }
        self._run(work[way], self._carried_out)

    def _carried_out(self, inquiry: Inquiry) -> None:
        self._navigator.notify(_("已转交，首问责任不变") if inquiry.is_open else _("咨询已办结"))
        self._list()
        self.choose(inquiry.number)

    def _run(self, work: Callable[[], Inquiry], done: Callable[[Inquiry], None]) -> None:
        self._show(is_busy=True)

        def finish(inquiry: Inquiry) -> None:
            self._state = replace(self._state, is_busy=False)
            done(inquiry)

        self._runner.run(work, finish, self._fail)

    def _fail(self, error: Exception) -> None:
        self._show(is_busy=False)
        self._navigator.report(error)

    def _read_slip(self) -> None:
        chosen = self._state.chosen
        is_sent = chosen and self._counter.papers.find(chosen.inquiry.number).state is PaperState.SENT
        self._show(is_slip_sent=bool(is_sent))

    def _forget_new(self) -> None:
        self._new, self._new_item = Written(), None

    def _item(self, code: str) -> ServiceItem | None:
        try:
            return self._counter.catalogue.item(code) if code else None
        except NotFound:
            return None

    def _names(self) -> dict[str, str]:
        return {operator.login: operator.name for operator in self._counter.operators.everyone()}

    def _list(self) -> None:
        wanted, inquiries = self._state.wanted, self._counter.inquiries
        self._show(rows=tuple(inquiries.page(wanted, 0, MOST_ROWS)), count=inquiries.count(wanted))

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._view.render(self._state)


TAKEN_IN = "当场收件办理"
"""What the journal says of a question that became a case."""


def _problem(state: InquiryState) -> tuple[str, str]:
    """Return the first field that stands in the way and what is wrong with it."""
    written = state.written
    if state.is_new:
        if not written.subject.strip():
            return "subject", _("请填写问了什么")
        return _phone_problem("phone", written.phone)
    if state.way is Way.HAND_ON:
        if not written.to.strip():
            return "to", _("请填写转给谁")
        return _phone_problem("to_phone", written.to_phone)
    if not written.words.strip():
        return "words", _("请填写答复内容") if state.way is Way.ANSWER else _("请填写怎么了结的")
    return "", ""


def _phone_problem(place: str, phone: str) -> tuple[str, str]:
    return (
        (place, _("请填手机号，或带区号的固定电话")) if phone.strip() and check_phone(tidy_phone(phone)) else ("", "")
    )
