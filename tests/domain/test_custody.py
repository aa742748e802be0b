import pytest

from app.domain import custody
from app.domain.clock import stamp
from app.domain.errors import AlreadyDone, NotHeldHere, NothingNamed, ReasonMissing, WrongState
from app.domain.outcomes import HandOverPurpose
from tests.domain.samples import AT, paper
from tests.domain.stages import DAY, accepted, decided, received, reviewed, withdrawn

HERE, THERE = "000731", "000732"


def handed_over(case, to=THERE, reason="由镇便民服务中心审查", at=AT + DAY):
    fact = custody.hand_over(
        case, to, "云溪镇便民服务中心", HandOverPurpose.REVIEW, reason, slip=paper("handover"), from_name="青石村"
    )
    return case.after(fact, at)


def test_a_case_is_held_where_it_was_taken_in():
    custody.ensure_held(received(), HERE)
    with pytest.raises(NotHeldHere) as raised:
        custody.ensure_held(received(), THERE)
    assert raised.value.holder == HERE


def test_handing_over_moves_the_holder_and_neither_state_nor_clock():
    case = reviewed()
    after = handed_over(case)
    assert (after.holder, after.header()["holder"]) == (THERE, THERE)
    assert (after.state, after.due) == (case.state, case.due)
    with pytest.raises(NotHeldHere):
        custody.ensure_held(after, HERE)


def test_the_header_says_since_when_a_case_is_on_its_way_until_it_is_taken_over():
    after = handed_over(reviewed())
    assert after.header()["handed"] == stamp(AT + DAY)
    assert after.after(custody.take_over(after), AT + 2 * DAY).header()["handed"] is None
    assert handed_over(after, HERE, at=AT + 3 * DAY).header()["handed"] == stamp(AT + 3 * DAY)


@pytest.mark.parametrize("case", [received(), accepted(), decided()], ids=lambda case: case.state)
def test_an_open_case_can_be_handed_over_in_any_state(case):
    assert handed_over(case).awaits_taking_over


def test_a_closed_case_stays_where_it_is():
    with pytest.raises(WrongState):
        handed_over(withdrawn())


def test_a_reason_is_needed():
    with pytest.raises(ReasonMissing):
        handed_over(accepted(), reason=" ")


def test_a_case_cannot_be_handed_to_who_holds_it():
    with pytest.raises(NothingNamed):
        handed_over(accepted(), to=HERE)


def test_a_case_that_came_from_nowhere_cannot_be_sent_back():
    case = accepted()
    with pytest.raises(ReasonMissing):
        handed_over(case, to=case.handed_from)


def test_the_receiver_says_once_that_the_case_is_there():
    case = handed_over(accepted())
    taken = case.after(custody.take_over(case), AT + 2 * DAY)
    assert taken.taken_over_at == AT + 2 * DAY
    assert not taken.awaits_taking_over
    with pytest.raises(AlreadyDone):
        custody.take_over(taken)


def test_nothing_is_taken_over_that_nobody_handed_over():
    with pytest.raises(AlreadyDone):
        custody.take_over(accepted())


def test_a_case_knows_where_it_can_be_sent_back_to():
    there = handed_over(accepted())
    assert (there.handed_from, there.handed_from_name) == (HERE, "青石村")
    back = handed_over(there, to=there.handed_from, at=AT + 2 * DAY)
    assert (back.holder, back.handed_from) == (HERE, THERE)
    assert back.awaits_taking_over
