"""Stacks with separator sheets that are scanned into a form of a case that takes materials."""

import pytest

from app.demonstration import CLERK
from app.domain.separators import CaseSeparator, MaterialSeparator, written
from app.services.ports.page_cleaning import FoundCode
from app.services.ports.scanning import Feeding
from tests.support import COMMITTED
from tests.ui.case.test_forms import begin, received
from tests.ui.case.test_presenter import Opened
from tests.ui.scans import with_scanner
from ui.case.act_kinds import CaseAct

A, B, C = b"sheet a", b"sheet b", b"sheet c"
OWN, SECOND, NOT_ASKED = b"separator of the case", b"separator of a material", b"of a material nobody asked for"


@pytest.fixture
def asked(counter):
    """A case that waits for two of its materials, and their codes."""
    codes = [one.code for one in counter.catalogue.item(COMMITTED).materials][:2]
    case = received(counter, *codes)
    defects = counter.acceptance.suggested_defects(case, counter.catalogue.item(COMMITTED))
    return counter.acceptance.ask_supplement(case.number, CLERK, defects, None), codes


def laid(counter, asked, *feeder):
    """Return the page of the case with its form open, and a scanner that is laid with sheets."""
    case, (_first, second) = asked
    codes = {
        OWN: CaseSeparator(case.number),
        SECOND: MaterialSeparator(COMMITTED, second),
        NOT_ASKED: MaterialSeparator(COMMITTED, "another"),
    }
    found = {sheet: ((), [FoundCode("QRCode", written(code))]) for sheet, code in codes.items()}
    opened = Opened(with_scanner(counter, *feeder, found=found))
    opened.presenter._counter.devices.keep(feeding=Feeding.FEEDER)
    begin(opened, case, CaseAct.TAKE_IN_SUPPLEMENT)
    return opened


def scan(opened, material):
    opened.presenter.forms.pages.scan(material)
    for _ in range(9):
        opened.runner.work()
        opened.scans.tick()


def data_of(opened, counter, material):
    """Return what the pages of a material were scanned as, in the form; the store has the same."""
    forms = opened.presenter.forms
    case = opened.state.file.case
    kept = counter.form_drafts.find(case.number, "TakeInSupplementForm").filled["handed"].get(material, {"pages": []})
    pages = forms.state.filled.handed[material].pages if material in forms.state.filled.handed else ()
    assert [page.digest for page in pages] == [page["digest"] for page in kept["pages"]]
    with counter.intake._store.read() as uow:
        return [uow.blobs.get(page.original) for page in pages]


def test_pages_go_to_the_materials_that_the_notice_lists(counter, asked):
    _case, (first, second) = asked
    opened = laid(counter, asked, A, SECOND, B, OWN, C)
    scan(opened, first)
    assert [data_of(opened, counter, code) for code in (first, second)] == [[A, C], [B]]
    assert opened.navigator.went[-1][1] == "已按分隔页分到 1 份材料"
    opened.navigator.went[-1][-1]()
    assert [data_of(opened, counter, code) for code in (first, second)] == [[A, SECOND, B, OWN, C], []]
    opened.presenter.forms.pages.look_at_scans()
    assert [data_of(opened, counter, code) for code in (first, second)] == [[A, SECOND, B, OWN, C], []]


def test_pages_of_a_material_that_the_notice_does_not_list_stay_where_they_were_scanned(counter, asked):
    _case, (first, _second) = asked
    opened = laid(counter, asked, A, NOT_ASKED, B)
    scan(opened, first)
    assert data_of(opened, counter, first) == [A, NOT_ASKED, B]
    assert [went[1] for went in opened.navigator.went if went[0] == "notify"] == [
        "有分隔页不是本事项的，后面的页没有动"
    ]


def test_the_act_waits_until_a_stack_is_sorted(counter, asked):
    _case, (first, second) = asked
    opened = laid(counter, asked, A, SECOND, B)
    opened.presenter.forms.pages.scan(first)
    opened.runner.work()
    opened.scans.tick()
    opened.presenter.forms.submit()
    for _ in range(9):
        opened.runner.work()
        opened.scans.tick()
    case = counter.desk.file(asked[0].number).case
    assert [len(case.materials[code].pages) for code in (first, second)] == [1, 1]
