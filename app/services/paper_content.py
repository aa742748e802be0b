"""What stands on each paper: the values and tables of its template, from a case and its item.

Everything becomes final Chinese text here. Which places a template may have is told in docs/papers.md.
"""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.application import Application
from app.domain.case import Case
from app.domain.catalogue import ServiceItem
from app.domain.clock import CHINA
from app.domain.documents import SEX_ON_PAPER, Document
from app.domain.facts import CertificateIssued
from app.domain.numbering import grouped
from app.domain.operators import Operator
from app.domain.paper import Paper, PaperKind
from app.domain.people import masked_phone
from app.domain.station import Station
from app.services.paper_words import (
    COLLECTION_WORDS,
    DOCUMENT_WORDS,
    addressee,
    agent_words,
    applicant_words,
    fee_words,
    form_words,
    in_full,
    limit_words,
    long_date,
    long_time,
    material_rows,
    number_words,
    owed_words,
    promised_words,
    totals,
    under,
)

KEPT_BY_APPLICANT = ("交申请人",)
COMPLETE = "材料齐全，符合法定形式，本机关依法予以受理"


@dataclass(frozen=True, slots=True)
class Witness:
    """What ties a paper to the journal: who acted, when, and the acceptance entry's 16 hex digits."""

    clerk: str
    at: datetime
    digits: str


class PaperContent:
    """Fills papers for one station."""

    def __init__(self, station: Station) -> None:
        self._station = station

    def receipt_preview(self, application: Application, item: ServiceItem, operator: Operator, now: datetime) -> Paper:
        """Return the materials receipt of an application that is not accepted yet."""
        values = {
            **self._common(item, application, operator.name, now),
            **totals(application.materials.values()),
            "received_at": long_time(now),
            "owed": owed_words(item, application),
        }
        return Paper(
            template=PaperKind.MATERIALS_RECEIPT,
            values=values,
            tables={"materials": _material_rows(item, application)},
            size=self._station.page_size,
            copies=KEPT_BY_APPLICANT,
            preview=True,
        )

    def receipt(self, case: Case, item: ServiceItem, witness: Witness) -> Paper:
        """Return the materials receipt (收件凭证) of a case."""
        application = case.application
        values = {
            **self._of_case(case, item, witness),
            **totals(case.materials.values()),
            "number": case.receipt.text,
            "received_at": long_time(case.received_at),
            "owed": owed_words(item, application),
        }
        tables = {"materials": _material_rows(item, application)}
        return self._numbered(PaperKind.MATERIALS_RECEIPT, values, case, witness, tables)

    def notice(self, case: Case, item: ServiceItem, witness: Witness) -> Paper:
        """Return the acceptance notice (受理通知书) of an accepted case."""
        assert case.accepted_at is not None  # noqa: S101  only an accepted case has a notice number
        assert case.notice is not None  # noqa: S101
        values = {
            **self._of_case(case, item, witness),
            "number": case.notice.text,
            "received_at": long_time(case.received_at),
            "accepted_at": long_time(case.accepted_at),
            "accepted_because": COMPLETE,
            "owed": owed_words(item, case.application),
            "statutory": limit_words(item.statutory),
            "promised": promised_words(item),
            "due": _due_words(case),
            "fee": fee_words(item),
        }
        return self._numbered(PaperKind.ACCEPTANCE_NOTICE, values, case, witness)

    def certificate(self, case: Case, item: ServiceItem, issued: CertificateIssued, witness: Witness) -> Paper:
        """Return the certificate of a case, as it was issued."""
        usual = {"document": DOCUMENT_WORDS[Document.RESIDENT_CARD], "issued_on": long_date(issued.issued_on)}
        values = {**self._of_case(case, item, witness), **usual, **issued.values, "number": issued.number.text}
        return self._numbered(issued.template, values, case, witness)

    def certificate_values(self, case: Case, item: ServiceItem, issued_on: date, until: date | None) -> dict[str, str]:
        """Return what is said on the certificate of ``case``: the person in full, the form, the dates."""
        person = case.applicant
        return {
            **in_full(case.application),
            "sex": SEX_ON_PAPER[person.sex] if person.sex else "",
            "birth_date": long_date(person.birth_date) if person.birth_date else "",
            "date": long_date(issued_on),
            "issued_on": long_date(issued_on),
            "valid_until": long_date(until) if until else "长期",
            **{entry.code: form_words(case.form.get(entry.code, "")) for entry in item.form},
        }

    def certificate_preview(self, case: Case, item: ServiceItem, values: dict[str, str], operator: Operator) -> Paper:
        """Return the certificate that would be issued now, without a number."""
        assert item.result is not None  # noqa: S101  the service previews only what has a template
        common = self._common(item, case.application, operator.name, case.received_at)
        values = {**common, "case_number": grouped(case.number), **values}
        return Paper(item.result.template, values, size=self._station.page_size, copies=KEPT_BY_APPLICANT, preview=True)

    def _of_case(self, case: Case, item: ServiceItem, witness: Witness) -> dict[str, str]:
        return {
            **self._common(item, case.application, witness.clerk, witness.at),
            "case_number": grouped(case.number),
        }

    def _common(self, item: ServiceItem, application: Application, clerk: str, at: datetime) -> dict[str, str]:
        return {
            "body": self._station.body,
            "department": item.department,
            "service_point": self._station.service_point,
            "applicant": applicant_words(application),
            "applicant_id": number_words(application),
            "addressee": addressee(application),
            "phone": masked_phone(application.applicant.phone),
            "agent": agent_words(application),
            "collection": COLLECTION_WORDS[application.collection],
            "item": item.title,
            "item_code": item.code,
            "legal_basis": item.legal_basis,
            "under": under(item),
            "clerk": clerk,
            "window": self._station.window,
            "window_phone": self._station.phone,
            "date": long_date(at.astimezone(CHINA).date()),
        }

    def _numbered(
        self,
        template: str,
        values: dict[str, str],
        case: Case,
        witness: Witness,
        tables: dict[str, tuple[tuple[str, ...], ...]] | None = None,
    ) -> Paper:
        return Paper(
            template=template,
            values=values,
            tables=tables or {},
            barcode=case.number,
            witness=witness.digits,
            size=self._station.page_size,
        )


def _due_words(case: Case) -> str:
    if case.is_immediate:
        return "当场办结"
    if case.due is None:
        return "无"
    return long_time(case.due) + ("（暂定）" if case.due_is_provisional else "")


def _material_rows(item: ServiceItem, application: Application) -> tuple[tuple[str, ...], ...]:
    return material_rows((material, application.handed_in(material)) for material in item.materials)
