"""Everything that can be done with a case: the acts, what they are called and how they show themselves. Qt-free."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ui.text import _, pgettext


class CaseAct(StrEnum):
    """Everything that can be done with a case, in the order in which the page lists it."""

    ACCEPT = "accept"
    ASK_SUPPLEMENT = "ask_supplement"
    TAKE_IN_SUPPLEMENT = "take_in_supplement"
    REFUSE_ACCEPTANCE = "refuse_acceptance"
    GIVE_BACK = "give_back"
    START_REVIEW = "start_review"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    DECIDE = "decide"
    FORWARD = "forward"
    TAKE_IN_FOLLOWING = "take_in_following"
    ISSUE = "issue"
    DELIVER = "deliver"
    RATE = "rate"
    ARCHIVE = "archive"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    VOID = "void"
    TAKE_OVER = "take_over"
    HAND_OVER = "hand_over"
    SEND_BACK = "send_back"
    SEND_TO_COLLECT = "send_to_collect"
    CHOOSE_COLLECTION = "choose_collection"


@dataclass(frozen=True, slots=True)
class Look:
    """How an act shows itself: its icon and the key that it has in the bar."""

    icon: str
    key: str = ""
    is_danger: bool = False


LOOKS: Mapping[CaseAct, Look] = {
    CaseAct.ACCEPT: Look("check-circle", "F9"),
    CaseAct.ASK_SUPPLEMENT: Look("note-pencil", "F6"),
    CaseAct.TAKE_IN_SUPPLEMENT: Look("download-simple", "F9"),
    CaseAct.REFUSE_ACCEPTANCE: Look("hand-palm", "F7", is_danger=True),
    CaseAct.GIVE_BACK: Look("arrow-u-up-left", "F8", is_danger=True),
    CaseAct.START_REVIEW: Look("magnifying-glass", "F9"),
    CaseAct.SUSPEND: Look("pause-circle", "F6"),
    CaseAct.RESUME: Look("play-circle", "F9"),
    CaseAct.EXTEND: Look("calendar-blank", "F7"),
    CaseAct.DECIDE: Look("note-pencil", "F10"),
    CaseAct.FORWARD: Look("paper-plane-tilt", "F8"),
    CaseAct.TAKE_IN_FOLLOWING: Look("download-simple", "F4"),
    CaseAct.ISSUE: Look("file-text", "F10"),
    CaseAct.DELIVER: Look("check-circle", "F11"),
    CaseAct.RATE: Look("star", "F8"),
    CaseAct.ARCHIVE: Look("archive-box", "F9"),
    CaseAct.CORRECT: Look("pencil-simple", "Ctrl+G"),
    CaseAct.WITHDRAW: Look("arrow-u-up-left"),
    CaseAct.VOID: Look("prohibit", is_danger=True),
    CaseAct.TAKE_OVER: Look("download-simple", "F9"),
    CaseAct.HAND_OVER: Look("swap", "Ctrl+T"),
    CaseAct.SEND_BACK: Look("arrow-u-up-left", "F8"),
    CaseAct.SEND_TO_COLLECT: Look("paper-plane-tilt", "F11"),
    CaseAct.CHOOSE_COLLECTION: Look("note-pencil", "F4"),
}


REVIEWERS_ACTS = frozenset(
    {
        CaseAct.START_REVIEW,
        CaseAct.SUSPEND,
        CaseAct.RESUME,
        CaseAct.EXTEND,
        CaseAct.DECIDE,
        CaseAct.FORWARD,
    }
)
"""Acts that a reviewer does as well as a clerk."""


def act_words(act: CaseAct) -> str:
    """Return what an act is called on its button."""
    return {
        CaseAct.ACCEPT: pgettext("act", "受理"),
        CaseAct.ASK_SUPPLEMENT: _("补正告知"),
        CaseAct.TAKE_IN_SUPPLEMENT: _("收补正材料"),
        CaseAct.REFUSE_ACCEPTANCE: pgettext("act", "不予受理"),
        CaseAct.GIVE_BACK: _("退件"),
        CaseAct.START_REVIEW: _("开始审查"),
        CaseAct.SUSPEND: pgettext("act", "停表"),
        CaseAct.RESUME: _("恢复计时"),
        CaseAct.EXTEND: pgettext("act", "延期"),
        CaseAct.DECIDE: _("作出决定"),
        CaseAct.FORWARD: pgettext("act", "转报"),
        CaseAct.TAKE_IN_FOLLOWING: _("收容缺材料"),
        CaseAct.ISSUE: pgettext("act", "出证"),
        CaseAct.DELIVER: pgettext("act", "交付"),
        CaseAct.RATE: pgettext("act", "评价"),
        CaseAct.ARCHIVE: pgettext("act", "归档"),
        CaseAct.CORRECT: pgettext("act", "更正"),
        CaseAct.WITHDRAW: pgettext("act", "撤回"),
        CaseAct.VOID: _("作废／录入错误"),
        CaseAct.TAKE_OVER: pgettext("act", "接收"),
        CaseAct.HAND_OVER: pgettext("act", "交接"),
        CaseAct.SEND_BACK: pgettext("act", "退回"),
        CaseAct.SEND_TO_COLLECT: _("送到取件地点"),
        CaseAct.CHOOSE_COLLECTION: _("改取件方式"),
    }[act]
