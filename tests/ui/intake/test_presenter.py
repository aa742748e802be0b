"""What the intake as a whole decides, without Qt."""

from app.domain.application import Collection
from tests.support import PERSON
from tests.ui.screens.places import STATIONS


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


def test_a_place_to_collect_is_one_of_the_directory(desk):
    with desk.counter.intake._store.write() as uow:
        uow.directory.replace(STATIONS)
        uow.commit()
    desk.begin(person=PERSON)
    desk.runner.work()
    assert Collection.CHOSEN_PLACE in desk.presenter.collecting.ways
    desk.presenter.edit("collection", Collection.CHOSEN_PLACE)
    assert desk.screen.focused == "collect_at"
    assert desk.presenter.collecting.suggestions("lw") == ["柳湾村便民服务站"]
    desk.presenter.edit("collect_at", "柳湾")
    assert ("collect_at", "not_a_station") in [(one.place, one.code) for one in desk.state.problems]
    desk.presenter.edit("collect_at", "柳湾村便民服务站")
    assert "collect_at" not in [one.place for one in desk.state.problems]
    assert (desk.state.application.collect_at, desk.state.application.collect_at_name) == (
        STATIONS[2].code,
        "柳湾村便民服务站",
    )


def test_without_other_stations_nothing_is_collected_elsewhere(desk):
    desk.begin(person=PERSON)
    assert Collection.CHOSEN_PLACE not in desk.presenter.collecting.ways
