"""The ways out of an intake on the screen: their buttons in the bar, and the place where their forms lie."""

from PySide6.QtWidgets import QHBoxLayout

from ui.forms.view import FormPanel
from ui.intake.state import IntakeState
from ui.intake.ways_out import WaysOut
from ui.paper_side import WIDTH as PAPER_WIDTH
from ui.text import _, pgettext
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import row_layout
from ui.widgets.flow import Flow
from ui.widgets.room import RoomFrame, holding


class WayOutParts:
    """A form in place of the draft, its button in place of the bar."""

    def __init__(self) -> None:
        self.draft_bar: QHBoxLayout = row_layout()
        self.panel = FormPanel()
        self._receive = ActionButton(_("只收件"), "F2", kind="quiet")
        self._late = ActionButton(_("补录"), "F3", kind="quiet")
        self._refuse = ActionButton(pgettext("act", "不予受理"), "F5", kind="quiet")
        self._ask = ActionButton(_("补正告知"), "F6", kind="quiet")
        self.acts = holding(Flow(self._ask, self._receive, self._refuse, self._late, spacing=4))
        self.panel.hide()
        self.panel.bar.hide()

    def join(self, room: RoomFrame) -> None:
        """Take the places in ``room``."""
        room.body.addWidget(self.panel, 1)
        room.keep_side(self.panel.paper_side, PAPER_WIDTH)
        if room.bar is not None:
            self._draft = holding(self.draft_bar)
            room.bar.addWidget(self._draft)
            room.bar.addWidget(self.panel.bar)

    def connect_to(self, presenter: WaysOut) -> None:
        """Let ``presenter`` decide."""
        self._receive.fired.connect(presenter.only_receive)
        self._late.fired.connect(presenter.enter_late)
        self._refuse.fired.connect(presenter.refuse)
        self._ask.fired.connect(presenter.ask_supplement)
        self.panel.connect_to(presenter.forms)

    def show_state(self, state: IntakeState) -> None:
        """Show what may be done with the draft now, and why the rest may not."""
        self._late.set_word(_("取消补录") if state.late else _("补录"))
        self._ask.set_usable(state.can_ask and state.late is None)
        self._ask.setToolTip("" if state.can_ask else _("没有缺项"))
        for button in (self._receive, self._refuse):
            button.set_usable(state.late is None)
            button.setToolTip("" if state.late is None else _("补录的办件要照当时办结的情况受理"))
            button.set_busy(state.is_busy)

    def show_form(self, *, shown: bool) -> None:
        """Show a form in place of the draft, or the draft again."""
        self.panel.setVisible(shown)
        self.panel.bar.setVisible(shown)
        self._draft.setVisible(not shown)
        if not shown:
            self.panel.forget()
