"""The form that mends typing errors: what was written stays in the journal, what counts from now on is mended."""

from collections.abc import Mapping, Sequence

from app.domain.case import Case
from app.domain.catalogue import FieldKind
from app.domain.closing import CORRECTABLE
from app.domain.errors import ApplicationIncomplete, BrokenRule
from app.domain.operators import Operator
from app.services.rehearsal import CaseServices
from ui.case.forms.base import ActForm
from ui.forms.form import Field, Filled
from ui.forms.reasons import reason_field
from ui.problems import place_name
from ui.problems import words as problem_words
from ui.text import _, ngettext, pgettext


class CorrectForm(ActForm):
    """更正: every place that was typed as text, with what stands there now."""

    def _describe(self) -> None:
        self.title, self.word = _("更正录入错误"), pgettext("act", "更正")
        self.law = _("只更正录错的字；改动前后的内容都留在台账里。事实变了的，不能用更正代替重新申请。")

    def start(self) -> Filled:
        """Begin with what stands there now."""
        return Filled(self._before())

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Return every place that can be mended, and why."""
        places = (Field(place, place_name(place, self._file.item), required=False) for place in self._before())
        phrases = (_("录入时打错字"), _("认错手写字"))
        return (*places, reason_field(phrases, _("更正原因")))

    def problems(self, filled: Filled) -> Mapping[str, str]:
        """Say what would be wrong after mending, and when nothing would change."""
        problems: dict[str, str] = {}
        if filled.value("reason"):
            try:
                self._counter.rehearsal.outlook(lambda services: self.act(services, filled, self._clerk, None))
            except ApplicationIncomplete as error:
                problems |= {problem.place: problem_words(problem) for problem in error.problems}
            except BrokenRule:
                problems[next(iter(self._before()))] = _("没有改动任何内容")
        return {**problems, **super().problems(filled)}

    def note(self, filled: Filled) -> tuple[str, str]:
        """Say how many places change."""
        count = sum(filled.value(place) != before for place, before in self._before().items())
        return (
            ("good", ngettext("改动 %(count)d 处", "改动 %(count)d 处", count) % {"count": count})
            if count
            else ("", "")
        )

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Mend what was changed."""
        changes = {place: filled.value(place) for place in self._before()}
        return services.closing.correct(self.case.number, clerk, changes, filled.value("reason"))

    def _before(self) -> dict[str, str]:
        case, item = self.case, self._file.item
        parts = {"applicant": case.applicant, "organisation": case.organisation}
        places = {
            f"{part}.{name}": str(getattr(holder, name))
            for part, holder in parts.items()
            if holder is not None
            for name in CORRECTABLE[part]
            if getattr(holder, name)
        }
        typed = {FieldKind.TEXT, FieldKind.DATE, FieldKind.NUMBER, FieldKind.ADDRESS, FieldKind.CHOICE}
        return places | {
            f"form.{entry.code}": case.form.get(entry.code, "") for entry in item.form if entry.kind in typed
        }
