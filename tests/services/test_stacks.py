"""Mixed papers: each page goes to the case and material that its separators name, or stays and is told."""

from dataclasses import replace

import pytest

from app.demonstration import CLERK
from app.domain.application import HandedIn
from app.domain.plain import to_plain
from app.domain.separators import CaseSeparator, MaterialSeparator, written
from app.services.errors import NotFound
from app.services.kept_pages import PagePlace, handed_of, new_page
from app.services.stacks import COMING, FOLLOWING_FORM, STACK, STACK_FORM, SUPPLEMENT_FORM, Why
from tests.support import COMMITTED, PERSON, accepted, filled
from ui.case.forms.supplement import TakeInFollowingForm, TakeInSupplementForm
from ui.stack.form import StackForm


@pytest.fixture
def codes(counter):
    return [one.code for one in counter.catalogue.item(COMMITTED).materials][:2]


@pytest.fixture
def waiting(counter, codes):
    """Make a case that waits for some of its materials."""

    def make(*missing):
        draft = filled(counter, COMMITTED)
        there = {code: one for code, one in draft.application.materials.items() if code not in missing}
        application = replace(draft.application, materials=there, reasons={"earlier_case": "另一件"})
        draft = counter.intake.save(replace(draft, application=application))
        item = counter.catalogue.item(COMMITTED)
        case = counter.intake.receive(draft, item, CLERK).case
        defects = counter.acceptance.suggested_defects(case, item)
        return counter.acceptance.ask_supplement(case.number, CLERK, defects, None)

    return make


def page(counter, data, *separators):
    with counter.intake._store.write() as uow:
        made = new_page(uow.blobs.put(data), "image/png")
        uow.commit()
    return replace(made, codes=tuple(written(one) for one in separators))


def of(counter, case):
    return page(counter, f"sheet of {case.number}".encode(), CaseSeparator(case.number))


def for_material(counter, code):
    return page(counter, f"sheet of {code}".encode(), MaterialSeparator(COMMITTED, code))


def lay(counter, *pages):
    counter.form_drafts.keep(STACK, STACK_FORM, {"handed": {COMING: to_plain(HandedIn(pages=pages))}})


def kept(counter, case, form=SUPPLEMENT_FORM):
    """Return the pages that lie in the form of a case, by material."""
    found = counter.form_drafts.find(case.number, form)
    return {code: list(one.pages) for code, one in handed_of(found.filled).items()} if found else {}


def stack(counter):
    found = counter.form_drafts.find(STACK, STACK_FORM)
    return [list(one.pages) for one in handed_of(found.filled).values()]


def test_the_names_of_forms_are_those_of_the_window():
    assert (TakeInSupplementForm.__name__, TakeInFollowingForm.__name__) == (SUPPLEMENT_FORM, FOLLOWING_FORM)
    assert StackForm.__name__ == STACK_FORM


def test_pages_go_to_the_material_of_the_case_that_their_separators_name(counter, waiting, codes):
    first, second = waiting(*codes), waiting(codes[0])
    a, b, c = (page(counter, data) for data in (b"a", b"b", b"c"))
    sheets = [for_material(counter, code) for code in codes]
    lay(counter, of(counter, first), sheets[0], a, sheets[1], b, of(counter, second), c)
    done = counter.stacks.sort()
    assert kept(counter, first) == {codes[0]: [a], codes[1]: [b]}
    assert kept(counter, second) == {codes[0]: [c]}  # it waits for nothing else
    assert (done.count, done.numbers, counter.stacks.count(), stack(counter)) == (
        3,
        (first.number, second.number),
        0,
        [],
    )


def test_what_cannot_be_sorted_stays_with_its_case_and_is_told(counter, waiting, codes):
    two, closed = waiting(*codes), accepted(counter, COMMITTED, replace(PERSON, name="另一人"))
    a, b, c, d = (page(counter, data) for data in (b"a", b"b", b"c", b"d"))
    sheet = of(counter, two)
    lay(counter, a, sheet, b, for_material(counter, "unheard_of"), c, of(counter, closed), d)
    assert counter.stacks.sort().moved == ()
    assert [(one.number, one.why, one.count) for one in counter.stacks.left()] == [
        ("", Why.NO_SHEET, 1),
        (two.number, Why.WHICH, 2),
        (closed.number, Why.WAITS_FOR_NONE, 1),
    ]
    assert {target.material for target in counter.stacks.left()[1].targets} == set(codes)
    before = stack(counter)
    counter.stacks.sort()
    assert stack(counter) == before


def test_what_is_left_of_a_case_keeps_its_sheet_and_goes_once_the_case_waits_for_it(counter, waiting, codes):
    case = waiting(codes[0])
    a, b = page(counter, b"a"), page(counter, b"b")
    head = of(counter, case)
    lay(counter, head, for_material(counter, codes[1]), b, for_material(counter, codes[0]), a)
    counter.stacks.sort()
    assert kept(counter, case) == {codes[0]: [a]}
    ((left_head, _sheet, left),) = stack(counter)
    assert (left_head, left) == (head, b)
    assert [one.why for one in counter.stacks.left()] == [Why.NOT_ASKED]


def test_sorting_is_undone_page_by_page_as_far_as_they_are_still_there(counter, waiting, codes):
    case = waiting(*codes)
    head, sheet = of(counter, case), for_material(counter, codes[0])
    a, b, c = (page(counter, data) for data in (b"a", b"b", b"c"))
    lay(counter, c, head, sheet, a, b)
    done = counter.stacks.sort()
    form = {"handed": {codes[0]: to_plain(HandedIn(pages=(b,)))}}
    counter.form_drafts.keep(case.number, SUPPLEMENT_FORM, form)  # the clerk has deleted the first
    (back,) = counter.stacks.undo(done)
    assert back.pages == (b,)
    assert kept(counter, case) == {}
    plain = [replace(one, codes=()) for one in (head, sheet, b)]
    assert sorted(stack(counter), key=len) == [[c], plain]
    assert counter.stacks.sort().moved == ()


def test_what_a_clerk_chooses_goes_there_and_only_where_it_is_waited_for(counter, waiting, codes):
    case, other = waiting(codes[0]), waiting(codes[1])
    a, b = page(counter, b"a"), page(counter, b"b")
    lay(counter, a, b)
    counter.stacks.sort()
    (left,) = counter.stacks.left()
    assert {target.number for target in left.targets} == {case.number, other.number}
    target = next(one for one in left.targets if one.number == other.number)
    with pytest.raises(NotFound):
        counter.stacks.place({left.line: replace(target, material=codes[0])})
    assert counter.stacks.place({left.line: target}).count == 2
    assert (kept(counter, other), stack(counter)) == ({codes[1]: [a, b]}, [])


def test_a_separator_with_nothing_behind_it_waits_for_what_comes(counter, waiting, codes):
    case = waiting(codes[0])
    head = of(counter, case)
    lay(counter, head)
    counter.stacks.sort()
    assert stack(counter) == [[head]]


def test_pages_of_another_case_are_put_aside_and_taken_back(counter, waiting, codes):
    case = waiting(codes[0])
    a, b = page(counter, b"a"), page(counter, b"b")
    head = of(counter, case)
    place = PagePlace("id_card", about="20260518000731004322", form=SUPPLEMENT_FORM)
    counter.form_drafts.keep(place.about, place.form, {"handed": {"id_card": to_plain(HandedIn(pages=(a, head, b)))}})
    counter.stacks.put_aside(place, (head, b))
    there = counter.form_drafts.find(place.about, place.form).filled
    assert (handed_of(there)["id_card"].pages, stack(counter)) == ((a,), [[head, b]])
    assert counter.stacks.take_back(place, (head, b)) == (head, b)
    there = counter.form_drafts.find(place.about, place.form).filled
    assert (handed_of(there)["id_card"].pages, counter.stacks.count()) == ((a, head, b), 0)


def test_pages_that_came_into_a_form_unseen_are_not_lost_when_it_is_done(counter, waiting, codes):
    case = waiting(codes[0])
    seen, unseen = page(counter, b"seen"), page(counter, b"unseen")
    form = {"handed": {codes[0]: to_plain(HandedIn(pages=(seen, unseen)))}}
    counter.form_drafts.keep(case.number, SUPPLEMENT_FORM, form)
    counter.form_drafts.finish(case.number, SUPPLEMENT_FORM, {seen.identity})
    assert (kept(counter, case), stack(counter)) == ({}, [[unseen]])


def test_the_stack_outlives_the_program(place, sample_png):
    with place.opened() as counter:
        lay(counter, page(counter, sample_png))
    with place.opened() as counter:
        assert counter.stacks.count() == 1
