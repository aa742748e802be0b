"""What was read of a paper, as the intake proposes it: field by field beside the picture, with what stands there now. Qt-free.

Nothing is taken by itself. What is chosen beforehand is what a person would only nod at: a value that agrees with its
check, read without doubt, for a place where nothing stands yet.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from app.domain.application import Application
from app.domain.catalogue import ServiceItem
from app.domain.documents import Document, document_of
from app.domain.people import tidy_id_number, tidy_name
from app.services.card_reading import CARD_FIELDS, told_to_form
from app.services.ports import ReadField, Reading, ReadPaper, ReadValue
from ui.intake.places import person_at, value_at, with_person, with_value

SURE, SURE_NAME = 0.85, 0.97
"""The confidence from which a value is chosen beforehand. Wrong names come with more of it than anything else."""
ORGANISATION = "organisation"
OF_CARD = {ReadField.NAME: "name", ReadField.NUMBER: "id_number", ReadField.ADDRESS: "address"}
OF_FORM = dict(
    zip((ReadField.ETHNICITY, ReadField.ISSUER, ReadField.VALID_FROM, ReadField.VALID_TO), CARD_FIELDS, strict=True)
)
"""What the applicant's card says for fields of an item's form, where it has them."""
OF_LICENCE = {ReadField.NAME: "name", ReadField.NUMBER: "uscc", ReadField.ADDRESS: "address"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """One value for one place of the application."""

    field: ReadField
    place: str
    text: str
    piece: bytes
    """The piece of the picture on which it stands, a JPEG."""
    now: str
    """What stands at the place."""
    is_chosen: bool
    is_doubtful: bool
    """Whether it has to be compared with the picture with care: misread perhaps, mended, or a name with a rare character."""
    is_repaired: bool = False

    @property
    def is_same(self) -> bool:
        """Tell whether the place holds the value already."""
        return self.now == self.text


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was read of one paper, for whoever stands ``at`` a place; ``number`` of ``count`` papers on the pictures."""

    reading: Reading
    at: str
    proposals: tuple[Proposal, ...]
    number: int = 1
    count: int = 1
    ended_on: date | None = None
    """Until when the paper was valid that is not any more."""

    @property
    def chosen(self) -> tuple[Proposal, ...]:
        """Return the proposals that are to be taken."""
        return tuple(one for one in self.proposals if one.is_chosen)

    def toggled(self, index: int) -> "Proposed":
        """Return the same with one proposal chosen, or not any more; one that stands there already cannot be."""
        return replace(
            self,
            proposals=tuple(
                replace(one, is_chosen=not one.is_chosen and not one.is_same) if place == index else one
                for place, one in enumerate(self.proposals)
            ),
        )

    def all_chosen(self) -> "Proposed":
        """Return the same with everything chosen that does not stand there already."""
        return replace(self, proposals=tuple(replace(one, is_chosen=not one.is_same) for one in self.proposals))


def proposed(reading: Reading, application: Application, at: str, item: ServiceItem) -> Proposed:
    """Return what a paper proposes for whoever stands ``at`` a place; a licence is the organisation's, whoever that is."""
    if reading.paper is ReadPaper.BUSINESS_LICENCE:
        return Proposed(reading, ORGANISATION, tuple(_of_licence(reading, application)))
    of_form = _of_form(reading, application, item) if at == "applicant" else ()
    return Proposed(reading, at, (*_of_card(reading, application, at), *of_form))


def with_taken(application: Application, several: tuple[Proposal, ...]) -> Application:
    """Return the application with the values of proposals; a number brings the kind of document that it belongs to."""
    for one in several:
        application = with_value(application, one.place, one.text)
        at, _dot, name = one.place.rpartition(".")
        if name == "id_number":
            document = document_of(tidy_id_number(one.text)) or Document.RESIDENT_CARD
            application = with_person(application, at, replace(person_at(application, at), document=document))
    return application


def with_former(application: Application, several: tuple[Proposal, ...], before: Application) -> Application:
    """Return the application with what stood at the places of proposals in ``before``; the rest stays."""
    if before.organisation is None and any(one.place.startswith(ORGANISATION) for one in several):
        application = replace(application, organisation=None)
        several = tuple(one for one in several if not one.place.startswith(ORGANISATION))
    for one in several:
        at, _dot, name = one.place.rpartition(".")
        application = with_value(application, one.place, one.now)
        if name == "id_number":
            document = person_at(before, at).document
            application = with_person(application, at, replace(person_at(application, at), document=document))
    return application


def _of_card(reading: Reading, application: Application, at: str) -> Iterator[Proposal]:
    for field, name in OF_CARD.items():
        if field in reading.fields:
            yield _proposal(reading, field, f"{at}.{name}", application)


def _of_form(reading: Reading, application: Application, item: ServiceItem) -> Iterator[Proposal]:
    said = {OF_FORM[field]: value.text for field, value in reading.fields.items() if field in OF_FORM}
    told = told_to_form(item, said)
    for field, code in OF_FORM.items():
        if code in told:
            yield _proposal(reading, field, f"form.{code}", application)


def _of_licence(reading: Reading, application: Application) -> Iterator[Proposal]:
    for field, name in OF_LICENCE.items():
        if field in reading.fields:
            yield _proposal(reading, field, f"{ORGANISATION}.{name}", application)
    if ReadField.REPRESENTATIVE in reading.fields:
        yield _proposal(reading, ReadField.REPRESENTATIVE, "applicant.name", application)


def _proposal(reading: Reading, field: ReadField, place: str, application: Application) -> Proposal:
    value, now = reading.fields[field], value_at(application, place)
    is_name = field is ReadField.REPRESENTATIVE or (field is ReadField.NAME and place != f"{ORGANISATION}.name")
    is_doubtful = is_doubtful_name(value) if is_name else value.confidence < SURE or value.is_repaired
    text = tidy_name(value.text) if is_name else value.text
    return Proposal(
        field=field,
        place=place,
        text=text,
        piece=reading.pieces.get(field, b""),
        now=now,
        is_chosen=not (is_doubtful or now),
        is_doubtful=is_doubtful,
        is_repaired=value.is_repaired,
    )


def is_doubtful_name(value: ReadValue) -> bool:
    """Tell whether a name has to be compared character by character: read with little confidence, or with a rare one."""
    return value.confidence < SURE_NAME or any(_is_rare(character) for character in value.text)


def _is_rare(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False
