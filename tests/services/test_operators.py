from datetime import timedelta

import pytest

from app.demonstration import CLERK, PASSWORD
from app.domain.operators import Operator, Role
from app.services.errors import BadPassword, LogInDelayed, LogInRefused, NotPermitted
from tests.support import MONDAY

VILLAGER = Operator("luoshoutian", "罗守田", (Role.CLERK,))


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


def test_only_an_administrator_opens_accounts(counter):
    counter.operators.enrol(CLERK, VILLAGER, "village-2026")
    assert VILLAGER in counter.operators.everyone()
    with pytest.raises(NotPermitted):
        counter.operators.enrol(VILLAGER, Operator("x", "某"), "another-2026")
