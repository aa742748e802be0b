"""When something is the matter: looking at everything, and one file for whoever helps."""

from PySide6.QtCore import Qt

from ui.settings.presenters.support import SupportPresenter, SupportState
from ui.settings.section import Section, at_left
from ui.text import _
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import clear, column_layout, row_layout
from ui.widgets.notices import Notice
from ui.widgets.signs import LIGHT_ICONS
from ui.widgets.texts import Icon, label
from ui.widgets.waiting import Waiting


class SupportSection(Section):
    """Two acts and what was found, a line each."""

    key, icon = "support", "first-aid-kit"

    @staticmethod
    def name() -> str:
        """Return what the section is called."""
        return _("维护")

    def build(self) -> None:
        """Make the card."""
        self.presenter = SupportPresenter(self.around, self)
        self._look = ActionButton(_("检查一遍"), "F5", "heartbeat")
        self._save = ActionButton(_("保存给维护人员的文件"), "F9", "download-simple")
        self._notice, self._waiting = Notice(), Waiting(_("停止"))
        self._waiting.stopped.connect(self.presenter.stop)
        self._lines = column_layout(spacing=8)
        self._shown: tuple[tuple[str, str], ...] = ()
        card = self.card(_("检查"), _("程序、磁盘、字体、打印机、密钥、数据、台账、时钟和备份"))
        card.body.addLayout(at_left(self._look, self._save))
        card.body.addWidget(self._waiting)
        card.body.addWidget(self._notice)
        card.body.addLayout(self._lines)
        words = "检查 诊断 体检 故障 维护 支持 日志 打印机 字体 doctor check support log printer font help"
        self.findable("look", _("检查一遍"), self._look, words)
        self.findable("save", _("保存给维护人员的文件"), self._save, words)
        self._look.fired.connect(self.presenter.look)
        self._save.fired.connect(self.presenter.save)

    def start(self) -> None:
        """Show the section without remarks of an earlier visit."""
        self.presenter.start()

    def render(self, state: SupportState) -> None:
        """Show ``state``."""
        for button in (self._look, self._save):
            button.set_busy(state.busy)
        if state.doing:
            self._waiting.show_work(state.doing, can_stop=state.can_stop)
        else:
            self._waiting.show_done()
        self._notice.show_words(state.message, state.tone)
        if state.found != self._shown:
            self._shown = state.found
            clear(self._lines)
            for tone, words in state.found:
                text = label(words)
                text.setWordWrap(True)
                line = row_layout(Icon(LIGHT_ICONS[tone], tone, 18), text)
                line.setStretch(1, 1)
                line.setAlignment(line.itemAt(0).widget(), Qt.AlignmentFlag.AlignTop)
                self._lines.addLayout(line)
