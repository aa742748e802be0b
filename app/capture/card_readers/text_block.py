"""What stands in the 256 bytes of text on a card's chip: UTF-16, a fixed place for every field, by kind of card.

What cannot be read costs its field, which the clerk then types from the card; a block without name and number, or of
an unknown kind, is no card.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date

from app.capture.card_readers.private_use import without_private_use
from app.domain.ethnicities import ethnicity
from app.services.ports import CardKind, IdentityCard

LENGTH = 256
FOR_EVER = "长期"
SEXES = {"1": "男", "2": "女"}
UNWRITTEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Categories of signs that stand in no name or address; what Python does not know yet may be a new ideograph."""

KIND_AT = slice(248, 250)
KINDS = {
    "": CardKind.RESIDENT,
    "J": CardKind.HMT_RESIDENCE,
    "I": CardKind.FOREIGNER,
    "Y": CardKind.FOREIGNER_2023,
}
_CHINESE = {
    "name": ((0, 30),),
    "sex": ((30, 2),),
    "birth": ((36, 16),),
    "address": ((52, 70),),
    "number": ((122, 36),),
    "issuer": ((158, 30),),
    "valid_from": ((188, 16),),
    "valid_to": ((204, 16),),
}
PLACES: Mapping[CardKind, Mapping[str, tuple[tuple[int, int], ...]]] = {
    CardKind.RESIDENT: {**_CHINESE, "ethnicity": ((32, 4),)},
    CardKind.HMT_RESIDENCE: {**_CHINESE, "permit_number": ((220, 18),)},
    CardKind.FOREIGNER: {
        "latin_name": ((0, 120),),
        "sex": ((120, 2),),
        "number": ((122, 30),),
        "country": ((152, 6),),
        "name": ((158, 30),),
        "valid_from": ((188, 16),),
        "valid_to": ((204, 16),),
        "birth": ((220, 16),),
    },
    CardKind.FOREIGNER_2023: {
        "name": ((0, 30),),
        "sex": ((30, 2),),
        "birth": ((36, 16),),
        "latin_name": ((52, 70), (220, 22)),
        "number": ((122, 36),),
        "valid_from": ((188, 16),),
        "valid_to": ((204, 16),),
        "country": ((242, 6),),
    },
}
"""Where fields stand: first byte and number of bytes, of a field in two parts both."""


class NoCard(Exception):
    """The block is none that is known: damaged, or of a card that came after this program."""


def card_in(text: bytes, newest_address: bytes = b"", photo: bytes = b"") -> IdentityCard:
    """Return what a block says, with what else the chip holds; NoCard when it says nothing."""
    if len(text) != LENGTH:
        raise NoCard
    kind = _kind(text)
    fields = {
        name: _written(b"".join(text[start : start + width] for start, width in parts))
        for name, parts in PLACES[kind].items()
    }
    name = fields["name"] or fields.get("latin_name", "")
    if not (name and fields["number"]):
        raise NoCard
    valid_from, valid_to = _validity(fields["valid_from"], fields["valid_to"])
    return IdentityCard(
        kind=kind,
        name=name,
        number=fields["number"],
        sex=SEXES.get(fields["sex"], ""),
        birth=_day(fields["birth"]),
        ethnicity=ethnicity(fields.get("ethnicity", "")),
        address=fields.get("address", ""),
        issuer=fields.get("issuer", ""),
        valid_from=valid_from,
        valid_to=valid_to,
        latin_name=fields.get("latin_name", ""),
        country=_country(fields.get("country", "")),
        permit_number=fields.get("permit_number", ""),
        newest_address=_written(newest_address),
        photo=photo,
    )


def _kind(text: bytes) -> CardKind:
    """Return the kind by its letter; the places that are reserved on a resident card may hold anything else."""
    kind = KINDS.get(_written(text[KIND_AT]))
    if kind is not None:
        return kind
    (start, width), *_rest = PLACES[CardKind.RESIDENT]["number"]
    number = _written(text[start : start + width])
    if len(number) == 18 and number.isascii() and number[:17].isdigit():
        return CardKind.RESIDENT
    raise NoCard


def _written(data: bytes) -> str:
    """Return a field without padding, empty when a sign of it is none that can be written."""
    words = " ".join(without_private_use(data.decode("utf-16-le", "replace").partition("\0")[0]).split())
    is_whole = "\ufffd" not in words and not any(unicodedata.category(sign) in UNWRITTEN for sign in words)
    return words if is_whole else ""


def _day(written: str) -> date | None:
    if not (len(written) == 8 and written.isascii() and written.isdigit()):
        return None
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return None


def _validity(begins: str, ends: str) -> tuple[date | None, date | None]:
    """Return both days or, where one cannot be read, none: an end that is missing would mean 长期."""
    first, last = _day(begins), _day(ends)
    if last is None and ends != FOR_EVER:
        return None, None
    return (first, last) if first is not None else (None, None)


def _country(code: str) -> str:
    return code if len(code) == 3 and code.isascii() and code.isupper() else ""
