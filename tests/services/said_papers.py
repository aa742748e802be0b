"""Cases on a real counter, and what their papers say: read back from the PDF that was kept."""

import io
from dataclasses import replace

import pypdfium2

from app.demonstration import CLERK
from app.domain.application import HandedIn
from app.domain.operators import Operator, Role
from app.domain.outcomes import Result
from tests.support import COMMITTED, PERSON, filled

SHEN = Operator("shenqing", "沈青", tuple(Role))
ONE = HandedIn(originals=1)
HOMESTEAD = "510117053000"
FOR_ORGANISATIONS = "510120032000"
FORM = {
    "site": "云溪镇柳湾村4组",
    "area": "120",
    "storeys": "2",
    "kind": "原址翻建",
    "base_area": "90",
    "owner": "柳湾村4组",
}
FORM |= {"land_use": "农村宅基地", "east": "村道", "south": "林守田宅", "west": "耕地", "north": "水渠"}


def said(counter, paper):
    """Return the whole text of a paper's PDF without spaces and line ends."""
    document = pypdfium2.PdfDocument(io.BytesIO(counter.papers.pdf(paper, CLERK)))
    try:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


def paper_of(counter, case, kind):
    return [paper for paper in counter.papers.of_case(case.number) if paper.kind is kind][-1]


def tells(counter, case, kind, *words):
    text = said(counter, paper_of(counter, case, kind))
    assert [word for word in words if word.replace(" ", "") not in text] == []
    return text


def received(counter, without=1):
    draft = filled(counter, COMMITTED)
    codes = [material.code for material in counter.catalogue.item(COMMITTED).materials][:without]
    there = {code: one for code, one in draft.application.materials.items() if code not in codes}
    saved = counter.intake.save(replace(draft, application=replace(draft.application, materials=there)))
    return counter.intake.receive(saved, counter.catalogue.item(COMMITTED), CLERK).case, codes


def homestead(counter):
    item = counter.catalogue.item(HOMESTEAD)
    draft = counter.intake.begin(item, CLERK)
    materials = {material.code: ONE for material in item.materials}
    application = replace(draft.application, applicant=PERSON, form=FORM, materials=materials)
    saved = counter.intake.save(replace(draft, application=application))
    case = counter.intake.accept(saved, item, CLERK).case
    counter.review.decide(case.number, SHEN, Result.GRANTED, decided_by="覃静秋")
    return case


def with_people(counter, code=COMMITTED, **changes):
    draft = filled(counter, code, machine="微耕机", price="5000")
    reasons = {"applicant.id_number": "已核对", "organisation.uscc": "已核对", "agent.mandate": "已核对"}
    application = replace(draft.application, reasons=reasons, **changes)
    saved = counter.intake.save(replace(draft, application=application))
    return counter.intake.accept(saved, counter.catalogue.item(code), CLERK).case
