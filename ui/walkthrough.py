"""Plays the main job and what else can become of a case in the real window, and leaves what it saw.

It writes a numbered picture of every screen, every paper as PDF, the journal and ``summary.json``. Chinese is typed as
an input method commits it; everything else is a key.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from app.services.preferences import Preferences
from app.services.snapshots import CaseFilter, CaseScope
from app.services.starting import Starter
from ui.player import Player
from ui.walkthrough_day import Day
from ui.walkthrough_outcomes import Outcomes
from ui.walkthrough_pages import Pages

SIZE = (1366, 768)
RARE_NAME = "林𬱖宁"
COMMITTED_NAME = "古丽·阿依古丽"


class Walkthrough(Player):
    """One pass through the window, in the look that ``preferences`` ask for."""

    def __init__(
        self,
        starter: Starter,
        password: str,
        out: Path,
        cache: Path,
        preferences: Preferences | None = None,
        size: tuple[int, int] = SIZE,
        later: Callable[[timedelta], None] | None = None,
    ) -> None:
        super().__init__(starter, out, cache, size)
        self._password = password
        self._preferences = preferences
        self._later = later
        self._cases: dict[str, dict[str, object]] = {}

    def play(self) -> None:
        """Play everything and write ``summary.json``; Stuck when the window does not come along."""
        try:
            with self.timed("start"):
                self.start.open()
                self.start.window.activateWindow()  # nobody else does it where no window manager runs
                self.until(lambda: self.start.rooms is not None, "the open counter")
            self._log_in()
            self._certificate()
            self._committed()
            self._refused()
            Pages(self).play()
            outcomes = Outcomes(self, str(self._cases["committed"]["number"]), self._password, self._later)
            outcomes.play()
            Day(self, self._password).play()
            self._look_around()
            outcomes.silence()
            self._settings()
            self._export()
        finally:
            self.start.close()

    # --- scenes ------------------------------------------------------------------------------------------------

    def _log_in(self) -> None:
        self.picture("log-in")
        with self.timed("log-in"):
            self.type(self._password)
            self.key("Return")
            self.until(lambda: self.shows("CounterRoom"), "the counter")
        if self._preferences:
            self.rooms.change_preferences(self._preferences)
            self.settle()
        self.picture("counter")

    def _certificate(self) -> None:
        with self.timed("certificate: find the item"):
            self.type("jzzm")
            self.until(lambda: self.rooms.built.counter.has_found, "results")
        self.picture("search")
        with self.timed("certificate: intake"):
            self.key("Return")
            self.until(lambda: self.shows("IntakeRoom"), "the intake")
            self.fill(RARE_NAME, "519900199203070323", "云溪镇柳湾村4组27号", "1380555527")
            self.picture("intake-with-remarks")
            self.key("F8")
            self.key("End")
            self.type("0")
            self.key("Return")
            self.fill_form("云溪镇青杠路18号2单元301", "20210315", "1")
            for key in ("Ctrl+1", "Ctrl+2", "Ctrl+3"):
                self.key(key)
            self.paste_page()
        self.wait_for_paper()
        self.picture("intake-complete")
        with self.timed("certificate: acceptance"):
            self.key("F9")
            self.until(lambda: self.shows("IssueRoom"), "the accepted case")
        self.wait_for_paper()
        self.picture("accepted")
        self._save_papers(2)
        with self.timed("certificate: issue"):
            self.key("F10")
            self.until(lambda: self.rooms.built.issue.state.step == "deliver", "the certificate")
        self.wait_for_paper()
        self.picture("certificate")
        self._save_papers(1)
        with self.timed("certificate: delivery"):
            self.key("F11")
            self.until(lambda: self.rooms.built.issue.state.step == "next", "the delivery")
        self.picture("delivered")
        self._note_case("certificate")
        self.key("F9")
        self.until(lambda: self.shows("CounterRoom"), "the counter")

    def _committed(self) -> None:
        with self.timed("committed item"):
            self.commit("低保")
            self.until(lambda: self.rooms.built.counter.has_found, "results")
            self.key("Down")
            self.key("Return")
            self.until(lambda: self.shows("IntakeRoom"), "the intake")
            self.fill(COMMITTED_NAME, "519900198811120043", "云溪镇石桥村2组9号", "13805550126")
            self.fill_form("4", "1200")
            for key in ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4"):
                self.key(key)
        self.wait_for_paper()
        self.picture("committed-intake")
        self.key("F9")
        self.until(lambda: self.shows("IssueRoom"), "the accepted case")
        self.wait_for_paper()
        self.picture("committed-accepted")
        self._save_papers(2)
        self._note_case("committed")
        self.key("F9")
        self.until(lambda: self.shows("CounterRoom"), "the counter")

    def _refused(self) -> None:
        with self.timed("forbidden proof"):
            self.commit("无犯罪记录")
            self.until(lambda: self.rooms.built.counter.has_found, "results")
            self.key("Return")
        self.picture("forbidden-proof")
        self.key("Escape")
        self.key("Escape")

    def _look_around(self) -> None:
        self.key("F3")
        self.until(lambda: self.shows("DeskRoom"), "the list of cases")
        self.settle()
        self.picture("cases")
        newest = self.counter.desk.page(CaseFilter(CaseScope.DONE), 0, 1)[0].row.number
        self.rooms.open_case(newest)
        self.until(lambda: self.shows("CaseRoom"), "the case")
        self.settle()
        self.picture("case")

    def _settings(self) -> None:
        self.key("Alt+4")
        self.until(lambda: self.shows("SettingsRoom"), "the settings")
        self.type("verify journal")
        self.key("Return")
        self.key("F7")
        self.settle()
        self.picture("settings")

    def _export(self) -> None:
        with self.timed("journal export"):
            self.key("Ctrl+Shift+S")
            self.until((self.out / "journal.jsonl").exists, "the exported journal")
        self.settle()
        self.rooms.lock()
        self.picture("locked")
        last = json.loads((self.out / "journal.jsonl").read_text(encoding="utf-8").splitlines()[-1])
        summary = {
            "cases": self._cases,
            "journal": {"entries": last["seq"], "head": last["hash"], "public_key": last["public_key"]},
            "seconds": self.seconds,
        }
        text = json.dumps(summary, ensure_ascii=False, indent=2)
        (self.out / "summary.json").write_text(text + "\n", encoding="utf-8")

    def _save_papers(self, count: int) -> None:
        """Save the last ``count`` papers of the case, as a click on each and Ctrl+S would."""
        papers = self.rooms.built.issue.state.papers
        for index in range(len(papers) - count, len(papers)):
            self.rooms.built.issue.choose_paper(index)
            self.key("Ctrl+S")
            self.until((self.out / f"{papers[index].number}.pdf").exists, papers[index].number)

    def _note_case(self, name: str) -> None:
        papers = [paper.number for paper in self.rooms.built.issue.state.papers]
        self._cases[name] = {"number": self.rooms.built.issue.state.case.number, "papers": papers}
