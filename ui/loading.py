"""Loads the rooms' code at the start: what knows no Qt beside the window, the rest on the window's thread in small steps.

The rooms are then made in such steps too (``ui.building``).

Classes that stand on Qt's are made on the window's thread alone: made on another one while the window handled events,
they brought the program down now and then.
"""

import importlib
from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, QTimer

BESIDE = tuple(
    f"ui.{room}.presenter"
    for room in (
        "counter",
        "desk",
        "intake",
        "issue",
        "case",
        "inquiry",
        "day",
        "stack",
        "papers",
        "sync",
        "settings",
        "coaching",
    )
)
"""What decides in the rooms, and with it the services: most of the time, and no Qt, to which an import contract holds it."""
IN_STEPS = (
    "ui.widgets.flow",
    "ui.widgets.table",
    "ui.widgets.room",
    "ui.forms.view",
    "ui.counter.view",
    "ui.desk.filters",
    "ui.desk.view",
    "ui.intake.materials",
    "ui.intake.view",
    "ui.paper_side",
    "ui.issue.view",
    "ui.case.cards",
    "ui.case.page",
    "ui.case.view",
    "ui.inquiry.view",
    "ui.day.view",
    "ui.stack.view",
    "ui.papers.view",
    "ui.sync.view",
    "ui.settings.sections.accounts",
    "ui.settings.sections",
    "ui.settings.view",
    "ui.coaching.bar",
    "ui.presence",
    "ui.rooms",
)
"""The rooms themselves. The last one needs all; those before it divide the time that it would take."""


Step = Callable[[], object]


def load_beside() -> None:
    """Load what may be loaded on any thread."""
    for name in BESIDE:
        importlib.import_module(name)


def loading_of(names: Iterable[str]) -> list[Step]:
    """Return the steps that load ``names``."""
    return [partial(importlib.import_module, name) for name in names]


class InSteps(QObject):
    """Takes one step after the other; between two of them the window answers to whoever uses it.

    Then exactly one of ``done`` and ``failed`` is called, neither after ``stop``.
    """

    def __init__(self, steps: Iterable[Step], done: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        super().__init__()
        self._left = iter(steps)
        self._done, self._failed = done, failed
        self.is_done = False
        self._turns = QTimer(self)
        self._turns.timeout.connect(self._take_turn)

    def start(self) -> None:
        """Begin with the next turn of the event loop."""
        self._turns.start()

    def stop(self) -> None:
        """Take no further step: the window is closed."""
        self._turns.stop()

    def _take_turn(self) -> None:
        step = next(self._left, None)
        if step is None:
            self._turns.stop()
            self.is_done = True
            self._done()
            return
        try:
            step()
        except Exception as error:  # noqa: BLE001  the window says it
            self._turns.stop()
            self._failed(error)
