"""The room of a case: who and where it stands on top, the page, the list of acts or a form, and the acts at the foot."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget

from app.domain.case import CaseState
from app.domain.numbering import grouped
from app.services.desk import CaseFile, LitCase
from ui.case.act_list import ActList
from ui.case.bar import ActBar
from ui.case.page import SIDE_WIDTH, CasePage
from ui.case.presenter import CasePresenter
from ui.case.state import CasePageState, Part
from ui.dates import short_time
from ui.forms.view import FormPanel
from ui.handed_in import SEPARATOR_KEY
from ui.outcome_words import case_marks
from ui.paper_side import WIDTH as PAPER_WIDTH
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import clear, row_layout
from ui.widgets.keys import bind
from ui.widgets.room import RoomFrame
from ui.widgets.signs import Light
from ui.widgets.texts import ElidedLabel, ShrinkingLabel, badge, label, rule
from ui.widgets.zoom import Zoom
from ui.words import case_applicant_words, light_words, state_words

REVEALED_MS = 60_000
LARGE_TEXT = 120
"""Per cent from which on the header has no room for the due date, which stands on the page as well, nor always the number."""


class CaseRoom(RoomFrame):
    """Signals name what the clerk wants; personal data is masked after a minute and whenever the room goes."""

    back_asked = Signal()
    act_asked = Signal(str)
    more_asked = Signal()
    reveal_asked = Signal()
    hide_asked = Signal()
    copy_asked = Signal()
    page_zoomed = Signal(object)
    paper_opened = Signal(object)
    paper_saved = Signal(object)
    separator_asked = Signal()

    def __init__(self) -> None:
        super().__init__(has_bar=True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title, self._number = ElidedLabel("", "title"), ShrinkingLabel("", "soft")
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._badge, self._state_badge, self._light = badge(""), badge("", "accent"), Light()
        self._marks = row_layout()
        self._page, self._acts, self._form = CasePage(), ActList(), FormPanel()
        self._parts = QStackedWidget()
        self._bar = ActBar(self._form.bar)
        self._part = Part.PAGE
        self._zoom = Zoom(self)
        self._masked_again = QTimer(self)
        self._masked_again.setSingleShot(True)
        self._masked_again.setInterval(REVEALED_MS)
        self._lay_out()
        self._connect()

    def connect_to(self, presenter: CasePresenter) -> None:
        """Let ``presenter`` decide."""
        self.back_asked.connect(presenter.leave)
        self.act_asked.connect(presenter.begin)
        self.more_asked.connect(presenter.show_acts)
        self.reveal_asked.connect(presenter.reveal)
        self.hide_asked.connect(presenter.hide)
        self.copy_asked.connect(presenter.copy_number)
        self.page_zoomed.connect(presenter.zoom)
        self._page.custody.export_asked.connect(presenter.export)
        self.paper_opened.connect(presenter.open_paper)
        self.paper_saved.connect(presenter.save_paper)
        self._page.materials.document_opened.connect(presenter.documents.open)
        self._page.materials.document_saved.connect(presenter.documents.save)
        papers = self._page.papers
        papers.print_asked.connect(presenter.printing.send_waiting)
        papers.confirmed.connect(presenter.printing.confirm)
        papers.spoiled.connect(lambda paper: presenter.printing.spoil((paper,)))
        papers.all_spoiled.connect(presenter.printing.spoil)
        papers.blank_asked.connect(presenter.print_onto_blank)
        papers.reprint_asked.connect(presenter.reprint)
        papers.void_asked.connect(presenter.void_paper)
        papers.revoke_asked.connect(presenter.revoke_paper)
        papers.replace_asked.connect(presenter.replace_paper)
        papers.sign_asked.connect(presenter.sign_paper)
        self._form.connect_to(presenter.forms)
        self.separator_asked.connect(presenter.print_separator)

    def render(self, state: CasePageState) -> None:
        """Show ``state``; what has not changed is left alone."""
        file = state.file
        self.show_changed("header", (file.case, file.lit), lambda: self._show_header(file))
        self._page.render(state)
        self.show_changed("acts", (state.acts, state.begun, state.part), lambda: self._show_acts(state))
        bar = (state.acts, state.begun, state.is_busy, state.part)
        self.show_changed("bar", bar, lambda: self._show_bar(state))
        self.show_changed("part", (state.part, file.case.number), lambda: self._show_part(state))
        if state.revealed is not None:
            self._masked_again.start()
        else:
            self._masked_again.stop()
        self._zoom.show_picture(state.zoomed)

    def show_paper(self, number: str) -> None:
        """Show the paper of that number where it stands among the others."""
        self._page.papers.focus_paper(number)

    @property
    def form_view(self) -> FormPanel:
        """Return the screen of the forms that do an act."""
        return self._form

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  Qt's name
        """Ask to mask personal data: by whatever way the clerk leaves, and when the window is locked."""
        super().hideEvent(event)
        self.hide_asked.emit()

    # --- parts -------------------------------------------------------------------------------------------------

    def _show_header(self, file: CaseFile) -> None:
        case = file.case
        self._title.setText(f"{case.title}·{case_applicant_words(case)}")
        self._title.updateGeometry()
        self._number.setText(grouped(case.number))
        self._number.setMinimumWidth(self._number.sizeHint().width() if _has_room() else 0)
        self._badge.setText(_("即办件") if case.is_immediate else _("承诺件"))
        self._state_badge.setText(state_words(case.state))
        clear(self._marks)
        for word, tone in case_marks(case):
            self._marks.addWidget(badge(word, tone))
        self._light.setVisible(file.lit.light is not None)
        tone, words = light_words(file.lit)
        self._light.show_light(tone, _due_words(file.lit, words))

    def _show_acts(self, state: CasePageState) -> None:
        if state.part is Part.ACTS:
            self._acts.show_acts(state.acts, state.begun)

    def _show_bar(self, state: CasePageState) -> None:
        if state.part is Part.FORM:
            self._bar.show_form()
        else:
            self._bar.show_acts(state.acts, state.begun, is_busy=state.is_busy, has_more=state.part is Part.PAGE)

    def _show_part(self, state: CasePageState) -> None:
        part = state.part
        shown = {Part.PAGE: self._page, Part.ACTS: self._acts, Part.FORM: self._form}[part]
        self._parts.setCurrentWidget(shown)
        if part is Part.FORM:
            return
        self._form.forget()
        if part is Part.ACTS:
            self._acts.take_focus(state.acts.primary)
        elif self.isVisible():
            self._page.setFocus()

    # --- building ----------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._fill_header()
        self._page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._page.setAccessibleName(_("办件"))
        self.setFocusProxy(self._page)
        for part in (self._page, self._acts, self._form):
            self._parts.addWidget(part)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._parts)
        self.keep_side(self._page.side, SIDE_WIDTH)
        self.keep_side(self._form.paper_side, PAPER_WIDTH)
        if self.bar is not None:
            self.bar.addWidget(self._bar)

    def _fill_header(self) -> None:
        back = ActionButton(_("返回"), "Escape", "arrow-left", "quiet")
        back.fired.connect(lambda: self._form.stop_scan() or self.back_asked.emit())
        copy = ActionButton(_("复制"), "Ctrl+C", kind="quiet")
        copy.fired.connect(self.copy_asked)
        for part in (back, rule(upright=True), self._title, self._badge, self._number, copy):
            self.header.addWidget(part)
        self.header.addStretch(1)
        self.header.addLayout(self._marks)
        for part in (label(_("状态"), "small"), self._state_badge, self._light):
            self.header.addWidget(part)

    def _connect(self) -> None:
        self._masked_again.timeout.connect(self.hide_asked)
        bind(self, SEPARATOR_KEY, _("打印分隔页"), self.separator_asked.emit)
        self._page.materials.separator_asked.connect(self.separator_asked)
        self._page.reveal_asked.connect(self.reveal_asked)
        self._page.page_zoomed.connect(self.page_zoomed)
        self._page.papers.opened.connect(self.paper_opened)
        self._page.papers.saved.connect(self.paper_saved)
        self._acts.taken.connect(self.act_asked)
        self._page.custody.taken.connect(self.act_asked)
        self._bar.taken.connect(self.act_asked)
        self._bar.more_asked.connect(self.more_asked)


def _has_room() -> bool:
    return theme().px(100) <= LARGE_TEXT


def _due_words(lit: LitCase, words: str) -> str:
    if lit.row.due is None or lit.row.state is CaseState.SUSPENDED or not _has_room():
        return words  # of a suspended case the day moves by as much as the clock stands still
    return _("%(light)s·%(time)s 到期") % {"light": words, "time": short_time(lit.row.due)}
