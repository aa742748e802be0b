"""Keys and what they do: bound with words, so that the help of every screen reads them off what is really there."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

KEY_WORDS = {
    "Return": "Enter",
    "Escape": "Esc",
    "PgDown": "PgDn",
    "Del": "Delete",
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
}


@dataclass(frozen=True, slots=True)
class BoundKey:
    """A key as it is shown, what it does, and whether it does so now."""

    key: str
    words: str
    is_usable: bool = True


class EnterButton(QPushButton):
    """A button that Enter presses as Space does; by itself it does so on some desktops and not on others.

    A key that is held down presses once: it must not run from the last field through the act behind it.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's name
        """Press at Enter."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def key_words(key: str) -> str:
    """Return a key sequence as a key cap shows it."""
    return "+".join(KEY_WORDS.get(part, part) for part in key.split("+"))


def bind(owner: QWidget, key: str, words: str, act: Callable[[], object]) -> QShortcut:
    """Let ``key`` do ``act`` while ``owner`` can be seen; ``words`` say in the help what that is."""
    shortcut = QShortcut(QKeySequence(key), owner)
    shortcut.setWhatsThis(words)
    shortcut.setAutoRepeat(False)
    shortcut.activated.connect(act)
    return shortcut


def bound_keys(room: QWidget) -> list[BoundKey]:
    """Return the keys that are bound in ``room`` and in what can be seen of it, in the order they were made.

    A key without words is listed with empty ones: a test finds it. Keys of what is hidden are left out.
    """
    found = [
        BoundKey(_text(shortcut.key()), shortcut.whatsThis(), shortcut.isEnabled() and _owner(shortcut).isEnabled())
        for shortcut in room.findChildren(QShortcut)
        if _is_seen(_owner(shortcut), room)
    ]
    found += [
        BoundKey(_text(button.shortcut()), button.accessibleName() or button.text(), button.isEnabled())
        for button in room.findChildren(QAbstractButton)
        if not button.shortcut().isEmpty() and _is_seen(button, room)
    ]
    return found


def _owner(shortcut: QShortcut) -> QWidget:
    owner = shortcut.parent()
    assert isinstance(owner, QWidget)  # noqa: S101  Qt binds keys to widgets
    return owner


def _is_seen(widget: QWidget, room: QWidget) -> bool:
    return widget is room or widget.isVisibleTo(room)


def _text(sequence: QKeySequence) -> str:
    return key_words(sequence.toString(QKeySequence.SequenceFormat.PortableText))
