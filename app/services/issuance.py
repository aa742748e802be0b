"""From acceptance to the citizen's hand: decision (决定), certificate (制证) and delivery (送达)."""

from datetime import date

from app.domain import closing, review
from app.domain.case import READY, Case, CaseState
from app.domain.catalogue import ServiceItem
from app.domain.deadline import add_months
from app.domain.errors import WrongState
from app.domain.facts import CertificateIssued
from app.domain.operators import Act, Operator
from app.domain.paper import Paper, PaperKind
from app.services import paper_forms
from app.services.acting import CaseActs
from app.services.paper_content import PaperContent
from app.services.paper_people import who
from app.services.paper_words import collection_words
from app.services.papers import PaperService
from app.services.permits import ensure_may
from app.services.ports import Store, UnitOfWork
from app.services.recording import Recorder, load_case, load_case_in_hand, load_item
from app.services.snapshots import PaperRow


class IssuanceService:
    """Use cases that end a case at the counter."""

    def __init__(
        self,
        store: Store,
        recorder: Recorder,
        acts: CaseActs,
        papers: PaperService,
        content: PaperContent,
    ) -> None:
        self._store = store
        self._recorder = recorder
        self._acts = acts
        self._papers = papers
        self._content = content

    def open(self, number: str) -> tuple[Case, ServiceItem]:
        """Return a case and the item version it was accepted under; NotFound when there is no such case."""
        with self._store.read() as uow:
            case = load_case(uow, number)
            return case, load_item(uow, case)

    def preview(self, case: Case, item: ServiceItem, operator: Operator) -> Paper:
        """Return the certificate as it would be issued today, without a number."""
        today = self._recorder.now().date()
        values = self._content.certificate_values(case, item, today, valid_until(item, today))
        return self._papers.with_room_for_proof(self._content.certificate_preview(case, item, values, operator))

    def issue(self, number: str, operator: Operator) -> Case:
        """Make the certificate of a granted case; an accepted immediate one is granted first. Return the case.

        An item without a certificate of its own is granted only. WrongState, MayNotIssue, NotHeldHere or MissingGlyphs before
        anything is written; everything is one durable transaction. NotPermitted for who may not handle cases.
        """
        ensure_may(operator, Act.HANDLE_CASES)
        with self._store.write() as uow:
            case = load_case_in_hand(uow, number, self._acts.station.code)
            item = load_item(uow, case)
            if case.state is not CaseState.DECIDED:
                case = self._grant(uow, case, item, operator)
            elif not item.makes_certificate:
                raise WrongState("issue", case.state)
            if item.makes_certificate:
                case = self._certify(uow, case, item, operator)
            uow.commit()
        return case

    def deliver(
        self, number: str, operator: Operator, collected_by: str, *, in_person: bool, id_number: str = ""
    ) -> Case:
        """Record that the result was handed over, and to whom; return the case. WrongState unless it is ready.

        What was decided in writing is served with a receipt of service (送达回证), which has a number.
        """
        ensure_may(operator, Act.HANDLE_CASES)
        now = self._recorder.now()
        with self._store.write() as uow:
            case = load_case_in_hand(uow, number, self._acts.station.code)
            item = load_item(uow, case)
            receipt = None
            if case.decision is not None:
                receipt = self._papers.numbers.next(uow, PaperKind.SERVICE_RECEIPT, now.year)
            delivered = closing.deliver(case, item, collected_by, in_person, id_number, receipt)
            case = self._acts.record(uow, case, delivered, operator.login, now)
            uow.commit()
        return case

    def collection_slip(self, number: str, operator: Operator) -> PaperRow:
        """Make the slip with which the applicant collects the result (取件凭证); NotFound when there is no such case."""
        with self._store.read() as uow:
            case = load_case(uow, number)
            item = load_item(uow, case)
            chosen = uow.directory.get(case.collect_at) if case.is_collected_elsewhere else None
        place = case.collect_at_name if case.is_collected_elsewhere else ""
        ready_on = self._recorder.now().date() if case.state in READY else case.due.date() if case.due else None
        values = {
            **who(case.application, PaperKind.COLLECTION_SLIP),
            **paper_forms.collection(
                item, self._acts.station, ready_on, None, place=place, phone=chosen.phone if chosen else ""
            ),
            "collection": collection_words(case.collection, case.collect_at_name),
        }
        return self._papers.prepare(PaperKind.COLLECTION_SLIP, values, operator, case_number=number)

    def _grant(self, uow: UnitOfWork, case: Case, item: ServiceItem, operator: Operator) -> Case:
        now = self._recorder.now()
        decided = review.grant_on_the_spot(case, item, self._acts.station.level)
        return self._acts.record(uow, case, decided, operator.login, now)

    def _certify(self, uow: UnitOfWork, case: Case, item: ServiceItem, operator: Operator) -> Case:
        now = self._recorder.now()
        issued = closing.issue(case, self._certificate(uow, case, item, now.date()))
        return self._acts.record(uow, case, issued, operator.login, now)

    def _certificate(self, uow: UnitOfWork, case: Case, item: ServiceItem, today: date) -> CertificateIssued:
        assert item.result is not None  # noqa: S101  told by makes_certificate
        until = valid_until(item, today)
        values = self._content.certificate_values(case, item, today, until)
        number = self._papers.numbers.next(uow, PaperKind.CERTIFICATE, today.year, item.result.template)
        return CertificateIssued(
            number, item.result.template, item.result.name, values, today, until, case.voided_certificate
        )


def valid_until(item: ServiceItem, issued_on: date) -> date | None:
    """Return the last day of a certificate issued then, None when it does not run out."""
    months = item.result.valid_months if item.result else 0
    return add_months(issued_on, months) if months else None
