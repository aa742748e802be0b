"""The cards of the room of sync: what waits, what did not get through, what the centre has proved, the settings."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.ports import Waits
from ui.sync.presenter import Proof, SyncRoomState, Trouble
from ui.sync_words import mark_words, proven_words, size_words
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import Card, Empty, Row, clear, column_layout
from ui.widgets.choices import Segments
from ui.widgets.flow import Columns
from ui.widgets.room import holding
from ui.widgets.signs import Light
from ui.widgets.texts import ElidedLabel, Icon, label
from ui.words import short_number

FIGURE_COLUMNS, FIGURE_WIDTH = 6, 112
ROW_HEIGHT = 52
RATES = (0, 32, 128, 512)
"""KiB a second; 0 for all that the line gives."""
DAYS = (0, 90, 365, 1095)
"""0 for never."""


class WaitingCard(Card):
    """How much is on its way to the centre, as figures."""

    def __init__(self) -> None:
        super().__init__(_("待同步"))
        self._figures = Columns(FIGURE_COLUMNS, FIGURE_WIDTH, 16)
        self.body.addLayout(self._figures)

    def show_status(self, state: SyncRoomState) -> None:
        """Show what waits."""
        clear(self._figures)
        status, papers = state.status, state.papers
        if status is None:
            return
        received = sum(count for why, count in status.received_waiting.items() if why is not Waits.SIGNATURE)
        figures = (
            (_("台账"), ngettext("%(count)d 条", "%(count)d 条", status.entries_waiting), status.entries_waiting),
            (_("图片"), ngettext("%(count)d 张", "%(count)d 张", status.images_waiting), status.images_waiting),
            (_("图片大小"), size_words(status.image_bytes_waiting), 0),
            (_("收到待处理"), ngettext("%(count)d 条", "%(count)d 条", received), received),
            (_("临时文书"), ngettext("%(count)d 份", "%(count)d 份", papers.provisional), papers.provisional),
            (_("须收回"), ngettext("%(count)d 份", "%(count)d 份", papers.to_recall), papers.to_recall),
        )
        for name, words, count in figures:
            cell = column_layout(ElidedLabel(name, "soft"), spacing=0)
            cell.addWidget(label(words % {"count": count} if "%(" in words else words, "figure"))
            self._figures.addWidget(holding(cell))
        nothing = not (status.entries_waiting or status.images_waiting)
        self.note.setText(_("本机的内容都已到中心") if nothing and status.last_contact else "")


class TroubleCard(Card):
    """What did not get through.

    ``taken`` names the case of a row, ``export_asked`` one that is wanted as a file; ``retry_asked`` wants another round.
    """

    taken = Signal(str)
    export_asked = Signal(str)
    retry_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("没有通过的"))
        self.flush()
        self._retry = ActionButton(_("重试"), "F7", "arrows-clockwise", "quiet")
        self._retry.fired.connect(self.retry_asked)
        self.head.addWidget(self._retry)

    def show_troubles(self, troubles: Sequence[Trouble]) -> None:
        """Show each with its reason."""
        clear(self.body)
        count = len(troubles)
        self.note.setText(ngettext("%(count)d 项", "%(count)d 项", count) % {"count": count} if count else "")
        if not troubles:
            self.body.addWidget(Empty("check-circle", _("没有。没通过的会列在这里，写明原因；别的照常往前传。")))
        for index, trouble in enumerate(troubles):
            row = Row(ROW_HEIGHT, first=not index, can_fire=bool(trouble.case_number))
            row.inside.addWidget(Icon("shield-warning" if trouble.is_told else "hourglass", "warn"))
            row.add_words(trouble.what, trouble.why)
            row.fired.connect(lambda number=trouble.case_number: self.taken.emit(number))
            if trouble.case_number:
                export = ActionButton(_("导出这一件"), kind="quiet")
                export.fired.connect(lambda number=trouble.case_number: self.export_asked.emit(number))
                row.inside.addWidget(export)
            self.body.addWidget(row)

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing be tried again while a round runs."""
        self._retry.set_busy(busy)


class ProofCard(Card):
    """The last cases with the interval in which the centre proves them; ``taken`` names one."""

    taken = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("最近办件的时间凭据"), _("中心前后两次应答把它夹在中间，事后改不动"))
        self.flush()

    def show_proofs(self, proofs: Sequence[Proof]) -> None:
        """Show each with what is known of it."""
        clear(self.body)
        if not proofs:
            self.body.addWidget(Empty("files", _("还没有办件。")))
        for index, proof in enumerate(proofs):
            row = Row(ROW_HEIGHT, first=not index)
            tone, words, width = proven_words(proof.proven)
            row.inside.addWidget(Icon("file-text"))
            row.add_words(f"{short_number(proof.number)}　{proof.title}", words)
            if width:
                row.inside.addWidget(Light(tone, width))
            if proof.mark:
                row.inside.addWidget(Light(*mark_words(proof.mark)))
            row.fired.connect(lambda number=proof.number: self.taken.emit(number))
            self.body.addWidget(row)


class OptionsCard(Card):
    """How much of the line images may take, and how long they stay here."""

    rate_chosen = Signal(int)
    days_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(_("图片"))
        self._rate = Segments([(str(rate), _rate_words(rate)) for rate in RATES])
        self._days = Segments([(str(days), _days_words(days)) for days in DAYS])
        self._reason = label("", "small")
        self.body.setSpacing(theme().px(6))
        parts: tuple[tuple[str, Segments, str], ...] = (
            (_("上传最多占用"), self._rate, _("网络慢时限一限，别的业务不卡。台账不受限。")),
            (_("本机保留"), self._days, _("到期而且中心确认有同一张的，才从本机清理；要看时从中心取回。")),
        )
        for name, choice, words in parts:
            choice.setAccessibleName(name)
            self.body.addWidget(label(name, "label"))
            self.body.addWidget(choice)
            self.body.addWidget(_wrapped(words))
        self.body.addWidget(self._reason)
        self._rate.chosen.connect(lambda value: self.rate_chosen.emit(int(value)))
        self._days.chosen.connect(lambda value: self.days_chosen.emit(int(value)))

    def show_options(self, state: SyncRoomState) -> None:
        """Show what is chosen, and why it cannot be changed."""
        self._rate.set_value(str(state.options.image_kib_s))
        self._days.set_value(str(state.options.image_days))
        for choice in (self._rate, self._days):
            choice.setEnabled(not state.why_not)
        self._reason.setText(state.why_not)
        self._reason.setVisible(bool(state.why_not))


def _wrapped(words: str) -> QWidget:
    shown = label(words, "small")
    shown.setWordWrap(True)
    return shown


def _rate_words(rate: int) -> str:
    return _("不限") if not rate else f"{rate} KB/s"


def _days_words(days: int) -> str:
    if not days:
        return _("一直保留")
    return ngettext("%(count)d 天", "%(count)d 天", days) % {"count": days}
