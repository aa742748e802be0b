import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from ui.widgets.flow import Beside, Columns, Flow


@pytest.fixture
def in_widget(qtbot):
    """Return a function that gives a layout the widget that it needs to see its parts."""
    holders = []

    def give(layout):
        holders.append(QWidget())
        qtbot.addWidget(holders[-1])
        holders[-1].setLayout(layout)
        return layout

    return give


@pytest.fixture
def parts(qtbot):
    made = [QWidget() for _n in range(3)]
    for place, part in enumerate(made):
        part.setFixedSize(100, 20 + 10 * place)
        qtbot.addWidget(part)
    return made


def places(layout, parts, width):
    layout.setGeometry(QRect(0, 0, width, layout.heightForWidth(width)))
    return [(part.x(), part.y()) for part in parts]


def test_a_row_wraps_where_there_is_no_room_and_needs_more_height_then(parts, in_widget):
    flow = in_widget(Flow(*parts, spacing=10))
    assert [x for x, _y in places(flow, parts, 400)] == [0, 110, 220]
    assert flow.heightForWidth(400) == 40
    assert places(flow, parts, 220)[2] == (0, 40)
    assert flow.heightForWidth(220) == 30 + 10 + 40


def test_what_is_lower_than_its_line_stands_in_the_middle_of_it(parts, in_widget):
    assert places(in_widget(Flow(*parts)), parts, 400)[0] == (0, 10)


def test_the_last_one_can_be_pushed_to_the_right(parts, in_widget):
    assert places(in_widget(Flow(*parts, pushed=True)), parts, 400)[2] == (300, 0)


def test_columns_become_fewer_where_one_would_be_too_narrow(parts, in_widget):
    for part in parts:
        part.setMinimumSize(10, 20)
        part.setMaximumSize(1000, 20)
    columns = in_widget(Columns(3, 100, spacing=10))
    for part in parts:
        columns.addWidget(part)
    assert places(columns, parts, 320) == [(0, 0), (110, 0), (220, 0)]
    assert places(columns, parts, 300) == [(0, 0), (155, 0), (0, 30)]
    assert places(columns, parts, 90) == [(0, 0), (0, 30), (0, 60)]


def test_two_stand_one_above_the_other_in_a_narrow_place(parts, in_widget):
    first, second, _third = parts
    first.setMaximumWidth(1000)
    beside = in_widget(Beside(first, second, 300, spacing=10))
    assert places(beside, [first, second], 400) == [(0, 5), (300, 0)]
    assert places(beside, [first, second], 200) == [(0, 0), (0, 30)]


def test_what_is_hidden_takes_no_room(parts, in_widget):
    flow = in_widget(Flow(*parts, spacing=10))
    parts[1].hide()
    parts[0].hide()
    assert flow.heightForWidth(400) == 40
