"""One paper beside the list: whose it is, what became of it, and what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.numbering import grouped
from app.domain.people import masked_id_number
from app.services.snapshots import CaseRow, PaperRow
from ui.dates import long_time
from ui.paper_titles import end_words, paper_words, print_words
from ui.papers.state import PapersState
from ui.papers.words import light, name_of
from ui.sync_words import paper_mark_words
from ui.text import _
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Empty, clear
from ui.widgets.flow import Flow
from ui.widgets.named import named_line
from ui.widgets.signs import Light
from ui.widgets.texts import label, rule
from ui.words import applicant_words

LABEL_WIDTH = 100


class PaperSide(QWidget):
    """Signals tell what is to be done with the paper that is shown."""

    case_asked = Signal()
    pdf_asked = Signal()
    reprint_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._about = QVBoxLayout()
        self._about.setSpacing(theme().px(8))
        self._case = ActionButton(_("打开办件"), "Ctrl+Return", "arrow-right", "primary")
        self._pdf = ActionButton(_("打开文书"), "Ctrl+O", "file-text")
        self._again = ActionButton(_("补打"), "Ctrl+P", "printer")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme().px(8))
        inside.addLayout(self._about)
        inside.addStretch(1)
        for button, asked in (
            (self._again, self.reprint_asked),
            (self._pdf, self.pdf_asked),
            (self._case, self.case_asked),
        ):
            button.fired.connect(asked)
            inside.addWidget(button)

    def show_paper(self, state: PapersState) -> None:
        """Show the chosen paper, or how one is chosen."""
        clear(self._about)
        chosen = state.chosen
        self._case.setVisible(chosen is not None and chosen.case is not None)
        self._pdf.setVisible(chosen is not None)
        self._again.setVisible(state.can_reprint)
        if chosen is None:
            self._about.addWidget(Empty("file-text", _("用 ↑ ↓ 在列表中选一份，这里显示它的情况。")))
            return
        paper = chosen.paper
        title = label(paper_words(paper), "title")
        title.setWordWrap(True)
        self._about.addWidget(title)
        self._about.addLayout(Flow(Light(*light(paper, state.now.date()))))
        self._about.addWidget(rule())
        for name, words in (*_whose(chosen.case), *_made(paper, state), *_ended(paper, state)):
            self._about.addLayout(named_line(name, words, theme().px(LABEL_WIDTH)))


def _whose(case: CaseRow | None) -> list[tuple[str, str]]:
    if case is None:
        return []
    number = case.id_number if case.representative else masked_id_number(case.id_number)
    return [
        (_("申请人"), applicant_words(case)),
        (_("证件号码"), number),
        (_("事项"), case.title),
        (_("办件编号"), grouped(case.number)),
    ]


def _made(paper: PaperRow, state: PapersState) -> list[tuple[str, str]]:
    end = end_words(paper, state.now.date())
    return [
        (_("编号"), paper.number),
        (_("出具"), long_time(paper.made_at)),
        (_("经办人"), name_of(state.names, paper.clerk)),
        *([(_("有效期"), end)] if end and not paper.state.is_over else []),
        *([(_("打印"), print_words(paper)[1])] if not paper.state.is_over else []),
        *([(_("同步"), paper_mark_words(paper.mark)[1])] if paper.mark else []),
    ]


def _ended(paper: PaperRow, state: PapersState) -> list[tuple[str, str]]:
    if not paper.state.is_over:
        return []
    replaced = [(print_words(paper)[1], paper.replaced_by)] if paper.replaced_by else []
    when = [(_("时间"), long_time(paper.ended_at))] if paper.ended_at else []
    return [
        *replaced,
        *when,
        (_("原因"), paper.void_reason),
        (_("确认人"), name_of(state.names, paper.voided_by)),
    ]
