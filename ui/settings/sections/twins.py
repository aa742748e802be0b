"""The card of the section of the centre that is there only when a second machine used this station's number."""

from ui.settings.presenters.twins import TwinPresenter, TwinState
from ui.settings.section import Section, at_left
from ui.text import _
from ui.widgets.buttons import ActionButton
from ui.widgets.notices import Notice
from ui.widgets.texts import label


class TwinCard:
    """Says what happened and offers the way out."""

    def __init__(self, section: Section) -> None:
        self.presenter = TwinPresenter(section.around, self)
        self._card = section.card(_("两台电脑用了同一个窗口号"))
        what = label(
            _(
                "中心收下的是另一台的记录。先关掉另一台，不再使用，再在这里分开：本机退到两台相同的最后一条，另起一段；"
                "本机独有的记录原样并入，新收的件变成草稿等着补录，取过的号不再用。两台都要用时，请管理员另发一个窗口号。"
            ),
            "small",
        )
        what.setWordWrap(True)
        self._part, self._notice, self._reason = (
            ActionButton(_("与另一台分开"), "", "swap"),
            Notice(),
            label("", "small"),
        )
        self._part.fired.connect(self.presenter.part)
        self._card.body.addWidget(what)
        self._card.body.addLayout(at_left(self._part, self._reason))
        self._card.body.addWidget(self._notice)
        self._card.hide()

    def render(self, state: TwinState) -> None:
        """Show ``state``."""
        self._card.setVisible(state.is_twin)
        self._part.set_busy(state.is_busy)
        self._part.set_usable(not state.why_not)
        self._reason.setText(state.why_not)
        self._notice.show_words(state.message, state.tone)
