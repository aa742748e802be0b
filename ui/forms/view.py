"""Any form on the screen: its fields, lines and materials on the left, the paper that it makes on the right."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.forms.asked import AskedCard
from ui.forms.bar import FormBar
from ui.forms.fields import LABEL_WIDTH, FieldRow, lead_on
from ui.forms.form import FormState
from ui.forms.handing import HandingCard
from ui.forms.presenter import FormPresenter
from ui.page_zoom import PageZoom
from ui.paper_side import PaperSide
from ui.scan_line import ScanLine
from ui.theme import theme
from ui.widgets.cards import Card, clear, column_layout, row_layout, scrolled
from ui.widgets.fields import line_up
from ui.widgets.notices import Notice
from ui.widgets.room import holding
from ui.widgets.texts import label

DRAW_MS = 250


class FormPanel(QWidget):
    """Implements ``FormView``; lies in a room in place of its body, and ``bar`` with the button that does it at the foot."""

    edited = Signal(str, str)
    left = Signal(str)
    phrase_taken = Signal(str, str)
    draw_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._key = ""
        self._rows: dict[str, FieldRow] = {}
        self._choices: list[object] = []
        self._title = label("", "title")
        self._card = Card()
        self._law = label("", "soft")
        self._law.setWordWrap(True)
        self._fields = column_layout(spacing=6)
        self._note, self._save_notice = Notice(), Notice()
        self._asked, self._handing = AskedCard(), HandingCard()
        self.bar = FormBar()
        """For the room to hang at its foot."""
        self.paper_side = self._paper = PaperSide()
        """For the room to keep at its width."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(DRAW_MS)
        self._soon.timeout.connect(self.draw_asked)
        self._scan_line = ScanLine()
        self._zoom = PageZoom(self, header_height=0)
        self._lay_out()

    def connect_to(self, presenter: FormPresenter) -> None:
        """Let ``presenter`` decide."""
        self.edited.connect(presenter.edit)
        self.left.connect(presenter.leave_field)
        self.phrase_taken.connect(presenter.take_phrase)
        self.draw_asked.connect(presenter.save_now)
        self.draw_asked.connect(presenter.draw)
        self._paper.turned.connect(presenter.turn_paper)
        self._paper.width_changed.connect(self._soon.start)
        self._asked.edited.connect(presenter.edit_line)
        self._asked.named.connect(presenter.name_line)
        self._asked.toggled.connect(presenter.toggle_line)
        self._asked.added.connect(presenter.add_line)
        self._handing.edited.connect(presenter.edit)
        self._handing.counted.connect(presenter.set_count)
        self._handing.toggled.connect(presenter.toggle)
        self._handing.all_taken.connect(presenter.take_all_handed)
        self._handing.connect_pages(presenter.pages)
        self._zoom.connect_to(presenter.pages)
        self._scan_line.connect_to(presenter.pages)
        self.bar.submitted.connect(presenter.submit)
        self.bar.emptied.connect(presenter.start_again)

    def render(self, state: FormState) -> None:
        """Show ``state``; another form, or one that asks for other fields, builds them anew."""
        self._title.setText(state.title)
        self._title.setVisible(bool(state.title))
        self._law.setText(state.law)
        self._law.setVisible(bool(state.law))
        self._note.show_words(state.note, state.tone or "good")
        self._save_notice.show_words(state.save_error, "danger")
        cursor = ("", 0)
        if self._key != state.key:
            self._key = state.key
            self._asked.forget()
            self._handing.forget()
            self._build(state)
        elif self._choices != [(field.code, field.choices) for field in state.fields]:
            cursor = self._cursor()
            self._build(state)
        for code, row in self._rows.items():
            row.set_value(state.filled.values.get(code, ""))
            row.set_remark(state.problems.get(code, ""))
        self._put_cursor(*cursor)
        self._asked.show_lines(state)
        self._handing.show_handed(state)
        self.bar.show_form(state)
        self._show_paper(state)
        self._zoom.show_page(state.pages)
        self._scan_line.show_pages(state.pages)

    def stop_scan(self) -> bool:
        """Stop a scan when Esc means that: the focus is among the materials; tell whether it did."""
        takes = self._handing.takes_escape
        if takes:
            self._scan_line.stopped.emit()
        return takes

    def forget(self) -> None:
        """Let the next form be built anew, also when it is the same one."""
        self._key = ""

    def focus_first(self) -> None:
        """Put the cursor where the form begins."""
        if self._handing.isVisibleTo(self):
            self._handing.take_focus()
        elif self._asked.isVisibleTo(self):
            self._asked.take_focus()
        elif self._rows:
            next(iter(self._rows.values())).take_focus()
        else:
            self.bar.focus_submit()

    def focus_place(self, place: str) -> None:
        """Put the cursor where ``place`` is."""
        part, _dot, name = place.partition(".")
        if place in self._rows:
            self._rows[place].take_focus()
        elif part == "lines":
            self._asked.take_focus(int(name or 0))
        elif part in {"handed", "form"}:
            self._handing.take_focus(name)

    def draw_soon(self) -> None:
        """Start the moment after which ``draw_asked`` comes anew."""
        self._soon.start()

    @property
    def paper_width_px(self) -> int:
        """Return how wide the picture of the paper should be."""
        return self._paper.width_px

    def _cursor(self) -> tuple[str, int]:
        """Return the field that the cursor is in, and where in it; empty where it is in none."""
        at = self.focusWidget()
        code = next((code for code, row in self._rows.items() if at is not None and row.isAncestorOf(at)), "")
        return code, at.cursorPosition() if isinstance(at, QLineEdit) else 0

    def _put_cursor(self, code: str, position: int) -> None:
        """Bring the cursor back into a field that was built anew, where that is still there."""
        if code in self._rows:
            self._rows[code].take_focus()
            if isinstance(at := self.focusWidget(), QLineEdit):
                at.setCursorPosition(position)

    def _build(self, state: FormState) -> None:
        clear(self._fields)
        self._rows = {}
        self._choices = [(field.code, field.choices) for field in state.fields]
        for field in state.fields:
            row = FieldRow(field)
            code = field.code
            row.setObjectName(code)
            row.edited.connect(lambda value, code=code: self.edited.emit(code, value))
            row.left.connect(lambda code=code: self.left.emit(code))
            row.phrase_taken.connect(lambda phrase, code=code: self.phrase_taken.emit(code, phrase))
            self._rows[code] = row
            self._fields.addWidget(row)
        self._card.setVisible(bool(state.fields))
        line_up(list(self._rows.values()), LABEL_WIDTH)
        lead_on(list(self._rows.values()), self.bar.focus_submit)

    def _show_paper(self, state: FormState) -> None:
        self._paper.setVisible(bool(state.paper_title))
        if not state.paper_title:
            return
        self._paper.show_title(state.paper_title)
        if state.paper is not None:
            self._paper.show_picture(state.paper, state.paper_page)
        else:
            self._paper.show_words(state.paper_words)

    def _lay_out(self) -> None:
        self._card.body.setContentsMargins(*(theme().px(n) for n in (16, 12, 16, 12)))
        self._card.body.addLayout(self._fields)
        head = column_layout(self._title, self._law, spacing=4)
        column = column_layout(
            holding(head), self._save_notice, self._note, self._asked, self._handing, self._card, spacing=12
        )
        column.addStretch(1)
        column.setContentsMargins(theme().px(24), theme().px(16), theme().px(16), theme().px(8))
        left = column_layout(scrolled(holding(column)), self._scan_line, spacing=8)
        inside = row_layout(holding(left), self._paper)
        inside.setSpacing(0)
        inside.setStretch(0, 1)
        self.setLayout(inside)
