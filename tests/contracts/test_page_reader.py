import io

import pytest
from PIL import Image

from app.capture.limits import LARGEST_FILE
from app.capture.pages import FilePages
from app.demonstration import CLERK
from app.services.errors import BadAttachment
from tests.fakes.pages import BlankPages
from tests.support import accepted


@pytest.fixture(params=[FilePages, BlankPages])
def reader(request):
    return request.param()


def size(png):
    return Image.open(io.BytesIO(png), formats=("PNG",)).size


def test_a_picture_becomes_one_page_that_can_be_shown(reader, sample_png):
    (page,) = reader.read(sample_png)
    assert page.media_type in {"image/jpeg", "image/png"}
    width, height = size(reader.thumbnail(page.data, page.media_type, 0, 100))
    assert width <= 100
    assert height > width


def test_a_quarter_turn_lays_a_page_on_its_side(reader, sample_png):
    (page,) = reader.read(sample_png)
    width, height = size(reader.thumbnail(page.data, page.media_type, 90, 100))
    assert height < width <= 100


@pytest.mark.parametrize(
    ("data", "fault"), [(b"", "damaged"), (b"PK\x03\x04 no picture", "kind"), (bytes(LARGEST_FILE + 1), "size")]
)
def test_what_cannot_be_taken_says_why(reader, data, fault):
    with pytest.raises(BadAttachment) as refused:
        reader.read(data)
    assert refused.value.fault == fault


def test_a_page_of_a_paper_is_as_wide_as_asked_with_four_bytes_a_pixel(reader, counter):
    case = accepted(counter)
    pdf = counter.papers.pdf(counter.papers.of_case(case.number)[0], CLERK)
    picture = reader.paper(pdf, 0, 200)
    assert picture.width == 200
    assert len(picture.pixels) == picture.width * picture.height * 4
    assert picture.pages >= 1
