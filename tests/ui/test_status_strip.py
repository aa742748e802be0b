"""The strip below the rooms: what it says, and that it makes no widget that it has."""

import pytest
from PySide6.QtWidgets import QWidget

from ui.status_strip import Sign, StatusStrip
from ui.widgets.texts import Icon

NETWORK, CLERK = Sign("arrows-clockwise", "单机"), Sign("user", "林小禾")
READER = Sign("identification-card", "读卡器")


@pytest.fixture
def strip(qtbot):
    made = StatusStrip()
    qtbot.addWidget(made)
    made.show_signs([NETWORK], [CLERK])
    return made


def inside(strip):
    return set(strip.findChildren(QWidget))


def test_a_sign_that_says_something_else_makes_no_widget(strip):
    before = inside(strip)
    strip.show_signs([Sign("arrows-clockwise", "断网", "看看网线", "warn")], [CLERK])
    assert (inside(strip), strip.words) == (before, ["断网", "林小禾"])
    words = strip._left[0].words
    assert (words.property("tone"), words.accessibleDescription()) == ("warn", "看看网线")


def test_a_sign_that_comes_makes_its_own_widgets_alone_and_takes_them_along(strip):
    before = inside(strip)
    strip.show_signs([NETWORK, READER], [CLERK])
    assert strip.words == ["单机", "读卡器", "林小禾"]
    assert len(inside(strip) - before) == len([Icon, "words", "rule"])
    assert before < inside(strip)
    strip.show_signs([NETWORK], [CLERK])
    strip.show_signs([NETWORK], [READER, CLERK])
    assert strip.words == ["单机", "读卡器", "林小禾"]


def test_signs_stand_where_they_belong_however_they_came(strip):
    strip.show_signs([NETWORK, READER], [CLERK, NETWORK])
    strip.show_signs([READER], [NETWORK, READER, CLERK])
    places = [strip._inside.indexOf(one.words) for one in (*strip._left, *strip._right)]
    assert places == sorted(places)
    assert strip._inside.itemAt(places[0] + 1).spacerItem() is not None
    assert strip.words == ["读卡器", "单机", "读卡器", "林小禾"]


def test_emptied_it_is_made_anew(strip):
    before = inside(strip)
    strip.empty()
    strip.show_signs([NETWORK], [CLERK])
    assert strip.words == ["单机", "林小禾"]
    assert not before & inside(strip)
