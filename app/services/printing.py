"""Prints papers by the printers that were chosen, and follows every job to its end.

A numbered paper is handed over in four steps: the job is laid (the system keeps it back), the print is recorded together
with a note of the job, the job is started, the note says so. After a crash between any two of them ``look`` goes on where
it stopped, and jobs that were laid and never noted are thrown away: the paper still says 待打印 and is printed once.
A receipt printer has no queue: the print is recorded, then sent; after a crash the clerk says whether it came out.
"""

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.facts import Fact, PaperPrinted, PrintSpoiled
from app.domain.operators import SYSTEM, Operator
from app.domain.paper import Paper, PaperKind, PaperState
from app.services.errors import NotFound, PrinterFault, PrinterTrouble
from app.services.paper_content import PaperContent
from app.services.paper_drawing import told
from app.services.paper_words import reprint_words
from app.services.papers import PaperService
from app.services.ports import (
    ENDED,
    JobState,
    Look,
    PaperMaker,
    Printers,
    PrintJob,
    PrintWish,
    RollPrinter,
    RollPrinters,
    RollState,
    Row,
    SlipMaker,
    Store,
    UnitOfWork,
)
from app.services.print_notes import PrintNote, forget, note, notes
from app.services.print_settings import ON_THE_ROLL, PrintChoice, PrintSettingsService
from app.services.recording import Recorder
from app.services.slips import slip_rows
from app.services.snapshots import PaperRow

log = logging.getLogger(__name__)

LOST = "打印作业没有打完"
"""Why a paper is 待打印 again that the system gave up."""
MARK = "lideng"
TEST_MS, TEST_PAUSE_S = 10_000, 0.2
TEST_TITLE, TEST_ROW, TEST_CODE = "打印测试", "汉字 ABC 123，生僻字 㛃䶮𬱖", "20260101000000000000"


@dataclass(frozen=True, slots=True)
class Sent:
    """One paper that was sent: to a printer, or as a PDF that is to be shown because no printer was chosen."""

    number: str
    printer: str = ""
    pdf: bytes = b""
    is_low: bool = False
    """Whether the roll is near its end."""


@dataclass(frozen=True, slots=True)
class Followed:
    """One paper's job as it stands."""

    number: str
    printer: str
    job: PrintJob


class PrintingService:
    """Use cases of printing; errors of the printers are PrinterFault, and then the paper is 待打印 as before."""

    def __init__(
        self,
        store: Store,
        recorder: Recorder,
        station: str,
        papers: PaperService,
        content: PaperContent,
        maker: PaperMaker,
        printers: Printers,
        rolls: RollPrinters,
        slips: SlipMaker,
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._mark = f"{MARK} {station} "
        self._papers = papers
        self._content = content
        self._maker = maker
        self._slips = slips
        self.printers = printers
        self.rolls = rolls
        self.settings = PrintSettingsService(store)

    def send(self, paper: PaperRow, operator: Operator, reason: str = "") -> Sent:
        """Print a numbered paper where its kind is printed, and record that; PaperVoid, PrinterFault, MissingGlyphs."""
        row = self._papers.find_in_force(paper.number)
        choice = self.settings.read().of(row.kind)
        self._withdraw(row.number)
        if choice.printer == ON_THE_ROLL:
            return self._print_slip(row, operator, reason)
        if not choice.printer:
            return Sent(row.number, pdf=self._papers.to_print(row, operator, reason=reason))
        pdf = self._papers.drawn_to_print(row, operator)
        noted = PrintNote(self._lay(pdf, _wish(choice)), choice.name)
        printed = PaperPrinted(row.number, choice.name, row.printed, reason)
        try:
            is_ours = self._record_print(row, operator.login, printed, lambda uow: note(uow, row.number, noted))
        except Exception:
            self._drop(noted)
            raise
        if not is_ours:
            self._drop(noted)
        elif not self._start(row, noted):
            raise PrinterFault(PrinterTrouble.FAILED)
        return Sent(row.number, choice.name)

    def send_onto(self, paper: PaperRow, operator: Operator, pdf: bytes, use: Callable[[UnitOfWork], None]) -> Sent:
        """Print ``pdf`` once, which is ``paper`` for a blank form, where its kind is printed; errors as ``send``.

        ``use`` records which blank that is, in the transaction of the print; what it raises leaves nothing printed.
        """
        row = self._papers.find_in_force(paper.number)
        choice = self.settings.read().of(row.kind)
        self._withdraw(row.number)
        noted = None
        if choice.printer:
            noted = PrintNote(self._lay(pdf, replace(_wish(choice), copies=1, is_exact=True)), choice.name)
        try:
            self._record_onto(row, operator, choice.name, use, noted)
        except BaseException:
            if noted:
                self._drop(noted)
            raise
        if noted is None:
            return Sent(row.number, pdf=pdf)
        if not self._start(row, noted):
            raise PrinterFault(PrinterTrouble.FAILED)
        return Sent(row.number, choice.name)

    def _record_onto(
        self,
        row: PaperRow,
        operator: Operator,
        printer: str,
        use: Callable[[UnitOfWork], None],
        noted: PrintNote | None,
    ) -> None:
        with self._store.write() as uow:
            self._papers.find_in_force(row.number)
            use(uow)
            printed = PaperPrinted(row.number, printer, row.printed)
            self._recorder.record(uow, operator.login, printed, self._recorder.now(), number=row.case_number)
            if noted:
                note(uow, row.number, noted)
            uow.commit()

    def send_plain(self, pdf: bytes, kind: PaperKind, *, is_exact: bool = False) -> Sent:
        """Print what has no number (a guide, a separator sheet) where its kind is printed; PrinterFault.

        ``is_exact`` keeps its measures though the sheet that was chosen is smaller.
        """
        choice = self.settings.read().of(kind)
        if not choice.printer:
            return Sent("", pdf=pdf)
        self.printers.start(self._lay(pdf, replace(_wish(choice), is_exact=is_exact)))
        return Sent("", choice.name)

    def test(self, choice: PrintChoice) -> PrintJob:
        """Print a receipt without anything on it, and return how the job stands when it ended or ten seconds after."""
        pdf = self._maker.make(Paper(PaperKind.MATERIALS_RECEIPT, {}, preview=True))
        job = self._lay(pdf, _wish(choice))
        self.printers.start(job)
        end_ms = self._recorder.uptime_ms() + TEST_MS
        while (found := self.printers.follow(job)).state not in ENDED and found.trouble is None:
            if self._recorder.uptime_ms() >= end_ms:
                break
            time.sleep(TEST_PAUSE_S)
        return found

    def test_roll(self, roll: RollPrinter) -> RollState:
        """Print a slip of a few rows; errors as of printing."""
        rows = [Row(TEST_TITLE, Look.TITLE), Row(TEST_ROW), Row("", Look.RULE), Row(TEST_CODE, Look.CODE)]
        return self.rolls.print(roll, self._slips.strips(rows, roll.dots, types_han=roll.types_han))

    def look(self) -> list[Followed]:
        """Return how every job stands that had not ended at the last look; take up what a crash interrupted.

        A paper whose job the system gave up is 待打印 again. What cannot be asked now stays as it was.
        """
        with self._store.read() as uow:
            noted = dict(notes(uow))
        followed = [self._follow(number, one) for number, one in noted.items()]
        return [one for one in followed if one is not None]

    def tidy(self) -> None:
        """Throw away, once after a start, jobs that were laid just before a crash and that nobody remembers."""
        settings = self.settings.read()
        if not any(choice.printer not in {"", ON_THE_ROLL} for choice in (settings.usual, *settings.own.values())):
            return
        with self._store.read() as uow:
            keep = {one.job for one in notes(uow).values()}
        try:
            count = self.printers.discard(self._mark, keep)
        except PrinterFault as error:
            log.info("not tidied: %s", error.trouble)
            return
        if count:
            log.warning("%d laid jobs thrown away", count)

    def _print_slip(self, row: PaperRow, operator: Operator, reason: str) -> Sent:
        roll, now = self.settings.read().roll, self._recorder.now()
        strips = self._slips.strips(self._rows(row, operator, now), roll.dots, types_han=roll.types_han)
        if not self._record_print(row, operator.login, PaperPrinted(row.number, ON_THE_ROLL, row.printed, reason)):
            return Sent(row.number, ON_THE_ROLL)
        try:
            state = self.rolls.print(roll, strips)
        except PrinterFault as error:
            self._record(row, operator.login, PrintSpoiled(row.number, error.trouble))
            raise
        return Sent(row.number, ON_THE_ROLL, is_low=state.is_low)

    def _rows(self, row: PaperRow, operator: Operator, now: datetime) -> list[Row]:
        with self._store.read() as uow:
            paper = self._content.paper(told(uow, row))
        mark = reprint_words(row.printed, now, operator.name) if row.printed else ""
        return slip_rows(paper, row.kind, self._maker.template(row.kind).title, mark)

    def _lay(self, pdf: bytes, wish: PrintWish) -> str:
        """Lay a job that is held, under a name by which a later start knows it as this window's."""
        return self.printers.lay(pdf, wish, self._mark + secrets.token_hex(4))

    def _start(self, row: PaperRow, noted: PrintNote) -> bool:
        """Start a noted job; False when the system has lost it: nothing was printed, and the paper waits again."""
        try:
            self.printers.start(noted.job)
        except NotFound:
            self._lose(row, PrinterTrouble.FAILED)
            return False
        with self._store.write() as uow:
            note(uow, row.number, replace(noted, is_started=True))
            uow.commit()
        return True

    def _follow(self, number: str, noted: PrintNote) -> Followed | None:
        row = self._papers.find(number)
        if row.state is PaperState.PRINTED:
            self._let_end(number, noted)
            return None
        try:
            if row.state is not PaperState.SENT:
                self._withdraw(number)
                return None
            job = self._followed(row, noted)
        except PrinterFault as error:
            job = PrintJob(JobState.WAITING, error.trouble)
        return Followed(number, noted.printer, job)

    def _followed(self, row: PaperRow, noted: PrintNote) -> PrintJob:
        if not noted.is_started and not self._start(row, noted):
            return PrintJob(JobState.FAILED, PrinterTrouble.FAILED)
        job = self.printers.follow(noted.job)
        if job.state in {JobState.FAILED, JobState.CANCELLED}:
            self._lose(row, job.trouble or PrinterTrouble.FAILED)
        elif job.state in ENDED:
            self._forget(row.number)
        return job

    def _let_end(self, number: str, noted: PrintNote) -> None:
        """Keep the note of a paper that came out, as the clerk was faster to say, until its last page is out.

        Should the paper end before that, or be printed again, the job is taken back.
        """
        try:
            if not noted.is_started:
                self._withdraw(number)
            elif self.printers.follow(noted.job).state in ENDED:
                self._forget(number)
        except PrinterFault as error:
            log.info("not followed: %s", error.trouble)

    def _withdraw(self, number: str) -> None:
        """Have a job not printed that is still on its way: its paper is printed anew, void, or came out already."""
        with self._store.read() as uow:
            noted = notes(uow).get(number)
        if noted is not None:
            try:
                self.printers.cancel(noted.job)
            except PrinterFault as error:
                log.info("not cancelled: %s", error.trouble)
                if error.trouble is PrinterTrouble.NO_SERVICE:
                    raise
            self._forget(number)

    def _drop(self, noted: PrintNote) -> None:
        """Throw a job away that was laid for nothing; one that cannot be reached now is never started, and goes with ``tidy``."""
        try:
            self.printers.cancel(noted.job)
        except PrinterFault as error:
            log.info("not dropped: %s", error.trouble)

    def _forget(self, number: str) -> None:
        with self._store.write() as uow:
            forget(uow, number)
            uow.commit()

    def _lose(self, row: PaperRow, trouble: PrinterTrouble) -> None:
        log.warning("a job was lost: %s", trouble)
        self._record(row, SYSTEM, PrintSpoiled(row.number, LOST), lambda uow: forget(uow, row.number))

    def _record_print(
        self, row: PaperRow, login: str, printed: PaperPrinted, also: Callable[[UnitOfWork], None] | None = None
    ) -> bool:
        """Record that a paper goes to a printer, unless somebody else sent it since ``row`` was read.

        Tell whether it was recorded; PaperVoid when the paper has ended meanwhile.
        """
        with self._store.write() as uow:
            now = self._papers.find_in_force(row.number)
            if now.sent != row.sent:
                return False
            self._recorder.record(uow, login, printed, self._recorder.now(), number=row.case_number)
            if also is not None:
                also(uow)
            uow.commit()
        return True

    def _record(self, row: PaperRow, login: str, fact: Fact, also: Callable[[UnitOfWork], None] | None = None) -> None:
        with self._store.write() as uow:
            self._recorder.record(uow, login, fact, self._recorder.now(), number=row.case_number)
            if also is not None:
                also(uow)
            uow.commit()


def _wish(choice: PrintChoice) -> PrintWish:
    return PrintWish(choice.printer, choice.copies, choice.tray, choice.size)
