"""Forms about what is missing: asking for it once, taking it in, and taking in what was allowed to follow."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.domain.acceptance import OTHER_PLACES, needs_reason_to_ask
from app.domain.application import check
from app.domain.case import BEFORE_ACCEPTANCE, Case, CaseState
from app.domain.operators import Operator
from app.domain.outcomes import Defect
from app.services.rehearsal import CaseServices
from ui.case.forms.base import TO_FILL_IN, ActForm
from ui.forms.form import AskedLine, Field, Filled, HandedLine
from ui.forms.reading import read_day
from ui.forms.reasons import reason_field
from ui.forms.supplement import REPLY_DAYS, asked_lines, defects_of, line_problems, reply_field, supplement_law
from ui.outcome_words import owed_words
from ui.problems import words as problem_words
from ui.text import _, listed, ngettext


class AskSupplementForm(ActForm):
    """一次性补正告知: everything in one notice; a second one, or one after acceptance, needs its reason."""

    def _describe(self) -> None:
        self.title, self.word = _("一次性补正告知"), _("告知并取号")
        self.makes, self.law = _("一次性补正告知书"), supplement_law()
        self.lines_title = _("要补正的内容")

    def start(self) -> Filled:
        """Begin with everything that is missing, or with what was asked for and is still open."""
        defects = self.case.defects or self._counter.acceptance.suggested_defects(self.case, self._file.item)
        until = self.now.date() + timedelta(days=REPLY_DAYS)
        return Filled({"reply_by": until.isoformat()}, lines=asked_lines(defects))

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask by when, and why where the law allows one request only."""
        why = (reason_field(label=_("为何再次告知")),) if needs_reason_to_ask(self.case) else ()
        return (reply_field(), *why)

    def problems(self, filled: Filled) -> Mapping[str, str]:
        """Say what the notice lacks."""
        return {**line_problems(filled, self.now.date()), **super().problems(filled)}

    def note(self, filled: Filled) -> tuple[str, str]:
        """Warn of a second request; raise the alarm after acceptance."""
        if self.case.state not in BEFORE_ACCEPTANCE:
            return "danger", _("已经受理：受理后再要求补正属于异常，不停表、不改变期限，并单独计数。")
        if self.case.supplements:
            return "warn", _("这是第 %(count)d 次告知。应当一次告知全部内容，再次告知会单独计数。") % {
                "count": self.case.supplements + 1
            }
        return "", ""

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Ask for the lines that are ticked."""
        return services.acceptance.ask_supplement(
            self.case.number, clerk, defects_of(filled), read_day(filled.value("reply_by")), filled.value("reason")
        )

    def _filled_up(self, filled: Filled) -> Filled:
        lines = tuple(replace(line, what=line.what or TO_FILL_IN) for line in filled.lines)
        if not any(line.is_asked for line in lines):
            lines = (*lines, AskedLine("", TO_FILL_IN, TO_FILL_IN))
        return super()._filled_up(replace(filled, lines=lines))


class TakeInSupplementForm(ActForm):
    """收补正材料: exactly what the notice lists."""

    def _describe(self) -> None:
        self.title, self.word = _("收补正材料"), _("收下并出凭证")
        self.makes = _("补交材料收件凭证")
        self.law = _("补正齐全的，自全部补正材料收到之日起算受理；补不齐的可以先收下一部分。")
        self.handed_title = _("补正告知书所列内容")

    def handed(self) -> Sequence[HandedLine]:
        """Return what the notice lists, as far as it is open."""
        return tuple(self._line(defect) for defect in self.case.defects)

    def problems(self, filled: Filled) -> Mapping[str, str]:
        """Say when nothing was handed in, or which value of the form is wrong."""
        problems = {f"form.{code}": words for code, words in self._wrong(filled).items()}
        if not any(_is_given(line, filled) for line in self.handed()):
            problems["handed"] = _("请登记收到的材料或填写的内容")
        return problems

    def note(self, filled: Filled) -> tuple[str, str]:
        """Say what is still open, or that everything is there."""
        missing = [line.name for line in self.handed() if not _is_given(line, filled)]
        if missing:
            return "warn", _("还缺：%(names)s") % {"names": listed(missing)}
        if self.case.accepted_at is not None:
            return "good", _("补正齐全")
        return "good", _("补正齐全，收下后就可以受理")

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Take in what was handed in."""
        materials = {code: handed for code, handed in filled.handed.items() if handed.is_there}
        typed = self._typed(filled)
        form = {code: value for code, value in typed.items() if not code.startswith(OTHER_PLACES)}
        others = {code: value for code, value in typed.items() if code.startswith(OTHER_PLACES)}
        return services.acceptance.take_in_supplement(self.case.number, clerk, materials, form, others)

    def done_words(self, case: Case) -> str:
        """Say whether everything is there now."""
        if case.state is CaseState.RECEIVED:
            return _("补正齐全，可以受理")
        count = len(case.defects)
        if not count:
            return _("补正齐全")
        return ngettext("已收下，还缺 %(count)d 项", "已收下，还缺 %(count)d 项", count) % {"count": count}

    def _line(self, defect: Defect) -> HandedLine:
        part, _dot, code = defect.place.partition(".")
        if part == "materials":
            return HandedLine(code, defect.name, defect.what, self._file.item.material(code))
        return HandedLine(code if part == "form" else defect.place, defect.name, defect.what)

    def _typed(self, filled: Filled) -> dict[str, str]:
        codes = [line.code for line in self.handed() if line.material is None]
        return {code: value for code in codes if (value := filled.value(f"form.{code}"))}

    def _wrong(self, filled: Filled) -> dict[str, str]:
        typed = self._typed(filled)
        application = replace(self.case.application, form={**self.case.form, **typed})
        problems = {problem.place: problem for problem in check(application, self._file.item, self.now.date())}
        return {code: problem_words(problems[f"form.{code}"]) for code in typed if f"form.{code}" in problems}


class TakeInFollowingForm(ActForm):
    """收容缺材料: what was promised at acceptance is handed in."""

    def _describe(self) -> None:
        self.title, self.word = _("收容缺材料"), _("收下并出凭证")
        self.makes = _("补交材料收件凭证")
        self.law = _("受理时承诺后补的材料；后补不改变受理时间，也不停表。")
        self.handed_title = _("承诺后补的材料")

    def handed(self) -> Sequence[HandedLine]:
        """Return what is owed, with the day by which it was promised."""
        return tuple(
            HandedLine(code, self._file.item.material(code).name, self._by(day), self._file.item.material(code))
            for code, day in self.case.owed.items()
        )

    def problems(self, filled: Filled) -> Mapping[str, str]:
        """Say when nothing was handed in."""
        there = any(handed.is_there for handed in filled.handed.values())
        return {} if there else {"handed": _("请登记收到的材料")}

    def act(self, services: CaseServices, filled: Filled, clerk: Operator, second: Operator | None) -> Case:
        """Take in what was handed in."""
        materials = {code: handed for code, handed in filled.handed.items() if handed.is_there}
        return services.acceptance.take_in_following(self.case.number, clerk, materials)

    def _by(self, day: date) -> str:
        return owed_words(day, self.now.date())[1]


def _is_given(line: HandedLine, filled: Filled) -> bool:
    if line.material is None:
        return bool(filled.value(f"form.{line.code}"))
    return line.code in filled.handed and filled.handed[line.code].is_there
