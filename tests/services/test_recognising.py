from datetime import date

import pytest

from app.domain.application import Page
from app.services.errors import BadAttachment
from app.services.ports import ReadField, Reading, ReadPaper, ReadValue
from app.services.recognising import MOST_PICTURES, RecognitionService, ended_on
from tests.fakes.pages import BlankPages
from tests.fakes.reading import FakeTextReader

SCANNED, CLEANED = b"\xff\xd8" + bytes(60), b"\x89PNG" + bytes(60)
CARD = Reading(ReadPaper.RESIDENT_CARD, {ReadField.NAME: ReadValue("林晚舟", 0.99)}, {ReadField.NAME: b"\xff\xd8"})


def over(until):
    return Reading(ReadPaper.RESIDENT_CARD, {ReadField.VALID_TO: ReadValue(until, 0.99)}, {})


@pytest.fixture
def reader():
    return FakeTextReader()


@pytest.fixture
def service(reader, counter):
    return RecognitionService(reader, BlankPages(), counter.images)


def kept(counter, data, original=b""):
    with counter.intake._store.write() as uow:
        page = Page(uow.blobs.put(data), "image/png", original=uow.blobs.put(original) if original else "")
        uow.commit()
    return page


def test_a_page_is_read_as_it_was_scanned(service, reader, counter):
    reader.papers[SCANNED] = [CARD]
    assert service.read_pages([kept(counter, CLEANED, SCANNED)]) == [CARD]


def test_a_page_whose_scan_is_gone_is_read_as_it_is(service, reader, counter):
    reader.papers[CLEANED] = [CARD]
    page = kept(counter, CLEANED)
    assert service.read_pages([Page(page.digest, "image/png", original="0" * 64)]) == [CARD]


def test_only_the_first_pages_are_looked_at(service, reader, counter):
    service.read_pages([kept(counter, CLEANED)] * (MOST_PICTURES + 3))
    assert len(reader.asked[0]) == MOST_PICTURES


def test_a_file_is_read_and_not_kept(service, reader, sample_png):
    (page,) = BlankPages().read(sample_png)
    reader.papers[page.data] = [CARD]
    assert service.read_files([sample_png]) == [CARD]


def test_a_file_that_is_no_picture_is_refused_before_anything_reads_it(service, reader):
    with pytest.raises(BadAttachment):
        service.read_files([b"PK\x03\x04"])
    assert reader.asked == []


@pytest.mark.parametrize(("until", "says"), [("2026-05-17", date(2026, 5, 17)), ("2026-05-18", None), ("长期", None)])
def test_a_card_has_ended_the_day_after_its_last(until, says):
    assert ended_on(over(until), date(2026, 5, 18)) == says
    assert ended_on(CARD, date(2026, 5, 18)) is None
