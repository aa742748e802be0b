import io
import signal
import subprocess
import sys

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from app.capture import limits, pages
from app.capture.pages import FilePages
from app.config import ROOT
from app.services.errors import BadAttachment

READER = FilePages()


def picture(kind="PNG", mode="RGB", size=(300, 420), **options):
    buffer = io.BytesIO()
    image = Image.new(mode, size, "white" if mode != "I;16" else 65535)
    if mode in {"RGB", "L", "1"}:
        ImageDraw.Draw(image).rectangle((20, 20, 80, 60), fill=0)
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def pdf(count=1, size=(300, 420)):
    document = pypdfium2.PdfDocument.new()
    for _ in range(count):
        document.new_page(*size)
    buffer = io.BytesIO()
    document.save(buffer)
    document.close()
    return buffer.getvalue()


def opened(page):
    return Image.open(io.BytesIO(page.data))


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (picture("JPEG"), "image/jpeg"),
        (picture("JPEG", "CMYK"), "image/jpeg"),
        (picture("PNG"), "image/jpeg"),
        (picture("PNG", "RGBA"), "image/jpeg"),
        (picture("PNG", "I;16"), "image/jpeg"),
        (picture("PNG", "1"), "image/png"),
        (picture("TIFF", "1", compression="group4"), "image/png"),
        (pdf(), "image/jpeg"),
    ],
)
def test_every_kind_that_is_taken_becomes_a_picture(data, media_type):
    (page,) = READER.read(data)
    assert page.media_type == media_type
    assert opened(page).size[0] >= 300


def test_a_tiff_and_a_pdf_have_as_many_pages_as_they_have():
    frames = [Image.new("L", (50, 70), shade) for shade in (0, 128, 255)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "TIFF", save_all=True, append_images=frames[1:])
    assert len(READER.read(buffer.getvalue())) == 3
    assert len(READER.read(pdf(4))) == 4


def test_the_turn_of_a_camera_is_kept_and_the_place_is_dropped():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    (page,) = READER.read(picture("JPEG", size=(100, 60), exif=exif))
    assert opened(page).size == (60, 100)
    assert not opened(page).getexif()


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "damaged"),
        (b"hello", "kind"),
        (b"PK\x03\x04" + bytes(100), "kind"),
        (b"%PDF-1.7\n" + bytes(100), "damaged"),
        (picture("JPEG")[:500], "damaged"),
        (pdf(61), "pages"),
        (pdf(1, (100_000, 100_000)), "size"),
        (pdf(60, (3000, 1000)), "size"),
        (picture("PNG", "1", (20_000, 20_000)), "size"),
        (picture("PNG", "1", (66_000, 4)), "size"),
        (bytes(limits.LARGEST_FILE + 1), "size"),
    ],
)
def test_what_cannot_be_taken_says_why(data, fault):
    with pytest.raises(BadAttachment) as caught:
        READER.read(data)
    assert caught.value.fault == fault


def test_a_file_that_hangs_the_decoder_is_given_up(monkeypatch):
    monkeypatch.setattr(pages, "LONGEST_S", 0.01)
    with pytest.raises(BadAttachment) as caught:
        READER.read(picture())
    assert caught.value.fault == "damaged"


@pytest.mark.skipif(sys.platform == "win32", reason="counts seconds of the clock there")
def test_a_page_that_takes_too_much_computing_ends_the_decoder():
    program = (
        "from itertools import count; from app.capture import decode; decode.LONGEST_PAGE_S = 0.05;"
        "list(decode._watched(iter(lambda: all(count(1)), 0)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False, cwd=ROOT)
    assert done.returncode == -signal.SIGPROF


def test_the_largest_honest_page_fits_into_the_decoder_s_memory():
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = READER.read(picture("JPEG", size=(6614, 4677), exif=exif))
    assert opened(page).size == (4677, 6614)


def test_a_telephone_s_picture_is_one_page_whatever_stands_behind_it():
    frames = [Image.new("RGB", (120, 80), colour) for colour in ("white", "black")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "MPO", save_all=True, append_images=frames[1:])
    (page,) = READER.read(buffer.getvalue())
    assert opened(page).getpixel((9, 9)) == (255, 255, 255)


def test_transparent_places_are_white():
    buffer = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(buffer, "PNG")
    (page,) = READER.read(buffer.getvalue())
    assert opened(page).getpixel((9, 9)) == (255, 255, 255)


@pytest.mark.parametrize(("turn", "shape"), [(0, "upright"), (90, "lying"), (180, "upright"), (270, "lying")])
def test_a_thumbnail_is_turned_as_the_clerk_turned_it(turn, shape):
    png = Image.open(io.BytesIO(READER.thumbnail(picture(), "image/png", turn, 60)))
    assert png.width <= 60
    assert (png.height > png.width) == (shape == "upright")


def test_a_page_of_a_paper_is_drawn_as_wide_as_is_asked():
    shown = READER.paper(pdf(2), 1, 400)
    assert (abs(shown.width - 400) <= 1, shown.pages) == (True, 2)
    assert len(shown.pixels) == shown.width * shown.height * 4
    assert READER.paper(pdf(2), 9, 400).pages == 2
