"""The contracts of ``RollPrinters`` and ``SlipMaker``, on the fakes and on what the program has."""

from dataclasses import dataclass
from typing import Any

import pytest

from app.papers.slips import RollSlipMaker
from app.printing import rolls
from app.printing.rolls import EscposPrinters
from app.services.errors import MissingGlyphs, PrinterFault, PrinterTrouble
from app.services.ports import DOTS_80, Look, RollPrinter, RollState, Row
from tests.fakes.rolls import MemoryRolls, PlainSlips
from tests.printing.roll import RollPrinterFake, on_the_network


@dataclass
class Counter:
    printers: Any
    printer: RollPrinter
    empty: Any
    count: Any


@pytest.fixture(params=["fake", "escpos"])
def at(request, monkeypatch):
    monkeypatch.setattr(rolls, "ANSWER_S", 20)  # as long as a busy machine may take
    if request.param == "fake":
        memory = MemoryRolls("tcp:a:1")
        empty = {"tcp:a:1": RollState(PrinterTrouble.NO_PAPER, is_low=True)}
        yield Counter(
            memory, RollPrinter("tcp:a:1"), lambda: memory.states.update(empty), lambda: len(memory.slips["tcp:a:1"])
        )
        return
    fake = RollPrinterFake()
    with on_the_network(fake) as address:
        yield Counter(
            EscposPrinters(),
            RollPrinter(address),
            lambda: setattr(fake, "paper_out", True),
            lambda: len(fake.slips),
        )


@pytest.fixture(params=[PlainSlips, RollSlipMaker])
def maker(request):
    return request.param()


def test_a_slip_is_printed_by_a_printer_that_is_well(at, maker):
    strips = maker.strips([Row("收件凭证", Look.TITLE), Row("㛃")], DOTS_80, types_han=True)
    assert at.printers.print(at.printer, strips) == RollState()
    assert at.printers.state(at.printer) == RollState()
    assert at.count() == 1


def test_without_paper_nothing_is_printed(at, maker):
    at.empty()
    with pytest.raises(PrinterFault) as told:
        at.printers.print(at.printer, maker.strips([Row("x")], DOTS_80, types_han=True))
    assert told.value.trouble is PrinterTrouble.NO_PAPER
    assert at.printers.state(at.printer).trouble is PrinterTrouble.NO_PAPER
    assert at.count() == 0


def test_a_printer_that_nobody_reaches_is_away(at):
    with pytest.raises(PrinterFault) as told:
        at.printers.state(RollPrinter("tcp:127.0.0.1:9"))
    assert told.value.trouble is PrinterTrouble.OFFLINE


def test_lines_are_pictures_where_the_printer_lacks_characters(maker):
    typed, drawn, rule = maker.strips([Row("收件"), Row("㛃"), Row("", Look.RULE)], DOTS_80, types_han=True)
    assert (typed.text, typed.bits) == ("收件", None)
    assert drawn.bits is not None
    assert rule.bits is not None
    assert maker.strips([Row("收件")], DOTS_80, types_han=False)[0].bits is not None


def test_characters_that_no_font_has_are_named(maker):
    with pytest.raises(MissingGlyphs) as told:
        maker.strips([Row("\U0003fffd")], DOTS_80, types_han=True)
    assert told.value.characters == "\U0003fffd"
