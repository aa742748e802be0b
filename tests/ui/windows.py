"""A window for one room, of the size and with the minimum that the real one has."""

from PySide6.QtWidgets import QMainWindow

from ui.main_window import SMALLEST


def shown_in_window(widget, qtbot):
    """Show ``widget`` in an active window and return the window, which the test keeps."""
    window = QMainWindow()
    window.setMinimumSize(SMALLEST)
    window.setCentralWidget(widget)
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    widget.setFocus()
    return window
