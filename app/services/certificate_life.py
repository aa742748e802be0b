"""What becomes of a certificate after it was issued: taken from its holder, or made anew after it was handed over.

How it is issued is told in ``issuance``; that any paper is void, in ``papers``.
"""

from dataclasses import dataclass
from datetime import date

from app.domain import closing
from app.domain.case import Case
from app.domain.catalogue import ServiceItem
from app.domain.errors import AlreadyDone
from app.domain.facts import CertificateIssued, PaperRevoked
from app.domain.operators import Act, Operator
from app.domain.paper import Paper, PaperKind
from app.domain.paper_ends import ReplacementGround, RevocationGround
from app.services.acting import CaseActs, Situation
from app.services.paper_content import PaperContent
from app.services.paper_words import long_date
from app.services.papers import PaperService
from app.services.permits import ensure_may
from app.services.ports import Store
from app.services.recording import Recorder, load_case, load_case_in_hand, load_item
from app.services.snapshots import PaperRow


@dataclass(frozen=True, slots=True)
class Revocation:
    """Why a certificate is taken back; ``basis`` is the decision or the article that it rests on."""

    ground: RevocationGround
    reason: str
    basis: str
    original_recovered: bool = True


@dataclass(frozen=True, slots=True)
class Replacement:
    """Why a certificate is made anew."""

    ground: ReplacementGround
    reason: str
    original_recovered: bool = True


class CertificateLife:
    """Acts on certificates that are there. Both need a second person, and the case in this station's hands."""

    def __init__(
        self, store: Store, recorder: Recorder, acts: CaseActs, papers: PaperService, content: PaperContent
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._acts = acts
        self._papers = papers
        self._content = content

    def revoke(self, paper: PaperRow, operator: Operator, why: Revocation, approved_by: Operator) -> Case:
        """Take a certificate from its holder (撤销, 撤回, 注销) and return the case; its number stays used.

        One that was not handed over yet closes its case as void. ReasonMissing, SamePerson, NotPermitted, NotHeldHere,
        AlreadyDone, WrongState.
        """
        row = self._counting(paper, "revoke_certificate")
        ensure_may(approved_by, Act.CONFIRM)

        def revoked(act: Situation) -> PaperRevoked:
            return closing.revoke_certificate(
                act.case,
                row.number,
                why.ground,
                why.reason,
                why.basis,
                by=operator.login,
                approved_by=approved_by.login,
                original_recovered=why.original_recovered,
            )

        return self._acts.carry_out(row.case_number, operator, revoked, needs=Act.DECIDE)

    def replace(self, paper: PaperRow, operator: Operator, why: Replacement, approved_by: Operator) -> Case:
        """Make a certificate anew that was handed over (补发, 换发), and return the case; both are one transaction.

        What was lost or damaged says the same again under a new number and day; after WRONG it says what the case says
        now. It runs out when the old one would have. CertificateExpired, MissingGlyphs and those of ``revoke``.
        """
        row = self._counting(paper, "replace_certificate")
        ensure_may(operator, Act.HANDLE_CASES)
        ensure_may(approved_by, Act.CONFIRM)
        now = self._recorder.now()
        today = now.date()
        with self._store.write() as uow:
            case = load_case_in_hand(uow, row.case_number, self._acts.station.code)
            old, item = case.certificate, load_item(uow, case)
            number = self._papers.numbers.next(uow, PaperKind.CERTIFICATE, today.year, old.template if old else "")
            replaced = closing.replace_certificate(
                case,
                row.number,
                why.ground,
                why.reason,
                today,
                number.text,
                by=operator.login,
                approved_by=approved_by.login,
                original_recovered=why.original_recovered,
            )
            assert old is not None  # noqa: S101  told by the rule
            values = self._values(case, item, old, why.ground, today)
            issued = CertificateIssued(number, old.template, old.name, values, today, old.valid_until, row.number)
            case = self._acts.record(uow, case, replaced, operator.login, now)
            case = self._acts.record(uow, case, issued, operator.login, now)
            uow.commit()
        return case

    def preview(self, paper: PaperRow, ground: ReplacementGround, operator: Operator) -> Paper:
        """Return the certificate that ``replace`` would make now, without a number."""
        with self._store.read() as uow:
            case = load_case(uow, paper.case_number)
            item = load_item(uow, case)
        old = self._counting_in(case)
        values = self._values(case, item, old, ground, self._recorder.now().date())
        drawn = self._content.certificate_preview(case, item, values, operator, replaces=paper.number)
        return self._papers.with_room_for_proof(drawn)

    def _counting(self, paper: PaperRow, act: str) -> PaperRow:
        row = self._papers.find(paper.number)
        if row.state.is_over:
            raise AlreadyDone(act)
        return row

    @staticmethod
    def _counting_in(case: Case) -> CertificateIssued:
        if case.certificate is None:
            raise AlreadyDone("replace_certificate")
        return case.certificate

    def _values(
        self, case: Case, item: ServiceItem, old: CertificateIssued, ground: ReplacementGround, today: date
    ) -> dict[str, str]:
        if ground is ReplacementGround.WRONG:
            return self._content.certificate_values(case, item, today, old.valid_until)
        return {**old.values, "date": long_date(today), "issued_on": long_date(today)}
