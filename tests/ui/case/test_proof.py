"""What the proof bar of a case says of its acceptance."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.clock import ProvenInterval
from tests.support import MONDAY, accepted
from ui.case.proof import proof_of
from ui.widgets.proof import FROM, TO, ProofBar

EARLIER, LATER = MONDAY - timedelta(minutes=10), MONDAY + timedelta(minutes=30)


@pytest.fixture
def acceptance(counter):
    event = counter.desk.file(accepted(counter).number).events[1]
    return lambda before, after: replace(event, at=MONDAY, proven=ProvenInterval(before, after))


def test_an_acceptance_between_two_answers_stands_where_it_was_in_time(acceptance):
    proof = proof_of(acceptance(EARLIER, LATER))
    assert (proof.before, proof.after) == ("中心 10:14:07 应答", "中心 10:54:07 收到")
    assert (proof.has_before, proof.has_after, proof.place) == (True, True, 0.25)


def test_an_acceptance_that_was_not_sent_yet_has_its_earlier_end_alone(acceptance):
    proof = proof_of(acceptance(EARLIER, None))
    assert (proof.has_before, proof.has_after) == (True, False)
    assert proof.after == "等中心收到"


def test_an_acceptance_before_the_first_contact_has_its_later_end_alone(acceptance):
    proof = proof_of(acceptance(None, LATER + timedelta(days=2)))
    assert (proof.before, proof.after) == ("之前没有联系过中心", "中心 05-20 10:54 收到")


def test_without_a_centre_the_bar_says_so(acceptance):
    proof = proof_of(acceptance(None, None))
    assert (proof.has_before, proof.has_after) == (False, False)
    assert proof.before == "还没有中心的时间凭据"


@pytest.mark.parametrize(("before", "after"), [(LATER, None), (LATER, LATER + timedelta(minutes=1))])
def test_an_acceptance_that_the_counter_dates_before_the_interval_stands_outside_of_it(
    acceptance, before, after, qtbot
):
    bar = ProofBar()
    qtbot.addWidget(bar)
    bar.resize(1000, 64)
    assert bar._at(proof_of(acceptance(before, after))) < 1000 * FROM
    assert 1000 * FROM < bar._at(proof_of(acceptance(EARLIER, LATER))) < 1000 * TO


def test_the_bar_tells_what_it_draws(acceptance, qtbot):
    bar = ProofBar()
    qtbot.addWidget(bar)
    bar.show_proof(proof_of(acceptance(EARLIER, LATER)))
    assert bar.accessibleName() == "受理 10:24:07，中心 10:14:07 应答，中心 10:54:07 收到"
