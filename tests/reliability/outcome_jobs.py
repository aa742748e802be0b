"""Jobs that end otherwise than with a certificate on the spot: every outcome that the law knows."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from app.demonstration import CLERK
from app.domain.application import HandedIn, LateEntry
from app.domain.case import Case
from app.domain.operators import Operator, Role
from app.domain.outcomes import NonAcceptanceGround, Result, SpecialProcedure
from app.domain.paper_ends import ReplacementGround, RevocationGround
from app.services.certificate_life import Replacement, Revocation
from app.services.counter import Counter
from app.services.ports import Draft
from tests.reliability.jobs import Job, Tell, accept, draft, print_papers
from tests.support import COMMITTED, marked_late

SHEN = Operator("shenqing", "沈青", tuple(Role))
ONE = HandedIn(originals=1)
BASIS = "《中华人民共和国行政许可法》第三十二条"


def supplemented(counter: Counter, chance: random.Random, tell: Tell) -> None:
    """Something is missing, is asked for, is handed in, and the case is accepted."""
    item = counter.catalogue.item(COMMITTED)
    typed, missing = _unfinished(counter, chance, tell)
    defects = counter.intake.suggested_defects(typed, item)
    number = counter.intake.ask_supplement(typed, item, CLERK, defects, None).case.number
    tell("CaseReceived", number)
    tell("SupplementAsked", number)
    print_papers(counter, number, tell)
    counter.acceptance.take_in_supplement(number, CLERK, {missing: ONE}, {})
    tell("SupplementReceived", number)
    counter.acceptance.accept(number, CLERK)
    tell("CaseAccepted", number)
    print_papers(counter, number, tell)


def not_accepted(counter: Counter, chance: random.Random, tell: Tell) -> None:
    """Another body is competent."""
    number = _received(counter, chance, tell).number
    ground = chance.choice(list(NonAcceptanceGround))
    counter.acceptance.refuse_acceptance(
        number, CLERK, ground=ground, reason="不属于本机关职权", competent="示范县民政局", basis=BASIS
    )
    tell("CaseNotAccepted", number)
    print_papers(counter, number, tell)


def given_back(counter: Counter, chance: random.Random, tell: Tell) -> None:
    """The materials go home again."""
    number = _received(counter, chance, tell).number
    counter.acceptance.give_back(number, CLERK, "申请人要求取回")
    tell("CaseReturned", number)
    print_papers(counter, number, tell)


def decided(counter: Counter, chance: random.Random, tell: Tell) -> None:
    """Reviewed, suspended, extended, decided, delivered, rated and archived."""
    case = accept(counter, chance, tell, COMMITTED)
    number = case.number
    _do(tell, "ReviewStarted", number, lambda: counter.review.start(number, SHEN))
    procedure = chance.choice(list(SpecialProcedure))
    _do(tell, "CaseSuspended", number, lambda: counter.review.suspend(number, SHEN, procedure, basis=BASIS, days=5))
    _do(tell, "CaseResumed", number, lambda: counter.review.resume(number, SHEN, "已查验"))
    _do(
        tell,
        "CaseExtended",
        number,
        lambda: counter.review.extend(number, SHEN, 5, reason="案情复杂", approver="镇长"),
    )
    result = chance.choice((Result.GRANTED, Result.REFUSED))
    _do(
        tell,
        "CaseDecided",
        number,
        lambda: counter.review.decide(number, SHEN, result, decided_by="沈青", reason="不符合条件", basis=BASIS),
    )
    _do(
        tell,
        "CaseDelivered",
        number,
        lambda: counter.issuance.deliver(number, CLERK, case.applicant.name, in_person=True),
    )
    _do(tell, "CaseRated", number, lambda: counter.closing.rate(number, CLERK, chance.randint(1, 5)))
    _do(tell, "CaseArchived", number, lambda: counter.closing.archive(number, CLERK))
    print_papers(counter, number, tell)


def replaced_and_revoked(counter: Counter, chance: random.Random, tell: Tell) -> None:
    """A certificate gets lost, is made anew, and is taken from its holder in the end."""
    case = accept(counter, chance, tell)
    number = case.number
    _do(tell, "CertificateIssued", number, lambda: counter.issuance.issue(number, CLERK))
    _do(
        tell,
        "CaseDelivered",
        number,
        lambda: counter.issuance.deliver(number, CLERK, case.applicant.name, in_person=True),
    )
    paper = counter.papers.of_case(number)[-1]
    lost = Replacement(ReplacementGround.LOST, "搬家时丢了")
    _do(tell, "PaperReplaced", number, lambda: counter.certificates.replace(paper, CLERK, lost, SHEN))
    tell("CertificateIssued", number)
    new = counter.papers.of_case(number)[-1]
    fraud = Revocation(RevocationGround.FRAUD, "材料是伪造的", "示范撤〔2026〕3号")
    _do(tell, "PaperRevoked", number, lambda: counter.certificates.revoke(new, CLERK, fraud, SHEN))
    print_papers(counter, number, tell)


def withdrawn(counter: Counter, chance: random.Random, tell: Tell) -> None:
    """A typing error is mended, and then the applicant does not want it any more."""
    number = accept(counter, chance, tell, COMMITTED).number
    change = {"applicant.phone": f"1390555{chance.randrange(10_000):04d}"}
    _do(tell, "CaseCorrected", number, lambda: counter.closing.correct(number, CLERK, change, "录入有误"))
    _do(tell, "CaseWithdrawn", number, lambda: counter.closing.withdraw(number, CLERK, "不再需要"))
    print_papers(counter, number, tell)


def voided(counter: Counter, chance: random.Random, tell: Tell) -> None:
    """Entered by mistake."""
    number = accept(counter, chance, tell).number
    _do(
        tell,
        "CaseVoided",
        number,
        lambda: counter.closing.void(number, CLERK, Result.MISTAKEN_ENTRY, "重复录入", SHEN),
    )


def forwarded(counter: Counter, chance: random.Random, tell: Tell) -> None:
    """The county decides."""
    number = accept(counter, chance, tell, COMMITTED).number
    _do(
        tell,
        "CaseForwarded",
        number,
        lambda: counter.review.forward(number, SHEN, "示范县民政局", "须由县级审批"),
    )
    print_papers(counter, number, tell)


def entered_late(counter: Counter, chance: random.Random, tell: Tell) -> None:
    """Handled on paper while there was no power."""
    typed = draft(counter, chance, tell)
    earlier = typed.started_at - timedelta(hours=chance.randint(1, 40))
    late = LateEntry("停电", f"纸收{chance.randrange(1000)}", earlier, earlier)
    number = counter.intake.accept(marked_late(typed, late), counter.catalogue.item(typed.item), CLERK).case.number
    for kind in ("CaseReceived", "CaseEnteredLate", "CaseAccepted"):
        tell(kind, number)
    print_papers(counter, number, tell)


def left_received(counter: Counter, chance: random.Random, tell: Tell) -> None:
    """Taken in and left; whatever was left too long is accepted by the program itself."""
    _received(counter, chance, tell)
    for number in counter.acceptance.sweep():
        tell("CaseDeemedAccepted", number)


def asked(counter: Counter, _chance: random.Random, tell: Tell) -> None:
    """A question without a case."""
    number = counter.inquiries.ask(CLERK, "居住证明要带什么").number
    tell("InquiryOpened", number)
    counter.inquiries.hand_on(number, CLERK, "示范县民政局", "须由县级答复")
    tell("InquiryHandedOn", number)
    counter.inquiries.close(number, CLERK, "已电话答复")
    tell("InquiryClosed", number)


def day_closed(counter: Counter, chance: random.Random, tell: Tell) -> None:
    """The day is closed by two people; what happens afterwards is closed again."""
    asked(counter, chance, tell)
    number = counter.days.close(counter.desk.now().date(), CLERK, SHEN)
    tell("DayClosed", number.text)


def examined(counter: Counter, _chance: random.Random, _tell: Tell) -> None:
    """The administrator builds every view again and checks the journal."""
    counter.ledger.rebuild()
    counter.ledger.verify()


OUTCOMES: tuple[Job, ...] = (
    supplemented,
    not_accepted,
    given_back,
    decided,
    replaced_and_revoked,
    withdrawn,
    voided,
    forwarded,
    entered_late,
    left_received,
    asked,
    day_closed,
    examined,
)


def _do(tell: Tell, kind: str, number: str, act: Callable[[], object]) -> None:
    act()
    tell(kind, number)


def _received(counter: Counter, chance: random.Random, tell: Tell) -> Case:
    typed, _missing = _unfinished(counter, chance, tell)
    case = counter.intake.receive(typed, counter.catalogue.item(COMMITTED), CLERK).case
    tell("CaseReceived", case.number)
    return case


def _unfinished(counter: Counter, chance: random.Random, tell: Tell) -> tuple[Draft, str]:
    typed = draft(counter, chance, tell, COMMITTED)
    first = counter.catalogue.item(COMMITTED).materials[0].code
    materials = {code: one for code, one in typed.application.materials.items() if code != first}
    return counter.intake.save(replace(typed, application=replace(typed.application, materials=materials))), first
