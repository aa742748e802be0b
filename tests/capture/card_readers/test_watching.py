"""Cards that come and go while anything may happen to the wire, without waiting: thousands of turns a second.

CARD_READER_EXAMPLES=5000 plays for minutes.
"""

import os
from itertools import pairwise
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from app.capture.card_readers.dialogue import Dialogue
from app.capture.card_readers.frames import reply
from app.capture.card_readers.text_block import card_in
from app.capture.card_readers.watching import ATTEMPTS, MOST_SILENCES, CardWatch
from app.services.ports import CardKind, ReaderState
from tests.capture.card_readers.blocks import PHOTO, block
from tests.capture.card_readers.simulator import Answers

TEXTS = [block(kind) for kind in CardKind]
CARDS = [card_in(text, photo=PHOTO) for text in TEXTS]
EXAMPLES = int(os.environ.get("CARD_READER_EXAMPLES", "40"))
WELL = 2 * MOST_SILENCES + ATTEMPTS
"""So many looks after the last fault a card is read that lies there."""

faults = st.one_of(
    st.none(),
    st.tuples(st.just("cut"), st.integers(0, 1300)),
    st.tuples(st.just("flip"), st.integers(0, 1300)),
    st.tuples(st.just("before"), st.binary(max_size=30)),
    st.tuples(st.just("after"), st.binary(max_size=30)),
    st.tuples(st.just("instead"), st.binary(max_size=30)),
    st.tuples(st.just("lie"), st.tuples(st.integers(0, 255), st.binary(max_size=30))),
    st.tuples(st.just("late"), st.none()),
)
turns = st.tuples(st.sampled_from([None, None, "lift", *range(len(TEXTS))]), st.lists(faults, max_size=6))


class Wire:
    """A line without a system below it, and a clock that goes only while something is waited for."""

    def __init__(self, answers):
        self.answers, self.now_s, self.faults = answers, 0.0, []
        self._coming, self._late = bytearray(), b""
        answers.spoil = self._spoilt

    def monotonic(self):
        return self.now_s

    def write(self, data):
        self._coming += self._late
        self._late = b""
        self._coming += self.answers.hear(data)

    def read(self, longest_s):
        if not self._coming:
            self.now_s += longest_s
            return b""
        data = bytes(self._coming[:100])
        del self._coming[:100]
        self.now_s += 0.01
        return data

    def close(self):
        """Stay as it is."""

    def _spoilt(self, _command, answer):
        kind, value = (self.faults.pop(0) if self.faults else None) or ("none", None)
        match kind:
            case "cut":
                return answer[:value]
            case "flip" if value < len(answer):
                return answer[:value] + bytes([answer[value] ^ 0x10]) + answer[value + 1 :]
            case "before":
                return value + answer
            case "after":
                return answer + value
            case "instead":
                return value
            case "lie":
                return reply(*value)
            case "late":
                self._late = answer
                return b""
        return answer


@settings(max_examples=EXAMPLES)
@given(st.lists(turns, max_size=12), st.booleans(), st.booleans())
def test_whatever_happens_no_card_is_told_that_was_not_laid_and_the_next_one_is_read(played, forgets, reads_again):
    answers, cards, states = Answers(), [], []
    answers.forgets, answers.reads_again = forgets, reads_again
    wire = Wire(answers)
    with (
        patch("app.capture.card_readers.dialogue.time", wire),
        patch("app.capture.card_readers.watching.time", wire),
    ):
        watch = CardWatch(Dialogue(wire), cards.append, states.append)
        watch.begin()
        laid = []
        for what, spoilt in played:
            if what == "lift":
                answers.lift()
            elif what is not None:
                answers.lay(TEXTS[what])
                laid.append(CARDS[what])
            wire.faults = list(spoilt)
            watch.step()
        wire.faults.clear()
        answers.lift()
        for _look in range(WELL):
            watch.step()
        told = len(cards)
        answers.lay(TEXTS[0])
        for _look in range(WELL):
            watch.step()
    assert all(card in laid for card in cards[:told])
    assert told <= len(laid)
    assert cards[told:] == CARDS[:1]
    assert states[-1] is ReaderState.READY
    assert all(before is not after for before, after in pairwise(states))
