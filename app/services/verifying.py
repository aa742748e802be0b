"""What a paper is worth that somebody brings to the counter, by its own centre, the list of what that called back, and the store.

Whether a proof holds is the job of ``app.verification``, behind the port ``Judge``.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from app.domain.paper import PaperState
from app.domain.verdict import Finality, Reason, Standing, Verdict
from app.services.errors import NotInvited
from app.services.membership import certified_in, membership_in
from app.services.ports import Store, UnitOfWork
from app.services.recording import Recorder
from app.services.revocations import Published, published_in
from app.services.snapshots import PaperMark, PaperRow

FINALITIES = {PaperMark.FINAL: Finality.CONFIRMED, PaperMark.PROVISIONAL: Finality.PROVISIONAL}

Known = Callable[[str, bytes, str], Standing]
"""Asks for a paper by its number, the hash of its entry, empty where it does not tell, and its station."""


class Judge(Protocol):
    """Judges papers of one centre."""

    def of_text(self, text: str) -> Verdict:
        """Return what the text of a code is worth."""
        ...

    def of_file(self, data: bytes) -> Sequence[Verdict]:
        """Return what each paper in a file is worth, one verdict at least; slow, and the file may be hostile."""
        ...


class Judges(Protocol):
    """What the counter needs of ``app.verification``."""

    def proof_in(self, typed: str) -> str:
        """Return the proof, or the beginning of one, that was typed, as its code says it; empty for any other text."""
        ...

    def judge(self, root: str, now: datetime, known: Known, published: Published) -> Judge:
        """Return who judges by a root (PEM) at a moment, with what its centre published as revoked, or nothing."""
        ...

    def stop(self) -> None:
        """Break off the file that is being read, and end whatever reads files until the next one."""
        ...


class VerifyingService:
    """Papers are checked at the counter of one station."""

    def __init__(self, store: Store, recorder: Recorder, own: str, judges: Judges) -> None:
        self._store = store
        self._recorder = recorder
        self._known = KnownHere(store, own)
        self._judges = judges

    def is_proof(self, text: str) -> bool:
        """Tell whether a typed text is, or begins as, the proof on a certificate; it need not hold."""
        return bool(self._judges.proof_in(text))

    def of_text(self, text: str) -> Verdict:
        """Return what the typed text of a code is worth; NotInvited where there is no centre to believe."""
        return self._judge().of_text(self._judges.proof_in(text) or text.strip())

    def of_file(self, data: bytes) -> Sequence[Verdict]:
        """Return what each paper in a PDF, photograph or scan is worth, one verdict at least; NotInvited.

        Call it beside the window: it takes up to 20 s, or until ``stop``.
        """
        return self._judge().of_file(data)

    def stop(self) -> None:
        """Break off the file that is being read: what it is worth cannot be told then."""
        self._judges.stop()

    def _judge(self) -> Judge:
        with self._store.read() as uow:
            root = believed_root(uow)
            published = published_in(uow)
        return self._judges.judge(root, self._recorder.now(), self._known.standing, published)


class KnownHere:
    """What a counter's store knows of papers: its own, and the stations that its centre shut out."""

    def __init__(self, store: Store, own: str) -> None:
        self._store = store
        self._own = own

    def standing(self, number: str, entry: bytes, station: str) -> Standing:
        """Return what is known of the paper of that number, if ``entry`` is the hash of what issued it; nothing without it."""
        with self._store.read() as uow:
            found = uow.directory.get(station)
            stopped = found.revoked_at if found else None
            row = self._store.views.paper(number)
            is_its = row is not None and row.station == station
            entries = uow.journal.of_case(row.case_number) if row and is_its else ()
        if row and any(one.hash == entry and (one.epoch, one.seq) == (row.epoch, row.seq) for one in entries):
            return Standing(self._finality(row), _end(row), stopped)
        # Of an own paper the journal has to know: else it was restored from before, or somebody else has the key.
        return Standing(stopped_at=stopped, is_missing=station == self._own)

    def _finality(self, row: PaperRow) -> Finality:
        """Return what the centre makes of a paper; an own one that it has never been asked about is provisional."""
        if row.mark is None:
            return Finality.PROVISIONAL if row.station == self._own else Finality.UNKNOWN
        return FINALITIES.get(row.mark, Finality.UNKNOWN)


ENDS = {
    PaperState.VOIDED: Reason.VOID,
    PaperState.REVOKED: Reason.WITHDRAWN,
    PaperState.REPLACED: Reason.REPLACED,
}


def _end(row: PaperRow) -> Reason | None:
    if row.state.is_over:
        return ENDS[row.state]
    return Reason.RECALLED if row.mark is PaperMark.TO_RECALL else None


def believed_root(uow: UnitOfWork) -> str:
    """Return the root of the counter's centre, before its own certificate has come too; else that of a demonstration.

    NotInvited where there is no centre.
    """
    kept = membership_in(uow) or certified_in(uow)
    if kept is None:
        raise NotInvited
    return kept.root
