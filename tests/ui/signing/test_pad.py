"""Writing on the pad: by mouse, pen and finger; what is kept of it."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.paper import SigningMeans
from ui.signing.pad import MARGIN_PX, SignaturePad

LATER_MS = 10**10
"""Beyond any time that Qt stamps a touch of the tests with."""


@pytest.fixture
def pad(qtbot):
    made = SignaturePad("签名的地方", "在线上签名")
    made.resize(600, 240)
    qtbot.addWidget(made)
    made.show()
    return made


def stroke(pad, *points):
    first, *others = (QPoint(x, y) for x, y in points)
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=first)
    for point in others:
        QTest.mouseMove(pad, point)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=others[-1] if others else first)


def picture(written):
    return Image.open(io.BytesIO(written.picture))


def test_what_is_written_with_the_mouse_becomes_a_picture_cut_to_its_edges(pad):
    stroke(pad, (100, 150), (200, 60), (300, 160))
    stroke(pad, (400, 60), (400, 170))
    written = pad.written()
    assert (written.means, written.strokes) == (SigningMeans.MOUSE, 2)
    shown = picture(written)
    assert shown.width == pytest.approx(450 + 2 * MARGIN_PX, abs=3)
    assert shown.mode == "RGBA"
    assert shown.getpixel((0, 0))[3] == 0
    assert shown.getbbox() is not None


def test_a_touch_by_accident_is_no_signature(pad):
    assert pad.written() is None
    stroke(pad, (100, 100), (105, 103))
    assert pad.written() is None
    assert not pad.is_empty


def test_strokes_are_taken_back_one_by_one_or_all_at_once(pad, qtbot):
    for top in (40, 90, 140):
        stroke(pad, (100, top), (300, top))
    with qtbot.waitSignal(pad.changed):
        pad.undo()
    assert pad.written().strokes == 2
    pad.clear()
    assert pad.is_empty
    pad.undo()
    assert pad.written() is None


def test_a_pen_writes_as_thick_as_it_is_pressed(pad):
    light, hard = inked(pad, 0.1), inked(pad, 1.0)
    assert hard > 2 * light
    assert pad.written().means is SigningMeans.PEN


def inked(pad, pressure):
    """Return how many dots of ink a line has that was written with a pen."""
    pad.clear()
    for kind, x in ((QEvent.Type.TabletPress, 100), (QEvent.Type.TabletMove, 300), (QEvent.Type.TabletRelease, 300)):
        QApplication.sendEvent(pad, tablet_event(kind, QPointF(x, 100), pressure))
    alpha = picture(pad.written()).getchannel("A")
    return sum(alpha.histogram()[128:])


def tablet_event(kind, at, pressure):
    buttons = Qt.MouseButton.LeftButton
    device = QPointingDevice.primaryPointingDevice()
    return QTabletEvent(kind, device, at, at, pressure, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier, buttons, buttons)


def test_a_finger_writes_and_a_palm_beside_it_does_not(pad):
    finger = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    QTest.touchEvent(pad, finger).press(0, QPoint(100, 100), pad).press(1, QPoint(500, 200), pad)
    QTest.touchEvent(pad, finger).move(0, QPoint(300, 100), pad).move(1, QPoint(520, 200), pad)
    QTest.touchEvent(pad, finger).release(0, QPoint(300, 100), pad).release(1, QPoint(520, 200), pad)
    written = pad.written()
    assert (written.means, written.strokes) == (SigningMeans.TOUCH, 1)


def test_a_pad_that_becomes_larger_keeps_what_was_written(pad):
    stroke(pad, (100, 100), (400, 100))
    before = picture(pad.written()).width
    pad.resize(900, 400)
    assert picture(pad.written()).width == before
    pad.grab()


def test_a_touch_that_the_system_takes_back_was_a_palm(pad):
    finger = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    QTest.touchEvent(pad, finger).press(0, QPoint(100, 100), pad)
    QTest.touchEvent(pad, finger).move(0, QPoint(400, 100), pad)
    QApplication.sendEvent(pad, QTouchEvent(QEvent.Type.TouchCancel, finger))
    assert pad.is_empty


def test_a_hand_that_holds_a_pen_writes_nothing(pad):
    finger = QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)
    QTest.touchEvent(pad, finger).press(0, QPoint(100, 200), pad)
    for kind, x in ((QEvent.Type.TabletPress, 100), (QEvent.Type.TabletMove, 300), (QEvent.Type.TabletRelease, 300)):
        event = tablet_event(kind, QPointF(x, 100), 0.5)
        event.setTimestamp(LATER_MS)
        QApplication.sendEvent(pad, event)
    QTest.touchEvent(pad, finger).release(0, QPoint(100, 200), pad)
    QTest.touchEvent(pad, finger).press(1, QPoint(300, 200), pad)
    written = pad.written()
    assert (written.means, written.strokes) == (SigningMeans.PEN, 1)


def test_a_mirror_shows_what_is_written_elsewhere_and_is_not_written_on(pad, qtbot):
    mirror = SignaturePad("签名的地方", "在线上签名")
    qtbot.addWidget(mirror)
    mirror.mirror(is_mirror=True)
    stroke(pad, (100, 100), (400, 100))
    mirror.show_what_lies_on(pad)
    stroke(mirror, (100, 40), (400, 40))
    assert mirror.written().strokes == 1
