"""Finds what a screen reader could not name: everything that takes the focus or a click, and fields that are wrong."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QWidget,
)

from tests.ui.clipping import name
from ui.widgets.cards import Row

CONTROLS = QAbstractButton | QLineEdit | QComboBox | QAbstractItemView | Row


def faults(window):
    """Return a line for every control in ``window`` without a name, and every wrong field without a description."""
    seen = [widget for widget in window.findChildren(QWidget) if widget.isVisible() and _is_control(widget)]
    nameless = [f"{name(widget)}: no name" for widget in seen if not _told(widget, QAccessible.Text.Name)]
    wrong = [
        widget for widget in seen if widget.property("state") in {"error", "warn"} and isinstance(widget, QLineEdit)
    ]
    return nameless + [f"{name(widget)}: wrong and does not say why" for widget in wrong if not _described(widget)]


def _is_control(widget):
    if isinstance(widget, Row):
        return widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    if isinstance(widget, CONTROLS) and not isinstance(widget, QHeaderView):
        return not (isinstance(widget, QLineEdit) and isinstance(widget.parentWidget(), QComboBox))
    if isinstance(widget, QHeaderView):
        return False
    is_bare = isinstance(widget, QAbstractScrollArea) or type(widget).__name__.endswith("Room")
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not is_bare


def _told(widget, what):
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(what).strip() if interface else ""


def _described(widget):
    return widget.accessibleDescription().strip()
