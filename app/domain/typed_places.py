"""What was typed into an application, place by place, as text; and the application with another text at a place.

A place is a dotted path as in ``Problem``: ``applicant.phone``, ``organisation.uscc``, ``co_applicants.0.name``,
``agent.mandate``, ``form.CODE``. A date stands as ISO text, a kind as its code, nothing as the empty text.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.application import Application
from app.domain.documents import Document, Sex
from app.domain.people import Agent, AgentKind, Organisation, Person

OF_A_PERSON = (
    *("name", "document", "id_number", "stated_birth_date", "stated_sex"),
    *("nationality", "phone", "address"),
)
OF_AN_ORGANISATION = ("name", "uscc", "address")
OF_AN_AGENT = ("kind", "relation", "mandate", "scope")
"""Beside what is typed of the agent as a person."""

_READ: Mapping[str, Callable[[str], Any]] = {
    "document": Document,
    "stated_sex": lambda text: Sex(text) if text else None,
    "stated_birth_date": lambda text: date.fromisoformat(text) if text else None,
    "kind": AgentKind,
}
"""How the fields that are no text are read from it; ValueError when they cannot be."""


def typed(application: Application) -> dict[str, str]:
    """Return what stands at every place that was typed, in the order of the screen."""
    return dict(_typed(application))


def is_readable(place: str, text: str) -> bool:
    """Tell whether ``text`` can stand at ``place``: a date is a date, a kind one that exists."""
    if place.startswith("form."):
        return True
    try:
        _value(place.rpartition(".")[2], text)
    except ValueError:
        return False
    return True


def with_text(application: Application, place: str, text: str) -> Application:
    """Return the application with ``text`` at ``place``; a place that it does not have changes nothing.

    ValueError when the text cannot be read, see ``is_readable``.
    """
    part, _dot, name = place.partition(".")
    if part == "form":
        return replace(application, form={**application.form, name: text})
    if part == "applicant":
        return replace(application, applicant=_person_with(application.applicant, name, text))
    if part == "organisation" and application.organisation is not None and name in OF_AN_ORGANISATION:
        return replace(application, organisation=replace(application.organisation, **{name: text}))
    if part == "agent" and application.agent is not None:
        return replace(application, agent=_agent_with(application.agent, name, text))
    if part == "co_applicants":
        return _with_co_applicant(application, name, text)
    return application


def _typed(application: Application) -> Iterator[tuple[str, str]]:
    if application.organisation:
        yield from _texts("organisation", application.organisation, OF_AN_ORGANISATION)
    yield from _texts("applicant", application.applicant, OF_A_PERSON)
    for index, person in enumerate(application.co_applicants):
        yield from _texts(f"co_applicants.{index}", person, OF_A_PERSON)
    if application.agent:
        yield from _texts("agent", application.agent.person, OF_A_PERSON)
        yield from _texts("agent", application.agent, OF_AN_AGENT)
    yield from ((f"form.{code}", value) for code, value in application.form.items())


def _texts(part: str, holder: Person | Organisation | Agent, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        value = getattr(holder, name)
        yield f"{part}.{name}", value.isoformat() if isinstance(value, date) else str(value or "")


def _value(name: str, text: str) -> Any:  # noqa: ANN401  the field's type follows from its name
    return _READ[name](text.strip()) if name in _READ else text


def _person_with(person: Person, name: str, text: str) -> Person:
    return replace(person, **{name: _value(name, text)}) if name in OF_A_PERSON else person


def _agent_with(agent: Agent, name: str, text: str) -> Agent:
    if name in OF_AN_AGENT:
        return replace(agent, **{name: _value(name, text)})
    return replace(agent, person=_person_with(agent.person, name, text))


def _with_co_applicant(application: Application, place: str, text: str) -> Application:
    index, _dot, name = place.partition(".")
    others = list(application.co_applicants)
    if not index.isdecimal() or int(index) >= len(others):
        return application
    others[int(index)] = _person_with(others[int(index)], name, text)
    return replace(application, co_applicants=tuple(others))
