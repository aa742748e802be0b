"""Plays the main job in the real window, with keys as a clerk would press them, and leaves what it saw.

It writes a numbered picture of every screen, every paper as PDF, the journal and ``summary.json``. Chinese is typed as
an input method commits it; everything else is a key.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QInputMethodEvent, QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.services.counter import Counter
from app.services.preferences import Preferences
from app.services.snapshots import CaseFilter, CaseScope
from app.services.starting import Starter
from ui.devices import Desktop
from ui.rooms import Rooms
from ui.start import Start

LONGEST_WAIT_S = 20
SIZE = (1366, 768)
RARE_NAME = "林𬱖宁"
COMMITTED_NAME = "古丽·阿依古丽"


class Stuck(Exception):
    """The window did not come to show ``what`` in time."""


class _Folder(Desktop):
    """A desktop that saves everything into one folder and opens nothing."""

    def __init__(self, parent: QWidget, out: Path) -> None:
        super().__init__(parent)
        self._out = out

    def choose_target(self, name: str, kinds: str) -> Path | None:  # noqa: ARG002  the folder is chosen already
        """Save under the name that was proposed."""
        return self._out / name

    def open_paper(self, name: str, pdf: bytes) -> None:
        """Save instead of opening."""
        (self._out / f"{name}.pdf").write_bytes(pdf)


class Walkthrough:
    """One pass through the window, in the look that ``preferences`` ask for."""

    def __init__(
        self,
        starter: Starter,
        password: str,
        out: Path,
        cache: Path,
        preferences: Preferences | None = None,
        size: tuple[int, int] = SIZE,
    ) -> None:
        self._out = out
        self._password = password
        self._preferences = preferences
        self._pictures = 0
        self._seconds: dict[str, float] = {}
        self._cases: dict[str, dict[str, object]] = {}
        out.mkdir(parents=True, exist_ok=True)
        _remove_earlier(out)
        self._start = Start(lambda: starter, cache, desktop=lambda window: _Folder(window, out))
        self._start.window.resize(*size)

    def play(self) -> None:
        """Play everything and write ``summary.json``; Stuck when the window does not come along."""
        try:
            with self._timed("start"):
                self._start.open()
                self._start.window.activateWindow()  # nobody else does it where no window manager runs
                self._until(lambda: self._start.rooms is not None, "the open counter")
            self._log_in()
            self._certificate()
            self._committed()
            self._refused()
            self._look_around()
            self._export()
        finally:
            self._start.close()

    # --- scenes ------------------------------------------------------------------------------------------------

    def _log_in(self) -> None:
        self._picture("log-in")
        with self._timed("log-in"):
            self._type(self._password)
            self._key("Return")
            self._until(lambda: self._shows("CounterRoom"), "the counter")
        if self._preferences:
            self._rooms.change_preferences(self._preferences)
            self._settle()
        self._picture("counter")

    def _certificate(self) -> None:
        with self._timed("certificate: find the item"):
            self._type("jzzm")
            self._until(lambda: self._rooms.counter_has_found, "results")
        self._picture("search")
        with self._timed("certificate: intake"):
            self._key("Return")
            self._until(lambda: self._shows("IntakeRoom"), "the intake")
            self._fill(RARE_NAME, "519900199203070323", "云溪镇柳湾村4组27号", "1380555527")
            self._picture("intake-with-remarks")
            self._key("F8")
            self._key("End")
            self._type("0")
            self._key("Return")
            self._fill_form("云溪镇青杠路18号2单元301", "20210315", "1")
            for key in ("Ctrl+1", "Ctrl+2", "Ctrl+3"):
                self._key(key)
            self._paste_page()
        self._wait_for_paper()
        self._picture("intake-complete")
        with self._timed("certificate: acceptance"):
            self._key("F9")
            self._until(lambda: self._shows("IssueRoom"), "the accepted case")
        self._wait_for_paper()
        self._picture("accepted")
        self._save_papers(2)
        with self._timed("certificate: issue"):
            self._key("F10")
            self._until(lambda: self._rooms.issue.state.step == "deliver", "the certificate")
        self._wait_for_paper()
        self._picture("certificate")
        self._save_papers(1)
        with self._timed("certificate: delivery"):
            self._key("F11")
            self._until(lambda: self._rooms.issue.state.step == "next", "the delivery")
        self._picture("delivered")
        self._note_case("certificate")
        self._key("F9")
        self._until(lambda: self._shows("CounterRoom"), "the counter")

    def _committed(self) -> None:
        with self._timed("committed item"):
            self._commit("低保")
            self._until(lambda: self._rooms.counter_has_found, "results")
            self._key("Down")
            self._key("Return")
            self._until(lambda: self._shows("IntakeRoom"), "the intake")
            self._fill(COMMITTED_NAME, "519900198811120043", "云溪镇石桥村2组9号", "13805550126")
            self._fill_form("4", "1200")
            for key in ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4"):
                self._key(key)
        self._wait_for_paper()
        self._picture("committed-intake")
        self._key("F9")
        self._until(lambda: self._shows("IssueRoom"), "the accepted case")
        self._wait_for_paper()
        self._picture("committed-accepted")
        self._save_papers(2)
        self._note_case("committed")
        self._key("F9")
        self._until(lambda: self._shows("CounterRoom"), "the counter")

    def _refused(self) -> None:
        with self._timed("forbidden proof"):
            self._commit("无犯罪记录")
            self._until(lambda: self._rooms.counter_has_found, "results")
            self._key("Return")
        self._picture("forbidden-proof")
        self._key("Escape")
        self._key("Escape")

    def _look_around(self) -> None:
        self._key("F3")
        self._until(lambda: self._shows("DeskRoom"), "the list of cases")
        self._settle()
        self._picture("cases")
        newest = self._counter.desk.page(CaseFilter(CaseScope.DONE), 0, 1)[0].row.number
        self._rooms.open_case(newest)
        self._until(lambda: self._shows("CaseRoom"), "the case")
        self._settle()
        self._picture("case")
        self._key("Alt+3")
        self._until(lambda: self._shows("SettingsRoom"), "the settings")
        self._type("verify journal")
        self._key("Return")
        self._key("F7")
        self._settle()
        self._picture("settings")

    def _export(self) -> None:
        with self._timed("journal export"):
            self._key("Ctrl+Shift+S")
            self._until((self._out / "journal.jsonl").exists, "the exported journal")
        self._settle()
        self._rooms.lock()
        self._picture("locked")
        last = json.loads((self._out / "journal.jsonl").read_text(encoding="utf-8").splitlines()[-1])
        summary = {
            "cases": self._cases,
            "journal": {"entries": last["seq"], "head": last["hash"], "public_key": last["public_key"]},
            "seconds": self._seconds,
        }
        text = json.dumps(summary, ensure_ascii=False, indent=2)
        (self._out / "summary.json").write_text(text + "\n", encoding="utf-8")

    # --- what a clerk does -------------------------------------------------------------------------------------

    def _fill(self, name: str, id_number: str, address: str, phone: str) -> None:
        self._commit(name)
        self._key("Return")
        self._type(id_number)
        self._key("Return")
        self._commit(address)
        self._key("Return")
        self._type(phone)
        self._key("Return")
        self._settle()

    def _fill_form(self, *values: str) -> None:
        for value in values:
            if value.isascii():
                self._type(value)
            else:
                self._commit(value)
            self._key("Return")
        self._settle()

    def _paste_page(self) -> None:
        QGuiApplication.clipboard().setImage(_sample_page())
        self._key("Ctrl+Shift+V")
        self._until(lambda: self._rooms.intake_pages == 1, "the pasted page")

    def _save_papers(self, count: int) -> None:
        """Save the last ``count`` papers of the case, as a click on each and Ctrl+S would."""
        papers = self._rooms.issue.state.papers
        for index in range(len(papers) - count, len(papers)):
            self._rooms.issue.choose_paper(index)
            self._key("Ctrl+S")
            self._until((self._out / f"{papers[index].number}.pdf").exists, papers[index].number)

    def _note_case(self, name: str) -> None:
        papers = [paper.number for paper in self._rooms.issue.state.papers]
        self._cases[name] = {"number": self._rooms.issue.state.case.number, "papers": papers}

    def _type(self, text: str) -> None:
        for character in text:
            QTest.keyClick(self._focus(), character)

    def _commit(self, text: str) -> None:
        """Type as an input method does: the text comes at once."""
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QCoreApplication.sendEvent(self._focus(), event)

    def _key(self, keys: str) -> None:
        combination = QKeySequence(keys)[0]
        QTest.keyClick(self._focus(), combination.key(), combination.keyboardModifiers())
        QCoreApplication.processEvents()

    # --- seeing ------------------------------------------------------------------------------------------------

    @property
    def _rooms(self) -> Rooms:
        rooms = self._start.rooms
        if rooms is None:
            raise Stuck("the counter")
        return rooms

    @property
    def _counter(self) -> Counter:
        return self._rooms.counter

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self._start.window

    def _shows(self, room: str) -> bool:
        return self._rooms.current_name == room

    def _until(self, condition: Callable[[], object], what: str) -> None:
        end = time.monotonic() + LONGEST_WAIT_S
        while not condition():
            if time.monotonic() > end:
                self._picture("stuck")
                raise Stuck(what)
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.002)
        QCoreApplication.processEvents()

    def _wait_for_paper(self) -> None:
        self._settle()
        self._until(lambda: self._rooms.has_paper, "the paper")

    def _settle(self) -> None:
        """Let timers and background work of the last key come to rest."""
        end = time.monotonic() + 0.6
        while time.monotonic() < end:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.002)
        self._until(lambda: self._start.runner.is_idle, "the background work")

    def _picture(self, name: str) -> None:
        self._pictures += 1
        self._start.window.toast.hide()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        self._start.window.grab().save(str(self._out / f"{self._pictures:02}-{name}.png"))

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self._seconds[name] = round(time.perf_counter() - begun, 3)


def _sample_page() -> QImage:
    """Return a made-up page with grey lines, as a scan of a copy looks from afar."""
    page = QImage(620, 877, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.fillRect(60, 60, 180, 26, QColor("#8796a5"))
    for line in range(18):
        painter.fillRect(60, 130 + line * 36, 500 - (line * 53) % 140, 10, QColor("#c3ccd5"))
    painter.end()
    return page


def _remove_earlier(out: Path) -> None:
    """Remove what an earlier walkthrough left, and nothing else."""
    for pattern in ("[0-9][0-9]-*.png", "*〕*号.pdf", "journal.jsonl", "summary.json"):
        for path in out.glob(pattern):
            path.unlink()
