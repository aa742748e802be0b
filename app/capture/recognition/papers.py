"""Puts together what belongs to one paper: sides found on pictures, a closer look where the first was not enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.capture.recognition.engine import ReadPicture
from app.capture.recognition.licence import is_licence, licence
from app.capture.recognition.lines import Box, Fields, around
from app.capture.recognition.pictures import cut_out, piece
from app.capture.recognition.resident_card import DOUBTFUL, back, fronts
from app.capture.recognition.upright import Picture
from app.services.ports import ReadField, Reading, ReadPaper, ReadValue

CLOSER = 0.75
"""Text that takes less than this part of a picture's longer side is looked at more closely."""
MARGIN = 0.06


class Reads(Protocol):
    """Finds and reads lines of text (``engine``)."""

    def read(self, picture: Picture) -> ReadPicture:
        """Return the picture upright, and its lines."""
        ...


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a card, or a licence, and the picture on which it stands."""

    paper: ReadPaper
    fields: Fields
    picture: Picture

    @property
    def is_sure(self) -> bool:
        """Tell whether a closer look would bring nothing."""
        number = self.fields.get(ReadField.NUMBER)
        if number:
            return number.confidence > DOUBTFUL and ReadField.NAME in self.fields
        return self.paper is ReadPaper.RESIDENT_CARD and ReadField.VALID_TO in self.fields

    @property
    def worth(self) -> tuple[bool, float]:
        """Return what makes one of two readings of the same side the better one."""
        return self.is_sure, sum(found.confidence for found in self.fields.values())


def readings(pictures: Sequence[Picture], engine: Reads, today: date) -> list[Reading]:
    """Return what stands on each paper that the pictures show, both sides of a card as one when there is one of each."""
    sides = [side for picture in pictures for side in _sides(picture, engine, today)]
    own = [side for side in sides if ReadField.NUMBER in side.fields or ReadField.NAME in side.fields]
    backs = [side for side in sides if side not in own]
    if len(own) == len(backs) == 1 and own[0].paper is ReadPaper.RESIDENT_CARD:
        return [_reading(own[0], backs[0])]
    return [_reading(side) for side in (*own, *backs)]


def _sides(picture: Picture, engine: Reads, today: date) -> list[Side]:
    sheet = engine.read(picture)
    sides = _sides_on(sheet, today)
    if sides and all(side.is_sure for side in sides):
        return sides
    closer = _text_region(sheet)
    if closer is None:
        return sides
    again = _sides_on(engine.read(cut_out(sheet.picture, closer)), today)
    return max(sides, again, key=lambda several: [side.worth for side in several])


def _text_region(sheet: ReadPicture) -> Box | None:
    """Return the part of a picture that holds text, None when that is nearly all of it or nothing."""
    if not sheet.lines:
        return None
    region = around(line.box for line in sheet.lines)
    height, width = sheet.picture.shape[:2]
    longer = max(region.width, region.height)
    if longer > CLOSER * max(height, width):
        return None
    return region.grown(MARGIN * longer)


def _sides_on(sheet: ReadPicture, today: date) -> list[Side]:
    if is_licence(sheet.lines):
        fields = licence(sheet.lines)
        return [Side(ReadPaper.BUSINESS_LICENCE, fields, sheet.picture)] if fields else []
    found = [*fronts(sheet.lines, today), back(sheet.lines)]
    return [Side(ReadPaper.RESIDENT_CARD, fields, sheet.picture) for fields in found if fields]


def _reading(*sides: Side) -> Reading:
    found = {name: (value, side) for side in sides for name, value in side.fields.items()}
    return Reading(
        paper=sides[0].paper,
        fields={
            name: ReadValue(value.text, value.confidence, value.is_repaired) for name, (value, _side) in found.items()
        },
        pieces={name: piece(side.picture, value.boxes) for name, (value, side) in found.items()},
    )
