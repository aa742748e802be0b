"""The overview: what somebody must look at, then figures of the centre, its stations and its server."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ui.dates import exact_time, short_time
from ui.office.presenters.overview import OverviewPresenter, OverviewState
from ui.office_words import replica_words, storage_words
from ui.text import _, listed, ngettext, pgettext
from ui.theme import theme
from ui.widgets.cards import Card, Empty, Row, clear, column_layout, scrolled
from ui.widgets.flow import Columns
from ui.widgets.room import Showing, holding
from ui.widgets.texts import ElidedLabel, Icon

LOOK_MS = 30_000
COLUMNS, WIDTH = 6, 150
ROW_HEIGHT = 44


class OverviewPart(QWidget):
    """While it can be seen it asks again every half minute."""

    refresh_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._showing = Showing()
        self._alarms = Card(_("要看一下的"))
        self._alarms.flush()
        self._centre, self._stations, self._server = (
            Figures(_("中心")),
            Figures(pgettext("centre", "窗口")),
            Figures(_("服务器")),
        )
        column = column_layout(self._alarms, self._stations, self._centre, self._server, spacing=12)
        column.addStretch(1)
        inside = column_layout(scrolled(holding(column)))
        self.setLayout(inside)
        self._looks = QTimer(self)
        self._looks.setInterval(LOOK_MS)
        self._looks.timeout.connect(self.refresh_asked)

    def connect_to(self, presenter: OverviewPresenter) -> None:
        """Let ``presenter`` decide."""
        self.refresh_asked.connect(presenter.refresh)

    def render(self, state: OverviewState) -> None:
        """Show ``state``."""
        self._showing.changed("status", (state.status, state.alarms), lambda: self._show(state))

    def showEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Look again now and then."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._looks.start()

    def hideEvent(self, event: object) -> None:  # noqa: N802  Qt's name
        """Look no more."""
        super().hideEvent(event)  # type: ignore[arg-type]
        self._looks.stop()

    def _show(self, state: OverviewState) -> None:
        for part in (self._alarms, self._stations, self._centre, self._server):
            part.setVisible(bool(state.status))
        if state.status:
            self._show_alarms(state.alarms)
            self._stations.show_figures(_of_stations(state.status))
            self._centre.show_figures(_of_centre(state.status))
            self._server.show_figures(_of_server(state.status))

    def _show_alarms(self, alarms: Sequence[str]) -> None:
        clear(self._alarms.body)
        if not alarms:
            self._alarms.body.addWidget(Empty("check-circle", _("一切正常。值守发现什么，会列在这里。")))
        for index, words in enumerate(alarms):
            row = Row(ROW_HEIGHT, first=not index, can_fire=False)
            row.inside.addWidget(Icon("warning-fill", "warn"))
            row.inside.addWidget(ElidedLabel(words), 1)
            self._alarms.body.addWidget(row)


class Figures(Card):
    """Figures side by side, each with its name above; long ones are elided."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._inside = Columns(COLUMNS, WIDTH, 16)
        self.body.addLayout(self._inside)

    def show_figures(self, figures: Sequence[tuple[str, str]]) -> None:
        """Show ``figures`` as name and words."""
        clear(self._inside)
        for name, words in figures:
            cell = column_layout(ElidedLabel(name, "soft"), ElidedLabel(words, "section"), spacing=0)
            cell.setContentsMargins(0, 0, 0, theme().px(6))
            self._inside.addWidget(holding(cell))


def _of_centre(status: Mapping[str, Any]) -> list[tuple[str, str]]:
    days = status["keep_bodies_days"]
    return [
        (_("结构版本"), status["schema"]),
        (_("台账"), f"{status['entries']:,}"),
        (_("办件"), f"{status['cases']:,}"),
        (_("内容保存"), ngettext("%(count)d 天", "%(count)d 天", days) % {"count": days}),
        (_("分区"), listed(map(str, status["years"]))),
    ]


def _of_stations(status: Mapping[str, Any]) -> list[tuple[str, str]]:
    last = status["last_received"]
    return [
        (_("在用 / 全部"), f"{status['enrolled']:,} / {status['stations']:,}"),
        (_("最近上报"), short_time(_moment(last)) if last else "—"),
        (_("待验签的窗口"), f"{status['unverified']:,}"),
        (_("等待签发证书"), f"{status['waiting_requests']:,}"),
        (_("签名不符 / 搁置"), f"{status['findings']:,} / {status['quarantined']:,}"),
    ]


def _of_server(status: Mapping[str, Any]) -> list[tuple[str, str]]:
    watched = status["watched"] or {}
    server = watched.get("server", {})
    free = watched.get("disk_free")
    figures = [
        ("PostgreSQL", status["version"].partition(" ")[0]),
        (_("数据库大小"), storage_words(status["bytes"])),
        (_("值守上次查看"), exact_time(_moment(watched["at"])) if watched else _("没有运行过")),
        (_("磁盘剩余"), _("值守没有看磁盘") if free is None else storage_words(free)),
        (_("备机"), replica_words(server) if server else "—"),
    ]
    if server:
        figures.append((pgettext("centre", "连接"), f"{server['connections']} / {server['connections_allowed']}"))
    return figures


def _moment(at: str | datetime) -> datetime:
    return datetime.fromisoformat(at) if isinstance(at, str) else at
