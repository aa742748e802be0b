"""A bar code on a page that came in: the case that it names is offered, anything else is no news."""

import pytest

from app.demonstration import CLERK
from tests.fakes.navigator import PatientRunner, WrittenNavigator
from tests.support import accepted
from ui.found_codes import FoundCodes
from ui.navigation import Session


@pytest.fixture
def found(counter):
    runner, navigator = PatientRunner(), WrittenNavigator()
    saved = []

    def look_up(code, operator=CLERK):
        FoundCodes(counter, Session(operator), runner, navigator).look_up(code, lambda: saved.append(code))
        runner.work()
        return navigator

    return look_up, saved


def test_the_case_of_a_number_or_of_a_paper_is_offered_and_opened_once_what_is_typed_is_kept(counter, found):
    look_up, saved = found
    case = accepted(counter)
    for code in (case.number, case.receipt.text):
        name, _words, _act, open_ = look_up(code).went[-1]
        open_()
        assert (name, saved[-1], look_up("").went[-1]) == ("notify", code, ("open_case", case.number))


@pytest.mark.parametrize("code", ["", "6901234567892", "20260518000731999936", "https://example.invalid/x"])
def test_a_code_that_names_nothing_known_is_no_news(counter, found, code):
    look_up, _saved = found
    assert (look_up(code).went, look_up(code).errors) == ([], [])


def test_a_locked_window_offers_nothing(counter, found):
    look_up, _saved = found
    assert look_up(accepted(counter).number, operator=None).went == []
