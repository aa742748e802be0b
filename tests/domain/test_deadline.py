from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.catalogue import Limit, LimitUnit
from app.domain.clock import CHINA
from app.domain.deadline import (
    Calendar,
    Light,
    Pause,
    WindowHours,
    add_months,
    days_left,
    due_date,
    light,
    silence_until,
    stopped_days,
)

HOURS = WindowHours()


def days(*texts):
    return frozenset(date.fromisoformat(text) for text in texts)


def span(first, last):
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return frozenset(start + timedelta(days=n) for n in range((end - start).days + 1))


CALENDAR = Calendar(
    holidays=span("2026-01-01", "2026-01-03")
    | span("2026-02-15", "2026-02-23")
    | span("2026-04-04", "2026-04-06")
    | span("2026-05-01", "2026-05-05")
    | span("2026-09-25", "2026-09-27")
    | span("2026-10-01", "2026-10-07"),
    make_up_days=days("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"),
    years=frozenset({2026}),
)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def due(start, amount, unit=LimitUnit.WORKING_DAY, hours=HOURS, calendar=CALENDAR):
    return due_date(at(start), Limit(amount, unit), calendar, hours)


# --- working days --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "amount", "last_day"),
    [
        ("2026-02-12", 5, "2026-02-26"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-04-30", 3, "2026-05-08"),
        ("2026-09-24", 5, "2026-10-09"),
        ("2026-09-30", 20, "2026-11-03"),
    ],
)
def test_working_days_skip_holidays_and_count_make_up_days(start, amount, last_day):
    assert due(f"{start}T10:00", amount).at == at(f"{last_day}T17:00")


def test_the_day_of_acceptance_does_not_count_however_early_it_is():
    assert due("2026-05-18T00:00", 1).at == due("2026-05-18T23:59", 1).at == at("2026-05-19T17:00")


def test_a_start_in_another_zone_is_taken_as_the_moment_in_china():
    late = datetime(2026, 5, 18, 17, 0, tzinfo=UTC)  # already 19 May in China
    assert due_date(late, Limit(1, LimitUnit.WORKING_DAY), CALENDAR, HOURS).at == at("2026-05-20T17:00")


def test_a_start_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        due_date(datetime(2026, 5, 18, 10), Limit(1, LimitUnit.WORKING_DAY), CALENDAR, HOURS)  # noqa: DTZ001


def test_the_last_day_ends_when_this_service_point_closes():
    hours = WindowHours(((time(8, 30), time(11, 30)), (time(14), time(17, 30))))
    assert due("2026-05-18T10:00", 1, hours=hours).at == at("2026-05-19T17:30")


@given(
    start=st.dates(date(2026, 1, 1), date(2026, 11, 1)),
    amount=st.integers(1, 30),
)
def test_a_limit_in_working_days_holds_exactly_that_many_working_days(start, amount):
    last_day = CALENDAR.working_day_number(start, amount)
    assert CALENDAR.is_working_day(last_day)
    assert CALENDAR.working_days_between(start, last_day) == amount


# --- natural days and months ---------------------------------------------------------------------------------


def test_natural_days_count_rest_days():
    assert due("2026-05-18T10:00", 15, LimitUnit.NATURAL_DAY).at == at("2026-06-02T17:00")


@pytest.mark.parametrize(
    ("start", "amount", "last_day"),
    [
        ("2026-05-13", 10, "2026-05-25"),  # ends on a Saturday
        ("2026-09-24", 7, "2026-10-08"),  # ends on the first day of a holiday
        ("2026-02-04", 10, "2026-02-14"),  # ends on a Saturday that is worked
    ],
)
def test_natural_days_that_end_on_a_rest_day_end_on_the_next_working_day(start, amount, last_day):
    assert due(f"{start}T10:00", amount, LimitUnit.NATURAL_DAY).at == at(f"{last_day}T17:00")


def test_a_month_ends_on_the_same_day_of_the_month():
    assert due("2026-05-18T10:00", 2, LimitUnit.MONTH).at == at("2026-07-20T17:00")  # 18 July is a Saturday
    assert due("2026-05-18T10:00", 1, LimitUnit.MONTH).at == at("2026-06-18T17:00")


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-05-31", 12, "2027-05-31"),
        ("2026-11-30", 3, "2027-02-28"),
    ],
)
def test_a_month_without_such_a_day_ends_on_its_last_day(day, months, later):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(later)


# --- hours and minutes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-05-18T09:00", 3, "2026-05-18T12:00"),  # the end of a span belongs to it
        ("2026-05-18T10:30", 2, "2026-05-18T14:00"),  # over lunch
        ("2026-05-18T16:30", 1, "2026-05-19T09:30"),  # over night
        ("2026-05-22T16:00", 2, "2026-05-25T10:00"),  # over the weekend
        ("2026-05-18T12:15", 1, "2026-05-18T14:30"),  # accepted at lunch: from the next opening on
        ("2026-05-18T07:00", 1, "2026-05-18T10:00"),  # accepted before opening
        ("2026-05-18T20:00", 1, "2026-05-19T10:00"),  # accepted after closing
        ("2026-05-16T10:00", 1, "2026-05-18T10:00"),  # accepted on a Saturday
        ("2026-02-13T16:00", 8, "2026-02-24T09:30"),  # a worked Saturday, then a holiday
        ("2026-05-18T09:00", 65, "2026-05-29T17:00"),  # ten whole working days
    ],
)
def test_hours_count_while_the_window_is_open(start, hours, end):
    assert due(start, hours, LimitUnit.HOUR).at == at(end)


def test_minutes_count_while_the_window_is_open():
    assert due("2026-05-18T11:50", 30, LimitUnit.MINUTE).at == at("2026-05-18T13:50")


def test_hours_count_by_the_hours_of_the_service_point():
    hours = WindowHours(((time(9), time(11)),))
    assert due("2026-05-18T10:00", 3, LimitUnit.HOUR, hours).at == at("2026-05-19T11:00")


# --- provisional ---------------------------------------------------------------------------------------------


def test_a_date_beyond_the_last_published_year_is_provisional():
    assert due("2026-12-30T10:00", 5).provisional
    assert not due("2026-12-23T10:00", 5).provisional


def test_a_date_is_provisional_when_any_year_on_the_way_is_unpublished():
    gap = Calendar(frozenset(), frozenset(), frozenset({2026, 2028}))
    assert due("2026-12-30T10:00", 14, LimitUnit.MONTH, calendar=gap).provisional


def test_an_unpublished_year_counts_monday_to_friday():
    assert due("2027-09-30T10:00", 1).at == at("2027-10-01T17:00")


def test_calendars_of_several_years_make_one():
    one = Calendar(days("2025-01-01"), frozenset(), frozenset({2025}))
    both = Calendar.of([one, CALENDAR])
    assert both.years == {2025, 2026}
    assert not both.is_working_day(date(2025, 1, 1))
    assert both.is_working_day(date(2026, 2, 14))


# --- how many days are used and left, and the light ----------------------------------------------------------


def test_days_left_counts_the_working_days_after_today():
    assert days_left(at("2026-09-24T10:00"), at("2026-10-09T17:00"), CALENDAR) == 5
    assert days_left(at("2026-10-09T09:00"), at("2026-10-09T17:00"), CALENDAR) == 0
    assert days_left(at("2026-10-12T09:00"), at("2026-10-09T17:00"), CALENDAR) == -2  # 10 October is worked


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_working_days_between_two_days_change_sign_with_their_order(one, other):
    assert CALENDAR.working_days_between(one, other) == -CALENDAR.working_days_between(other, one)


@given(st.dates(date(2025, 12, 1), date(2027, 1, 31)), st.integers(0, 400))
def test_working_days_between_two_days_are_the_days_that_count(day, span):
    days = [day + timedelta(days=n) for n in range(1, span + 1)]
    assert CALENDAR.working_days_between(day, day + timedelta(days=span)) == sum(map(CALENDAR.is_working_day, days))


def lights(start, amount, moments, unit=LimitUnit.WORKING_DAY):
    the_due = due(start, amount, unit)
    return [light(at(moment), the_due.at, the_due.near_from, CALENDAR) for moment in moments]


def test_a_limit_of_five_days_shows_near_due_one_working_day_before():
    moments = ("2026-05-21T23:59", "2026-05-22T00:00", "2026-05-25T17:00")
    assert lights("2026-05-18T10:00", 5, moments) == [Light.GREEN, Light.YELLOW, Light.YELLOW]


def test_a_limit_of_twenty_days_shows_near_due_in_its_last_fifth():
    moments = ("2026-06-08T17:00", "2026-06-09T00:00")  # due 15 June, four working days before
    assert lights("2026-05-18T10:00", 20, moments) == [Light.GREEN, Light.YELLOW]


def test_a_limit_of_one_day_is_near_due_at_once():
    assert lights("2026-05-18T10:00", 1, ["2026-05-18T10:00"]) == [Light.YELLOW]


def test_a_limit_in_hours_shows_near_due_in_its_last_fifth():
    moments = ("2026-05-19T11:59", "2026-05-19T14:00")
    assert lights("2026-05-18T09:00", 12, moments, LimitUnit.HOUR) == [Light.GREEN, Light.YELLOW]


def test_an_overdue_case_is_red_and_escalated_after_two_working_days():
    moments = ("2026-09-30T17:00", "2026-09-30T17:01", "2026-10-08T16:00", "2026-10-09T00:00")
    assert lights("2026-09-29T10:00", 1, moments) == [Light.YELLOW, Light.RED, Light.RED, Light.ESCALATED]


def test_a_case_without_a_near_date_stays_green_until_it_is_overdue():
    assert light(at("2026-05-18T10:00"), at("2026-05-18T17:00"), None, CALENDAR) is Light.GREEN


# --- time that does not count, and time that is added ------------------------------------------------------------


def paused(start, amount, unit, *spans, extra_days=0):
    pauses = [Pause(at(since), at(until)) for since, until in spans]
    return due_date(at(start), Limit(amount, unit), CALENDAR, HOURS, pauses=pauses, extra_days=extra_days).at


def test_working_days_of_a_pause_do_not_count_and_holidays_in_it_are_none():
    assert paused("2026-09-21 10:00", 5, LimitUnit.WORKING_DAY) == at("2026-09-29 17:00")
    over_the_holiday = ("2026-09-24 09:00", "2026-09-28 09:00")
    assert paused("2026-09-21 10:00", 5, LimitUnit.WORKING_DAY, over_the_holiday) == at("2026-09-30 17:00")


def test_natural_days_of_a_pause_move_a_natural_limit():
    assert paused("2026-05-11 10:00", 7, LimitUnit.NATURAL_DAY) == at("2026-05-18 17:00")
    assert paused("2026-05-11 10:00", 7, LimitUnit.NATURAL_DAY, ("2026-05-12 09:00", "2026-05-14 09:00")) == at(
        "2026-05-20 17:00"
    )


def test_hours_of_a_pause_count_only_while_the_window_was_open():
    assert paused("2026-05-18 09:00", 2, LimitUnit.HOUR) == at("2026-05-18 11:00")
    over_lunch = ("2026-05-18 10:00", "2026-05-18 14:00")
    assert paused("2026-05-18 09:00", 2, LimitUnit.HOUR, over_lunch) == at("2026-05-18 15:00")
    over_night = ("2026-05-18 10:00", "2026-05-19 09:00")
    assert paused("2026-05-18 09:00", 2, LimitUnit.HOUR, over_night) == at("2026-05-19 10:00")


def test_an_extension_of_an_hour_limit_adds_whole_window_days():
    assert paused("2026-05-18 09:00", 2, LimitUnit.HOUR, extra_days=1) == at("2026-05-19 11:00")


@given(st.integers(1, 30), st.integers(0, 20 * 24), st.integers(0, 20 * 24))
def test_a_pause_never_brings_a_due_date_forward(amount, begins_h, lasts_h):
    start = at("2026-05-18 10:00")
    since = start + timedelta(hours=begins_h)
    pause = Pause(since, since + timedelta(hours=lasts_h))
    for unit in LimitUnit:
        limit = Limit(amount, unit)
        plain = due_date(start, limit, CALENDAR, HOURS).at
        assert due_date(start, limit, CALENDAR, HOURS, pauses=[pause]).at >= plain


def test_the_body_may_stay_silent_until_the_window_closes_on_the_last_day():
    assert silence_until(at("2026-09-21 10:00"), 5, CALENDAR, HOURS) == at("2026-09-29 17:00")


def test_working_days_of_a_pause_are_counted_after_its_first_day():
    assert stopped_days(Pause(at("2026-09-21 09:00"), at("2026-09-21 16:00")), CALENDAR) == 0
    assert stopped_days(Pause(at("2026-09-24 09:00"), at("2026-09-29 16:00")), CALENDAR) == 2
