"""The words of the list of papers. Qt-free."""

from collections.abc import Mapping
from datetime import date

from app.domain.paper import PaperKind
from app.services.listed_papers import SOON_DAYS, PaperFilter, PaperScope
from app.services.mandate_ledger import is_ledger
from app.services.paper_lists import PaperSort
from app.services.snapshots import PaperMark, PaperRow
from ui.paper_titles import kind_words, print_words
from ui.papers.state import PapersState
from ui.sync_words import paper_mark_words
from ui.text import _, ngettext

SOON_CHOICES = (7, SOON_DAYS, 90)
"""Days before their end to choose from."""
TEMPLATE = "/"
"""Stands in the value of a sort between its kind and its template."""


def light(paper: PaperRow, today: date) -> tuple[str, str]:
    """Return tone and words of what is to be known of a paper first."""
    if paper.mark is PaperMark.TO_RECALL:
        return paper_mark_words(paper.mark)
    return ("plain", _("已过期")) if paper.is_expired(today) else print_words(paper)


def scope_words() -> dict[PaperScope, str]:
    """Return what the parts of the list are called, in their order."""
    return {
        PaperScope.ALL: _("全部"),
        PaperScope.VALID: _("有效"),
        PaperScope.TO_PRINT: _("待打印"),
        PaperScope.PROVISIONAL: _("临时"),
        PaperScope.TO_RECALL: _("须收回"),
        PaperScope.EXPIRING: _("快到期"),
        PaperScope.EXPIRED: _("已过期"),
        PaperScope.VOIDED: _("已作废"),
        PaperScope.REVOKED: _("已撤销"),
        PaperScope.REPLACED: _("已被代替"),
        PaperScope.ELSEWHERE: _("在别处"),
    }


def sort_choices(sorts: tuple[PaperSort, ...]) -> tuple[tuple[str, str], ...]:
    """Return the sorts to choose from, with how many papers each has; certificates stand below their kind."""
    return tuple((sort_value(sort.kind, sort.template), f"{_sort_words(sort)}  {sort.count:,}") for sort in sorts)


def sort_value(kind: PaperKind | None, template: str) -> str:
    """Return the value of a sort, empty for all of them."""
    return "" if kind is None else f"{kind}{TEMPLATE}{template}"


def sort_of(value: str) -> tuple[PaperKind | None, str]:
    """Return kind and template of a value."""
    kind, _slash, template = value.partition(TEMPLATE)
    return (PaperKind(kind), template) if kind else (None, "")


def soon_choices() -> tuple[tuple[str, str], ...]:
    """Return within how many days papers run out, to choose from."""
    words = {days: ngettext("%(count)d 天内", "%(count)d 天内", days) % {"count": days} for days in SOON_CHOICES}
    return tuple((str(days), said) for days, said in words.items())


def count_words(count: int) -> str:
    """Return so many papers in words."""
    return ngettext("%(count)d 份", "%(count)d 份", count) % {"count": count}


def empty_words(state: PapersState) -> str:
    """Return why the list is empty, and what to do."""
    if state.is_narrowed:
        return _("没有符合条件的文书。按 Esc 清空筛选。")
    if state.wanted.scope is PaperScope.ALL:
        return _("这个柜台还没有出过文书。")
    return _("这一类现在没有文书。在上面选“全部”看所有文书。")


def file_words(wanted: PaperFilter) -> str:
    """Return what a line of the list says in a file."""
    if is_ledger(wanted):
        return _("委托书台账，一份一行：委托人、受托人、事项、委托内容、期限和办件。")
    return _("一份一行：编号、申请人、办件、经办人、状态和有效期。")


def name_of(names: Mapping[str, str], login: str) -> str:
    """Return an operator's name, the login where it is not known here."""
    return names.get(login, login)


def _sort_words(sort: PaperSort) -> str:
    return f"　{sort.title}" if sort.template else kind_words(sort.kind)
