"""One case beside the list: what it is about, where it stands, what happened last."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.numbering import grouped
from app.domain.people import masked_id_number
from app.services.desk import CaseFile
from ui.dates import long_time, recent_time
from ui.desk.state import DeskState
from ui.history import event_words
from ui.outcome_words import case_marks
from ui.paper_titles import recall_words
from ui.sync_words import mark_words
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Empty, clear
from ui.widgets.flow import Flow
from ui.widgets.named import named_line
from ui.widgets.notices import Notice
from ui.widgets.signs import Light
from ui.widgets.texts import badge, label, rule
from ui.words import applicant_words, light_words, state_words

LABEL_WIDTH = 100
RECENT_EVENTS = 4
JOINED_STAR = "\N{WORD JOINER}*"
"""A star that no line begins with."""


class CaseSide(QWidget):
    """``opened`` names the case that is to be shown whole."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(theme().px(8))

    def show_case(self, state: DeskState) -> None:
        """Show the chosen case, or how one is chosen."""
        clear(self._inside)
        if state.chosen is None:
            self._inside.addWidget(Empty("files", _("用 ↑ ↓ 在列表中选一件，这里显示它的情况；按 Enter 打开。")))
            self._inside.addStretch(1)
            return
        file, row = state.chosen, state.chosen.lit.row
        title = label(f"{row.title}·{applicant_words(row).replace('*', JOINED_STAR)}", "title")
        title.setWordWrap(True)
        self._inside.addWidget(title)
        self._inside.addLayout(_signs(file))
        recall = Notice()
        self._inside.addWidget(recall)  # first: what has no parent is shown as a window
        recall.show_words(recall_words(file.papers, row), "danger")
        self._inside.addWidget(rule())
        for name, words in _facts(file):
            self._inside.addLayout(named_line(name, words, theme().px(LABEL_WIDTH)))
        self._inside.addWidget(rule())
        self._inside.addWidget(label(_("最近经过"), "section"))
        for event in reversed(file.events[-RECENT_EVENTS:]):
            _icon, what, _details = event_words(event, file.item)
            at = recent_time(event.at, state.now)
            self._inside.addLayout(named_line(at, what, theme().px(LABEL_WIDTH), role="small"))
        self._inside.addStretch(1)
        opened = ActionButton(_("打开"), "Ctrl+Return", "arrow-right", "primary")
        opened.fired.connect(lambda: self.opened.emit(row.number))
        self._inside.addWidget(opened)


def _signs(file: CaseFile) -> Flow:
    row = file.lit.row
    word = (_("即办件"), "accent") if row.is_immediate else (_("承诺件"), "plain")
    signs = [badge(*word), badge(state_words(row.state), "accent")]
    signs += [badge(*mark) for mark in case_marks(file.case)]
    return Flow(*signs, Light(*light_words(file.lit)))


def _facts(file: CaseFile) -> list[tuple[str, str]]:
    row, case = file.lit.row, file.case
    facts = [
        (_("办件编号"), grouped(row.number)),
        (_("证件号码"), row.id_number if row.representative else masked_id_number(row.id_number)),
        (_("收件"), long_time(row.received_at)),
    ]
    if row.accepted_at:
        facts.append((_("受理"), long_time(row.accepted_at)))
    if row.due and not row.is_immediate:
        facts.append((_("到期"), long_time(row.due)))
    if row.reply_by:
        facts.append((_("补正期限"), row.reply_by.isoformat()))
    if row.delivered_at:
        facts.append((_("交付"), long_time(row.delivered_at)))
    kinds, papers = len(case.materials), len(file.papers)
    materials = ngettext("%(count)d 种", "%(count)d 种", kinds) % {"count": kinds}
    if row.owed_by:
        materials = _("%(materials)s，欠交的 %(day)s 前补") % {"materials": materials, "day": row.owed_by.isoformat()}
    return [
        *facts,
        (_("材料"), materials),
        (_("文书"), ngettext("%(count)d 份", "%(count)d 份", papers) % {"count": papers}),
        (_("部门"), row.department),
        *([(_("取件地点"), case.collect_at_name)] if case.collect_at else []),
        (_("在谁手里"), _("本窗口") if file.held_here else file.holder_name or row.holder),
        *([(_("同步"), mark_words(row.mark)[1])] if row.mark else []),
    ]
