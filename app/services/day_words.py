"""The words of the day's report (日结单) in its tables: final Chinese text, names masked as on every paper."""

from datetime import datetime

from app.domain.case import CaseState
from app.domain.clock import CHINA
from app.domain.day import Figure
from app.domain.numbering import grouped
from app.domain.people import masked_name
from app.services.day_summary import DayLine, DaySummary, Owed, SeriesLeft
from app.services.paper_words import KIND_TITLES, long_date
from app.services.snapshots import CaseRow, DraftRow

Row = tuple[str, ...]
MOST_LINES = 500
"""How many lines the ledger of a report has: an entry of the journal has at most 1 MiB. The register has them all."""

FIGURE_WORDS = {
    Figure.RECEIVED: "收件",
    Figure.ACCEPTED: "受理",
    Figure.DEEMED: "视为受理",
    Figure.SUPPLEMENT_ASKED: "补正告知",
    Figure.SUPPLEMENT_RECEIVED: "补正收件",
    Figure.FOLLOWED: "容缺补交",
    Figure.NOT_ACCEPTED: "不予受理",
    Figure.RETURNED: "退件",
    Figure.WITHDRAWN: "撤回",
    Figure.FORWARDED: "转报",
    Figure.HANDED_OVER: "交出",
    Figure.TAKEN_OVER: "接收",
    Figure.SUSPENDED: "停表",
    Figure.RESUMED: "恢复计时",
    Figure.EXTENDED: "延期",
    Figure.GRANTED: "准予",
    Figure.REFUSED: "不予许可",
    Figure.ISSUED: "出证",
    Figure.DELIVERED: "送达",
    Figure.CORRECTED: "更正",
    Figure.VOIDED: "作废办结",
    Figure.ARCHIVED: "归档",
    Figure.ASKED: "咨询",
    Figure.HANDED_ON: "咨询转交",
    Figure.SETTLED: "咨询办结",
    Figure.PRINTED: "打印",
    Figure.REPRINTED: "补打",
    Figure.SPOILED: "打坏重打",
    Figure.PAPERS_VOIDED: "文书作废",
    Figure.BLANKS_RECEIVED: "空白凭证领用",
    Figure.BLANKS_USED: "空白凭证使用",
    Figure.BLANKS_SPOILED: "空白凭证作废",
    Figure.REVOKED: "撤销证明",
    Figure.REPLACED: "补换证",
}
"""What the figures of a day are called, on paper and in files."""
ALWAYS = (
    Figure.RECEIVED,
    Figure.ACCEPTED,
    Figure.ISSUED,
    Figure.DELIVERED,
    Figure.ASKED,
    Figure.PRINTED,
    Figure.SPOILED,
    Figure.PAPERS_VOIDED,
)
"""Figures that stand there also when they are 0: that nothing was spoiled is worth saying."""


def day_tables(summary: DaySummary) -> dict[str, tuple[Row, ...]]:
    """Return the tables of the report on ``summary``."""
    return {
        "counts": count_rows(summary),
        "series": tuple(_series_row(left) for left in summary.series),
        "drafts": tuple(_draft_row(n, draft, summary) for n, draft in enumerate(summary.drafts, start=1)),
        "open": tuple(_due_row(n, row) for n, row in enumerate(summary.due, start=1)),
        "owed": tuple((grouped(one.row.number), _who(one.row), one.material, _promised(one)) for one in summary.owed),
        "inquiries": tuple(
            (one.number, one.subject, summary.name_of(one.clerk), one.handed_to or "—") for one in summary.inquiries
        ),
        "to_print": tuple((KIND_TITLES[paper.kind], paper.number) for paper in summary.to_print),
        "ledger": _ledger(summary),
    }


def count_rows(summary: DaySummary) -> tuple[Row, ...]:
    """Return the figures two to a row, late entries told apart, then what is left."""
    tally, counts = summary.tally, summary.counts
    cells = []
    for figure in Figure:
        count, late = tally.count(figure), tally.count_late(figure)
        if count or late or figure in ALWAYS:
            cells.append((FIGURE_WORDS[figure], f"{count}（另补录 {late}）" if late else str(count)))
    cells += [
        ("日结后办理的办件", str(tally.after)),
        ("现有未结", str(counts.open)),
        ("其中临期", str(counts.near_due)),
        ("其中超期", str(counts.overdue)),
        ("其中停表", str(counts.suspended)),
        ("待交付", str(counts.to_deliver)),
        ("欠交材料的办件", str(counts.owed)),
        ("未办结的咨询", str(len(summary.inquiries))),
        ("待打印的文书", str(len(summary.to_print))),
        ("没有办完的草稿", str(len(summary.drafts))),
    ]
    if len(cells) % 2:
        cells.append(("", ""))
    return tuple((*left, *right) for left, right in zip(cells[::2], cells[1::2], strict=True))


def _series_row(left: SeriesLeft) -> Row:
    use = left.use
    name = KIND_TITLES[use.kind] if use.kind else "办件编号"
    texts = (use.first_text, use.last_text) if use.kind else (grouped(use.first_text), grouped(use.last_text))
    gaps = f"{left.gaps}{'（恢复备份跳过）' if left.is_explained else ''}" if left.gaps else "无"
    return (name, *texts, str(use.count), gaps)


def _draft_row(number: int, draft: DraftRow, summary: DaySummary) -> Row:
    name = masked_name(draft.applicant) or "未填"
    return (str(number), draft.title, name, summary.name_of(draft.operator), _moment(draft.saved_at))


def _due_row(number: int, row: CaseRow) -> Row:
    due = f"{row.due.astimezone(CHINA):%Y-%m-%d}" if row.due else "—"
    return (str(number), grouped(row.number), row.title, _who(row), due)


def _promised(owed: Owed) -> str:
    return f"{long_date(owed.by)}（已逾期）" if owed.is_overdue else long_date(owed.by)


def _who(row: CaseRow) -> str:
    """Return a person masked; an organisation's name is public."""
    return row.applicant if row.representative else masked_name(row.applicant)


def _moment(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%m-%d %H:%M}"


def _ledger(summary: DaySummary) -> tuple[Row, ...]:
    rows = tuple(_line(line, summary) for line in summary.lines[:MOST_LINES])
    more = len(summary.lines) - MOST_LINES
    return (*rows, ("", "", f"另有 {more} 件，见台账", "", "", "")) if more > 0 else rows


def _line(line: DayLine, summary: DaySummary) -> Row:
    marks = "".join(mark for mark, on in (("〔补录〕", line.is_late), ("〔日结后〕", line.is_after)) if on)
    return (
        f"{line.at.astimezone(CHINA):%H:%M}",
        grouped(line.row.number),
        line.row.title,
        _who(line.row),
        marks + "→".join(dict.fromkeys(FIGURE_WORDS[step] for step in line.steps)),
        "、".join(summary.name_of(login) for login in line.operators),
    )


STATE_WORDS = {
    CaseState.RECEIVED: "收件",
    CaseState.SUPPLEMENT: "待补正",
    CaseState.ACCEPTED: "在办",
    CaseState.REVIEW: "审查中",
    CaseState.SUSPENDED: "停表",
    CaseState.DECIDED: "已决定",
    CaseState.ISSUED: "待交付",
    CaseState.DELIVERED: "已办结",
    CaseState.RATED: "已评价",
    CaseState.NOT_ACCEPTED: "不予受理",
    CaseState.RETURNED: "已退件",
    CaseState.WITHDRAWN: "已撤回",
    CaseState.FORWARDED: "已转报",
    CaseState.VOIDED: "已作废",
    CaseState.ARCHIVED: "已归档",
}
"""Where a case stands, as ledgers and files say it."""
