"""The stack as a form: what came in, what is left of it and why, and where the clerk may put that. Qt-free."""

from collections.abc import Mapping, Sequence

from app.domain.operators import Operator
from app.services.stacks import COMING, STACK, STACK_FORM, Left, StackService, StackSorted, Target, Why
from ui.forms.base import Form
from ui.forms.form import Field, Filled, HandedLine, Kind
from ui.text import _, ngettext
from ui.words import case_applicant_words, short_number

TO = "to."


class StackForm(Form):
    """Keeps nothing of its own but where papers are to go: what the stack has stands in the store."""

    is_lasting = True

    def __init__(self, stacks: StackService) -> None:
        self._stacks = stacks
        self._left = stacks.left()
        self.key = f"{STACK}:{STACK_FORM}"
        self.word = _("放进办件")
        self.law = _(
            "几件办件的纸叠在一起，每件前面放它的分隔页，一次扫完就自己分好，放进各件的“收补正材料”或“收容缺材料”。"
        )
        self.handed_title = _("还没分好的纸")

    def handed(self) -> Sequence[HandedLine]:
        """Return where pages come in, and what is left."""
        coming = HandedLine(COMING, _("扫进来的纸"), _("按 F10 扫描"), is_pages=True)
        left = (HandedLine(one.line, _name(one), _why(one), is_pages=True) for one in self._left)
        return (coming, *left)

    def fields(self, filled: Filled) -> Sequence[Field]:
        """Ask where each part goes."""
        return tuple(
            Field(
                f"{TO}{one.line}",
                _("%(name)s 放进") % {"name": _name(one)},
                Kind.MENU,
                required=False,
                choices=_choices(one),
            )
            for one in self._left
            if one.targets
        )

    def problems(self, filled: Filled) -> Mapping[str, str]:
        """Say when nothing was chosen."""
        if self._chosen(filled):
            return {}
        return {"handed": _("先选这些纸放进哪一件") if self._left else _("没有要分的纸")}

    def do(self, filled: Filled, clerk: Operator, second: Operator | None) -> StackSorted:
        """Put papers where the clerk says."""
        return self._stacks.place(self._chosen(filled))

    def _chosen(self, filled: Filled) -> dict[str, Target]:
        chosen = {}
        for one in self._left:
            value = filled.value(f"{TO}{one.line}")
            for target in one.targets:
                if _code(target) == value:
                    chosen[one.line] = target
        return chosen


def _name(one: Left) -> str:
    if one.number:
        return _("办件 %(number)s") % {"number": short_number(one.number)}
    return ngettext("%(count)d 页", "%(count)d 页", one.count) % {"count": one.count}


def _why(one: Left) -> str:
    return {
        Why.NO_SHEET: _("前面没有办件的分隔页"),
        Why.NO_CASE: _("这里没有这件"),
        Why.ELSEWHERE: _("这件在别的窗口手里"),
        Why.WAITS_FOR_NONE: _("这件现在不等材料"),
        Why.NOT_ASKED: _("这件没有要这份材料"),
        Why.WHICH: _("请选是哪份材料"),
    }[one.why]


def _choices(one: Left) -> tuple[tuple[str, str], ...]:
    return tuple((_code(target), _words(target)) for target in one.targets)


def _words(target: Target) -> str:
    return f"{short_number(target.number)}·{case_applicant_words(target.case)}·{target.material_name}"


def _code(target: Target) -> str:
    return f"{target.number}:{target.form}:{target.material}"
