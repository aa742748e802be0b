"""What stands on each paper: the values and tables of its template, from a case and its item.

Everything becomes final Chinese text here. Which places a template may have is told in docs/papers.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.application import Application, Collection, HandedIn, TakenHow
from app.domain.case import Case
from app.domain.catalogue import Limit, LimitUnit, Material, ServiceItem
from app.domain.clock import CHINA
from app.domain.documents import SEX_ON_PAPER
from app.domain.facts import CertificateIssued
from app.domain.numbering import grouped
from app.domain.operators import Operator
from app.domain.paper import Paper, PaperKind
from app.domain.people import Person, masked_id_number, masked_name, masked_phone
from app.domain.station import Station

COPIES = ("交申请人", "存档")
UNIT_WORDS = {
    LimitUnit.WORKING_DAY: "个工作日",
    LimitUnit.NATURAL_DAY: "天",
    LimitUnit.HOUR: "小时",
    LimitUnit.MINUTE: "分钟",
    LimitUnit.MONTH: "个月",
}
COLLECTION_WORDS = {
    Collection.ON_THE_SPOT: "当场领取",
    Collection.AGENT_POINT: "村（社区）代办点领取",
    Collection.POST: "邮寄送达",
}
TAKEN_WORDS = {
    TakenHow.PAPER: "纸质收取",
    TakenHow.UPLOAD: "附件上传",
    TakenHow.SCAN: "扫描",
    TakenHow.PROMISED: "容缺后补",
    TakenHow.REUSED: "沿用",
}


def long_date(day: date) -> str:
    """Return a date as papers show it: 2026年5月18日."""
    return f"{day.year}年{day.month}月{day.day}日"


def long_time(at: datetime) -> str:
    """Return a moment as papers show it: 2026年5月18日 10:26."""
    local = at.astimezone(CHINA)
    return f"{long_date(local.date())} {local:%H:%M}"


def limit_words(limit: Limit | None) -> str:
    """Return a limit in words: 8 个工作日; 无 for none."""
    return f"{limit.amount} {UNIT_WORDS[limit.unit]}" if limit else "无"


def fee_words(item: ServiceItem) -> str:
    """Return what the applicant pays, or 不收费."""
    return "；".join(f"{fee.name} {fee.standard}" for fee in item.fees) or "不收费"


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
            **self._common(item, application.applicant, operator.name, now),
            "collection": COLLECTION_WORDS[application.collection],
            "received_at": long_time(now),
        }
        return Paper(
            template=PaperKind.MATERIALS_RECEIPT,
            values={**values, **_totals(application.materials.values())},
            tables={"materials": _material_rows(item, application)},
            size=self._station.page_size,
            copies=COPIES[:1],
            preview=True,
        )

    def receipt(self, case: Case, item: ServiceItem, witness: Witness) -> Paper:
        """Return the materials receipt (收件凭证) of a case."""
        application = Application(case.applicant, case.form, case.materials, case.collection)
        values = {
            **self._of_case(case, item, witness),
            **_totals(case.materials.values()),
            "number": case.receipt.text,
            "received_at": long_time(case.received_at),
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
            "accepted_at": long_time(case.accepted_at),
            "statutory": limit_words(item.statutory),
            "promised": "当场办结" if item.is_immediate else limit_words(item.promised or item.statutory),
            "due": _due_words(case),
            "fee": fee_words(item),
        }
        return self._numbered(PaperKind.ACCEPTANCE_NOTICE, values, case, witness)

    def certificate(self, case: Case, item: ServiceItem, issued: CertificateIssued, witness: Witness) -> Paper:
        """Return the certificate of a case, as it was issued."""
        values = {**self._of_case(case, item, witness), **issued.values, "number": issued.number.text}
        return self._numbered(issued.template, values, case, witness, copies=COPIES)

    def certificate_values(self, case: Case, item: ServiceItem, issued_on: date, until: date | None) -> dict[str, str]:
        """Return what is said on the certificate of ``case``: the person in full, the form, the dates."""
        person = case.applicant
        return {
            "name": person.name,
            "sex": SEX_ON_PAPER[person.sex] if person.sex else "",
            "birth_date": long_date(person.birth_date) if person.birth_date else "",
            "id_number": person.id_number,
            "household_address": person.address,
            "date": long_date(issued_on),
            "valid_until": long_date(until) if until else "长期",
            **{entry.code: _form_words(case.form.get(entry.code, "")) for entry in item.form},
        }

    def certificate_preview(self, case: Case, item: ServiceItem, values: dict[str, str], operator: Operator) -> Paper:
        """Return the certificate that would be issued now, without a number."""
        assert item.result is not None  # noqa: S101  the service previews only what has a template
        common = self._common(item, case.applicant, operator.name, case.received_at)
        values = {**common, "case_number": grouped(case.number), **values}
        return Paper(item.result.template, values, size=self._station.page_size, copies=COPIES[:1], preview=True)

    def _of_case(self, case: Case, item: ServiceItem, witness: Witness) -> dict[str, str]:
        return {
            **self._common(item, case.applicant, witness.clerk, witness.at),
            "case_number": grouped(case.number),
            "collection": COLLECTION_WORDS[case.collection],
        }

    def _common(self, item: ServiceItem, person: Person, clerk: str, at: datetime) -> dict[str, str]:
        return {
            "body": self._station.body,
            "department": item.department,
            "service_point": self._station.service_point,
            "applicant": masked_name(person.name),
            "applicant_id": masked_id_number(person.id_number),
            "phone": masked_phone(person.phone),
            "agent": "无",
            "item": item.title,
            "item_code": item.code,
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
        copies: tuple[str, ...] = COPIES,
    ) -> Paper:
        return Paper(
            template=template,
            values=values,
            tables=tables or {},
            barcode=case.number,
            witness=witness.digits,
            size=self._station.page_size,
            copies=copies,
        )


def _form_words(value: str) -> str:
    """Return a form value as papers show it: a date in words, anything else as typed."""
    try:
        return long_date(date.fromisoformat(value))
    except ValueError:
        return value


def _due_words(case: Case) -> str:
    if case.is_immediate:
        return "当场办结"
    if case.due is None:
        return "无"
    return long_time(case.due) + ("（暂定）" if case.due_is_provisional else "")


def _material_rows(item: ServiceItem, application: Application) -> tuple[tuple[str, ...], ...]:
    there = [m for m in item.materials if application.handed_in(m).is_there or application.handed_in(m).is_promised]
    return tuple(_material_row(n, m, application.handed_in(m)) for n, m in enumerate(there, start=1))


def _material_row(number: int, material: Material, handed_in: HandedIn) -> tuple[str, ...]:
    sheets = (handed_in.originals, handed_in.copies, len(handed_in.pages))
    return (str(number), material.name, *(str(count or "—") for count in sheets), _taken_words(handed_in))


def _taken_words(handed_in: HandedIn) -> str:
    """Return how a material was taken in; what is owed with its day, what was taken over with its case."""
    if handed_in.is_promised and handed_in.promised_by:
        return f"容缺后补，{long_date(handed_in.promised_by)}前"
    if handed_in.how is TakenHow.REUSED:
        return f"沿用办件{grouped(handed_in.reused_from)}"
    return TAKEN_WORDS[handed_in.how]


def _totals(materials: Iterable[HandedIn]) -> dict[str, str]:
    there = [handed_in for handed_in in materials if handed_in.is_there]
    return {
        "materials_total": str(len(there)),
        "originals_total": str(sum(handed_in.originals for handed_in in there)),
        "copies_total": str(sum(handed_in.copies for handed_in in there)),
        "pages_total": str(sum(len(handed_in.pages) for handed_in in there)),
    }
