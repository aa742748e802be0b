"""The cards of who comes: applicant or organisation, agent, co-applicants. What is not needed stays folded."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from app.domain.application import Collection
from app.domain.catalogue import ApplicantKind
from app.domain.documents import FOREIGN, Document, Sex, tells_birth_and_sex
from app.domain.people import AgentKind, Person, tidy_id_number
from app.domain.representation import has_guardian
from ui.faces import Face
from ui.intake.field_set import Asked, FieldSet, arrange, leave_room, two_columns
from ui.intake.places import person_at
from ui.intake.reason_bar import ReasonBar
from ui.intake.state import IntakeState
from ui.problems import person_field, words
from ui.text import _, ngettext
from ui.theme import theme
from ui.widgets.buttons import ActionButton, KeyedLink
from ui.widgets.cards import Card, column_layout, row_layout
from ui.widgets.choices import Segments
from ui.widgets.flow import Flow
from ui.widgets.keys import bind
from ui.widgets.texts import cap, label
from ui.words import agent_words, document_words, sex_words

PERSON, ORGANISATION = ApplicantKind.PERSON.value, ApplicantKind.ORGANISATION.value


class ApplicantCard(Card):
    """Whoever applies; links below lead to what is seldom needed."""

    kind_switched = Signal()
    documents_asked = Signal()
    agent_asked = Signal()
    co_applicant_asked = Signal()
    privacy_asked = Signal()
    reason_given = Signal(str, str)

    def __init__(self, fields: FieldSet) -> None:
        super().__init__(_("申请人"))
        self._fields = fields
        self.kind = Segments([(PERSON, _("个人")), (ORGANISATION, _("单位"))])
        self.kind.chosen.connect(self._switch)
        self._kind_key = cap("Ctrl+K")
        bind(self, "Ctrl+K", _("改为单位或个人申请"), self.kind_switched.emit)
        self.head.insertWidget(1, self.kind)
        self.head.insertWidget(2, self._kind_key)
        self._kind = PERSON
        self._born = label("", "small")
        self._earlier = label("", "small", "accent")
        self.agent = ActionButton(_("代办人"), "F7", "users", "quiet")
        self.agent.fired.connect(self.agent_asked)
        self.head.addLayout(Flow(self._earlier, self._born, self.agent))
        self._grid, self._face = two_columns(), Face()
        self._guardian = ReasonBar(_("登记监护人"), "F7")
        self._guardian.acted.connect(self.agent_asked)
        self._guardian.reason_given.connect(lambda reason: self.reason_given.emit("agent", reason))
        column = column_layout(spacing=8)
        column.addLayout(self._grid)
        column.addWidget(self._guardian)
        self._documents = KeyedLink(_("其他证件"), "Ctrl+D")
        self._together = KeyedLink(_("共同申请人"), "Ctrl+J")
        self._documents.clicked.connect(self.documents_asked)
        self._together.clicked.connect(self.co_applicant_asked)
        privacy = KeyedLink(_("个人信息告知"), "Ctrl+I")
        privacy.clicked.connect(self.privacy_asked)
        column.addLayout(Flow(self._documents, self._together, privacy))
        self.body.addLayout(_beside(column, self._face))

    def arrange(self, state: IntakeState) -> list[str]:
        """Lay out the fields that are asked for and return their places, in order."""
        asked = _applicant_fields(state)
        arrange(self._grid, [self._fields.field(one) for one in asked])
        return [one.place for one in asked]

    def set_label_width(self, width: int) -> None:
        """Leave room for numbers behind labels of this width."""
        leave_room(self._grid, width)

    def show_applicant(self, state: IntakeState) -> None:
        """Show what is known of whoever applies."""
        takes_both = set(state.item.applicants) == set(ApplicantKind)
        self._kind = ORGANISATION if state.application.organisation else PERSON
        self.kind.setVisible(takes_both)
        self.kind.set_value(self._kind)
        self._kind_key.setVisible(takes_both)
        self._born.setText(_born_words(state))
        self._face.show_photo(state.photo_of(state.application.applicant))
        count = state.earlier_cases
        earlier = ngettext("以前办过 %(count)d 件", "以前办过 %(count)d 件", count) % {"count": count}
        self._earlier.setText(earlier if count else "")
        self.agent.set_word(_("去掉代办人") if state.application.agent else _("代办人"))
        self._show_guardian(state)

    def show_reason_key(self, *, shown: bool) -> None:
        """Show the key at the reason why no guardian is there, or not: it leads to another warning first."""
        self._guardian.show_key(shown=shown)

    def ask_reason(self) -> bool:
        """Open the line for the reason why no guardian is there, if one is missing."""
        return self._guardian.ask_reason()

    def _show_guardian(self, state: IntakeState) -> None:
        problem = next((one for one in state.problems if one.place == "agent"), None)
        reason = state.application.reasons.get("agent", "") if state.offers_guardian else ""
        if problem:
            self._guardian.show_words(words(problem), can_pass=not problem.is_error)
        else:
            self._guardian.show_words(_("无监护人，已写明原因：%(reason)s") % {"reason": reason} if reason else "")

    def _switch(self, kind: str) -> None:
        if kind != self._kind:
            self.kind_switched.emit()


class AgentCard(Card):
    """Who acts for the applicant."""

    mandate_asked = Signal()

    def __init__(self, fields: FieldSet) -> None:
        super().__init__(_("代办人"))
        self._fields = fields
        self._mandate = ActionButton(_("出委托书"), "Ctrl+M", "printer", "quiet")
        self._mandate.fired.connect(self.mandate_asked)
        self.head.addWidget(self._mandate)
        self._grid, self._face = two_columns(), Face()
        self.body.addLayout(_beside(self._grid, self._face))

    def arrange(self, state: IntakeState) -> list[str]:
        """Lay out the fields that are asked for and return their places, in order."""
        agent = state.application.agent
        self.setVisible(agent is not None)
        asked = _agent_fields(state) if agent else []
        self._mandate.setVisible(agent is not None and agent.kind is not AgentKind.GUARDIAN)
        arrange(self._grid, [self._fields.field(one) for one in asked])
        return [one.place for one in asked]

    def set_label_width(self, width: int) -> None:
        """Leave room for numbers behind labels of this width."""
        leave_room(self._grid, width)

    def show_photo(self, state: IntakeState) -> None:
        """Show the photo of whoever acts, where the card was laid on the reader."""
        agent = state.application.agent
        self._face.show_photo(state.photo_of(agent.person) if agent else None)


class CoApplicantsCard(Card):
    """Who applies together with the applicant."""

    added = Signal()
    removed = Signal(int)

    def __init__(self, fields: FieldSet) -> None:
        super().__init__(_("共同申请人"))
        self._fields = fields
        self._remove = ActionButton(_("去掉一位"), "Ctrl+Shift+J", kind="quiet")
        self._remove.fired.connect(self._remove_current)
        self.head.addWidget(self._remove)
        self._grid = two_columns()
        self.body.addLayout(self._grid)
        self._faces: list[Face] = []
        self._photos = Flow()
        self.body.addLayout(self._photos)
        self._count = 0

    def arrange(self, state: IntakeState) -> list[str]:
        """Lay out the fields that are asked for and return their places, in order."""
        people = state.application.co_applicants
        self._count = len(people)
        self.setVisible(bool(people))
        asked = [one for index in range(len(people)) for one in _co_applicant_fields(state, index)]
        arrange(self._grid, [self._fields.field(one) for one in asked])
        return [one.place for one in asked]

    def show_photos(self, state: IntakeState) -> None:
        """Show the photos of those whose cards were laid on the reader, in their order."""
        people = [person for person in state.application.co_applicants if state.photo_of(person)]
        while len(self._faces) < len(people):
            self._faces.append(Face())
            self._photos.addWidget(self._faces[-1])
        for face in self._faces[len(people) :]:
            face.show_photo(None)
        for face, person in zip(self._faces, people, strict=False):
            face.show_photo(state.photo_of(person), person.name)

    def _remove_current(self) -> None:
        """Take off whoever has the cursor, else the last one."""
        focused = self.focusWidget()
        place = focused.objectName() if isinstance(focused, QWidget) else ""
        kind, _dot, rest = place.partition(".")
        index = int(rest.partition(".")[0]) if kind == "co_applicants" else self._count - 1
        self.removed.emit(index)


def _beside(fields: QLayout, face: Face) -> QHBoxLayout:
    row = row_layout()
    row.setSpacing(theme().px(16))
    row.addLayout(fields, 1)
    row.addWidget(face, 0, Qt.AlignmentFlag.AlignTop)
    return row


def shape(state: IntakeState) -> tuple[object, ...]:
    """Return what decides which fields there are; as long as it stays the same nothing is laid out anew."""
    application = state.application
    people = [application.applicant, *application.co_applicants]
    agent = application.agent
    return (
        state.draft.draft_id,
        application.organisation is None,
        state.documents_of,
        agent and agent.kind,
        application.collection is Collection.CHOSEN_PLACE,
        *(_document_shape(person) for person in [*people, *([agent.person] if agent else [])]),
    )


def _document_shape(person: Person) -> tuple[Document, bool]:
    return person.document, tells_birth_and_sex(person.document, tidy_id_number(person.id_number))


def _applicant_fields(state: IntakeState) -> list[Asked]:
    application = state.application
    is_person = application.organisation is None
    person = application.applicant
    is_resident = person.document is Document.RESIDENT_CARD
    own = [
        *_person_fields(state, "applicant", _("姓名") if is_person else _("负责人")),
        *_optional(
            is_person, Asked("applicant.address", _("户籍地址") if is_resident else _("住址"), suggests_addresses=True)
        ),
        Asked("applicant.phone", person_field("phone"), required=not (is_person and has_guardian(application.agent))),
    ]
    if is_person:
        return own
    return [
        Asked("organisation.name", _("单位名称")),
        Asked("organisation.uscc", _("信用代码"), hint=_("统一社会信用代码，18 位")),
        Asked("organisation.address", _("单位地址"), suggests_addresses=True),
        *own,
    ]


def _agent_fields(state: IntakeState) -> list[Asked]:
    agent = state.application.agent
    assert agent is not None  # noqa: S101  the card is laid out for an agent only
    kinds = {kind.value: agent_words(kind) for kind in AgentKind}
    is_guardian, is_mandated = agent.kind is AgentKind.GUARDIAN, agent.kind is AgentKind.MANDATED
    return [
        *_person_fields(state, "agent"),
        Asked("agent.phone", person_field("phone")),
        Asked("agent.kind", _("身份"), choices=kinds),
        *_optional(
            agent.kind is not AgentKind.VILLAGE_AGENT,
            Asked("agent.relation", _("与申请人"), required=is_guardian, hint=_("如 父亲、同事")),
        ),
        Asked("agent.mandate", _("监护证明") if is_guardian else _("委托书号"), required=is_mandated),
        *_optional(is_mandated, Asked("agent.scope", _("委托事项"), required=False)),
    ]


def _co_applicant_fields(state: IntakeState, index: int) -> list[Asked]:
    at = f"co_applicants.{index}"
    fields = _person_fields(state, at, _("姓名 %(number)d") % {"number": index + 1})
    return fields if len(fields) % 2 == 0 else [*fields, Asked(f"{at}.phone", person_field("phone"), required=False)]


def _person_fields(state: IntakeState, at: str, name: str = "") -> list[Asked]:
    person = person_at(state.application, at)
    is_resident = person.document is Document.RESIDENT_CARD
    untold = not tells_birth_and_sex(person.document, tidy_id_number(person.id_number))
    documents = {document.value: document_words(document) for document in Document}
    sexes = {sex.value: sex_words(sex) for sex in Sex}
    return [
        Asked(f"{at}.name", name or person_field("name")),
        *_optional(
            at in state.documents_of or not is_resident,
            Asked(f"{at}.document", person_field("document"), choices=documents),
        ),
        Asked(f"{at}.id_number", _("身份证号") if is_resident else person_field("id_number")),
        *_optional(person.document in FOREIGN, Asked(f"{at}.nationality", _("国籍"))),
        *_optional(
            untold,
            Asked(f"{at}.stated_birth_date", person_field("stated_birth_date"), hint=_("如 1992-03-07")),
            Asked(f"{at}.stated_sex", person_field("stated_sex"), choices=sexes),
        ),
    ]


def _optional(wanted: bool, *fields: Asked) -> Sequence[Asked]:
    return fields if wanted else ()


def _born_words(state: IntakeState) -> str:
    person = state.sex_of
    if not state.birth or person is None:
        return ""
    return _("%(sex)s，%(birth)s 出生") % {"sex": sex_words(person.sex), "birth": state.birth}
