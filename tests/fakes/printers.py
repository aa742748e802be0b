"""Printers in memory: what was laid, what came out, and troubles as a test wishes them."""

from dataclasses import dataclass, replace

from app.services.errors import NotFound, PrinterFault, PrinterTrouble
from app.services.ports import ENDED, JobState, PrinterInfo, PrintJob, PrintWish

OFFICE = PrinterInfo(
    "fake:office",
    "Fictitious 200",
    "二楼",
    ("auto", "tray-1", "tray-2"),
    ("iso_a4_210x297mm", "iso_a5_148x210mm"),
    is_usual=True,
)


@dataclass
class Laid:
    """A job as the system has it."""

    pdf: bytes
    wish: PrintWish
    mark: str
    state: JobState = JobState.LAID


class MemoryPrinters:
    """Implements ``Printers``; a started job is printed at once unless its printer has a trouble."""

    def __init__(self, *printers):
        self.found = list(printers or [OFFICE])
        self.jobs: dict[str, Laid] = {}
        self.is_away = False
        self.keeps_back = False
        """Whether what is started stays kept back, as by somebody at the queue."""

    def printers(self):
        self._ensure_there()
        return sorted(self.found, key=lambda one: (one.name, one.key))

    def lay(self, pdf, wish, mark):
        self._ensure_there()
        printer = self._printer(wish.printer)
        if printer is None:
            raise PrinterFault(PrinterTrouble.UNKNOWN)
        if printer.trouble is PrinterTrouble.REJECTING:
            raise PrinterFault(PrinterTrouble.REJECTING)
        job = f"fake:{len(self.jobs) + 1}"
        self.jobs[job] = Laid(pdf, wish, mark)
        return job

    def start(self, job):
        self._ensure_there()
        if job not in self.jobs:
            raise NotFound("job")
        laid = self.jobs[job]
        if laid.state is JobState.LAID and not self.keeps_back:
            laid.state = JobState.WAITING
            self._go_on(laid)

    def follow(self, job):
        self._ensure_there()
        if job not in self.jobs:
            return PrintJob(JobState.GONE)
        laid = self.jobs[job]
        self._go_on(laid)
        if laid.state is JobState.LAID:
            return PrintJob(laid.state, PrinterTrouble.HELD)
        if laid.state is JobState.FAILED:
            return PrintJob(laid.state, PrinterTrouble.FAILED)
        printer = self._printer(laid.wish.printer)
        return PrintJob(laid.state, printer.trouble if printer and laid.state not in ENDED else None)

    def cancel(self, job):
        self._ensure_there()
        if job in self.jobs and self.jobs[job].state not in ENDED:
            self.jobs[job].state = JobState.CANCELLED

    def discard(self, mark, keep):
        self._ensure_there()
        left = [
            job
            for job, laid in self.jobs.items()
            if laid.mark.startswith(mark) and laid.state is JobState.LAID and job not in keep
        ]
        for job in left:
            self.cancel(job)
        return len(left)

    # --- what a test wishes ------------------------------------------------------------------------------------

    def suffer(self, trouble, key=OFFICE.key):
        """Let a printer have a trouble, or none."""
        self.found = [replace(one, trouble=trouble) if one.key == key else one for one in self.found]

    def came_out(self):
        """Return the PDFs that were printed, in order."""
        return [laid.pdf for laid in self.jobs.values() if laid.state is JobState.PRINTED]

    def _go_on(self, laid):
        printer = self._printer(laid.wish.printer)
        if laid.state is JobState.WAITING and printer and printer.trouble in {None, PrinterTrouble.REJECTING}:
            laid.state = JobState.PRINTED

    def _printer(self, key):
        return next((one for one in self.found if one.key == key), None)

    def _ensure_there(self):
        if self.is_away:
            raise PrinterFault(PrinterTrouble.NO_SERVICE)
