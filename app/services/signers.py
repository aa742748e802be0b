"""Who signs which line of a paper by hand, as the paper and its case name them, and who may still sign.

The paper tells its lines and as what one signs there (``PlaceToSign``); the names come from what it was made of.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.application import Application
from app.domain.facts import CaseDelivered, Fact, FormPrepared, InquiryOpened
from app.domain.paper import PaperKind, SignerRole
from app.domain.paper_places import SIGNERS
from app.services.paper_people import people
from app.services.paper_told import Told
from app.services.ports import PlaceToSign

SEVERAL = "、"
"""Between the names of several who apply together."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs on a line, by the name that the paper gives."""

    line: int
    name: str
    role: SignerRole
    for_whom: str = ""
    """The names of those in whose place an agent signs; empty for whoever signs for themselves."""


def signers(places: Iterable[PlaceToSign], told: Told, collected_by: str) -> tuple[Signer, ...]:
    """Return everybody who may sign, line by line; where an agent may sign for others, the agent first.

    ``collected_by`` is who collected the result of the case, empty as long as nobody did.
    """
    return tuple(signer for place in places for signer in _on_line(place, told, collected_by) if signer.name)


def excludes(one: Signer, other: Signer) -> bool:
    """Tell whether of these two only one signs: an agent in their place, or they themselves."""
    return one.line == other.line and bool(one.for_whom or other.for_whom)


def left_over(everybody: Iterable[Signer], signed: Iterable[Signer]) -> tuple[Signer, ...]:
    """Return who may still sign: nobody where an agent signed for them, no agent where one of them did."""
    rest = list(everybody)
    for one in signed:
        if one in rest:
            rest.remove(one)  # once: two may have the same name
        rest = [other for other in rest if not excludes(one, other)]
    return tuple(rest)


def _on_line(place: PlaceToSign, told: Told, collected_by: str) -> Iterator[Signer]:
    role = place.role or (SignerRole.COLLECTOR if told.kind is PaperKind.SERVICE_RECEIPT else SignerRole.APPLICANT)
    if role is SignerRole.AGENT:
        yield Signer(place.line, _agent(told), role)
        return
    collector = told.fact.collected_by if isinstance(told.fact, CaseDelivered) else collected_by
    if role is SignerRole.COLLECTOR and collector:
        yield Signer(place.line, collector, role)
        return
    names = _principals(told)
    if place.of:
        yield from (Signer(place.line, name, role) for name in _of(names, place.of))
        return
    agent = _agent(told)
    if agent and agent not in names:
        yield Signer(place.line, agent, role, SEVERAL.join(names))
    yield from (Signer(place.line, name, role) for name in names)


def _of(names: list[str], place: int) -> list[str]:
    """Return who signs on the line of this place; the last line takes all that are left over."""
    return names[place - 1 :] if place == SIGNERS else names[place - 1 : place]


def _principals(told: Told) -> list[str]:
    """Return the names of those whom the paper is about: of an organisation who represents it."""
    if told.of_case is not None:
        return _applicants(told.of_case.application)
    fact: Fact = told.fact
    if isinstance(fact, FormPrepared):
        return [
            name for name in (fact.values.get("representative") or fact.values.get("name", "")).split(SEVERAL) if name
        ]
    return [fact.asked_by] if isinstance(fact, InquiryOpened) and fact.asked_by else []


def _applicants(application: Application) -> list[str]:
    persons = (application.applicant,) if application.organisation else people(application)
    return [person.name for person in persons]


def _agent(told: Told) -> str:
    if isinstance(told.fact, FormPrepared) and "agent_name" in told.fact.values:
        return told.fact.values["agent_name"]
    agent = told.of_case.application.agent if told.of_case is not None else None
    return agent.person.name if agent else ""
