"""Commands on the way of a paper to its printer: sent, waiting, given up by the system, looked at."""

from collections import defaultdict

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.demonstration import CLERK
from app.services.counter import Counter
from app.services.errors import PaperVoid, PrinterTrouble
from app.services.ports import ENDED, JobState
from app.services.print_settings import PrintChoice
from app.services.snapshots import PaperRow
from tests.fakes.printers import OFFICE, MemoryPrinters
from tests.printing.counters import with_printers
from tests.reliability.law import PAPER_AFTER, PRINTS_ON, Expected
from tests.reliability.machine_base import WHICH, MachineBase


class Printing(MachineBase):
    """One printer that outlives the window, and may be paused; papers without it are shown."""

    def with_printer(self, counter: Counter) -> Counter:
        """Return a counter that was just opened with the printer that was there before, as a window does at its start."""
        if not hasattr(self, "printers"):
            self.printers = MemoryPrinters()
            self.jobs: dict[str, list[str]] = defaultdict(list)
        made = with_printers(counter, self.printers)
        made.printing.settings.keep_usual(PrintChoice(OFFICE.key, OFFICE.name))
        made.printing.tidy()
        return made

    @precondition(lambda self: self.papers)
    @rule(which=WHICH, choice=WHICH, is_shown=st.booleans())
    def a_paper_is_printed(self, which: int, choice: int, is_shown: bool) -> None:
        row = self._row(self._case(which), choice)
        expected = self.papers[row.number]
        after = PAPER_AFTER["print"].get(expected.state)
        known = len(self.printers.jobs)
        self._choose(is_shown=is_shown)
        try:
            self.counter.printing.send(row, CLERK, "遗失")
        except PaperVoid:
            assert after is None, f"{row.number} was not printed in {expected.state}"
            return
        assert after is not None, f"{row.number} was printed in {expected.state}"
        assert self._last_body()["data"].get("copy", 0) == expected.printed, "a reprint does not say so"
        assert len(self.printers.jobs) == known + (not is_shown), "a paper was laid twice"
        expected.state, expected.sent = after, expected.sent + 1
        self._no_job_is_left(row.number)
        self.jobs[row.number] += list(self.printers.jobs)[known:]

    @precondition(lambda self: self.papers)
    @rule(which=WHICH, choice=WHICH, is_well=st.booleans())
    def the_clerk_says_what_came_out(self, which: int, choice: int, is_well: bool) -> None:
        """What is said of a paper that lies in no printer changes nothing."""
        row = self._row(self._case(which), choice)
        expected = self.papers[row.number]
        say = self.counter.papers.confirm if is_well else self.counter.papers.spoil
        say(row, CLERK)
        after = PAPER_AFTER["confirm" if is_well else "spoil"].get(expected.state)
        expected.printed += int(is_well and after is not None)
        expected.state = after or expected.state

    @precondition(lambda self: self.papers)
    @rule(which=WHICH, choice=WHICH)
    def a_paper_that_came_out_is_printed_again(self, which: int, choice: int) -> None:
        self.a_paper_is_printed(which, choice, is_shown=False)
        self.the_clerk_says_what_came_out(which, choice, is_well=True)
        self.a_paper_is_printed(which, choice, is_shown=False)

    @precondition(lambda self: self.papers)
    @rule(which=WHICH, choice=WHICH)
    def a_paper_that_still_waits_is_said_to_have_come_out(self, which: int, choice: int) -> None:
        self.printers.suffer(PrinterTrouble.PAUSED)
        self.a_paper_is_printed(which, choice, is_shown=False)
        self.the_clerk_says_what_came_out(which, choice, is_well=True)
        self.the_jobs_are_looked_at()

    @rule(is_paused=st.booleans())
    def the_printer_is_paused_or_goes_on(self, is_paused: bool) -> None:
        self.printers.suffer(PrinterTrouble.PAUSED if is_paused else None)

    @precondition(lambda self: any(self.jobs.values()))
    @rule(which=WHICH, end=st.sampled_from((JobState.FAILED, JobState.CANCELLED)))
    def the_system_gives_a_job_up(self, which: int, end: JobState) -> None:
        sent = [jobs[-1] for jobs in self.jobs.values() if jobs]
        laid = self.printers.jobs[sent[which % len(sent)]]
        if laid.state not in ENDED:
            laid.state = end
            self.the_jobs_are_looked_at()

    @rule()
    def the_jobs_are_looked_at(self) -> None:
        """What the system gave up waits again; of what ended nothing is left to come out."""
        given_up = {
            number
            for number, jobs in self.jobs.items()
            if jobs
            and self.papers[number].state == "sent"
            and self.printers.jobs[jobs[-1]].state in {JobState.FAILED, JobState.CANCELLED}
        }
        self.counter.printing.look()
        for number in given_up:
            self.papers[number].state = PAPER_AFTER["spoil"]["sent"]
        for number in self.jobs:
            if self.papers[number].state not in PRINTS_ON:
                self._no_job_is_left(number)

    def _no_job_is_left(self, number: str) -> None:
        left = [job for job in self.jobs[number] if self.printers.jobs[job].state not in ENDED]
        assert not left, f"{number} is {self.papers[number].state} and would still come out"

    def _choose(self, *, is_shown: bool) -> None:
        choice = PrintChoice() if is_shown else PrintChoice(OFFICE.key, OFFICE.name)
        self.counter.printing.settings.keep_usual(choice)

    def _row(self, case: Expected, choice: int) -> PaperRow:
        rows = self.counter.papers.of_case(case.number)
        return rows[choice % len(rows)]
