"""Forms by which an intake ends otherwise than with acceptance, and the one that marks it as a late entry. Qt-free."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from app.domain import acceptance
from app.domain.application import LateEntry
from app.domain.case import Case
from app.domain.catalogue import ServiceItem
from app.domain.facts import NO_NUMBER, Fact
from app.domain.operators import Operator
from app.domain.outcomes import NonAcceptanceGround
from app.services.counter import Counter
from app.services.intake import Accepted
from app.services.ports import Draft, Picture
from ui.dates import long_time
from ui.forms.base import Form
from ui.forms.form import Field, Filled
from ui.forms.reading import read_day, read_moment
from ui.forms.reasons import reason_field
from ui.forms.refusing import refusal_fields, refusal_law
from ui.forms.supplement import REPLY_DAYS, asked_lines, defects_of, line_problems, reply_field, supplement_law
from ui.text import _, pgettext

DOTS = "……"


class IntakeForm(Form):
    """A form about the draft that lies open; it shows the notice that would be made."""

    def __init__(self, draft: Draft, item: ServiceItem, counter: Counter) -> None:
        self._draft = draft
        self._item = item
        self._counter = counter
        self.key = f"{draft.draft_id}:{type(self).__name__}"
        self._describe()

    def _describe(self) -> None:
        """Set title, word, law and the like, in the language that is spoken now."""

    def _preview(
        self, clerk: Operator, width_px: int, page: int, make: Callable[[Case, datetime], Fact]
    ) -> Picture | None:
        paper = self._counter.intake.notice_preview(self._draft, self._item, clerk, make)
        return self._counter.papers.preview(paper, page, width_px)


class SupplementForm(IntakeForm):
    """一次性补正告知: what is there is taken in, everything missing is told in one notice."""

    def _describe(self) -> None:
        self.title, self.word = _("收下现有材料，一次性告知补正"), _("收件并告知")
        self.makes, self.law = _("一次性补正告知书"), supplement_law()
        self.lines_title = _("要补正的内容")

    def start(self) -> Filled:
        """Begin with everything that is missing."""
        defects = self._counter.intake.suggested_defects(self._draft, self._item)
        until = self._counter.desk.now().date() + timedelta(days=REPLY_DAYS)
        return Filled({"reply_by": until.isoformat()}, lines=asked_lines(defects))

    def fields(self, filled: Filled) -> Sequence[Field]:  # noqa: ARG002  as every form
        """Ask by when."""
        return (reply_field(),)

    def problems(self, filled: Filled) -> Mapping[str, str]:
        """Say what the notice lacks."""
        return {**line_problems(filled, self._counter.desk.now().date()), **super().problems(filled)}

    def paper(self, filled: Filled, clerk: Operator, width_px: int, page: int) -> Picture | None:
        """Return the notice as it would be made now."""
        reply_by = read_day(filled.value("reply_by"))
        return self._preview(
            clerk,
            width_px,
            page,
            lambda case, now: acceptance.ask_supplement(
                case, defects_of(filled), NO_NUMBER, reply_by=reply_by, now=now
            ),
        )

    def do(self, filled: Filled, clerk: Operator, second: Operator | None) -> Accepted:  # noqa: ARG002  as every form
        """Take in what is there and tell what is missing."""
        reply_by = read_day(filled.value("reply_by"))
        return self._counter.intake.ask_supplement(self._draft, self._item, clerk, defects_of(filled), reply_by)


class RefusalForm(IntakeForm):
    """不予受理 at once, with the competent body."""

    def _describe(self) -> None:
        self.title, self.word = _("当场不予受理"), pgettext("act", "不予受理")
        self.makes, self.law = _("不予受理通知书"), refusal_law()
        self.is_danger = True

    def start(self) -> Filled:
        """Begin with what is refused at once most often."""
        basis = _("《中华人民共和国行政许可法》第三十二条第一款第二项")
        return Filled({"ground": NonAcceptanceGround.NOT_COMPETENT.value, "basis": basis})

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask for the ground and what it needs."""
        return refusal_fields(filled)

    def paper(self, filled: Filled, clerk: Operator, width_px: int, page: int) -> Picture | None:
        """Return the notice as it would be made now."""
        return self._preview(
            clerk,
            width_px,
            page,
            lambda case, now: acceptance.refuse_acceptance(
                case,
                ground=NonAcceptanceGround(filled.value("ground")),
                reason=filled.value("reason") or DOTS,
                competent=filled.value("competent") or DOTS,
                basis=filled.value("basis") or DOTS,
                notice=NO_NUMBER,
                now=now,
            ),
        )

    def do(self, filled: Filled, clerk: Operator, second: Operator | None) -> Accepted:  # noqa: ARG002  as every form
        """Refuse at once."""
        return self._counter.intake.refuse(
            self._draft,
            self._item,
            clerk,
            ground=NonAcceptanceGround(filled.value("ground")),
            reason=filled.value("reason"),
            competent=filled.value("competent"),
            basis=filled.value("basis"),
        )


class LateForm(IntakeForm):
    """补录: the case was really handled earlier, on paper."""

    def _describe(self) -> None:
        self.title, self.word = _("补录（先在纸上办过）"), _("标为补录")
        self.law = _(
            "只用于停电、断网、系统故障时先在纸上办理的办件；写明原因、当时文书的编号和真实时间。"
            "补录在每个屏幕、每张文书和每项统计中都单独标明。"
        )

    def fields(self, filled: Filled) -> Sequence[Field]:  # noqa: ARG002  as every form
        """Ask why, for the paper, and for the real times."""
        hint = _("如 2026-05-18 9:30")
        return (
            reason_field((_("停电"), _("断网"), _("系统故障"), _("上门办理"))),
            Field("paper_number", _("纸质文书号")),
            Field("received_at", _("实际收件时间"), hint=hint),
            Field("accepted_at", _("实际受理时间"), hint=hint),
        )

    def problems(self, filled: Filled) -> Mapping[str, str]:
        """Say which times will not do."""
        problems = dict(super().problems(filled))
        times = {code: read_moment(filled.value(code)) for code in ("received_at", "accepted_at")}
        for code, at in times.items():
            if filled.value(code) and at is None:
                problems[code] = _("请填日期和时间，如 2026-05-18 9:30")
        received, accepted = times["received_at"], times["accepted_at"]
        if accepted and accepted > self._counter.desk.now():
            problems["accepted_at"] = _("受理时间不能晚于现在")
        elif received and accepted and received > accepted:
            problems["received_at"] = _("收件时间不能晚于受理时间")
        return problems

    def note(self, filled: Filled) -> tuple[str, str]:
        """Say when it would be due, counted from the real time."""
        accepted = read_moment(filled.value("accepted_at"))
        due = self._counter.intake.due(self._item, accepted) if accepted else None
        if due is None or self._item.is_immediate:
            return "", ""
        return "warn", _("自实际受理时间起算，到期 %(time)s") % {"time": long_time(due.at)}

    def do(self, filled: Filled, clerk: Operator, second: Operator | None) -> LateEntry:  # noqa: ARG002  as every form
        """Return what makes the case a late entry; it is recorded with the acceptance."""
        received, accepted = read_moment(filled.value("received_at")), read_moment(filled.value("accepted_at"))
        if received is None or accepted is None:
            raise ValueError("the times were checked before")
        return LateEntry(filled.value("reason"), filled.value("paper_number"), received, accepted)
