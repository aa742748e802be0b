"""Places of an application, such as ``applicant.name`` or ``co_applicants.1.id_number``: reading and changing them.

Values are text as a field shows it. Qt-free.
"""

import re
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.application import Application, Collection
from app.domain.documents import Document, Sex
from app.domain.people import Agent, AgentKind, Organisation, Person, tidy_id_number

NOBODY = Person("", "")
OF_AGENT = frozenset({"kind", "relation", "mandate", "scope"})
"""Fields of an agent that are not those of the person."""
_LOOSE_DATE = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?")


def tidy_date(typed: str) -> str:
    """Return a date that was typed as 20210315 or 2021.3.15 as 2021-03-15; anything else as it is."""
    match = _LOOSE_DATE.fullmatch(typed.strip())
    if not match:
        return typed
    try:
        return date(*(int(part) for part in match.groups())).isoformat()
    except ValueError:
        return typed


def person_at(application: Application, at: str) -> Person:
    """Return the person whose fields stand at ``at``; nobody when there is none there."""
    kind, _dot, index = at.partition(".")
    if kind == "applicant":
        return application.applicant
    if kind == "agent":
        return application.agent.person if application.agent else NOBODY
    if kind == "co_applicants" and int(index) < len(application.co_applicants):
        return application.co_applicants[int(index)]
    return NOBODY


def numbers_in(application: Application) -> set[str]:
    """Return the numbers of everybody in the application."""
    agent = [application.agent.person] if application.agent else []
    people = (application.applicant, *agent, *application.co_applicants)
    return {tidy_id_number(person.id_number) for person in people}


def with_person(application: Application, at: str, person: Person) -> Application:
    """Return the application with ``person`` at ``at``."""
    kind, _dot, index = at.partition(".")
    if kind == "applicant":
        return replace(application, applicant=person)
    if kind == "agent":
        agent = application.agent or Agent(NOBODY)
        return replace(application, agent=replace(agent, person=person))
    others = list(application.co_applicants)
    others[int(index)] = person
    return replace(application, co_applicants=tuple(others))


def value_at(application: Application, place: str) -> str:
    """Return what stands at ``place`` as a field shows it; empty when there is nothing."""
    if place == "collect_at":
        return application.collect_at_name
    at, _dot, name = place.rpartition(".")
    if at == "form":
        return application.form.get(name, "")
    if at == "organisation":
        return str(getattr(application.organisation or Organisation("", ""), name))
    holder: object = person_at(application, at)
    if at == "agent" and name in OF_AGENT:
        holder = application.agent or Agent(NOBODY)
    value = getattr(holder, name)
    return value.isoformat() if isinstance(value, date) else str(value or "")


def with_value(application: Application, place: str, value: str) -> Application:
    """Return the application with ``value`` at ``place``; a stated date that is none yet counts as not stated."""
    if place == "collection":
        return replace(application, collection=Collection(value))
    if place == "collect_at":
        return replace(application, collect_at="", collect_at_name=value)  # which station that is, the directory says
    at, _dot, name = place.rpartition(".")
    if at == "form":
        return replace(application, form={**application.form, name: value})
    if at == "organisation":
        organisation = application.organisation or Organisation("", "")
        return replace(application, organisation=replace(organisation, **{name: value}))
    if at == "agent" and name in OF_AGENT:
        agent = application.agent or Agent(NOBODY)
        return replace(application, agent=replace(agent, **{name: _typed(name, value)}))
    person = replace(person_at(application, at), **{name: _typed(name, value)})
    return with_person(application, at, person)


def _typed(name: str, value: str) -> Any:  # noqa: ANN401  each field has a kind of its own
    match name:
        case "document":
            return Document(value)
        case "stated_sex":
            return Sex(value) if value else None
        case "stated_birth_date":
            return parsed_date(value)
        case "kind":
            return AgentKind(value)
    return value


def parsed_date(typed: str) -> date | None:
    """Return the date that was typed, None when it is none."""
    try:
        return date.fromisoformat(tidy_date(typed))
    except ValueError:
        return None
