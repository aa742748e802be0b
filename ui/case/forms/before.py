"""Forms before acceptance: acceptance itself, non-acceptance, giving the materials back."""

from collections.abc import Sequence

from app.domain.case import Case
from app.domain.operators import Operator
from app.domain.outcomes import NonAcceptanceGround
from app.services.rehearsal import CaseServices
from ui.case.forms.base import ActForm
from ui.dates import long_time
from ui.forms.form import Field, Filled
from ui.forms.reasons import reason_field
from ui.forms.refusing import refusal_fields, refusal_law
from ui.text import _, listed, pgettext


class AcceptForm(ActForm):
    """受理: nothing is asked; the notice says what is promised."""

    def _describe(self) -> None:
        self.title, self.word = _("受理"), pgettext("act", "受理")
        self.makes = _("受理通知书")
        self.law = _("材料齐全、符合法定形式的，应当受理，并出具加盖印章和注明日期的书面凭证（行政许可法第三十二条）。")

    def note(self, filled: Filled) -> tuple[str, str]:
        """Say from when the case counts and when it is due."""
        outlook = self.outlook(filled)
        if outlook is None or outlook.case.accepted_at is None:
            return "", ""
        parts = [_("自 %(time)s 起受理") % {"time": long_time(outlook.case.accepted_at)}]
        if outlook.case.due is not None:
            parts.append(_("到期 %(time)s") % {"time": long_time(outlook.case.due)})
        return "good", listed(parts, "，")

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Accept the case."""
        return services.acceptance.accept(self.case.number, clerk)

    def done_words(self, case: Case) -> str:
        """Say that it was accepted."""
        return _("已受理，受理通知书已取号")


class RefuseAcceptanceForm(ActForm):
    """不予受理, with its ground, the competent body, the basis and the remedies."""

    def _describe(self) -> None:
        self.title, self.word = _("不予受理"), pgettext("act", "不予受理")
        self.makes, self.law = _("不予受理通知书"), refusal_law()
        self.is_danger = True

    def start(self) -> Filled:
        """Begin with what was not supplemented where something was asked for."""
        ground = NonAcceptanceGround.NOT_SUPPLEMENTED if self.case.defects else NonAcceptanceGround.NOT_COMPETENT
        return Filled({"ground": ground.value, "basis": self._file.item.legal_basis})

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask for the ground and what it needs."""
        return refusal_fields(filled)

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Refuse to accept the case."""
        return services.acceptance.refuse_acceptance(
            self.case.number,
            clerk,
            ground=NonAcceptanceGround(filled.value("ground")),
            reason=filled.value("reason"),
            competent=filled.value("competent"),
            basis=filled.value("basis"),
        )


class GiveBackForm(ActForm):
    """退件: the materials go back to the applicant before acceptance."""

    def _describe(self) -> None:
        self.title, self.word = _("退件"), _("退件")
        self.makes = _("退件单")
        self.law = _("受理前把材料退还申请人；不是不予受理，申请人可以再来。退件要写明原因，由申请人签收。")
        self.is_danger = True

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask for the reason."""
        return (reason_field((_("申请人要求取回材料"), _("补正期满未补齐"), _("申请人改办其他事项"))),)

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Give the materials back."""
        return services.acceptance.give_back(self.case.number, clerk, filled.value("reason"))
