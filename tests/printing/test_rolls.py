"""Receipt printers over TCP and at a pty, by a printer that understands every byte and draws what it was sent."""

import socket

import pytest
import zxingcpp

from app.papers.slips import RollSlipMaker
from app.printing import escpos, roll_lines, rolls
from app.printing.rolls import EscposPrinters
from app.services.errors import PrinterFault, PrinterTrouble
from app.services.ports import DOTS_58, DOTS_80, Look, RollPrinter, RollState, Row
from tests.printing.roll import RollPrinterFake, at_a_port, on_the_network

NUMBER = "20261123000731004297"
ROWS = [
    Row("云溪镇便民服务中心", Look.CENTRED),
    Row("收件凭证", Look.TITLE),
    Row("申请人：王㛃*·𬱖"),
    Row("收件时间：2026 年 11 月 23 日"),
    Row("", Look.RULE),
    Row(NUMBER, Look.CODE),
]
PRINTERS = EscposPrinters()


@pytest.fixture(scope="module")
def slip():
    maker = RollSlipMaker()
    return {dots: maker.strips(ROWS, dots, types_han=True) for dots in (DOTS_58, DOTS_80)}


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Wait as long as a busy machine may take for an answer."""
    monkeypatch.setattr(rolls, "ANSWER_S", 20)
    monkeypatch.setattr(rolls, "PAUSE_S", 0.01)


@pytest.fixture
def impatient(monkeypatch):
    """Take a printer for silent soon."""
    monkeypatch.setattr(rolls, "ANSWER_S", 0.3)


@pytest.fixture(params=["tcp", "serial", "usb"])
def connected(request):
    fake = RollPrinterFake()
    if request.param == "tcp":
        with on_the_network(fake) as address:
            yield fake, RollPrinter(address)
        return
    with at_a_port(fake) as path:
        yield fake, RollPrinter(f"serial:{path}:115200" if request.param == "serial" else f"usb:{path}")


@pytest.fixture
def fake():
    return RollPrinterFake()


@pytest.fixture
def printer(fake):
    with on_the_network(fake) as address:
        yield RollPrinter(address)


def told(call):
    with pytest.raises(PrinterFault) as fault:
        call()
    return fault.value.trouble


def test_a_slip_is_printed_and_cut_over_every_kind_of_line(connected, slip):
    fake, printer = connected
    assert PRINTERS.print(printer, slip[DOTS_80]) == RollState()
    assert fake.unknown == []
    assert len(fake.slips) == 1
    assert fake.rows == 0
    assert [code.text for code in zxingcpp.read_barcodes(fake.slips[0])] == [NUMBER]


def test_a_roll_of_58_mm_gets_a_slip_that_fits(slip):
    fake = RollPrinterFake(DOTS_58)
    with on_the_network(fake) as address:
        PRINTERS.print(RollPrinter(address, DOTS_58), slip[DOTS_58])
    assert fake.unknown == []
    assert [code.text for code in zxingcpp.read_barcodes(fake.slips[0])] == [NUMBER]


@pytest.mark.parametrize(
    ("feeling", "state"),
    [
        ({"paper_out": True}, RollState(PrinterTrouble.NO_PAPER, is_low=True)),
        ({"cover_open": True}, RollState(PrinterTrouble.COVER_OPEN)),
        ({"jammed": True}, RollState(PrinterTrouble.JAM)),
        ({"paper_low": True}, RollState(is_low=True)),
    ],
)
def test_what_ails_a_printer_is_read_back(connected, feeling, state):
    fake, printer = connected
    vars(fake).update(feeling)
    assert PRINTERS.state(printer) == state


def test_a_printer_that_says_nothing_is_known_to_be_silent(connected, impatient):
    fake, printer = connected
    fake.is_dumb = True
    assert PRINTERS.state(printer) == RollState(answers=False)


@pytest.mark.parametrize(
    ("feeling", "trouble"),
    [
        ("paper_out", PrinterTrouble.NO_PAPER),
        ("cover_open", PrinterTrouble.COVER_OPEN),
        ("jammed", PrinterTrouble.JAM),
    ],
)
def test_a_printer_that_cannot_print_is_sent_nothing(fake, printer, slip, feeling, trouble):
    setattr(fake, feeling, True)
    assert told(lambda: PRINTERS.print(printer, slip[DOTS_80])) is trouble
    setattr(fake, feeling, False)
    fake.take(b"")
    assert (fake.slips, fake.rows) == ([], 0)


def test_a_roll_that_ends_in_the_middle_is_told_and_the_rest_never_comes_out(fake, printer, slip):
    fake.runs_out_after = 60
    assert told(lambda: PRINTERS.print(printer, slip[DOTS_80])) is PrinterTrouble.NO_PAPER
    fake.runs_out_after, fake.paper_out = None, False
    PRINTERS.state(printer)
    assert fake.slips == []
    PRINTERS.print(printer, slip[DOTS_80])
    assert len(fake.slips) == 1


def test_a_roll_near_its_end_prints_and_says_so(fake, printer, slip):
    fake.paper_low = True
    assert PRINTERS.print(printer, slip[DOTS_80]) == RollState(is_low=True)


def test_a_printer_that_says_nothing_prints_blindly(fake, printer, slip, impatient):
    fake.is_dumb = True
    assert PRINTERS.print(printer, slip[DOTS_80]) == RollState(answers=False)
    PRINTERS.state(printer)
    assert len(fake.slips) == 1


def test_a_printer_that_cannot_tell_when_it_is_done_is_believed_after_a_while(fake, printer, slip, monkeypatch):
    monkeypatch.setattr(rolls, "PRINT_S", 0.3)
    fake.knows_fences = False
    assert PRINTERS.print(printer, slip[DOTS_80]) == RollState()
    assert len(fake.slips) == 1


def test_a_printer_that_falls_silent_while_it_prints_is_said_to_be_away(fake, printer, slip, monkeypatch):
    take = fake.take

    def silent_later(data):
        answers = take(data)
        fake.is_dumb = fake.is_dumb or fake.rows > 0 or bool(fake.slips)
        return answers if not fake.is_dumb else b""

    monkeypatch.setattr(fake, "take", silent_later)
    monkeypatch.setattr(rolls, "ANSWER_S", 0.7)
    assert told(lambda: PRINTERS.print(printer, slip[DOTS_80])) is PrinterTrouble.OFFLINE


@pytest.mark.parametrize("pieces", [0, 1, 3])
def test_a_printer_that_is_switched_off_before_or_in_the_middle_of_a_slip_is_away(
    fake, printer, slip, monkeypatch, pieces
):
    take, taken = fake.take, []

    def off_later(data):
        taken.append(data)
        if len(taken) > pieces:
            raise OSError
        return take(data)

    monkeypatch.setattr(fake, "take", off_later)
    assert told(lambda: PRINTERS.print(printer, slip[DOTS_80])) is PrinterTrouble.OFFLINE


class FullLine:
    def write(self, data, within_s):
        return 0

    def read(self, within_s):
        return b""


def test_a_printer_that_takes_nothing_is_given_up(impatient, monkeypatch):
    monkeypatch.setattr(rolls, "STALL_S", 0.1)
    assert told(lambda: rolls._send(FullLine(), b"x")) is PrinterTrouble.OFFLINE


@pytest.mark.parametrize(
    "address",
    ["tcp:127.0.0.1:9", "serial:/dev/ttyNOWHERE:9600", "usb:/dev/usb/lp99", "bluetooth:x", "tcp:127.0.0.1:many"],
)
def test_an_address_where_nobody_is_means_that_the_printer_is_away(address):
    assert told(lambda: PRINTERS.state(RollPrinter(address))) is PrinterTrouble.OFFLINE


def test_a_line_that_is_cut_is_a_printer_that_is_away(slip):
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"tcp:127.0.0.1:{listening.getsockname()[1]}"
    with listening:
        # Nobody accepts, and closing cuts.
        listening.listen(1)
        with roll_lines.opened(address) as line:
            link, _address = listening.accept()
            link.close()
            with pytest.raises(ConnectionResetError):
                line.read(1)


def test_a_port_that_may_not_be_opened_is_denied(monkeypatch):
    monkeypatch.setattr(roll_lines.os, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "no")))
    assert told(lambda: PRINTERS.state(RollPrinter("usb:/dev/usb/lp0"))) is PrinterTrouble.DENIED


@pytest.mark.parametrize(
    ("answers", "trouble"),
    [
        ((0x12, 0x12, 0x12), None),
        ((0x12, 0x12, 0x72), PrinterTrouble.NO_PAPER),
        ((0x1A, 0x32, 0x12), PrinterTrouble.NO_PAPER),
        ((0x1A, 0x16, 0x12), PrinterTrouble.COVER_OPEN),
        ((0x1A, 0x52, 0x12), PrinterTrouble.JAM),
        ((0x1A, 0x12, 0x12), PrinterTrouble.OFFLINE),
    ],
)
def test_status_bytes_mean_what_the_makers_say(answers, trouble):
    assert escpos.trouble(answers) is trouble
