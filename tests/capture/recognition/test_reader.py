"""The real models in the real process, on a few cards; tests/bench/bench_recognition.py measures many."""

from random import Random

import cv2
import numpy as np
import pytest

from app.capture.recognition.reader import HelperTextReader
from app.services.ports import ReadField, ReadPaper
from tests.capture.recognition.running import running_reader
from tests.cards.drawing import back, front
from tests.cards.licence_drawing import licence
from tests.cards.people import make_licence, resident
from tests.cards.qualities import clean, photo, scan_150

pytestmark = pytest.mark.slow


@pytest.fixture
def reader() -> HelperTextReader:
    return running_reader()


def test_both_sides_on_one_scanned_page_are_one_paper(reader: HelperTextReader) -> None:
    person = resident(Random(3), has_rare_name=False)
    (card,) = reader.read(scan_150([front(person), back(person)], Random(3)))
    assert card.paper is ReadPaper.RESIDENT_CARD
    assert {name: value.text for name, value in card.fields.items()} == person.fields
    assert set(card.pieces) == set(card.fields)
    assert all(piece.startswith(b"\xff\xd8") for piece in card.pieces.values())


def test_a_photo_that_lies_upside_down_is_read(reader: HelperTextReader) -> None:
    person = resident(Random(5), has_rare_name=False)
    picture = cv2.imdecode(np.frombuffer(photo([front(person)], Random(5))[0], np.uint8), cv2.IMREAD_COLOR)
    (card,) = reader.read([cv2.imencode(".png", cv2.rotate(picture, cv2.ROTATE_180))[1].tobytes()])
    assert card.fields[ReadField.NUMBER].text == person[ReadField.NUMBER]
    assert card.fields[ReadField.NAME].text == person[ReadField.NAME]


def test_a_licence_is_read(reader: HelperTextReader) -> None:
    paper = make_licence(Random(2))
    (read,) = reader.read(clean([licence(paper, landscape=True)], Random(2)))
    assert read.paper is ReadPaper.BUSINESS_LICENCE
    assert {name: value.text for name, value in read.fields.items()} == paper.fields
