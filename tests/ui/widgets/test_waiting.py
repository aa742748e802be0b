import pytest
from PySide6.QtWidgets import QWidget

from ui.widgets.waiting import BAR_MS, SIGN_MS, Waiting


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def waiting(window):
    made = Waiting("stop")
    made.setParent(window)
    made.hide()
    return made


def pass_time(waiting, reached_ms):
    """Let the timers fire that would have by then; no clock is waited for."""
    for timer in (waiting._sign, waiting._long):
        if timer.isActive() and timer.interval() <= reached_ms:
            timer.stop()
            timer.timeout.emit()


def test_nothing_is_shown_of_work_that_is_quick(waiting):
    waiting.show_work("checking")
    assert waiting.isHidden()
    waiting.show_done()
    pass_time(waiting, BAR_MS)
    assert waiting.isHidden()


def test_a_sign_comes_first_and_then_how_far_it_is_with_a_way_out(waiting):
    waiting.show_work("checking", 10, can_stop=True)
    pass_time(waiting, SIGN_MS)
    assert not waiting.isHidden()
    assert waiting._bar.isHidden()
    waiting.show_work("checking", 40, can_stop=True)
    pass_time(waiting, BAR_MS)
    assert not waiting._bar.isHidden()
    assert waiting._bar.value() == 40
    assert not waiting._stop.isHidden()


def test_work_that_cannot_be_stopped_offers_no_way_out(waiting):
    waiting.show_work("writing")
    pass_time(waiting, BAR_MS)
    assert waiting._stop.isHidden()
    assert waiting._bar.maximum() == 0


def test_stopping_is_told_once_a_click(waiting, qtbot):
    waiting.show_work("checking", can_stop=True)
    pass_time(waiting, BAR_MS)
    with qtbot.waitSignal(waiting.stopped):
        waiting._stop.click()


def test_the_next_work_begins_without_a_bar(waiting):
    waiting.show_work("checking", can_stop=True)
    pass_time(waiting, BAR_MS)
    waiting.show_done()
    waiting.show_work("checking")
    pass_time(waiting, SIGN_MS)
    assert waiting._bar.isHidden()
