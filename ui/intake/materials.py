"""The checklist of materials: what is asked for, what was handed in, and its pages."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.domain.application import HandedIn
from app.domain.catalogue import Material, Need
from app.domain.reuse import EarlierMaterial
from ui.intake.state import IntakeState
from ui.text import _, listed, ngettext, short_day
from ui.theme import theme
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.cards import Card, Row, column_layout, row_layout
from ui.widgets.flow import Beside, Flow
from ui.widgets.keys import bind
from ui.widgets.pages import PageStrip
from ui.widgets.room import holding
from ui.widgets.signs import Light
from ui.widgets.texts import ElidedLabel, ShrinkingLabel, badge, cap, label, set_property
from ui.words import need_words, short_number

MOST = 99
WIDE_ROW = 560


class Counter(QWidget):
    """A small number with − and +."""

    changed = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        inside = row_layout(label(name, "small"))
        inside.setSpacing(theme().px(4))
        self._number = label("0")
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._number.setFixedWidth(theme().px(20))
        self._value = 0
        for sign, step in (("−", -1), ("+", 1)):
            button = QPushButton(sign)
            button.setProperty("kind", "step")
            button.setAccessibleName(f"{name} {sign}")
            button.clicked.connect(lambda _checked=False, step=step: self._step(step))
            inside.addWidget(button)
            if step < 0:
                inside.addWidget(self._number)
        self.setLayout(inside)

    def set_value(self, value: int) -> None:
        """Show ``value``."""
        self._value = value
        self._number.setText(str(value))

    def _step(self, step: int) -> None:
        self.changed.emit(min(max(self._value + step, 0), MOST))


class Stepper(QWidget):
    """A few words between − and +, such as a day."""

    stepped = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._words = label("")
        inside = row_layout(label(name, "small"))
        inside.setSpacing(theme().px(4))
        for sign, step in (("−", -1), ("+", 1)):
            button = QPushButton(sign)
            button.setProperty("kind", "step")
            button.setAccessibleName(f"{name} {sign}")
            button.clicked.connect(lambda _checked=False, step=step: self.stepped.emit(step))
            inside.addWidget(button)
            if step < 0:
                inside.addWidget(self._words)
        self.setLayout(inside)

    def show_words(self, words: str) -> None:
        """Show ``words``."""
        self._words.setText(words)


class MaterialRow(Row):
    """One line of the checklist; its key marks it as handed in just as asked."""

    counted = Signal(int, int)
    toggled = Signal()
    promise_moved = Signal(int)
    reuse_asked = Signal()
    promise_asked = Signal()

    def __init__(self, number: int, material: Material) -> None:
        super().__init__(60, first=number == 1, can_fire=False)
        self._material = material
        self._handed_in = HandedIn()
        self.inside.addWidget(label(str(number), "soft"))
        title = row_layout(ShrinkingLabel(material.name), badge(need_words(material.need)))
        title.addStretch(1)
        self._second = ElidedLabel(_asked(material), "small")
        words = column_layout(spacing=0)
        words.addStretch(1)
        words.addLayout(title)
        words.addWidget(self._second)
        words.addStretch(1)
        self._originals, self._copies = Counter(_("原件")), Counter(_("复印件"))
        self._originals.changed.connect(lambda value: self.counted.emit(value, self._handed_in.copies))
        self._copies.changed.connect(lambda value: self.counted.emit(self._handed_in.originals, value))
        self.strip = PageStrip(
            _("第 %(number)d 页：回车放大，R 旋转，Alt+←→ 移动，Delete 删除"), _("添加附件，也可拖放或 Ctrl+V 粘贴")
        )
        self._light = Light()
        self._promise = Stepper(_("后补"))
        self._promise.stepped.connect(self.promise_moved)
        self._offer = LinkButton()
        self._offer.clicked.connect(self._take_offer)
        self._offers_reuse = False
        counted = Flow(self._offer, self._promise, self._originals, self._copies, self.strip, self._light)
        self.inside.addLayout(Beside(holding(words), holding(counted), WIDE_ROW), 1)
        self.inside.setSpacing(theme().px(8))
        if number <= 9:
            key = f"Ctrl+{number}"
            self.inside.addWidget(cap(key))
            bind(self, key, _("%(name)s 收了或没收") % {"name": material.name}, self.toggled.emit)

    def show_material(self, state: IntakeState) -> None:
        """Show what was handed in of the material."""
        handed_in = state.application.handed_in(self._material)
        self._handed_in = handed_in
        self._originals.set_value(handed_in.originals)
        self._copies.set_value(handed_in.copies)
        self.strip.show_pages([state.thumbnails.get(page, b"") for page in handed_in.pages])
        self._light.show_light(*self._light_words(state, handed_in))
        self._show_offer(state, handed_in)
        for counter in (self._originals, self._copies):
            counter.setVisible(not handed_in.is_promised)
        self._promise.setVisible(handed_in.is_promised)
        if handed_in.promised_by:
            self._promise.show_words(short_day(handed_in.promised_by))
        is_open = any(problem.place == f"materials.{self._material.code}" for problem in state.problems)
        self.set_state("warn" if is_open else "")

    def _show_offer(self, state: IntakeState, handed_in: HandedIn) -> None:
        """Offer to use an earlier material again, or to let one follow, while it is not there."""
        earlier = None if handed_in.is_there else state.reusable.get(self._material.code)
        may_follow = self._material.need is Need.MAY_FOLLOW and not (handed_in.is_there or handed_in.is_promised)
        self._offers_reuse = earlier is not None
        self._offer.setVisible(self._offers_reuse or may_follow)
        self._offer.setText(_("沿用 Ctrl+R") if self._offers_reuse else _("后补 Ctrl+B"))
        set_property(self._second, "tone", "accent" if earlier else "")
        self._second.setText(_offered(earlier) if earlier else _asked(self._material))

    def _take_offer(self) -> None:
        if self._offers_reuse:
            self.reuse_asked.emit()
        else:
            self.promise_asked.emit()

    def _light_words(self, state: IntakeState, handed_in: HandedIn) -> tuple[str, str]:
        if state.busy_material == self._material.code:
            return "plain", _("读取中…")
        if handed_in.reused_from:
            return "good", _("沿用 %(number)s") % {"number": short_number(handed_in.reused_from)}
        if handed_in.is_promised:
            return "plain", _("待后补")
        if handed_in.pages:
            count = len(handed_in.pages)
            return "good", ngettext("已收 %(count)d 页", "已收 %(count)d 页", count) % {"count": count}
        if handed_in.is_there:
            return "good", _("已收")
        missing = {Need.NEEDED: ("warn", _("还缺")), Need.MAY_FOLLOW: ("warn", _("未到"))}
        return missing.get(self._material.need, ("plain", _("可不交")))


class MaterialsCard(Card):
    """All materials of an item; every signal names the material first."""

    counted = Signal(str, int, int)
    toggled = Signal(str)
    chosen = Signal(str)
    pasted = Signal(str)
    dropped = Signal(str, QMimeData)
    turned = Signal(str, int)
    moved = Signal(str, int, int)
    removed = Signal(str, int)
    zoomed = Signal(str, int)
    all_taken = Signal()
    reuse_asked = Signal()
    promise_asked = Signal(str)
    promise_moved = Signal(str, int)

    def __init__(self, materials: tuple[Material, ...]) -> None:
        super().__init__(_("申请材料"))
        self.flush()
        self._rows: dict[str, MaterialRow] = {}
        self._current = materials[0].code if materials else ""
        everything = ActionButton(_("全部收齐"), "Ctrl+0", "check-circle", "quiet")
        everything.fired.connect(self.all_taken)
        add = ActionButton(_("附件"), "F4", "download-simple", "quiet")
        add.fired.connect(lambda: self.chosen.emit(self._focused()))
        paste = ActionButton(_("粘贴"), "Ctrl+Shift+V", "files", "quiet")
        paste.fired.connect(lambda: self.pasted.emit(self._focused()))
        bind(self, "Ctrl+R", _("沿用以前办件的材料"), self.reuse_asked.emit)
        bind(self, "Ctrl+B", _("可后补的材料定后补日期"), lambda: self.promise_asked.emit(""))
        for button in (everything, add, paste):
            button.set_usable(bool(materials))
        self.head.addLayout(Flow(everything, add, paste, spacing=4))
        if not materials:
            self.body.addWidget(label(_("　不需要材料"), "soft"))
        for number, material in enumerate(materials, start=1):
            self._add(MaterialRow(number, material), material.code)

    def show_materials(self, state: IntakeState) -> None:
        """Show what was handed in so far."""
        handed_in = [state.application.handed_in(material) for material in state.item.materials]
        there, total = sum(one.is_there for one in handed_in), len(handed_in)
        owed = sum(one.is_promised for one in handed_in)
        words = _("收到 %(there)d / %(total)d") % {"there": there, "total": total} if total else ""
        if owed:
            words += ngettext("，后补 %(count)d", "，后补 %(count)d", owed) % {"count": owed}
        self.note.setText(words)
        for row in self._rows.values():
            row.show_material(state)

    def focus_material(self, code: str) -> None:
        """Put the focus on the place where pages of a material are added."""
        self._current = code
        self._rows[code].strip.setFocus()
        for child in self._rows[code].findChildren(QPushButton):
            child.setFocus()
            return

    def _focused(self) -> str:
        """Return the material whose row has the focus, else the first that is not there yet."""
        for code, row in self._rows.items():
            if row.isAncestorOf(self.focusWidget() or self):
                return code
        return self._current

    def _add(self, row: MaterialRow, code: str) -> None:
        row.counted.connect(lambda originals, copies: self.counted.emit(code, originals, copies))
        row.toggled.connect(lambda: self.toggled.emit(code))
        row.reuse_asked.connect(self.reuse_asked)
        row.promise_asked.connect(lambda: self.promise_asked.emit(code))
        row.promise_moved.connect(lambda days: self.promise_moved.emit(code, days))
        row.strip.chosen.connect(lambda: self.chosen.emit(code))
        row.strip.pasted.connect(lambda: self.pasted.emit(code))
        row.strip.dropped.connect(lambda mime: self.dropped.emit(code, mime))
        row.strip.turned.connect(lambda index: self.turned.emit(code, index))
        row.strip.moved.connect(lambda index, step: self.moved.emit(code, index, step))
        row.strip.removed.connect(lambda index: self.removed.emit(code, index))
        row.strip.zoomed.connect(lambda index: self.zoomed.emit(code, index))
        self._rows[code] = row
        self.body.addWidget(row)


def _asked(material: Material) -> str:
    parts = []
    if material.originals:
        parts.append(
            ngettext("原件 %(count)d 份", "原件 %(count)d 份", material.originals) % {"count": material.originals}
        )
    if material.copies:
        parts.append(
            ngettext("复印件 %(count)d 份", "复印件 %(count)d 份", material.copies) % {"count": material.copies}
        )
    return listed([*parts, material.standard] if material.standard else parts, "，")


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
