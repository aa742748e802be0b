"""Templates are copied, changed, kept as drafts and published, by administrators, without touching a file."""

from dataclasses import replace

import pytest

from app.comparing import compare
from app.domain.operators import Operator, Role
from app.domain.template_remarks import TemplateFault
from app.services.errors import NotFound, NotPermitted
from app.services.template_editing import OpenedTemplate, TemplateEditingService
from app.template_workshop import Workshop
from tests.domain.samples import AT
from tests.fakes.pinyin import FewReadings
from tests.fakes.store import MemoryStore

ADMINISTRATOR = Operator("li_na", "李娜", (Role.ADMINISTRATOR,))
CLERK = Operator("he", "何长宁", (Role.CLERK,))


class Clocked:
    def now(self):
        return AT


@pytest.fixture
def templates():
    return TemplateEditingService(MemoryStore(FewReadings()), Clocked(), Workshop())


def listed(templates, name, payload=b""):
    return next((one for one in templates.listed(payload) if one.name == name), None)


def test_what_ships_can_be_opened_and_a_draft_goes_before_it(templates):
    opened = templates.open("residence_certificate", b"")
    assert templates.judge(opened.draft)[0] == ()
    templates.keep(titled(opened, "居住情况证明"), ADMINISTRATOR)
    assert templates.open("residence_certificate", b"").draft.title == "居住情况证明"
    assert listed(templates, "residence_certificate").changed_at == AT
    templates.drop("residence_certificate", ADMINISTRATOR)
    assert templates.open("residence_certificate", b"") == opened
    assert not listed(templates, "residence_certificate").is_draft


def titled(opened, title):
    return replace(opened, draft=replace(opened.draft, title=title))


def test_a_draft_is_kept_however_wrong_it_is(templates):
    opened = templates.open("mandate", b"")
    wrong = replace(opened, draft=opened.draft.cell(1, 0, 0, "{no_such_place"))
    templates.keep(wrong, ADMINISTRATOR)
    assert templates.open("mandate", b"") == wrong
    remarks, pdf = templates.judge(wrong.draft)
    assert [one.block for one in remarks] == [2]
    assert pdf == b""


def test_a_copy_is_published_beside_what_was_published_before(templates):
    first = templates.bulletin(templates.open("pledge", b"").draft, b"")
    copied = templates.open("residence_certificate", b"").draft.copied("work_proof", "务工情况证明")
    payload = templates.bulletin(copied, first)
    assert compare("papers", payload, 1, (None, first)).added == ("务工情况证明 (work_proof)",)
    assert listed(templates, "work_proof", payload).is_published
    assert listed(templates, "pledge", payload).is_published
    assert templates.open("work_proof", payload).draft == copied


def test_a_draft_tells_when_another_version_was_published_after_it_was_begun(templates):
    opened = templates.open("pledge", b"")
    templates.keep(titled(opened, "承诺书甲"), ADMINISTRATOR)
    assert not listed(templates, "pledge").is_superseded
    payload = templates.bulletin(titled(opened, "承诺书乙").draft, b"")
    assert listed(templates, "pledge", payload).is_superseded
    assert templates.open("pledge", payload).base == opened.base != templates.current("pledge", payload)
    templates.keep(OpenedTemplate(opened.draft, templates.current("pledge", payload)), ADMINISTRATOR)
    assert not listed(templates, "pledge", payload).is_superseded


def test_a_new_template_is_made_from_nothing_and_meets_one_of_its_name(templates):
    copied = OpenedTemplate(templates.open("pledge", b"").draft.copied("pledge_2", "承诺书"))
    templates.keep(copied, ADMINISTRATOR)
    assert not listed(templates, "pledge_2").is_superseded
    assert listed(templates, "pledge_2", templates.bulletin(copied.draft, b"")).is_superseded


def test_a_template_that_is_not_there_any_more_is_not_found(templates):
    with pytest.raises(NotFound):
        templates.open("pledge_9", b"")


def test_a_character_that_no_font_has_is_told_before_anything_is_published(templates):
    draft = replace(templates.open("residence_certificate", b"").draft, title="居住\U000e1234证明")
    draft = draft.cell(1, 0, 0, "居住\U000e1234证明")
    ((remark,), _pdf) = templates.judge(draft)
    assert (remark.fault, remark.value) == (TemplateFault.GLYPHS, "\U000e1234")


def test_a_draft_is_drawn_as_a_counter_will_print_it(templates):
    remarks, pdf = templates.judge(templates.open("village_residence_certificate", b"").draft)
    assert remarks == ()
    assert pdf.startswith(b"%PDF-")


def test_whoever_is_no_administrator_keeps_no_draft(templates):
    with pytest.raises(NotPermitted):
        templates.keep(templates.open("mandate", b""), CLERK)
