"""How papers are numbered: the pattern of all kinds, and one of their own for some."""

from PySide6.QtWidgets import QComboBox

from app.domain.paper import PaperKind
from ui.paper_titles import kind_words
from ui.settings.presenters.numbers import NumbersPresenter, NumbersState, kinds
from ui.settings.section import Section, at_left
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Row, clear
from ui.widgets.fields import LineField
from ui.widgets.notices import Notice
from ui.widgets.texts import ElidedLabel, label

ALL = ""
ROW_HEIGHT = 52
KIND_WIDTH = 420


class NumbersSection(Section):
    """One form for the pattern of the chosen kind, and below it the kinds that have their own."""

    key, icon = "numbers", "hash"

    @staticmethod
    def name() -> str:
        """Return what the section is called."""
        return _("文书编号")

    def build(self) -> None:
        """Make the form and the list."""
        self.presenter = NumbersPresenter(self.around, self)
        self._kind = QComboBox()
        self._kind.setMaximumWidth(theme().px(KIND_WIDTH))
        self._kind.addItem(_("所有文书"), ALL)
        for kind in kinds():
            self._kind.addItem(kind_words(kind), kind.value)
        self._pattern = LineField("{prefix}{word}〔{year}〕{serial:06}号")
        self._example = ElidedLabel("", "strong")
        self._save = ActionButton(_("保存"), "F9", "check", "primary")
        self._reason = label("", "small")
        self._notice = Notice()
        self._lay_out()
        self._kind.currentIndexChanged.connect(lambda _index: self._choose())
        self._pattern.edited.connect(self.presenter.edit)
        self._save.fired.connect(self.presenter.save)

    def start(self) -> None:
        """Show the pattern of all kinds."""
        self.presenter.start()

    def render(self, state: NumbersState) -> None:
        """Show ``state``."""
        usable = not state.why_not
        self._kind.blockSignals(True)
        self._kind.setCurrentIndex(self._kind.findData(state.kind.value if state.kind else ALL))
        self._kind.blockSignals(False)
        self._pattern.set_value(state.pattern)
        self._pattern.setEnabled(usable)
        if self._field is not None:
            self._field.set_remark(state.problem, "error" if state.problem else "")
        self._example.setText(state.example)
        self._save.set_usable(usable and state.is_changed and not state.problem)
        self._save.set_busy(state.busy)
        self._reason.setText(state.why_not or ("" if state.is_changed else _("还没有改动")))
        self._notice.show_words(state.message, "danger")
        self._show_own(state)

    def _show_own(self, state: NumbersState) -> None:
        clear(self._own.body)
        self._own.setVisible(bool(state.station.paper_patterns))
        for place, (kind, pattern) in enumerate(state.station.paper_patterns.items()):
            row = Row(ROW_HEIGHT, first=place == 0)
            row.add_words(kind_words(PaperKind(kind)), pattern)
            row.fired.connect(lambda kind=kind: self.presenter.choose(PaperKind(kind)))
            self._own.body.addWidget(row)

    def _choose(self) -> None:
        data = self._kind.currentData()
        self.presenter.choose(PaperKind(data) if data else None)

    def _lay_out(self) -> None:
        words = "文书 编号 文号 字号 格式 number pattern format serial paper"
        card = self.card(_("编号格式"), _("已编的号不变；从下一份起按新格式"))
        self.setting(card, "kind", _("文书"), self._kind, words)
        self._field = self.setting(card, "pattern", _("格式"), self._pattern, words)
        self.setting(card, "example", _("第 12 份会是"), self._example, words)
        places = label(
            _(
                "{prefix} 字头 · {word} 文书的字 · {year} 年 · {serial:06} 六位流水号 · {division} 区划；单独格式留空即同所有文书"
            ),
            "small",
        )
        places.setWordWrap(True)
        card.body.addWidget(places)
        card.body.addLayout(at_left(self._save, self._reason))
        card.body.addWidget(self._notice)
        self._own = self.card(_("有单独格式的文书"))
        self._own.flush()
