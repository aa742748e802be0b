import contextlib
import zlib
from random import Random

import cv2
import numpy as np
import pytest

from app.services.errors import BadAttachment
from app.services.ports import ReadField, Reading, ReadPaper, ReadValue
from tests.capture.recognition.running import running_reader
from tests.cards.drawing import front
from tests.cards.people import resident
from tests.cards.qualities import clean
from tests.fakes.reading import FakeTextReader

PERSON = resident(Random(8), has_rare_name=False)
CARD = clean([front(PERSON)], Random(8))[0]


def png(width, height):
    return cv2.imencode(".png", np.full((height, width, 3), 255, np.uint8))[1].tobytes()


def bomb():
    """Return a PNG of few bytes that says it has 20,000 × 20,000 pixels."""
    data = bytearray(png(8, 8))
    data[16:24] = (20_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


def fake():
    reader = FakeTextReader()
    fields = {ReadField.NAME: PERSON[ReadField.NAME], ReadField.NUMBER: PERSON[ReadField.NUMBER]}
    values = {name: ReadValue(text, 0.99) for name, text in fields.items()}
    reader.papers[CARD] = [Reading(ReadPaper.RESIDENT_CARD, values, dict.fromkeys(values, b"\xff\xd8"))]
    reader.bombs.add(bomb())
    return reader


@pytest.fixture(params=[fake, pytest.param(running_reader, marks=pytest.mark.slow)])
def reader(request):
    return request.param()


def test_a_card_is_read_with_the_piece_of_picture_for_each_field(reader):
    (card,) = reader.read([CARD])
    assert card.paper is ReadPaper.RESIDENT_CARD
    assert card.fields[ReadField.NAME].text == PERSON[ReadField.NAME]
    assert card.fields[ReadField.NUMBER].text == PERSON[ReadField.NUMBER]
    assert set(card.pieces) == set(card.fields)


def test_a_picture_without_text_shows_nothing_that_is_known(reader):
    assert reader.read([png(400, 300)]) == []


@pytest.mark.parametrize(
    ("picture", "fault"), [(b"", "damaged"), (b"%PDF-1.7", "kind"), (b"\xff\xd8\xff\xe0", "kind"), (bomb(), "size")]
)
def test_what_is_no_picture_costs_a_sentence(reader, picture, fault):
    with pytest.raises(BadAttachment) as refused:
        reader.read([picture])
    assert refused.value.fault == fault


def test_a_picture_that_breaks_off_costs_no_more_than_a_sentence(reader):
    with contextlib.suppress(BadAttachment):
        assert len(reader.read([CARD[: len(CARD) // 3]])) <= 1
