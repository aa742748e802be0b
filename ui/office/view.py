"""The screen of the centre's office: the way in, or one part below the line that names them all."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.enrolling import fingerprint_words
from ui.office.entrance import AuthorityPanel, Entrance, Preparing
from ui.office.parts.aside import AsidePart
from ui.office.parts.audit import AuditPart
from ui.office.parts.bulletins import BulletinsPart
from ui.office.parts.cases import CasesPart
from ui.office.parts.keeping import KeepingPart
from ui.office.parts.overview import OverviewPart
from ui.office.parts.stations import StationsPart
from ui.office.parts.templates import TemplatesPart
from ui.office.presenter import (
    ASIDE,
    AUDIT,
    BULLETINS,
    CASES,
    KEEPING,
    OVERVIEW,
    PARTS,
    STATIONS,
    TEMPLATES,
    OfficePresenter,
    OfficeState,
    Stage,
)
from ui.text import _, pgettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import column_layout
from ui.widgets.choices import Segments
from ui.widgets.keys import bind
from ui.widgets.notices import Notice
from ui.widgets.room import RoomFrame, holding
from ui.widgets.texts import ShrinkingLabel, label
from ui.widgets.waiting import Waiting


class OfficeRoom(RoomFrame):
    """Signals name what the administrator wants; each part has its own."""

    part_chosen = Signal(str)
    stepped = Signal(int)
    refresh_asked = Signal()
    authority_asked = Signal()
    disconnect_asked = Signal()
    stop_asked = Signal()
    poll_asked = Signal()
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__(has_bar=True)
        self._tabs = Segments([(key, _part_words(key)) for key in PARTS])
        self._tabs.setAccessibleName(_("哪一部分"))
        self._notice, self._authority_panel = Notice(), AuthorityPanel()
        self._entrance, self._preparing = Entrance(), Preparing()
        self._parts: dict[str, QWidget] = {
            OVERVIEW: OverviewPart(),
            CASES: CasesPart(),
            STATIONS: StationsPart(),
            BULLETINS: BulletinsPart(),
            TEMPLATES: TemplatesPart(),
            AUDIT: AuditPart(),
            ASIDE: AsidePart(),
            KEEPING: KeepingPart(),
        }
        self._pages = QStackedWidget()
        self._waiting, self._where = Waiting(_("停下")), ShrinkingLabel("", "soft")
        self._authority = ActionButton(_("打开签发密钥"), "F4", "key", "quiet")
        self._refresh = ActionButton(_("刷新"), "F5", "arrows-clockwise")
        self._disconnect = ActionButton(_("断开"), "", "link-break", "quiet")
        self._lay_out()
        self._connect()

    def connect_to(self, presenter: OfficePresenter) -> None:
        """Let ``presenter`` decide."""
        entrance, panel = self._entrance, self._authority_panel
        entrance.edited.connect(presenter.edit)
        entrance.ca_asked.connect(presenter.choose_ca)
        entrance.keep_chosen.connect(presenter.keep_password)
        entrance.connect_asked.connect(presenter.connect)
        self._preparing.prepare_asked.connect(presenter.prepare)
        panel.edited.connect(presenter.edit)
        panel.file_asked.connect(presenter.choose_authority)
        panel.opened.connect(presenter.open_authority)
        panel.given_up.connect(presenter.give_up_authority)
        self.part_chosen.connect(presenter.choose_part)
        self.stepped.connect(presenter.step)
        self.refresh_asked.connect(presenter.refresh)
        self.authority_asked.connect(presenter.ask_authority)
        self.disconnect_asked.connect(presenter.disconnect)
        self.stop_asked.connect(presenter.stop)
        self.poll_asked.connect(presenter.poll)
        self.escaped.connect(presenter.escape)
        for key, part in self._parts.items():
            part.connect_to(getattr(presenter, key))  # type: ignore[attr-defined]

    def part(self, key: str) -> QWidget:
        """Return the view of a part."""
        return self._parts[key]

    def render(self, state: OfficeState) -> None:
        """Show ``state``."""
        inside = state.stage is Stage.INSIDE
        page = {Stage.OUTSIDE: self._entrance, Stage.UNPREPARED: self._preparing}.get(state.stage)
        self._pages.setCurrentWidget(self._authority_panel if state.is_asking else page or self._parts[state.part])
        self._tabs.setVisible(inside and len(state.parts) > 1)
        self._tabs.set_value(state.part)
        self._entrance.show_state(state)
        self._preparing.show_state(state)
        self._authority_panel.show_state(state)
        self.show_changed("asking", state.is_asking, lambda: self._ask(state))
        self._show_bar(state)
        self._notice.show_words(state.work.message, state.work.tone)

    def focus_first(self) -> None:
        """Put the focus on what is to be done next."""
        shown = self._pages.currentWidget()
        if hasattr(shown, "focus_first"):
            shown.focus_first()
        else:
            self._tabs.take_focus()

    def forget_secrets(self) -> None:
        """Empty every field that a secret was typed into."""
        for part in (self._entrance, self._authority_panel, self._parts[KEEPING]):
            part.forget_secrets()  # type: ignore[attr-defined]

    def _ask(self, state: OfficeState) -> None:
        if state.is_asking:
            self._authority_panel.take_focus()
        elif state.stage is Stage.INSIDE and self.isVisible():
            self.focus_first()

    def _show_bar(self, state: OfficeState) -> None:
        inside, busy = state.stage is Stage.INSIDE, bool(state.work.doing)
        self._refresh.setVisible(inside)
        self._authority.setVisible(inside and not state.is_asking and state.parts == PARTS)
        self._authority.set_word(
            _("签发密钥 %(fingerprint)s 已打开") % {"fingerprint": fingerprint_words(state.fingerprint)}
            if state.fingerprint
            else _("打开签发密钥")
        )
        self._disconnect.setVisible(state.stage is not Stage.OUTSIDE)
        for button in (self._refresh, self._authority, self._disconnect):
            button.set_busy(busy)
        self._where.setText(state.place.url if state.stage is not Stage.OUTSIDE and not busy else "")
        if busy:
            self._waiting.show_work(state.work.doing, state.work.percent, can_stop=state.work.can_stop)
        else:
            self._waiting.show_done()

    def _lay_out(self) -> None:
        self.header.addWidget(label(_("数据中心"), "title"))
        self.header.addWidget(self._tabs, 1, Qt.AlignmentFlag.AlignVCenter)
        for page in (self._entrance, self._preparing, self._authority_panel, *self._parts.values()):
            self._pages.addWidget(page)
        column = column_layout(self._notice, self._pages, spacing=12)
        column.setStretch(1, 1)
        self.body.addWidget(holding(column))
        assert self.bar is not None  # noqa: S101  asked for in __init__
        back = ActionButton(_("返回"), "Escape", kind="plain")
        back.fired.connect(self.escaped)
        self.bar.addWidget(back)
        self.bar.addWidget(self._waiting, 1)
        self.bar.addWidget(self._where)
        self.bar.addStretch(1)
        for button in (self._disconnect, self._authority, self._refresh):
            self.bar.addWidget(button)
        self.bar.setSpacing(theme().px(8))

    def _connect(self) -> None:
        self._tabs.chosen.connect(self.part_chosen)
        self._refresh.fired.connect(self.refresh_asked)
        self._authority.fired.connect(self.authority_asked)
        self._disconnect.fired.connect(self.disconnect_asked)
        self._waiting.stopped.connect(self.stop_asked)
        self._waiting.asked.connect(self.poll_asked)
        bind(self, "Ctrl+PgDown", _("下一部分"), lambda: self.stepped.emit(1))
        bind(self, "Ctrl+PgUp", _("上一部分"), lambda: self.stepped.emit(-1))


def _part_words(key: str) -> str:
    return {
        OVERVIEW: _("概况"),
        CASES: _("办件"),
        STATIONS: pgettext("centre", "窗口"),
        BULLETINS: _("发布"),
        TEMPLATES: pgettext("centre", "模板"),
        AUDIT: _("核对"),
        ASIDE: _("待处理"),
        KEEPING: _("密钥与保存"),
    }[key]
