"""Every way in which a picture from outside is decoded tells the same faults."""

import io

import pytest
from PIL import Image

from app.capture.cleaning import picture as cleaning
from app.capture.opening import Fault, flat, opened
from app.capture.pages import FilePages
from app.capture.recognition import pictures as recognition
from app.services.errors import BadAttachment
from tests.capture.hostile import HOSTILE

WAYS = {
    "opened and flat": lambda data: flat(opened(data)),
    "to be cleaned": cleaning.decoded,
    "to be read": recognition.decoded,
    "to be shown": lambda data: FilePages().thumbnail(data, "image/jpeg", 0, 100),
}


def encoded(mode, colour, kind="PNG", **options):
    target = io.BytesIO()
    Image.new(mode, (90, 70), colour).save(target, kind, **options)
    return target.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("way", WAYS)
def test_a_hostile_picture_is_told_in_the_same_word_wherever_it_comes(way, name):
    data, fault = HOSTILE[name]
    with pytest.raises((Fault, BadAttachment)) as refused:
        WAYS[way](data)
    assert str(refused.value) == fault


@pytest.mark.parametrize(
    ("data", "mode", "seen"),
    [
        (encoded("1", 1), "L", 255),
        (encoded("I;16", 0x80FF), "L", 0x80),
        (encoded("P", 0), "RGB", (0, 0, 0)),
        (encoded("P", 0, transparency=0), "RGB", (255, 255, 255)),
        (encoded("RGBA", (0, 0, 0, 0)), "RGB", (255, 255, 255)),
        (encoded("CMYK", (0, 0, 0, 0), "JPEG"), "RGB", (255, 255, 255)),
    ],
)
def test_a_page_is_grey_or_in_colour_and_white_where_it_is_clear(data, mode, seen):
    page = flat(opened(data))
    assert (page.mode, page.getpixel((9, 9))) == (mode, seen)


def test_a_picture_to_be_read_is_turned_as_its_camera_says():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert recognition.decoded(encoded("L", 9, "JPEG", exif=exif)).shape == (90, 70, 3)
