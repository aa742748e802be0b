"""The frame of the settings: a search on top, the sections on the left, the one that is shown beside them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.settings.around import Around
from ui.settings.presenter import SettingsPresenter, SettingsState
from ui.settings.search import Setting
from ui.settings.section import Section
from ui.settings.sections import SECTIONS
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.cards import Card, Empty, Row, clear, column_layout, scrolled
from ui.widgets.find import FindField
from ui.widgets.keys import bind
from ui.widgets.room import RoomFrame, holding
from ui.widgets.texts import Icon, cap, label

LIST_WIDTH = 236
ROW_HEIGHT = 48
RESULT_HEIGHT = 58
SEARCH_WIDTH = 380


class SettingsRoom(RoomFrame):
    """The sections are built when the settings are opened for the first time."""

    section_chosen = Signal(str)

    def __init__(self, around: Around) -> None:
        super().__init__()
        self._around = around
        self._sections: dict[str, Section] = {}
        self._rows: dict[str, Row] = {}
        self._list = Card()
        self._list.flush()
        self._pages = QStackedWidget()
        self._results = Card(_("找到的设置"))
        self._results.body.setSpacing(0)
        self._search = FindField(_("查找设置"), _("查找设置：字号、密码、page size…"), "Ctrl+F")
        self._search.setFixedWidth(theme().px(SEARCH_WIDTH))
        self._lay_out()

    def connect_to(self, presenter: SettingsPresenter) -> None:
        """Let ``presenter`` decide."""
        self._presenter = presenter
        self.section_chosen.connect(presenter.choose)
        self._search.typed.connect(presenter.search)
        self._search.moved.connect(presenter.move)
        self._search.taken.connect(presenter.take)
        self._search.emptied.connect(presenter.step_back)
        bind(self, "Escape", _("返回"), presenter.step_back)
        bind(self, "Ctrl+PgDown", _("下一类设置"), lambda: presenter.step(1))
        bind(self, "Ctrl+PgUp", _("上一类设置"), lambda: presenter.step(-1))

    def open(self) -> None:
        """Build the sections, unless they are there already."""
        if self._sections:
            return
        for place, kind in enumerate(SECTIONS):
            self._add(kind(self._around), first=place == 0)
        settings = [setting for section in self._sections.values() for setting in section.settings]
        self._presenter.know(list(self._sections), settings)

    def render(self, state: SettingsState) -> None:
        """Show ``state``."""
        self._search.set_text(state.text)
        for key, row in self._rows.items():
            row.set_state("current" if key == state.current and not state.text else "")
        self.show_changed("found", (state.text, state.found, state.chosen), lambda: self._show_found(state))
        shown = list(self._sections).index(state.current) + 1 if not state.text else 0
        self._pages.setCurrentIndex(shown)

    def start_section(self, key: str) -> None:
        """Let a section show things as they are now."""
        self._sections[key].start()

    def leave_section(self, key: str) -> None:
        """Let a section forget what must not be kept."""
        self._sections[key].leave()

    def reach(self, setting: Setting) -> None:
        """Put the focus on a setting."""
        self._sections[setting.section].reach(setting)

    def section(self, key: str) -> Section:
        """Return a section by its key; the settings have been opened."""
        return self._sections[key]

    def showEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Begin at the search."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._search.setFocus()

    def _add(self, section: Section, *, first: bool) -> None:
        key = section.key
        self._sections[key] = section
        row = Row(ROW_HEIGHT, first=first)
        row.setAccessibleName(section.name())
        row.inside.addWidget(Icon(section.icon, "text-soft", 20))
        row.inside.addWidget(label(section.name()), 1)
        row.fired.connect(lambda: self.section_chosen.emit(key))
        self._rows[key] = row
        self._list.body.addWidget(row)
        self._pages.addWidget(scrolled(section))

    def _show_found(self, state: SettingsState) -> None:
        clear(self._results.body)
        count = len(state.found)
        self._results.note.setText(ngettext("%(count)d 项", "%(count)d 项", count) % {"count": count})
        if not count:
            self._results.body.addWidget(
                Empty("magnifying-glass", _("没有这项设置。换个词试试，中文英文都可以；按 Esc 清空。"))
            )
        for place, setting in enumerate(state.found):
            row = Row(RESULT_HEIGHT, first=place == 0)
            row.setAccessibleName(f"{setting.name}·{setting.section_name}")
            row.set_state("current" if place == state.chosen else "")
            row.add_words(setting.name, setting.section_name)
            if place == state.chosen:
                row.inside.addWidget(cap("Enter"))
            row.fired.connect(lambda place=place: self._presenter.take(place))
            self._results.body.addWidget(row)

    def _lay_out(self) -> None:
        self.header.addWidget(label(_("设置"), "title"))
        self.header.addStretch(1)
        self.header.addWidget(self._search)
        left = column_layout(self._list, self._keys_note())
        left.addStretch(1)
        side = scrolled(holding(left))
        self.keep_side(side, LIST_WIDTH)
        self.body.addWidget(side)
        self._pages.addWidget(scrolled(holding(self._results_column())))
        self.body.addWidget(self._pages, 1)

    def _results_column(self) -> QVBoxLayout:
        column = column_layout(self._results)
        column.addStretch(1)
        return column

    def _keys_note(self) -> QWidget:
        note = label(_("Ctrl+PgUp / PgDn 换一类 · Esc 返回"), "small")
        note.setWordWrap(True)
        return note
