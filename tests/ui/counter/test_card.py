"""A card that is laid on the reader while the counter is shown."""

from datetime import timedelta

from tests.capture.card_readers.blocks import PHOTO
from tests.fakes.card_reading import card_of, with_photos
from tests.support import CERTIFICATE, FORBIDDEN, MONDAY, PERSON, accepted
from tests.ui.counter.test_presenter import Counting
from ui.counter.presenter import CARD_KEPT


def with_card(counter):
    at, card = Counting(counter), card_of(PERSON)
    at.presenter.take_card(card)
    at.runner.work()
    return at, card


def test_the_cases_of_whoever_was_here_before_are_shown_and_enter_opens_the_first(counter):
    case = accepted(counter)
    at, card = with_card(counter)
    assert [lit.row.number for lit in at.state.found.cases] == [case.number]
    assert (at.state.card, at.state.text) == (card, "")
    at.presenter.take()
    assert at.went[-1] == ("open_case", case.number)


def test_an_item_is_begun_with_the_card_however_it_is_found(counter):
    at, card = with_card(counter)
    assert not at.state.found
    at.presenter.open_tile(0)
    assert at.went[-1] == ("open_item", at.state.tiles[0][0].code, card)
    at.type("jzzm")
    at.presenter.take()
    assert at.went[-1] == ("open_item", CERTIFICATE, card)


def test_the_page_of_an_item_that_nobody_may_take_in_leaves_the_card_at_hand(counter):
    at, card = with_card(counter)
    at.type(FORBIDDEN)
    at.presenter.take()
    assert (at.state.guide.code, at.state.card) == (FORBIDDEN, card)


def test_escape_empties_the_field_first_and_then_puts_the_card_away(counter):
    accepted(counter)
    at, card = with_card(counter)
    at.type("jzzm")
    at.presenter.escape()
    at.runner.work()
    assert (at.state.text, at.state.card, len(at.state.found.cases)) == ("", card, 1)
    at.presenter.escape()
    assert (at.state.card, len(at.state.found)) == (None, 0)


def test_the_counter_that_is_opened_again_has_no_card(counter):
    at, _card = with_card(counter)
    at.presenter.start()
    assert at.state.card is None
    at.presenter.open_tile(0)
    assert at.went[-1] == ("open_item", at.state.tiles[0][0].code)


def test_a_card_that_nothing_is_begun_with_is_forgotten_after_some_minutes(counter, place):
    accepted(counter)
    at, card = with_card(counter)
    place.clock.set(MONDAY + CARD_KEPT - timedelta(seconds=1))
    at.presenter.show_board(counter.desk.board())
    assert at.state.card == card
    place.clock.set(MONDAY + CARD_KEPT + timedelta(seconds=1))
    at.presenter.show_board(counter.desk.board())
    assert (at.state.card, len(at.state.found)) == (None, 0)


def test_a_search_that_was_on_its_way_does_not_take_the_place_of_the_card(counter):
    at, card = Counting(counter), card_of(PERSON)
    at.presenter.type("jzzm")
    at.presenter.take()
    at.presenter.take_card(card)
    at.runner.work()
    assert (at.state.text, len(at.state.found), at.went) == ("", 0, [])


def test_the_photo_on_a_card_at_hand_is_there_as_long_as_the_card(counter):
    at = Counting(with_photos(counter))
    at.presenter.take_card(card_of(PERSON, photo=PHOTO))
    assert (at.state.card.name, at.state.photo) == (PERSON.name, None)
    at.runner.work()
    assert at.state.photo.pixels[:4] == PHOTO[:4]
    at.presenter.take_card(card_of(PERSON))
    assert at.state.photo is None
    at.presenter.take_card(card_of(PERSON, photo=PHOTO))
    at.runner.work()
    at.presenter.escape()
    at.presenter.escape()
    assert (at.state.card, at.state.photo) == (None, None)


def test_a_photo_that_comes_after_the_counter_was_left_is_dropped(counter):
    at = Counting(with_photos(counter))
    at.presenter.take_card(card_of(PERSON, photo=PHOTO))
    at.presenter.forget_photo()
    at.runner.work()
    assert at.state.photo is None
