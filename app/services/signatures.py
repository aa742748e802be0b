"""Signatures on the screen: somebody signs a paper by hand on a pad, a touch screen or with the mouse.

What is signed is the paper as it was drawn and kept; the fact names its hash and that of the signature's picture. The
paper shows the signature from then on wherever it is opened or printed, and stays beneath it as it was.
"""

from dataclasses import dataclass

from app.domain.facts import CaseDelivered, FormPrepared, PaperSigned
from app.domain.operators import Act, Operator
from app.domain.paper import SIGNED_BY, PaperState, SignerRole, SigningMeans
from app.services.errors import NotSignable, PaperVoid
from app.services.paper_drawing import told
from app.services.papers import PaperService
from app.services.permits import ensure_may
from app.services.ports import PaperMaker, Store
from app.services.recording import Recorder
from app.services.snapshots import PaperRow
from app.services.sync_images import digest_of

SEVERAL = "、"
"""Between the names of several who apply together: they sign on paper."""


@dataclass(frozen=True, slots=True)
class ToSign:
    """A paper that lies before somebody to be signed."""

    paper: PaperRow
    pdf: bytes
    signer: str
    role: SignerRole


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote."""

    picture: bytes
    """A PNG, dark on white or on nothing."""
    means: SigningMeans
    strokes: int = 0
    took_ms: int = 0


class SignatureService:
    """Use cases around one signature."""

    def __init__(self, store: Store, recorder: Recorder, station: str, maker: PaperMaker, papers: PaperService) -> None:
        self._store = store
        self._recorder = recorder
        self._station = station
        self._maker = maker
        self._papers = papers

    def lay_before(self, paper: PaperRow, operator: Operator) -> ToSign:
        """Return a paper as it is signed, drawn and kept first where it has not been, and who has to sign it.

        PaperVoid; NotSignable when it is signed already, belongs to another station, is signed by nobody or by several,
        or was drawn by a program that left no place for it.
        """
        row = self._ensure_unsigned(paper)
        pdf, signer = self._papers.as_drawn(row, operator), self._signer(row)
        if not signer or SEVERAL in signer or not self._maker.can_be_signed(pdf):
            raise NotSignable
        return ToSign(self._papers.find(row.number), pdf, signer, SIGNED_BY[row.kind])

    def sign(self, to_sign: ToSign, written: Written, operator: Operator) -> PaperRow:
        """Keep a signature with its paper, in one commit, and return the paper as it is now.

        NotSignable when it was signed meanwhile, or what was written is no picture; NotPermitted.
        """
        ensure_may(operator, Act.HANDLE_CASES)
        row = self._ensure_unsigned(to_sign.paper)
        self._maker.signed(to_sign.pdf, written.picture, "")  # whatever cannot be drawn is refused before it is kept
        with self._store.write() as uow:
            fact = PaperSigned(
                paper_kind=row.kind,
                paper_number=row.number,
                signer=to_sign.signer,
                role=to_sign.role,
                digest=digest_of(to_sign.pdf).hex(),
                picture=uow.blobs.put(written.picture),
                means=written.means,
                strokes=written.strokes,
                took_ms=written.took_ms,
            )
            self._recorder.record(uow, operator.login, fact, self._recorder.now(), number=row.case_number)
            uow.commit()
        return self._papers.find(row.number)

    def _ensure_unsigned(self, paper: PaperRow) -> PaperRow:
        row = self._papers.find(paper.number)
        if row.state is PaperState.VOIDED:
            raise PaperVoid(row.number)
        if row.signature or row.kind not in SIGNED_BY or row.station != self._station:
            raise NotSignable
        return row

    def _signer(self, row: PaperRow) -> str:
        """Return the name of who has to sign, as the paper says it; empty for nobody."""
        with self._store.read() as uow:
            fact = told(uow, row).fact
        match fact:
            case CaseDelivered():
                return fact.collected_by
            case FormPrepared():
                return fact.values.get("representative", "") or fact.values.get("name", "")
        return ""
