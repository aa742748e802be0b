"""The steps of the guided first case: a sentence each, and how the intake looks once it was followed. Qt-free."""

from collections.abc import Callable
from dataclasses import dataclass

from ui.intake.state import IntakeState
from ui.text import _

Condition = Callable[[IntakeState], bool]


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, and whether it has been done."""

    words: str
    is_done: Condition


def steps() -> tuple[Step, ...]:
    """Return the steps in their order; the first is done when an intake lies open, the last never by itself."""
    return (
        Step(_("在“办理”（Alt+1）里打 jzzm，就是居住证明的首字母，按 Enter。"), lambda _state: True),
        Step(_("填姓名，练习可用“陈练习”，按 Enter。"), _left("applicant.name")),
        Step(_("填证件号码，练习可用 519900199606050044，按 Enter。"), _left("applicant.id_number")),
        Step(
            _("填住址“云溪镇柳湾村4组”和电话 13805550126，每处按 Enter。"),
            _left("applicant.address", "applicant.phone"),
        ),
        Step(_("按 F8：光标跳到还缺的地方，上面一行列出还有几处。"), lambda state: state.has_tried),
        Step(_("填现住址、居住起始（打 20210315）和用途（按 1），每处按 Enter。"), _lacks_nothing("form.")),
        Step(_("材料都交来了：按 Ctrl+0 全部收下；只收一样按 Ctrl+1、Ctrl+2。"), _lacks_nothing("materials.")),
        Step(_("右边就是要打印的收件凭证，看一遍，按 F9 受理。练习到此为止，不会真受理。"), lambda _state: False),
    )


def _left(*places: str) -> Condition:
    """Return whether the cursor was at ``places`` and has left them as they should be."""
    lacks_nothing = _lacks_nothing(*places)
    return lambda state: state.visited.issuperset(places) and lacks_nothing(state)


def _lacks_nothing(*starts: str) -> Condition:
    return lambda state: not any(problem.place.startswith(starts) for problem in state.problems)
