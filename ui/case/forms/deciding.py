"""Forms that end the review: the written decision, and handing the case up to the body that decides."""

from collections.abc import Sequence

from app.domain.case import Case
from app.domain.operators import Operator
from app.domain.outcomes import REMEDIES, Result
from app.services.rehearsal import CaseServices
from ui.case.forms.base import ActForm
from ui.forms.form import Field, Filled, Kind
from ui.forms.reasons import reason_field
from ui.text import _, pgettext


class DecideForm(ActForm):
    """准予 or 不予许可, in writing; a refusal needs reason, basis and remedies."""

    def _describe(self) -> None:
        self.title, self.word = _("作出决定"), _("作出决定")
        self.makes = _("决定书")
        self.law = _("不予许可的，应当说明理由，并告知申请复议或者提起诉讼的权利（行政许可法第三十八条）。")

    def start(self) -> Filled:
        """Begin with a grant by the body's department."""
        return Filled({"result": Result.GRANTED.value, "basis": self._file.item.legal_basis})

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask for the result, who decided, and of a refusal why."""
        choices = ((Result.GRANTED.value, _("准予")), (Result.REFUSED.value, _("不予许可")))
        who = Field("decided_by", _("作出决定的人"), hint=_("有权审批的负责人"))
        if filled.value("result") != Result.REFUSED:
            return (Field("result", _("结果"), Kind.CHOICE, choices=choices), who)
        return (
            Field("result", _("结果"), Kind.CHOICE, choices=choices),
            who,
            reason_field(label=_("理由")),
            Field("basis", _("依据"), hint=_("法律、法规、规章的名称和条款")),
        )

    def note(self, filled: Filled) -> tuple[str, str]:
        """Show the remedies that a refusal tells."""
        return ("warn", REMEDIES) if filled.value("result") == Result.REFUSED else ("", "")

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Record the decision."""
        result = Result(filled.value("result"))
        refused = result is Result.REFUSED
        return services.review.decide(
            self.case.number,
            clerk,
            result,
            decided_by=filled.value("decided_by"),
            reason=filled.value("reason") if refused else "",
            basis=filled.value("basis"),
        )

    def done_words(self, case: Case) -> str:
        """Say what was decided."""
        return _("已准予，决定书已取号") if case.result is Result.GRANTED else _("已决定不予许可，决定书已取号")


class ForwardForm(ActForm):
    """转报: the case is handed up to the body that decides."""

    def _describe(self) -> None:
        self.title, self.word = _("转报"), pgettext("act", "转报")
        self.makes = _("转报单")
        self.law = _("初审以后报上级或者有权机关决定；转报后本窗口这一件即告办结。")
        self.is_danger = True

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask where to, and why."""
        return (
            Field("to", _("转往机关"), hint=_("如 临江县民政局")),
            reason_field((_("初审合格，报请审批"), _("超出本机关权限")), _("理由")),
        )

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Hand the case up."""
        return services.review.forward(self.case.number, clerk, filled.value("to"), filled.value("reason"))
