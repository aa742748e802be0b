"""The screen of mixed papers: the stack as a form, in a room of its own."""

from PySide6.QtCore import Signal

from ui.forms.view import FormPanel
from ui.paper_side import WIDTH as PAPER_WIDTH
from ui.stack.presenter import StackPresenter
from ui.text import _
from ui.widgets.buttons import ActionButton
from ui.widgets.room import RoomFrame
from ui.widgets.texts import label, rule


class StackRoom(RoomFrame):
    """``back_asked`` means the step back, unless a scan runs."""

    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__(has_bar=True)
        self._form = FormPanel()
        back = ActionButton(_("返回"), "Escape", "arrow-left", "quiet")
        back.fired.connect(lambda: self._form.stop_scan() or self.back_asked.emit())
        for part in (back, rule(upright=True), label(_("扫一叠纸"), "title")):
            self.header.addWidget(part)
        self.header.addStretch(1)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._form)
        self.keep_side(self._form.paper_side, PAPER_WIDTH)
        if self.bar is not None:
            self.bar.addWidget(self._form.bar)

    def connect_to(self, presenter: StackPresenter) -> None:
        """Let ``presenter`` decide."""
        self.back_asked.connect(presenter.leave)
        self._form.connect_to(presenter.forms)

    def render_afresh(self) -> None:
        """Let what lies there be built anew: there may be other lines."""
        self._form.forget()

    @property
    def form_view(self) -> FormPanel:
        """Return the place where the stack lies."""
        return self._form
