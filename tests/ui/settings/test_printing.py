"""The section of printing: what is found, what is chosen for which paper, tests, and the receipt printer."""

from dataclasses import replace

import pytest

from app.domain.paper import PaperKind
from app.services.errors import PrinterTrouble
from app.services.ports import DOTS_58, DOTS_80, PrinterInfo, RollPrinter, RollState
from app.services.print_settings import ON_THE_ROLL, PrintChoice
from tests.fakes.printers import OFFICE, MemoryPrinters
from tests.fakes.rolls import MemoryRolls
from tests.printing.counters import ADDRESS, with_printers
from ui.settings.presenters.printing import PrintPresenter
from ui.settings.sections.printing import PrintSection

OTHER = PrinterInfo("fake:certificates", "Fictitious 300", trays=("manual",), sizes=("iso_a4_210x297mm",))


@pytest.fixture
def printers():
    return MemoryPrinters(OFFICE, OTHER)


@pytest.fixture
def rolls():
    return MemoryRolls(ADDRESS)


@pytest.fixture
def presenter(around, view, runner, printers, rolls):
    around.counter = with_printers(around.counter, printers, rolls)
    made = PrintPresenter(around, view)
    made.start()
    runner.work()
    return made


def kept(around):
    return around.counter.printing.settings.read()


def test_printers_are_looked_for_once_and_every_choice_is_kept_at_once(presenter, view, around, runner):
    assert [one.key for one in view.state.printers] == [OFFICE.key, OTHER.key]
    presenter.choose_printer(OFFICE.key)
    presenter.change(tray="tray-2")
    presenter.change(copies=2)
    assert kept(around).usual == PrintChoice(OFFICE.key, OFFICE.name, 2, "tray-2")
    presenter.start()
    assert not view.state.is_looking


def test_a_kind_of_paper_can_have_a_printer_of_its_own_and_give_it_back(presenter, view, around):
    presenter.choose_printer(OFFICE.key)
    presenter.choose_kind(PaperKind.CERTIFICATE)
    assert view.state.choice is None
    assert view.state.printer == OFFICE
    presenter.change(copies=3)
    assert kept(around).own == {}
    presenter.choose_printer(OTHER.key)
    presenter.change(tray="manual")
    assert kept(around).of(PaperKind.CERTIFICATE) == PrintChoice(OTHER.key, OTHER.name, 1, "manual")
    assert view.state.printer == OTHER
    presenter.choose_printer(None)
    assert kept(around).of(PaperKind.CERTIFICATE).printer == OFFICE.key


def test_without_anything_that_prints_it_says_what_to_do(presenter, view, runner, printers):
    printers.is_away = True
    presenter.look()
    runner.work()
    assert view.state.printers == ()
    assert "cups" in view.state.message


def test_a_page_is_printed_to_test_and_its_trouble_is_told(presenter, view, runner, printers):
    presenter.test()
    assert (view.state.is_testing, view.state.tone) == (False, "warn")
    presenter.choose_printer(OFFICE.key)
    presenter.test()
    runner.work()
    assert (view.state.is_testing, view.state.tone, len(printers.came_out())) == (False, "good", 1)
    printers.suffer(PrinterTrouble.NO_PAPER)
    presenter.test()
    runner.work()
    assert view.state.message.startswith("打印机没有纸了。")


def test_the_receipt_printer_is_written_as_a_person_writes_it_and_chosen_for_what_has_a_slip(presenter, view, around):
    presenter.type_address("192.0.2.9")
    presenter.change_roll(dots=DOTS_58)
    presenter.change_roll(types_han=False)
    assert kept(around).roll == RollPrinter(ADDRESS, DOTS_58, types_han=False)
    presenter.choose_kind(PaperKind.CERTIFICATE)
    assert not view.state.takes_slips
    presenter.choose_kind(PaperKind.MATERIALS_RECEIPT)
    assert view.state.takes_slips
    presenter.choose_printer(ON_THE_ROLL)
    assert kept(around).of(PaperKind.MATERIALS_RECEIPT).printer == ON_THE_ROLL
    presenter.type_address("")
    presenter.change_roll()
    assert kept(around).roll.address == ""
    assert kept(around).of(PaperKind.MATERIALS_RECEIPT) == kept(around).usual


@pytest.mark.parametrize(
    ("state", "tone"),
    [
        (RollState(), "good"),
        (RollState(is_low=True), "warn"),
        (RollState(answers=False), "warn"),
        (RollState(PrinterTrouble.COVER_OPEN), "warn"),
    ],
)
def test_a_slip_is_printed_to_test(presenter, view, runner, rolls, state, tone):
    presenter.test_roll()
    assert view.state.roll_tone == "warn"
    rolls.states[ADDRESS] = state
    presenter.type_address("192.0.2.9")
    presenter.test_roll()
    runner.work()
    assert (view.state.is_testing, view.state.roll_tone) == (False, tone)
    assert bool(rolls.slips[ADDRESS]) is (state.trouble is None)


def test_the_screen_offers_what_each_kind_can_be_printed_on(around, runner, printers, rolls, qtbot):
    around.counter = with_printers(around.counter, printers, rolls)
    around.counter.printing.settings.keep_roll(RollPrinter(ADDRESS, DOTS_80))
    section = PrintSection(around)
    qtbot.addWidget(section)
    section.start()
    runner.work()
    assert _words(section._printer) == ["不用打印机，打开 PDF", "Fictitious 200·二楼", "Fictitious 300"]
    assert not section._tray.isEnabled()
    section._printer.edited.emit("Fictitious 200·二楼")
    assert section._tray.isEnabled()
    assert _words(section._tray) == ["打印机自己定", "纸盒 1", "纸盒 2"]
    assert _words(section._size) == ["打印机自己定", "A4", "A5"]
    section._tray.edited.emit("纸盒 2")
    section._kind.edited.emit("收件凭证")
    assert _words(section._printer)[0] == "和所有文书一样"
    assert _words(section._printer)[-1] == "小票打印机"
    assert section._tray.value() == "纸盒 2"
    section._printer.edited.emit("小票打印机")
    assert "收件凭证 → 小票打印机" in section._own.text()


def test_a_chosen_printer_that_is_away_stays_chosen_and_is_said_to_be_away(around, runner, printers, rolls, qtbot):
    around.counter = with_printers(around.counter, printers, rolls)
    around.counter.printing.settings.keep_usual(
        PrintChoice("fake:gone", "Fictitious 9", 1, "tray-7", "iso_c5_162x229mm")
    )
    section = PrintSection(around)
    qtbot.addWidget(section)
    section.start()
    runner.work()
    assert (section._printer.value(), section._tray.value()) == ("Fictitious 9", "纸盒 7")
    assert section._size.value() == "162 × 229 mm"
    assert "没有应答" in section._known.text()


def test_two_printers_of_one_name_are_told_apart(around, runner, rolls, qtbot):
    twins = MemoryPrinters(replace(OTHER, key="fake:a"), replace(OTHER, key="fake:b"))
    around.counter = with_printers(around.counter, twins, rolls)
    section = PrintSection(around)
    qtbot.addWidget(section)
    section.start()
    runner.work()
    assert _words(section._printer)[1:] == ["Fictitious 300", "Fictitious 300·b"]


def _words(field):
    return [field.itemText(place) for place in range(field.count())]
