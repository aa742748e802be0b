"""The words for every case at a centre, in the commands and in the window: rows, counts, one opened case. Qt-free."""

from collections.abc import Iterable, Mapping

from app.domain.case import CaseState
from app.domain.catalogue import ProjectType, ServiceItem
from app.domain.deadline import Light
from app.domain.facts import CaseCorrected, CaseReceived, MaterialsFollowed
from app.domain.numbering import grouped
from app.domain.people import masked_id_number, masked_phone
from app.services.ports import CaseAside, CentreCase, CentreDesk, Opening
from app.services.registers import TableColumn, TableFile
from app.services.supervising import CaseList, CentreEvent, CentreFile, LitCentreCase, PlaceCount
from ui.dates import exact_time, long_time, short_time, time_of_day
from ui.history import Words, event_words
from ui.office_words import aside_reason
from ui.sync_words import proven_words
from ui.text import _, listed, ngettext
from ui.words import state_words

UNKNOWN_ITEM = ServiceItem("", "", "", ProjectType.COMMITTED)
"""Stands in for an item that this machine's catalogue does not have."""


# --- one row ----------------------------------------------------------------------------------------------------


def centre_state(state: str) -> str:
    """Return where a case stands; a state that is not known here as it was written."""
    try:
        return state_words(CaseState(state))
    except ValueError:
        return state


def centre_light(lit: LitCentreCase) -> tuple[str, str]:
    """Return tone and words of a case's light: 剩 2 天, 超期 1 天, 今天 17:00; its state where no clock runs."""
    case, light, days_left = lit.case, lit.light, lit.days_left
    if light is Light.PAUSED:
        return "plain", _("停表中")
    if light is None or case.due is None:
        return "good" if not case.is_open else "plain", centre_state(case.state)
    if light in {Light.RED, Light.ESCALATED}:
        days = max(1, -days_left)
        return "danger", ngettext("超期 %(count)d 天", "超期 %(count)d 天", days) % {"count": days}
    tone = "warn" if light is Light.YELLOW else "good"
    if days_left <= 0:
        return tone, _("今天 %(time)s") % {"time": time_of_day(case.due)}
    return tone, ngettext("剩 %(count)d 天", "剩 %(count)d 天", days_left) % {"count": days_left}


def desk_name(desk: CentreDesk) -> str:
    """Return service point and window."""
    return desk.name if desk.service_point in {"", desk.name} else f"{desk.service_point} {desk.name}"


def standing_marks(case: CentreCase) -> tuple[str, ...]:
    """Return what somebody must look at: on its way, set aside."""
    marks = ((_("待接收"), case.handed_at is not None), (_("有搁置"), case.is_aside))
    return tuple(words for words, is_so in marks if is_so)


def marks_of(case: CentreCase) -> tuple[str, ...]:
    """Return what is to be seen of a case beside its state: on its way, set aside, confirmed or not."""
    return (*standing_marks(case), _("已确认") if case.is_confirmed else _("已到中心"))


# --- one opened case ----------------------------------------------------------------------------------------------


def case_facts(file: CentreFile) -> tuple[tuple[str, str], ...]:
    """Return what is known of an opened case, as name and words."""
    facts = row_facts(file.opened.case)
    return (*(fact for fact in facts if fact[0] != _("申请人")), *applicant_facts(file))


def row_facts(row: CentreCase) -> tuple[tuple[str, str], ...]:
    """Return what a list knows of a case, as name and words."""
    facts = [
        (_("办件编号"), grouped(row.number)),
        (_("事项"), row.title or row.item),
        (_("申请人"), row.applicant or "—"),
        (_("状态"), listed((centre_state(row.state), *marks_of(row)))),
        (_("收件窗口"), f"{desk_name(row.taker)}（{row.taker.code}）"),
        (_("现在持有"), f"{desk_name(row.holder)}（{row.holder.code}）"),
    ]
    moments = (
        (_("收件"), row.received_at),
        (_("受理"), row.accepted_at),
        (_("到期"), row.due),
        (_("交出"), row.handed_at),
        (_("最后一条"), row.claimed_at),
    )
    facts += [(name, long_time(at)) for name, at in moments if at is not None]
    return (*facts, (_("时间凭据"), proven_words(row.proven)[1]))


def applicant_facts(file: CentreFile) -> list[tuple[str, str]]:
    """Return who applies; numbers stay masked, which is enough to look into a complaint."""
    case = file.case
    if case is None:
        return [(_("申请人"), file.opened.case.applicant or "—")]
    facts = [(_("申请人"), case.applicant_name)]
    if case.organisation is not None:
        facts.append((_("代表人"), case.applicant.name))
    facts.append((_("证件号码"), masked_id_number(case.applicant.id_number)))
    facts.append((_("联系电话"), masked_phone(case.applicant.phone)))
    return facts


def entry_words(event: CentreEvent, item: ServiceItem | None) -> Words:
    """Return an icon, what happened, and the details; ``item`` is the catalogue's, None where it has none."""
    if event.is_erased:
        return "file-text", _("内容保存期满，已清除"), ""
    if event.fact is None:
        return "file-text", _("本程序读不懂这一条"), ""
    try:
        return event_words(event, item or UNKNOWN_ITEM)
    except (LookupError, StopIteration, RuntimeError):
        # Its version of the item is another one: names of materials and fields are not known here.
        named = {CaseReceived: _("收件"), MaterialsFollowed: _("收到容缺材料"), CaseCorrected: _("更正")}
        return "file-text", named.get(type(event.fact), event.fact.kind), ""


def entry_place(event: CentreEvent) -> str:
    """Return where an entry was written and by whom."""
    who = "" if event.operator in {"", "system"} else f" {event.operator}"
    return f"{desk_name(event.desk)}{who}"


def entry_proof(event: CentreEvent) -> str:
    """Return when the centre proves that an entry was written, and whether its signature was checked."""
    checked = _("已确认") if event.is_confirmed else _("已到中心")
    return f"{proven_words(event.proven)[1]} · {checked}"


def aside_line(aside: CaseAside) -> str:
    """Return what was set aside of a case, why, and what was decided."""
    words = f"{short_time(aside.received_at)} {desk_name(aside.desk)}：{aside_reason(aside.reason)}"
    return f"{words}（{aside.settled_how}）" if aside.settled_at else words


# --- commands -----------------------------------------------------------------------------------------------------


def columns() -> tuple[TableColumn, ...]:
    """Return the columns of a list of cases."""
    return (
        TableColumn(_("办件编号"), 22, _("20 位")),
        TableColumn(_("状态"), 10, _("最近一次变动以后")),
        TableColumn(_("时限"), 12, _("剩几个工作日，或超期几个")),
        TableColumn(_("事项"), 24, ""),
        TableColumn(_("申请人"), 12, _("姓名遮盖；单位不遮盖")),
        TableColumn(_("收件窗口"), 30, ""),
        TableColumn(_("现在持有"), 30, ""),
        TableColumn(_("受理"), 20, ""),
        TableColumn(_("到期"), 20, ""),
        TableColumn(_("最近变动"), 20, _("中心收到的时间")),
        TableColumn(_("标记"), 20, _("待接收、有搁置，签名已核验的为已确认")),
    )


def cells(lit: LitCentreCase) -> tuple[str, ...]:
    """Return the cells of one case."""
    case = lit.case
    return (
        case.number,
        centre_state(case.state),
        centre_light(lit)[1],
        case.title or case.item,
        case.applicant,
        f"{case.taker.code} {desk_name(case.taker)}",
        f"{case.holder.code} {desk_name(case.holder)}",
        exact_time(case.accepted_at) if case.accepted_at else "",
        exact_time(case.due) if case.due else "",
        exact_time(case.moved_at),
        listed(marks_of(case)),
    )


def case_lines(found: CaseList | list[PlaceCount]) -> str:
    """Return one line a case in columns, or one line a place where cases were counted."""
    if isinstance(found, list):
        return "\n".join(
            "\t".join(row) for row in ([column.head for column in count_columns()], *map(count_cells, found))
        )
    rows = ([column.head for column in columns()], *map(cells, found.cases))
    lines = ["\t".join(row) for row in rows] if found.cases else [_("没有这样的办件")]
    if not found.is_whole:
        lines.append(_("还有更多，用 --most 多列一些"))
    return "\n".join(lines)


def count_columns() -> tuple[TableColumn, ...]:
    """Return the columns of a list of places where open cases were counted."""
    return (
        TableColumn(_("代码"), 14, _("窗口编号，或区划代码的前几位")),
        TableColumn(_("未办结"), 10, ""),
        TableColumn(_("超期"), 10, ""),
        TableColumn(_("待接收"), 10, ""),
        TableColumn(_("各状态"), 40, ""),
        TableColumn(_("名称"), 30, ""),
    )


def count_cells(one: PlaceCount) -> tuple[str, ...]:
    """Return the cells of one place."""
    count = one.count
    figures = (f"{count.total}", f"{count.overdue}", f"{count.untaken}", states_words(count.states))
    return (count.place or "—", *figures, one.name)


def states_words(states: Mapping[str, int]) -> str:
    """Return how many cases are in each state."""
    return listed(f"{centre_state(state)} {many}" for state, many in states.items())


def case_table(found: CaseList | list[PlaceCount]) -> TableFile:
    """Return a list of cases, or of places where they were counted, as a table for a file."""
    if isinstance(found, list):
        return TableFile(_("全部办件"), count_columns(), map(count_cells, found))
    return TableFile(_("全部办件"), columns(), map(cells, found.cases))


def file_lines(file: CentreFile) -> str:
    """Return one case with its history, what was set aside of it and who opened it."""
    lines = [f"{name}\t{words}" for name, words in case_facts(file)]
    lines.append("")
    for event in file.events:
        _icon, what, details = entry_words(event, None)
        claimed = exact_time(event.at) if event.at else "—"
        lines.append("\t".join((claimed, entry_place(event), what, details, entry_proof(event))))
    lines += [f"! {aside_line(one)}" for one in file.opened.aside]
    lines += ["", *(f"{exact_time(one.at)}\t{one.by}\t" + _("打开过这件") for one in file.opened.openings)]
    return "\n".join(lines)


def opening_lines(openings: Iterable[Opening]) -> str:
    """Return one line an opening of a case."""
    lines = [f"{exact_time(one.at)}\t{one.by}\t{one.number}" for one in openings]
    return "\n".join(lines) or _("没有人打开过办件")
