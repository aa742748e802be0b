"""The papers of a case: what became of each, and what can be done with it."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.case import Case
from app.domain.closing import HANDED_OVER
from app.domain.paper import PaperState
from app.services.desk import CaseFile
from app.services.snapshots import PaperMark, PaperRow
from ui.paper_titles import end_words, paper_words, print_words, recall_words
from ui.printing import sent, to_print
from ui.sync_words import paper_mark_words
from ui.text import _, ngettext, pgettext
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.cards import Card, Row, clear
from ui.widgets.flow import Flow
from ui.widgets.notices import Notice
from ui.widgets.printed import PrintedBanner
from ui.widgets.room import holding
from ui.widgets.signs import Light
from ui.widgets.texts import Icon, ShrinkingLabel, label

ROW_HEIGHT = 58
LINE_GAP = 4


class PapersCard(Card):
    """Enter or a click on a paper opens it; the rest is in its line, and printing has keys."""

    opened = Signal(object)
    saved = Signal(object)
    print_asked = Signal(object)
    confirmed = Signal(object)
    spoiled = Signal(object)
    all_spoiled = Signal(object)
    reprint_asked = Signal(object)
    void_asked = Signal(object)
    revoke_asked = Signal(object)
    replace_asked = Signal(object)
    sign_asked = Signal(object)
    blank_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("文书"))
        self.flush()
        self._print = ActionButton(_("打印"), "Ctrl+P", "printer", "quiet")
        self._print.fired.connect(lambda: self.print_asked.emit(to_print(self._papers)))
        self.head.addWidget(self._print)
        self._banner = PrintedBanner(_("已打印"), _("重打"))
        self._banner.confirmed.connect(lambda: self.confirmed.emit(sent(self._papers)))
        self._banner.spoiled.connect(lambda: self.all_spoiled.emit(sent(self._papers)))
        self._recall = Notice()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addWidget(self._recall)
        self.body.addWidget(self._banner)
        self.body.addLayout(self._rows)
        self._papers: Sequence[PaperRow] = ()
        self._file: CaseFile | None = None
        self._for_blanks: Collection[str] = ()

    def show_papers(self, file: CaseFile, for_blanks: Collection[str] = ()) -> None:
        """Show the papers of a case, oldest first; the focus stays on its row.

        ``for_blanks`` are the numbers of those that are printed onto blank forms.
        """
        papers, row = file.papers, file.lit.row
        focused = next((place for place, row in enumerate(self.findChildren(Row)) if row.hasFocus()), None)
        self._papers, self._file, self._for_blanks = papers, file, for_blanks
        clear(self._rows)
        count, waiting, asked = len(papers), len(to_print(papers)), len(sent(papers))
        self.note.setText(ngettext("已出 %(count)d 份", "已出 %(count)d 份", count) % {"count": count})
        self._print.set_usable(waiting > 0)
        words = ngettext("%(count)d 份打好了吗？", "%(count)d 份打好了吗？", asked) % {"count": asked}
        self._recall.show_words(recall_words(papers, row), "danger")
        self._banner.ask(words if asked else "", _("全部重打") if asked > 1 else "")
        for paper in papers:
            self._rows.addWidget(self._row(paper, first=paper is papers[0]))
        if focused is not None and focused < count:
            self._rows.itemAt(focused).widget().setFocus()

    def focus_paper(self, number: str) -> None:
        """Put the focus on the row of a paper, which brings it into sight."""
        for place, paper in enumerate(self._papers):
            if paper.number == number:
                self._rows.itemAt(place).widget().setFocus()

    def _row(self, paper: PaperRow, *, first: bool) -> Row:
        row = Row(ROW_HEIGHT, first=first)
        light = print_words(paper)
        mark = paper_mark_words(paper.mark)[1] if paper.mark else ""
        end = self._end(paper)
        row.setAccessibleName(" ".join(filter(None, (paper_words(paper), paper.number, light[1], mark, end))))
        row.inside.addWidget(Icon("file-text"))
        row.add_words(self._first_line(paper, light), self._second_line(paper))
        row.fired.connect(lambda: self.opened.emit(paper))
        return row

    def _first_line(self, paper: PaperRow, light: tuple[str, str]) -> Flow:
        end, signs = self._end(paper), list[QWidget]()
        words = f"{paper_words(paper)}　{end}" if end else paper_words(paper)
        if paper.mark is PaperMark.TO_RECALL:
            signs.append(Light(*paper_mark_words(paper.mark)))
        elif paper.mark:
            signs.append(label(paper_mark_words(paper.mark)[1], "small"))
        if paper.signatures:
            signs.append(Light("warn", _("没签完")) if paper.still_open else Light("good", _("已签名")))
        return _line(ShrinkingLabel(words), [*signs, Light(*light)])

    def _second_line(self, paper: PaperRow) -> QWidget:
        links: list[QWidget] = []
        for word, signal in self._acts(paper):
            button = LinkButton(word)
            button.setAccessibleName(f"{word} {paper_words(paper)}")
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit(paper))
            links.append(button)
        return holding(_line(ShrinkingLabel(paper.number, "small"), links))

    def _acts(self, paper: PaperRow) -> list[tuple[str, Signal]]:
        acts = [(_("另存"), self.saved)]
        if paper.state.is_over:
            return acts
        if paper.number in self._for_blanks:
            acts.append((_("套打"), self.blank_asked))
        if paper.may_be_signed:
            acts.append((_("屏幕签名"), self.sign_asked))
        if paper.state is PaperState.PRINTED:
            acts.append((_("补打"), self.reprint_asked))
        elif paper.state is PaperState.SENT:
            acts.append((_("重打"), self.spoiled))
        return [*acts, *self._ends(paper)]

    def _ends(self, paper: PaperRow) -> list[tuple[str, Signal]]:
        """Return how a paper may end: one that was handed over is replaced or revoked where it counts, else declared void."""
        void, revoke = (_("作废"), self.void_asked), (pgettext("certificate", "撤销"), self.revoke_asked)
        case = self._file.case if self._file else None
        if case is None or paper.mark is PaperMark.TO_RECALL or not _is_certificate_of(case, paper):
            return [void]
        if case.state in HANDED_OVER:
            return [(_("补换证"), self.replace_asked), revoke]
        return [void, revoke]

    def _end(self, paper: PaperRow) -> str:
        return end_words(paper, self._file.today) if self._file else ""


def _is_certificate_of(case: Case, paper: PaperRow) -> bool:
    return case.certificate is not None and case.certificate.number.text == paper.number


def _line(words: QWidget, parts: Sequence[QWidget]) -> Flow:
    """Return a line that begins with ``words`` and ends with ``parts``, which go below where there is no room for both."""
    return Flow(words, holding(Flow(*parts, spacing=LINE_GAP)), spacing=LINE_GAP, pushed=True)
