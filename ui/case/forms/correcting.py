"""The form that mends typing errors: what was written stays in the journal, what counts from now on is mended.

One person at a time lies in the form; what was mended of another stays mended, and the notice counts it.
"""

from collections.abc import Iterator, Mapping, Sequence

from app.domain.case import Case
from app.domain.catalogue import FieldKind, FormField
from app.domain.correcting import correctable, doubts
from app.domain.documents import FOREIGN, Document, Sex, tells_birth_and_sex
from app.domain.operators import Operator
from app.domain.people import AgentKind
from app.services.rehearsal import CaseServices
from ui.case.forms.base import ActForm
from ui.forms.form import Field, Filled, Kind
from ui.forms.reasons import reason_field
from ui.problems import place_name
from ui.problems import words as problem_words
from ui.text import _, listed, ngettext, pgettext
from ui.words import agent_words, document_words, sex_words

PART, PASSED = "part", "passed"
LONGEST_NAME_SHOWN = 14
FEW_CHOICES = 3


class CorrectForm(ActForm):
    """更正: every place that was typed, of everybody in the case, with what stands there now."""

    def _describe(self) -> None:
        self.title, self.word = _("更正录入错误"), pgettext("act", "更正")
        self.law = _("只更正录错的字；改动前后的内容都留在台账里。事实变了的，不能用更正代替重新申请。")
        self._before = correctable(self.case, self._file.item)

    def start(self) -> Filled:
        """Begin with what stands there now, of whoever applies."""
        return Filled({**self._before, PART: next(iter(self._parts()))})

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask whose entry is wrong, return every place of theirs that can be mended, and ask why."""
        part = Field(PART, _("改谁的"), Kind.MENU, choices=tuple(self._parts().items()))
        places = [self._field(place) for place in self._places(filled)]
        doubtful = Field(PASSED, _("有疑点的"), required=False, hint=_("提示有疑点、核对无误的，写明理由"))
        why = reason_field((_("录入时打错字"), _("认错手写字"), _("选错类型")), _("更正原因"))
        return (part, *places, doubtful, why)

    def problems(self, filled: Filled) -> Mapping[str, str]:
        """Say what would be wrong or doubtful after mending, and when nothing would change."""
        shown, problems = set(self._places(filled)), {}
        changes = self._changes(filled)
        for problem in doubts(self.case, self._file.item, changes, self.now.date(), self._passed(filled)):
            words = problem_words(problem)
            if problem.place in shown:
                problems[problem.place] = words
            else:
                name = place_name(problem.place, self._file.item)
                problems[PART] = _("%(name)s：%(words)s") % {"name": name, "words": words}
        if not changes:
            problems[PART] = _("没有改动任何内容")
        return {**problems, **super().problems(filled)}

    def note(self, filled: Filled) -> tuple[str, str]:
        """Say how many places change, and which, whoever's they are."""
        changes = self._changes(filled)
        if not changes:
            return "", ""
        count = ngettext("改动 %(count)d 处", "改动 %(count)d 处", len(changes)) % {"count": len(changes)}
        names = listed(place_name(place, self._file.item) for place in changes)
        return "good", _("%(count)s：%(names)s") % {"count": count, "names": names}

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Mend what was changed."""
        changes, passed = self._changes(filled), self._passed(filled)
        return services.closing.correct(self.case.number, clerk, changes, filled.value("reason"), passed)

    # --- whose ---------------------------------------------------------------------------------------------------

    def _parts(self) -> dict[str, str]:
        """Return who and what can be corrected: the beginning of the places, and what it is called."""
        return {part: words for part, words in self._everybody() if self._of(part)}

    def _everybody(self) -> Iterator[tuple[str, str]]:
        case = self.case
        if case.organisation:
            yield "organisation", _("单位 %(name)s") % {"name": _short(case.organisation.name)}
        name = {"name": _short(case.applicant.name)}
        yield "applicant", (_("负责人 %(name)s") if case.organisation else _("申请人 %(name)s")) % name
        for index, person in enumerate(case.co_applicants):
            who = {"number": index + 1, "name": _short(person.name)}
            yield f"co_applicants.{index}", _("共同申请人 %(number)d %(name)s") % who
        if case.agent:
            right = _("监护人 %(name)s") if case.agent.kind is AgentKind.GUARDIAN else _("代办人 %(name)s")
            yield "agent", right % {"name": _short(case.agent.person.name)}
        yield "form", _("申请表")

    def _of(self, part: str) -> list[str]:
        return [place for place in self._before if place.rpartition(".")[0] == part]

    def _places(self, filled: Filled) -> list[str]:
        """Return the places of whoever lies in the form, without what their document tells by itself."""
        part = filled.value(PART)
        idle = self._told_by_document(part, filled)
        return [place for place in self._of(part) if place not in idle or filled.value(place) or self._before[place]]

    def _told_by_document(self, part: str, filled: Filled) -> set[str]:
        if f"{part}.document" not in self._before:
            return set()
        document = Document(filled.value(f"{part}.document"))
        stated = {f"{part}.stated_birth_date", f"{part}.stated_sex"}
        idle = stated if tells_birth_and_sex(document, filled.value(f"{part}.id_number")) else set()
        return idle if document in FOREIGN else {*idle, f"{part}.nationality"}

    # --- which field ---------------------------------------------------------------------------------------------

    def _field(self, place: str) -> Field:
        name, was = place_name(place, self._file.item), self._before[place]
        choices = self._choices(place)
        if not choices:
            return Field(place, name, required=False, was=was)
        kind = Kind.CHOICE if len(choices) <= FEW_CHOICES else Kind.MENU
        return Field(place, name, kind, required=False, choices=choices, was=was)

    def _choices(self, place: str) -> tuple[tuple[str, str], ...]:
        part, _dot, name = place.rpartition(".")
        if part == "form":
            return tuple((choice, choice) for choice in self._form_field(name).choices)
        match name:
            case "document":
                return tuple((document.value, document_words(document)) for document in Document)
            case "stated_sex":
                return tuple((sex.value, sex_words(sex)) for sex in Sex)
            case "kind":
                return tuple((kind.value, agent_words(kind)) for kind in AgentKind)
        return ()

    def _form_field(self, code: str) -> FormField:
        fields = self._file.item.form
        return next((one for one in fields if one.code == code), FormField(code, code, FieldKind.TEXT))

    # --- what follows --------------------------------------------------------------------------------------------

    def _changes(self, filled: Filled) -> dict[str, str]:
        return {place: filled.value(place) for place, before in self._before.items() if filled.value(place) != before}

    def _warned(self, filled: Filled) -> list[str]:
        """Return the places that are doubtful after mending."""
        found = doubts(self.case, self._file.item, self._changes(filled), self.now.date())
        return [problem.place for problem in found if not problem.is_error]

    def _passed(self, filled: Filled) -> dict[str, str]:
        answer = filled.value(PASSED)
        return dict.fromkeys(self._warned(filled), answer) if answer else {}


def _short(name: str) -> str:
    """Return a name that fits a button."""
    return name if len(name) <= LONGEST_NAME_SHOWN else f"{name[: LONGEST_NAME_SHOWN - 1]}…"
