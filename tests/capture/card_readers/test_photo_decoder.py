"""A maker's library in its own process: whatever it does costs the photo and nothing else."""

import threading
from pathlib import Path

import pytest

from app.capture.card_readers import photo_decoder
from app.capture.card_readers.photo_decoder import HelperPhotoDecoder
from app.services.errors import PhotoFault, PhotoTrouble
from tests.capture.card_readers.blocks import PHOTO
from tests.capture.card_readers.decoders import compiled, no_library

WALL, SKIN = (0xF5, 0xF2, 0xEE), (0xA2, 0xC0, 0xE8)
"""Blue, green, red."""


@pytest.fixture
def decoder():
    decoder = HelperPhotoDecoder()
    yield decoder
    decoder.close()


def pixel(photo, x, y):
    at = (y * photo.width + x) * 4
    return tuple(photo.pixels[at : at + 3])


@pytest.mark.parametrize(
    "kinds",
    [
        (),
        ("FROM_THE_TOP",),
        ("RED_FIRST",),
        ("FROM_THE_TOP", "RED_FIRST"),
        ("GIVES_A_FILE",),
        ("KNOWS_ONLY_FILES",),
        ("WRITES_TOO_FAR",),
        ("PRINTS",),
        ("SAVES_ON_ITS_OWN",),
    ],
)
def test_a_photo_is_there_whichever_way_a_library_gives_it_and_however_untidy_it_is(
    decoder, tmp_path, monkeypatch, kinds
):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(photo_decoder, "IN_MEMORY", scratch)
    library = compiled(tmp_path, *kinds)
    photo = decoder.decode(library, PHOTO)
    assert (photo.width, photo.height, len(photo.pixels)) == (102, 126, 102 * 126 * 4)
    assert (pixel(photo, 2, 2), pixel(photo, 40, 66)) == (WALL, SKIN)
    assert list(scratch.iterdir()) == []
    assert [path.stat().st_size for path in tmp_path.rglob("*.bmp")] in ([], [0])


@pytest.mark.parametrize(
    "kind", ["CRASHES", "REFUSES", "GIVES_NOTHING", "EATS_MEMORY", "WRITES_FAR_TOO_FAR", "HAS_NO_FUNCTION"]
)
def test_a_library_that_fails_costs_its_photo_and_the_next_one_is_decoded(decoder, tmp_path, kind):
    trouble = PhotoTrouble.UNKNOWN if kind == "HAS_NO_FUNCTION" else PhotoTrouble.FAILED
    if kind == "EATS_MEMORY":
        assert decoder.decode(compiled(tmp_path, kind), PHOTO)  # it was refused the memory, and did its work then
    else:
        with pytest.raises(PhotoFault) as fault:
            decoder.decode(compiled(tmp_path, kind), PHOTO)
        assert fault.value.trouble is trouble
    assert decoder.decode(compiled(tmp_path), PHOTO)


def test_a_library_that_hangs_is_given_up(tmp_path):
    decoder = HelperPhotoDecoder(longest_s=1.0)
    with pytest.raises(PhotoFault) as fault:
        decoder.decode(compiled(tmp_path, "HANGS"), PHOTO)
    assert (fault.value.trouble, decoder._helper.is_running) == (PhotoTrouble.FAILED, False)


def test_closing_does_not_wait_for_a_library_that_hangs(tmp_path):
    decoder, told = HelperPhotoDecoder(longest_s=60.0), []

    def decode():
        with pytest.raises(PhotoFault) as fault:
            decoder.decode(compiled(tmp_path, "HANGS"), PHOTO)
        told.append(fault.value.trouble)

    thread = threading.Thread(target=decode)
    thread.start()
    while not decoder._helper.is_running:
        thread.join(0.01)
    decoder.close()
    thread.join(20)
    assert told == [PhotoTrouble.FAILED]
    with pytest.raises(PhotoFault):
        decoder.decode(compiled(tmp_path), PHOTO)


def test_what_is_on_no_chip_never_reaches_the_library(decoder, tmp_path):
    for photo in (b"", PHOTO[:-1], PHOTO + b"\0"):
        with pytest.raises(PhotoFault):
            decoder.decode(compiled(tmp_path), photo)


def test_what_the_process_says_beside_a_photo_is_not_believed():
    decoder = HelperPhotoDecoder(module="tests.capture.card_readers.liar")
    for lie in ("short", "none", "two", "trouble", "babble"):
        with pytest.raises(PhotoFault) as fault:
            decoder.decode(lie, PHOTO)
        assert fault.value.trouble is PhotoTrouble.FAILED


def test_a_file_that_is_no_library_is_told_from_one_that_is_gone(decoder, tmp_path):
    for library, trouble in (
        (no_library(tmp_path), PhotoTrouble.UNUSABLE),
        (str(Path(tmp_path, "gone.so")), PhotoTrouble.MISSING),
        (str(tmp_path), PhotoTrouble.MISSING),
    ):
        with pytest.raises(PhotoFault) as fault:
            decoder.examine(library)
        assert fault.value.trouble is trouble
