from datetime import timedelta

import pytest

from app.demonstration import CLERK, PASSWORD
from app.domain.errors import SamePerson
from app.domain.facts import PasswordChanged, WindowHandedOver, read_fact
from app.domain.operators import Operator, Role
from app.services.errors import BadPassword, FirstPasswordKept, LogInDelayed, LogInRefused, NotPermitted
from tests.support import MONDAY

SUPERVISOR = Operator("ouwanqing", "欧晚晴", (Role.CLERK, Role.SUPERVISOR))


def last_fact(counter):
    with counter.intake._store.read() as uow:
        return read_fact(list(uow.journal.entries())[-1].read())


def fail(counter, times):
    for _ in range(times):
        with pytest.raises(LogInRefused):
            counter.operators.log_in(CLERK.login, "wrong password")


def test_log_in_is_a_fact(counter):
    before = counter.ledger.verify().entries
    assert counter.operators.log_in(CLERK.login, PASSWORD) == CLERK
    assert counter.ledger.verify().entries == before + 1


def test_an_unknown_name_is_refused_like_a_wrong_password(counter):
    with pytest.raises(LogInRefused):
        counter.operators.log_in("nobody", PASSWORD)


def test_a_password_of_absurd_length_is_refused_without_being_hashed(counter):
    with pytest.raises(LogInRefused):
        counter.operators.log_in(CLERK.login, "x" * 10_000_000)


def test_three_failures_are_free_and_then_the_delay_doubles(counter, place):
    fail(counter, 3)
    with pytest.raises(LogInDelayed) as first:
        counter.operators.log_in(CLERK.login, PASSWORD)
    assert first.value.wait_s in {4, 5}
    place.clock.set(MONDAY + timedelta(seconds=30))
    fail(counter, 1)
    with pytest.raises(LogInDelayed) as second:
        counter.operators.log_in(CLERK.login, PASSWORD)
    assert second.value.wait_s in {9, 10}


def test_a_delay_outlasts_a_restart_and_ends_with_a_good_password(counter, place):
    fail(counter, 3)
    counter.close()
    with place.opened() as again:
        with pytest.raises(LogInDelayed):
            again.operators.log_in(CLERK.login, PASSWORD)
        place.clock.set(MONDAY + timedelta(minutes=10))
        again.operators.log_in(CLERK.login, PASSWORD)
        fail(again, 2)


def test_a_clock_that_was_set_back_does_not_make_the_delay_longer_than_it_is(counter, place):
    fail(counter, 3)
    place.clock.set(MONDAY - timedelta(days=365))
    with pytest.raises(LogInDelayed) as caught:
        counter.operators.log_in(CLERK.login, PASSWORD)
    assert caught.value.wait_s <= 5


@pytest.mark.parametrize("password", ["short", "aaaaaaaaaaaa", "hechangning", "x" * 300])
def test_a_weak_password_is_refused(counter, password):
    with pytest.raises(BadPassword):
        counter.operators.change_password(CLERK, PASSWORD, password)


def test_a_new_password_replaces_the_old_one(counter):
    counter.operators.change_password(CLERK, PASSWORD, "another-2026")
    counter.operators.log_in(CLERK.login, "another-2026")
    with pytest.raises(LogInRefused):
        counter.operators.log_in(CLERK.login, PASSWORD)


def test_the_old_password_is_no_new_one(counter):
    with pytest.raises(BadPassword):
        counter.operators.change_password(CLERK, PASSWORD, PASSWORD)


def test_guessing_the_old_password_is_delayed_like_a_log_in(counter):
    for _ in range(3):
        with pytest.raises(LogInRefused):
            counter.operators.change_password(CLERK, "wrong password", "another-2026")
    with pytest.raises(LogInDelayed):
        counter.operators.change_password(CLERK, PASSWORD, "another-2026")


def test_a_change_of_password_is_a_fact_without_the_password(counter):
    counter.operators.change_password(CLERK, PASSWORD, "another-2026")
    assert last_fact(counter) == PasswordChanged(CLERK.login)


# --- a second person ---------------------------------------------------------------------------------------------


@pytest.fixture
def supervisor(counter):
    counter.operators.accounts.open(CLERK, SUPERVISOR, "first-2026")
    counter.operators.change_password(SUPERVISOR, "first-2026", "watching-2026")
    return SUPERVISOR


def test_a_second_person_is_confirmed_by_a_password_of_their_own(counter, supervisor):
    assert counter.operators.second_person(supervisor.login, "watching-2026", CLERK) == supervisor


def test_the_first_person_is_no_second_one(counter):
    with pytest.raises(SamePerson):
        counter.operators.second_person(CLERK.login, PASSWORD, CLERK, Role.ADMINISTRATOR)


def test_a_second_person_needs_the_role(counter, supervisor):
    with pytest.raises(NotPermitted):
        counter.operators.second_person(CLERK.login, PASSWORD, supervisor)


def test_a_second_person_who_guesses_is_delayed(counter, supervisor):
    for _ in range(3):
        with pytest.raises(LogInRefused):
            counter.operators.second_person(supervisor.login, "wrong password", CLERK)
    with pytest.raises(LogInDelayed):
        counter.operators.second_person(supervisor.login, "watching-2026", CLERK)


def test_a_first_password_makes_no_second_person(counter):
    counter.operators.accounts.open(CLERK, SUPERVISOR, "first-2026")
    with pytest.raises(FirstPasswordKept):
        counter.operators.second_person(SUPERVISOR.login, "first-2026", CLERK)


# --- handing over ------------------------------------------------------------------------------------------------


def test_handing_over_is_one_fact_that_names_both(counter, supervisor):
    assert counter.operators.hand_over(CLERK, supervisor.login, "watching-2026") == supervisor
    assert last_fact(counter) == WindowHandedOver(CLERK.login, supervisor.login)


def test_nobody_hands_over_to_themselves(counter):
    with pytest.raises(SamePerson):
        counter.operators.hand_over(CLERK, CLERK.login, PASSWORD)
