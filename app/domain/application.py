"""What an applicant asks for and hands in, while the clerk types it, and whether it can be accepted.

A draft holds raw text and may be as unfinished as it likes; ``check`` names everything that stands in the way.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from app.domain.catalogue import ApplicantKind, FieldKind, FormField, Material, Need, ServiceItem
from app.domain.people import Agent, Organisation, Person, tidy_organisation, tidy_person
from app.domain.plain import seldom
from app.domain.problem import Problem, Severity
from app.domain.representation import check_agent, check_applicant, check_co_applicants, has_guardian, tidy_agent

MOST_SHEETS = 99
"""Originals or copies of one material, as a receipt line can show them."""


class TakenHow(StrEnum):
    """How a material was taken in (收取方式 1 to 5 of the national schema)."""

    PAPER = "paper"
    UPLOAD = "upload"
    SCAN = "scan"
    PROMISED = "promised"
    """Not there yet: it may follow, by a promised day (容缺后补)."""
    REUSED = "reused"
    """Taken over from an earlier case of the same applicant."""
    PLEDGED = "pledged"
    """Not asked for: a pledge stands in its place (告知承诺)."""


class PageRemark(StrEnum):
    """What a clerk should look at before the paper is handed back."""

    BLANK = "blank"
    BLURRED = "blurred"
    NO_EDGES = "no_edges"
    """The sheet's edges were not found: the whole picture was kept."""


class Collection(StrEnum):
    """How the applicant wants the result."""

    ON_THE_SPOT = "on_the_spot"
    AGENT_POINT = "agent_point"
    POST = "post"
    CHOSEN_PLACE = "chosen_place"
    """At another service point, which the applicant chose (选地取件)."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page image: SHA-256 (hex) of its bytes, media type, clockwise turn in degrees (0, 90, 180, 270)."""

    digest: str
    media_type: str
    turn: int = 0
    original: str = seldom("")
    """Digest of the picture as it was scanned, which a draft keeps; empty where nothing was changed, and in every fact."""
    mark: str = seldom("")
    """Tells a page of a draft from another with the same picture, such as two blank backs; empty in every fact."""
    remarks: tuple[PageRemark, ...] = seldom(())
    """What cleaning remarked of a page of a draft; empty in every fact."""
    codes: tuple[str, ...] = seldom(())
    """Codes of separator sheets on a page of a draft that is yet to be sorted by them; empty in every fact."""
    is_back: bool = seldom(False)
    """Whether a page of a draft is the other side of the sheet before it; never in a fact."""
    is_raw: bool = seldom(False)
    """Whether a page of a draft is yet to be cleaned; never in a fact."""
    kept_as: str = seldom("")
    """The colours in which the clerk wanted a page of a draft, empty for what is on it; empty in every fact."""

    @property
    def identity(self) -> str:
        """Return what stays the same of a page of a draft, however it is turned or cleaned."""
        return self.mark or self.original or self.digest

    def turned(self) -> "Page":
        """Return the page turned a further 90° clockwise."""
        return replace(self, turn=(self.turn + 90) % 360)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What was handed in against one line of the checklist."""

    originals: int = 0
    copies: int = 0
    how: TakenHow = TakenHow.PAPER
    pages: tuple[Page, ...] = ()
    promised_by: date | None = None
    """The day by which a material that may follow was promised."""
    reused_from: str = ""
    """Number of the earlier case that the material was taken over from."""
    checked_by: str = ""
    """Login of the clerk who has seen the original of what was copied or scanned (原件核对), and when; empty for nobody."""
    checked_at: datetime | None = None
    pledge: str = seldom("")
    """Number of the pledge that stands in place of a proof (证明事项告知承诺书)."""

    def settled(self) -> "HandedIn":
        """Return what a fact keeps of it: pages without what only drafts know, a pledge only in place of the material."""
        pages = tuple(Page(page.digest, page.media_type, page.turn) for page in self.pages)
        return replace(self, pages=pages, pledge=self.pledge if self.is_pledged else "")

    def still_checked(self) -> "HandedIn":
        """Return the same, without a check of the original where nothing is there any more."""
        return self if self.is_there else replace(self, checked_by="", checked_at=None)

    @property
    def is_checked(self) -> bool:
        """Tell whether a clerk has seen the original."""
        return self.is_there and self.checked_at is not None

    @property
    def is_there(self) -> bool:
        """Tell whether anything of the material was handed in."""
        return bool(self.originals or self.copies or self.pages)

    @property
    def is_promised(self) -> bool:
        """Tell whether the material is owed: it may follow and was promised by a day."""
        return not self.is_there and self.promised_by is not None

    @property
    def is_pledged(self) -> bool:
        """Tell whether a pledge stands in place of the material."""
        return not self.is_there and self.how is TakenHow.PLEDGED and bool(self.pledge)

    @property
    def is_met(self) -> bool:
        """Tell whether nothing is open of the material: it was handed in, or a pledge stands in its place."""
        return self.is_there or self.is_pledged


@dataclass(frozen=True, slots=True)
class LateEntry:
    """What makes a case a late entry (补录): why, the number of the paper given out then, and the real times."""

    reason: str
    paper_number: str
    received_at: datetime
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class Application:
    """An application as far as it has been typed; ``reasons`` says why a warning was passed, by place."""

    applicant: Person = field(default_factory=lambda: Person("", ""))
    """The natural person who applies, or the representative (法定代表人、负责人) of ``organisation``."""
    form: Mapping[str, str] = field(default_factory=dict)
    materials: Mapping[str, HandedIn] = field(default_factory=dict)
    collection: Collection = Collection.ON_THE_SPOT
    collect_at: str = ""
    """Code of the station where the result is collected, for a chosen place; empty as long as none of the directory is meant."""
    collect_at_name: str = ""
    """What that station is called, or what was typed of it."""
    reasons: Mapping[str, str] = field(default_factory=dict)
    organisation: Organisation | None = None
    co_applicants: tuple[Person, ...] = ()
    agent: Agent | None = None
    earlier_case: str = ""
    """Number of an open or recent case of the same applicant for the same item, as the counter found it."""
    late: LateEntry | None = None
    """Why and when it was really handled, for one that is entered late; part of the draft, so that no crash loses it."""

    def handed_in(self, material: Material) -> HandedIn:
        """Return what was handed in of ``material``, nothing when it is not there."""
        return self.materials.get(material.code, HandedIn())

    def tidied(self) -> "Application":
        """Return the application with names, numbers and texts as they will be kept."""
        chosen = self.collection is Collection.CHOSEN_PLACE
        return replace(
            self,
            collect_at=self.collect_at if chosen else "",
            collect_at_name=self.collect_at_name.strip() if chosen else "",
            applicant=tidy_person(self.applicant),
            form={code: value.strip() for code, value in self.form.items()},
            organisation=tidy_organisation(self.organisation) if self.organisation else None,
            co_applicants=tuple(tidy_person(person) for person in self.co_applicants),
            agent=tidy_agent(self.agent) if self.agent else None,
        )


def blank(item: ServiceItem, today: date) -> Application:
    """Return the application with which a case of ``item`` starts: defaults and the usual kind of applicant."""
    form = {entry.code: today.isoformat() if entry.default == "today" else entry.default for entry in item.form}
    by_organisation = item.applicants[:1] == (ApplicantKind.ORGANISATION,)
    return Application(form=form, organisation=Organisation("", "") if by_organisation else None)


def check(application: Application, item: ServiceItem, today: date, *, taken_in: bool = False) -> tuple[Problem, ...]:
    """Return everything that stands in the way of accepting ``application`` (tidied), in the order of the screen.

    Warnings whose place has a reason are left out: the clerk has answered them. What was ``taken_in`` already is not
    typed now: a promise that was good then may be due by today.
    """
    applicant, organisation = application.applicant, application.organisation
    problems = [
        *check_applicant(applicant, organisation, item, today, has_guardian=has_guardian(application.agent)),
        *_check_earlier_case(application),
        *check_co_applicants(applicant, application.co_applicants, today),
        *check_agent(application.agent, applicant, today, is_person=organisation is None),
        *_check_form(application, item, today),
        *_check_collection(application),
        *_check_materials(application, item, None if taken_in else today),
    ]
    return tuple(p for p in problems if p.is_error or not application.reasons.get(p.place, "").strip())


def passed_warnings(application: Application, item: ServiceItem, today: date) -> dict[str, str]:
    """Return the reasons of the warnings that really apply, by place; reasons of mended places are dropped."""
    without = replace(application, reasons={})
    places = {problem.place for problem in check(without, item, today) if not problem.is_error}
    reasons = {place: reason.strip() for place, reason in application.reasons.items()}
    return {place: reason for place, reason in reasons.items() if place in places and reason}


def _check_earlier_case(application: Application) -> Iterator[Problem]:
    if number := application.earlier_case:
        yield Problem("earlier_case", "earlier_case", Severity.WARNING, {"number": number})


def _check_form(application: Application, item: ServiceItem, today: date) -> Iterator[Problem]:
    for entry in item.form:
        value = application.form.get(entry.code, "")
        place = f"form.{entry.code}"
        if not value:
            if entry.required:
                yield Problem(place, "missing")
        else:
            yield from check_value(place, value, entry, today)


def _check_collection(application: Application) -> Iterator[Problem]:
    if application.collection is Collection.CHOSEN_PLACE and not application.collect_at:
        yield Problem("collect_at", "not_a_station" if application.collect_at_name else "missing")


def check_value(place: str, value: str, entry: FormField, today: date) -> Iterator[Problem]:
    """Yield what is wrong with a value that is not empty."""
    match entry.kind:
        case FieldKind.DATE:
            yield from _check_date(place, value, entry, today)
        case FieldKind.NUMBER:
            yield from _check_number(place, value, entry)
        case FieldKind.CHOICE if value not in entry.choices:
            yield Problem(place, "not_a_choice")
        case FieldKind.TEXT | FieldKind.ADDRESS if len(value) > entry.max_length:
            yield Problem(place, "too_long", details={"maximum": entry.max_length})


def _check_date(place: str, value: str, entry: FormField, today: date) -> Iterator[Problem]:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        yield Problem(place, "not_a_date")
        return
    if entry.past_only and day > today:
        yield Problem(place, "in_the_future")


def _check_number(place: str, value: str, entry: FormField) -> Iterator[Problem]:
    if not re.fullmatch(r"-?[0-9]{1,12}", value):
        yield Problem(place, "not_a_number")
    elif entry.minimum is not None and int(value) < entry.minimum:
        yield Problem(place, "too_small", details={"minimum": entry.minimum})
    elif entry.maximum is not None and int(value) > entry.maximum:
        yield Problem(place, "too_large", details={"maximum": entry.maximum})


def _check_materials(application: Application, item: ServiceItem, promised_on: date | None) -> Iterator[Problem]:
    """Yield what is missing, and a promise that does not lie after ``promised_on``, None when it was made earlier."""
    for material in item.materials:
        handed_in = application.handed_in(material)
        place, details = f"materials.{material.code}", {"name": material.name}
        if handed_in.is_there or material.need is Need.OPTIONAL or (handed_in.is_pledged and material.pledge):
            continue
        if material.need is Need.NEEDED:
            yield Problem(place, "material_missing", details=details)
        elif handed_in.promised_by is None:
            yield Problem(place, "promise_missing", details=details)
        elif promised_on is not None and handed_in.promised_by <= promised_on:
            yield Problem(place, "promise_over", details=details)
