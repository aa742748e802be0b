"""Papers that are brought as a file, pasted, dropped, or laid under the camera: the same verdict as of a scanned code."""

import io

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from app.domain.verdict import Reason, Unread
from app.services.errors import BadAttachment
from app.services.ports import Photo
from tests.fakes.card_reading import card_of
from tests.support import PERSON
from tests.ui.counter.test_presenter import Counting
from tests.ui.counter.test_proof import PROOF, certified  # noqa: F401  a fixture
from tests.ui.counter.test_view import Opened
from ui.camera.state import PhotoLook
from ui.counter.verdict import VerdictCard


@pytest.fixture(scope="module")
def photo():
    code = zxingcpp.create_barcode(PROOF, zxingcpp.BarcodeFormat.QRCode)
    buffer = io.BytesIO()
    Image.fromarray(np.array(code.to_image(scale=4))).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def at(certified):  # noqa: F811
    return Counting(certified)


@pytest.fixture
def home(certified, qtbot):  # noqa: F811
    return Opened(certified, qtbot)


@pytest.fixture
def clipboard(qtbot):
    clipboard = QGuiApplication.clipboard()
    yield clipboard
    clipboard.clear()


def brought(at, path):
    at.outlet.source = path
    at.presenter.brought.choose()


def test_a_chosen_file_is_judged_beside_the_window(at, tmp_path, photo):
    (tmp_path / "photo.png").write_bytes(photo)
    at.presenter.type("jzzm")
    brought(at, tmp_path / "photo.png")
    assert at.state.is_judging
    at.runner.work()
    assert not at.state.is_judging
    assert [verdict.reason for verdict in at.state.verdicts] == [Reason.GENUINE]
    assert (at.state.text, len(at.state.found)) == ("", 0)
    at.presenter.escape()
    assert at.state.verdicts == ()


def test_a_file_that_is_no_paper_cannot_be_judged_and_says_why(at):
    at.presenter.brought.take(lambda: [b"nothing"])
    at.runner.work()
    assert [(verdict.reason, verdict.unread) for verdict in at.state.verdicts] == [(Reason.UNREADABLE, Unread.KIND)]


@pytest.mark.parametrize("stop", [lambda at: at.presenter.brought.stop(), lambda at: at.presenter.escape()])
def test_judging_is_stopped_and_the_next_paper_is_judged(at, photo, stop):
    at.presenter.brought.take(lambda: [photo])
    stop(at)
    assert not at.state.is_judging
    at.runner.work()
    assert at.state.verdicts == ()
    at.presenter.brought.take(lambda: [photo])
    at.runner.work()
    assert at.state.verdicts[0].reason is Reason.GENUINE


def test_a_card_that_is_laid_meanwhile_stops_it(at, photo):
    at.presenter.brought.take(lambda: [photo])
    at.presenter.take_card(card_of(PERSON))
    assert not at.state.is_judging
    at.runner.work()
    assert at.state.verdicts == ()
    assert at.state.card == card_of(PERSON)


def test_one_paper_is_judged_at_a_time(at, photo, tmp_path):
    at.presenter.brought.take(lambda: [photo, photo])
    assert not at.state.is_judging
    assert at.went == [("notify", "一次核验一份")]
    at.presenter.brought.take(lambda: [photo])
    brought(at, tmp_path / "another")
    at.presenter.brought.photograph()
    assert len(at.runner._waiting) == 1
    assert len(at.went) == 1


def test_what_cannot_be_read_is_told(at, tmp_path):
    brought(at, tmp_path / "gone.pdf")
    at.runner.work()

    def too_large():
        raise BadAttachment("size")

    at.presenter.brought.take(too_large)
    assert [type(error) for error in at.navigator.errors] == [BadAttachment, BadAttachment]
    assert not at.state.is_judging


def test_nothing_is_judged_where_nothing_was_chosen_or_pasted(at):
    brought(at, None)
    at.presenter.brought.take(list)
    assert not at.state.is_judging


def test_what_lies_under_the_camera_is_judged(at, photo):
    at.presenter.brought.photograph()
    ((way, look),) = at.went
    assert way == "open_camera"
    assert isinstance(look, PhotoLook)
    look.seen(Photo(photo, None))
    at.runner.work()
    assert at.state.verdicts[0].reason is Reason.GENUINE


def as_files(*paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def as_picture(photo):
    mime = QMimeData()
    mime.setImageData(QImage.fromData(photo))
    return mime


def drop(widget, mime):
    """Drop on ``widget`` as the desktop does: where it does not want it, on whoever is behind it."""
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    while widget is not None:
        event = QDragEnterEvent(QPointF(5, 5).toPoint(), copy, mime, left, none)
        if widget.acceptDrops():
            QApplication.sendEvent(widget, event)
            if event.isAccepted():
                QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, mime, left, none))
                return
        widget = widget.parentWidget()


@pytest.mark.parametrize("how", ["dropped on the field", "dropped on the room", "pasted file", "pasted picture"])
def test_a_paper_is_dropped_or_pasted(home, clipboard, tmp_path, photo, how):
    (tmp_path / "photo.png").write_bytes(photo)
    mime = as_picture(photo) if "picture" in how else as_files(tmp_path / "photo.png")
    if "dropped" in how:
        drop(home.room._field._line if "field" in how else home.room, mime)
    else:
        clipboard.setMimeData(mime)
        home.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert home.room.findChild(VerdictCard).isVisible()
    assert home.presenter._state.verdicts[0].reason is Reason.GENUINE
    assert home.room._field.text() == ""


def test_words_are_pasted_into_the_field_as_ever(home, clipboard, photo):
    mime = as_picture(photo)
    mime.setText("jzzm")  # as a cell of a table comes
    clipboard.setMimeData(mime)
    home.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert home.presenter._state.text == "jzzm"


def test_keys_lead_to_the_file_and_to_the_camera(home, tmp_path, photo):
    (tmp_path / "photo.png").write_bytes(photo)
    home.presenter.brought._outlet.source = tmp_path / "photo.png"
    home.press(Qt.Key.Key_F9)
    assert len(home.presenter._state.verdicts) == 1
    home.press(Qt.Key.Key_F10)
    assert [way for way, *_place in home.went] == ["open_camera"]
