"""A signature on the screen: what it is bound to, that the paper shows it, and what is refused."""

import hashlib
import io
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from app.demonstration import CLERK
from app.domain.facts import PaperSigned, read_fact
from app.domain.outcomes import Result
from app.domain.paper import PaperKind, SignerRole, SigningMeans
from app.services.errors import NotPermitted, NotSignable, PaperVoid
from app.services.signatures import Written
from tests.services.test_papers import SHEN, text_of
from tests.support import COMMITTED, PERSON, accepted, filled


def written(size=(600, 200)):
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(40, 150), (200, 40), (380, 160), (560, 60)], fill="black", width=9)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return Written(buffer.getvalue(), SigningMeans.PEN, 3, 4200)


def pledge(counter):
    draft = filled(counter, COMMITTED)
    return counter.forms.prepare(PaperKind.PLEDGE, draft, counter.catalogue.item(COMMITTED), CLERK)


def service_receipt(counter, collected_by="王知远"):
    case = accepted(counter, COMMITTED)
    counter.review.decide(
        case.number, SHEN, Result.REFUSED, decided_by="覃静秋", reason="不符合条件", basis="《社会救助暂行办法》第九条"
    )
    counter.issuance.deliver(case.number, CLERK, collected_by, in_person=False, id_number="519900198501010332")
    return next(row for row in counter.papers.of_case(case.number) if row.kind is PaperKind.SERVICE_RECEIPT)


def fact_of(counter, paper):
    """Return what the journal says of the signature of a paper."""
    with counter.intake._store.read() as uow:
        entries = [read_fact(entry.read()) for entry in uow.journal.entries()]
    return next(fact for fact in entries if isinstance(fact, PaperSigned) and fact.paper_number == paper.number)


@pytest.mark.parametrize(
    ("make", "signer", "role"),
    [(pledge, PERSON.name, SignerRole.APPLICANT), (service_receipt, "王知远", SignerRole.COLLECTOR)],
)
def test_a_signature_is_bound_to_the_very_paper_that_lay_before_the_signer(counter, make, signer, role):
    paper = make(counter)
    to_sign = counter.signatures.lay_before(paper, CLERK)
    assert (to_sign.signer, to_sign.role) == (signer, role)
    signed = counter.signatures.sign(to_sign, written(), CLERK)
    fact = fact_of(counter, paper)
    assert fact.digest == hashlib.sha256(to_sign.pdf).hexdigest() == signed.digest
    assert fact.picture == signed.signature == hashlib.sha256(written().picture).hexdigest()
    assert (fact.signer, fact.means, fact.strokes, fact.took_ms) == (signer, SigningMeans.PEN, 3, 4200)
    assert signed.signed_at is not None


def test_the_paper_shows_the_signature_from_then_on_and_stays_as_it_was_beneath(counter):
    paper = service_receipt(counter)
    to_sign = counter.signatures.lay_before(paper, CLERK)
    counter.signatures.sign(to_sign, written(), CLERK)
    for shown in (counter.papers.pdf(paper, CLERK), counter.papers.to_print(paper, CLERK)):
        assert "屏幕手写签名" in text_of(shown)[0]
        assert "屏幕手写签名" not in text_of(to_sign.pdf)[0]
        assert dark_blue_in(counter, shown) > 50
    assert counter.papers.as_drawn(paper, CLERK) == to_sign.pdf


def dark_blue_in(counter, pdf):
    """Count the dots in the colour of a signature's ink."""
    shown = counter.papers.picture(pdf, 0, 800)
    picture = Image.frombytes("RGBX", (shown.width, shown.height), shown.pixels, "raw", "BGRX").convert("RGB")
    return sum(blue > red + 20 for red, _green, blue in picture.get_flattened_data())


def test_a_signed_paper_that_becomes_void_says_so_across_the_signature(counter):
    paper = pledge(counter)
    counter.signatures.sign(counter.signatures.lay_before(paper, CLERK), written(), CLERK)
    counter.papers.void(paper, CLERK, "填错事项", SHEN)
    assert "作废" in text_of(counter.papers.pdf(paper, CLERK))[0]
    assert "屏幕手写签名" in text_of(counter.papers.pdf(paper, CLERK))[0]


def test_a_paper_is_signed_once(counter):
    paper = pledge(counter)
    to_sign = counter.signatures.lay_before(paper, CLERK)
    counter.signatures.sign(to_sign, written(), CLERK)
    with pytest.raises(NotSignable):
        counter.signatures.sign(to_sign, written(), CLERK)
    with pytest.raises(NotSignable):
        counter.signatures.lay_before(paper, CLERK)


def test_a_paper_that_nobody_signs_or_that_is_void_is_not_laid_before_anybody(counter):
    receipt = counter.papers.of_case(accepted(counter).number)[0]
    with pytest.raises(NotSignable):
        counter.signatures.lay_before(receipt, CLERK)
    paper = pledge(counter)
    counter.papers.void(paper, CLERK, "填错事项", SHEN)
    with pytest.raises(PaperVoid):
        counter.signatures.lay_before(paper, CLERK)


def test_several_who_apply_together_sign_on_paper(counter):
    draft = filled(counter, COMMITTED)
    together = replace(
        draft.application, co_applicants=(replace(PERSON, name="王知远", id_number="519900198501010332"),)
    )
    paper = counter.forms.prepare(
        PaperKind.PLEDGE, replace(draft, application=together), counter.catalogue.item(COMMITTED), CLERK
    )
    with pytest.raises(NotSignable):
        counter.signatures.lay_before(paper, CLERK)


@pytest.mark.parametrize("picture", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n broken", b"\x89PNG" + bytes(600_000)])
def test_what_is_no_picture_is_refused_before_anything_is_kept(counter, picture):
    paper = pledge(counter)
    to_sign = counter.signatures.lay_before(paper, CLERK)
    with pytest.raises(NotSignable):
        counter.signatures.sign(to_sign, replace(written(), picture=picture), CLERK)
    assert not counter.papers.find(paper.number).signature


def test_a_picture_that_unpacks_too_large_is_refused(counter):
    to_sign = counter.signatures.lay_before(pledge(counter), CLERK)
    with pytest.raises(NotSignable):
        counter.signatures.sign(to_sign, written((4000, 1001)), CLERK)


def test_who_may_not_handle_cases_has_nobody_sign(counter):
    to_sign = counter.signatures.lay_before(pledge(counter), CLERK)
    with pytest.raises(NotPermitted):
        counter.signatures.sign(to_sign, written(), replace(CLERK, roles=()))


def test_the_picture_survives_a_sweep_and_belongs_to_the_case(counter):
    paper = service_receipt(counter)
    signed = counter.signatures.sign(counter.signatures.lay_before(paper, CLERK), written(), CLERK)
    with counter.intake._store.write() as uow:
        uow.blobs.sweep()
        uow.commit()
        assert uow.blobs.get(signed.signature) == written().picture
    counter.intake._store.rebuild_views()
    assert counter.papers.find(paper.number) == signed
