"""The cards of the end of the day: figures, numbers, what is left, the day's ledger, earlier closings."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.day import Figure
from app.domain.numbering import grouped
from app.domain.people import masked_name
from app.services.day_closing import ClosedDay
from app.services.day_summary import DayLine, DaySummary, Owed
from app.services.day_words import ALWAYS
from ui.dates import clock_time, day_words, recent_time, short_day
from ui.day.words import figure_words
from ui.paper_titles import kind_words
from ui.text import _, listed, ngettext
from ui.theme import theme
from ui.widgets.cards import Card, Empty, Row, clear, column_layout
from ui.widgets.flow import Columns
from ui.widgets.room import holding
from ui.widgets.signs import Light
from ui.widgets.texts import ElidedLabel, Icon, badge, label
from ui.words import applicant_words, short_number

FIGURE_COLUMNS = 6
FIGURE_WIDTH = 104
MOST_LINES = 100
ROW_HEIGHT = 50


class DayCards(QWidget):
    """Everything that the report will say; signals name what is looked at."""

    case_taken = Signal(str)
    inquiry_taken = Signal(str)
    draft_taken = Signal(str)
    report_taken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._figures, self._series = Card(_("办了什么")), Card(_("编号使用"))
        self._left, self._lines, self._earlier = Card(_("还剩什么")), Card(_("一事一记")), Card(_("已做的日结"))
        for card in (self._series, self._left, self._lines, self._earlier):
            card.flush()
        self._figure_grid, self._series_grid = Columns(FIGURE_COLUMNS, FIGURE_WIDTH, 16), QGridLayout()
        self._figures.body.addLayout(self._figure_grid)
        self._series.body.addLayout(self._series_grid)
        self._series_grid.setHorizontalSpacing(theme().px(16))
        self._series_grid.setContentsMargins(*(theme().px(n) for n in (16, 4, 16, 8)))
        column = column_layout(self._figures, self._series, self._left, self._lines, self._earlier)
        column.addStretch(1)
        column.setContentsMargins(0, 0, theme().px(8), 0)
        self.setLayout(column)

    def show_summary(self, summary: DaySummary) -> None:
        """Show what a closing would say now."""
        self._show_figures(summary)
        self._show_series(summary)
        self._show_left(summary)
        self._show_lines(summary)

    def show_closings(self, closings: tuple[ClosedDay, ...], shown: str) -> None:
        """Show the closings that were made; the report that is shown is marked."""
        clear(self._earlier.body)
        if not closings:
            self._earlier.body.addWidget(
                Empty("moon", _("还没有做过日结。核对以后按 F9，两个人签署，日结单列在这里。"))
            )
        for index, closed in enumerate(closings):
            number = closed.fact.report.text
            row = Row(ROW_HEIGHT, first=not index)
            follows = _("，接 %(number)s") % {"number": closed.fact.follows} if closed.fact.follows else ""
            row.add_words(day_words(closed.fact.day), f"{number}{follows}")
            row.inside.addWidget(Light("good", _("已签署")))
            row.set_state("current" if number == shown else "")
            row.fired.connect(lambda number=number: self.report_taken.emit(number))
            self._earlier.body.addWidget(row)

    def _show_figures(self, summary: DaySummary) -> None:
        clear(self._figure_grid)
        tally = summary.tally
        shown = [f for f in Figure if tally.count(f) or tally.count_late(f) or f in ALWAYS]
        for figure in shown:
            cell = column_layout(spacing=0)
            cell.addWidget(ElidedLabel(figure_words(figure), "soft"))
            cell.addWidget(label(str(tally.count(figure)), "figure"))
            if late := tally.count_late(figure):
                cell.addWidget(label(_("另补录 %(count)d") % {"count": late}, "small"))
            cell.addStretch(1)
            self._figure_grid.addWidget(holding(cell))
        self._figures.note.setText(_since_words(summary))

    def _show_series(self, summary: DaySummary) -> None:
        clear(self._series_grid)
        self._series.note.setText(_gap_words(summary))
        if not summary.series:
            self._series_grid.addWidget(label(_("没有用过编号"), "soft"), 0, 0)
        for row, left in enumerate(summary.series):
            use = left.use
            texts = [use.first_text, use.last_text] if use.kind else [grouped(use.first_text), grouped(use.last_text)]
            count = ngettext("用了 %(count)d 个号", "用了 %(count)d 个号", use.count) % {"count": use.count}
            words = texts[0] if use.count == 1 else " — ".join(texts)
            self._series_grid.addWidget(label(kind_words(use.kind) if use.kind else _("办件编号")), row, 0)
            self._series_grid.addWidget(ElidedLabel(words, "soft"), row, 1)
            self._series_grid.addWidget(label(count, "small"), row, 2)
        self._series_grid.setColumnStretch(1, 1)

    def _show_left(self, summary: DaySummary) -> None:
        clear(self._left.body)
        rows = [*self._drafts(summary), *self._questions(summary), *self._owed(summary), *self._papers(summary)]
        counts = {"open": summary.counts.open, "near": summary.counts.near_due, "over": summary.counts.overdue}
        self._left.note.setText(_("未结 %(open)d 件，临期 %(near)d 件，超期 %(over)d 件") % counts)
        if not rows:
            self._left.body.addWidget(
                Empty("check-circle", _("没有草稿、欠交材料、待答复的咨询和待打印的文书，可以日结。"))
            )
        for row in rows:
            self._left.body.addWidget(row)

    def _drafts(self, summary: DaySummary) -> list[Row]:
        return [
            self._row(
                "note-pencil",
                f"{draft.title}·{draft.organisation or masked_name(draft.applicant) or _('未填姓名')}",
                f"{summary.name_of(draft.operator)}·{recent_time(draft.saved_at, summary.now)}",
                Light("plain", _("草稿")),
                lambda draft_id=draft.draft_id: self.draft_taken.emit(draft_id),
            )
            for draft in summary.drafts
        ]

    def _questions(self, summary: DaySummary) -> list[Row]:
        return [
            self._row(
                "chat-circle-text",
                inquiry.subject,
                _("首问 %(name)s") % {"name": summary.name_of(inquiry.clerk)},
                Light("warn", _("待答复")) if not inquiry.handed_to else Light("plain", _("已转交")),
                lambda number=inquiry.number: self.inquiry_taken.emit(number),
            )
            for inquiry in summary.inquiries
        ]

    def _owed(self, summary: DaySummary) -> list[Row]:
        return [
            self._row(
                "paperclip",
                f"{one.material}·{applicant_words(one.row)}",
                f"{short_number(one.row.number)}·{one.row.title}",
                _owed_light(one),
                lambda number=one.row.number: self.case_taken.emit(number),
            )
            for one in summary.owed
        ]

    def _papers(self, summary: DaySummary) -> list[Row]:
        return [
            self._row(
                "printer",
                kind_words(paper.kind),
                paper.number,
                Light("warn", _("待打印")),
                (lambda number=paper.case_number: self.case_taken.emit(number)) if paper.case_number else None,
            )
            for paper in summary.to_print
        ]

    def _row(self, icon: str, first: str, second: str, light: Light, act: Callable[[], None] | None) -> Row:
        row = Row(ROW_HEIGHT, can_fire=act is not None)
        row.inside.addWidget(Icon(icon, size=18))
        row.add_words(first, second)
        row.inside.addWidget(light)
        if act is not None:
            row.fired.connect(act)
        return row

    def _show_lines(self, summary: DaySummary) -> None:
        clear(self._lines.body)
        count = len(summary.lines)
        self._lines.note.setText(ngettext("%(count)d 件", "%(count)d 件", count) % {"count": count})
        if not summary.lines:
            self._lines.body.addWidget(Empty("files", _("这一天没有办件。按 Alt+← 看前一天。")))
        for line in summary.lines[:MOST_LINES]:
            self._lines.body.addWidget(self._line(line, summary))
        if count > MOST_LINES:
            more = _("另有 %(count)d 件，日结单和台账里都有") % {"count": count - MOST_LINES}
            self._lines.body.addWidget(label(more, "small"))

    def _line(self, line: DayLine, summary: DaySummary) -> Row:
        row = Row(ROW_HEIGHT)
        row.inside.addWidget(label(clock_time(line.at)[:5], "small"))
        names = listed(summary.name_of(login) for login in line.operators)
        steps = " → ".join(dict.fromkeys(figure_words(step) for step in line.steps))
        row.add_words(f"{line.row.title}·{applicant_words(line.row)}", f"{short_number(line.row.number)}·{names}")
        row.inside.addWidget(ElidedLabel(steps, "small"), 1)
        if line.is_late:
            row.inside.addWidget(badge(_("补录"), "accent"))
        if line.is_after:
            row.inside.addWidget(badge(_("日结后"), "plain"))
        row.fired.connect(lambda: self.case_taken.emit(line.row.number))
        return row


def _gap_words(summary: DaySummary) -> str:
    """Return whether every number up to the last one stands in the journal."""
    open_gaps = sum(left.gaps for left in summary.series if not left.is_explained)
    skipped = sum(left.gaps for left in summary.series if left.is_explained)
    if open_gaps:
        return _("缺号 %(count)d 个，请报告中心") % {"count": open_gaps}
    if skipped:
        return _("恢复备份时跳过 %(count)d 个号，其余没有缺号") % {"count": skipped}
    return _("逐号核对，没有缺号")


def _since_words(summary: DaySummary) -> str:
    """Return since when the figures count, and how much of it came after its day had been closed."""
    if summary.follows:
        return _("只计上一张日结单以后的")
    after = summary.tally.after
    return _("其中日结后办理 %(count)d 件") % {"count": after} if after else ""


def _owed_light(owed: Owed) -> Light:
    """Say by when a material was promised, or since when it is overdue."""
    day = {"day": short_day(owed.by)}
    if owed.is_overdue:
        return Light("danger", _("%(day)s 已到期，还没补交") % day)
    return Light("warn", _("%(day)s 前补交") % day)
