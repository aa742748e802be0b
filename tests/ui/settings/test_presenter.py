import pytest

from tests.fakes.navigator import WrittenNavigator
from ui.settings.presenter import SettingsPresenter
from ui.settings.search import Setting

SIZE = Setting("look", "size", "字号", "外观", "text size")
LOCK = Setting("look", "idle", "离开锁定", "外观", "lock")
PHONE = Setting("station", "phone", "电话", "本窗口", "phone size")


class View:
    def __init__(self):
        self.state = None
        self.acts = []

    def render(self, state):
        self.state = state

    def __getattr__(self, name):
        return lambda *values: self.acts.append((name, *values))


@pytest.fixture
def view():
    return View()


@pytest.fixture
def navigator():
    return WrittenNavigator()


@pytest.fixture
def settings(view, navigator):
    presenter = SettingsPresenter(navigator, view)
    presenter.know(("look", "station"), (SIZE, LOCK, PHONE))
    presenter.start()
    return presenter


def test_the_first_section_is_shown_first_and_the_last_one_again_later(settings, view):
    assert view.state.current == "look"
    settings.choose("station")
    settings.start()
    assert view.state.current == "station"
    assert view.acts[-1] == ("start_section", "station")


def test_a_section_that_is_left_forgets_its_secrets(settings, view):
    settings.choose("station")
    assert ("leave_section", "look") in view.acts


def test_what_made_the_window_be_built_anew_has_the_focus_again(settings, view):
    settings.return_to("look", "idle")
    assert view.acts[-1] == ("reach", LOCK)
    settings.return_to("station", "")
    assert (settings.current, view.acts[-1]) == ("station", ("start_section", "station"))


def test_enter_leads_to_the_chosen_result_in_its_section(settings, view):
    settings.search("size")
    settings.move(1)
    settings.take()
    assert (view.state.current, view.state.text) == ("station", "")
    assert view.acts[-2:] == [("start_section", "station"), ("reach", PHONE)]


def test_the_arrows_stay_within_the_results(settings, view):
    settings.search("size")
    settings.move(-1)
    assert view.state.chosen == 0
    settings.move(9)
    assert view.state.chosen == 1


def test_the_arrows_change_the_section_while_nothing_is_searched_for(settings, view):
    settings.move(1)
    assert view.state.current == "station"
    settings.move(1)
    assert view.state.current == "look"


def test_nothing_found_leads_nowhere(settings, view):
    settings.search("nothing")
    settings.move(1)
    settings.take()
    assert (view.state.current, view.state.text) == ("look", "nothing")


def test_escape_empties_the_search_and_then_leaves(settings, view, navigator):
    settings.search("size")
    settings.step_back()
    assert view.state.text == ""
    assert navigator.went == []
    settings.step_back()
    assert navigator.went == [("home",)]
    assert view.acts[-1] == ("leave_section", "look")
