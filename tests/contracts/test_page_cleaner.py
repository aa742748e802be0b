import io

import pytest
from PIL import Image

from app.capture.cleaning.cleaner import HelperCleaner
from app.services.errors import BadAttachment
from app.services.ports import Colours, Corner
from tests.capture import drawn
from tests.fakes.cleaning import PlainCleaner

CORNERS = (Corner(0.1, 0.1), Corner(0.9, 0.1), Corner(0.9, 0.9), Corner(0.1, 0.9))


@pytest.fixture(params=[HelperCleaner, PlainCleaner], scope="module")
def cleaner(request):
    cleaner = request.param()
    yield cleaner
    cleaner.close()


def test_a_page_comes_back_as_a_picture_of_the_told_kind(cleaner):
    page = cleaner.clean(drawn.as_jpeg(drawn.sealed(drawn.paper("certificate", 100))))
    assert Image.open(io.BytesIO(page.data)).format == page.media_type.removeprefix("image/").upper()
    assert page.colours is Colours.COLOUR
    assert page.corners is None
    assert not page.remarks


@pytest.mark.parametrize("colours", list(Colours))
def test_wished_colours_are_kept_to(cleaner, colours):
    page = cleaner.clean(drawn.as_png(drawn.paper("receipt", 100)), colours=colours)
    modes = {Colours.COLOUR: "RGB", Colours.GREY: "L", Colours.BLACK_AND_WHITE: "1"}
    assert page.colours is colours
    assert Image.open(io.BytesIO(page.data)).mode == modes[colours]


def test_corners_that_were_drawn_are_taken_as_they_are(cleaner):
    page = cleaner.clean(drawn.as_jpeg(drawn.paper("receipt", 100)), corners=CORNERS)
    assert page.corners is not None
    for got, drawn_by_hand in zip(page.corners, CORNERS, strict=True):
        assert (got.x, got.y) == pytest.approx((drawn_by_hand.x, drawn_by_hand.y), abs=0.001)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "damaged"),
        (b"%PDF-1.7 no picture", "kind"),
        (drawn.as_jpeg(drawn.blank(50))[:2000], "damaged"),
        (drawn.as_png(drawn.paper("receipt", 50))[:4000], "damaged"),
        (bytes(20 * 1024 * 1024 + 1), "size"),
    ],
)
def test_what_cannot_be_taken_says_why(cleaner, data, fault):
    with pytest.raises(BadAttachment) as refused:
        cleaner.clean(data)
    assert refused.value.fault == fault


def test_a_closed_cleaner_starts_again(cleaner):
    cleaner.close()
    assert cleaner.clean(drawn.as_jpeg(drawn.blank(50))).data
