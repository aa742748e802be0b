"""CUPS itself, by a server of our own: options, what ails a printer, what ends a job, and a server that dies."""

import getpass
import socket
import threading
import time
from pathlib import Path

import pypdfium2
import pytest
from PIL import ImageOps

from app.printing import cups_line
from app.printing.cups import CupsPrinters
from app.printing.cups_line import Server, server
from app.printing.listing import printer_names
from app.services.errors import PrinterFault, PrinterTrouble
from app.services.ports import ENDED, JobState, PrintJob, PrintWish
from tests.printing.cupsd import CUPS_PDF, IS_THERE, PATIENCE_S, cups
from tests.printing.sheets import sheet

needs_cups = pytest.mark.skipif(not IS_THERE, reason="CUPS is not installed")
MARK = "lideng 000731 1"
ANONYMOUS = Path("/var/spool/cups-pdf/ANONYMOUS")


@pytest.fixture(scope="module")
def running():
    with cups() as there:
        yield there


@pytest.fixture
def cupsd(running, monkeypatch):
    monkeypatch.setenv("CUPS_SERVER", running.address)
    running.queue("office")
    return running


@pytest.fixture
def printers():
    return CupsPrinters()


def started(printers, queue="office", **wishes):
    job = printers.lay(sheet("x"), PrintWish(f"cups:{queue}", **wishes), MARK)
    printers.start(job)
    return job


def wait(printers, job, good):
    end = time.monotonic() + PATIENCE_S
    while not good(found := printers.follow(job)):
        assert time.monotonic() < end, found
        time.sleep(0.02)
    return found


def end_of(printers, job):
    return wait(printers, job, lambda found: found.state in ENDED)


# --- what a job asks for ------------------------------------------------------------------------------------------


@needs_cups
def test_copies_tray_and_size_reach_the_printer_and_one_side_a_sheet(cupsd, printers):
    job = started(printers, copies=3, tray="tray-2", size="iso_a5_148x210mm")
    end_of(printers, job)
    options = cupsd.options(job).split()
    assert options[0] == "3"
    assert {"InputSlot=Tray2", "PageSize=A5", "sides=one-sided"} <= set(options)


@needs_cups
@pytest.mark.parametrize(
    ("wishes", "scaling", "height"),
    [
        ({}, "none", 72),
        ({"size": "iso_a4_210x297mm"}, "none", 72),
        ({"size": "iso_a5_148x210mm"}, "fit", 51),
        ({"size": "iso_a5_148x210mm", "is_exact": True}, "none", 21),
    ],
)
def test_only_what_is_too_large_for_the_chosen_sheet_is_made_smaller_to_come_out_whole(
    cupsd, printers, wishes, scaling, height
):
    job = started(printers, **wishes)
    end_of(printers, job)
    out = pypdfium2.PdfDocument(cupsd.printed(job))
    _left, top, _right, bottom = ImageOps.invert(out[0].render().to_pil().convert("L")).getbbox()
    out.close()
    assert f"print-scaling={scaling}" in cupsd.options(job)
    assert bottom - top == pytest.approx(height, abs=3)


@needs_cups
def test_the_pdf_stays_a_pdf_with_its_lines(cupsd, printers):
    job = printers.lay(sheet("x", pages=3), PrintWish("cups:office"), MARK)
    printers.start(job)
    end_of(printers, job)
    out = pypdfium2.PdfDocument(cupsd.printed(job))
    assert len(out) == 3
    kinds = {one.type for one in out[0].get_objects()}
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
    out.close()


@needs_cups
def test_a_printer_may_be_called_in_chinese(cupsd, printers):
    cupsd.queue("二楼-证明")
    job = started(printers, "二楼-证明")
    assert end_of(printers, job) == PrintJob(JobState.PRINTED)
    assert "二楼-证明 of fiction" in printer_names()


@needs_cups
def test_the_one_that_the_system_takes_by_itself_is_said(cupsd, printers):
    cupsd.must("lpadmin", "-d", "office")
    assert [one.key for one in printers.printers() if one.is_usual] == ["cups:office"]


@needs_cups
@pytest.mark.skipif(not CUPS_PDF.exists(), reason="cups-pdf is not installed")
def test_cups_pdf_makes_a_file_of_it(cupsd, printers, monkeypatch):
    if not cupsd.runs_as_root:
        pytest.skip("cups-pdf runs as root only")
    monkeypatch.setattr(getpass, "getuser", lambda: "nobody-of-fiction")
    cupsd.must("lpadmin", "-p", "pdf", "-E", "-v", "cups-pdf:/", "-P", cupsd.cups_pdf_ppd)
    job = started(CupsPrinters(), "pdf")
    assert end_of(printers, job) == PrintJob(JobState.PRINTED)
    (file,) = ANONYMOUS.glob(f"*job_{job.rpartition(':')[2]}.pdf")
    made = file.read_bytes()
    file.unlink()
    assert made.startswith(b"%PDF")


# --- what is wrong ------------------------------------------------------------------------------------------------


@needs_cups
@pytest.mark.parametrize(
    ("reason", "trouble"),
    [
        ("media-empty", PrinterTrouble.NO_PAPER),
        ("media-jam", PrinterTrouble.JAM),
        ("cover-open", PrinterTrouble.COVER_OPEN),
        ("toner-empty", PrinterTrouble.NO_INK),
    ],
)
def test_what_the_printer_lacks_is_said_while_it_lacks_and_then_it_goes_on(cupsd, printers, reason, trouble):
    cupsd.trouble(reason)
    job = started(printers)
    assert wait(printers, job, lambda found: found == PrintJob(JobState.PRINTING, trouble))
    assert printers.printers()[0].trouble is trouble
    cupsd.trouble(reason, over=True)
    assert end_of(printers, job) == PrintJob(JobState.PRINTED)


@needs_cups
def test_a_job_that_is_given_up_is_no_printed_one(cupsd, printers):
    cupsd.queue("strict", "fiction:/", "printer-error-policy=abort-job")
    cupsd.trouble("broken")
    job = started(printers, "strict")
    assert end_of(printers, job) == PrintJob(JobState.FAILED, PrinterTrouble.FAILED)
    cupsd.trouble("broken", over=True)


@needs_cups
def test_a_printer_that_stops_after_an_error_is_paused_and_its_job_waits(cupsd, printers):
    cupsd.queue("careful", "fiction:/", "printer-error-policy=stop-printer")
    cupsd.trouble("broken")
    job = started(printers, "careful")
    waiting = PrintJob(JobState.WAITING, PrinterTrouble.PAUSED)
    assert wait(printers, job, lambda found: found == waiting)
    cupsd.trouble("broken", over=True)
    cupsd.must("cupsenable", "careful")
    assert end_of(printers, job) == PrintJob(JobState.PRINTED)


@needs_cups
def test_a_printer_that_does_not_answer_is_tried_again_at_the_latest_when_somebody_says_so(cupsd, printers):
    cupsd.trouble("broken")
    job = started(printers)
    waiting = PrintJob(JobState.WAITING, PrinterTrouble.OFFLINE)
    assert wait(printers, job, lambda found: found == waiting)
    cupsd.trouble("broken", over=True)
    printers.start(job)
    assert end_of(printers, job) == PrintJob(JobState.PRINTED)


@needs_cups
def test_a_job_that_somebody_keeps_back_is_told_from_one_that_waits(cupsd, printers):
    cupsd.must("cupsdisable", "office")
    job = started(printers)
    assert printers.follow(job).trouble is PrinterTrouble.PAUSED
    cupsd.must("lp", "-i", job.removeprefix("cups:"), "-H", "hold")
    assert printers.follow(job) == PrintJob(JobState.LAID, PrinterTrouble.HELD)
    printers.cancel(job)
    cupsd.must("cupsenable", "office")


# --- a server that dies -------------------------------------------------------------------------------------------


@needs_cups
def test_what_was_laid_and_what_was_started_outlive_the_server_and_are_printed_once(cupsd, printers):
    cupsd.must("cupsdisable", "office")
    laid = printers.lay(sheet("x"), PrintWish("cups:office"), MARK)
    waiting = started(printers)
    cupsd.stop(kill=True)
    with pytest.raises(PrinterFault) as told:
        printers.follow(waiting)
    assert told.value.trouble is PrinterTrouble.NO_SERVICE
    cupsd.start()
    cupsd.must("cupsenable", "office")
    assert end_of(printers, waiting) == PrintJob(JobState.PRINTED)
    assert printers.follow(laid).state is JobState.LAID
    printers.start(laid)
    assert end_of(printers, laid) == PrintJob(JobState.PRINTED)


@needs_cups
def test_a_server_that_goes_away_while_it_prints_prints_when_it_is_back(cupsd, printers):
    cupsd.trouble("slow")
    job = started(printers)
    wait(printers, job, lambda found: found.state is JobState.PRINTING)
    cupsd.stop()
    with pytest.raises(PrinterFault):
        printers.follow(job)
    cupsd.trouble("slow", over=True)
    cupsd.start()
    assert end_of(printers, job) == PrintJob(JobState.PRINTED)


# --- who answers --------------------------------------------------------------------------------------------------


@pytest.fixture
def answering(monkeypatch, tmp_path):
    """Let somebody answer in the place of CUPS, with these bytes or with nothing."""
    place = Path(str(tmp_path)[:40]) / "s" if len(str(tmp_path)) > 90 else tmp_path / "s"
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(str(place))
    listening.listen()
    monkeypatch.setenv("CUPS_SERVER", str(place))
    threads = []

    def answer(data):
        def serve():
            link, _address = listening.accept()
            with link:
                link.recv(1 << 16)
                if data:
                    link.sendall(data)
                    link.shutdown(socket.SHUT_WR)
                while link.recv(1 << 16):  # else what is not read yet would cut the answer short
                    pass

        threads.append(threading.Thread(target=serve))
        threads[-1].start()

    yield answer
    listening.close()
    for thread in threads:
        thread.join()


def said(body, status=b"200 OK"):
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (status, len(body), body)


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (said(b""), PrinterTrouble.NO_SERVICE),
        (said(b"\x02\x00\x00\x00\x00\x00\x00\x01\x04\x42\x00\xff"), PrinterTrouble.NO_SERVICE),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nshort", PrinterTrouble.NO_SERVICE),
        (b"SSH-2.0-OpenSSH\r\n", PrinterTrouble.NO_SERVICE),
        (said(b"", b"401 Unauthorized"), PrinterTrouble.DENIED),
        (said(b"", b"426 Upgrade Required"), PrinterTrouble.DENIED),
        (said(b"", b"413 Request Entity Too Large"), PrinterTrouble.SPOOL_FULL),
        (said(b"", b"500 Broken"), PrinterTrouble.NO_SERVICE),
    ],
)
def test_whoever_answers_otherwise_than_cups_is_a_trouble_with_a_name(answering, printers, data, trouble):
    answering(data)
    with pytest.raises(PrinterFault) as told:
        printers.follow("cups:1")
    assert told.value.trouble is trouble


def test_a_full_disk_is_told_though_cups_hangs_up_before_it_has_the_whole_paper(tmp_path, monkeypatch, printers):
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    monkeypatch.chdir(tmp_path)
    listening.bind("s")
    listening.listen()
    monkeypatch.setattr(cups_line, "server", lambda: Server(path="s"))

    def hang_up():
        link, _address = listening.accept()
        with link:
            link.recv(1 << 16)
            link.sendall(said(b"", b"413 Request Entity Too Large"))

    thread = threading.Thread(target=hang_up)
    thread.start()
    with pytest.raises(PrinterFault) as told:
        printers.lay(bytes(8 << 20), PrintWish("cups:office"), MARK)
    thread.join()
    listening.close()
    assert told.value.trouble is PrinterTrouble.SPOOL_FULL


def test_a_server_that_never_answers_costs_a_moment_and_the_list_is_empty(answering, monkeypatch):
    monkeypatch.setattr(cups_line, "ANSWER_S", 0.1)
    answering(b"")
    assert printer_names() == ()


@pytest.mark.parametrize(
    ("named", "where"),
    [
        ("/run/other.sock", Server(path="/run/other.sock")),
        ("print.example", Server(host="print.example")),
        ("print.example:8631", Server(host="print.example", port=8631)),
        ("print.example/version=1.1", Server(host="print.example")),
        ("[2001:db8::7]:8631", Server(host="2001:db8::7", port=8631)),
    ],
)
def test_where_cups_is_can_be_said_in_the_environment(named, where):
    assert server({"CUPS_SERVER": named}) == where


def test_where_cups_is_can_be_said_in_a_file(tmp_path, monkeypatch):
    file = tmp_path / "client.conf"
    file.write_text("# of fiction\nEncryption IfRequested\nServerName print.example:8631\n")
    monkeypatch.setattr(cups_line, "CLIENT_FILES", (tmp_path / "none", file))
    assert server({}) == Server(host="print.example", port=8631)


def test_without_a_word_the_usual_socket_is_asked_or_the_usual_port(tmp_path, monkeypatch):
    monkeypatch.setattr(cups_line, "CLIENT_FILES", ())
    monkeypatch.setattr(cups_line, "SOCKETS", (tmp_path / "cups.sock",))
    assert server({}) == Server(host="localhost", port=631)
    (tmp_path / "cups.sock").touch()
    assert server({}) == Server(path=str(tmp_path / "cups.sock"))


def test_a_user_without_a_name_prints_too(monkeypatch):
    monkeypatch.setattr(getpass, "getuser", lambda: (_ for _ in ()).throw(OSError))
    assert CupsPrinters()._user.values == ("anonymous",)
