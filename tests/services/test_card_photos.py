"""The photo of a card: there where a library decodes it, and nothing that anybody waits for where not."""

import logging

import pytest

from app.services.card_photos import CardPhotoService
from app.services.errors import PhotoFault, PhotoTrouble
from tests.capture.card_readers.blocks import PHOTO
from tests.fakes.card_reading import FakePhotoDecoder, card_of
from tests.support import PERSON


@pytest.fixture
def photos(counter):
    decoder = FakePhotoDecoder({"/opt/good.so": None, "/opt/bad.so": PhotoTrouble.FAILED})
    return CardPhotoService(decoder, counter.devices)


def test_a_card_has_its_photo_where_a_library_was_chosen(photos, counter):
    card = card_of(PERSON, photo=PHOTO)
    assert photos.photo_of(card) is None
    counter.devices.keep(photo_library="/opt/good.so")
    assert counter.devices.read().photo_library == "/opt/good.so"
    assert photos.photo_of(card).pixels[:4] == PHOTO[:4]
    assert photos.photo_of(card_of(PERSON)) is None


def test_a_library_that_fails_is_told_in_the_log_without_what_it_was_given(photos, counter, caplog):
    counter.devices.keep(photo_library="/opt/bad.so")
    with caplog.at_level(logging.WARNING):
        assert photos.photo_of(card_of(PERSON, photo=PHOTO)) is None
    assert caplog.messages == ["the photo of a card was not decoded: failed"]


def test_a_library_that_is_gone_is_told_to_who_asks(photos, counter):
    counter.devices.keep(photo_library="/opt/gone.so")
    with pytest.raises(PhotoFault) as fault:
        photos.examine()
    assert fault.value.trouble is PhotoTrouble.MISSING


def test_nobody_finds_a_photo_where_a_card_is_written_down():
    assert "photo" not in repr(card_of(PERSON, photo=PHOTO))
