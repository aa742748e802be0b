"""The page of an item: what to bring, how long it takes, what it costs – or why it is not done here and who does it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.catalogue import Material, ServiceItem
from ui.text import _, listed, pgettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import row_layout, scrolled
from ui.widgets.flow import Flow
from ui.widgets.notices import Notice
from ui.widgets.room import holding
from ui.widgets.texts import badge, cap, label
from ui.words import asked_words, badge_words, limit_words, need_words, promise_words


class GuidePanel(QFrame):
    """Beside the results; Esc closes it, Enter begins an intake where there can be one."""

    closed = Signal()
    taken = Signal()
    printed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(*(theme().px(n) for n in (20, 12, 12, 16)))
        self._page = QWidget()
        self._inside = QVBoxLayout(self._page)
        self._area = scrolled(self._page)
        close = ActionButton(_("关闭"), "Escape", kind="quiet")
        close.fired.connect(self.closed)
        self._acts = holding(row_layout(cap("Enter"), label(pgettext("act", "办理"), "small")))
        printing = ActionButton(_("打印指南"), "F7", "printer", "quiet")
        printing.fired.connect(self.printed)
        acts = Flow(self._acts, printing, close, pushed=True)
        outside.addWidget(self._area, 1)
        outside.addLayout(acts)
        self._item: ServiceItem | None = None

    def show_item(self, item: ServiceItem | None) -> None:
        """Show the page of ``item``; None hides the panel."""
        self.setVisible(item is not None)
        if item is None or item == self._item:
            self._item = item
            return
        self._item = item
        self._acts.setVisible(item.can_be_opened)
        self._page = QWidget()
        self._inside = QVBoxLayout(self._page)
        self._inside.setContentsMargins(0, 0, theme().px(8), 0)
        self._inside.setSpacing(theme().px(6))
        self._heading(item)
        if item.can_be_opened:
            self._explain(item)
        else:
            self._refuse(item)
        self._inside.addStretch(1)
        self._show_page()
        self.setAccessibleName(item.title)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Go on at Enter, close at Esc."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _show_page(self) -> None:
        """Put the page into its place as a whole.

        Text that is added to a page in sight is shown, and finds its height, one event later; until then, and for as
        long as nothing else makes the area look again, each line of it has the height of one.
        """
        self._page.setObjectName("scrolled")
        self._area.takeWidget().deleteLater()
        self._area.setWidget(self._page)

    def _heading(self, item: ServiceItem) -> None:
        title = label(item.title, "title")
        title.setWordWrap(True)
        self._inside.addWidget(title)
        line = row_layout(badge(*badge_words(item)), label(item.department, "small"))
        line.addStretch(1)
        self._inside.addLayout(line)

    def _refuse(self, item: ServiceItem) -> None:
        notice = Notice()
        self._inside.addWidget(notice)
        notice.show_words(item.state_reason, "warn")
        self._say(_("请到"), item.competent)
        self._say(_("依据"), item.legal_basis)

    def _explain(self, item: ServiceItem) -> None:
        self._say(_("多久办好"), promise_words(item))
        self._say(_("法定时限"), limit_words(item.statutory))
        fees = listed((f"{fee.name} {fee.standard}" for fee in item.fees), "；")
        self._say(_("费用"), fees or _("不收费"))
        self._say(_("结果"), item.result.name if item.result else "")
        self._say(_("依据"), item.legal_basis)
        self._inside.addWidget(label(_("要带的材料"), "section"))
        if not item.materials:
            self._inside.addWidget(label(_("不需要材料"), "soft"))
        for number, material in enumerate(item.materials, start=1):
            words = label(f"{number}. {_material_words(material)}")
            words.setWordWrap(True)
            self._inside.addWidget(words)
            if pledge := material.pledge:
                self._say(_("告知承诺"), listed((pledge.content, pledge.conditions, pledge.pledged), "；"))

    def _say(self, name: str, words: str) -> None:
        if not words:
            return
        self._inside.addWidget(label(name, "small"))
        text = label(words)
        text.setWordWrap(True)
        self._inside.addWidget(text)


def _material_words(material: Material) -> str:
    asked = listed([need_words(material.need), *asked_words(material)], "，")
    return f"{material.name}（{asked}）"
