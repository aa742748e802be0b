"""The screens that are attached beside that of the window, by their names."""

from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


def other_screens(window: QWidget) -> dict[str, QScreen]:
    """Return the screens on which ``window`` does not stand, in order; two of one name are told apart by a number."""
    named: dict[str, QScreen] = {}
    for screen in QGuiApplication.screens():
        name = _unused(screen.name() or screen.model(), named)
        named[name] = screen
    return {name: screen for name, screen in named.items() if screen is not window.screen()}


def _unused(name: str, named: dict[str, QScreen]) -> str:
    same = [known for known in named if known == name or known.startswith(f"{name} ")]
    return f"{name} {len(same) + 1}" if same else name
