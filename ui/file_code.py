"""The code of a case file: told before a file is written, asked for when one is taken in. Qt-free.

It is kept nowhere: who loses it exports again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from app.services.errors import WrongFileCode
from app.services.ports import Runner
from ui.sentences import sentence
from ui.text import _


@dataclass(frozen=True, slots=True)
class FileCodeState:
    """What the panel shows: ``code`` to be written down, or empty where one is asked for."""

    code: str = ""
    is_busy: bool = False
    message: str = ""


class FileCodeView(Protocol):
    """The panel over the window."""

    def render(self, state: FileCodeState) -> None:
        """Show ``state``."""
        ...

    def clear_code(self) -> None:
        """Forget what was typed and put the focus back."""
        ...

    def open(self) -> None:
        """Lie over the window."""
        ...

    def dismiss(self) -> None:
        """Go away."""
        ...


class FileCodePresenter:
    """Leads from a code to what it is for; giving up does nothing."""

    def __init__(self, runner: Runner, view: FileCodeView, failed: Callable[[Exception], None]) -> None:
        self._runner = runner
        self._view = view
        self._failed = failed
        self._state: FileCodeState | None = None
        self._take: Callable[[str], Any] = lambda _code: None
        self._then: Callable[[Any], None] = lambda _result: None

    def tell(self, code: str, then: Callable[[], None]) -> None:
        """Show ``code``; ``then`` is called when the clerk has written it down."""
        self._then = lambda _result: then()
        self._open(FileCodeState(code))

    def ask(self, take: Callable[[str], Any], then: Callable[[Any], None]) -> None:
        """Ask for a code until ``take``, beside the window, knows it; ``then`` gets what it returned."""
        self._take, self._then = take, then
        self._open(FileCodeState())

    def confirm(self, typed: str = "") -> None:
        """Go on: the code was written down, or this is the one that was told."""
        state = self._state
        if state is None or state.is_busy:
            return
        if state.code:
            self._end(None)
        elif not typed.strip():
            self._show(message=_("请输入文件口令"))
        else:
            take = self._take
            self._show(is_busy=True, message="")
            self._runner.run(lambda: take(typed), self._end, self._refused)

    def give_up(self) -> None:
        """Close the panel; what is being taken in already is taken in."""
        self._state = None
        self._view.dismiss()

    def _end(self, result: object) -> None:
        self.give_up()
        self._then(result)

    def _refused(self, error: Exception) -> None:
        if self._state is None or not isinstance(error, WrongFileCode):
            self.give_up()
            self._failed(error)
            return
        self._show(is_busy=False, message=sentence(error).text)
        self._view.clear_code()

    def _open(self, state: FileCodeState) -> None:
        self._state = state
        self._view.render(state)
        self._view.open()
        self._view.clear_code()

    def _show(self, **changes: object) -> None:
        if self._state is not None:
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]
            self._view.render(self._state)
