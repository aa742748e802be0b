"""The page of a case: stages and proof on top, its history from the journal, and beside it the cards."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QVBoxLayout, QWidget

from app.domain.case import CaseState
from app.domain.facts import CaseAccepted, CaseDecided, CaseDelivered, CaseReceived, CertificateIssued, Fact
from app.domain.numbering import grouped
from app.domain.people import masked_name
from app.services.desk import CaseFile, Event, LitCase
from ui.case.cards import ApplicantCard, MaterialsCard, PapersCard
from ui.case.presenter import CasePageState, CasePresenter
from ui.history import event_words
from ui.text import _, clock_time, day_words, ngettext, short_time
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, Row, clear, column_layout, row_layout, scrolled
from ui.widgets.room import RoomFrame, holding
from ui.widgets.signs import Light, Stage, StageLine
from ui.widgets.texts import ElidedLabel, Icon, badge, label, rule, set_property
from ui.widgets.zoom import Zoom
from ui.words import light_words, state_words

SIDE_WIDTH = 372
CUSTODY_WIDTH = 168
REVEALED_MS = 60_000
SCROLL_KEYS = {
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}


class CaseRoom(RoomFrame):
    """Signals name what the clerk wants; personal data is masked after a minute and whenever the room goes."""

    back_asked = Signal()
    go_on_asked = Signal()
    reveal_asked = Signal()
    hide_asked = Signal()
    copy_asked = Signal()
    page_zoomed = Signal(object)
    paper_opened = Signal(object)
    paper_saved = Signal(object)

    def __init__(self) -> None:
        super().__init__(has_bar=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title, self._number = ElidedLabel("", "title"), label("", "soft")
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._badge, self._state_badge, self._light = badge(""), badge("", "accent"), Light()
        self._stages = StageLine()
        self._proof = Card(_("受理时间有据可查"))
        self._proof_figures = row_layout()
        self._proof_words = label("", "small")
        self._proof_words.setWordWrap(True)
        self._sound = Light()
        self._custody = Card(_("经办权"))
        self._held, self._held_words = label("", "strong"), label("", "small")
        self._held_words.setWordWrap(True)
        self._history = Card(_("办理经过"))
        self._history.flush()
        self._applicant, self._materials, self._papers = ApplicantCard(), MaterialsCard(), PapersCard()
        self._hint = label("", "soft")
        self._go_on = ActionButton(_("继续办理"), "F10", "note-pencil", "primary")
        self._zoom = Zoom(self)
        self._masked_again = QTimer(self)
        self._masked_again.setSingleShot(True)
        self._masked_again.setInterval(REVEALED_MS)
        self._lay_out()
        self._connect()

    def connect_to(self, presenter: CasePresenter) -> None:
        """Let ``presenter`` decide."""
        self.back_asked.connect(presenter.leave)
        self.go_on_asked.connect(presenter.go_on)
        self.reveal_asked.connect(presenter.reveal)
        self.hide_asked.connect(presenter.hide)
        self.copy_asked.connect(presenter.copy_number)
        self.page_zoomed.connect(presenter.zoom)
        self.paper_opened.connect(presenter.open_paper)
        self.paper_saved.connect(presenter.save_paper)

    def render(self, state: CasePageState) -> None:
        """Show ``state``; what has not changed is left alone."""
        file = state.file
        self.show_changed("header", (file.case, file.lit), lambda: self._show_header(file))
        self.show_changed("stages", file.events, lambda: self._stages.show_stages(_stages(file)))
        self.show_changed("proof", file.events, lambda: self._show_proof(file))
        self.show_changed("sound", (state.is_checking, state.is_sound), lambda: self._show_sound(state))
        self.show_changed("held", file.held_here, lambda: self._show_custody(held_here=file.held_here))
        self.show_changed("history", file.events, lambda: self._show_history(file))
        self.show_changed("applicant", (file.case, state.revealed), lambda: self._show_applicant(state))
        handed_in = (file.case.number, file.case.materials, state.thumbnails)
        self.show_changed("materials", handed_in, lambda: self._show_materials(state))
        self.show_changed("papers", file.papers, lambda: self._papers.show_papers(file.papers))
        self.show_bar(shown=state.can_go_on)
        self._zoom.show_picture(state.zoomed)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  Qt's name
        """Ask to mask personal data: by whatever way the clerk leaves, and when the window is locked."""
        super().hideEvent(event)
        self.hide_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Scroll the history."""
        action = SCROLL_KEYS.get(Qt.Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
        else:
            self._left.verticalScrollBar().triggerAction(action)

    # --- parts -------------------------------------------------------------------------------------------------

    def _show_header(self, file: CaseFile) -> None:
        case = file.case
        self._title.setText(f"{case.title}·{masked_name(case.applicant.name)}")
        self._title.updateGeometry()
        self._number.setText(grouped(case.number))
        self._badge.setText(_("即办件") if case.is_immediate else _("承诺件"))
        self._state_badge.setText(state_words(case.state))
        self._light.setVisible(file.lit.light is not None)
        tone, words = light_words(file.lit)
        self._light.show_light(tone, _due_words(file.lit, words))
        self._hint.setText(
            _("下一步：交付") if case.state in {CaseState.DECIDED, CaseState.ISSUED} else _("下一步：出证、交付")
        )

    def _show_proof(self, file: CaseFile) -> None:
        clear(self._proof_figures)
        accepted = next((event for event in file.events if isinstance(event.fact, CaseAccepted)), None)
        if accepted is None:
            self._proof_words.setText(_("尚未受理"))
            return
        figures = (
            (_("受理于"), f"{day_words(accepted.at)} {clock_time(accepted.at)}"),
            (_("台账"), _("第 %(seq)d 条") % {"seq": accepted.seq}),
            (_("存证码"), accepted.witness),
        )
        for name, words in figures:
            self._proof_figures.addWidget(label(name, "soft"))
            self._proof_figures.addWidget(label(words, "strong"))
            self._proof_figures.addSpacing(theme().px(8))
        self._proof_figures.addStretch(1)
        self._proof_words.setText(
            _("存证码印在申请人手中的文书上，事后改动台账必与之不符。尚未与中心核对，以台账和申请人的文书为凭。")
        )

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

    def _show_custody(self, *, held_here: bool) -> None:
        self._held.setText(_("在本窗口") if held_here else _("在其他窗口"))
        set_property(self._held, "tone", "good" if held_here else "warn")
        self._held_words.setText(_("只有本窗口可以续办") if held_here else _("这里只能查看"))

    def _show_history(self, file: CaseFile) -> None:
        clear(self._history.body)
        count = len(file.events)
        self._history.note.setText(
            ngettext("来自台账，%(count)d 条", "来自台账，%(count)d 条", count) % {"count": count}
        )
        for event in reversed(file.events):
            self._history.body.addWidget(_event_row(event, file, first=event is file.events[-1]))

    def _show_applicant(self, state: CasePageState) -> None:
        in_full = state.revealed is not None
        self._applicant.show_case(state.revealed or state.file.case, state.file.item, in_full=in_full)
        if in_full:
            self._masked_again.start()
        else:
            self._masked_again.stop()

    def _show_materials(self, state: CasePageState) -> None:
        case = state.file.case
        self._materials.setVisible(bool(case.materials))
        self._materials.show_materials(case.materials, state.file.item, state.thumbnails)

    # --- building ----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._fill_header()
        self._proof.body.addLayout(self._proof_figures)
        self._proof.body.addWidget(self._proof_words)
        self._proof.head.addWidget(self._sound)
        self._custody.setFixedWidth(theme().px(CUSTODY_WIDTH))
        self._custody.body.addWidget(self._held)
        self._custody.body.addWidget(self._held_words)
        self._custody.body.addStretch(1)
        for card in (self._proof, self._custody):
            card.body.setSpacing(theme().px(2))
        stages = Card()
        stages.body.setContentsMargins(*(theme().px(n) for n in (8, 10, 8, 2)))
        stages.body.addWidget(self._stages)
        trust = row_layout(self._proof, self._custody)
        trust.setStretch(0, 1)
        left = column_layout(stages, spacing=12)
        left.addLayout(trust)
        left.addWidget(self._history)
        left.addStretch(1)
        side = column_layout(self._applicant, self._materials, self._papers, spacing=12)
        side.addStretch(1)
        self._left, right = _scrolled(left), _scrolled(side)
        self.keep_side(right, SIDE_WIDTH)
        self.body.addWidget(self._left, 1)
        self.body.addWidget(right)
        if self.bar is not None:
            self.bar.addStretch(1)
            self.bar.addWidget(self._hint)
            self.bar.addWidget(self._go_on)

    def _fill_header(self) -> None:
        back = ActionButton(_("返回"), "Escape", "arrow-left", "quiet")
        back.fired.connect(self.back_asked)
        copy = ActionButton(_("复制"), "Ctrl+C", kind="quiet")
        copy.fired.connect(self.copy_asked)
        for part in (back, rule(upright=True), self._title, self._badge, self._number, copy):
            self.header.addWidget(part)
        self.header.addStretch(1)
        for part in (label(_("状态"), "small"), self._state_badge, self._light):
            self.header.addWidget(part)

    def _connect(self) -> None:
        self._masked_again.timeout.connect(self.hide_asked)
        self._applicant.reveal_asked.connect(self.reveal_asked)
        self._materials.zoomed.connect(self.page_zoomed)
        self._papers.opened.connect(self.paper_opened)
        self._papers.saved.connect(self.paper_saved)
        self._go_on.fired.connect(self.go_on_asked)


def _scrolled(column: QVBoxLayout) -> QWidget:
    column.setContentsMargins(0, 0, theme().px(4), 0)
    return scrolled(holding(column))


def _due_words(lit: LitCase, words: str) -> str:
    if lit.row.due is None:
        return words
    return _("%(light)s·%(time)s 到期") % {"light": words, "time": short_time(lit.row.due)}


def _event_row(event: Event, file: CaseFile, *, first: bool) -> Row:
    sign, what, details = event_words(event.fact, file.item)
    row = Row(48, first=first, can_fire=False)
    when = label(short_time(event.at), "small")
    when.setFixedWidth(theme().px(84))
    row.inside.addWidget(when)
    row.inside.addWidget(Icon(sign, "accent"))
    row.add_words(what, details)
    right = QVBoxLayout()
    right.setSpacing(0)
    for words in (event.operator, f"#{event.seq}"):
        right.addWidget(label(words, "small"), 0, Qt.AlignmentFlag.AlignRight)
    row.inside.addLayout(right)
    return row


def _stages(file: CaseFile) -> list[Stage]:
    """Return the stages with the time at which each was reached; the first that was not is the present one."""
    steps: list[tuple[str, type[Fact]]] = [
        (_("收件"), CaseReceived),
        (_("受理"), CaseAccepted),
        (_("决定"), CaseDecided),
        (_("制证"), CertificateIssued),
        (_("送达"), CaseDelivered),
    ]
    if not file.item.makes_certificate:
        del steps[3]
    reached = [(name, _reached_at(file, kind)) for name, kind in steps]
    present = next((name for name, at in reached if at is None), "")
    return [
        Stage(name, short_time(at) if at else "", "done" if at else "now" if name == present else "next")
        for name, at in reached
    ]


def _reached_at(file: CaseFile, kind: type[Fact]) -> datetime | None:
    return next((event.at for event in file.events if isinstance(event.fact, kind)), None)
