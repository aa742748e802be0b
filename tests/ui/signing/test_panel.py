"""The panel over the window and the screen before the applicant: what is written on one is on the other."""

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.demonstration import CLERK
from app.domain.paper import PaperKind
from tests.fakes.navigator import PatientRunner
from tests.services.test_signatures import WANG, prepared
from tests.support import PERSON
from tests.ui.windows import shown_in_window
from ui.signing import panel as panels
from ui.signing.panel import SigningPanel
from ui.signing.presenter import SigningPresenter


class Desk:
    def __init__(self, counter, qtbot, monkeypatch, screens=("HDMI-1",)):
        self.screens = dict.fromkeys(screens, QGuiApplication.primaryScreen())
        monkeypatch.setattr(panels, "other_screens", lambda _window: self.screens)
        self.stage = QStackedWidget()
        self.stage.addWidget(QWidget())
        self.window = shown_in_window(self.stage, qtbot)
        self.counter, self.runner, self.signed = counter, PatientRunner(), []
        self.paper = prepared(counter, PaperKind.PLEDGE, co_applicants=(WANG,))
        self.panel = SigningPanel(self.stage)
        self.presenter = SigningPresenter(
            counter, CLERK, self.runner, self.panel, self.paper, self.signed.append, pytest.fail
        )
        self.panel.connect_to(self.presenter)
        self.presenter.open()
        self.work()
        self.window.activateWindow()  # the plugin of the tests gives every new window the keyboard, asked or not

    def work(self):
        for _round in range(4):
            QCoreApplication.processEvents()
            self.runner.work()

    @property
    def applicant(self):
        return self.panel._applicant

    def unplug(self):
        self.screens.clear()
        QGuiApplication.instance().screenRemoved.emit(QGuiApplication.primaryScreen())
        self.work()


@pytest.fixture
def desk(counter, qtbot, monkeypatch):
    made = Desk(counter, qtbot, monkeypatch)
    yield made
    made.presenter.leave()
    made.work()


def write(pad, left=0.2, low=0.7):
    places = [QPoint(int(pad.width() * x), int(pad.height() * y)) for x, y in ((left, 0.3), (left + 0.2, low))]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=places[0])
    QTest.mouseMove(pad, places[1])
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=places[1])


def test_the_applicant_has_a_screen_of_their_own_without_the_keyboard(desk):
    flags = desk.applicant.windowFlags()
    assert desk.applicant.isVisible()
    assert flags & Qt.WindowType.WindowDoesNotAcceptFocus
    assert desk.applicant.windowState() & Qt.WindowState.WindowFullScreen
    assert PERSON.name in desk.applicant._asked.text()


def test_the_clerk_sees_what_is_written_there_and_cannot_write_over_it(desk):
    write(desk.applicant.pad)
    assert desk.panel._pad.written().strokes == 1
    write(desk.panel._pad)
    assert desk.panel._pad.written().strokes == 1
    QTest.keyClick(desk.panel, Qt.Key.Key_Delete)
    assert desk.applicant.pad.is_empty


def test_one_signs_after_another_there_and_the_screen_goes_when_it_is_kept(desk):
    for name in (PERSON.name, "王知远"):
        assert name in desk.applicant._asked.text()
        write(desk.applicant.pad)
        desk.applicant._sign.click()
        desk.work()
        assert desk.applicant.pad.is_empty
    assert not desk.applicant._side.isEnabled()
    desk.panel._keep.click()
    desk.work()
    assert [one.signer for one in desk.signed[0].signatures] == [PERSON.name, "王知远"]
    assert (desk.applicant, desk.panel.isHidden()) == (None, True)


def test_a_screen_that_is_unplugged_leaves_what_was_written_to_go_on_with_in_the_window(desk):
    write(desk.applicant.pad)
    desk.unplug()
    assert desk.applicant is None
    write(desk.panel._pad, left=0.6)
    assert desk.panel._pad.written().strokes == 2
    desk.panel._sign.click()
    desk.work()
    assert "王知远" in desk.panel._who.text()


def test_what_was_written_on_a_higher_pad_fits_here(desk):
    desk.applicant.pad.resize(400, 800)
    write(desk.applicant.pad, low=0.99)
    desk.unplug()
    pad = desk.panel._pad
    lowest = max(y for stroke in pad._strokes for _x, y, _pressure in stroke.points)
    assert lowest * pad._unit_px <= pad.height() + 1


def test_the_clerk_moves_the_paper_from_screen_to_screen(desk):
    QTest.keyClick(desk.panel, Qt.Key.Key_F8)
    desk.work()
    assert desk.applicant is None
    write(desk.panel._pad)
    QTest.keyClick(desk.panel, Qt.Key.Key_F8)
    desk.work()
    assert desk.applicant.pad.written().strokes == 1


def test_a_screen_that_stands_upright_has_the_pad_below_the_paper(desk):
    applicant = desk.applicant
    for size, is_below in ((QSize(800, 1280), True), (QSize(1280, 800), False)):
        applicant.resize(size)
        desk.work()
        assert (applicant._side.geometry().top() > applicant._paper.geometry().top()) is is_below


def test_locking_the_window_takes_the_paper_from_the_applicants_screen_and_keeps_what_was_signed(desk):
    write(desk.applicant.pad)
    desk.applicant._sign.click()
    desk.work()
    applicant = desk.applicant
    desk.panel.given_up.emit()
    assert applicant.isHidden()
    desk.work()
    assert [one.signer for one in desk.counter.papers.find(desk.paper.number).signatures] == [PERSON.name]
