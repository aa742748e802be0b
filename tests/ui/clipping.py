"""Finds what cannot be seen whole: text that is cut, parts that lie outside the window or on one another."""

from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QScrollArea, QWidget

from ui.widgets.texts import ElidedLabel

SLACK = 2
"""Pixels that rounding may take."""


def faults(window):
    """Return a line for everything in ``window`` that is not to be seen as it should be."""
    seen = [widget for widget in window.findChildren(QWidget) if widget.isVisible() and widget.size().width()]
    found = [f"{name(widget)}: {fault}" for widget in seen if (fault := _cut(widget) or _outside(widget, window))]
    return found + list(_overlaps(seen))


def name(widget):
    text = widget.text() if hasattr(widget, "text") and callable(widget.text) else ""
    parents = []
    while widget is not None and len(parents) < 4:
        parents.append(type(widget).__name__)
        widget = widget.parentWidget()
    return f"{' < '.join(parents)} {(text or '')[:24]!r}"


def _cut(widget):
    """Return how the text of a widget is cut, empty when it is whole or has a tooltip that tells the rest."""
    if isinstance(widget, ElidedLabel):
        whole = widget.text() == widget._whole or widget.toolTip() == widget._whole
        return "" if whole and widget.height() + SLACK >= widget.sizeHint().height() else "elided without a tooltip"
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            return f"wrapped text needs {needed} of {widget.height()} high" if needed > widget.height() + SLACK else ""
        return _too_small(widget)
    if isinstance(widget, QAbstractButton) and not widget.inherits("QToolButton"):
        return _too_small(widget)
    if isinstance(widget, QLineEdit) and not widget.text() and widget.placeholderText():
        needed = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        hinted = widget.toolTip() or needed <= widget.width() - SLACK
        return "" if hinted else f"placeholder needs {needed} of {widget.width()}"
    if isinstance(widget, QComboBox):
        needed = widget.fontMetrics().horizontalAdvance(widget.currentText())
        return "" if needed <= widget.width() - 24 or widget.toolTip() else "chosen word is cut"
    return ""


def _too_small(widget):
    hint = widget.sizeHint()
    if hint.width() > widget.width() + SLACK:
        return f"needs {hint.width()} of {widget.width()} wide"
    if hint.height() > widget.height() + SLACK and widget.height() < widget.fontMetrics().height():
        return f"needs {hint.height()} of {widget.height()} high"
    return ""


def _outside(widget, window):
    """Return where a widget leaves its parent; what scrolls may do so up and down."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or isinstance(parent, QScrollArea):
        return ""
    area = parent.parentWidget()
    if isinstance(area, QScrollArea) and area.widget() is widget:
        wide = widget.width() > parent.width() + SLACK
        return f"scrolled part is {widget.width()} wide in {parent.width()}" if wide else ""
    if area is not None and area.inherits("QAbstractItemView"):
        return ""
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    room = QRect(parent.mapTo(window, QPoint(0, 0)), parent.size()).adjusted(-SLACK, -SLACK, SLACK, SLACK)
    return "" if room.contains(place) else f"at {place} leaves its parent at {room}"


def _overlaps(seen):
    by_parent = {}
    for widget in seen:
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox) and widget.parentWidget():
            by_parent.setdefault(id(widget.parentWidget()), []).append(widget)
    for siblings in by_parent.values():
        for one, other in combinations(siblings, 2):
            shared = one.geometry().intersected(other.geometry())
            if shared.width() > SLACK and shared.height() > SLACK:
                yield f"{name(one)} lies on {name(other)}"
