"""The screen of sync: what waits and what failed on the left, the centre and the settings on the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.services.enrolment import EnrolmentState
from ui.enrolling import state_words
from ui.sync.cards import OptionsCard, ProofCard, TroubleCard, WaitingCard
from ui.sync.presenter import SyncPresenter, SyncRoomState
from ui.sync_words import (
    contact_since,
    contact_words,
    failure_words,
    next_words,
    percent_of,
    progress_words,
    result_words,
)
from ui.text import _, listed
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, column_layout, row_layout, scrolled
from ui.widgets.notices import Notice
from ui.widgets.room import RoomFrame, holding
from ui.widgets.signs import Light
from ui.widgets.texts import Icon, ShrinkingLabel, label
from ui.widgets.waiting import Waiting

SIDE_WIDTH = 372
ALONE_WIDTH = 620


class SyncRoom(RoomFrame):
    """Signals name what the clerk wants."""

    sync_asked = Signal()
    stop_asked = Signal()
    poll_asked = Signal()
    centre_asked = Signal()
    take_in_asked = Signal()
    export_asked = Signal(str)
    case_taken = Signal(str)
    rate_chosen = Signal(int)
    days_chosen = Signal(int)
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__(has_bar=True)
        self._light, self._since = Light(), ShrinkingLabel("", "soft")
        self._notice = Notice()
        self._waiting_card, self._trouble, self._proofs = WaitingCard(), TroubleCard(), ProofCard()
        self._waiting = Waiting(_("停下"))
        self._options, self._centre = OptionsCard(), Card(_("中心"))
        self._joined, self._address = label("", "strong"), label("", "small")
        self._alone = _Alone()
        self._parts = QStackedWidget()
        self._hint = ShrinkingLabel("", "soft")
        self._now = ActionButton(_("立即同步"), "F9", "arrows-clockwise", "primary")
        self._take_in = ActionButton(_("收入一件"), "F4", "tray")
        self._open = ActionButton(_("去打开邀请文件"), "F9", "envelope-open", "primary")
        self._lay_out()
        self._connect()

    def connect_to(self, presenter: SyncPresenter) -> None:
        """Let ``presenter`` decide."""
        self.sync_asked.connect(presenter.sync_now)
        self.stop_asked.connect(presenter.stop)
        self.poll_asked.connect(presenter.poll)
        self.centre_asked.connect(presenter.open_centre)
        self.take_in_asked.connect(presenter.take_in)
        self.export_asked.connect(presenter.export)
        self.case_taken.connect(presenter.open_case)
        self.rate_chosen.connect(presenter.limit_images)
        self.days_chosen.connect(presenter.keep_images)
        self.escaped.connect(presenter.escape)

    def render(self, state: SyncRoomState) -> None:
        """Show ``state``; what has not changed is left alone."""
        self._parts.setCurrentIndex(int(not state.is_alone))
        self._light.setVisible(state.status is not None)
        self._since.setText("" if state.is_alone or state.status is None else contact_since(state.status, state.now))
        if state.status is not None:
            self._light.show_light(*contact_words(state.status))
        self.show_changed("waits", (state.status, state.papers), lambda: self._waiting_card.show_status(state))
        self.show_changed("troubles", state.troubles, lambda: self._trouble.show_troubles(state.troubles))
        self.show_changed("proofs", state.proofs, lambda: self._proofs.show_proofs(state.proofs))
        self.show_changed("options", (state.options, state.why_not), lambda: self._options.show_options(state))
        self.show_changed("centre", state.enrolment, lambda: self._show_centre(state))
        self._show_round(state)

    def focus_first(self) -> None:
        """Put the focus on what is to be done next."""
        (self._open if self._parts.currentWidget() is self._alone else self._now).setFocus()

    def _show_round(self, state: SyncRoomState) -> None:
        self._take_in.set_busy(state.is_passing)
        self._open.setVisible(state.is_alone)
        self._now.setVisible(not state.is_alone)
        self._now.set_busy(state.is_running)
        self._trouble.set_busy(busy=state.is_running)
        if state.is_running:
            words = progress_words(state.progress) if state.progress else _("正在联系中心")
            self._waiting.show_work(words, percent_of(state.progress) if state.progress else None, can_stop=True)
        else:
            self._waiting.show_done()
        failed = failure_words(state.status, state.last) if state.status and not state.is_running else ""
        self._notice.show_words(failed, "warn")
        self._hint.setText("" if state.is_running else _hint(state))

    def _show_centre(self, state: SyncRoomState) -> None:
        enrolment = state.enrolment
        self._joined.setText(state_words(enrolment))
        self._address.setText(listed(enrolment.address.hosts) if enrolment.address else "")
        self._alone.show_pending(is_keyless=enrolment.state is EnrolmentState.KEYLESS)

    def _lay_out(self) -> None:
        for part in (label(_("同步"), "title"), self._light, self._since):
            self.header.addWidget(part)
        self.header.addStretch(1)
        self._joined.setWordWrap(True)
        self._centre.body.addWidget(self._joined)
        self._centre.body.addWidget(self._address)
        left = column_layout(self._notice, self._waiting_card, self._trouble, self._proofs, spacing=12)
        left.addStretch(1)
        left.setContentsMargins(0, 0, theme().px(4), 0)
        side = column_layout(self._centre, self._options, spacing=12)
        side.addStretch(1)
        side.setContentsMargins(0, 0, theme().px(4), 0)
        right = scrolled(holding(side))
        together = row_layout(scrolled(holding(left)), right)
        together.setSpacing(theme().px(16))
        together.setStretch(0, 1)
        self.keep_side(right, SIDE_WIDTH)
        self._parts.addWidget(self._alone)
        self._parts.addWidget(holding(together))
        self.body.addWidget(self._parts)
        assert self.bar is not None  # noqa: S101  asked for in __init__
        back = ActionButton(_("返回"), "Escape", kind="plain")
        back.fired.connect(self.escaped)
        self.bar.addWidget(back)
        self.bar.addWidget(self._take_in)
        self.bar.addWidget(self._waiting, 1)
        self.bar.addWidget(self._hint)
        self.bar.addStretch(1)
        self.bar.addWidget(self._open)
        self.bar.addWidget(self._now)

    def _connect(self) -> None:
        self._now.fired.connect(self.sync_asked)
        self._waiting.stopped.connect(self.stop_asked)
        self._waiting.asked.connect(self.poll_asked)
        self._trouble.retry_asked.connect(self.sync_asked)
        self._trouble.taken.connect(self.case_taken)
        self._proofs.taken.connect(self.case_taken)
        self._open.fired.connect(self.centre_asked)
        self._take_in.fired.connect(self.take_in_asked)
        self._trouble.export_asked.connect(self.export_asked)
        self._options.rate_chosen.connect(self.rate_chosen)
        self._options.days_chosen.connect(self.days_chosen)


class _Alone(QFrame):
    """What stands here at a counter without a centre: what one is for, and how a counter comes to it."""

    def __init__(self) -> None:
        super().__init__()
        card = Card(_("这个柜台单独使用，没有登记到中心"))
        card.setMaximumWidth(theme().px(ALONE_WIDTH))
        card.body.setSpacing(theme().px(12))
        self._pending = Notice()
        card.body.addWidget(self._pending)
        for icon, words in (
            ("check-circle", _("单独使用完全可以：受理、出证、交付、备份都在本机，不需要网络。")),
            ("cloud-check", _("登记到中心以后：台账自动同步，别的窗口可以接着办、可以取件，受理时间有中心作证。")),
            ("cloud-slash", _("断网照常办理。网络恢复后自动补传，断在哪里从哪里接着传。")),
            (
                "envelope-open",
                _("登记要一个邀请文件：向中心管理员索取，在“设置→中心”里打开。一个文件只能登记一个窗口。"),
            ),
        ):
            line = row_layout(Icon(icon, "accent"), _wrapped(words))
            line.setStretch(1, 1)
            line.setSpacing(theme().px(12))
            card.body.addLayout(line)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(card)
        inside.addStretch(1)

    def show_pending(self, *, is_keyless: bool) -> None:
        """Say when the counter has been at a centre and cannot log in there any more."""
        self._pending.show_words(_("登录中心的密钥丢失了，需要新的邀请文件。") if is_keyless else "", "warn")


def _wrapped(words: str) -> QWidget:
    shown = label(words)
    shown.setWordWrap(True)
    return shown


def _hint(state: SyncRoomState) -> str:
    """Return what the last round did and when the next one comes."""
    if state.status is None:
        return ""
    parts = (result_words(state.last) if state.last else "", next_words(state.status))
    return "；".join(part for part in parts if part)
