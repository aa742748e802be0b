"""PySide6 itself, where a version of it was seen to break. The window's own tests stand beside it."""

import gc
import sys

from PySide6.QtWidgets import QLabel


def test_calls_that_return_nothing_keep_the_references_to_none(qtbot):
    """PySide6 6.12.0 loses one with each call on Python 3.11 and dies after some thousands of them."""
    label = QLabel()
    qtbot.addWidget(label)
    calls = 200
    gc.collect()
    before = sys.getrefcount(None)
    for number in range(calls):
        label.setText(str(number))
    lost = before - sys.getrefcount(None)
    assert lost < calls // 2  # the interpreter's own comings and goings are a handful
