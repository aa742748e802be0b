"""Decides what the part of the audit shows and does: how far it is, what it found, and the list as a file. Qt-free."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from app.services.ports import SETTLEABLE, Audited, Remark
from app.services.registers import TableColumn, TableFile
from ui.central_words import settled_words
from ui.office.presenters.deciding import DecidingPresenter
from ui.office.work import Around
from ui.office_words import finding_words
from ui.text import _, ngettext

KINDS = "Excel (*.xlsx);;CSV (*.csv)"


@dataclass(frozen=True, slots=True)
class AuditState:
    """What the part shows; ``audited`` is None until an audit came to its end."""

    audited: Audited | None = None
    at: datetime | None = None
    is_running: bool = False
    chosen: int = 0
    """Which finding is shown whole."""
    how: str = ""
    """What was decided about it, as it is typed."""
    remark: str = ""

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Return what was found."""
        return tuple(self.audited.remarks) if self.audited else ()

    @property
    def finding(self) -> Remark | None:
        """Return the finding that is shown whole."""
        return self.remarks[self.chosen] if self.chosen < len(self.remarks) else None

    @property
    def can_settle(self) -> bool:
        """Tell whether it can be settled: what a station did can, what was done to the database cannot."""
        return self.finding is not None and self.finding.what in SETTLEABLE


class AuditView(Protocol):
    """The part of the audit."""

    def render(self, state: AuditState) -> None:
        """Show ``state``."""
        ...


class AuditPresenter(DecidingPresenter):
    """An audit reads everything and changes nothing, so it may be stopped at any time."""

    def __init__(self, around: Around, view: AuditView) -> None:
        self._around = around
        self._view = view
        self.state = AuditState()

    def start(self) -> None:
        """Show what the last audit of this visit found."""
        self._view.render(self.state)

    def refresh(self) -> None:
        """Read nothing: an audit begins when it is asked for."""

    def forget(self) -> None:
        """Forget what was found at another centre."""
        self.state = AuditState()

    def audit(self) -> None:
        """Check everything."""
        work = self._around.work
        if not work.is_busy:
            work.act(_("正在核对全部台账"), lambda office, tell: office.audit((), tell), self._audited, can_stop=True)

    def choose(self, place: str) -> None:
        """Show one finding whole."""
        if int(place) != self.state.chosen:
            self._show(chosen=int(place), how="", remark="")

    def settle(self) -> None:
        """Write down what was decided about the finding that is shown."""
        one = self.state.finding
        if one is None or not self.state.can_settle or not (how := self._decision()):
            return
        place = (one.station, one.epoch, one.seq, one.what)
        self._around.work.act(
            _("正在写入"),
            lambda office, _tell: office.settle_remark(*place, how),
            lambda _nothing: self._settled(place),
        )

    def export(self) -> None:
        """Write the findings to a file."""
        at = self.state.at
        if not self.state.remarks or at is None:
            return
        path = self._around.files.choose_target(f"{_('核对结果')} {at:%Y-%m-%d %H%M}.xlsx", KINDS)
        if path is not None:
            by, table = self._around.session.clerk, _table(self.state.remarks)
            write = self._around.counter.administering.write_list
            self._around.work.run(_("正在写出"), lambda _progress: write(table, path, by), self._written)

    def _audited(self, audited: Audited) -> None:
        self._show(audited=audited, at=self._around.counter.desk.now(), chosen=0, how="", remark="")

    def _settled(self, place: tuple[str, int, int, str]) -> None:
        self._around.work.say(_("已写明处理意见，这一处以后另计。"))
        if self.state.audited is not None:
            audited = replace(self.state.audited)
            audited.settle({place})
            self._show(audited=audited, chosen=0, how="", remark="")

    def _written(self, _count: int) -> None:
        self._around.work.say(_("已写出。"))


def audited_words(audited: Audited) -> str:
    """Return what an audit came to, and what it looked at."""
    count = len(audited.remarks)
    found = ngettext("有 %(count)d 处不符。", "有 %(count)d 处不符。", count) % {"count": count}
    words = _("核对窗口 %(stations)d 个，记录 %(entries)d 条，办件 %(cases)d 件，搁置 %(quarantined)d 条")
    said = f"{found if count else _('没有发现不符，全部相符。')}{words % vars(audited)}"
    return f"{said}。{settled_words(len(audited.settled))}" if audited.settled else said


def _table(remarks: tuple[Remark, ...]) -> TableFile:
    columns = (
        TableColumn(_("窗口"), 10, _("编号，6 位")),
        TableColumn(_("段"), 6, _("台账的第几段")),
        TableColumn(_("序号"), 10, _("这一段的第几条")),
        TableColumn(_("发现"), 30, _("哪里不符")),
        TableColumn(_("代号"), 12, _("与 central audit 的代号相同")),
        TableColumn(_("说明"), 40, _("哪个编号、哪一件、什么时间")),
    )
    rows = (
        (one.station, str(one.epoch), str(one.seq), finding_words(one.what), one.what, one.detail) for one in remarks
    )
    return TableFile(_("核对结果"), columns, rows)
