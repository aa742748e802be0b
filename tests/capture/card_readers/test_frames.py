import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.capture.card_readers.frames import LONGEST, PREAMBLE, Command, FrameFinder, Reply, reply, request

FOUND = bytes.fromhex("aaaaaa9669 0008 00009f 00000000 97")
ANSWER = reply(0x90, b"\x01\x00\x04\x00" + bytes(1280))


@pytest.mark.parametrize(
    ("command", "after_preamble"),
    [
        (Command.RESET, "000310ffec"),
        (Command.STATUS, "000311ffed"),
        (Command.MODULE_NUMBER, "000312ffee"),
        (Command.FIND, "0003200122"),
        (Command.SELECT, "0003200221"),
        (Command.READ, "0003300132"),
        (Command.NEWEST_ADDRESS, "0003300330"),
    ],
)
def test_commands_are_framed_as_the_standard_prints_them(command, after_preamble):
    assert request(command) == PREAMBLE + bytes.fromhex(after_preamble)


def test_the_answers_that_the_standard_prints_are_read():
    assert list(FrameFinder().feed(FOUND)) == [Reply(0x9F, bytes(4))]
    selected = bytes.fromhex("aaaaaa9669 000c 000090 0000000000000000 9c")
    assert list(FrameFinder().feed(selected)) == [Reply(0x90, bytes(8))]
    assert len(ANSWER) == 1295


def test_an_answer_that_comes_byte_by_byte_is_whole_with_its_last():
    finder = FrameFinder()
    found = [list(finder.feed(ANSWER[at : at + 1])) for at in range(len(ANSWER))]
    assert found[:-1] == [[]] * (len(ANSWER) - 1)
    assert found[-1] == [Reply(0x90, ANSWER[10:-1])]


@given(before=st.binary(max_size=40), after=st.binary(max_size=40), cut=st.integers(0, 100))
def test_noise_around_an_answer_costs_nothing(before, after, cut):
    if PREAMBLE in before + PREAMBLE[:4]:
        return
    stream, finder = before + FOUND + after, FrameFinder()
    found = [one for part in (stream[:cut], stream[cut:]) for one in finder.feed(part)]
    assert Reply(0x9F, bytes(4)) in found


@given(st.integers(0, len(ANSWER) - 6), st.integers(1, 255))
def test_one_wrong_bit_anywhere_is_no_answer(place, wrong):
    spoilt = bytearray(ANSWER)
    spoilt[5 + place] ^= wrong
    finder = FrameFinder()
    assert list(finder.feed(bytes(spoilt))) == []
    assert finder.is_spoilt or place < 2, "only a wrong length makes a frame that is no frame"


@pytest.mark.parametrize("length", [0, 3, LONGEST + 1, 0xFFFF])
def test_a_length_that_no_answer_has_is_noise_and_the_next_answer_is_found(length):
    lie = PREAMBLE + length.to_bytes(2, "big") + bytes(3)
    assert list(FrameFinder().feed(lie + FOUND)) == [Reply(0x9F, bytes(4))]


def test_a_preamble_that_begins_with_one_sign_too_many_is_found():
    assert list(FrameFinder().feed(b"\xaa" + FOUND)) == [Reply(0x9F, bytes(4))]


def test_an_echo_of_our_own_command_is_no_answer():
    assert list(FrameFinder().feed(request(Command.FIND) + FOUND)) == [Reply(0x9F, bytes(4))]


@given(st.lists(st.binary(max_size=3000), max_size=5))
def test_whatever_comes_no_more_than_a_frame_is_kept(parts):
    finder = FrameFinder()
    for part in parts:
        list(finder.feed(part))
        assert len(finder._kept) < LONGEST + 7 + 1
