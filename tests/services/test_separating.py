"""Separator sheets on paper and back from it."""

from datetime import date

import numpy as np
import pytest

from app.capture.codes import codes_on
from app.domain.numbering import case_number
from app.domain.separators import CaseSeparator, MaterialSeparator, read_separator
from tests.capture import drawn
from tests.papers.samples import pages_of, picture_of, text_of
from tests.support import CERTIFICATE, CLERK

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
