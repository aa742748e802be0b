"""The reader over a pty, with a simulator at the other end; with everything that goes wrong between them."""

import threading
import time

import pytest

from app.capture.card_readers import dialogue, watching
from app.capture.card_readers.frames import Command, reply, request
from app.capture.card_readers.lines import PortBusy, PortDenied, SerialLine
from app.services.ports import CardKind, ReaderPort, ReaderState
from tests.capture.card_readers.blocks import block
from tests.capture.card_readers.simulator import Gps, Modem, ReaderSimulator
from tests.capture.card_readers.watched import at, watched

READY, READING, LIFTED, UNREADABLE = ReaderState.READY, ReaderState.READING, ReaderState.LIFTED, ReaderState.UNREADABLE
STEPS = (Command.SELECT, Command.READ, Command.NEWEST_ADDRESS)


@pytest.fixture(autouse=True)
def _short_waits(monkeypatch):
    monkeypatch.setattr(dialogue, "ASK_S", 0.15)
    monkeypatch.setattr(dialogue, "READ_S", 0.5)
    monkeypatch.setattr(dialogue, "PAUSE_S", 0.08)
    monkeypatch.setattr(watching, "SHOWN_S", 0.0)


@pytest.fixture
def simulator():
    with ReaderSimulator() as made:
        yield made


@pytest.mark.parametrize("kind", CardKind)
def test_every_kind_of_card_is_read(simulator, kind):
    with watched(at(simulator)) as (told, reader):
        simulator.lay(block(kind))
        told.wait_for_cards(1)
        told.wait_for(READING)
    assert told.cards[0].kind is kind
    assert reader.reader == ReaderPort(simulator.path, "USB")


@pytest.mark.parametrize("forgets", [False, True])
def test_a_card_that_stays_is_told_once_and_again_after_it_was_lifted(simulator, forgets):
    simulator.forgets = forgets
    with watched(at(simulator)) as (told, _reader):
        simulator.lay(block())
        told.wait_for_cards(1)
        _let_it_look(simulator, 5)
        assert len(told.cards) == 1
        simulator.lift()
        _let_it_look(simulator, 2)
        simulator.lay(block(CardKind.FOREIGNER))
        told.wait_for_cards(2)
    assert [card.kind for card in told.cards] == [CardKind.RESIDENT, CardKind.FOREIGNER]


def test_an_address_that_was_written_later_is_told(simulator):
    with watched(at(simulator)) as (told, _reader):
        simulator.lay(block(), "临江市西河区新街 1 号".ljust(35).encode("utf-16-le"))
        told.wait_for_cards(1)
    assert told.cards[0].newest_address == "临江市西河区新街 1 号"


def test_a_reader_that_knows_no_newest_address_is_asked_once(simulator):
    simulator.silent_at = {Command.NEWEST_ADDRESS}
    with watched(at(simulator)) as (told, _reader):
        for count in (1, 2):
            simulator.lay(block())
            told.wait_for_cards(count)
            simulator.lift()
            _let_it_look(simulator, 2)
    assert simulator.heard.count(request(Command.NEWEST_ADDRESS)) == 1


@pytest.mark.parametrize("step", STEPS[:2])
def test_a_card_that_is_pulled_away_is_told_and_read_when_it_lies_there_again(simulator, step):
    with watched(at(simulator)) as (told, _reader):
        simulator.lift_at = step
        simulator.lay(block())
        told.wait_for(LIFTED)
        assert told.cards == []
        simulator.lift_at = None
        simulator.lay(block())
        told.wait_for_cards(1)
        told.wait_for(READY, since=told.states.index(LIFTED))
    assert told.states[:3] == [READY, READING, LIFTED]


def test_a_card_that_is_pulled_away_after_its_text_was_read_is_read(simulator):
    with watched(at(simulator)) as (told, _reader):
        simulator.lift_at = Command.NEWEST_ADDRESS
        simulator.lay(block())
        told.wait_for_cards(1)
    assert told.cards[0].newest_address == ""


@pytest.mark.parametrize("command", [Command.FIND, Command.SELECT, Command.READ, Command.MODULE_NUMBER])
@pytest.mark.parametrize(
    "fault",
    [
        lambda answer: answer[:-1] + bytes([answer[-1] ^ 1]),
        lambda answer: answer[:-3],
        lambda answer: answer[:7],
        lambda answer: answer[:5] + b"\xff\xff" + answer[7:],
        lambda answer: b"\xaa\xaa\xaa\x96\x69\x00",
        lambda answer: b"",
        lambda answer: reply(0x90, b"\xff" * 100),
    ],
    ids=["check", "cut", "head", "length", "begun", "silence", "lie"],
)
def test_an_answer_that_was_spoilt_once_costs_another_question(simulator, command, fault):
    left = [fault]
    simulator.spoil = lambda asked, answer: left.pop()(answer) if left and asked is command else answer
    with watched(at(simulator)) as (told, _reader):
        simulator.lay(block())
        told.wait_for_cards(1)
    assert told.cards[0].name == "丁珊瑚"
    assert left == []


def test_an_answer_that_was_spoilt_asks_for_the_card_again_where_the_reader_reads_none_twice(simulator):
    simulator.reads_again = False
    left = [lambda answer: answer[:-1]]
    simulator.spoil = lambda asked, answer: left.pop()(answer) if left and asked is Command.READ else answer
    with watched(at(simulator)) as (told, _reader):
        simulator.lay(block())
        told.wait_for(LIFTED)
        simulator.lay(block())
        told.wait_for_cards(1)


def test_noise_before_and_after_every_answer_costs_nothing(simulator):
    simulator.spoil = lambda _command, answer: b"\x00\xaa\xaa\x96" + answer + b"\xaa\xaa\xff"
    with watched(at(simulator)) as (told, _reader):
        simulator.lay(block())
        told.wait_for_cards(1)
    assert LIFTED not in told.states


def test_a_reader_that_repeats_what_it_is_told_is_understood(simulator):
    simulator.echoes = True
    with watched(at(simulator)) as (told, _reader):
        simulator.lay(block())
        told.wait_for_cards(1)


def test_a_wire_that_trickles_is_waited_for(monkeypatch):
    monkeypatch.setattr(dialogue, "READ_S", 4.0)
    with ReaderSimulator(bytes_s=4000) as simulator, watched(at(simulator)) as (told, _reader):
        simulator.lay(block())
        told.wait_for_cards(1)
    assert simulator.readings == 1


def test_a_card_that_cannot_be_read_is_told_and_not_read_over_and_over(simulator):
    simulator.spoil = lambda asked, answer: reply(0x41) if asked is Command.READ else answer
    simulator.forgets = True
    with watched(at(simulator)) as (told, _reader):
        simulator.lay(block())
        told.wait_for(UNREADABLE)
        asked = simulator.heard.count(request(Command.READ))
        _let_it_look(simulator, 5)
        assert simulator.heard.count(request(Command.READ)) == asked == watching.ATTEMPTS


@pytest.mark.parametrize("text", [bytes(256), block(name="", number=" " * 18)])
def test_a_card_that_says_nothing_is_unreadable_at_once(simulator, text):
    with watched(at(simulator)) as (told, _reader):
        simulator.lay(text)
        told.wait_for(UNREADABLE)
    assert (told.cards, simulator.readings) == ([], 1)


def test_a_card_of_an_unknown_kind_is_unreadable_at_once(simulator):
    simulator.spoil = lambda asked, answer: reply(0x40) if asked is Command.READ else answer
    with watched(at(simulator)) as (told, _reader):
        simulator.lay(block())
        told.wait_for(UNREADABLE)
    assert simulator.heard.count(request(Command.READ)) == 1


@pytest.mark.parametrize("status", [0x60, 0x66])
def test_a_reader_that_is_ill_is_told_and_followed_until_it_is_well(simulator, status):
    simulator.status = status
    with watched(at(simulator)) as (told, _reader):
        told.wait_for(ReaderState.FAILING)
        simulator.status = 0x90
        told.wait_for(READY)
        simulator.lay(block())
        told.wait_for_cards(1)


def test_a_reader_that_falls_silent_is_told_and_reads_again_when_it_speaks(simulator):
    with watched(at(simulator)) as (told, _reader):
        told.wait_for(READY)
        simulator.silent_at = set(Command)
        told.wait_for(ReaderState.FAILING)
        simulator.silent_at = set()
        simulator.lay(block())
        told.wait_for_cards(1)


@pytest.mark.parametrize("step", [None, Command.FIND, *STEPS])
def test_a_reader_that_is_unplugged_is_gone_and_another_one_is_found(simulator, step):
    with ReaderSimulator() as other:
        ports = at(simulator)
        with watched(ports) as (told, reader):
            told.wait_for(READY)
            _unplug_at(simulator, step)
            simulator.lay(block())
            told.wait_for(ReaderState.NONE)
            other.lay(block())
            ports[:] = at(other)
            told.wait_for_cards(1)
            assert reader.reader == ReaderPort(other.path, "USB")


@pytest.mark.parametrize("device", [Gps, Modem])
def test_a_device_that_is_no_reader_is_asked_three_times_and_left_alone(device, simulator):
    with device() as stranger, watched(at(stranger)) as (told, _reader):
        told.wait_for(ReaderState.NONE)
        _wait(lambda: stranger.heard.count(request(Command.MODULE_NUMBER)) == 3)
        time.sleep(0.2)
        assert bytes(stranger.heard) == request(Command.MODULE_NUMBER) * 3
        assert told.states == [ReaderState.NONE]


def test_a_reader_is_found_behind_a_device_that_is_none(simulator):
    with Gps() as gps, watched(at(gps, simulator)) as (told, _reader):
        simulator.lay(block())
        told.wait_for_cards(1)


def test_a_port_that_was_chosen_is_the_only_one_that_is_asked(simulator):
    with ReaderSimulator() as other, watched(at(simulator), chosen=other.path) as (told, reader):
        told.wait_for(READY)
        assert reader.reader == ReaderPort(other.path)
        assert not simulator.heard
        reader.use("")
        _wait(lambda: simulator.heard)


def test_a_chosen_port_without_a_reader_is_told_as_failing_and_one_that_is_not_there_as_none():
    with Modem() as modem, watched([], chosen=modem.path) as (told, reader):
        told.wait_for(ReaderState.FAILING)
        reader.use("/dev/no-such-port")
        told.wait_for(ReaderState.NONE)


def test_a_port_that_may_not_be_opened_is_told():
    def refused(_device):
        raise PortDenied

    with watched([ReaderPort("/dev/ttyUSB0")], opened=refused) as (told, _reader):
        told.wait_for(ReaderState.DENIED)


def test_a_port_that_another_program_holds_is_told_only_when_it_was_chosen():
    def busy(_device):
        raise PortBusy

    with watched([ReaderPort("/dev/ttyUSB0")], opened=busy) as (told, reader):
        told.wait_for(ReaderState.NONE)
        reader.use("/dev/ttyUSB0")
        told.wait_for(ReaderState.DENIED)


def test_a_port_is_opened_by_one_program_alone(simulator):
    first = SerialLine(simulator.path)
    with pytest.raises(PortBusy):
        SerialLine(simulator.path)
    first.close()
    SerialLine(simulator.path).close()


def test_nothing_is_told_after_the_end(simulator):
    with watched(at(simulator)) as (told, reader):
        told.wait_for(READY)
        reader.close()
        simulator.lay(block())
        time.sleep(0.1)
    assert told.cards == []
    assert "card reader" not in {thread.name for thread in threading.enumerate()}


def test_what_nobody_foresaw_does_not_end_the_thread(simulator, caplog):
    faults = [RuntimeError("丁珊瑚")]

    def ports():
        if faults:
            raise faults.pop()
        return at(simulator)

    with watched([]) as (told, reader):
        reader._usb = ports
        simulator.lay(block())
        told.wait_for_cards(1)
    assert told.states[:2] == [ReaderState.NONE, ReaderState.FAILING]


def _let_it_look(simulator, times):
    """Wait until a card was looked for so often."""
    begun = simulator.heard.count(request(Command.FIND))
    _wait(lambda: simulator.heard.count(request(Command.FIND)) >= begun + times)


def _unplug_at(simulator, step):
    if step is None:
        simulator.unplug()
        return

    def spoil(asked, answer):
        if asked is step:
            threading.Thread(target=simulator.unplug).start()
            return answer[:9]
        return answer

    simulator.spoil = spoil


def _wait(until):
    end = time.monotonic() + 20
    while not until():
        assert time.monotonic() < end
        time.sleep(0.005)
