"""What a supplement notice asks for, at the intake and on the page of a case. Qt-free."""

from collections.abc import Iterable
from datetime import date

from app.domain.acceptance import OTHER_PLACES
from app.domain.outcomes import Defect
from ui.forms.form import AskedLine, Field, Filled
from ui.forms.reading import read_day
from ui.text import _

REPLY_DAYS = 15
"""Days that an applicant is usually given."""


def supplement_law() -> str:
    """Return what the law asks of a supplement notice."""
    return _(
        "当场或者五个工作日内一次告知需要补正的全部内容；逾期不告知的，自收到材料之日起即为受理（行政许可法第三十二条）。"
    )


def asked_lines(defects: Iterable[Defect]) -> tuple[AskedLine, ...]:
    """Return the lines with which a notice begins."""
    return tuple(AskedLine(defect.place, defect.name, defect.what) for defect in defects)


def defects_of(filled: Filled) -> tuple[Defect, ...]:
    """Return what the ticked lines ask for; a line of the clerk's own belongs to no place of the application."""
    return tuple(
        Defect(line.place or f"{OTHER_PLACES}{number}", line.name.strip(), line.what.strip())
        for number, line in enumerate(filled.lines, start=1)
        if line.is_asked
    )


def reply_field() -> Field:
    """Return the field for the day by which the applicant is to answer."""
    return Field("reply_by", _("补正期限"), hint=_("如 2026-06-03"))


def line_problems(filled: Filled, today: date) -> dict[str, str]:
    """Return what is wrong with lines and day."""
    problems: dict[str, str] = {}
    asked = [line for line in filled.lines if line.is_asked]
    if not asked:
        problems["lines"] = _("请至少告知一项")
    elif any(not line.what.strip() or not line.name.strip() for line in asked):
        problems["lines"] = _("每一项都要写明缺什么、要什么形式")
    until = read_day(filled.value("reply_by"))
    if filled.value("reply_by") and until is None:
        problems["reply_by"] = _("请填日期，如 2026-06-03")
    elif until is not None and until < today:
        problems["reply_by"] = _("补正期限不能在今天之前")
    return problems
