"""What stands on each paper: the values and tables of its template, from the fact that uses its number.

Everything becomes final Chinese text here: what every paper says in this module, the rest by kind in ``paper_outcomes``
and ``paper_forms``. Which places a template may have is told in docs/papers.md.
"""

from datetime import date, datetime

from app.domain.application import Application
from app.domain.case import Case
from app.domain.catalogue import ServiceItem
from app.domain.clock import CHINA
from app.domain.documents import SEX_ON_PAPER, Document
from app.domain.facts import CaseEnteredLate
from app.domain.numbering import grouped
from app.domain.operators import Operator
from app.domain.paper import Paper, PaperKind
from app.domain.paper_issuers import issuer
from app.domain.station import Station
from app.services import paper_forms, paper_outcomes
from app.services.paper_outcomes import all_materials, replacing
from app.services.paper_people import in_full, who
from app.services.paper_told import Told, Values
from app.services.paper_words import (
    collection_words,
    form_words,
    long_date,
    long_time,
    owed_words,
    sentence,
    totals,
    under,
)

KEPT_BY_APPLICANT = ("交申请人",)
NOT_NAMED = "其他"
"""What is chosen in a form when none of the choices fits."""
FILLS = {**paper_outcomes.FILLS, **paper_forms.FILLS}


class PaperContent:
    """Fills papers for one station."""

    def __init__(self, station: Station) -> None:
        self._station = station

    def paper(self, told: Told) -> Paper:
        """Return the paper that ``told`` speaks of, with its number; KeyError when its fact uses none."""
        filled = FILLS[type(told.fact)](told, told.fact)
        values = {**self._of_station(told.witness.clerk, told.witness.at), **self._of_case(told), **filled.values}
        late = told.of_case.late_entry if told.of_case else None
        return Paper(
            template=filled.template or told.kind,
            values={**self._spoken(told.kind, values), "number": told.number.text},
            tables=filled.tables,
            barcode=told.of_case.case.number if told.of_case else "",
            witness=told.witness.digits,
            entry=told.entry,
            size=self._station.page_size,
            remarks=(*_late(late), *filled.remarks),
        )

    def receipt_preview(
        self,
        application: Application,
        item: ServiceItem,
        operator: Operator,
        now: datetime,
        late: CaseEnteredLate | None = None,
    ) -> Paper:
        """Return the materials receipt of an application that is not accepted yet, marked when it is entered late."""
        values = {
            **self._of_station(operator.name, now),
            **_of_item(item),
            **_of_application(application, PaperKind.MATERIALS_RECEIPT),
            **totals(application.materials.values()),
            "received_at": long_time(late.received_at if late else now),
            "owed": owed_words(item, application),
        }
        return Paper(
            template=PaperKind.MATERIALS_RECEIPT,
            values=self._spoken(PaperKind.MATERIALS_RECEIPT, values),
            tables={"materials": all_materials(item, application)},
            size=self._station.page_size,
            copies=KEPT_BY_APPLICANT,
            preview=True,
            remarks=_late(late),
        )

    def certificate_values(self, case: Case, item: ServiceItem, issued_on: date, until: date | None) -> dict[str, str]:
        """Return what is said on the certificate of ``case``: the person in full, the form, the dates."""
        return {
            **in_full(case.application),
            **_of_the_person(case),
            "date": long_date(issued_on),
            "issued_on": long_date(issued_on),
            "valid_until": long_date(until) if until else "长期",
            **{entry.code: _on_certificate(case.form.get(entry.code, "")) for entry in item.form},
        }

    def certificate_preview(
        self, case: Case, item: ServiceItem, values: dict[str, str], operator: Operator, replaces: str = ""
    ) -> Paper:
        """Return the certificate that would be issued now, without a number; ``replaces`` one that was handed over."""
        assert item.result is not None  # noqa: S101  the service previews only what has a template
        common = {
            **self._of_station(operator.name, case.received_at),
            **_of_item(item),
            **_of_application(case.application, PaperKind.CERTIFICATE),
            "case_number": grouped(case.number),
        }
        return Paper(
            template=item.result.template,
            values=self._spoken(PaperKind.CERTIFICATE, {**common, **values}),
            size=self._station.page_size,
            copies=KEPT_BY_APPLICANT,
            preview=True,
            remarks=(*_late(case.late_entry), *replacing(replaces or case.voided_certificate)),
        )

    def guide(self, item: ServiceItem, operator: Operator, now: datetime) -> Paper:
        """Return the one-page guide (办事指南) of an item: no number, no case."""
        filled = paper_forms.guide(item, self._station)
        values = {**self._of_station(operator.name, now), **_of_item(item), **filled.values}
        spoken = self._spoken(PaperKind.ITEM_GUIDE, values)
        return Paper(PaperKind.ITEM_GUIDE, spoken, filled.tables, size=self._station.page_size)

    def form_preview(self, kind: PaperKind, values: Values, operator: Operator, now: datetime, template: str) -> Paper:
        """Return a form that is not prepared yet, as it would be printed."""
        filled = self._spoken(kind, {**self._of_station(operator.name, now), **values})
        return Paper(template or kind, filled, size=self._station.page_size, copies=KEPT_BY_APPLICANT, preview=True)

    def _of_station(self, clerk: str, at: datetime) -> Values:
        return {
            "body": self._station.body,
            "department": self._station.body,
            "service_point": self._station.service_point,
            "window": self._station.window,
            "window_phone": self._station.phone,
            "clerk": clerk,
            "date": long_date(at.astimezone(CHINA).date()),
        }

    def _spoken(self, kind: PaperKind, values: Values) -> Values:
        """Return ``values`` with who speaks on the paper, and through which window where that is another body's."""
        speaks = issuer(kind, values["department"], self._station.body)
        window = f"{values['service_point']}（{values['window']}）"
        return {**values, "issuer": speaks, "through": "" if speaks == self._station.body else window}

    def _of_case(self, told: Told) -> Values:
        if told.of_case is None:
            return {}
        return {
            **_of_item(told.of_case.item),
            **_of_application(told.of_case.application, told.kind),
            "case_number": grouped(told.of_case.case.number),
        }


def _of_item(item: ServiceItem) -> Values:
    return {
        "department": item.department,
        "item": item.title,
        "item_code": item.code,
        "legal_basis": item.legal_basis,
        "under": under(item),
    }


def _of_application(application: Application, kind: PaperKind) -> Values:
    return {
        **who(application, kind),
        "collection": collection_words(application.collection, application.collect_at_name),
    }


def _of_the_person(case: Case) -> Values:
    """Return what a certificate tells of one person: nothing of it where it is about several.

    A household address (户籍地址) is that of somebody with a resident card; others have none here.
    """
    if case.co_applicants:
        return {"sex": "", "birth_date": "", "household_address": ""}
    person = case.applicant
    told = {
        "sex": SEX_ON_PAPER[person.sex] if person.sex else "",
        "birth_date": long_date(person.birth_date) if person.birth_date else "",
    }
    has_household = person.document is Document.RESIDENT_CARD or case.organisation is not None
    return told if has_household else {**told, "household_address": ""}


def _on_certificate(value: str) -> str:
    """Return what a certificate says of a form value; 其他 names nothing, so that its part of the sentence is left out."""
    return "" if value == NOT_NAMED else form_words(value)


def _late(fact: CaseEnteredLate | None) -> tuple[str, ...]:
    """Return what stands above every paper of a case that was handled on paper and entered afterwards."""
    if fact is None:
        return ()
    return (
        f"补录：{sentence(fact.reason)}原文书编号 {fact.paper_number}",
        f"实际收件 {long_time(fact.received_at)}，实际受理 {long_time(fact.accepted_at)}",
    )
