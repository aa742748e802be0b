"""The journal: checking it and taking it out."""

from ui.settings.presenters.journal import JournalPresenter, JournalState
from ui.settings.section import Section, at_left
from ui.text import _
from ui.widgets.buttons import ActionButton
from ui.widgets.notices import Notice
from ui.widgets.waiting import Waiting


class JournalSection(Section):
    """The acts and what came of them."""

    key, icon = "journal", "shield-check"

    @staticmethod
    def name() -> str:
        """Return what the section is called."""
        return _("台账")

    def build(self) -> None:
        """Make the acts."""
        self.presenter = JournalPresenter(self.around, self)
        self._verify = ActionButton(_("核对台账"), "F7", "shield-check")
        self._export = ActionButton(_("导出台账"), "Ctrl+Shift+S", "download-simple")
        self._hand_over = ActionButton(_("导出给中心"), "Ctrl+Shift+U", "tray")
        self._hand_over.setToolTip(_("停用的窗口没来得及上传的台账和图片，交给中心管理员收入"))
        self._notice, self._waiting = Notice(), Waiting(_("停止"))
        self._waiting.stopped.connect(self.presenter.stop)
        self._waiting.asked.connect(self.presenter.poll)
        card = self.card(_("台账"), _("每件事都有签名，前后相连"))
        card.body.addLayout(at_left(self._verify, self._export, self._hand_over))
        card.body.addWidget(self._waiting)
        card.body.addWidget(self._notice)
        self.findable("verify", _("核对台账"), self._verify, "核对 校验 签名 完好 verify check journal signature chain")
        self.findable("export", _("导出台账"), self._export, "导出 保存 export save journal jsonl file")
        words = "导出 中心 停用 图片 未上传 export centre revoked images unsent"
        self.findable("hand_over", _("导出给中心"), self._hand_over, words)
        self._verify.fired.connect(self.presenter.verify)
        self._export.fired.connect(self.presenter.export)
        self._hand_over.fired.connect(self.presenter.hand_over)

    def start(self) -> None:
        """Show the section without remarks of an earlier visit."""
        self.presenter.start()

    def render(self, state: JournalState) -> None:
        """Show ``state``."""
        self._notice.show_words(state.message, "danger" if state.is_sound is False else "good")
        self._hand_over.setVisible(state.has_centre)
        for button in (self._verify, self._export, self._hand_over):
            button.set_busy(bool(state.doing))
        if state.doing:
            self._waiting.show_work(state.doing, state.percent, can_stop=True)
        else:
            self._waiting.show_done()
