"""The intake's screen: applicant, form and materials on the left, the paper as it will print on the right."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.application import Collection
from app.domain.catalogue import ServiceItem
from ui.dates import long_time, short_day
from ui.faces import Face
from ui.forms.presenter import FormView
from ui.intake.drafts_strip import DraftsStrip
from ui.intake.field_set import FieldSet
from ui.intake.form_card import COLLECT_AT, FormCard
from ui.intake.materials import MaterialsCard
from ui.intake.people_cards import AgentCard, ApplicantCard, CoApplicantsCard, shape
from ui.intake.presenter import IntakePresenter
from ui.intake.proposals_card import ProposalsCard
from ui.intake.reason_bar import ReasonBar
from ui.intake.state import IntakeState
from ui.intake.suggestions import Suggestions
from ui.intake.way_out_parts import WayOutParts
from ui.page_zoom import PageZoom
from ui.paper_side import WIDTH as PAPER_WIDTH
from ui.paper_side import PaperSide
from ui.problems import summary
from ui.scan_line import ScanLine
from ui.text import _, ngettext, pgettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton
from ui.widgets.cards import clear, column_layout, scrolled
from ui.widgets.keys import bind
from ui.widgets.notices import Banner, Notice
from ui.widgets.room import EDGE, RoomFrame, holding
from ui.widgets.texts import ShrinkingLabel, badge, label, rule, set_property
from ui.words import badge_words, short_number, state_words

SAVE_MS = 250
ROOMY = 640
"""Pixels of the room's height from which everything that may stand above the cards has its place."""
LEAST_SEEN = 40
"""Pixels of the cards that are left where large text and many remarks take the room."""


class IntakeRoom(RoomFrame):
    """``saved_soon`` comes a moment after the last key; everything else is told by the fields and cards inside."""

    saved_soon = Signal()
    jumped = Signal(str)
    accept_asked = Signal()
    back_asked = Signal()
    discard_asked = Signal()
    switched = Signal(int)
    proposal_refused = Signal()
    pledge_asked = Signal()

    def __init__(self) -> None:
        super().__init__(has_bar=True)
        self.materials = MaterialsCard(())
        self.fields = FieldSet(self._addresses)
        self._order: list[str] = []
        self._shape: tuple[object, ...] = ()
        self._built_for = ""
        self._presenter: IntakePresenter | None = None
        self._title, self._badge, self._about = ShrinkingLabel("", "title"), badge(""), ShrinkingLabel("", "soft")
        self._steps = ShrinkingLabel("", "soft")
        self._switches = DraftsStrip()
        self._banner = Banner(_("逐处跳转"), "F8")
        self._earlier = ReasonBar(_("打开"), "Ctrl+E", binds_key=True)
        self._save_notice = Notice()
        self._proposals = ProposalsCard()
        self._scan_line = ScanLine()
        self._column = column_layout(spacing=8)
        self._column.addWidget(self.materials)
        self._suggestions = Suggestions(self)
        self._paper = PaperSide(_("收件凭证"))
        self._saved = ShrinkingLabel("", "small", "good")
        self._hint = label("", "soft")
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._late = badge(_("补录"), "danger")
        self._way_out = WayOutParts()
        self._accept = ActionButton(pgettext("act", "受理"), "F9", "check-circle", "primary")
        self._zoom = PageZoom(self, reads=True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SAVE_MS)
        self._soon.timeout.connect(self.saved_soon)
        self.fields.onward.connect(self._go_on)
        self._lay_out()

    def connect_to(self, presenter: IntakePresenter) -> None:
        """Let ``presenter`` decide."""
        self._presenter = presenter
        self.fields.edited.connect(presenter.edit)
        self.fields.left.connect(presenter.leave_field)
        self.fields.reason_given.connect(presenter.give_reason)
        self.fields.reason_given.connect(lambda place, _reason: self._go_on(place))
        self.saved_soon.connect(presenter.save_now)
        self.saved_soon.connect(presenter.receipt.draw)
        self._suggestions.taken.connect(presenter.parties.take_suggestion)
        self._earlier.acted.connect(presenter.open_earlier)
        self._earlier.reason_given.connect(lambda reason: presenter.give_reason("earlier_case", reason))
        self.jumped.connect(presenter.jump)
        self._zoom.connect_to(presenter.attachments)
        self._zoom.read_asked.connect(lambda: presenter.proposals.read(""))
        self._scan_line.connect_to(presenter.attachments)
        self._proposals.connect_to(presenter.proposals)
        self.accept_asked.connect(presenter.accept)
        self.back_asked.connect(presenter.leave)
        self.discard_asked.connect(presenter.discard)
        self.switched.connect(presenter.switch)
        self._switches.chosen.connect(presenter.switch_to)
        self.pledge_asked.connect(lambda: presenter.forms.pledge(self.materials.focused))
        self._way_out.connect_to(presenter.ways_out)
        self.proposal_refused.connect(presenter.earlier.undo_proposal)
        self._paper.turned.connect(presenter.receipt.turn)
        self._paper.width_changed.connect(lambda: self._built_for and presenter.receipt.draw())

    def render(self, state: IntakeState) -> None:
        """Show ``state``; another item or draft builds the fields anew."""
        if self._built_for != state.draft.draft_id:
            self._build(state)
        if self._shape != shape(state):
            self._arrange(state)
        self._show_values(state)
        self._show_remarks(state)
        anchor = self.fields.get(f"{state.suggested_at}.name")
        self._suggestions.show_for(anchor, state)
        self.materials.show_materials(state)
        self._proposals.show_state(state)
        self._show_paper(state)
        self._saved.setText(state.saved)
        self._save_notice.show_words(state.save_error, "danger")
        self._accept.set_busy(state.is_busy)
        self._late.setVisible(state.late is not None)
        self._way_out.show_state(state)
        self._hint.setText(_hint(state))
        self._zoom.show_page(state.pages)
        self._scan_line.show_pages(state.pages)
        self._switches.show_drafts(() if self._is_crowded else state.open_drafts)

    def focus_place(self, place: str) -> None:
        """Put the cursor where ``place`` is."""
        if place.startswith("materials."):
            self.materials.focus_material(place.removeprefix("materials."))
        elif place == "earlier_case":
            self._earlier.focus()
        elif place == COLLECT_AT:
            self._form.offer_stations()
        elif place == "agent" and not self.fields.get("agent.name"):
            self._applicant.agent.setFocus()
        else:
            field = self.fields.get(place) or self.fields.get(f"{place}.name")
            (field.editor if field else self._accept).setFocus()

    @property
    def form_view(self) -> FormView:
        """Return the screen of the forms that end the intake otherwise."""
        return self._way_out.panel

    def show_form(self, *, shown: bool) -> None:
        """Show a form in place of the draft, or the draft again."""
        self._way_out.show_form(shown=shown)
        for part in (self.left, self._paper):
            part.setVisible(not shown)

    def hide_photos(self) -> None:
        """Show no photo of a card any more, and keep none."""
        for face in self.findChildren(Face):
            face.show_photo(None)

    def save_soon(self) -> None:
        """Start the moment after which ``saved_soon`` comes anew."""
        self._soon.start()

    @property
    def current_place(self) -> str:
        """Return the place that has the cursor, empty when none has."""
        focused = QApplication.focusWidget()
        name = focused.objectName() if focused is not None and self.isAncestorOf(focused) else ""
        return name if self.fields.get(name) else ""

    @property
    def paper_width_px(self) -> int:
        """Return how wide the picture of the paper should be."""
        return self._paper.width_px

    # --- building ----------------------------------------------------------------------------------------------

    def _build(self, state: IntakeState) -> None:
        self._built_for = state.draft.draft_id
        self._shape = ()
        item = state.item
        self._title.setText(item.title)
        word, tone = badge_words(item)
        self._badge.setText(word)
        set_property(self._badge, "tone", tone)
        self._about.setText(_("%(body)s·第 %(version)d 版清单") % {"body": item.department, "version": item.version})
        self._steps.setText(
            _("● 收件受理　›　○ 出证　›　○ 交付") if item.is_immediate else _("● 收件受理　›　○ 审查　›　○ 决定")
        )
        self.fields.keep_only([])
        clear(self._column)
        self._build_people()
        self._column.addWidget(self._form_card(item))
        self._column.addWidget(self._materials_card(item))
        self._column.addStretch(1)
        self._arrange(state)
        self.fields.get(self._order[0]).editor.setFocus()  # type: ignore[union-attr]

    def _build_people(self) -> None:
        self._applicant = ApplicantCard(self.fields)
        self._agent = AgentCard(self.fields)
        self._together = CoApplicantsCard(self.fields)
        for card in (self._applicant, self._agent, self._together):
            self._column.addWidget(card)
        if presenter := self._presenter:
            parties = presenter.parties
            self._applicant.kind_switched.connect(parties.switch_kind)
            self._applicant.documents_asked.connect(parties.choose_document)
            self._applicant.agent_asked.connect(parties.toggle_agent)
            self._applicant.co_applicant_asked.connect(parties.add_co_applicant)
            self._applicant.privacy_asked.connect(presenter.forms.privacy)
            self._applicant.reason_given.connect(presenter.give_reason)
            self._agent.mandate_asked.connect(presenter.forms.mandate)
            self._together.removed.connect(parties.remove_co_applicant)

    def _arrange(self, state: IntakeState) -> None:
        """Lay the fields of the people out as the state asks for them; what stays keeps cursor and remark."""
        self._shape = shape(state)
        people = [place for card in (self._applicant, self._agent, self._together) for place in card.arrange(state)]
        self._order = [*people, *self._form.arrange(state)]
        self.fields.keep_only(self._order)
        width = self.fields.line_up()
        for card in (self._form, self._applicant, self._agent):
            card.set_label_width(width)

    def _form_card(self, item: ServiceItem) -> FormCard:
        ways = self._presenter.collecting.ways if self._presenter else tuple(Collection)
        self._form = FormCard(item, self.fields, self._addresses, self._stations, ways)
        self._form.proposal_refused.connect(self.proposal_refused)
        self._form.pledge_asked.connect(self.pledge_asked)
        return self._form

    def _materials_card(self, item: ServiceItem) -> MaterialsCard:
        self.materials = MaterialsCard(item.materials, binds_pledge=not item.allows_pledge)
        if presenter := self._presenter:
            checklist, attachments = presenter.checklist, presenter.attachments
            self.materials.counted.connect(checklist.set_count)
            self.materials.toggled.connect(checklist.toggle)
            self.materials.all_taken.connect(checklist.take_all)
            self.materials.promise_asked.connect(checklist.promise)
            self.materials.promise_moved.connect(checklist.move_promise)
            self.materials.pledge_asked.connect(presenter.forms.pledge)
            self.materials.reuse_asked.connect(presenter.earlier.reuse)
            self.materials.connect_pages(attachments)
            self.materials.read_asked.connect(presenter.proposals.read)
            self.materials.separator_asked.connect(attachments.print_separator)
        return self.materials

    def _addresses(self, typed: str) -> list[str]:
        return self._presenter.address_suggestions(typed) if self._presenter else []

    def _stations(self, typed: str) -> list[str]:
        return self._presenter.collecting.suggestions(typed) if self._presenter else []

    # --- showing -----------------------------------------------------------------------------------------------

    def _show_values(self, state: IntakeState) -> None:
        self.fields.show_values(state)
        self._applicant.show_applicant(state)
        self._agent.show_photo(state)
        self._together.show_photos(state)
        self._form.show_form(state)

    def _show_remarks(self, state: IntakeState) -> None:
        count = len(state.problems)
        title = ngettext("还有 %(count)d 处要看", "还有 %(count)d 处要看", count) % {"count": count}
        self._banner.show_links(title, [(p.place, summary(p, state.item), p.severity.value) for p in state.problems])
        waits = any(problem.place == "earlier_case" for problem in state.problems)
        self._earlier.show_words(_earlier_words(state), can_pass=waits)
        is_free = self.fields.show_remarks(state, has_key=not waits)
        self._applicant.show_reason_key(shown=is_free)

    @property
    def _is_crowded(self) -> bool:
        """Tell whether large text leaves no room for the open drafts beside what is told of a scan; Ctrl+Tab goes on."""
        return not self._scan_line.isHidden() and self.height() < theme().px(ROOMY)

    def _show_paper(self, state: IntakeState) -> None:
        if state.paper is not None:
            self._paper.show_picture(state.paper, state.paper_page)
        elif state.paper_words:
            self._paper.show_words(state.paper_words)

    # --- layout and keys ---------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        back = ActionButton(_("返回"), "Escape", "arrow-left", "quiet")
        back.fired.connect(self._step_back)
        for part in (back, rule(upright=True), self._title, self._badge, self._late, self._about):
            self.header.addWidget(part)
        self.header.addStretch(1)
        self.header.addWidget(self._steps)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        inner = QWidget()
        inside = column_layout(self._proposals, spacing=8)
        inside.addLayout(self._column, 1)
        inner.setLayout(inside)
        inside.setContentsMargins(0, 0, theme().px(8), theme().px(8))
        upper = (self._switches, self._banner, self._earlier, self._save_notice)
        cards = scrolled(inner)
        cards.setMinimumHeight(theme().px(LEAST_SEEN))
        left = column_layout(*upper, cards, self._scan_line, self._way_out.acts, spacing=8)
        left.setContentsMargins(*(theme().px(n) for n in (EDGE, 8, 16, 4)))
        self.left = holding(left)
        self.body.addWidget(self.left, 1)
        self.body.addWidget(self._paper)
        self.keep_side(self._paper, PAPER_WIDTH)
        self._way_out.join(self)
        discard = ActionButton(_("丢弃草稿"), "Ctrl+Delete", kind="quiet")
        discard.fired.connect(self.discard_asked)
        self._accept.fired.connect(self.accept_asked)
        if self.bar is not None:
            for part in (discard, self._saved):
                self._way_out.draft_bar.addWidget(part)
            self._way_out.draft_bar.addWidget(self._hint, 1)
            self._way_out.draft_bar.addWidget(self._accept)
        self._banner.jumped.connect(self.jumped)
        bind(self, "F8", _("到下一处要核对的地方"), lambda: self.jumped.emit(""))
        bind(self, "Alt+Y", _("写明理由，继续"), self._ask_reason)
        bind(self, "Ctrl+Tab", _("换到下一件没办完的"), lambda: self.switched.emit(1))
        bind(self, "Ctrl+Shift+Tab", _("换到上一件没办完的"), lambda: self.switched.emit(-1))

    def _step_back(self) -> None:
        """Stop a scan when the focus is among the materials, else go back a step."""
        (self._scan_line.stopped if self.materials.takes_escape else self.back_asked).emit()

    def _go_on(self, place: str) -> None:
        """Lead from a field to the next one, and from the last one to the act."""
        after = self._order[self._order.index(place) + 1 :]
        self.focus_place(after[0] if after else "")

    def _ask_reason(self) -> None:
        """Open the line for the reason of the first warning that can be passed."""
        for asks in (self._earlier.ask_reason, self.fields.ask_reason, self._applicant.ask_reason):
            if asks():
                return


def _earlier_words(state: IntakeState) -> str:
    found = state.earlier
    if found is None:
        return ""
    words = {
        "number": short_number(found.number),
        "state": state_words(found.state),
        "day": short_day(found.received_at.date()),
        "reason": state.application.reasons.get("earlier_case", ""),
    }
    if words["reason"]:
        return _("同一事项已有办件 %(number)s（%(state)s，%(day)s 收件）；再办原因：%(reason)s") % words
    return _("同一事项已有办件 %(number)s（%(state)s，%(day)s 收件）") % words


def _hint(state: IntakeState) -> str:
    if state.late is not None:
        return _("补录：实际受理 %(time)s") % {"time": long_time(state.late.accepted_at)}
    if not state.problems:
        return _("材料齐全，可以受理")
    return _("先处理：%(what)s") % {"what": summary(state.problems[0], state.item)}
