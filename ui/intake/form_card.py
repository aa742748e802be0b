"""What an item asks for in its form, with what the applicant may pledge, and how the result is collected."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from app.domain.application import Collection
from app.domain.catalogue import FieldKind, FormField, ServiceItem
from ui.intake.field_set import Asked, FieldSet, two_columns
from ui.intake.materials import PLEDGE_KEY
from ui.intake.state import IntakeState
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.buttons import KeyedLink
from ui.widgets.cards import Card, row_layout
from ui.widgets.choices import Segments
from ui.widgets.fields import ChoiceField, Editor, LineField
from ui.widgets.room import holding
from ui.widgets.texts import label
from ui.words import collection_words

Suggest = Callable[[str], list[str]]
COLLECT_AT = "collect_at"
LONGEST_NAME = 80


class FormCard(Card):
    """The fields of ``item``, made in ``asked``; ``addresses`` completes one that is typed, ``stations`` finds some by name."""

    proposal_refused = Signal()
    pledge_asked = Signal()

    def __init__(
        self,
        item: ServiceItem,
        asked: FieldSet,
        addresses: Suggest,
        stations: Suggest,
        ways: Sequence[Collection] = tuple(Collection),
    ) -> None:
        super().__init__(_("填写内容"))
        self._asked, self._addresses, self._stations = asked, addresses, stations
        self._places = [f"form.{entry.code}" for entry in item.form]
        self._refuse = KeyedLink(_("不用上次所填"), "Ctrl+U")
        self._refuse.clicked.connect(self.proposal_refused)
        self.head.addWidget(self._refuse)
        if item.allows_pledge:
            pledge = KeyedLink(_("告知承诺书"), PLEDGE_KEY)
            pledge.clicked.connect(self.pledge_asked)
            self.head.addWidget(pledge)
        grid = self._grid = two_columns()
        self.body.addLayout(grid)
        for entry in item.form:
            field = Asked(f"form.{entry.code}", entry.label, entry.required, unit=entry.unit)
            grid.addWidget(asked.field(field, self._editor(entry)))
        self._collection = Segments([(how, collection_words(how)) for how in ways])
        self._collection.chosen.connect(lambda how: asked.edited.emit("collection", how))
        self._collection_name = label(_("取件"), "label")
        line = row_layout(self._collection_name, self._collection)
        line.setSpacing(theme().px(12))
        grid.addWidget(holding(line))

    def arrange(self, state: IntakeState) -> list[str]:
        """Ask where the result is collected if the applicant chooses that; return where the fields are, in their order."""
        if state.application.collection is not Collection.CHOSEN_PLACE:
            return self._places
        if self._asked.get(COLLECT_AT) is None:
            editor = LineField(_("名称、拼音首字母或编码"), LONGEST_NAME)
            editor.edited.connect(lambda typed: editor.suggest(self._stations(typed)))
            self._grid.addWidget(self._asked.field(Asked(COLLECT_AT, _("取件地点")), editor))
        return [*self._places, COLLECT_AT]

    def offer_stations(self) -> None:
        """Put the cursor there and offer what fits, or the stations that were chosen last."""
        if field := self._asked.get(COLLECT_AT):
            field.editor.setFocus()
            field.editor.suggest(self._stations(field.editor.value()))  # type: ignore[attr-defined]

    def set_label_width(self, width: int) -> None:
        """Let the choice of how it is collected start where the fields do."""
        self._collection_name.setFixedWidth(width)

    def show_form(self, state: IntakeState) -> None:
        """Show what the fields themselves do not: how it is collected, and how much was proposed."""
        self._collection.set_value(state.application.collection)
        count = len(state.proposed)
        note = ngettext("%(count)d 项是上次所填", "%(count)d 项是上次所填", count) % {"count": count}
        self.note.setText(note if count else "")
        self._refuse.setVisible(bool(count))

    def _editor(self, entry: FormField) -> Editor:
        if entry.kind is FieldKind.CHOICE:
            return ChoiceField(list(entry.choices), entry.hint or _("请选择，可按数字键"))
        hint = entry.hint or (_("如 2021-03-15") if entry.kind is FieldKind.DATE else "")
        editor = LineField(hint, entry.max_length)
        if entry.kind is FieldKind.ADDRESS:
            editor.edited.connect(lambda typed: editor.suggest(self._addresses(typed)))
        return editor
