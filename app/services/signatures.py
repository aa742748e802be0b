"""Signatures on the screen: whoever signs a paper does so by hand on a pad, a touch screen or with the mouse.

What is signed is the paper as it is drawn and, with the first signature, kept; each fact names its hash and that of the
signature's picture. The paper shows the signatures from then on wherever it is opened or printed, and stays beneath them
as it was. Who signs where is told by ``signers``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.facts import CaseDelivered, PaperMade, PaperSigned, read_fact
from app.domain.operators import Act, Operator
from app.domain.paper import SIGNED, SigningMeans
from app.services.errors import NotSignable
from app.services.paper_drawing import told
from app.services.papers import PaperService
from app.services.permits import ensure_may
from app.services.ports import OnLine, PaperMaker, Store, UnitOfWork
from app.services.recording import Recorder
from app.services.signers import Signer, left_over, signers
from app.services.snapshots import PaperRow, PaperSignature
from app.services.sync_images import digest_of


@dataclass(frozen=True, slots=True)
class ToSign:
    """A paper that lies before those who sign it; nothing of this is kept before somebody did."""

    paper: PaperRow
    pdf: bytes
    signers: tuple[Signer, ...]
    """Who may still sign, in the order of the lines."""
    made: PaperMade | None = None
    """What the journal will say of the drawing, None where the paper is kept already."""


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote."""

    picture: bytes
    """A PNG, dark on white or on nothing."""
    means: SigningMeans
    strokes: int = 0
    took_ms: int = 0


class SignatureService:
    """Use cases around the signatures of one paper."""

    def __init__(self, store: Store, recorder: Recorder, station: str, maker: PaperMaker, papers: PaperService) -> None:
        self._store = store
        self._recorder = recorder
        self._station = station
        self._maker = maker
        self._papers = papers

    def lay_before(self, paper: PaperRow, operator: Operator) -> ToSign:
        """Return a paper as it is signed, and who may still sign it.

        PaperVoid; NotSignable when everybody signed, it belongs to another station, nobody signs it, or it was drawn by a
        program that left no place for it.
        """
        ensure_may(operator, Act.HANDLE_CASES)
        row = self._ensure_signable(paper)
        drawn = self._papers.as_drawn(row)
        rest = left_over(self._everybody(row, drawn.pdf), _signed(row))
        if not rest:
            raise NotSignable
        return ToSign(row, drawn.pdf, rest, drawn.made)

    def check(self, to_sign: ToSign, signer: Signer, written: Written) -> None:
        """Raise NotSignable when what was written cannot be drawn on the paper; nothing is kept."""
        self._maker.signed(to_sign.pdf, [OnLine(signer.line, (written.picture,), "")])

    def shown(self, to_sign: ToSign, written: Sequence[tuple[Signer, Written]]) -> bytes:
        """Return the paper as it would be with what was ``written``; nothing is kept."""
        now = self._recorder.now()
        more = [PaperSignature(by.line, by.name, by.role, by.for_whom, "", now) for by, _one in written]
        return self._papers.with_signatures(to_sign.paper, to_sign.pdf, more, [one.picture for _by, one in written])

    def sign(self, to_sign: ToSign, written: Sequence[tuple[Signer, Written]], operator: Operator) -> PaperRow:
        """Keep what was ``written``, with its paper, in one commit, and return the paper as it is now.

        NotSignable when one of them signed meanwhile, or what was written is no picture; NotPermitted.
        """
        ensure_may(operator, Act.HANDLE_CASES)
        for signer, one in written:
            self.check(to_sign, signer, one)
        with self._store.write() as uow:
            row = self._ensure_signable(to_sign.paper)
            if row.digest not in {"", digest_of(to_sign.pdf).hex()} or row.signatures != to_sign.paper.signatures:
                raise NotSignable
            still_open = len(left_over(to_sign.signers, [signer for signer, _ in written]))
            if not row.digest and to_sign.made is not None:
                uow.blobs.put(to_sign.pdf)
                self._record(uow, row, operator, to_sign.made)
            for signer, one in written:
                fact = _fact(row, to_sign.pdf, signer, one, uow.blobs.put(one.picture), still_open)
                self._record(uow, row, operator, fact)
            uow.commit()
        return self._papers.find(row.number)

    def _record(self, uow: UnitOfWork, row: PaperRow, operator: Operator, fact: PaperMade | PaperSigned) -> None:
        self._recorder.record(uow, operator.login, fact, self._recorder.now(), number=row.case_number)

    def _ensure_signable(self, paper: PaperRow) -> PaperRow:
        row = self._papers.find_in_force(paper.number)
        if row.kind not in SIGNED or row.station != self._station:
            raise NotSignable
        return row

    def _everybody(self, row: PaperRow, pdf: bytes) -> tuple[Signer, ...]:
        with self._store.read() as uow:
            return signers(self._maker.places_to_sign(pdf), told(uow, row), _collector(uow, row.case_number))


def _collector(uow: UnitOfWork, case: str) -> str:
    """Return who collected the result of a case, empty as long as nobody did."""
    facts = (read_fact(entry.read()) for entry in uow.journal.of_case(case)) if case else ()
    return next((fact.collected_by for fact in facts if isinstance(fact, CaseDelivered)), "")


def _signed(row: PaperRow) -> list[Signer]:
    return [Signer(one.line, one.signer, one.role, one.for_whom) for one in row.signatures]


def _fact(row: PaperRow, pdf: bytes, signer: Signer, written: Written, picture: str, still_open: int) -> PaperSigned:
    return PaperSigned(
        paper_kind=row.kind,
        paper_number=row.number,
        signer=signer.name,
        role=signer.role,
        digest=digest_of(pdf).hex(),
        picture=picture,
        means=written.means,
        strokes=written.strokes,
        took_ms=written.took_ms,
        line=signer.line,
        for_whom=signer.for_whom,
        still_open=still_open,
    )
