"""What whoever wants a card's photo may rely on: the fake, and the real one over compiled libraries."""

import pytest

from app.capture.card_readers.photo_decoder import HelperPhotoDecoder
from app.services.errors import PhotoFault, PhotoTrouble
from tests.capture.card_readers.blocks import PHOTO
from tests.capture.card_readers.decoders import compiled, no_library
from tests.fakes.card_reading import FakePhotoDecoder

KINDS = {"REFUSES": PhotoTrouble.FAILED, "HAS_NO_FUNCTION": PhotoTrouble.UNKNOWN}


@pytest.fixture(params=["fake", "helper"])
def place(request, tmp_path):
    """Return a decoder, and the paths of libraries by what is wrong with them; None is one that works."""
    paths = {trouble: compiled(tmp_path, kind) for kind, trouble in KINDS.items()}
    paths |= {None: compiled(tmp_path), PhotoTrouble.UNUSABLE: no_library(tmp_path)}
    fake = FakePhotoDecoder({path: trouble for trouble, path in paths.items()})
    decoder = fake if request.param == "fake" else HelperPhotoDecoder()
    yield decoder, paths | {PhotoTrouble.MISSING: str(tmp_path / "gone")}
    decoder.close()


def test_a_photo_comes_out_as_pixels(place):
    decoder, paths = place
    decoder.examine(paths[None])
    photo = decoder.decode(paths[None], PHOTO)
    assert (photo.width, photo.height, len(photo.pixels)) == (102, 126, 4 * 102 * 126)


@pytest.mark.parametrize("trouble", list(PhotoTrouble))
def test_what_is_wrong_with_a_library_is_told(place, trouble):
    decoder, paths = place
    with pytest.raises(PhotoFault) as fault:
        decoder.decode(paths[trouble], PHOTO)
    assert fault.value.trouble is trouble
    if trouble is PhotoTrouble.FAILED:
        decoder.examine(paths[trouble])  # that shows with a photo only
        return
    with pytest.raises(PhotoFault) as fault:
        decoder.examine(paths[trouble])
    assert fault.value.trouble is trouble


def test_what_is_on_no_chip_is_not_decoded(place):
    decoder, paths = place
    with pytest.raises(PhotoFault):
        decoder.decode(paths[None], PHOTO[:-1])


def test_nothing_is_decoded_after_the_end(place):
    decoder, paths = place
    decoder.close()
    with pytest.raises(PhotoFault):
        decoder.decode(paths[None], PHOTO)
