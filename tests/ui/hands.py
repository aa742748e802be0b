"""What a clerk does at the keyboard, and what the window says."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

NONE, CTRL, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def press(key, modifiers=NONE):
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifiers)


def typed(words):
    QTest.keyClicks(QApplication.focusWidget(), words)


def said(window):
    panel = window._window.errors
    return "" if panel.isHidden() else panel._what.text()
