"""Who stands behind a case, line by line: organisation, applicant, those who apply together, who acts. Qt-free."""

from collections.abc import Callable

from app.domain.case import Case
from app.domain.documents import Document
from app.domain.people import Agent, AgentKind, Organisation, Person, masked_id_number, masked_name, masked_phone
from ui.text import _, listed
from ui.words import agent_words, collection_words, document_words

Lines = list[tuple[str, str]]


def who_applies(case: Case, *, in_full: bool) -> Lines:
    """Return name and words of every line, masked unless ``in_full``; an organisation is public and never masked."""
    lines = _organisation(case.organisation, in_full=in_full) if case.organisation else []
    name = _("负责人") if case.organisation else _("姓名")
    lines += _person(case.applicant, name, in_full=in_full)
    for person in case.co_applicants:
        lines += [(_("共同申请人"), _in_one_line(person, in_full=in_full))]
    if case.agent:
        lines += _agent(case.agent, in_full=in_full)
    return [*lines, (_("取件"), case.collect_at_name or collection_words(case.collection))]


def _organisation(organisation: Organisation, *, in_full: bool) -> Lines:
    address = [(_("单位地址"), organisation.address)] if in_full and organisation.address else []
    return [(_("单位名称"), organisation.name), (_("信用代码"), organisation.uscc), *address]


def _person(person: Person, name: str, *, in_full: bool) -> Lines:
    lines = [(name, _masked(person.name, masked_name, in_full)), *_number(person, in_full=in_full)]
    lines.append((_("电话"), _masked(person.phone, masked_phone, in_full)))
    if in_full and person.address:
        lines.append((_("户籍地址"), person.address))
    return lines


def _number(person: Person, *, in_full: bool) -> Lines:
    number = _masked(person.id_number, masked_id_number, in_full)
    if person.document is Document.RESIDENT_CARD:
        return [(_("身份证号"), number)]
    return [(_("证件类型"), document_words(person.document)), (_("证件号码"), number)]


def _agent(agent: Agent, *, in_full: bool) -> Lines:
    standing = listed([part for part in (agent_words(agent.kind), agent.relation) if part])
    mandate = _("监护证明") if agent.kind is AgentKind.GUARDIAN else _("委托书号")
    lines = [*_person(agent.person, _("代办人"), in_full=in_full), (_("身份"), standing)]
    return [*lines, (mandate, agent.mandate)] if agent.mandate else lines


def _in_one_line(person: Person, *, in_full: bool) -> str:
    name, number = _masked(person.name, masked_name, in_full), _masked(person.id_number, masked_id_number, in_full)
    return f"{name} {number}"


def _masked(text: str, mask: Callable[[str], str], in_full: bool) -> str:
    return text if in_full else mask(text)
