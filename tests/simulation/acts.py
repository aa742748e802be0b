"""What clerks do in the simulation: any act on any case that their counter knows, mostly one that goes on."""

import random
from collections.abc import Callable
from dataclasses import replace

from app.domain.application import HandedIn, Page
from app.domain.case import Case
from app.domain.errors import BrokenRule, LimitExceeded
from app.domain.operators import Operator, Role
from app.domain.outcomes import HandOverPurpose, Result
from app.services.errors import ImageElsewhere, Refused
from app.services.recording import load_case
from tests.simulation.machine import Process
from tests.support import CERTIFICATE, COMMITTED, filled

SHEN = Operator("shenqing", "沈青", tuple(Role))
POISON = "纸" * 30_000
"""A reason that makes a body larger than the centre takes."""
POISON_CHANCE = 0.02
IMAGE_CHANCE = 0.3

Act = Callable[[Process, Case, random.Random], object]


def take_in(process, chance):
    """Take a new case in, at once accepted or only received; return its number."""
    item = process.catalogue.item(chance.choice((CERTIFICATE, COMMITTED)))
    draft = filled(process, item.code)
    if chance.random() < IMAGE_CHANCE:
        draft = _with_page(process, draft, chance)
    if chance.random() < 0.7:
        return process.intake.accept(draft, item, SHEN).case.number
    return process.intake.receive(draft, item, SHEN).case.number


def enter_late(process, chance):
    """Enter a case late that waits as a draft since the machine parted; return its number.

    None when there is none, or its times are not over yet by a clock that was set back.
    """
    waiting = [row.draft_id for row in process.store.views.drafts(100)]
    with process.store.read() as uow:
        drafts = [draft for one in waiting if (draft := uow.drafts.get(one)).application.late]
    if not drafts:
        return None
    draft = chance.choice(sorted(drafts, key=lambda one: one.application.late.paper_number))
    try:
        return process.intake.accept(draft, process.catalogue.item(draft.item), SHEN).case.number
    except LimitExceeded:
        return None


def _with_page(process, draft, chance):
    with process.store.write() as uow:
        page = Page(uow.blobs.put(chance.randbytes(400)), "image/png")
        uow.commit()
    materials = {**draft.application.materials, "id_card": HandedIn(originals=1, pages=(page,))}
    return process.intake.save(replace(draft, application=replace(draft.application, materials=materials)))


def go_on(process, number, others, chance):
    """Do something with a case; return what, empty when the counter does not know the case or the rules refuse it."""
    try:
        with process.store.read() as uow:
            case = load_case(uow, number)
        name = chance.choice(NEXT.get(case.state.value, ()) + ANY)
        if name == "hand over":
            return _hand_over(process, case, others, chance)
        ACTS[name](process, case, chance)
    except (BrokenRule, Refused, ImageElsewhere) as error:
        return f"{name} refused ({type(error).__name__})" if "name" in locals() else ""
    return name


def _hand_over(process, case, others, chance):
    to = chance.choice(others)
    reason = POISON if chance.random() < POISON_CHANCE else "移交办理"
    process.custody.hand_over(case.number, SHEN, to, f"窗口 {to}", HandOverPurpose.REVIEW, reason)
    return f"hand over to {to}" + (" in a body too large" if reason == POISON else "")


def _draw(process, case, _chance):
    for paper in process.papers.of_case(case.number)[-2:]:
        process.papers.pdf(paper, SHEN)


def _take_over(process, case, chance):
    remark = POISON if chance.random() < POISON_CHANCE else ""
    process.custody.take_over(case.number, SHEN, remark)


ACTS: dict[str, Act] = {
    "accept": lambda p, case, _: p.acceptance.accept(case.number, SHEN),
    "review": lambda p, case, _: p.review.start(case.number, SHEN),
    "decide": lambda p, case, chance: p.review.decide(
        case.number,
        SHEN,
        chance.choice((Result.GRANTED, Result.REFUSED)),
        decided_by="云溪镇人民政府",
        reason="材料属实",
        basis="办事指南",
    ),
    "issue": lambda p, case, _: p.issuance.issue(case.number, SHEN),
    "deliver": lambda p, case, _: p.issuance.deliver(case.number, SHEN, case.applicant.name, in_person=True),
    "rate": lambda p, case, chance: p.closing.rate(case.number, SHEN, chance.randint(1, 5)),
    "archive": lambda p, case, _: p.closing.archive(case.number, SHEN, "柜 2"),
    "withdraw": lambda p, case, _: p.closing.withdraw(case.number, SHEN, "申请人撤回"),
    "take over": _take_over,
    "send back": lambda p, case, _: p.custody.send_back(case.number, SHEN, "退回"),
    "draw papers": _draw,
    "slip": lambda p, case, _: p.issuance.collection_slip(case.number, SHEN),
}
ANY = ("hand over", "hand over", "take over", "draw papers", "slip")
NEXT = {
    "received": ("accept", "accept", "withdraw"),
    "supplement": ("withdraw",),
    "accepted": ("issue", "review", "decide", "issue", "withdraw", "send back"),
    "review": ("decide", "send back"),
    "decided": ("issue", "deliver", "send back"),
    "issued": ("deliver", "deliver"),
    "delivered": ("rate", "archive"),
}
"""Acts that suit a state, so that most of what is tried is allowed."""
