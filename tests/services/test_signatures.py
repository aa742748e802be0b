"""Signatures on the screen: who signs where, what they are bound to, that the paper shows them, what is refused."""

import hashlib
import io
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from app.demonstration import CLERK
from app.domain.facts import PaperMade, read_fact
from app.domain.outcomes import Result
from app.domain.paper import PaperKind, SignerRole, SigningMeans
from app.domain.people import Agent, AgentKind
from app.services.errors import NotPermitted, NotSignable, PaperVoid
from app.services.signatures import Written
from tests.domain.samples import id_number
from tests.services.test_papers import SHEN, text_of
from tests.support import COMMITTED, PERSON, accepted, filled

WANG = replace(PERSON, name="王知远", id_number="519900198501010332")
LI = replace(PERSON, name="黎若谷", id_number=id_number("19700101", "011"))


def written(size=(600, 200)):
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(40, 150), (200, 40), (380, 160), (560, 60)], fill="black", width=9)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return Written(buffer.getvalue(), SigningMeans.PEN, 3, 4200)


def prepared(counter, kind, **changes):
    draft = filled(counter, COMMITTED)
    draft = replace(draft, application=replace(draft.application, **changes))
    return counter.forms.prepare(kind, draft, counter.catalogue.item(COMMITTED), CLERK)


def pledge(counter):
    return prepared(counter, PaperKind.PLEDGE)


def receipt_of_materials(counter, **changes):
    draft = filled(counter, COMMITTED)
    application = replace(draft.application, **changes)
    item = counter.catalogue.item(COMMITTED)
    case = counter.intake.accept(replace(draft, application=application), item, CLERK).case
    return paper_of(counter, case.number, PaperKind.MATERIALS_RECEIPT)


def paper_of(counter, case, kind):
    return next(row for row in counter.papers.of_case(case) if row.kind is kind)


def sign(counter, paper, *names):
    """Let the first of every name sign who may sign."""
    to_sign = counter.signatures.lay_before(paper, CLERK)
    chosen = [next(one for one in to_sign.signers if one.name == name) for name in names]
    return counter.signatures.sign(to_sign, [(one, written()) for one in chosen], CLERK)


def asked(counter, paper):
    return [(one.line, one.name, one.for_whom) for one in counter.signatures.lay_before(paper, CLERK).signers]


def facts_of(counter, paper):
    with counter.intake._store.read() as uow:
        entries = [read_fact(entry.read()) for entry in uow.journal.entries()]
    return [fact for fact in entries if getattr(fact, "paper_number", "") == paper.number]


def service_receipt(counter, collected_by="王知远"):
    case = accepted(counter, COMMITTED)
    counter.review.decide(
        case.number, SHEN, Result.REFUSED, decided_by="覃静秋", reason="不符合条件", basis="《社会救助暂行办法》第九条"
    )
    counter.issuance.deliver(case.number, CLERK, collected_by, in_person=False, id_number="519900198501010332")
    return next(row for row in counter.papers.of_case(case.number) if row.kind is PaperKind.SERVICE_RECEIPT)


@pytest.mark.parametrize(
    ("make", "signer", "role"),
    [(pledge, PERSON.name, SignerRole.APPLICANT), (service_receipt, "王知远", SignerRole.COLLECTOR)],
)
def test_a_signature_is_bound_to_the_very_paper_that_lay_before_the_signer(counter, make, signer, role):
    paper = make(counter)
    to_sign = counter.signatures.lay_before(paper, CLERK)
    (one,) = to_sign.signers
    assert (one.name, one.role) == (signer, role)
    signed = counter.signatures.sign(to_sign, [(one, written())], CLERK)
    made, fact = facts_of(counter, paper)
    assert made.digest == fact.digest == hashlib.sha256(to_sign.pdf).hexdigest() == signed.digest
    assert fact.picture == signed.signatures[0].picture == hashlib.sha256(written().picture).hexdigest()
    assert (fact.signer, fact.means, fact.strokes, fact.took_ms) == (signer, SigningMeans.PEN, 3, 4200)
    assert (fact.line, fact.still_open) == (1, 0)


def test_nothing_is_made_of_a_paper_that_was_only_looked_at_or_laid_before_somebody(counter):
    paper = service_receipt(counter)
    counter.signatures.lay_before(paper, CLERK)
    looked_at = counter.papers.looked_at(paper)
    assert facts_of(counter, paper) == []
    assert counter.papers.to_print(paper, CLERK) == looked_at
    assert isinstance(facts_of(counter, paper)[0], PaperMade)


def test_the_paper_shows_the_signature_from_then_on_and_stays_as_it_was_beneath(counter):
    paper = service_receipt(counter)
    drawn = counter.papers.as_drawn(paper).pdf
    sign(counter, paper, "王知远")
    for shown in (
        counter.papers.pdf(paper, CLERK),
        counter.papers.looked_at(paper),
        counter.papers.to_print(paper, CLERK),
    ):
        assert "屏幕手写签名" in text_of(shown)[0]
        assert "屏幕手写签名" not in text_of(drawn)[0]
        assert dark_blue_in(counter, shown) > 50
    assert counter.papers.as_drawn(paper).pdf == drawn


def dark_blue_in(counter, pdf):
    """Count the dots in the colour of a signature's ink."""
    shown = counter.papers.picture(pdf, 0, 800)
    picture = Image.frombytes("RGBX", (shown.width, shown.height), shown.pixels, "raw", "BGRX").convert("RGB")
    return sum(blue > red + 20 for red, _green, blue in picture.get_flattened_data())


def test_an_agent_signs_a_receipt_in_the_applicants_place_and_is_named_on_it(counter):
    paper = receipt_of_materials(counter, agent=Agent(LI, AgentKind.MANDATED, "同事", "纸质委托书"))
    assert asked(counter, paper) == [(1, "黎若谷", PERSON.name), (1, PERSON.name, "")]
    signed = sign(counter, paper, "黎若谷")
    assert (signed.signatures[0].for_whom, signed.still_open) == (PERSON.name, 0)
    said = text_of(counter.papers.pdf(paper, CLERK))[0]
    assert "代理人黎**2026年5月18日" in said
    assert "若谷" not in said
    with pytest.raises(NotSignable):
        counter.signatures.lay_before(paper, CLERK)


def test_several_who_apply_together_sign_one_line_now_or_later(counter):
    paper = receipt_of_materials(counter, co_applicants=(WANG, LI))
    signed = sign(counter, paper, PERSON.name, "黎若谷")
    assert [one.signer for one in signed.signatures] == [PERSON.name, "黎若谷"]
    assert (signed.still_open, signed.may_be_signed) == (1, True)
    assert asked(counter, paper) == [(1, "王知远", "")]
    signed = sign(counter, paper, "王知远")
    assert (len(signed.signatures), signed.may_be_signed) == (3, False)


def test_two_of_the_same_name_sign_both(counter):
    paper = prepared(counter, PaperKind.PLEDGE, co_applicants=(replace(WANG, name=PERSON.name),))
    signed = sign(counter, paper, PERSON.name)
    assert signed.still_open == 1
    assert sign(counter, paper, PERSON.name).still_open == 0


def test_each_principal_and_the_agent_have_a_line_of_their_own_on_a_mandate(counter):
    agent = Agent(LI, AgentKind.MANDATED, "同事")
    paper = prepared(counter, PaperKind.MANDATE, co_applicants=(WANG,), agent=agent)
    assert asked(counter, paper) == [(1, PERSON.name, ""), (2, "王知远", ""), (7, "黎若谷", "")]
    sign(counter, paper, PERSON.name, "王知远", "黎若谷")
    assert text_of(counter.papers.pdf(paper, CLERK))[0].count("屏幕手写签名") == 3


def test_a_pledge_is_the_applicants_own_or_a_guardians(counter):
    mandated, guardian = (Agent(LI, kind, "母亲", "户口簿") for kind in (AgentKind.MANDATED, AgentKind.GUARDIAN))
    assert asked(counter, prepared(counter, PaperKind.PLEDGE, agent=mandated)) == [(1, PERSON.name, "")]
    assert asked(counter, prepared(counter, PaperKind.PLEDGE, agent=guardian))[0] == (1, "黎若谷", PERSON.name)


def test_whoever_took_the_application_back_signs_the_form_and_for_what_is_given_back(counter):
    case = accepted(counter, COMMITTED)
    counter.closing.withdraw(case.number, CLERK, "不办了")
    paper = paper_of(counter, case.number, PaperKind.WITHDRAWAL_FORM)
    assert asked(counter, paper) == [(1, PERSON.name, ""), (2, PERSON.name, "")]
    signed = sign(counter, paper, PERSON.name)
    assert (signed.signatures[0].line, signed.still_open) == (1, 1)


def test_the_decision_is_signed_for_by_whoever_collected_it(counter):
    receipt = service_receipt(counter)
    decision = paper_of(counter, receipt.case_number, PaperKind.REFUSAL_DECISION)
    assert asked(counter, decision) == [(1, "王知远", "")]


def test_whoever_asked_signs_the_slip_of_an_inquiry(counter):
    opened = counter.inquiries.ask(CLERK, "要哪些材料", asked_by="黎若谷")
    paper = counter.papers.find(opened.number)
    assert asked(counter, paper) == [(1, "黎若谷", "")]
    nameless = counter.papers.find(counter.inquiries.ask(CLERK, "几点开门").number)
    with pytest.raises(NotSignable):
        counter.signatures.lay_before(nameless, CLERK)


def test_a_signed_paper_that_becomes_void_says_so_across_the_signature(counter):
    paper = pledge(counter)
    sign(counter, paper, PERSON.name)
    counter.papers.void(paper, CLERK, "填错事项", SHEN)
    assert "作废" in text_of(counter.papers.pdf(paper, CLERK))[0]
    assert "屏幕手写签名" in text_of(counter.papers.pdf(paper, CLERK))[0]


def test_nobody_signs_twice(counter):
    to_sign = counter.signatures.lay_before(pledge(counter), CLERK)
    both = [(to_sign.signers[0], written())]
    counter.signatures.sign(to_sign, both, CLERK)
    with pytest.raises(NotSignable):
        counter.signatures.sign(to_sign, both, CLERK)
    with pytest.raises(NotSignable):
        counter.signatures.lay_before(to_sign.paper, CLERK)


def test_a_paper_that_nobody_signs_or_that_is_void_is_not_laid_before_anybody(counter):
    case = accepted(counter, COMMITTED)
    counter.review.forward(case.number, CLERK, "上级机关", "不在权限内")
    with pytest.raises(NotSignable):
        counter.signatures.lay_before(paper_of(counter, case.number, PaperKind.FORWARDING_SLIP), CLERK)
    paper = pledge(counter)
    counter.papers.void(paper, CLERK, "填错事项", SHEN)
    with pytest.raises(PaperVoid):
        counter.signatures.lay_before(paper, CLERK)


@pytest.mark.parametrize("picture", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n broken", b"\x89PNG" + bytes(600_000)])
def test_what_is_no_picture_is_refused_before_anything_is_kept(counter, picture):
    paper = pledge(counter)
    to_sign = counter.signatures.lay_before(paper, CLERK)
    with pytest.raises(NotSignable):
        counter.signatures.sign(to_sign, [(to_sign.signers[0], replace(written(), picture=picture))], CLERK)
    assert facts_of(counter, paper) == []


def test_a_picture_that_unpacks_too_large_is_refused(counter):
    to_sign = counter.signatures.lay_before(pledge(counter), CLERK)
    with pytest.raises(NotSignable):
        counter.signatures.check(to_sign, to_sign.signers[0], written((4000, 1001)))


def test_who_may_not_handle_cases_has_nobody_sign(counter):
    to_sign = counter.signatures.lay_before(pledge(counter), CLERK)
    with pytest.raises(NotPermitted):
        counter.signatures.sign(to_sign, [(to_sign.signers[0], written())], replace(CLERK, roles=()))


def test_the_pictures_survive_a_sweep_and_belong_to_the_case(counter):
    signed = sign(counter, service_receipt(counter), "王知远")
    with counter.intake._store.write() as uow:
        assert uow.blobs.unnamed() == []
        assert uow.blobs.get(signed.signatures[0].picture) == written().picture
    counter.intake._store.rebuild_views()
    assert counter.papers.find(signed.number) == signed


def test_a_signature_of_an_earlier_program_is_read_as_it_was():
    data = {"paper_kind": "pledge", "paper_number": "云溪3诺〔2026〕1号", "signer": "林𬱖宁", "role": "applicant"}
    rest = {"digest": "00", "picture": "11", "means": "mouse", "strokes": 1, "took_ms": 2}
    early = read_fact({"kind": "PaperSigned", "data": {**data, **rest}})
    assert (early.line, early.for_whom, early.still_open) == (1, "", 0)
