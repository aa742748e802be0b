"""A centre in memory and stations that sync with it."""

import pytest

from tests.services.sync_desk import TOWN, VILLAGE, Centre, Desk, FileDesk


@pytest.fixture
def centre():
    return Centre()


@pytest.fixture
def town(centre):
    return Desk(centre, TOWN)


@pytest.fixture(params=["memory", "encrypted"])
def restorable(request, centre, tmp_path):
    """A town on each kind of store."""
    made = Desk(centre, TOWN) if request.param == "memory" else FileDesk(centre, tmp_path)
    yield made
    before = [made.history(number) for number in centre.state.cases], made.store.views.counts(made.clock.now())
    made.store.rebuild_views()
    assert before == (
        [made.history(number) for number in centre.state.cases],
        made.store.views.counts(made.clock.now()),
    )
    made.closes()


@pytest.fixture
def village(centre):
    return Desk(centre, VILLAGE)
