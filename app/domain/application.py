"""What an applicant asks for and hands in, while the clerk types it, and whether it can be accepted.

A draft holds raw text and may be as unfinished as it likes; ``check`` names everything that stands in the way.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from app.domain.catalogue import FieldKind, FormField, Material, Need, ServiceItem
from app.domain.people import Agent, Organisation, Person, check_person, tidy_id_number, tidy_name, tidy_phone
from app.domain.problem import Problem

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


class Collection(StrEnum):
    """How the applicant wants the result."""

    ON_THE_SPOT = "on_the_spot"
    AGENT_POINT = "agent_point"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Page:
    """One page image: SHA-256 (hex) of its bytes, media type, clockwise turn in degrees (0, 90, 180, 270)."""

    digest: str
    media_type: str
    turn: int = 0

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

    @property
    def is_there(self) -> bool:
        """Tell whether anything of the material was handed in."""
        return bool(self.originals or self.copies or self.pages)

    @property
    def is_promised(self) -> bool:
        """Tell whether the material is owed: it may follow and was promised by a day."""
        return not self.is_there and self.promised_by is not None


@dataclass(frozen=True, slots=True)
class Application:
    """An application as far as it has been typed; ``reasons`` says why a warning was passed, by place."""

    applicant: Person = field(default_factory=lambda: Person("", ""))
    """The natural person who applies, or the representative (法定代表人、负责人) of ``organisation``."""
    form: Mapping[str, str] = field(default_factory=dict)
    materials: Mapping[str, HandedIn] = field(default_factory=dict)
    collection: Collection = Collection.ON_THE_SPOT
    reasons: Mapping[str, str] = field(default_factory=dict)
    organisation: Organisation | None = None
    co_applicants: tuple[Person, ...] = ()
    agent: Agent | None = None

    def handed_in(self, material: Material) -> HandedIn:
        """Return what was handed in of ``material``, nothing when it is not there."""
        return self.materials.get(material.code, HandedIn())

    def tidied(self) -> "Application":
        """Return the application with names, numbers and texts as they will be kept."""
        person = self.applicant
        return replace(
            self,
            applicant=Person(
                tidy_name(person.name),
                tidy_id_number(person.id_number),
                tidy_phone(person.phone),
                person.address.strip(),
            ),
            form={code: value.strip() for code, value in self.form.items()},
        )


def blank(item: ServiceItem, today: date) -> Application:
    """Return the application with which a case of ``item`` starts: the defaults filled in."""
    form = {entry.code: today.isoformat() if entry.default == "today" else entry.default for entry in item.form}
    return Application(form=form)


def check(application: Application, item: ServiceItem, today: date) -> tuple[Problem, ...]:
    """Return everything that stands in the way of accepting ``application`` (tidied), in the order of the screen.

    Warnings whose place has a reason are left out: the clerk has answered them.
    """
    problems = [
        *check_person(application.applicant, today),
        *_check_form(application, item, today),
        *_check_materials(application, item),
    ]
    return tuple(p for p in problems if p.is_error or not application.reasons.get(p.place, "").strip())


def passed_warnings(application: Application, item: ServiceItem, today: date) -> dict[str, str]:
    """Return the reasons of the warnings that really apply, by place; reasons of mended places are dropped."""
    without = replace(application, reasons={})
    places = {problem.place for problem in check(without, item, today) if not problem.is_error}
    reasons = {place: reason.strip() for place, reason in application.reasons.items()}
    return {place: reason for place, reason in reasons.items() if place in places and reason}


def _check_form(application: Application, item: ServiceItem, today: date) -> Iterator[Problem]:
    for entry in item.form:
        value = application.form.get(entry.code, "")
        place = f"form.{entry.code}"
        if not value:
            if entry.required:
                yield Problem(place, "missing")
        else:
            yield from check_value(place, value, entry, today)


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


def _check_materials(application: Application, item: ServiceItem) -> Iterator[Problem]:
    for material in item.materials:
        if material.need is Need.NEEDED and not application.handed_in(material).is_there:
            yield Problem(f"materials.{material.code}", "material_missing", details={"name": material.name})
