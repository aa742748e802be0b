"""Separator sheets on paper and back from it, and the pages that they move."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from app.capture.codes import codes_on
from app.domain.application import HandedIn, Page
from app.domain.numbering import case_number
from app.domain.separators import CaseSeparator, MaterialSeparator, read_separator, written
from app.services.errors import NotFound
from app.services.kept_pages import PagePlace
from app.services.page_sorting import ReadPage
from tests.capture import drawn
from tests.papers.samples import pages_of, picture_of, text_of
from tests.support import CERTIFICATE, CLERK, filled

CASE_NUMBER = case_number(date(2026, 5, 18), "000731", 42)


@pytest.fixture
def item(counter):
    return counter.catalogue.item(CERTIFICATE)


def codes_of(pdf, degrees=0):
    page = drawn.turned(np.asarray(picture_of(pdf, 150)), degrees)
    return [read_separator(code.text) for code in codes_on(page)]


@pytest.mark.parametrize("degrees", [0, 90, 180])
def test_a_sheet_says_its_material_twice_whichever_way_it_lies(counter, item, degrees):
    material = item.materials[0]
    pdf = counter.separating.material_sheet(item, material.code, CLERK)
    assert pages_of(pdf) == 1
    assert material.name.replace(" ", "") in text_of(pdf, 0)
    assert codes_of(pdf, degrees) == [MaterialSeparator(item.code, material.code)] * 2


def test_a_case_has_a_sheet_of_its_own(counter, item):
    pdf = counter.separating.case_sheet(CASE_NUMBER, item, CLERK)
    assert CASE_NUMBER in text_of(pdf, 0)
    assert codes_of(pdf) == [CaseSeparator(CASE_NUMBER)] * 2


def scanned(counter, item, *kinds):
    """Return a draft with a stack in its first material, and the stack as it was read."""
    first, second = item.materials[:2]
    stack = []
    with counter.intake._store.write() as uow:
        for number, kind in enumerate(kinds):
            page = Page(uow.blobs.put(f"page {number}".encode()), "image/png")
            codes = (written(MaterialSeparator(item.code, second.code)),) if kind == "separator" else ()
            stack.append(ReadPage(page, codes))
        uow.commit()
    draft = filled(counter)
    materials = {first.code: HandedIn(originals=1, pages=tuple(read.page for read in stack))}
    saved = counter.intake.save(replace(draft, application=replace(draft.application, materials=materials)))
    return PagePlace(first.code, draft=saved.draft_id), stack, [material.code for material in item.materials]


def materials_of(counter, place):
    with counter.intake._store.read() as uow:
        return uow.drafts.get(place.draft).application.materials


def test_a_stack_is_sorted_into_the_draft_in_one_go(counter, item):
    place, stack, codes = scanned(counter, item, "page", "separator", "page", "page")
    counter.separating.sort(place, stack, item.code, codes)
    materials = materials_of(counter, place)
    assert materials[place.material].pages == (stack[0].page,)
    assert materials[codes[1]].pages == (stack[2].page, stack[3].page)


def test_a_page_that_was_deleted_meanwhile_does_not_come_back(counter, item):
    place, stack, codes = scanned(counter, item, "separator", "page", "page")
    with counter.intake._store.write() as uow:
        draft = uow.drafts.get(place.draft)
        left = {place.material: HandedIn(originals=1, pages=(stack[0].page, stack[2].page))}
        uow.drafts.save(replace(draft, application=replace(draft.application, materials=left)))
        uow.commit()
    counter.separating.sort(place, stack, item.code, codes)
    assert materials_of(counter, place)[codes[1]].pages == (stack[2].page,)


def test_a_draft_that_is_gone_is_told(counter, item):
    place, stack, codes = scanned(counter, item, "separator", "page")
    with pytest.raises(NotFound):
        counter.separating.sort(replace(place, draft="gone"), stack, item.code, codes)
