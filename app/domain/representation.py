"""Who acts for whom: organisations through a representative, minors through a guardian, anybody through an agent.

The remarks stand at places that begin with ``organisation``, ``agent`` and ``co_applicants``; a warning's reason is kept
in the journal like any other.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.domain.catalogue import ApplicantKind, ServiceItem
from app.domain.documents import age_on
from app.domain.people import (
    ALL_NEEDED,
    Agent,
    AgentKind,
    Organisation,
    Person,
    check_organisation,
    check_person,
    tidy_name,
    tidy_person,
)
from app.domain.problem import Problem, Severity

AGENT = "agent"
CO_APPLICANTS = "co_applicants"
CAPACITY_FROM = 8
"""Age from which a minor can act in part (民法典 Art. 19); below, the guardian acts (Art. 20)."""
OF_AGE = 18
"""Age of full capacity; who is 16 and lives on own work counts as of age (民法典 Art. 18), which is a reason."""
MOST_CO_APPLICANTS = 20
_PHONE_ONLY = frozenset({"phone"})


def tidy_agent(agent: Agent) -> Agent:
    """Return an agent with person and texts as they will be kept."""
    return replace(
        agent,
        person=tidy_person(agent.person),
        relation=tidy_name(agent.relation),
        mandate=agent.mandate.strip(),
        scope=agent.scope.strip(),
    )


def check_applicant(
    person: Person, organisation: Organisation | None, item: ServiceItem, today: date, *, has_guardian: bool = False
) -> list[Problem]:
    """Return the remarks on who applies: the organisation with its representative, or the person.

    Of who has a guardian no telephone is asked: the guardian's is called.
    """
    if organisation is None:
        wrong_kind = [] if ApplicantKind.PERSON in item.applicants else [Problem("organisation", "organisations_only")]
        return [
            *wrong_kind,
            *check_person(person, today, needed=ALL_NEEDED - {"phone"} if has_guardian else ALL_NEEDED),
        ]
    wrong_kind = [] if ApplicantKind.ORGANISATION in item.applicants else [Problem("organisation", "persons_only")]
    return [*wrong_kind, *check_organisation(organisation), *check_person(person, today, needed=_PHONE_ONLY)]


def check_co_applicants(applicant: Person, others: tuple[Person, ...], today: date) -> Iterator[Problem]:
    """Yield the remarks on those who apply together with ``applicant``: each once, with name and number."""
    if len(others) > MOST_CO_APPLICANTS:
        yield Problem(CO_APPLICANTS, "too_many", details={"maximum": MOST_CO_APPLICANTS})
    seen = {applicant.id_number}
    for index, person in enumerate(others):
        at = f"{CO_APPLICANTS}.{index}"
        yield from check_person(person, today, at, needed=frozenset())
        if person.id_number and person.id_number in seen:
            yield Problem(f"{at}.id_number", "named_twice")
        seen.add(person.id_number)


def check_agent(agent: Agent | None, applicant: Person, today: date, *, is_person: bool) -> Iterator[Problem]:
    """Yield the remarks on who acts for ``applicant``: whether somebody has to, and whether ``agent`` may.

    ``is_person`` is false where the applicant is an organisation's representative, for whose age nobody asks.
    """
    if is_person:
        yield from _check_guardian(agent, applicant, today)
    if agent is None:
        return
    yield from check_person(agent.person, today, AGENT, _PHONE_ONLY)
    if agent.person.id_number and agent.person.id_number == applicant.id_number:
        yield Problem(f"{AGENT}.id_number", "agent_is_applicant")
    if _is_minor(agent.person, today):
        yield Problem(f"{AGENT}.id_number", "agent_is_minor", Severity.WARNING)
    yield from _check_right(agent)


def has_guardian(agent: Agent | None) -> bool:
    """Tell whether a guardian acts for the applicant."""
    return agent is not None and agent.kind is AgentKind.GUARDIAN


def needs_guardian(applicant: Person, today: date) -> bool:
    """Tell whether ``applicant`` is under age, so that a guardian is offered."""
    return _is_minor(applicant, today)


def _check_guardian(agent: Agent | None, applicant: Person, today: date) -> Iterator[Problem]:
    if not _is_minor(applicant, today) or has_guardian(agent):
        return
    born = applicant.birth_date
    assert born is not None  # noqa: S101  a minor's birth date is known
    age = age_on(today, born)
    if age < CAPACITY_FROM:
        yield Problem(AGENT, "guardian_needed", details={"age": age})
    else:
        yield Problem(AGENT, "guardian_or_reason", Severity.WARNING, {"age": age})


def _is_minor(person: Person, today: date) -> bool:
    born = person.birth_date
    return born is not None and born <= today and age_on(today, born) < OF_AGE


def _check_right(agent: Agent) -> Iterator[Problem]:
    """Yield what is missing of the right to act: a mandate's number, or what the guardian is to the applicant."""
    if agent.kind is AgentKind.MANDATED and not agent.mandate:
        yield Problem(f"{AGENT}.mandate", "mandate_missing")
    if agent.kind is AgentKind.GUARDIAN and not agent.relation:
        yield Problem(f"{AGENT}.relation", "missing")
