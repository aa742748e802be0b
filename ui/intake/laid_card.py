"""The part of the intake that takes what an identity card says, for whoever has the cursor. Qt-free.

Somebody else who stands there already is never overwritten: a short message asks. The photo on the card follows when
it is decoded, for the clerk to compare with the person; it goes when the intake is left.
"""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.application import Application
from app.domain.catalogue import ServiceItem
from app.domain.people import Person, masked_name, tidy_id_number
from app.services.card_reading import (
    CARD_FIELDS,
    filled_in,
    is_expired,
    is_nobody,
    is_same,
    person_on,
    said_by,
    told_to_form,
)
from app.services.ports import CardPhoto, IdentityCard
from app.services.snapshots import KnownPerson
from ui import card_words
from ui.card_photos import CardPhotos
from ui.intake.parties import PEOPLE, Parties
from ui.intake.places import numbers_in, person_at, with_person
from ui.intake.sheet import Sheet
from ui.intake.state import IntakeView
from ui.surroundings import Surroundings
from ui.text import _

APPLICANT = "applicant"


class LaidCard:
    """Fills in whoever a card belongs to."""

    def __init__(self, sheet: Sheet, around: Surroundings, view: IntakeView, parties: Parties) -> None:
        self._sheet = sheet
        self._counter, self._navigator = around.counter, around.navigator
        self._view = view
        self._parties = parties
        self._photos = CardPhotos(around.counter.card_photos, around.runner, around.navigator.report)

    def take(self, card: IdentityCard) -> None:
        """Fill in whoever has the cursor, the applicant when nobody has; ask where somebody else stands."""
        at = self._whose()
        before, told = person_at(self._sheet.now().application, at), person_on(card)
        if is_nobody(before) or is_same(before, told):
            self._fill(at, card)
            return
        names = {"name": masked_name(before.name), "other": masked_name(told.name)}
        draft_id = self._sheet.now().draft.draft_id

        def overwrite() -> None:
            if self._sheet.is_of(draft_id):
                self._fill(at, card)

        self._navigator.notify(_("这里填的是%(name)s，读到的是%(other)s的身份证件") % names, _("改填"), overwrite)

    def forget_photos(self) -> None:
        """Let go of every photo: the intake is left, and nobody has to be compared with one any more."""
        self._photos.forget()
        if self._sheet.is_open and self._sheet.now().photos:
            self._sheet.show(photos={})
        self._view.hide_photos()

    def _whose(self) -> str:
        at, _dot, _name = self._view.current_place.rpartition(".")
        return at if at.partition(".")[0] in PEOPLE else APPLICANT

    def _fill(self, at: str, card: IdentityCard) -> None:
        state = self._sheet.now()
        before = state.application
        known = self._known(card)
        person = filled_in(person_at(before, at), card, known.person if known else None)
        application = with_person(before, at, person)
        changes: dict[str, object] = {"people": (), "organisations": ()}
        if at == APPLICANT:
            changes["earlier_cases"] = known.cases if known else 0
            application = _with_form(application, state.item, card, is_new=not is_same(person_at(before, at), person))
        self._sheet.change(application, **changes)
        if at == APPLICANT:
            self._parties.applicant_known()
        self._parties.lead_on(at)
        self._tell(at, card, person, before)
        self._see_photo(card)

    def _see_photo(self, card: IdentityCard) -> None:
        """Show the photo once it is decoded, while its holder stands in the draft that lies open."""
        draft_id, number = self._sheet.now().draft.draft_id, tidy_id_number(card.number)

        def seen(photo: CardPhoto) -> None:
            if self._sheet.is_of(draft_id) and number in numbers_in(self._sheet.now().application):
                self._sheet.show(photos={**self._sheet.now().photos, number: photo})

        self._photos.see(card, seen)

    def _known(self, card: IdentityCard) -> KnownPerson | None:
        """Return whoever was here before with the number of the card."""
        number = tidy_id_number(card.number)
        found = self._counter.applicants.find_people(number, 1)
        return next((known for known in found if tidy_id_number(known.person.id_number) == number), None)

    def _tell(self, at: str, card: IdentityCard, person: Person, before: Application) -> None:
        words = [_("已填入%(name)s") % {"name": masked_name(person.name)}]
        if is_expired(card, self._counter.desk.now().date()):
            words.append(card_words.expired(card.valid_to))
        if card.newest_address and card.newest_address != card.address:
            words.append(_("住址按卡内更新的填"))
        was = person_at(before, at)
        form = before.form
        self._parties.undoable("·".join(words), lambda now: _as_before(with_person(now, at, was), form))


def _with_form(application: Application, item: ServiceItem, card: IdentityCard, *, is_new: bool) -> Application:
    """Return the application with what the card says for its form; of the same person only where nothing stands."""
    told = told_to_form(item, said_by(card)).items()
    open_ones = {code: text for code, text in told if is_new or not application.form.get(code)}
    return replace(application, form={**application.form, **open_ones})


def _as_before(now: Application, form: Mapping[str, str]) -> Application:
    """Return the application with what stood in the fields that a card fills."""
    return replace(now, form={**now.form, **{code: form.get(code, "") for code in CARD_FIELDS if code in now.form}})
