"""Publishing: a file with what it would change, what the centre puts together itself, and what went out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.dates import long_time
from ui.office.lines import buttons, wrapped
from ui.office.presenters.bulletins import TOPICS, BulletinsPresenter, BulletinsState
from ui.office_words import published_words, storage_words, topic_words
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, Empty, Row, clear, column_layout, row_layout, scrolled
from ui.widgets.choices import Segments
from ui.widgets.room import Showing, holding
from ui.widgets.texts import ElidedLabel, Icon, label

ROW_HEIGHT = 44
SIDE_WIDTH = 420
SIDE_SHARE = 0.45
MOST_NAMED = 30


class BulletinsPart(QWidget):
    """Signals name what the administrator wants."""

    topic_chosen = Signal(str)
    file_asked = Signal()
    publish_asked = Signal()
    sign_asked = Signal()
    list_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._showing = Showing()
        self._topic = Segments([(topic, topic_words(topic)) for topic in TOPICS])
        self._topic.setAccessibleName(_("发布什么"))
        self._choose = ActionButton(_("选文件"), "F6", "folder-open")
        self._file = ElidedLabel()
        self._publish = ActionButton(_("签名并发布"), "F9", "paper-plane-tilt", "primary")
        self._changes = column_layout(spacing=4)
        self._waiting = wrapped()
        self._sign = ActionButton(_("签发并发布"), "F7", "shield-check")
        self._list = ActionButton(_("写成文件并发布"), "F8", "prohibit")
        self._sent = Card(_("已经发布的"))
        self._sent.flush()
        sent = column_layout(self._sent)
        sent.addStretch(1)
        self._side = scrolled(holding(sent))
        self._lay_out()

    def connect_to(self, presenter: BulletinsPresenter) -> None:
        """Let ``presenter`` decide."""
        self.topic_chosen.connect(presenter.choose_topic)
        self.file_asked.connect(presenter.choose_file)
        self.publish_asked.connect(presenter.publish)
        self.sign_asked.connect(presenter.sign)
        self.list_asked.connect(presenter.call_back)

    def render(self, state: BulletinsState) -> None:
        """Show ``state``."""
        self._topic.set_value(state.topic)
        self._file.setText(state.file or _("还没有选文件"))
        self._publish.set_usable(state.can_publish)
        self._showing.changed("changes", (state.changes, state.file), lambda: self._show_changes(state))
        self._showing.changed("sent", state.bulletins, lambda: self._show_sent(state))
        count = len(state.waiting)
        words = ngettext("%(count)d 个窗口等待签发证书：", "%(count)d 个窗口等待签发证书：", count) % {"count": count}
        self._waiting.setText(f"{words}{'、'.join(state.waiting)}" if count else _("没有等待签发的证书。"))

    def focus_first(self) -> None:
        """Put the focus on what is published."""
        self._topic.take_focus()

    def resizeEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Let the side follow."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._side.setFixedWidth(min(theme().px(SIDE_WIDTH), round(self.width() * SIDE_SHARE)))

    def _show_changes(self, state: BulletinsState) -> None:
        clear(self._changes)
        changes = state.changes
        if changes is None:
            self._changes.addWidget(wrapped(_("选好文件后，这里列出它与现在发布的有哪些不同，再决定发不发。")))
            return
        self._changes.addWidget(wrapped(published_words(changes)))
        for words, icon, names in (
            (_("新增"), "plus", changes.added),
            (_("修改"), "note-pencil", changes.changed),
            (_("去掉"), "minus", changes.removed),
        ):
            if names:
                self._add_names(words, icon, names)

    def _add_names(self, words: str, icon: str, names: tuple[str, ...]) -> None:
        count = ngettext("%(count)d 项内容", "%(count)d 项内容", len(names)) % {"count": len(names)}
        head = row_layout(Icon(icon, "accent", 16), label(f"{words} {count}", "strong"))
        head.addStretch(1)
        self._changes.addLayout(head)
        for name in names[:MOST_NAMED]:
            self._changes.addWidget(ElidedLabel(f"　{name}"))
        if len(names) > MOST_NAMED:
            rest = len(names) - MOST_NAMED
            more = ngettext("还有 %(count)d 项内容", "还有 %(count)d 项内容", rest) % {"count": rest}
            self._changes.addWidget(ElidedLabel(f"　{more}", "soft"))

    def _show_sent(self, state: BulletinsState) -> None:
        clear(self._sent.body)
        if not state.bulletins:
            words = _("还没有发布过。") if state.bulletins is not None else _("正在读取…")
            self._sent.body.addWidget(Empty("files", words))
        for index, one in enumerate(state.bulletins or ()):
            row = Row(ROW_HEIGHT, first=not index, can_fire=False)
            row.inside.addWidget(Icon("file-text"))
            version = _("第 %(version)d 版") % {"version": one.version}
            row.add_words(
                f"{topic_words(one.topic)} · {version}", f"{long_time(one.published_at)} · {storage_words(one.size)}"
            )
            self._sent.body.addWidget(row)

    def _lay_out(self) -> None:
        card = Card(_("从文件发布"))
        file = row_layout(self._choose, self._file)
        file.setStretch(1, 1)
        card.body.addWidget(self._topic)
        card.body.addLayout(file)
        card.body.addLayout(self._changes)
        card.body.addWidget(buttons(self._publish))
        own = Card(_("证书、窗口名录和停用名单"))
        words = _("这些由中心自己整理：签发等待的证书；名录或停用名单有变化时一起发布。常驻的做法见说明书。")
        for widget in (self._waiting, wrapped(words), buttons(self._sign)):
            own.body.addWidget(widget)
        listed = Card(_("撤销名单"))
        words = _(
            "不再作数的证照和停用的窗口，从全部台账里整理：给核验的人和核验网页一份文件，窗口下次同步时也收到。选原来的文件，就接着写。"
        )
        for widget in (wrapped(words), buttons(self._list)):
            listed.body.addWidget(widget)
        left = column_layout(card, own, listed, spacing=12)
        left.addStretch(1)
        left.setContentsMargins(0, 0, theme().px(4), 0)
        together = row_layout(scrolled(holding(left)), self._side)
        together.setSpacing(theme().px(16))
        together.setStretch(0, 1)
        self.setLayout(together)
        self._topic.chosen.connect(self.topic_chosen)
        self._choose.fired.connect(self.file_asked)
        self._publish.fired.connect(self.publish_asked)
        self._sign.fired.connect(self.sign_asked)
        self._list.fired.connect(self.list_asked)
