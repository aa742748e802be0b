"""What was read of a paper, beside the picture of it: the clerk compares, chooses and takes. Nothing is taken by itself."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QLabel

from app.domain.catalogue import ServiceItem
from app.services.ports import ReadField, ReadPaper
from ui import card_words
from ui.intake.proposals import Proposals
from ui.intake.proposed import Proposal, Proposed
from ui.intake.state import IntakeState
from ui.problems import place_name
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.cards import Card, Row, clear, column_layout, row_layout
from ui.widgets.flow import Beside, Flow
from ui.widgets.room import holding
from ui.widgets.signs import Light
from ui.widgets.texts import ElidedLabel, label
from ui.widgets.waiting import Spinner

PIECE, CLOSE_PIECE = QSize(300, 36), QSize(300, 60)
"""Room for a piece of the picture, and for one that has to be compared character by character or holds several lines."""
ONE_LINE = 5
"""Times its height that an address in one line is wide, at least."""
PIECE_MARGIN = 4
LONGEST_CLOSE = 18
"""Characters that are shown large beside it; an address is longer."""
WIDE_ROW = 620


class ProposalsCard(Card):
    """Every signal names the proposal it is about by its place in the list."""

    toggled = Signal(int)
    taken = Signal()
    all_taken = Signal()
    whose_switched = Signal()
    next_asked = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(_("证件上读到的"))
        self.flush()
        self._shown: Proposed | None = None
        self._rows = column_layout(spacing=0)
        self._spinner = Spinner()
        self._over = Light()
        self._next = LinkButton(_("看下一张 Alt+N"), "Alt+N")
        self._next.clicked.connect(self.next_asked)
        self._whose = LinkButton(_("换个人填 Alt+W"), "Alt+W")
        self._whose.clicked.connect(self.whose_switched)
        for link in (self._next, self._whose):
            link.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # its key leads to it; Tab goes from line to line
        self.head.addWidget(self._spinner)
        self.head.addLayout(Flow(self._over, self._next, self._whose))
        self._take = ActionButton(_("填入打勾的"), "", "check-circle")
        self._take.fired.connect(self.taken)
        everything = ActionButton(_("全部填入"), "Ctrl+Return", kind="quiet")
        everything.fired.connect(self.all_taken)
        close = ActionButton(_("不填"), "", kind="quiet")
        close.fired.connect(self.closed)
        self._acts = Flow(self._take, everything, close, spacing=4)
        self._acts.setContentsMargins(*(theme().px(n) for n in (12, 6, 12, 6)))
        self.body.addLayout(self._rows)
        self.body.addLayout(self._acts)
        self._acted = (self._take, everything, close)
        self.hide()

    def connect_to(self, proposals: Proposals) -> None:
        """Let ``proposals`` decide."""
        self.toggled.connect(proposals.toggle)
        self.taken.connect(proposals.take)
        self.all_taken.connect(proposals.take_all)
        self.whose_switched.connect(proposals.switch_whose)
        self.next_asked.connect(proposals.next_paper)
        self.closed.connect(proposals.close)

    def show_state(self, state: IntakeState) -> None:
        """Show that a paper is being read, what was read of it, or nothing."""
        shown = state.proposed_values
        is_new = shown is not None and (self._shown is None or shown.reading is not self._shown.reading)
        self.setVisible(state.is_reading or shown is not None)
        self._spinner.setVisible(state.is_reading)
        for part in self._acted:
            part.setVisible(shown is not None)
        self.note.setText(_("读取中…") if state.is_reading else _paper_words(shown) if shown else "")
        self._over.setVisible(shown is not None and shown.ended_on is not None)
        if shown and shown.ended_on:
            self._over.show_light("danger", card_words.expired(shown.ended_on), "")
        self._next.setVisible(shown is not None and shown.count > 1)
        people = len(state.application.co_applicants) + (state.application.agent is not None)
        is_card = shown is not None and shown.reading.paper is ReadPaper.RESIDENT_CARD
        self._whose.setVisible(is_card and people > 0)
        if shown != self._shown:
            self._fill(shown, state.item)
        if is_new:
            (self._take if shown and shown.chosen else self._lines()[0]).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Go from line to line at ↑ and ↓, and on to the buttons."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        stops = [part for part in (*self._lines(), *self._acted) if part.isEnabled()]
        here = next((place for place, part in enumerate(stops) if part.hasFocus()), None)
        if not step or here is None:
            super().keyPressEvent(event)
        else:
            stops[max(0, min(here + step, len(stops) - 1))].setFocus()

    def _fill(self, shown: Proposed | None, item: ServiceItem) -> None:
        """Show the lines of a paper; those that are there already stay, with the focus."""
        proposals = shown.proposals if shown else ()
        if [row.key for row in self._lines()] != [key_of(one) for one in proposals]:
            clear(self._rows)
            for index, proposal in enumerate(proposals):
                row = ProposalRow(index, _called(proposal, item), proposal)
                row.fired.connect(lambda index=index: self.toggled.emit(index))
                self._rows.addWidget(row)
        for row, proposal in zip(self._lines(), proposals, strict=True):
            row.show_proposal(proposal)
        self._shown = shown
        self._take.set_usable(bool(shown and shown.chosen))

    def _lines(self) -> "list[ProposalRow]":
        found = (self._rows.itemAt(index).widget() for index in range(self._rows.count()))
        return [line for line in found if isinstance(line, ProposalRow)]


class ProposalRow(Row):
    """One value with its piece of the picture, and what stands in the form now."""

    def __init__(self, index: int, name: str, proposal: Proposal) -> None:
        super().__init__(52, first=not index)
        self.key, self._name = key_of(proposal), name
        is_close = proposal.is_doubtful and not proposal.is_same
        text = label(proposal.text, "title" if is_close and len(proposal.text) <= LONGEST_CLOSE else "strong")
        text.setWordWrap(True)  # it is compared character by character
        first = row_layout(label(name, "soft"))
        first.addWidget(text, 1)
        self._second, self._light = ElidedLabel("", "small"), Light()
        words = column_layout(spacing=0)
        words.addStretch(1)
        words.addLayout(first)
        words.addWidget(self._second)
        words.addStretch(1)
        said = row_layout(holding(words), self._light)
        said.setStretch(0, 1)
        picture = _picture(proposal, name, is_close=is_close)
        self.inside.addLayout(Beside(picture, holding(said), WIDE_ROW, spacing=12, first_kept=True), 1)

    def show_proposal(self, proposal: Proposal) -> None:
        """Show whether the value is chosen, and what is said of it."""
        light = _light(proposal)
        self._light.show_light(*light)
        self._second.setText(_second(proposal))
        self._second.setVisible(bool(_second(proposal)))
        self.set_state("warn" if light[0] == "warn" else "")
        self.setAccessibleName(f"{self._name} {proposal.text} {_second(proposal)} {light[1]}")


def key_of(proposal: Proposal) -> tuple[str, str, bytes]:
    """Return what makes a line the same one as before."""
    return proposal.place, proposal.text, proposal.piece


def _called(proposal: Proposal, item: ServiceItem) -> str:
    """Return what the place is called, as the intake calls it for whoever the paper is about."""
    return _("负责人") if proposal.field is ReadField.REPRESENTATIVE else place_name(proposal.place, item)


def _picture(proposal: Proposal, name: str, *, is_close: bool) -> QLabel:
    shown, picture = label("", "scrap"), QPixmap()
    shown.setAccessibleName(name)
    shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
    is_there = picture.loadFromData(proposal.piece)
    has_lines = proposal.field is ReadField.ADDRESS and picture.width() < ONE_LINE * picture.height()
    room = CLOSE_PIECE if is_close or has_lines else PIECE
    size = QSize(theme().px(room.width()), theme().px(room.height()))
    margin = 2 * theme().px(PIECE_MARGIN)
    shown.setFixedSize(size.width() + margin, size.height() + margin)
    if is_there:
        shown.setPixmap(
            picture.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
    return shown


def _second(proposal: Proposal) -> str:
    """Return what is said of a value in its second line."""
    if proposal.is_same:
        return _("和已填的一样")
    words = [_("已填：%(text)s") % {"text": proposal.now}] if proposal.now else []
    if proposal.is_repaired:
        words.append(_("有一个字符没看清，按校验改过"))
    elif proposal.is_doubtful:
        words.append(_("请对照图片逐字核对"))
    return "·".join(words)


def _light(proposal: Proposal) -> tuple[str, str, str]:
    if proposal.is_same:
        return "plain", _("一样"), "equals"
    if proposal.is_chosen:
        return "good", _("填入"), ""
    return ("warn", _("要核对"), "") if proposal.is_doubtful else ("plain", _("不填"), "minus-circle")


def _paper_words(shown: Proposed) -> str:
    words = _("居民身份证") if shown.reading.paper is ReadPaper.RESIDENT_CARD else _("营业执照")
    if shown.count > 1:
        words += f" {shown.number} / {shown.count}"
    return words
