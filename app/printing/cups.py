"""Printers of CUPS: lists them, spools the PDF itself, and follows a job to its end. Implements ``Printers``.

The language is IPP, not ``lp`` and ``lpstat``: those tell errors in sentences, and of a job that has ended ``lpstat -l`` of
CUPS 2.4.2 says ``processing-to-stop-point`` whether it was printed or given up. An answer of IPP has a status and a job
a state, both numbers.
"""

import getpass
from collections.abc import Collection, Sequence
from urllib.parse import quote

from app.printing.cups_line import ask
from app.printing.fitting import is_too_large
from app.printing.ipp import Answer, Attributes, Collected, Tag, Value, Written, request
from app.services.errors import NotFound, PrinterFault, PrinterTrouble
from app.services.ports import JobState, PrinterInfo, PrintJob, PrintWish

PREFIX = "cups:"
NO_HOLD, HOLD = "no-hold", "indefinite"
MOST_JOBS = 500

_PRINT_JOB, _CANCEL_JOB, _GET_JOB, _GET_JOBS = 0x0002, 0x0008, 0x0009, 0x000A
_GET_PRINTER, _RELEASE_JOB, _GET_DEFAULT, _GET_PRINTERS = 0x000B, 0x000D, 0x4001, 0x4002
_FORBIDDEN, _NOT_FOUND, _NOT_POSSIBLE, _NOT_ACCEPTING, _BUSY = (0x0401, 0x0402, 0x0403), 0x0406, 0x0404, 0x0506, 0x0507
_STOPPED = 5

_OF_A_PRINTER = (
    "printer-name",
    "printer-info",
    "printer-location",
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
)
_OF_A_LIST = (*_OF_A_PRINTER, "media-supported", "media-source-supported")
_OF_A_JOB = ("job-id", "job-name", "job-state", "job-state-reasons", "job-printer-uri")

_STATES = {
    3: JobState.WAITING,
    4: JobState.LAID,
    5: JobState.PRINTING,
    6: JobState.WAITING,
    7: JobState.CANCELLED,
    8: JobState.FAILED,
    9: JobState.PRINTED,
}
_REASONS = (
    (("media-empty", "media-needed"), PrinterTrouble.NO_PAPER),
    (("media-jam",), PrinterTrouble.JAM),
    (("cover-open", "door-open", "interlock-open", "input-tray-missing"), PrinterTrouble.COVER_OPEN),
    (("toner-empty", "marker-supply-empty", "developer-empty"), PrinterTrouble.NO_INK),
    (("offline", "connecting-to-device", "timed-out", "shutdown"), PrinterTrouble.OFFLINE),
)
"""By what printer-state-reasons begin with (RFC 8011, PWG 5100.9); they end in -report, -warning or -error."""


class CupsPrinters:
    """Asks CUPS anew with every call; nothing is kept but the user's name."""

    def __init__(self) -> None:
        self._user = Written("requesting-user-name", Tag.NAME, (_user(),))

    def printers(self) -> Sequence[PrinterInfo]:
        """Return the queues that CUPS has; errors as of the port."""
        usual = self._ask(_GET_DEFAULT, "/", [_wanted("printer-name")])
        name = _text(usual.told[0], "printer-name") if usual.is_good and usual.told else ""
        answer = self._ask(_GET_PRINTERS, "/", [_wanted(*_OF_A_LIST)])
        if not answer.is_good and answer.status != _NOT_FOUND:
            raise PrinterFault(_refused(answer.status))
        found = [_printer(told, name) for told in answer.told]
        return sorted(found, key=lambda one: (one.name, one.key))

    def lay(self, pdf: bytes, wish: PrintWish, mark: str) -> str:
        """Spool ``pdf`` and have it kept back; errors as of the port."""
        name = wish.printer.removeprefix(PREFIX)
        about = [
            _printer_uri(name),
            self._user,
            Written("job-name", Tag.NAME, (mark,)),
            Written("document-format", Tag.MEDIA_TYPE, ("application/pdf",)),
        ]
        shrinks = bool(wish.size) and not wish.is_exact and is_too_large(pdf, wish.size)
        body = request(_PRINT_JOB, about, _wishes(wish, "fit" if shrinks else "none"))
        answer = ask(f"/printers/{quote(name)}", body + pdf)
        if not answer.is_good or not answer.told:
            raise PrinterFault(_refused(answer.status))
        return f"{PREFIX}{answer.told[0]['job-id'][0]}"

    def start(self, job: str) -> None:
        """Release a job; errors as of the port."""
        answer = self._ask(_RELEASE_JOB, *self._about(job))
        if answer.status == _NOT_FOUND:
            raise NotFound("job")
        if not answer.is_good and answer.status != _NOT_POSSIBLE:  # it is not held, or has ended
            raise PrinterFault(_refused(answer.status))

    def follow(self, job: str) -> PrintJob:
        """Return state and trouble of a job; errors as of the port."""
        path, about = self._about(job)
        answer = self._ask(_GET_JOB, path, [*about, _wanted(*_OF_A_JOB)])
        if answer.status == _NOT_FOUND:
            return PrintJob(JobState.GONE)
        if not answer.is_good or not answer.told:
            raise PrinterFault(_refused(answer.status))
        told = answer.told[0]
        state = _STATES.get(_number(told, "job-state"), JobState.WAITING)
        if state in {JobState.WAITING, JobState.PRINTING, JobState.LAID}:
            return self._unfinished(state, told)
        return PrintJob(state, PrinterTrouble.FAILED if state is JobState.FAILED else None)

    def cancel(self, job: str) -> None:
        """Cancel a job; errors as of the port."""
        answer = self._ask(_CANCEL_JOB, *self._about(job))
        if not answer.is_good and answer.status not in {_NOT_POSSIBLE, _NOT_FOUND}:
            raise PrinterFault(_refused(answer.status))

    def discard(self, mark: str, keep: Collection[str]) -> int:
        """Cancel laid jobs that nobody remembers; errors as of the port."""
        about = [
            Written("printer-uri", Tag.URI, ("ipp://localhost/",)),
            self._user,
            Written("limit", Tag.INTEGER, (MOST_JOBS,)),
            _wanted(*_OF_A_JOB),
        ]
        answer = self._ask(_GET_JOBS, "/", about)
        left = [
            f"{PREFIX}{_number(told, 'job-id')}"
            for told in answer.told
            if _text(told, "job-name").startswith(mark) and _STATES.get(_number(told, "job-state")) is JobState.LAID
        ]
        forgotten = [job for job in left if job not in keep]
        for job in forgotten:
            self.cancel(job)
        return len(forgotten)

    def _unfinished(self, state: JobState, told: Attributes) -> PrintJob:
        """Return a job that has not ended, and what stands in its way: what keeps it back, else what ails the printer."""
        reasons = _texts(told, "job-state-reasons")
        if state is JobState.LAID:
            if "job-hold-until-specified" in reasons:
                return PrintJob(JobState.LAID, PrinterTrouble.HELD)
            state = JobState.WAITING  # CUPS holds by itself what a printer did not take, and tries again
        trouble = self._trouble_at(_text(told, "job-printer-uri").rpartition("/")[2])
        if trouble is None and "resources-are-not-ready" in reasons:
            trouble = PrinterTrouble.OFFLINE
        return PrintJob(state, None if trouble is PrinterTrouble.REJECTING else trouble)

    def _trouble_at(self, quoted: str) -> PrinterTrouble | None:
        uri = Written("printer-uri", Tag.URI, (f"ipp://localhost/printers/{quoted}",))
        answer = self._ask(_GET_PRINTER, f"/printers/{quoted}", [uri, _wanted(*_OF_A_PRINTER)])
        if answer.status == _NOT_FOUND:
            return PrinterTrouble.UNKNOWN
        return _trouble(answer.told[0]) if answer.told else None

    def _about(self, job: str) -> tuple[str, list[Written]]:
        number = job.removeprefix(PREFIX)
        uri = Written("job-uri", Tag.URI, (f"ipp://localhost/jobs/{number}",))
        return f"/jobs/{number}", [uri, self._user]

    def _ask(self, operation: int, path: str, about: list[Written]) -> Answer:
        return ask(path, request(operation, about))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no name for this user's number
        return "anonymous"


def _printer_uri(name: str) -> Written:
    return Written("printer-uri", Tag.URI, (f"ipp://localhost/printers/{quote(name)}",))


def _wanted(*names: str) -> Written:
    return Written("requested-attributes", Tag.KEYWORD, names)


def _wishes(wish: PrintWish, scaling: str) -> list[Written | Collected]:
    """Return how a paper is printed: one side a sheet because each copy has its own reader."""
    wishes: list[Written | Collected] = [
        Written("job-hold-until", Tag.KEYWORD, (HOLD,)),
        Written("copies", Tag.INTEGER, (wish.copies,)),
        Written("print-scaling", Tag.KEYWORD, (scaling,)),
        Written("sides", Tag.KEYWORD, ("one-sided",)),
        Written("job-sheets", Tag.KEYWORD, ("none",)),
    ]
    if wish.size:
        wishes.append(Written("media", Tag.KEYWORD, (wish.size,)))
    if wish.tray:
        wishes.append(Collected("media-col", (Written("media-source", Tag.KEYWORD, (wish.tray,)),)))
    return wishes


def _printer(told: Attributes, usual: str) -> PrinterInfo:
    name = _text(told, "printer-name")
    return PrinterInfo(
        key=PREFIX + name,
        name=_text(told, "printer-info") or name,
        place=_text(told, "printer-location"),
        trays=_texts(told, "media-source-supported"),
        sizes=_sizes(told),
        is_usual=name == usual,
        trouble=_trouble(told),
    )


def _sizes(told: Attributes) -> tuple[str, ...]:
    """Return sizes that can be asked for; ``custom_min`` and ``custom_max`` are the ends of a range."""
    return tuple(size for size in _texts(told, "media-supported") if not size.startswith(("custom_min", "custom_max")))


def _trouble(told: Attributes) -> PrinterTrouble | None:
    """Return what a printer lacks, most plainly said first."""
    reasons = [reason for reason in _texts(told, "printer-state-reasons") if not reason.endswith("-report")]
    for beginnings, trouble in _REASONS:
        if any(reason.startswith(beginnings) for reason in reasons):
            return trouble
    if _number(told, "printer-state") == _STOPPED:
        return PrinterTrouble.PAUSED
    return PrinterTrouble.REJECTING if told.get("printer-is-accepting-jobs") == [False] else None


def _refused(status: int) -> PrinterTrouble:
    troubles = {
        _NOT_FOUND: PrinterTrouble.UNKNOWN,
        _NOT_ACCEPTING: PrinterTrouble.REJECTING,
        _BUSY: PrinterTrouble.BUSY,
        **dict.fromkeys(_FORBIDDEN, PrinterTrouble.DENIED),
    }
    return troubles.get(status, PrinterTrouble.FAILED)


def _texts(told: Attributes, name: str) -> tuple[str, ...]:
    return tuple(value for value in told.get(name, ()) if isinstance(value, str))


def _text(told: Attributes, name: str) -> str:
    return next(iter(_texts(told, name)), "")


def _number(told: Attributes, name: str) -> int:
    values: Sequence[Value] = told.get(name, ())
    return next((value for value in values if isinstance(value, int)), 0)
