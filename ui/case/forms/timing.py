"""Forms that move the due date: special procedures, the end of one, extension."""

from collections.abc import Mapping, Sequence

from app.domain.case import Case
from app.domain.operators import Operator
from app.domain.outcomes import LONGEST_EXTENSION_DAYS, SpecialProcedure
from app.services.rehearsal import CaseServices
from ui.case.forms.base import ActForm
from ui.dates import long_time
from ui.forms.form import Field, Filled, Kind
from ui.forms.reading import read_count
from ui.forms.reasons import reason_field
from ui.outcome_words import procedure_words
from ui.text import _, listed, ngettext, pgettext


class SuspendForm(ActForm):
    """停表: a special procedure whose time does not count."""

    def _describe(self) -> None:
        self.title, self.word = _("停表（特别程序）"), pgettext("act", "停表")
        self.makes = _("特别程序告知书")
        self.law = _(
            "听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审所需时间不计入期限，"
            "但要将所需时间书面告知申请人（行政许可法第四十五条）。"
        )

    def start(self) -> Filled:
        """Begin with the article that the usual procedures rest on."""
        return Filled({"basis": "《中华人民共和国行政许可法》第四十五条"})

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask for procedure, basis, days."""
        choices = tuple((procedure.value, procedure_words(procedure)) for procedure in SpecialProcedure)
        return (
            Field("procedure", _("程序"), Kind.MENU, choices=choices),
            Field("days", _("预计需要"), required=False, unit=_("个工作日"), longest=3),
            Field("basis", _("依据")),
            reason_field(label=_("说明"), required=False),
        )

    def problems(self, filled: Filled) -> Mapping[str, str]:
        """Say when the days are no number."""
        problems = dict(super().problems(filled))
        if filled.value("days") and not read_count(filled.value("days")):
            problems["days"] = _("请填从 1 起的天数")
        return problems

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Begin the procedure."""
        return services.review.suspend(
            self.case.number,
            clerk,
            SpecialProcedure(filled.value("procedure")),
            basis=filled.value("basis"),
            days=read_count(filled.value("days")) or None,
            reason=filled.value("reason"),
        )


class ResumeForm(ActForm):
    """恢复计时: the procedure ended, the due date moves by the time that did not count."""

    def _describe(self) -> None:
        self.title, self.word = _("恢复计时"), _("恢复计时")
        self.law = _("特别程序结束，时限接着算；停表的时间不计入。")

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask what came of the procedure."""
        phrases = (_("核查完成，情况属实"), _("检验合格"), _("公示期满，无异议"))
        return (reason_field(phrases, _("程序结果"), "outcome"),)

    def note(self, filled: Filled) -> tuple[str, str]:
        """Say where the due date moves to, or that it stays."""
        outlook = self.outlook(filled.with_value("outcome", filled.value("outcome") or "…"))
        if outlook is None or outlook.case.due is None or self.case.due is None:
            return "", ""
        if outlook.case.due == self.case.due:
            return "good", _("到期仍是 %(time)s") % {"time": long_time(self.case.due)}
        moved = {"old": long_time(self.case.due), "new": long_time(outlook.case.due)}
        return "good", _("到期由 %(old)s 移到 %(new)s") % moved

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """End the procedure."""
        return services.review.resume(self.case.number, clerk, filled.value("outcome"))

    def done_words(self, case: Case) -> str:
        """Say when it is due now."""
        return _("已恢复计时，到期 %(time)s") % {"time": long_time(case.due)} if case.due else _("已恢复计时")


class ExtendForm(ActForm):
    """延期: once, by the head of the body, with the reason told to the applicant."""

    def _describe(self) -> None:
        self.title, self.word = _("延期"), pgettext("act", "延期")
        self.makes = _("延期通知书")
        self.law = _(
            "二十个工作日内不能作出决定的，经本机关负责人批准可以延长十个工作日，"
            "并将理由告知申请人（行政许可法第四十二条）。延期不停表，只能一次。"
        )

    def start(self) -> Filled:
        """Begin with the most that the law allows."""
        return Filled({"days": str(LONGEST_EXTENSION_DAYS)})

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask for days, reason, approver."""
        return (
            Field("days", _("延长"), unit=_("个工作日"), longest=2),
            reason_field((_("情况复杂，需要进一步核实"), _("需要征求其他部门意见")), _("理由")),
            Field("approver", _("批准人"), hint=_("本机关负责人")),
        )

    def problems(self, filled: Filled) -> Mapping[str, str]:
        """Say when the days are beyond the law."""
        problems = dict(super().problems(filled))
        if filled.value("days") and not self._days(filled):
            problems["days"] = _("天数要在 1 到 %(most)s 之间。") % {"most": LONGEST_EXTENSION_DAYS}
        return problems

    def note(self, filled: Filled) -> tuple[str, str]:
        """Say when it would be due."""
        days = self._days(filled)
        outlook = self.outlook(self._filled_up(filled)) if days else None
        if outlook is None or outlook.case.due is None:
            return "", ""
        words = ngettext("延长 %(count)d 个工作日", "延长 %(count)d 个工作日", days) % {"count": days}
        due = _("到期 %(time)s") % {"time": long_time(outlook.case.due)}
        return "good", listed((words, due), "，")

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Extend the limit."""
        return services.review.extend(
            self.case.number,
            clerk,
            self._days(filled),
            reason=filled.value("reason"),
            approver=filled.value("approver"),
        )

    def _days(self, filled: Filled) -> int:
        """Return the days that were typed, 0 when they will not do."""
        days = read_count(filled.value("days")) or 0
        return days if days <= LONGEST_EXTENSION_DAYS else 0

    def _filled_up(self, filled: Filled) -> Filled:
        return super()._filled_up(filled if self._days(filled) else filled.with_value("days", "1"))
