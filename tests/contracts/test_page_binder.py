import pytest

from app.capture.binding import PdfBinder
from app.services.errors import BadAttachment
from app.services.ports import BoundPage
from tests.capture import drawn
from tests.fakes.binding import PlainBinder

PAGES = (BoundPage(drawn.as_jpeg(drawn.blank(50)), "image/jpeg"), BoundPage(drawn.as_png(drawn.blank(50)), "image/png"))


@pytest.fixture(params=[PdfBinder, PlainBinder])
def binder(request):
    return request.param()


def test_the_same_pages_give_the_same_document(binder):
    document = binder.bind(PAGES, "居民身份证")
    assert document.startswith(b"%PDF-")
    assert binder.bind(PAGES, "居民身份证") == document


def test_a_turned_page_gives_another_document(binder):
    turned = (PAGES[0], BoundPage(PAGES[1].data, PAGES[1].media_type, 90))
    assert binder.bind(turned, "居民身份证") != binder.bind(PAGES, "居民身份证")


def test_what_is_no_picture_is_refused(binder):
    with pytest.raises(BadAttachment) as refused:
        binder.bind((BoundPage(b"no picture", "image/jpeg"),), "居民身份证")
    assert refused.value.fault == "damaged"
