"""The panel: what it shows, and that keys and mouse reach what they are meant for."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.services.ports import CameraInfo, Photo
from tests.fakes.cameras import LIES, frame, small_jpeg
from ui.camera.panel import CameraPanel
from ui.camera.picture import decoded
from ui.camera.state import WHOLE, CameraState, Frozen

SHOWN = CameraState("身份证", (CameraInfo("desk", "高拍仪"),), "desk", is_on=True)


FROZEN = Frozen(Photo(small_jpeg(), None), WHOLE)


@pytest.fixture
def stage(qtbot):
    made = QStackedWidget()
    made.addWidget(QWidget())
    made.resize(1280, 720)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def panel(stage):
    made = CameraPanel(stage)
    made.render(SHOWN)
    made.open()
    stage.activateWindow()
    return made


def test_space_and_enter_take_a_page_wherever_the_focus_is(panel, qtbot):
    panel._how.take_focus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        with qtbot.waitSignal(panel.take_wanted):
            QTest.keyClick(panel, key)


def test_a_corner_is_chosen_by_its_number_and_moved_by_arrows(panel, qtbot):
    panel.render(CameraState("身份证", is_on=True, frozen=FROZEN))
    with qtbot.waitSignal(panel._picture.corner_chosen) as chosen:
        QTest.keyClick(panel._picture, Qt.Key.Key_3)
    with qtbot.waitSignal(panel._picture.nudged) as nudged:
        QTest.keyClick(panel._picture, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert (chosen.args, nudged.args) == ([2], [-5, 0])


def test_a_corner_is_dragged(panel, qtbot):
    panel.render(CameraState("身份证", is_on=True, frozen=FROZEN))
    picture = panel._picture
    corner = picture._points(WHOLE)[1].toPoint()
    with qtbot.waitSignal(picture.corner_moved) as moved:
        QTest.mousePress(picture, Qt.MouseButton.LeftButton, pos=corner)
        QTest.mouseMove(picture, corner + QPoint(-40, 0))
    number, x, y = moved.args
    assert number == 1
    assert x < WHOLE[1].x - 0.02
    assert y == pytest.approx(WHOLE[1].y, abs=0.01)


def test_what_lies_open_is_seen_and_counted(panel):
    panel.show_frame(frame())
    panel.add_taken(Photo(small_jpeg(), LIES), LIES)
    panel.add_taken(Photo(small_jpeg(), LIES), LIES)
    panel.render(CameraState("身份证", is_on=True, taken=2))
    assert panel._pages.count() == 2
    assert "2" in panel._count.text()
    panel.grab()


def test_a_camera_without_a_name_is_counted(panel):
    panel.render(CameraState("身份证", (CameraInfo("0", ""), CameraInfo("1", "USB" * 20)), "1", is_on=True))
    assert panel._cameras.value() == "1"
    assert all(button.text() for button in panel._cameras._buttons.values())


def test_a_large_picture_is_decoded_no_larger_than_it_is_shown():
    assert max(decoded(small_jpeg((3000, 2000)), 600).size().toTuple()) == 600


def test_the_page_with_the_focus_is_meant_else_the_last_and_undo_shows_it_again(panel, qtbot):
    for _page in range(2):
        panel.add_taken(Photo(small_jpeg(), LIES), LIES)
    panel.render(replace(SHOWN, taken=2, can_bring_back=True, can_read=True))
    with qtbot.waitSignal(panel.removal_wanted) as wanted:
        QTest.keyClick(panel._picture, Qt.Key.Key_Delete)
    assert wanted.args == [-1]
    first, last = panel._taken
    qtbot.waitUntil(first.isVisible)
    first.setFocus()
    with qtbot.waitSignal(panel.removal_wanted) as wanted:
        panel._remove.click()  # a click leaves the focus where it is
    assert wanted.args == [0]
    panel.remove_taken(0)
    assert (panel._taken, first.isHidden(), last.hasFocus(), last.accessibleName()) == ([last], True, True, "第 1 页")
    panel.bring_back_taken(0)
    assert (panel._taken, first.isHidden(), last.accessibleName()) == ([first, last], False, "第 2 页")
    for key, signal in ((Qt.Key.Key_Z, panel.return_wanted), (Qt.Key.Key_C, panel.reading_wanted)):
        modifier = Qt.KeyboardModifier.ControlModifier if key == Qt.Key.Key_Z else Qt.KeyboardModifier.AltModifier
        with qtbot.waitSignal(signal):
            QTest.keyClick(panel._picture, key, modifier)
