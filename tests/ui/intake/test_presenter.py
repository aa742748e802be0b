"""What the intake as a whole decides, without Qt."""

from tests.support import PERSON


def test_an_address_is_helped_on_with_divisions(desk):
    desk.begin()
    assert any("柳湾村" in name for name in desk.presenter.address_suggestions("柳湾"))


def test_a_jump_leads_to_the_first_remark_and_from_there_to_the_next_one(desk):
    desk.begin(person=PERSON)
    first, second, *_more = [problem.place for problem in desk.state.problems]
    desk.screen.current_place = second
    desk.presenter.jump()
    assert desk.screen.focused == first
    desk.screen.current_place = first
    desk.presenter.jump()
    assert desk.screen.focused == second
