from datetime import time

import pytest

from app.domain.operators import Operator
from app.domain.paper import PageSize
from ui.settings.presenters.station import StationPresenter, read_hours


@pytest.fixture
def station(around, view):
    presenter = StationPresenter(around, view)
    presenter.start()
    return presenter


def test_nothing_is_recorded_without_a_change(station, around, counter, runner):
    before = counter.ledger.verify().entries
    station.edit("phone", counter.station.phone)
    station.save()
    runner.work()
    assert counter.ledger.verify().entries == before


def test_a_change_is_recorded_and_the_window_goes_on_with_it(station, around, counter, runner):
    station.edit("phone", "0899-555 0199")
    station.edit("page_size", PageSize.A5)
    station.edit("hours", "8:30-12:00，14：00至17：30")
    station.save()
    runner.work()
    known = counter.stations.read()
    assert (known.phone, known.page_size) == ("0899-555 0199", PageSize.A5)
    assert known.hours.spans == ((time(8, 30), time(12)), (time(14), time(17, 30)))
    assert around.renewed == [True]
    again = counter.again()
    assert again.station == known


def test_the_address_of_a_verification_page_may_be_given_and_taken_away(station, counter, runner):
    station.edit("verification_page", " https://zw.example.cn/verify.html ")
    station.save()
    runner.work()
    assert counter.stations.read().verification_page == "https://zw.example.cn/verify.html"
    station.start()
    station.edit("verification_page", "")
    assert not station.state.problems


def test_a_change_can_be_undone(station, around, counter, runner):
    station.edit("window", "4 号窗口")
    station.save()
    runner.work()
    _name, _words, _act, undo = around.navigator.went[-1]
    undo()
    runner.work()
    assert counter.stations.read() == counter.station


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", " "),
        ("body", "某" * 41),
        ("paper_prefix", "云溪/3"),
        ("paper_prefix", "某" * 13),
        ("hours", "17:00–09:00"),
        ("hours", "all day"),
        ("verification_page", "zw.example.cn/v"),
        ("verification_page", "https://zw.example.cn/v#top"),
        ("verification_page", "https://zw.example.cn/" + "v" * 80),
    ],
)
def test_what_cannot_stand_on_a_paper_is_told_and_not_saved(station, view, counter, runner, field, value):
    station.edit(field, value)
    assert field in view.state.problems
    station.save()
    runner.work()
    assert counter.stations.read() == counter.station


def test_only_an_administrator_changes_it_and_others_read_why(around, view):
    around.session.operator = Operator("luoshoutian", "罗守田")
    presenter = StationPresenter(around, view)
    presenter.start()
    assert "管理员" in view.state.why_not


@pytest.mark.parametrize(
    "text", ["", "9", "09:00", "09:00–25:00", "09:00–12:00 11:00–17:00", "09:00–12:00 lunch 13:00–17:00", "12:00–12:00"]
)
def test_hours_that_are_none_are_not_read(text):
    assert read_hours(text) is None
