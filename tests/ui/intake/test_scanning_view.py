"""Scanning through the window: keys, the row, the page looked at closely; once with SANE's own test device."""

import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.capture.cleaning.cleaner import HelperCleaner
from app.capture.scanners.scanners import Scanners
from app.services.errors import ScannerTrouble
from app.services.ports.scanning import Feeding
from app.services.scanning import ScanningService
from tests.support import filled
from tests.ui.opened import Folder
from ui.page_state import Look
from ui.scan_line import ScanLine
from ui.widgets.pages import Thumbnail

CTRL = Qt.KeyboardModifier.ControlModifier


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def opened(window, qtbot, *feeder):
    """Open a draft with the feeder laid, and return the room's materials."""
    window.counter.scanning._scanner.feeder = list(feeder)
    window.counter.devices.keep(feeding=Feeding.FEEDER)
    window.open_draft(filled(window.counter).draft_id)
    window.idle()
    return window.built.intake_room.materials


def done(window, qtbot):
    scans = window._minutes.scans
    qtbot.waitUntil(lambda: not scans.is_running and not scans._being_cleaned and not scans._to_clean)
    window._minutes.look_at_scans()
    window.idle()


def pages(window):
    return window.built.intake.state.handed_in("id_card").pages


def test_everything_is_done_by_key_at_the_row_and_at_the_page_looked_at_closely(window, qtbot, sample_png):
    # One window for all of it: setting one up takes longer than what is done in it.
    materials = opened(window, qtbot, sample_png, ScannerTrouble.JAM, sample_png + b" ")
    scan_with_a_jam(window, qtbot, materials)
    keep_to_the_material_that_had_the_focus_last(window, materials)
    choose_how_it_is_scanned(window, materials)
    open_a_separator_sheet(window)
    stop_by_escape(window, materials)
    look_closely(window, qtbot)
    press(Qt.Key.Key_F11)
    assert window.built.intake.state.handed_in("id_card").is_checked
    assert "已核" in materials._materials["id_card"]._check.text()


def scan_with_a_jam(window, qtbot, materials):
    press(Qt.Key.Key_F10)
    done(window, qtbot)
    line = window.built.intake_room.findChild(ScanLine)
    assert (line.isVisible(), "卡纸" in line._words.text(), len(pages(window))) == (True, True, 1)
    assert not line.visibleRegion().isEmpty()  # though the cursor is in a field above
    assert line._words.text().startswith("有效身份证件")
    line._go_on.click()
    done(window, qtbot)
    assert (line.isVisible(), len(pages(window)), len(materials.findChildren(Thumbnail))) == (False, 2, 2)


def keep_to_the_material_that_had_the_focus_last(window, materials):
    """A click on the head takes the focus from the row; it is still that one which is meant."""
    other = list(materials._materials)[1]
    materials.focus_material(other)
    window.built.intake_room.focus_place("applicant.name")
    assert (materials._current, materials._called_now()) == (other, "户口簿")
    materials.focus_material("id_card")


def choose_how_it_is_scanned(window, materials):
    press(Qt.Key.Key_F10, CTRL)
    assert materials._choices.isVisible()
    materials._choices._dpi.choose("200")
    assert window.counter.devices.read().dpi == 200
    press(Qt.Key.Key_F10, CTRL)
    assert not materials._choices.isVisible()


def open_a_separator_sheet(window):
    press(Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    window.idle()
    assert Folder.opened.pop()[0].endswith("-id_card")


def stop_by_escape(window, materials):
    """Esc stops the scan while the focus is among the materials."""
    scans, room = window._minutes.scans, window.built.intake_room
    scans.scan = replace(scans.scan, is_running=True)
    scans._tell()
    stopped, left = [], []
    room._scan_line.stopped.connect(lambda: stopped.append(True))
    room.back_asked.connect(lambda: left.append(True))
    materials.focus_material("id_card")
    press(Qt.Key.Key_Escape)
    assert (stopped, left) == ([True], [])
    scans.scan = None
    scans._tell()


def look_closely(window, qtbot):
    window.built.intake_room.focus_place("applicant.name")
    before = QApplication.focusWidget()
    window.built.intake.attachments.zoom("id_card", 0)
    zoom = window.built.intake_room._zoom
    assert zoom.hasFocus()
    for key in [Qt.Key.Key_Tab] * 9 + [Qt.Key.Key_Backtab] * 2:
        press(key)
        assert zoom.hasFocus() or zoom.isAncestorOf(QApplication.focusWidget())
    zoom.setFocus()
    press(Qt.Key.Key_R)
    press(Qt.Key.Key_G)
    done(window, qtbot)
    assert (pages(window)[0].turn, window.built.intake.state.pages.look_of(pages(window)[0])) == (90, Look.GREY)
    press(Qt.Key.Key_Escape)
    assert (zoom.isVisible(), QApplication.focusWidget()) == (False, before)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="there is SANE on Linux only")
def test_sheets_come_through_sane_into_the_draft_while_the_form_is_typed(window, qtbot, tmp_path, monkeypatch):
    (tmp_path / "dll.conf").write_text("test\n")
    (tmp_path / "test.conf").write_text("number_of_devices 1\ngeometry_max 300\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))
    opened(window, qtbot)
    fake = window.counter.scanning
    real = ScanningService(fake._store, fake._now, Scanners(), HelperCleaner())
    fake._scanner, fake._cleaner = real._scanner, real._cleaner
    window.counter.devices.keep(scanner="sane:test:0", feeding=Feeding.FLATBED, dpi=150)
    press(Qt.Key.Key_F10)
    window.built.intake_room.focus_place("applicant.phone")
    QTest.keyClicks(QApplication.focusWidget(), "1")
    done(window, qtbot)
    (page,) = pages(window)
    assert (page.original != "", window.built.intake.state.pages.scan.error) == (True, None)
    assert window.built.intake.state.application.applicant.phone.startswith("11")
    stored = window.counter.intake.resume(window.built.intake.state.draft.draft_id)[0]
    window.built.intake.save_now()
    assert stored.application.materials["id_card"].pages == (page,)
    real.close()
