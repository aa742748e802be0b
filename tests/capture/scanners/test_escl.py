"""Scanners that speak eSCL, on loopback: jobs and pages, troubles of every kind, servers that lie."""

import io
import threading
import time

import pytest
from PIL import Image

from app.capture.scanners import escl
from app.capture.scanners.driver import Progress
from app.capture.scanners.escl import EsclDriver, bases
from app.capture.scanners.escl_xml import read_capabilities, read_xml
from app.services.errors import ScannerFault, ScannerTrouble
from app.services.ports.scanning import Colours, Feeding, ScanWish, SheetSize
from tests.capture.scanners.escl_server import CAPABILITIES, INPUT, EsclScanner, self_signed, serving, sheet

FEEDER, FLATBED, BOTH = Feeding.FEEDER, Feeding.FLATBED, Feeding.BOTH_SIDES


@pytest.fixture
def server():
    with serving() as scanner:
        yield scanner


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(escl, "AGAIN_S", 0.02)


def begun(server, feeding=FEEDER, progress=None, **wished):
    return EsclDriver().begin(ScanWish(server.address, feeding, **wished), progress or Progress())


def scanned(server, feeding=FEEDER, progress=None, **wished):
    """Return the pages and the trouble that ended the scan, None for none."""
    pages = []
    try:
        job = begun(server, feeding, progress, **wished)
    except ScannerFault as fault:
        return [], fault.trouble
    try:
        while page := job.next_page():
            pages.append(page.data)
    except ScannerFault as fault:
        return pages, fault.trouble
    finally:
        job.end()
    return pages, None


def test_scanners_are_found_by_address_and_those_that_do_not_answer_are_left_out(server):
    host = server.address.removeprefix("http://")
    devices = EsclDriver([host, "127.0.0.1:9", "no host.at/all", "ftp://127.0.0.1/eSCL", server.address]).devices()
    assert [device.key for device in devices] == [f"http://{host}", server.address]
    assert devices[0].name == "Fictitious Office 200"
    assert devices[0].feedings == tuple(Feeding)
    assert devices[0].colours == (Colours.COLOUR, Colours.GREY)
    assert devices[0].resolutions == (75, 300)
    assert devices[0].largest_mm == (216, 356)


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("192.0.2.7", ["http://192.0.2.7/eSCL", "https://192.0.2.7/eSCL"]),
        (" scanner.local:8080/ ", ["http://scanner.local:8080/eSCL", "https://scanner.local:8080/eSCL"]),
        ("http://192.0.2.7/other/", ["http://192.0.2.7/other", "https://192.0.2.7/other"]),
        ("https://192.0.2.7", ["https://192.0.2.7/eSCL"]),
        ("[2001:db8::7]", ["http://[2001:db8::7]/eSCL", "https://[2001:db8::7]/eSCL"]),
    ],
)
def test_an_address_may_be_a_host_or_whole(address, where):
    assert bases(address) == where


def test_the_feeder_gives_its_sheets_in_order_and_the_job_is_ended(server):
    sheets = [sheet(number) for number in range(3)]
    server.feeder, server.not_ready = list(sheets), 2
    assert scanned(server, BOTH) == (sheets, None)
    assert server.asked[-1] == "DELETE 1"
    assert "<scan:Duplex>true<" in server.settings[0]


def test_one_page_comes_from_the_glass_as_it_was_wished(server):
    server.chunked = True
    glass, progress = server.glass, Progress()
    assert scanned(server, FLATBED, progress, colours=Colours.BLACK_AND_WHITE, dpi=90, size=SheetSize.A5) == (
        [glass],
        None,
    )
    told = server.settings[0]
    assert "<pwg:InputSource>Platen<" in told
    assert "<scan:ColorMode>Grayscale8<" in told
    assert "<scan:XResolution>75<" in told
    assert "<pwg:Width>1748<" in told
    assert 0 < progress.percent <= 99


def test_an_encrypted_line_needs_no_certificate_that_somebody_signed(tmp_path):
    with serving(certificate=self_signed(tmp_path / "both.pem")) as server:
        assert [device.key for device in EsclDriver([server.address.replace("https", "http")]).devices()] == [
            server.address
        ]
        server.feeder = [sheet()]
        assert scanned(server) == ([sheet()], None)


@pytest.mark.parametrize(
    ("adf", "trouble"),
    [
        ("ScannerAdfJam", ScannerTrouble.JAM),
        ("ScannerAdfMispick", ScannerTrouble.JAM),
        ("ScannerAdfMultipickDetected", ScannerTrouble.JAM),
        ("ScannerAdfHatchOpen", ScannerTrouble.COVER_OPEN),
        ("ScannerAdfInputTrayFailed", ScannerTrouble.DRIVER),
    ],
)
def test_a_feeder_that_stops_says_why_and_the_pages_before_it_are_given(server, adf, trouble):
    server.feeder = [sheet(1), sheet(2), adf, sheet(3)]
    assert scanned(server) == ([sheet(1), sheet(2)], trouble)
    server.adf = "ScannerAdfLoaded"
    assert scanned(server) == ([sheet(3)], None)


@pytest.mark.parametrize(
    ("statuses", "adf", "trouble"),
    [
        ({"POST ScanJobs": 503}, "ScannerAdfLoaded", ScannerTrouble.BUSY),
        ({"POST ScanJobs": 503}, "ScannerAdfHatchOpen", ScannerTrouble.COVER_OPEN),
        ({"POST ScanJobs": 409}, "ScannerAdfEmpty", ScannerTrouble.NO_PAPER),
        ({"POST ScanJobs": 401}, "", ScannerTrouble.DENIED),
        ({"POST ScanJobs": 500}, "", ScannerTrouble.DRIVER),
        ({"GET ScannerCapabilities": 403}, "", ScannerTrouble.DENIED),
        ({"GET ScannerCapabilities": 404}, "", ScannerTrouble.GONE),
        ({"GET ScannerCapabilities": 503}, "", ScannerTrouble.BUSY),
        ({"GET NextDocument": 500}, "", ScannerTrouble.DRIVER),
        ({"GET NextDocument": 404, "GET ScannerStatus": 500}, "", ScannerTrouble.NO_PAPER),
    ],
)
def test_what_a_scanner_refuses_has_its_trouble(server, statuses, adf, trouble):
    server.statuses, server.adf, server.feeder = statuses, adf, [sheet()]
    assert scanned(server) == ([], trouble)


def test_an_empty_feeder_is_no_paper_and_a_glass_without_a_page_is_not(server):
    assert scanned(server) == ([], ScannerTrouble.NO_PAPER)
    server.glass, server.adf = None, "ScannerAdfProcessing"
    assert scanned(server, FLATBED) == ([], ScannerTrouble.DRIVER)
    server.state = "Stopped"
    assert scanned(server, FLATBED) == ([], ScannerTrouble.DRIVER)


@pytest.mark.parametrize("chunked", [False, True])
def test_a_cut_line_costs_the_page_that_was_on_it(server, chunked):
    server.feeder, server.cut_after, server.chunked = [sheet()], 3000, chunked
    assert scanned(server) == ([], ScannerTrouble.GONE)


def test_a_scanner_that_is_switched_off_is_gone(server):
    server.address = "http://127.0.0.1:9/eSCL"
    assert scanned(server) == ([], ScannerTrouble.GONE)


@pytest.mark.parametrize(
    "address", ["http://", "gopher://127.0.0.1/", "http://a b/", "http://[/", "http://h:99999/", ""]
)
def test_an_address_that_is_none_is_gone(address):
    with pytest.raises(ScannerFault) as fault:
        EsclDriver().begin(ScanWish(address), Progress())
    assert fault.value.trouble is ScannerTrouble.GONE


def huge():
    buffer = io.BytesIO()
    Image.new("L", (20_000, 20_000)).save(buffer, "JPEG", quality=1)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "page",
    [b"", b"\xff\xd8\xff", b"%PDF-1.7 no page image", sheet()[:-500], huge()],
    ids=["empty", "cut", "pdf", "half", "huge"],
)
def test_what_is_no_whole_picture_of_a_page_is_not_taken(server, page):
    server.feeder = [page or b"\n"]
    assert scanned(server) == ([], ScannerTrouble.DRIVER)


@pytest.mark.parametrize(("says", "trouble"), [(10**12, ScannerTrouble.DRIVER), (50, ScannerTrouble.DRIVER)])
def test_a_length_that_is_a_lie_costs_a_message(server, says, trouble):
    server.feeder, server.says_length = [sheet()], says
    assert scanned(server) == ([], trouble)


def test_a_page_without_end_is_given_up(server, monkeypatch):
    monkeypatch.setattr(escl, "LARGEST_PAGE", 10_000)
    server.feeder, server.chunked = [bytes(50_000)], True
    assert scanned(server) == ([], ScannerTrouble.DRIVER)


def test_a_page_that_never_becomes_ready_is_given_up(server, monkeypatch):
    monkeypatch.setattr(escl, "LONGEST_PAGE_S", 0.1)
    server.feeder, server.not_ready = [sheet()], 10**6
    assert scanned(server) == ([], ScannerTrouble.DRIVER)


def test_a_job_is_looked_for_on_the_scanner_alone_wherever_it_says_it_is(server):
    server.feeder, server.location = [sheet()], "http://192.0.2.66:1/eSCL/ScanJobs/1"
    assert scanned(server) == ([sheet()], None)
    for nowhere in ("", "elsewhere", "//192.0.2.66", "http://[::1/eSCL"):
        server.feeder, server.location, server.adf = [sheet()], nowhere or " ", "ScannerAdfLoaded"
        assert scanned(server) == ([], ScannerTrouble.DRIVER)


def test_a_stop_ends_the_answer_that_is_being_read_and_the_job(server):
    server.feeder, server.drip_s, progress = [sheet()], 30, Progress()
    job = begun(server, progress=progress)

    def stop():
        while not progress.percent:
            time.sleep(0.005)
        progress.stop.set()
        job.cancel()

    stopping = threading.Thread(target=stop)
    stopping.start()
    with pytest.raises(ScannerFault):
        job.next_page()
    stopping.join()
    job.end()
    assert server.asked[-1] == "DELETE 1"


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"no xml",
        b"<a><b></a>",
        b'<!DOCTYPE a [<!ENTITY x "yyyy">]><a>&x;</a>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="UTF-99"?><a/>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        b"<a>" * 40 + b"</a>" * 40,
        b"<a>" + b"<b/>" * 20_000 + b"</a>",
        b"<a>" + b" " * 600_000 + b"</a>",
    ],
)
def test_xml_that_is_odd_is_not_read(xml):
    with pytest.raises(ScannerFault):
        read_xml(xml)


@pytest.mark.parametrize(
    "inside",
    [
        INPUT.replace("2550", "9" * 40),
        INPUT.replace("2550", "-1"),
        INPUT.replace("300", "x"),
        INPUT.replace("RGB24", "RGB48"),
    ],
)
def test_capabilities_that_are_absurd_are_taken_for_usual_ones(inside):
    told = read_capabilities(CAPABILITIES.format(input=inside).encode())
    able = told.inputs[FLATBED]
    assert able.largest_mm in {(216, 356), (210, 356)}
    assert able.resolutions in {(75, 300), (75,)}
    assert able.colours


def test_a_version_that_is_none_does_not_come_back_to_the_scanner():
    told = read_capabilities(CAPABILITIES.format(input=INPUT).replace("2.63", "2&lt;x/&gt;").encode())
    assert told.version == "2.0"


def test_resolutions_may_be_a_range():
    span = "<scan:XResolutionRange><scan:Min>100</scan:Min><scan:Max>600</scan:Max></scan:XResolutionRange>"
    inside = INPUT.replace("<scan:SupportedResolutions>", f"<scan:SupportedResolutions>{span}")
    told = read_capabilities(CAPABILITIES.format(input=inside).encode())
    assert told.inputs[FEEDER].resolutions == (75, 100, 150, 200, 300, 400, 600)


def test_what_is_no_scanner_is_not_listed():
    for odd in (b"<html/>", b"<a:ScannerCapabilities xmlns:a='x'/>", b"\xff" * 9):
        with serving(EsclScanner(capabilities=odd)) as server:
            assert EsclDriver([server.address]).devices() == []
