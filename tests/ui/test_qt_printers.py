"""Printing through Qt, as on Windows; here Qt's printer writes a file. It was not run on Windows."""

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter

from app.capture.pages import FilePages
from app.services.errors import NotFound, PrinterFault, PrinterTrouble
from app.services.ports import JobState, PrintJob, PrintWish
from tests.printing.sheets import sheet
from ui.qt_printers import QtPrinters

MARK = "lideng 000731 1"


@pytest.fixture
def pages():
    reader = FilePages()
    yield reader
    if hasattr(reader, "close"):
        reader.close()


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out.pdf"


@pytest.fixture
def printers(qapp, pages, out):
    def make(name):
        if name != "office":
            raise PrinterFault(PrinterTrouble.UNKNOWN)
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out))
        return printer

    return QtPrinters(pages, make)


def black_in(page):
    picture = page.render(scale=1).to_pil().convert("L")
    return picture.size, picture.point(lambda grey: 255 if grey < 128 else 0).getbbox()


def test_every_page_is_printed_at_its_own_place_and_size_once_it_is_started(printers, out):
    pdf = sheet("x", pages=3)
    job = printers.lay(pdf, PrintWish("qt:office", size="iso_a4_210x297mm"), MARK)
    assert printers.follow(job) == PrintJob(JobState.LAID)
    assert not out.exists()
    printers.start(job)
    assert printers.follow(job) == PrintJob(JobState.PRINTED)
    before, after = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument(out)
    assert len(after) == 3
    (size, box), (as_printed, box_printed) = black_in(before[1]), black_in(after[1])
    assert all(abs(one - other) <= 1 for one, other in zip(size, as_printed, strict=True))
    assert all(abs(one - other) <= 2 for one, other in zip(box, box_printed, strict=True))
    before.close()
    after.close()
    stamp = out.stat().st_mtime_ns
    printers.start(job)
    assert out.stat().st_mtime_ns == stamp


def test_an_unknown_printer_is_told_and_not_replaced_by_another(printers, qapp, pages):
    for asked in (printers, QtPrinters(pages)):
        with pytest.raises(PrinterFault) as told:
            asked.lay(sheet("x"), PrintWish("qt:nowhere"), MARK)
        assert told.value.trouble is PrinterTrouble.UNKNOWN


def test_a_job_that_was_not_started_can_be_dropped_and_is_never_printed(printers, out):
    one = printers.lay(sheet("x"), PrintWish("qt:office"), MARK)
    other = printers.lay(sheet("x"), PrintWish("qt:office"), MARK)
    assert printers.discard(MARK, {other}) == 1
    printers.start(one)
    assert printers.follow(one) == PrintJob(JobState.CANCELLED)
    assert not out.exists()


def test_a_job_that_nobody_remembers_was_never_printed(printers):
    assert printers.follow("qt:99") == PrintJob(JobState.GONE)
    with pytest.raises(NotFound):
        printers.start("qt:99")


def test_what_qt_does_not_take_has_failed(printers, monkeypatch):
    job = printers.lay(sheet("x"), PrintWish("qt:office"), MARK)
    monkeypatch.setattr("ui.qt_printers.QPainter.begin", lambda *_: False)
    with pytest.raises(PrinterFault):
        printers.start(job)
    assert printers.follow(job) == PrintJob(JobState.FAILED, PrinterTrouble.FAILED)


def test_the_printers_of_the_system_are_listed(printers):
    assert all(one.key.startswith("qt:") for one in printers.printers())
