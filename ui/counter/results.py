"""What was found, below the one field: rows are made once and change what they say, so that a keystroke is cheap."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.domain.catalogue import ServiceItem
from app.domain.item_search import ItemHit
from app.services.desk import LitCase
from ui.counter.presenter import MOST_CASES, MOST_ITEMS, Found, Place
from ui.outcome_words import row_note
from ui.text import _, ngettext, pgettext
from ui.theme import theme
from ui.widgets.cards import Card, Empty, Row, row_layout
from ui.widgets.room import holding
from ui.widgets.signs import Light
from ui.widgets.texts import ElidedLabel, Icon, ShrinkingLabel, badge, cap, label, set_property
from ui.words import applicant_words, badge_words, light_words, limit_words, promise_words, short_number

ROW_HEIGHT = 58
KEYS_HEIGHT = 44
RIGHT = Qt.AlignmentFlag.AlignRight
GUIDE_KEY = "F2"


class ResultsCard(Card):
    """A room called so, then items, then cases; ``row_taken`` counts them in that order."""

    row_taken = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.flush()
        self.rows: list[Row] = []
        self._place = _PlaceRow()
        self._items = [_ItemRow() for _place in range(MOST_ITEMS)]
        self._cases = [_CaseRow() for _place in range(MOST_CASES)]
        self._nothing = Empty("magnifying-glass", _nothing_words())
        self._keys = _keys_line()
        for row in (self._place, *self._items, *self._cases):
            row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.fired.connect(lambda row=row: self.row_taken.emit(self.rows.index(row)))
            self.body.addWidget(row)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self._keys)

    def show_found(self, found: Found, *, is_searched: bool) -> None:
        """Show what was found; that nothing was is said only after searching."""
        if found.place is not None:
            self._place.show_place(found.place)
        for item_row, hit in zip(self._items, found.items, strict=False):
            item_row.show_hit(hit)
        for case_row, lit in zip(self._cases, found.cases, strict=False):
            case_row.show_case(lit)
        places = [self._place] if found.place is not None else []
        self.rows = [*places, *self._items[: len(found.items)], *self._cases[: len(found.cases)]]
        for row in (self._place, *self._items, *self._cases):
            row.setVisible(row in self.rows)
            set_property(row, "place", "first" if self.rows[:1] == [row] else "")
        self._nothing.setVisible(is_searched and not self.rows)
        self._keys.setVisible(bool(self.rows))

    def show_current(self, current: int) -> Row | None:
        """Show which row Enter takes, and return it."""
        for place, row in enumerate(self.rows):
            row.set_state("current" if place == current else "")
        return self.rows[current] if 0 <= current < len(self.rows) else None

    @property
    def needed_height(self) -> int:
        """Return how much room the rows take, before they have been laid out."""
        return theme().px(len(self.rows) * ROW_HEIGHT + KEYS_HEIGHT) if self.rows else 0


class _PlaceRow(Row):
    def __init__(self) -> None:
        super().__init__(ROW_HEIGHT)
        self._icon, self._title, self._note = Icon("arrow-right", "accent", 22), label("", "strong"), label("", "small")
        self.inside.addWidget(self._icon)
        self.add_words(self._title, self._note)

    def show_place(self, place: Place) -> None:
        """Show the room that is called so."""
        icon, name, note = {
            Place.INQUIRIES: ("chat-circle-text", _("咨询"), _("记下问了什么；谁先被问到，谁负责到底")),
            Place.DAY: ("moon", _("日结"), _("今天办了什么、用了哪些编号、还剩什么；两个人签名")),
        }[place]
        self._icon.set_icon(icon, "accent")
        self._title.setText(name)
        self._note.setText(note)


class _ItemRow(Row):
    def __init__(self) -> None:
        super().__init__(ROW_HEIGHT)
        self._icon, self._title, self._badge = Icon("file-text", "accent", 22), QLabel(), badge("")
        self._title.setTextFormat(Qt.TextFormat.RichText)
        self._note, self._promise, self._basis = ElidedLabel("", "small"), ShrinkingLabel(), ShrinkingLabel("", "small")
        self.inside.addWidget(self._icon)
        title = row_layout(self._title, self._badge)
        title.addStretch(1)
        self.add_words(title, self._note)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._promise, 0, RIGHT)
        right.addWidget(self._basis, 0, RIGHT)
        self.inside.addLayout(right)

    def show_hit(self, hit: ItemHit) -> None:
        """Show an item, with the part of its title that fits in bold."""
        item = hit.item
        self._icon.set_icon(item.icon, "accent" if item.can_be_opened else "text-off")
        self._title.setText(_marked(hit))
        word, tone = badge_words(item)
        self._badge.setText(word)
        set_property(self._badge, "tone", tone)
        self._note.setText(_item_note(item))
        self._promise.setText(promise_words(item) if item.can_be_opened else _("告知去处"))
        self._basis.setText(_limit_or_basis(item))


class _CaseRow(Row):
    def __init__(self) -> None:
        super().__init__(ROW_HEIGHT)
        self._title, self._note, self._light = ElidedLabel(), ElidedLabel("", "small"), Light()
        self.inside.addWidget(Icon("files", "text-soft", 22))
        self.add_words(self._title, self._note)
        self.inside.addWidget(self._light)

    def show_case(self, lit: LitCase) -> None:
        """Show a case with its light."""
        case = lit.row
        self._title.setText(f"{case.title}·{applicant_words(case)}")
        self._note.setText(f"{short_number(case.number)}·{row_note(case)}")
        self._light.show_light(*light_words(lit))


def _marked(hit: ItemHit) -> str:
    title = hit.item.title
    if hit.matched is None or hit.matched[0] >= len(title):
        return _escaped(title)
    start, end = hit.matched
    colour = theme().colour("accent" if hit.item.can_be_opened else "text-soft")
    before, match, after = (_escaped(part) for part in (title[:start], title[start:end], title[end:]))
    return f'{before}<b style="color:{colour}">{match}</b>{after}'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _limit_or_basis(item: ServiceItem) -> str:
    if not item.can_be_opened:
        return item.legal_basis
    return _("法定 %(limit)s") % {"limit": limit_words(item.statutory)} if item.statutory else _("无法定时限")


def _item_note(item: ServiceItem) -> str:
    if not item.can_be_opened:
        return _("%(reason)s·请到 %(competent)s") % {"reason": item.state_reason, "competent": item.competent}
    count = len(item.materials)
    materials = ngettext("材料 %(count)d 份", "材料 %(count)d 份", count) % {"count": count}
    parts = [item.department, _("编码 %(code)s") % {"code": item.code}, materials]
    if item.delegated_from:
        parts.append(_("由 %(body)s 下放") % {"body": item.delegated_from})
    return "·".join(parts)


def _keys_line() -> QWidget:
    line = row_layout()
    line.setContentsMargins(*(theme().px(n) for n in (16, 6, 16, 6)))
    line.addStretch(1)
    for key, words in (
        ("↑ ↓", _("选择")),
        ("Enter", pgettext("act", "办理")),
        (GUIDE_KEY, _("看说明")),
        ("F4", _("咨询")),
    ):
        line.addWidget(cap(key))
        line.addWidget(label(words, "small"))
    return holding(line)


def _nothing_words() -> str:
    return _(
        "没有找到。可以输入事项名称的任意几个字、拼音首字母（如 jzzm）、申请人姓名、证号后几位、电话或办件编号；按 Esc 清空。"
    )
