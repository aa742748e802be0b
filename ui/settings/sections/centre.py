"""The centre: how the counter stands with it, and the invitation that leads there."""

from PySide6.QtCore import QTimer

from ui.enrolling import certificate_words, fingerprint_words, state_words
from ui.settings.presenters.centre import CentrePresenter, CentreState
from ui.settings.section import Section, at_left
from ui.settings.sections.twins import TwinCard
from ui.text import _, listed
from ui.widgets.buttons import ActionButton
from ui.widgets.notices import Notice
from ui.widgets.texts import ElidedLabel, label
from ui.widgets.waiting import Waiting

POLL_MS = 200


class CentreSection(Section):
    """How it stands with the centre and the way there; a second machine; the key that signs the journal."""

    key, icon = "centre", "buildings"

    @staticmethod
    def name() -> str:
        """Return what the section is called."""
        return _("中心")

    def build(self) -> None:
        """Make the cards."""
        self.presenter = CentrePresenter(self.around, self)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_MS)
        self._poll.timeout.connect(self.presenter.poll)
        self._lay_out()
        self._twins = TwinCard(self)
        self._lay_out_key()
        self._lay_out_office()

    def start(self) -> None:
        """Show how it stands."""
        self.presenter.start()
        self._twins.presenter.start()

    def leave(self) -> None:
        """Forget a file that was not accepted."""
        self.presenter.leave()

    def render(self, state: CentreState) -> None:
        """Show ``state``."""
        status, address = state.status, state.status.address
        self._state.setText(state_words(status))
        self._address.setText(listed(address.hosts) if address else "—")
        self._fingerprint.setText(fingerprint_words(status.fingerprint) or "—")
        self._certificate.setText(certificate_words(status) or "—")
        self._reason.setText(state.why_not)
        self._offered.show_words(state.offered, "warn")
        self._key_notice.show_words(state.key_message, state.key_tone)
        for button in (self._open, self._accept, self._drop, self._try, self._rotate):
            button.set_busy(bool(state.doing))
            button.set_usable(not state.why_not)
        self._office.set_usable(not state.why_no_office)
        self._office_reason.setText(state.why_no_office)
        self._office_reason.setVisible(bool(state.why_no_office))
        self._open.setVisible(not state.offered)
        self._accept.setVisible(bool(state.offered))
        self._drop.setVisible(bool(state.offered))
        self._try.setVisible(state.can_try and not state.offered)
        self._notice.show_words(state.message, state.tone)
        if state.doing:
            self._waiting.show_work(state.doing)
            self._poll.start()
        else:
            self._waiting.show_done()
            self._poll.stop()

    def _lay_out(self) -> None:
        card = self.card(_("中心"), _("登记以后，台账同步到中心，别的窗口可以接着办"))
        self._state, self._address = ElidedLabel(), ElidedLabel()
        self._fingerprint, self._certificate = ElidedLabel(), ElidedLabel()
        self._reason, self._waiting = label("", "small"), Waiting(_("停止"))
        self._offered, self._notice = Notice(), Notice()
        self._open = ActionButton(_("打开邀请文件"), "F3", "envelope-open")
        self._accept = ActionButton(_("登记到这个中心"), "F9", "check-circle", "primary")
        self._drop = ActionButton(_("放弃"), "", "x", "quiet")
        self._try = ActionButton(_("现在就连接"), "F5", "arrows-clockwise")
        words = "中心 登记 注册 邀请 入网 centre center enrol enroll invitation join server"
        self.setting(card, "state", _("状态"), self._state, words)
        self.setting(card, "address", _("地址"), self._address, "中心 地址 服务器 主机 host server address")
        self.setting(card, "fingerprint", _("中心标识"), self._fingerprint, "中心 标识 指纹 核对 fingerprint root")
        self.setting(card, "certificate", _("窗口证书"), self._certificate, "证书 签发 certificate")
        card.body.addWidget(self._offered)
        card.body.addLayout(at_left(self._open, self._accept, self._drop, self._try, self._reason))
        card.body.addWidget(self._waiting)
        card.body.addWidget(self._notice)
        self.findable("open", _("打开邀请文件"), self._open, words)
        self._open.fired.connect(self.presenter.open_invitation)
        self._accept.fired.connect(self.presenter.accept)
        self._drop.fired.connect(self.presenter.drop)
        self._try.fired.connect(self.presenter.enrol)

    def _lay_out_key(self) -> None:
        card = self.card(_("签名密钥"))
        why = label(_("怀疑有人拿到过它时更换；以前签过的仍可核对"), "small")
        why.setWordWrap(True)
        card.body.addWidget(why)
        self._rotate, self._key_notice = ActionButton(_("更换签名密钥"), "", "key"), Notice()
        card.body.addLayout(at_left(self._rotate))
        card.body.addWidget(self._key_notice)
        self.findable("rotate", _("更换签名密钥"), self._rotate, "密钥 签名 更换 轮换 rotate signing key renew")
        self._rotate.fired.connect(self.presenter.rotate_key)

    def _lay_out_office(self) -> None:
        card = self.card(_("管理数据中心"))
        why = label(_("给中心管理员和督办员：看全部办件、邀请窗口、发布公告、核对台账；要能连到中心的数据库"), "small")
        why.setWordWrap(True)
        card.body.addWidget(why)
        self._office, self._office_reason = ActionButton(_("进入数据中心"), "F6", "database"), label("", "small")
        card.body.addLayout(at_left(self._office, self._office_reason))
        words = "数据中心 管理 督办 办件 数据库 窗口 邀请 发布 核对 审计 centre center office database administrator audit publish"
        self.findable("office", _("进入数据中心"), self._office, words)
        self._office.fired.connect(self.presenter.open_office)
