"""Backups: the second place, a backup by hand, the drill, and the recovery sheet."""

from ui.backup_words import last_words
from ui.settings.presenters.backup import BackupPresenter, BackupState
from ui.settings.presenters.recovery import RecoveryPresenter, RecoveryState
from ui.settings.section import Section, at_left
from ui.text import _, ngettext
from ui.widgets.buttons import ActionButton
from ui.widgets.choices import Segments
from ui.widgets.notices import Notice
from ui.widgets.texts import ElidedLabel, label
from ui.widgets.waiting import Waiting

HOURS = (1, 4, 8, 24)
KEPT = (5, 10, 30)
YES, NO = "1", "0"


class BackupSection(Section):
    """Three cards: by itself, by hand, and the sheet that opens backups when the keys are lost."""

    key, icon = "backup", "hard-drives"

    @staticmethod
    def name() -> str:
        """Return what the section is called."""
        return _("备份")

    def build(self) -> None:
        """Make the cards."""
        self.presenter = BackupPresenter(self.around, self)
        self.recovery = RecoveryPresenter(self.around, self)
        self._lay_out_plan()
        self._lay_out_acts()
        self._lay_out_sheet()

    def start(self) -> None:
        """Show how it stands."""
        self.presenter.start()
        self.recovery.start()

    def leave(self) -> None:
        """Forget a recovery sheet that was not put in force."""
        self.recovery.leave()

    def render(self, state: BackupState) -> None:
        """Show ``state``."""
        plan, usable = state.status.plan, not state.why_not
        self._folder.setText(str(plan.folder) if plan.folder else _("还没有选，不自动备份"))
        self._hours.set_value(str(min(HOURS, key=lambda hours: abs(hours - plan.every_hours))))
        self._keep.set_value(str(min(KEPT, key=lambda kept: abs(kept - plan.keep))))
        self._at_end.set_value(YES if plan.at_end else NO)
        for part in (self._hours, self._keep, self._at_end):
            part.setEnabled(usable and plan.folder is not None)
        self._reason.setText(state.why_not)
        self._last.setText(
            last_words(state.status) if state.status.last_good_at else _("还没有备份。按 F9 做一份，存到移动盘。")
        )
        self._trouble.show_words(state.trouble, "warn")
        if state.busy:
            self._waiting.show_work(state.doing, state.percent, can_stop=True)
        else:
            self._waiting.show_done()
        for button in (self._choose, self._forget, self._now, self._drill):
            button.set_busy(state.busy)
            button.set_usable(usable)
        self._forget.setVisible(plan.folder is not None)
        self._notice.show_words(state.message, state.tone)

    def render_recovery(self, state: RecoveryState) -> None:
        """Show which sheet is in force and whether another one waits."""
        self._sheet.setText(state.sheet or _("还没有。密钥丢失后，备份只能在本机打开"))
        for button in (self._draw, self._force, self._discard):
            button.set_busy(state.busy)
            button.set_usable(not state.why_not)
        self._draw.setVisible(not state.drawn)
        self._force.setVisible(bool(state.drawn))
        self._discard.setVisible(bool(state.drawn))
        self._sheet_reason.setText(state.why_not)
        self._sheet_notice.show_words(state.message, state.tone)

    def _lay_out_plan(self) -> None:
        card = self.card(_("自动备份"), _("备份是加密的；选移动盘或网络盘上的文件夹"))
        self._folder, self._reason = ElidedLabel(), label("", "small")
        self._choose = ActionButton(_("选文件夹"), "F6", "folder-open")
        self._forget = ActionButton(_("不再自动备份"), "F8", "prohibit", "quiet")
        self._hours = Segments(
            [(str(n), ngettext("%(count)d 小时", "%(count)d 小时", n) % {"count": n}) for n in HOURS]
        )
        self._keep = Segments(
            [(str(n), ngettext("%(count)d 份备份", "%(count)d 份备份", n) % {"count": n}) for n in KEPT]
        )
        self._at_end = Segments([(YES, _("备份")), (NO, _("不备份"))])
        self._trouble = Notice()
        self.setting(
            card, "folder", _("备份到"), self._folder, "备份 文件夹 优盘 移动盘 backup folder usb second place"
        )
        card.body.addLayout(at_left(self._choose, self._forget, self._reason))
        self.setting(card, "hours", _("每隔"), self._hours, "备份 间隔 小时 backup every hours how often")
        self.setting(card, "keep", _("保留最近"), self._keep, "备份 保留 份数 backup keep how many")
        self.setting(card, "at_end", _("离开窗口时"), self._at_end, "备份 退出 关闭 下班 backup close leave log out")
        card.body.addWidget(self._trouble)
        self._choose.fired.connect(self.presenter.choose_folder)
        self._forget.fired.connect(self.presenter.forget_folder)
        self._hours.chosen.connect(lambda value: self.presenter.change(every_hours=int(value)))
        self._keep.chosen.connect(lambda value: self.presenter.change(keep=int(value)))
        self._at_end.chosen.connect(lambda value: self.presenter.change(at_end=value == YES))

    def _lay_out_acts(self) -> None:
        card = self.card(_("备份与演练"), _("演练在临时的地方打开备份，不碰本柜台的数据"))
        self._last, self._waiting = ElidedLabel(), Waiting(_("停止"))
        self._now = ActionButton(_("立即备份"), "F9", "floppy-disk", "primary")
        self._drill = ActionButton(_("演练恢复"), "F7", "shield-check")
        self._notice = Notice()
        self.setting(card, "last", _("上次备份"), self._last, "备份 上次 最近 last good backup")
        card.body.addLayout(at_left(self._now, self._drill))
        card.body.addWidget(self._waiting)
        card.body.addWidget(self._notice)
        self.findable("now", _("立即备份"), self._now, "备份 保存 拷贝 back up now save copy")
        self.findable("drill", _("演练恢复"), self._drill, "演练 恢复 核对 检查 restore drill check verify backup")
        self._now.fired.connect(self.presenter.back_up)
        self._drill.fired.connect(self.presenter.drill)
        self._waiting.stopped.connect(self.presenter.stop)
        self._waiting.asked.connect(self.presenter.poll)

    def _lay_out_sheet(self) -> None:
        card = self.card(_("恢复单"), _("电脑坏了或密钥丢了，凭它打开备份"))
        self._sheet, self._sheet_reason = ElidedLabel(), label("", "small")
        self._draw = ActionButton(_("新做一张"), "F5", "printer")
        self._force = ActionButton(_("已打印，启用"), "F10", "check", "primary")
        self._discard = ActionButton(_("放弃"), "Ctrl+Delete", "x", "quiet")
        self._sheet_notice = Notice()
        self.setting(card, "sheet", _("现用的"), self._sheet, "恢复单 恢复码 recovery sheet code")
        card.body.addLayout(at_left(self._draw, self._force, self._discard, self._sheet_reason))
        card.body.addWidget(self._sheet_notice)
        self.findable(
            "draw", _("新做恢复单"), self._draw, "恢复单 恢复码 打印 密钥 丢失 recovery sheet print lost keys"
        )
        self._draw.fired.connect(self.recovery.draw)
        self._force.fired.connect(self.recovery.put_in_force)
        self._discard.fired.connect(self.recovery.throw_away)
