"""What a workshop of templates promises, on the real one and on the one in memory."""

from dataclasses import replace

import pytest

from app.domain.template_remarks import TemplateFault
from app.services.errors import BadInput, DefinitionError
from app.template_workshop import Workshop
from tests.fakes.workshop import MemoryWorkshop

NAME = "residence_certificate"


@pytest.fixture(params=[MemoryWorkshop, Workshop], scope="module")
def workshop(request):
    return request.param()


@pytest.fixture
def draft(workshop):
    return workshop.read(workshop.shipped()[NAME])


def test_what_ships_can_be_read_each_under_its_name(workshop):
    shipped = workshop.shipped()
    assert {name: workshop.read(data).name for name, data in shipped.items()} == {name: name for name in shipped}


def test_a_draft_that_was_written_is_read_as_it_was_whatever_is_wrong_with_it(workshop, draft):
    for one in (draft, draft.remove(0), draft.cell(0, 0, 0, "{nowhere"), replace(draft, title="", blocks=())):
        data = workshop.write(one)
        assert workshop.read(data) == one
        assert workshop.write(workshop.read(data)) == data


def test_what_is_no_template_is_told_so(workshop):
    for data in (b"", b"null", b"[1, 2]", b"{", b'{"template": "x"}', b"\xff\xfe"):
        with pytest.raises(DefinitionError):
            workshop.read(data)


def test_a_good_draft_is_drawn_and_a_wrong_one_is_remarked_on_instead(workshop, draft):
    remarks, pdf = workshop.judge(draft)
    assert (remarks, pdf[:5]) == ((), b"%PDF-")
    remarks, pdf = workshop.judge(replace(draft, title=" "))
    assert ([(one.fault, one.block, one.field) for one in remarks], pdf) == ([(TemplateFault.EMPTY, 0, "title")], b"")
    assert workshop.judge(draft) == workshop.judge(draft)


def test_a_bulletin_has_every_file_that_was_put_into_it_in_the_same_bytes(workshop, draft):
    files = {NAME: workshop.shipped()[NAME], "another": workshop.write(draft.copied("another", "另一份"))}
    payload = workshop.bulletin(files)
    assert workshop.in_bulletin(payload) == files
    assert workshop.bulletin(dict(reversed(files.items()))) == payload


def test_what_is_no_bulletin_is_refused(workshop):
    with pytest.raises(BadInput):
        workshop.in_bulletin(b"PK\x03\x04 cut short")
