"""What an identity card means for whoever it belongs to. Pure: no reader, no store."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from app.domain.catalogue import FieldKind, FormField, ServiceItem
from app.domain.countries import country_name
from app.domain.documents import FOREIGN, Document, Sex, tells_birth_and_sex
from app.domain.people import Person, tidy_id_number, tidy_person
from app.services.ports.card_reading import CardKind, IdentityCard

DOCUMENTS = {
    CardKind.RESIDENT: Document.RESIDENT_CARD,
    CardKind.HMT_RESIDENCE: Document.HMT_RESIDENCE_PERMIT,
    CardKind.FOREIGNER: Document.FOREIGN_PERMANENT_RESIDENT_CARD,
    CardKind.FOREIGNER_2023: Document.FOREIGN_PERMANENT_RESIDENT_CARD,
}
SEXES = {"男": Sex.MALE, "女": Sex.FEMALE}
CARD_FIELDS = ("ethnicity", "card_issuer", "card_valid_from", "card_valid_to")
"""Codes of fields of an item's form that hold what the applicant's card says beside who that is (docs/catalogue.md)."""
WITHOUT_END = "长期"


def person_on(card: IdentityCard) -> Person:
    """Return whoever the card belongs to, as an application holds people; birth and sex only where the number is mute."""
    document = DOCUMENTS[card.kind]
    is_told = tells_birth_and_sex(document, tidy_id_number(card.number))
    return tidy_person(
        Person(
            name=card.name,
            id_number=card.number,
            address=card.newest_address or card.address,
            document=document,
            stated_birth_date=None if is_told else card.birth,
            stated_sex=None if is_told else SEXES.get(card.sex),
            nationality=country_name(card.country) if document in FOREIGN else "",
        )
    )


def filled_in(before: Person, card: IdentityCard, known: Person | None = None) -> Person:
    """Return the person with everything that the card says, and the rest as it was typed or is known.

    What the card does not say – a telephone, a foreigner's address – stays when ``before`` is the same person, and is
    taken from ``known``, the same person as last time, where nothing was typed.
    """
    told = person_on(card)
    same = before if is_same(before, told) or is_nobody(before) else Person("", "")
    last = known if known is not None else Person("", "")
    return replace(told, phone=same.phone or last.phone, address=told.address or same.address or last.address)


def told_to_form(item: ServiceItem, said: Mapping[str, str]) -> dict[str, str]:
    """Return what a card says for the fields of an item's form that are named after it, by their codes.

    What a field does not take, such as 长期 where a day is asked for, is left out.
    """
    entries = {entry.code: entry for entry in item.form}
    return {code: text for code, text in said.items() if text and code in entries and _takes(entries[code], text)}


def said_by(card: IdentityCard) -> dict[str, str]:
    """Return what a card says beside who its holder is, by the codes of fields that take it."""
    since = card.valid_from.isoformat() if card.valid_from else ""
    until = card.valid_to.isoformat() if card.valid_to else WITHOUT_END if since else ""
    return dict(zip(CARD_FIELDS, (card.ethnicity, card.issuer, since, until), strict=True))


def _takes(entry: FormField, text: str) -> bool:
    match entry.kind:
        case FieldKind.DATE:
            return text != WITHOUT_END
        case FieldKind.CHOICE:
            return text in entry.choices
        case _:
            return len(text) <= entry.max_length


def is_same(person: Person, other: Person) -> bool:
    """Tell whether two are one person: by their numbers where both have one, else by their names."""
    if person.id_number and other.id_number:
        return tidy_id_number(person.id_number) == tidy_id_number(other.id_number)
    return bool(person.name) and person.name == other.name


def is_nobody(person: Person) -> bool:
    """Tell whether nobody has been typed yet; a telephone or an address alone says of nobody who it is."""
    return not (person.name.strip() or person.id_number.strip())


def is_expired(card: IdentityCard, today: date) -> bool:
    """Tell whether the card was valid until a day that has passed."""
    return card.valid_to is not None and card.valid_to < today
