"""What the law and domain.md §3 say of a case, written anew from there and not from the code: the machine's measure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.domain.clock import CHINA

CLOSES = time(17)
SILENCE_DAYS = 5
LONGEST_EXTENSION = 10
BEFORE_DECISION = ("received", "supplement", "accepted", "review", "suspended")
OPEN = (*BEFORE_DECISION, "decided", "issued")
CLOSED = ("delivered", "rated", "not_accepted", "returned", "withdrawn", "forwarded", "voided")
RUNNING = ("accepted", "review")
READY = ("decided", "issued")
HANDED_OVER = ("delivered", "rated", "archived")

AFTER: dict[str, dict[str, str]] = {
    "accept": {"received": "accepted"},
    "ask": {"received": "supplement", "supplement": "supplement"} | {s: s for s in (*RUNNING, "suspended")},
    "supplement": {"supplement": "received"} | {s: s for s in (*RUNNING, "suspended")},
    "refuse_acceptance": {"received": "not_accepted", "supplement": "not_accepted"},
    "give_back": {"received": "returned", "supplement": "returned"},
    "withdraw": dict.fromkeys(BEFORE_DECISION, "withdrawn"),
    "review": {"accepted": "review"},
    "suspend": dict.fromkeys(RUNNING, "suspended"),
    "resume": {"suspended": "accepted"},
    "extend": {state: state for state in RUNNING},
    "decide": dict.fromkeys(RUNNING, "decided"),
    "forward": dict.fromkeys(RUNNING, "forwarded"),
    "correct": {state: state for state in (*BEFORE_DECISION, "decided", *HANDED_OVER)},
    "void": dict.fromkeys(set(OPEN) - {"issued"}, "voided"),
    "rate": {"delivered": "rated"},
    "archive": dict.fromkeys(CLOSED, "archived"),
}
"""What each act makes of a case in each state; in any other state it is refused."""

LEADS_TO: dict[str, set[tuple[str, str]]] = {
    "CaseReceived": {("", "received")},
    "CaseEnteredLate": {("received", "received")},
    "SupplementAsked": {(a, b) for a, b in AFTER["ask"].items()},
    "SupplementReceived": {("supplement", "supplement")} | {(a, b) for a, b in AFTER["supplement"].items()},
    "CaseAccepted": {("received", "accepted")},
    "CaseDeemedAccepted": {("received", "accepted")},
    "CaseNotAccepted": {("received", "not_accepted"), ("supplement", "not_accepted")},
    "CaseReturned": {("received", "returned"), ("supplement", "returned")},
    "CaseWithdrawn": {(state, "withdrawn") for state in BEFORE_DECISION},
    "ReviewStarted": {("accepted", "review")},
    "CaseSuspended": {(state, "suspended") for state in RUNNING},
    "CaseResumed": {("suspended", state) for state in RUNNING},
    "CaseExtended": {(state, state) for state in RUNNING},
    "CaseDecided": {(state, "decided") for state in RUNNING},
    "CaseForwarded": {(state, "forwarded") for state in RUNNING},
    "CertificateIssued": {("decided", "issued")} | {(state, state) for state in HANDED_OVER},
    "CaseDelivered": {("decided", "delivered"), ("issued", "delivered")},
    "CaseCorrected": {(state, state) for state in (*BEFORE_DECISION, "decided", *HANDED_OVER)},
    "CaseVoided": {(state, "voided") for state in OPEN if state != "issued"},
    "CaseRated": {("delivered", "rated")},
    "CaseArchived": {(state, "archived") for state in CLOSED},
    "PaperRevoked": {("issued", "voided")} | {(state, state) for state in HANDED_OVER},
    "PaperReplaced": {(state, state) for state in HANDED_OVER},
    "PaperVoided": {(state, state) for state in (*OPEN, *CLOSED, "archived")} | {("issued", "decided")},
}
"""Which step each fact may be; a kind that is not listed moves no case."""

NOT_VOID = ("to_print", "sent", "printed")
PAPER_AFTER: dict[str, dict[str, str]] = {
    "print": dict.fromkeys(NOT_VOID, "sent"),
    "confirm": {"sent": "printed"},
    "spoil": {"sent": "to_print"},
    "void": dict.fromkeys(NOT_VOID, "voided"),
}
"""What each act makes of a paper in each state; what ended stays so, and its number is never used again."""
PRINTS_ON = ("sent", "printed")
"""A job that is on its way may come out: nobody has said that it shall not."""


@dataclass(frozen=True)
class WorkingDays:
    """Monday to Friday less holidays, plus make-up days."""

    holidays: frozenset[date] = frozenset()
    make_up: frozenset[date] = frozenset()

    def is_one(self, day: date) -> bool:
        """Tell whether ``day`` counts."""
        return day in self.make_up or (day.isoweekday() <= 5 and day not in self.holidays)

    def after(self, day: date, number: int) -> date:
        """Return the ``number``-th working day after ``day``."""
        days = self._from(day)
        for _ in range(number):
            day = next(days)
        return day

    def between(self, since: date, until: date) -> int:
        """Return the working days after ``since`` up to ``until``."""
        days = (until - since).days
        return sum(self.is_one(since + timedelta(days=n + 1)) for n in range(days))

    def _from(self, day: date) -> Iterator[date]:
        while True:
            day += timedelta(days=1)
            if self.is_one(day):
                yield day


@dataclass
class Expected:
    """A case as the law has it."""

    number: str
    immediate: bool
    days: int
    """Working days of the limit."""
    complete: datetime
    """When everything was there."""
    state: str = "received"
    certificate: str = ""
    """Number of the certificate that is valid."""
    until: date | None = None
    """The last day of the certificate, which a new one keeps."""
    replaces: str = ""
    """Number of the void one that the next takes the place of, and names."""
    refused: bool = False
    asked: int = 0
    owes: bool = False
    reviewed: bool = False
    accepted: datetime | None = None
    suspended: datetime | None = None
    stopped: int = 0
    extra: int = 0
    working: WorkingDays = WorkingDays()

    def is_silent(self, now: datetime) -> bool:
        """Tell whether the body has said nothing for so long that it has accepted (Art. 32)."""
        return self.state == "received" and now > _at_closing(self.working.after(self.complete.date(), SILENCE_DAYS))

    def accept(self, at: datetime) -> None:
        """Let the clock start at ``at``."""
        self.state, self.accepted = "accepted", at

    def certify(self, number: str, until: date | None) -> None:
        """Let a certificate be made."""
        self.state, self.certificate, self.until, self.replaces = "issued", number, until, ""

    def revoke(self) -> None:
        """Let the certificate be taken from its holder: what was handed over stays handed over, the rest is void."""
        self.certificate = ""
        if self.state == "issued":
            self.state = "voided"

    def lose(self, paper: str) -> None:
        """Let a paper be void: without a valid certificate there is nothing to hand over, but what was, stays so."""
        if paper != self.certificate:
            return
        self.certificate, self.replaces = "", paper
        if self.state == "issued":
            self.state = "decided"

    @property
    def due(self) -> datetime | None:
        """Return when the case is due: the limit, what a special procedure stopped, and an extension."""
        if self.accepted is None:
            return None
        return _at_closing(self.working.after(self.accepted.date(), self.days + self.stopped + self.extra))


@dataclass
class ExpectedPaper:
    """A numbered paper as domain.md §5 has it: printed again it says so, void it names the second person."""

    state: str = "to_print"
    sent: int = 0
    printed: int = 0
    voided_by: str = ""


@dataclass
class ExpectedDay:
    """The last closing: a day is closed again only for work that came after it."""

    closed: date | None = None
    has_work: bool = False

    def can_be_closed(self, day: date) -> bool:
        """Tell whether ``day``, which is today, has something to close."""
        return self.closed != day or self.has_work

    def close(self, day: date) -> None:
        """Let everything so far be closed."""
        self.closed, self.has_work = day, False


def _at_closing(day: date) -> datetime:
    return datetime.combine(day, CLOSES, CHINA)
