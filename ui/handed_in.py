"""What is handed in, line by line: the card and the row that the intake and every form share; they add the words."""

from collections.abc import Mapping

from PySide6.QtCore import QMimeData, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from app.domain.application import HandedIn, Page
from ui.devices import pages_in
from ui.page_state import PagesShown
from ui.scan_acts import ScanActs
from ui.scan_choices import ScanChoices
from ui.text import _, ngettext, pgettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.cards import Card, Row, clear
from ui.widgets.flow import Flow, together
from ui.widgets.keys import bind
from ui.widgets.menu import MenuButton
from ui.widgets.pages import PageStrip
from ui.widgets.room import holding
from ui.widgets.signs import Light
from ui.widgets.steps import Steps
from ui.widgets.texts import cap, label

MOST_KEYS = 9
SEPARATOR_KEY = "Alt+G"


class HandedRow(Row):
    """One line of which nothing is shown but its number yet; its key marks it as handed in just as asked."""

    toggled = Signal()

    def __init__(self, number: int) -> None:
        super().__init__(60, first=number == 1, can_fire=False)
        self._number = number
        self.inside.addWidget(label(str(number), "soft"))

    def give_key(self, name: str) -> None:
        """Bind the row's key, with its cap at the right end; lines after the ninth have none."""
        self.inside.setSpacing(theme().px(8))
        if self._number <= MOST_KEYS:
            key = f"Ctrl+{self._number}"
            self.inside.addWidget(cap(key))
            bind(self, key, _("%(name)s 收了或没收") % {"name": name}, self.toggled.emit)


class MaterialRow(HandedRow):
    """A material: how many originals and copies, its pages, how it stands. Where these lie is up to who derives."""

    counted = Signal(int, int)
    check_asked = Signal()

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.called = ""
        """The material's name."""
        self._handed_in = HandedIn()
        self._check = LinkButton()
        self._check.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # its key leads to it; Tab goes from field to field
        self._check.clicked.connect(self.check_asked)
        self._originals, self._copies = Steps(_("原件")), Steps(_("复印件"))
        self._originals.changed.connect(lambda value: self.counted.emit(value, self._handed_in.copies))
        self._copies.changed.connect(lambda value: self.counted.emit(self._handed_in.originals, value))
        self.strip = PageStrip(
            _("第 %(number)d 页：回车放大，R 旋转，Alt+←→ 移动，Delete 删除"), _("添加附件，也可拖放或 Ctrl+V 粘贴")
        )
        self._light = Light()

    def give_key(self, name: str) -> None:
        """Bind the row's key, and name the pages' material to whoever does not see the row."""
        super().give_key(name)
        self.called = name
        self.strip.call(_("%(name)s 的附件") % {"name": name})

    def show_handed_in(
        self, handed_in: HandedIn, thumbnails: Mapping[Page, bytes], shown: PagesShown, *, busy: bool
    ) -> None:
        """Show what there is of the material; ``busy`` while a file of it is being read."""
        self._handed_in = handed_in
        self._originals.set_value(handed_in.originals)
        self._copies.set_value(handed_in.copies)
        self.show_strip(handed_in, thumbnails, shown)
        checked = shown.checked_words(handed_in)
        self._check.setText(_("✓ 已核") if checked else _("核对"))
        self._check.setToolTip(checked or _("核对原件"))
        self._check.setVisible(handed_in.is_there)
        self._light.show_light(*(("plain", _("读取中…")) if busy else self._light_words(handed_in)))

    def show_strip(self, handed_in: HandedIn, thumbnails: Mapping[Page, bytes], shown: PagesShown) -> None:
        """Show the pages with what was remarked of each."""
        pages = handed_in.pages
        self.strip.show_pages([thumbnails.get(page, b"") for page in pages], [shown.remarks_of(page) for page in pages])

    def _light_words(self, handed_in: HandedIn) -> tuple[str, str]:
        """Return how the material stands."""
        if handed_in.pages:
            count = len(handed_in.pages)
            return "good", ngettext("已收 %(count)d 页", "已收 %(count)d 页", count) % {"count": count}
        return ("good", _("已收")) if handed_in.is_there else ("warn", _("还缺"))


class HandedCard(Card):
    """Materials under one head; every signal names the material first."""

    counted = Signal(str, int, int)
    toggled = Signal(str)
    all_taken = Signal()
    chosen = Signal(str)
    pasted = Signal(str)
    dropped = Signal(str, QMimeData)
    turned = Signal(str, int)
    moved = Signal(str, int, int)
    removed = Signal(str, int)
    zoomed = Signal(str, int)
    scan_asked = Signal(str)
    photos_asked = Signal(str)
    files_awaited = Signal(str)
    settings_asked = Signal()
    setting_changed = Signal(str, object)
    check_asked = Signal(str)
    all_checked = Signal()

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.flush()
        self._materials: dict[str, MaterialRow] = {}
        self._current = ""
        """The material that the head's acts are meant for: the one whose row had the focus last, else the first."""
        self._everything = ActionButton(_("全部收齐"), "Ctrl+0", "check-circle", "quiet")
        self._everything.fired.connect(self.all_taken)
        self._common = (
            self._page_act(pgettext("act", "扫描"), "F10", "file-arrow-down", self.scan_asked),
            self._page_act(_("高拍"), "Ctrl+F4", "camera", self.photos_asked),
        )
        self._more = MenuButton(_("更多"), self._called_now)
        self._rarely(_("附件"), "F4", "download-simple", self.chosen)
        self._rarely(_("粘贴"), "Ctrl+Shift+V", "files", self.pasted)
        self._rarely(_("等扫描仪存的文件，或不等了"), "Shift+F4", "folder-open", self.files_awaited)
        self._rarely(_("核对原件"), "F11", "check-square", self.check_asked)
        self._more.add(_("收到的材料都已核对原件"), "Ctrl+F11", "shield-check", self.all_checked.emit)
        self._more.add(_("怎样扫描"), "Ctrl+F10", "sliders-horizontal", self.settings_asked.emit)
        self._is_scanning = False
        self._choices: ScanChoices | None = None
        """None until the clerk looks at how it is scanned for the first time."""
        self._lay_head()
        QApplication.instance().focusChanged.connect(self._note_current)

    def _lay_head(self) -> None:
        """Let the acts flow behind title and note, and below them where there is no room."""
        for part in (self.title, self.note):
            part.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        while self.head.takeAt(0):
            pass  # what the head of any card has: title, note and the room behind them
        acts = holding(Flow(self._everything, *self._common, self._more, spacing=4))
        self.head.addLayout(Flow(together(self.title, self.note), acts, spacing=4, pushed=True))

    def connect_pages(self, pages: ScanActs) -> None:
        """Let ``pages`` do what is asked for with pages and with the scanner."""
        self.scan_asked.connect(pages.scan)
        self.files_awaited.connect(pages.await_files)
        self.photos_asked.connect(pages.photograph)
        self.settings_asked.connect(pages.show_settings)
        self.setting_changed.connect(pages.set_scanning)
        self.check_asked.connect(pages.check)
        self.all_checked.connect(pages.check_all)
        self.zoomed.connect(pages.zoom)
        self.chosen.connect(pages.choose)
        self.pasted.connect(pages.paste)
        self.dropped.connect(lambda code, mime: pages.drop(code, lambda: pages_in(mime)))
        self.turned.connect(pages.turn)
        self.moved.connect(pages.move)
        self.removed.connect(pages.remove)

    def show_pages(self, shown: PagesShown) -> None:
        """Show how it is scanned while the clerk looks at that; how a scan stands is told by ``ScanLine``."""
        self._is_scanning = shown.scan is not None and shown.scan.is_running
        if shown.settings is not None:
            self._shown_choices().show_settings(shown.settings)
        if self._choices is not None:
            was_shown = not self._choices.isHidden()
            self._choices.setVisible(shown.settings is not None)
            if shown.settings is not None and not was_shown:
                self._choices.take_focus()

    @property
    def takes_escape(self) -> bool:
        """Tell whether Esc means the scan: it runs, and the focus is among the materials."""
        here = self.focusWidget()
        return self._is_scanning and here is not None and here.hasFocus()

    def _forget_materials(self) -> None:
        """Take every row away; what the card itself has stays."""
        clear(self.body)
        self._materials, self._current = {}, ""

    def _shown_choices(self) -> ScanChoices:
        if self._choices is None:
            self._choices = ScanChoices()
            self._choices.changed.connect(self.setting_changed)
            self.layout().insertWidget(1, self._choices)  # type: ignore[attr-defined]  # between head and body
        return self._choices

    def _add_material(self, code: str, row: MaterialRow) -> None:
        """Add a row and pass on what it tells."""
        row.check_asked.connect(lambda: self.check_asked.emit(code))
        row.counted.connect(lambda originals, copies: self.counted.emit(code, originals, copies))
        row.toggled.connect(lambda: self.toggled.emit(code))
        row.strip.chosen.connect(lambda: self.chosen.emit(code))
        row.strip.pasted.connect(lambda: self.pasted.emit(code))
        row.strip.dropped.connect(lambda mime: self.dropped.emit(code, mime))
        row.strip.turned.connect(lambda index: self.turned.emit(code, index))
        row.strip.moved.connect(lambda index, step: self.moved.emit(code, index, step))
        row.strip.removed.connect(lambda index: self.removed.emit(code, index))
        row.strip.zoomed.connect(lambda index: self.zoomed.emit(code, index))
        self._materials[code] = row
        self._current = self._current or code
        self.body.addWidget(row)

    def _page_act(self, word: str, key: str, icon: str, signal: SignalInstance) -> ActionButton:
        button = ActionButton(word, key, icon, "quiet")
        button.fired.connect(lambda: self._at_current(signal))
        return button

    def _rarely(self, word: str, key: str, icon: str, signal: SignalInstance) -> None:
        """Put an act on the current material into the menu."""
        self._more.add(word, key, icon, lambda: self._at_current(signal))

    def _at_current(self, signal: SignalInstance) -> None:
        """Emit ``signal`` for the current material, if there is any."""
        if self._current:
            signal.emit(self._current)

    def _called_now(self) -> str:
        """Return the name of the current material."""
        return self._materials[self._current].called if self._current else ""

    def _note_current(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Remember the material whose row had the focus last: a click on a key of the head takes it away."""
        if now is not None:
            focused = (code for code, row in self._materials.items() if row.isAncestorOf(now))
            self._current = next(focused, self._current)
