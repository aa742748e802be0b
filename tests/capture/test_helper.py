"""A helper process that answers, dies, hangs or says what is no message."""

from collections.abc import Iterator

import pytest

from app.capture.helper import Helper, HelperDied, HelperHung
from app.capture.messages import Message


@pytest.fixture
def helper() -> Iterator[Helper]:
    helper = Helper("tests.capture.talker")
    yield helper
    helper.close()


def ask(helper: Helper, do: str, *parts: bytes, longest_s: float = 20) -> Message:
    helper.send(Message({"do": do}, parts))
    return helper.receive(longest_s)


def test_an_answer_brings_back_every_part(helper: Helper) -> None:
    parts = (b"", b"\x00\xff" * 300_000, "页".encode())
    assert tuple(ask(helper, "echo", *parts).parts) == parts


def test_one_process_answers_until_it_is_closed(helper: Helper) -> None:
    first = ask(helper, "echo").header["pid"]
    assert ask(helper, "echo").header["pid"] == first
    helper.close()
    assert not helper.is_running
    assert ask(helper, "echo").header["pid"] != first


def test_a_process_that_dies_is_told_and_started_anew(helper: Helper) -> None:
    with pytest.raises(HelperDied):
        ask(helper, "die")
    assert ask(helper, "echo").header["did"] == "echo"


def test_a_process_that_hangs_is_killed(helper: Helper) -> None:
    ask(helper, "echo")
    with pytest.raises(HelperHung):
        ask(helper, "hang", longest_s=0.2)
    assert not helper.is_running
    assert ask(helper, "echo").header["did"] == "echo"


def test_what_is_no_message_ends_the_process(helper: Helper) -> None:
    with pytest.raises(HelperDied):
        ask(helper, "babble")
    assert not helper.is_running


def test_a_process_that_was_killed_from_outside_is_told(helper: Helper) -> None:
    ask(helper, "echo")
    helper._process.kill()  # type: ignore[union-attr]
    with pytest.raises(HelperDied):
        helper.receive(20)
