"""The cards beside a case's history: who applied, what was filled in and handed in."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.domain.application import HandedIn, Page
from app.domain.case import Case
from app.domain.catalogue import ServiceItem
from app.services.desk import CaseFile
from ui.case.people import who_applies
from ui.handed_in import SEPARATOR_KEY
from ui.outcome_words import owed_words
from ui.text import _, listed, ngettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton, KeyedLink, LinkButton
from ui.widgets.cards import Card, clear, row_layout
from ui.widgets.named import name_width, named_line
from ui.widgets.pages import Thumbnail
from ui.widgets.texts import rule
from ui.words import taken_words

LABEL_WIDTH, MOST_LABEL = 76, 100
"""From the narrowest to the widest; behind it a whole identity number has room at every text size."""
LINE_SPACING = 2
PAGES_A_LINE = 5
MASKED = "……"


class ApplicantCard(Card):
    """Personal data, masked unless it was asked for, and under it what was filled in."""

    reveal_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("申请人"))
        self.body.setSpacing(theme().px(LINE_SPACING))
        self._reveal = ActionButton(_("显示全部"), "Ctrl+E", kind="quiet")
        self._reveal.fired.connect(self.reveal_asked)
        self.head.addWidget(self._reveal)

    def show_case(self, case: Case, item: ServiceItem, *, in_full: bool) -> None:
        """Show who applied and what was filled in."""
        self._reveal.set_word(_("重新遮盖") if in_full else _("显示全部"))
        clear(self.body)
        lines = who_applies(case, in_full=in_full)
        width = name_width(
            [*(name for name, _words in lines), *(entry.label for entry in item.form)], LABEL_WIDTH, MOST_LABEL
        )
        for name, words in lines:
            self.body.addLayout(named_line(name, words, width))
        if item.form:
            self.body.addSpacing(theme().px(6))
            self.body.addWidget(rule())
            self.body.addSpacing(theme().px(6))
        for entry in item.form:
            private = entry.kind == "address" and not in_full
            words = MASKED if private else case.form.get(entry.code, "")
            self.body.addLayout(named_line(entry.label, words, width))


class MaterialsCard(Card):
    """What was handed in, with its pages; ``zoomed`` names the page to look at closely, the others a material's code."""

    zoomed = Signal(object)
    document_opened = Signal(str)
    document_saved = Signal(str)
    separator_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("材料"))
        self._separator = KeyedLink(_("打印分隔页"), SEPARATOR_KEY, binds=False)
        self._separator.clicked.connect(self.separator_asked)
        self.head.addWidget(self._separator)
        self.body.setSpacing(theme().px(LINE_SPACING))

    def show_materials(self, file: CaseFile, pictures: Mapping[Page, bytes]) -> None:
        """Show each material with its pages; a page whose picture is still being drawn stands empty."""
        focused = next((place for place, page in enumerate(self.findChildren(Thumbnail)) if page.hasFocus()), None)
        clear(self.body)
        self._separator.setVisible(bool(file.case.defects or file.case.owed))
        count = len(file.case.materials)
        self.note.setText(ngettext("%(count)d 种", "%(count)d 种", count) % {"count": count})
        for code, handed_in in file.case.materials.items():
            tone, words = _handed_in_words(handed_in, file.today)
            name = file.item.material(code).name
            self.body.addLayout(named_line(name, words, theme().px(LABEL_WIDTH), tone=tone))
            for start in range(0, len(handed_in.pages), PAGES_A_LINE):
                self.body.addLayout(self._strip(handed_in.pages[start : start + PAGES_A_LINE], start, pictures))
            if handed_in.pages:
                self.body.addLayout(self._document_acts(code, name))
        thumbnails = self.findChildren(Thumbnail)
        if focused is not None and focused < len(thumbnails):
            thumbnails[focused].setFocus()

    def _strip(self, pages: Sequence[Page], start: int, pictures: Mapping[Page, bytes]) -> QHBoxLayout:
        strip = row_layout()
        strip.addSpacing(theme().px(LABEL_WIDTH))
        for number, page in enumerate(pages, start=start + 1):
            thumbnail = Thumbnail(pictures.get(page, b""), _("第 %(number)d 页") % {"number": number})
            thumbnail.zoomed.connect(lambda page=page: self.zoomed.emit(page))
            strip.addWidget(thumbnail)
        strip.addStretch(1)
        return strip

    def _document_acts(self, code: str, name: str) -> QHBoxLayout:
        """Return what can be done with all pages of a material as one document."""
        line = row_layout()
        line.addSpacing(theme().px(LABEL_WIDTH))
        for word, signal in ((_("材料 PDF"), self.document_opened), (_("另存"), self.document_saved)):
            button = LinkButton(word)
            button.setAccessibleName(f"{word} {name}")
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit(code))
            line.addWidget(button)
        line.addStretch(1)
        return line


def _handed_in_words(handed_in: HandedIn, today: date) -> tuple[str, str]:
    if handed_in.is_promised and handed_in.promised_by:
        return owed_words(handed_in.promised_by, today)
    parts = [taken_words(handed_in.how)]
    if handed_in.is_pledged:
        parts.append(handed_in.pledge)
    if handed_in.originals:
        parts.append(_("原件 %(count)d") % {"count": handed_in.originals})
    if handed_in.copies:
        parts.append(_("复印件 %(count)d") % {"count": handed_in.copies})
    if handed_in.pages:
        parts.append(_("附件 %(count)d 页") % {"count": len(handed_in.pages)})
    return "", listed(parts, "，")
