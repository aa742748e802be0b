"""The intake's screen: applicant, form and materials on the left, the paper as it will print on the right."""

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.domain.application import Collection
from app.domain.catalogue import FieldKind, FormField, ServiceItem
from ui.devices import pages_in
from ui.intake.materials import MaterialsCard
from ui.intake.presenter import IntakePresenter, IntakeState
from ui.paper_side import WIDTH as PAPER_WIDTH
from ui.paper_side import PaperSide
from ui.problems import summary, words
from ui.text import _, ngettext, pgettext
from ui.theme import theme
from ui.widgets import fields
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.cards import Card, Row, clear, column_layout, row_layout, scrolled
from ui.widgets.fields import ChoiceField, Editor, LineField
from ui.widgets.keys import bind
from ui.widgets.notices import Banner, Notice
from ui.widgets.room import EDGE, RoomFrame, holding
from ui.widgets.texts import badge, cap, label, rule, set_property
from ui.widgets.zoom import Zoom
from ui.words import badge_words, collection_words, sex_words

SAVE_MS = 250
TOP = Qt.AlignmentFlag.AlignTop
APPLICANT = ("name", "id_number", "address", "phone")


class IntakeRoom(RoomFrame):
    """``edited`` and ``left`` name a place such as ``applicant.name``; ``saved_soon`` comes a moment after the last key."""

    edited = Signal(str, str)
    left = Signal(str)
    reason_given = Signal(str, str)
    saved_soon = Signal()
    person_taken = Signal(int)
    jumped = Signal(str)
    accept_asked = Signal()
    back_asked = Signal()
    discard_asked = Signal()
    dropped = Signal(str, QMimeData)

    def __init__(self) -> None:
        super().__init__(has_bar=True)
        self.materials = MaterialsCard(())
        self._fields: dict[str, fields.FormField] = {}
        self._built_for = ""
        self._presenter: IntakePresenter | None = None
        self._title, self._badge, self._about = label("", "title"), badge(""), label("", "soft")
        self._steps = label("", "soft")
        self._banner = Banner(_("逐处跳转"), "F8")
        self._save_notice = Notice()
        self._column = column_layout(spacing=8)
        self._people = QFrame(self)
        self._people.hide()
        self._people.setProperty("role", "popup")
        self._people_inside = QVBoxLayout(self._people)
        self._people_inside.setContentsMargins(1, 1, 1, 1)
        self._people_inside.setSpacing(0)
        self._paper = PaperSide(_("收件凭证"))
        self._saved = label("", "small", "good")
        self._hint = label("", "soft")
        self._accept = ActionButton(pgettext("act", "受理"), "F9", "check-circle", "primary")
        self._zoom = Zoom(self)
        self._take_first = bind(self, "Down", _("用第一位办过事的申请人"), lambda: self.person_taken.emit(0))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SAVE_MS)
        self._soon.timeout.connect(self.saved_soon)
        self._lay_out()

    def connect_to(self, presenter: IntakePresenter) -> None:
        """Let ``presenter`` decide."""
        self._presenter = presenter
        self.edited.connect(presenter.edit)
        self.left.connect(presenter.leave_field)
        self.reason_given.connect(presenter.give_reason)
        self.saved_soon.connect(presenter.save_now)
        self.saved_soon.connect(presenter.draw_paper)
        self.person_taken.connect(presenter.take_person)
        self.jumped.connect(presenter.jump)
        self.accept_asked.connect(presenter.accept)
        self.back_asked.connect(presenter.leave)
        self.discard_asked.connect(presenter.discard)
        self._paper.turned.connect(presenter.turn_paper)
        self._paper.width_changed.connect(lambda: self._built_for and presenter.draw_paper())
        self.dropped.connect(lambda code, mime: presenter.drop_pages(code, lambda: pages_in(mime)))

    def render(self, state: IntakeState) -> None:
        """Show ``state``; another item or draft builds the fields anew."""
        if self._built_for != state.draft.draft_id:
            self._build(state)
        self._show_values(state)
        self._show_remarks(state)
        self._show_people(state)
        self.materials.show_materials(state)
        self._show_paper(state)
        self._saved.setText(state.saved)
        self._save_notice.show_words(state.save_error, "danger")
        self._accept.set_busy(state.is_busy)
        self._hint.setText(_hint(state))
        self._zoom.show_picture(state.zoomed)

    def focus_place(self, place: str) -> None:
        """Put the cursor where ``place`` is."""
        if place.startswith("materials."):
            self.materials.focus_material(place.removeprefix("materials."))
        elif place in self._fields:
            self._fields[place].editor.setFocus()
        else:
            self._accept.setFocus()

    def save_soon(self) -> None:
        """Start the moment after which ``saved_soon`` comes anew."""
        self._soon.start()

    @property
    def paper_width_px(self) -> int:
        """Return how wide the picture of the paper should be."""
        return self._paper.width_px

    # --- building ----------------------------------------------------------------------------------------------

    def _build(self, state: IntakeState) -> None:
        self._built_for = state.draft.draft_id
        item = state.item
        self._title.setText(item.title)
        word, tone = badge_words(item)
        self._badge.setText(word)
        set_property(self._badge, "tone", tone)
        self._about.setText(_("%(body)s·第 %(version)d 版清单") % {"body": item.department, "version": item.version})
        self._steps.setText(
            _("● 收件受理　›　○ 出证　›　○ 交付") if item.is_immediate else _("● 收件受理　›　○ 审查　›　○ 决定")
        )
        clear(self._column)
        self._fields = {}
        self._column.addWidget(self._applicant_card())
        self._column.addWidget(self._form_card(item))
        self._column.addWidget(self._materials_card(item))
        self._column.addStretch(1)
        fields.lead_on(list(self._fields.values()), self._accept)
        self._fields["applicant.name"].editor.setFocus()

    def _applicant_card(self) -> Card:
        card = Card(_("申请人"))
        names = {"name": _("姓名"), "id_number": _("身份证号"), "address": _("户籍地址"), "phone": _("联系电话")}
        self._born = label("", "small")
        self._earlier = label("", "small", "accent")
        card.head.addWidget(self._earlier)
        card.head.addWidget(self._born)
        grid = _grid(card)
        for index, name in enumerate(APPLICANT):
            editor = LineField(longest=120)
            place = f"applicant.{name}"
            if name == "address":
                self._suggest_addresses(editor)
            grid.addWidget(self._field(place, names[name], editor, required=True), index // 2, index % 2, TOP)
        return card

    def _form_card(self, item: ServiceItem) -> Card:
        card = Card(_("填写内容"))
        grid = _grid(card)
        for index, entry in enumerate(item.form):
            field = self._field(
                f"form.{entry.code}", entry.label, self._editor(entry), required=entry.required, unit=entry.unit
            )
            grid.addWidget(field, index // 2, index % 2, TOP)
        self._collection = Segments([(how, collection_words(how)) for how in Collection])
        self._collection.chosen.connect(lambda how: self.edited.emit("collection", how))
        line = row_layout(label(_("取件"), "label"), self._collection)
        line.itemAt(0).widget().setFixedWidth(theme().px(fields.LABEL_WIDTH + 12))
        place = len(item.form)
        grid.addWidget(holding(line), place // 2, place % 2, TOP)
        return card

    def _materials_card(self, item: ServiceItem) -> MaterialsCard:
        self.materials = MaterialsCard(item.materials)
        presenter = self._presenter
        if presenter:
            self.materials.counted.connect(presenter.set_count)
            self.materials.toggled.connect(presenter.toggle)
            self.materials.chosen.connect(presenter.choose_pages)
            self.materials.pasted.connect(presenter.paste_pages)
            self.materials.turned.connect(presenter.turn_page)
            self.materials.moved.connect(presenter.move_page)
            self.materials.removed.connect(presenter.remove_page)
            self.materials.zoomed.connect(presenter.zoom)
        self.materials.dropped.connect(self.dropped)
        return self.materials

    def _field(self, place: str, name: str, editor: Editor, *, required: bool, unit: str = "") -> fields.FormField:
        field = fields.FormField(name, editor, required=required, unit=unit)
        editor.setObjectName(place)
        editor.edited.connect(lambda value: self.edited.emit(place, value))
        editor.left.connect(lambda: self.left.emit(place))
        field.reason_given.connect(lambda reason: self.reason_given.emit(place, reason))
        self._fields[place] = field
        return field

    def _editor(self, entry: FormField) -> Editor:
        if entry.kind is FieldKind.CHOICE:
            return ChoiceField(list(entry.choices), entry.hint or _("请选择，可按数字键"))
        hint = entry.hint or (_("如 2021-03-15") if entry.kind is FieldKind.DATE else "")
        editor = LineField(hint, entry.max_length)
        if entry.kind is FieldKind.ADDRESS:
            self._suggest_addresses(editor)
        return editor

    def _suggest_addresses(self, editor: LineField) -> None:
        editor.edited.connect(
            lambda typed: self._presenter and editor.suggest(self._presenter.address_suggestions(typed))
        )

    # --- showing -----------------------------------------------------------------------------------------------

    def _show_values(self, state: IntakeState) -> None:
        application = state.application
        for place, field in self._fields.items():
            kind, _dot, name = place.partition(".")
            value = getattr(application.applicant, name) if kind == "applicant" else application.form.get(name, "")
            field.editor.set_value(value)
        self._collection.set_value(application.collection)
        person = state.sex_of
        known = bool(state.birth and person)
        born = (
            _("%(sex)s，%(birth)s 出生") % {"sex": sex_words(person.sex), "birth": state.birth}
            if known and person
            else ""
        )
        self._born.setText(born)
        count = state.earlier_cases
        earlier = ngettext("以前办过 %(count)d 件", "以前办过 %(count)d 件", count) % {"count": count}
        self._earlier.setText(earlier if count else "")

    def _show_remarks(self, state: IntakeState) -> None:
        shown = {problem.place: problem for problem in state.problems if state.shows(problem)}
        for place, field in self._fields.items():
            problem = shown.get(place)
            if problem is None:
                reason = state.application.reasons.get(place, "")
                field.set_remark(_("已写明原因：%(reason)s") % {"reason": reason} if reason else "", "note")
            elif problem.is_error:
                field.set_remark(words(problem), "error")
            else:
                field.set_remark(words(problem), "warning", _("写明原因继续 Alt+Y"), _("原因，回车确定"))
        count = len(state.problems)
        title = ngettext("还有 %(count)d 处要看", "还有 %(count)d 处要看", count) % {"count": count}
        self._banner.show_links(title, [(p.place, summary(p, state.item), p.severity.value) for p in state.problems])

    def _show_people(self, state: IntakeState) -> None:
        clear(self._people_inside)
        self._people.setVisible(bool(state.people))
        self._take_first.setEnabled(bool(state.people))
        if not state.people:
            return
        for index, known in enumerate(state.people):
            row = Row(44, first=not index)
            row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            person = known.person
            count = ngettext("办过 %(count)d 件", "办过 %(count)d 件", known.cases) % {"count": known.cases}
            row.add_words(f"{person.name}　{person.id_number}", f"{person.address}·{count}")
            row.inside.addWidget(cap("" if index else "↓"))
            row.fired.connect(lambda index=index: self.person_taken.emit(index))
            self._people_inside.addWidget(row)
        anchor = self._fields["applicant.name"]
        corner = anchor.mapTo(self, anchor.rect().bottomLeft())
        self._people.setFixedWidth(theme().px(520))
        self._people.adjustSize()
        self._people.move(corner.x() + theme().px(88), corner.y())
        self._people.show()
        self._people.raise_()

    def _show_paper(self, state: IntakeState) -> None:
        if state.paper is not None:
            self._paper.show_picture(state.paper, state.paper_page)
        elif state.paper_words:
            self._paper.show_words(state.paper_words)

    # --- layout and keys ---------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        back = ActionButton(_("返回"), "Escape", "arrow-left", "quiet")
        back.fired.connect(self.back_asked)
        for part in (back, rule(upright=True), self._title, self._badge, self._about):
            self.header.addWidget(part)
        self.header.addStretch(1)
        self.header.addWidget(self._steps)
        self.body.setContentsMargins(theme().px(EDGE), 0, 0, 0)
        inner = QWidget()
        inner.setLayout(self._column)
        self._column.setContentsMargins(0, 0, theme().px(8), theme().px(8))
        left = column_layout(self._banner, self._save_notice, scrolled(inner), spacing=8)
        left.setContentsMargins(0, theme().px(8), 0, 0)
        self.body.addLayout(left, 1)
        self.body.addWidget(self._paper)
        self.keep_side(self._paper, PAPER_WIDTH)
        discard = ActionButton(_("丢弃草稿"), "Ctrl+Delete", kind="plain")
        discard.fired.connect(self.discard_asked)
        self._accept.fired.connect(self.accept_asked)
        if self.bar is not None:
            for part in (discard, self._saved):
                self.bar.addWidget(part)
            self.bar.addStretch(1)
            self.bar.addWidget(self._hint)
            self.bar.addWidget(self._accept)
        self._banner.jumped.connect(self.jumped)
        bind(self, "F8", _("到下一处要核对的地方"), lambda: self.jumped.emit(""))
        bind(self, "Alt+Y", _("写明理由，继续"), self._ask_reason)

    def _ask_reason(self) -> None:
        for field in self._fields.values():
            if field.can_pass:
                field.ask_reason()
                return


def _grid(card: Card) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(16))
    grid.setVerticalSpacing(theme().px(6))
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    card.body.addLayout(grid)
    return grid


def _hint(state: IntakeState) -> str:
    if not state.problems:
        return _("材料齐全，可以受理")
    return _("先处理：%(what)s") % {"what": summary(state.problems[0], state.item)}
