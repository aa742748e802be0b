"""How papers name people: whoever applies, the number of their document, who acts for them.

A grid shows a short name beside the bare number (身份号码, 信用代码, 护照号码); running text the whole name before it
(公民身份号码, 统一社会信用代码). Whether numbers stand masked or whole follows from the kind of paper: ``IN_FULL`` in
``app.domain.paper_places``.
"""

from app.domain.application import Application
from app.domain.documents import Document
from app.domain.paper import PaperKind
from app.domain.paper_places import IN_FULL, PLACES
from app.domain.people import AgentKind, Person, masked_id_number, masked_name, masked_phone
from app.domain.representation import has_guardian

MOST_NAMES = 3
"""Names of several applicants that a line shows before it says how many there are."""
DOCUMENT_WORDS = {
    Document.RESIDENT_CARD: "公民身份号码",
    Document.HMT_RESIDENCE_PERMIT: "港澳台居民居住证",
    Document.HK_MACAO_TRAVEL_PERMIT: "港澳居民来往内地通行证",
    Document.TAIWAN_TRAVEL_PERMIT: "台湾居民来往大陆通行证",
    Document.FOREIGN_PERMANENT_RESIDENT_CARD: "外国人永久居留身份证",
    Document.PASSPORT: "护照",
}
ORGANISATION_CODE = "统一社会信用代码"
NUMBER_LABELS = {
    Document.RESIDENT_CARD: "身份号码",
    Document.HMT_RESIDENCE_PERMIT: "居住证号",
    Document.HK_MACAO_TRAVEL_PERMIT: "通行证号",
    Document.TAIWAN_TRAVEL_PERMIT: "通行证号",
    Document.FOREIGN_PERMANENT_RESIDENT_CARD: "永居证号",
    Document.PASSPORT: "护照号码",
}
"""What a grid calls a number: as wide as its other labels."""
ORGANISATION_LABEL = "信用代码"
SEVERAL_LABEL = "证件号码"
"""What a grid calls the numbers of several applicants whose documents differ; each then says what it is."""
AGENT_WORDS = {
    AgentKind.MANDATED: "委托代理人",
    AgentKind.GUARDIAN: "监护人",
    AgentKind.VILLAGE_AGENT: "村（社区）代办员",
}


def people(application: Application) -> tuple[Person, ...]:
    """Return the natural persons who apply, the first one first."""
    return (application.applicant, *application.co_applicants)


def names_in_full(application: Application) -> str:
    """Return whoever applies in full: the organisation, or every person."""
    if application.organisation:
        return application.organisation.name
    return "、".join(person.name for person in people(application))


def addressee(application: Application) -> str:
    """Return how a letter addresses whoever applies: organisations in full, persons masked."""
    if application.organisation:
        return application.organisation.name
    return _listed([masked_name(person.name) for person in people(application)])


def you(application: Application) -> str:
    """Return how a letter speaks to whoever applies: 你单位 to an organisation, 你们 to several, else 你."""
    if application.organisation:
        return "你单位"
    return "你们" if application.co_applicants else "你"


def applicant_words(application: Application) -> str:
    """Return whoever applies as a grid shows it, with the representative of an organisation."""
    if application.organisation:
        representative = masked_name(application.applicant.name)
        return f"{application.organisation.name}" + (f"（代表人 {representative}）" if representative else "")
    return addressee(application)


def agent_words(application: Application) -> str:
    """Return who acts for the applicant and in what right, 无 for nobody."""
    agent = application.agent
    if agent is None:
        return "无"
    right = "，".join(filter(None, (AGENT_WORDS[agent.kind], agent.relation)))
    return f"{masked_name(agent.person.name)}（{right}）"


def who(application: Application, kind: PaperKind) -> dict[str, str]:
    """Return the places that say on a paper of ``kind`` who it is about, what their number is and how to reach them."""
    whole = PLACES[kind] >= IN_FULL
    return {
        **in_full(application),
        "applicant": applicant_words(application),
        "applicant_id": masked_number(application),
        "applicant_number": number_in_text(application, whole=whole),
        "id_label": number_label(application),
        "id_value": number_in_grid(application, whole=whole),
        "addressee": addressee(application),
        "you": you(application),
        "phone": masked_phone(_phone(application)),
        "principal_phone": application.applicant.phone,
        "agent": agent_words(application),
    }


def _phone(application: Application) -> str:
    """Return where whoever applies is reached: by the guardian's telephone where there is no other."""
    agent = application.agent
    guardian = agent.person.phone if agent is not None and has_guardian(agent) else ""
    return application.applicant.phone or guardian


def in_full(application: Application) -> dict[str, str]:
    """Return the places of papers that tell in full who it is about."""
    organisation, person = application.organisation, application.applicant
    return {
        "name": names_in_full(application),
        "id_number": organisation.uscc if organisation else "、".join(p.id_number for p in people(application)),
        "document": ORGANISATION_CODE if organisation else DOCUMENT_WORDS[person.document],
        "household_address": organisation.address if organisation else person.address,
        "representative": person.name if organisation else "",
    }


# --- numbers -----------------------------------------------------------------------------------------------------


def number_name(document: Document) -> str:
    """Return what running text calls the number of a document: 公民身份号码, 护照号码."""
    return DOCUMENT_WORDS[document] + ("" if document is Document.RESIDENT_CARD else "号码")


def masked_number(application: Application) -> str:
    """Return the masked number of whoever applies, behind the document's name where that is no resident card.

    An organisation's code is public and stands in full.
    """
    if application.organisation:
        return f"{ORGANISATION_CODE} {application.organisation.uscc}"
    person = application.applicant
    number = masked_id_number(person.id_number)
    return number if person.document is Document.RESIDENT_CARD else f"{DOCUMENT_WORDS[person.document]} {number}"


def number_in_text(application: Application, *, whole: bool) -> str:
    """Return the number of everybody who applies, each behind its name unless it is that of the one before."""
    if application.organisation:
        return f"{ORGANISATION_CODE} {application.organisation.uscc}"
    return _numbered(application, whole=whole)


def number_label(application: Application) -> str:
    """Return what a grid calls the number of whoever applies."""
    if application.organisation:
        return ORGANISATION_LABEL
    labels = {NUMBER_LABELS[person.document] for person in people(application)}
    return labels.pop() if len(labels) == 1 else SEVERAL_LABEL


def number_in_grid(application: Application, *, whole: bool) -> str:
    """Return the bare number of whoever applies, for beside ``number_label``; of several, every one in full papers."""
    if application.organisation:
        return application.organisation.uscc
    if number_label(application) == SEVERAL_LABEL:
        return _numbered(application, whole=whole)
    return _each([_number(person, whole=whole) for person in people(application)], whole=whole)


def _numbered(application: Application, *, whole: bool) -> str:
    numbers, before = [], None
    for person in people(application):
        name = "" if person.document is before else f"{number_name(person.document)} "
        numbers.append(name + _number(person, whole=whole))
        before = person.document
    return _each(numbers, whole=whole)


def _number(person: Person, *, whole: bool) -> str:
    return person.id_number if whole else masked_id_number(person.id_number)


def _each(texts: list[str], *, whole: bool) -> str:
    """Return every text where a paper tells in full, else as many as a line shows."""
    return "、".join(texts) if whole else _listed(texts)


def _listed(names: list[str]) -> str:
    shown = "、".join(names[:MOST_NAMES])
    return shown if len(names) <= MOST_NAMES else f"{shown}等 {len(names)} 人"
