"""What whoever watches a card reader may rely on: the fake, and the real one over a pty."""

import time
from dataclasses import dataclass
from typing import Any

import pytest

from app.capture.card_readers.reader import SerialCardReader
from app.capture.card_readers.text_block import card_in
from app.services.ports import ReaderPort, ReaderState
from tests.capture.card_readers.blocks import PHOTO, block
from tests.capture.card_readers.simulator import ReaderSimulator
from tests.capture.card_readers.watched import QUICK, Told
from tests.fakes.card_reading import FakeCardReader


@dataclass
class Place:
    """A reader, and the hands at it."""

    reader: Any
    told: Told
    plug: Any
    unplug: Any
    lay: Any
    lift: Any


@pytest.fixture(params=["fake", "serial"])
def place(request):
    made, told = request.getfixturevalue(f"_{request.param}"), Told()
    yield Place(made[0], told, *made[1:])
    made[0].close()


@pytest.fixture
def _fake():
    fake = FakeCardReader()
    return fake, fake.plug, fake.unplug, lambda text: fake.lay(card_in(text, photo=PHOTO)), fake.lift


@pytest.fixture
def _serial():
    listed = []
    with ReaderSimulator() as simulator:

        def lift():
            simulator.lift()
            begun = len(simulator.heard)
            while len(simulator.heard) < begun + 30:
                time.sleep(0.005)

        def unplug():
            listed.clear()
            simulator.unplug()

        reader = SerialCardReader(lambda: list(listed), lambda: list(listed), pace=QUICK)
        plug = lambda: listed.append(ReaderPort(simulator.path, "USB"))  # noqa: E731
        yield reader, plug, unplug, simulator.lay, lift


def test_a_reader_is_found_when_it_is_plugged_in_and_gone_when_it_is_unplugged(place):
    place.reader.watch(place.told.card, place.told.state)
    place.told.wait_for(ReaderState.NONE)
    assert (place.reader.reader, list(place.reader.ports())) == (None, [])
    place.plug()
    place.told.wait_for(ReaderState.READY)
    assert [place.reader.reader] == list(place.reader.ports())
    place.unplug()
    place.told.wait_for(ReaderState.NONE, since=2)
    assert place.told.states == [ReaderState.NONE, ReaderState.READY, ReaderState.NONE]


def test_a_card_is_told_once_and_again_when_it_was_lifted(place):
    place.plug()
    place.reader.watch(place.told.card, place.told.state)
    place.told.wait_for(ReaderState.READY)
    place.lay(block())
    place.told.wait_for_cards(1)
    place.lift()
    place.lay(block())
    place.told.wait_for_cards(2)
    place.told.wait_for(ReaderState.READY, since=4)
    assert place.told.cards == [card_in(block(), photo=PHOTO)] * 2
    assert place.told.states == [ReaderState.READY, *[ReaderState.READING, ReaderState.READY] * 2]


def test_a_port_that_was_chosen_is_the_only_one(place):
    place.plug()
    place.reader.use("/dev/no-such-port")
    place.reader.watch(place.told.card, place.told.state)
    place.told.wait_for(ReaderState.NONE)
    place.reader.use("")
    place.told.wait_for(ReaderState.READY)


def test_nothing_is_told_after_the_end(place):
    place.plug()
    place.reader.watch(place.told.card, place.told.state)
    place.told.wait_for(ReaderState.READY)
    place.reader.close()
    place.lay(block())
    time.sleep(0.05)
    assert (place.told.cards, place.told.states) == ([], [ReaderState.READY])
