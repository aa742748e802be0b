"""A case on a stick: one case out to a file, and one in from a file, from any room. Qt-free."""

from collections.abc import Callable
from pathlib import Path

from app.domain.operators import Act
from app.services.case_files import CaseTakenIn
from ui.navigation import PaperOutlet
from ui.surroundings import Surroundings
from ui.text import _, ngettext
from ui.words import why_not

SUFFIX = ".lideng-case"


class CasePassing:
    """Asks for the file, works beside the window, and says what came of it."""

    def __init__(
        self, around: Surroundings, outlet: PaperOutlet, busy: Callable[[bool], None] = lambda _busy: None
    ) -> None:
        self._counter, self._session = around.counter, around.session
        self._runner, self._navigator = around.runner, around.navigator
        self._outlet = outlet
        self._tell_busy = busy
        self.is_busy = False

    def export(self, number: str) -> None:
        """Write a case to a file that the clerk names, for another station; the journal has it on record."""
        if self._may():
            path = self._outlet.choose_target(f"{number}{SUFFIX}", kinds())
            if path is not None:
                code = self._counter.case_files.new_code()
                self._navigator.tell_file_code(code, lambda: self._write(number, path, code))

    def take_in(self) -> None:
        """Take a case in from a file that the clerk chooses and whose code they know, and show it."""
        if self._may():
            path = self._outlet.choose_source(kinds())
            if path is not None:
                clerk = self._session.clerk
                self._busy(True)
                self._runner.run(
                    lambda: self._counter.case_files.look(path, clerk), lambda _none: self._ask(path), self._failed
                )

    def _may(self) -> bool:
        reason = why_not(self._session.clerk, Act.HANDLE_CASES)
        if reason:
            self._navigator.notify(reason)
        return not reason and not self.is_busy

    def _write(self, number: str, path: Path, code: str) -> None:
        clerk = self._session.clerk
        self._busy(True)
        self._runner.run(
            lambda: self._counter.case_files.export(number, path, clerk, code), self._exported, self._failed
        )

    def _ask(self, path: Path) -> None:
        clerk = self._session.clerk
        self._busy(False)
        self._navigator.ask_file_code(lambda code: self._counter.case_files.take_in(path, clerk, code), self._taken_in)

    def _exported(self, _entries: int) -> None:
        self._busy(False)
        self._navigator.notify(_("已导出，台账记下了这次导出。文件要用刚才的口令打开，送到后请删除。"))

    def _taken_in(self, taken: CaseTakenIn) -> None:
        if taken.waiting:
            words = ngettext(
                "已收下，其中 %(count)d 条先存着：名录里还没有对方的公钥，或者前面的还没有到",
                "已收下，其中 %(count)d 条先存着：名录里还没有对方的公钥，或者前面的还没有到",
                taken.waiting,
            )
            self._navigator.notify(words % {"count": taken.waiting})
            return
        self._navigator.open_case(taken.case)
        self._navigator.notify(_("已收入这一件") if taken.entries else _("这一件这里已经有了，没有新的内容"))

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        self._navigator.report(error)

    def _busy(self, busy: bool) -> None:
        self.is_busy = busy
        self._tell_busy(busy)


def kinds() -> str:
    """Return what the system's dialogue offers."""
    return _("一件的文件 (%(suffix)s)") % {"suffix": f"*{SUFFIX}"}
