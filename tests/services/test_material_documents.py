"""Documents of materials: their pages in order, with the stamp of whoever saw the original."""

from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest

from app.domain.application import HandedIn, Page
from app.domain.clock import CHINA
from app.services.errors import NotFound
from tests.capture import drawn
from tests.support import CLERK

SEEN_AT = datetime(2026, 5, 18, 10, 26, tzinfo=CHINA)


@pytest.fixture
def handed_in(counter):
    """A material of two pages, the second turned."""
    with counter.intake._store.write() as uow:
        front = Page(uow.blobs.put(drawn.as_jpeg(drawn.blank(40))), "image/jpeg")
        back = Page(uow.blobs.put(drawn.as_jpeg(drawn.turned(drawn.blank(30), 90))), "image/jpeg", 90)
        uow.commit()
    return HandedIn(copies=1, pages=(front, back))


def texts(document):
    opened = pypdfium2.PdfDocument(document)
    try:
        return ["".join(page.get_textpage().get_text_bounded().split()) for page in opened]
    finally:
        opened.close()


def test_a_document_has_a_sheet_for_every_page(counter, handed_in):
    document = counter.material_documents.document(handed_in, "户口簿", counter.station.code)
    assert texts(document) == ["", ""]
    assert counter.material_documents.document(handed_in, "户口簿", counter.station.code) == document


def test_whoever_saw_the_original_and_when_is_stamped_on_every_page(counter, handed_in):
    checked = replace(handed_in, checked_by=CLERK.login, checked_at=SEEN_AT)
    document = counter.material_documents.document(checked, "户口簿", counter.station.code)
    assert texts(document) == [f"原件核对{CLERK.name}2026年5月18日10:26"] * 2


def test_a_page_that_is_nowhere_is_told(counter, handed_in):
    lost = replace(handed_in, pages=(*handed_in.pages, Page("0" * 64, "image/jpeg")))
    with pytest.raises(NotFound):
        counter.material_documents.document(lost, "户口簿", counter.station.code)
