"""Forms that close a case or come after its end: withdrawal, voiding, rating, archive."""

from collections.abc import Sequence

from app.domain.case import Case
from app.domain.operators import Operator
from app.domain.outcomes import GRADES, Result
from app.services.rehearsal import CaseServices
from ui.case.forms.base import ActForm
from ui.forms.form import Field, Filled, Kind
from ui.forms.reasons import reason_field
from ui.outcome_words import grade_words
from ui.text import _, pgettext


class WithdrawForm(ActForm):
    """撤回: the applicant takes the application back and signs."""

    def _describe(self) -> None:
        self.title, self.word = _("撤回申请"), pgettext("act", "撤回")
        self.makes = _("撤回申请书")
        self.law = _("作出决定前，申请人可以撤回申请；撤回申请书由申请人签名，材料退还申请人。")
        self.is_danger = True

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask for the applicant's reason."""
        return (reason_field((_("申请人不再需要办理"), _("申请人改到别处办理"), _("材料准备好以后再申请"))),)

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Record the withdrawal."""
        return services.closing.withdraw(self.case.number, clerk, filled.value("reason"))


class VoidForm(ActForm):
    """作废办结 or 录入错误, with the consent of a second person."""

    def _describe(self) -> None:
        self.title, self.word = _("作废／录入错误"), _("请第二人确认")
        self.law = _("办件作废后不能恢复；编号和文书号保留，不再使用。要由另一个人输入密码确认。")
        self.is_danger = True
        self.second_person = _("%(title)s（%(number)s）作废") % {"title": self.case.title, "number": self.case.number}

    def start(self) -> Filled:
        """Begin with a mistaken entry, which is the usual one."""
        return Filled({"result": Result.MISTAKEN_ENTRY.value})

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask which of the two, and why."""
        choices = ((Result.MISTAKEN_ENTRY.value, _("录入错误")), (Result.VOIDED.value, _("作废办结")))
        phrases = (_("重复录入"), _("录错事项"), _("录错申请人"))
        return (Field("result", _("种类"), Kind.CHOICE, choices=choices), reason_field(phrases))

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Close the case as void."""
        if second is None:
            raise ValueError("voiding needs a second person")
        return services.closing.void(
            self.case.number, clerk, Result(filled.value("result")), filled.value("reason"), second
        )


class RateForm(ActForm):
    """评价: once, of the citizen's own will."""

    def _describe(self) -> None:
        self.title, self.word = _("请群众评价"), _("提交评价")
        self.law = _("评价由群众自愿作出，每件一次；差评另由督办人员回访，不给被评价人看。")

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask for the grade and, if the citizen likes, for words."""
        choices = tuple((str(grade), grade_words(grade)) for grade in GRADES)
        return (
            Field("grade", _("满意程度"), Kind.MENU, choices=choices),
            reason_field(label=_("群众的话"), code="comment", required=False),
        )

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Record the rating."""
        return services.closing.rate(self.case.number, clerk, int(filled.value("grade")), filled.value("comment"))

    def done_words(self, case: Case) -> str:
        """Thank without telling the grade."""
        return _("评价已记入台账，谢谢")


class ArchiveForm(ActForm):
    """归档: the closed case goes into the archive."""

    def _describe(self) -> None:
        self.title, self.word = _("归档"), pgettext("act", "归档")
        self.law = _("办结的材料和文书存档联归到一卷；归档以后这一件不再改变。")

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask where the papers stand."""
        return (Field("place", _("存放位置"), required=False, hint=_("如 2 号柜 2026-05 卷")),)

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Put the case into the archive."""
        return services.closing.archive(self.case.number, clerk, filled.value("place"))
