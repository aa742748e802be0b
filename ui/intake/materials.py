"""The checklist of materials: what is asked for, what was handed in, and its pages."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QPushButton

from app.domain.application import HandedIn
from app.domain.catalogue import Material, Need
from app.domain.reuse import EarlierMaterial
from ui.dates import short_day
from ui.handed_in import HandedCard, MaterialRow
from ui.intake.state import IntakeState
from ui.page_zoom import READ_KEY
from ui.text import _, listed, ngettext
from ui.widgets.buttons import LinkButton
from ui.widgets.cards import column_layout, row_layout
from ui.widgets.flow import Beside, Flow
from ui.widgets.keys import bind
from ui.widgets.room import holding
from ui.widgets.steps import WordSteps
from ui.widgets.texts import ElidedLabel, ShrinkingLabel, badge, label, set_property
from ui.words import asked_words, need_words, short_number, taken_words

WIDE_ROW, LEAST_NAME = 560, 190
PLEDGE_KEY = "Ctrl+G"


class ListedRow(MaterialRow):
    """One line of the checklist, which may be promised, pledged, or taken over from an earlier case."""

    promise_moved = Signal(int)
    reuse_asked = Signal()
    promise_asked = Signal()
    pledge_asked = Signal()

    def __init__(self, number: int, material: Material) -> None:
        super().__init__(number)
        self._material = material
        title = row_layout(ShrinkingLabel(material.name), badge(need_words(material.need)))
        title.addStretch(1)
        self._second = ElidedLabel(_asked(material), "small")
        words = column_layout(spacing=0)
        words.addStretch(1)
        words.addLayout(title)
        words.addWidget(self._second)
        words.addStretch(1)
        self._promise = WordSteps(_("后补"))
        self._promise.stepped.connect(self.promise_moved)
        self._offer = LinkButton()
        self._offer.clicked.connect(self._take_offer)
        self._offers_reuse = False
        self._pledge = LinkButton(f"{_('告知承诺书')} {PLEDGE_KEY}")
        self._pledge.clicked.connect(self.pledge_asked)
        counted = Flow(
            self._offer,
            self._pledge,
            self._promise,
            self._originals,
            self._copies,
            self.strip,
            self._check,
            self._light,
        )
        self.inside.addLayout(Beside(holding(words), holding(counted), WIDE_ROW, least_first=LEAST_NAME), 1)
        self.give_key(material.name)

    def show_material(self, state: IntakeState) -> None:
        """Show what was handed in of the material."""
        handed_in = state.application.handed_in(self._material)
        self.show_handed_in(handed_in, state.thumbnails, state.pages, busy=state.busy_material == self._material.code)
        self._show_offer(state, handed_in)
        if checked := state.pages.checked_words(handed_in):
            self._second.setText(checked)
        for counter in (self._originals, self._copies):
            counter.setVisible(not handed_in.is_promised)
        self._promise.setVisible(handed_in.is_promised)
        if handed_in.promised_by:
            self._promise.show_words(short_day(handed_in.promised_by))
        is_open = any(problem.place == f"materials.{self._material.code}" for problem in state.problems)
        self.set_state("warn" if is_open else "")

    def _show_offer(self, state: IntakeState, handed_in: HandedIn) -> None:
        """Offer to use an earlier material again, to let one follow or to pledge, while it is not there."""
        earlier = None if handed_in.is_met else state.reusable.get(self._material.code)
        may_follow = self._material.need is Need.MAY_FOLLOW and not (handed_in.is_met or handed_in.is_promised)
        self._offers_reuse = earlier is not None
        self._offer.setVisible(self._offers_reuse or may_follow)
        self._offer.setText(_("沿用 Ctrl+R") if self._offers_reuse else _("后补 Ctrl+B"))
        self._pledge.setVisible(self._material.pledge is not None and not handed_in.is_met)
        set_property(self._second, "tone", "accent" if earlier else "")
        words = handed_in.pledge if handed_in.is_pledged else _asked(self._material)
        self._second.setText(_offered(earlier) if earlier else words)

    def _take_offer(self) -> None:
        if self._offers_reuse:
            self.reuse_asked.emit()
        else:
            self.promise_asked.emit()

    def _light_words(self, handed_in: HandedIn) -> tuple[str, str]:
        if handed_in.reused_from:
            return "good", _("沿用 %(number)s") % {"number": short_number(handed_in.reused_from)}
        if handed_in.is_promised:
            return "plain", _("待后补")
        if handed_in.is_pledged:
            return "good", taken_words(handed_in.how)
        if handed_in.is_there or self._material.need is Need.NEEDED:
            return super()._light_words(handed_in)
        return ("warn", _("未到")) if self._material.need is Need.MAY_FOLLOW else ("plain", _("可不交"))


class MaterialsCard(HandedCard):
    """All materials of an item."""

    reuse_asked = Signal()
    promise_asked = Signal(str)
    pledge_asked = Signal(str)
    promise_moved = Signal(str, int)
    read_asked = Signal(str)
    separator_asked = Signal(str)

    def __init__(self, materials: tuple[Material, ...], *, binds_pledge: bool = True) -> None:
        super().__init__(_("申请材料"))
        self._listed: dict[str, ListedRow] = {}
        if binds_pledge and any(material.pledge for material in materials):
            bind(self, PLEDGE_KEY, _("告知承诺书"), lambda: self.pledge_asked.emit(self.focused))
        bind(self, "Ctrl+R", _("沿用以前办件的材料"), self.reuse_asked.emit)
        bind(self, "Ctrl+B", _("可后补的材料定后补日期"), lambda: self.promise_asked.emit(""))
        self._rarely(_("读证件"), READ_KEY, "identification-card", self.read_asked)
        self._rarely(_("打印分隔页"), "Alt+G", "printer", self.separator_asked)
        for button in (self._everything, *self._common, self._more):
            button.set_usable(bool(materials))
        if not materials:
            self.body.addWidget(label(_("　不需要材料"), "soft"))
        for number, material in enumerate(materials, start=1):
            self._add(ListedRow(number, material), material.code)

    def show_materials(self, state: IntakeState) -> None:
        """Show what was handed in so far."""
        handed_in = [state.application.handed_in(material) for material in state.item.materials]
        there, total = sum(one.is_met for one in handed_in), len(handed_in)
        owed = sum(one.is_promised for one in handed_in)
        words = _("收到 %(there)d / %(total)d") % {"there": there, "total": total} if total else ""
        if owed:
            words += ngettext("，后补 %(count)d", "，后补 %(count)d", owed) % {"count": owed}
        self.note.setText(words)
        for row in self._listed.values():
            row.show_material(state)
        self.show_pages(state.pages)

    @property
    def focused(self) -> str:
        """Return the material whose row has the focus, empty when none has."""
        now = QApplication.focusWidget()
        return next((code for code, row in self._listed.items() if now and row.isAncestorOf(now)), "")

    def focus_material(self, code: str) -> None:
        """Put the focus on the place where pages of a material are added."""
        self._current = code
        self._listed[code].strip.setFocus()
        for child in self._listed[code].findChildren(QPushButton):
            child.setFocus()
            return

    def _add(self, row: ListedRow, code: str) -> None:
        row.reuse_asked.connect(self.reuse_asked)
        row.promise_asked.connect(lambda: self.promise_asked.emit(code))
        row.pledge_asked.connect(lambda: self.pledge_asked.emit(code))
        row.promise_moved.connect(lambda days: self.promise_moved.emit(code, days))
        self._listed[code] = row
        self._add_material(code, row)


def _asked(material: Material) -> str:
    return listed(asked_words(material), "，")


def _offered(earlier: EarlierMaterial) -> str:
    """Return what can be used again: 可用 2026-03-02 办件 0302 0012 的复印件 1 份."""
    taken = earlier.taken_over()
    words = {"day": earlier.taken_on.isoformat(), "number": short_number(earlier.case)}
    if taken.copies:
        words["what"] = ngettext("复印件 %(count)d 份", "复印件 %(count)d 份", taken.copies) % {"count": taken.copies}
    elif taken.pages:
        count = len(taken.pages)
        words["what"] = ngettext("影像 %(count)d 页", "影像 %(count)d 页", count) % {"count": count}
    else:
        words["what"] = ngettext("原件 %(count)d 份", "原件 %(count)d 份", taken.originals) % {"count": taken.originals}
    return _("可用 %(day)s 办件 %(number)s 的%(what)s") % words
