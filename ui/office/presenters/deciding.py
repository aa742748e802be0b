"""What lists have in common on whose entries somebody decides in words: the words, and what is still missing. Qt-free."""

from dataclasses import replace
from typing import Any

from ui.text import _


class DecidingPresenter:
    """Keeps in ``state``, which has ``how`` and ``remark``, what was decided about the chosen entry as it is typed."""

    state: Any
    _view: Any

    def step_back(self) -> bool:
        """Take back what was typed; tell whether there was anything."""
        typed = bool(self.state.how)
        if typed:
            self._show(how="", remark="")
        return typed

    def edit(self, how: str) -> None:
        """Take note of what was decided."""
        self.state = replace(self.state, how=how)
        if self.state.remark:
            self._show(remark="")

    def _decision(self) -> str:
        """Return what was decided; empty while that is missing, which is told."""
        how: str = self.state.how.strip()
        if not how:
            self._show(remark=_("请写明怎样处理：告知了谁、由谁改办"))
        return how

    def _show(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)
        self._view.render(self.state)
