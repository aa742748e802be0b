"""What the page of a case shows below its header: stages, proof, history, and the cards beside it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QLabel, QVBoxLayout, QWidget

from app.domain.clock import ProvenInterval
from app.domain.facts import CaseAccepted, CaseCorrected, CaseDeemedAccepted
from app.services.desk import CaseFile, Event
from ui.case.cards import ApplicantCard, MaterialsCard
from ui.case.custody_card import CustodyCard
from ui.case.papers_card import PapersCard
from ui.case.proof import proof_of
from ui.case.stages import stages_of
from ui.case.state import CasePageState
from ui.dates import clock_time, day_words, short_time
from ui.history import event_words
from ui.sync_words import proven_words
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.cards import Card, Row, clear, column_layout, row_layout, scrolled
from ui.widgets.flow import Beside, Flow
from ui.widgets.proof import ProofBar
from ui.widgets.room import Showing, holding
from ui.widgets.signs import Light, StageLine
from ui.widgets.texts import Icon, label

SIDE_WIDTH = 372
CUSTODY_WIDTH = 168
TRUST_LEAST = 700
SCROLL_KEYS = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class CasePage(QWidget):
    """Looks at the case; every act begins in the bar."""

    reveal_asked = Signal()
    page_zoomed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._showing = Showing()
        self._stages = StageLine()
        self._proof = Card(_("受理时间有据可查"))
        self._proof_bar = ProofBar()
        self._proof_figures = Flow(spacing=12)
        self._proof_words = label("", "small")
        self._proof_words.setWordWrap(True)
        self._sound = Light()
        self.custody = CustodyCard()
        self._history = Card(_("办理经过"))
        self._history.flush()
        self._applicant, self.materials = ApplicantCard(), MaterialsCard()
        self.papers = PapersCard()
        self._lay_out()
        self._applicant.reveal_asked.connect(self.reveal_asked)
        self.materials.zoomed.connect(self.page_zoomed)

    def render(self, state: CasePageState) -> None:
        """Show ``state``; what has not changed is left alone."""
        file, changed, in_full = state.file, self._showing.changed, state.revealed is not None
        changed("stages", (file.events, file.lit), lambda: self._stages.show_stages(stages_of(file)))
        changed("proof", file.events, lambda: self._show_proof(file))
        changed("sound", (state.is_checking, state.is_sound), lambda: self._show_sound(state))
        held = (file.case, file.held_here, file.holder_name, file.lit.row.mark, state.acts)
        changed("held", held, lambda: self.custody.show_file(file, state.acts))
        changed("history", (file.events, in_full), lambda: self._show_history(file, in_full=in_full))
        changed("applicant", (file.case, state.revealed), lambda: self._show_applicant(state))
        handed_in = (file.case.number, file.case.materials, state.thumbnails, file.today)
        changed("materials", handed_in, lambda: self._show_materials(state))
        shown = (file.papers, file.case, file.lit.row, file.today, state.for_blanks)
        changed("papers", shown, lambda: self.papers.show_papers(file, state.for_blanks))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Scroll the history."""
        action = SCROLL_KEYS.get(Qt.Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
        else:
            self.scroll(action)

    def scroll(self, action: QAbstractSlider.SliderAction) -> None:
        """Scroll the left side."""
        self._left.verticalScrollBar().triggerAction(action)

    def _show_proof(self, file: CaseFile) -> None:
        clear(self._proof_figures)
        accepted = next((e for e in file.events if isinstance(e.fact, CaseAccepted | CaseDeemedAccepted)), None)
        self._proof_bar.show_proof(proof_of(accepted) if accepted else None)
        if accepted is None:
            self._proof_words.setText(_("尚未受理"))
            return
        figures = (
            (_("受理于"), f"{day_words(accepted.at)} {clock_time(accepted.at)}"),
            (_("台账"), _("第 %(seq)d 条") % {"seq": accepted.seq}),
            (_("存证码"), accepted.witness),
        )
        for name, words in figures:
            self._proof_figures.addWidget(holding(row_layout(label(name, "soft"), label(words, "strong"))))
        if accepted.proven.is_closed:
            tone, _span, width = proven_words(accepted.proven)
            self._proof_figures.addWidget(Light(tone, width))
        self._proof_words.setText(_proof_words(file, accepted.proven))

    def _show_sound(self, state: CasePageState) -> None:
        if state.is_checking:
            tone, words = "plain", _("核对中…")
        else:
            tone, words = {
                True: ("good", _("链与签名完好")),
                False: ("danger", _("核对不通过")),
                None: ("warn", _("未能核对")),
            }[state.is_sound]
        self._sound.show_light(tone, words)

    def _show_history(self, file: CaseFile, *, in_full: bool) -> None:
        clear(self._history.body)
        count = len(file.events)
        self._history.note.setText(
            ngettext("来自台账，%(count)d 条", "来自台账，%(count)d 条", count) % {"count": count}
        )
        for event in reversed(file.events):
            self._history.body.addWidget(_event_row(event, file, first=event is file.events[-1], in_full=in_full))

    def _show_applicant(self, state: CasePageState) -> None:
        in_full = state.revealed is not None
        self._applicant.show_case(state.revealed or state.file.case, state.file.item, in_full=in_full)

    def _show_materials(self, state: CasePageState) -> None:
        self.materials.setVisible(bool(state.file.case.materials))
        self.materials.show_materials(state.file, state.thumbnails)

    def _lay_out(self) -> None:
        self._proof.body.addWidget(self._proof_bar)
        self._proof.body.addLayout(self._proof_figures)
        self._proof.body.addWidget(self._proof_words)
        self._proof.head.addWidget(self._sound)
        self.custody.setMinimumWidth(theme().px(CUSTODY_WIDTH))
        self._proof.body.setSpacing(theme().px(2))
        stages = Card()
        stages.body.setContentsMargins(*(theme().px(n) for n in (8, 10, 8, 2)))
        stages.body.addWidget(self._stages)
        trust = Beside(self._proof, self.custody, TRUST_LEAST)
        left = column_layout(stages, spacing=12)
        left.addLayout(trust)
        left.addWidget(self._history)
        left.addStretch(1)
        side = column_layout(self._applicant, self.materials, self.papers, spacing=12)
        side.addStretch(1)
        self._left, self.side = scrolled(_edged(left)), scrolled(_edged(side))
        inside = row_layout(self._left, self.side)
        inside.setContentsMargins(*(theme().px(n) for n in (24, 16, 24, 16)))
        inside.setSpacing(theme().px(16))
        inside.setStretch(0, 1)
        self.setLayout(inside)


def _edged(column: QVBoxLayout) -> QWidget:
    column.setContentsMargins(0, 0, theme().px(4), 0)
    return holding(column)


def _proof_words(file: CaseFile, proven: ProvenInterval) -> str:
    if file.case.is_late_entry:
        return _("补录的办件：实际时间由经办人填写，台账只能证明补录发生在何时；各项统计单独计数。")
    if proven.is_closed:
        return _("存证码印在申请人手中的文书上；中心前后两次应答把受理夹在中间，事后改不动。")
    return _("存证码印在申请人手中的文书上，事后改动台账必与之不符。尚未与中心核对，以台账和申请人的文书为凭。")


def _event_row(event: Event, file: CaseFile, *, first: bool, in_full: bool) -> Row:
    sign, what, details = event_words(event, file.item, in_full=in_full)
    row = Row(48, first=first, can_fire=False)
    when = label(short_time(event.at), "small")
    when.setMinimumWidth(theme().px(84))
    row.inside.addWidget(when)
    row.inside.addWidget(Icon(sign, "accent"))
    row.add_words(what, _wrapped(details) if in_full and isinstance(event.fact, CaseCorrected) else details)
    right = QVBoxLayout()
    right.setSpacing(0)
    for words in (_who(event), f"#{event.seq}"):
        right.addWidget(label(words, "small"), 0, Qt.AlignmentFlag.AlignRight)
    row.inside.addLayout(right)
    return row


def _wrapped(details: str) -> QLabel:
    words = label(details, "small")
    words.setWordWrap(True)
    return words


def _who(event: Event) -> str:
    return _("系统") if event.operator == "system" else event.operator
