"""Stacks with separators between them: where every page goes."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.application import Page
from app.domain.separators import CaseSeparator, MaterialSeparator, written
from app.services.page_sorting import ReadPage, sort_pages

ITEM, MATERIALS = "110117051000", ("id_card", "household", "photo")
CASE, OTHER_CASE = "20260518000731004225", "20260518000731004322"


def sheet(separator, digest="sep"):
    return ReadPage(Page(digest, "image/png"), (written(separator),))


def material(code, digest="sep"):
    return sheet(MaterialSeparator(ITEM, code), digest)


def page(digest, *codes, is_blank=False):
    return ReadPage(Page(digest, "image/jpeg"), codes, is_blank)


def digests(pages):
    return [one.digest for one in pages]


def sort(*pages, **options):
    return sort_pages(pages, ITEM, MATERIALS, **options)


def test_pages_go_to_the_material_of_the_separator_before_them():
    sorting = sort(page("a"), material("id_card"), page("b"), page("c"), material("household"), page("d"))
    assert digests(sorting.stays) == ["a"]
    assert {code: digests(pages) for code, pages in sorting.materials.items()} == {
        "id_card": ["b", "c"],
        "household": ["d"],
    }
    assert len(sorting.dropped) == 2


def test_without_a_separator_everything_stays():
    sorting = sort(page("a", CASE), page("b", is_blank=True))
    assert sorting.is_plain
    assert digests(sorting.stays) == ["a", "b"]


def test_a_material_that_is_named_twice_gets_the_pages_behind_both():
    sorting = sort(material("photo"), page("a"), material("id_card"), page("b"), material("photo"), page("c"))
    assert digests(sorting.materials["photo"]) == ["a", "c"]


def test_an_unknown_separator_is_told_and_its_pages_stay_with_it():
    elsewhere = MaterialSeparator("other item", "id_card")
    gone = MaterialSeparator(ITEM, "no_such_material")
    sorting = sort(material("photo"), page("a"), sheet(elsewhere, "x"), page("b"), sheet(gone, "y"), page("c"))
    assert sorting.unknown == (elsewhere, gone)
    assert digests(sorting.stays) == ["x", "b", "y", "c"]
    assert digests(sorting.materials["photo"]) == ["a"]


def test_the_blank_back_of_a_separator_goes_with_it_and_a_written_one_stays():
    front, written_on = material("id_card"), page("note")
    blank_back = page("blank", is_blank=True)
    assert digests(sort(front, blank_back, page("a"), page("b"), both_sides=True).materials["id_card"]) == ["a", "b"]
    assert digests(sort(front, written_on, both_sides=True).materials["id_card"]) == ["note"]


def test_a_separator_that_was_fed_upside_down_takes_its_blank_front_along():
    sorting = sort(page("blank", is_blank=True), material("id_card"), page("a"), page("b"), both_sides=True)
    assert digests(sorting.dropped) == ["blank", "sep"]
    assert sorting.stays == ()


def test_a_blank_page_that_is_no_back_is_kept():
    sorting = sort(material("id_card"), page("blank", is_blank=True))
    assert digests(sorting.materials["id_card"]) == ["blank"]
    both = sort(material("id_card"), page("a"), page("blank", is_blank=True), page("b"), both_sides=True)
    assert digests(both.materials["id_card"]) == ["a", "blank", "b"]


def test_a_case_sheet_gathers_pages_of_that_case_and_the_own_one_leads_back():
    sorting = sort(sheet(CaseSeparator(OTHER_CASE)), page("a"), sheet(CaseSeparator(CASE)), page("b"), case=CASE)
    assert {number: digests(pages) for number, pages in sorting.cases.items()} == {OTHER_CASE: ["a"]}
    assert digests(sorting.stays) == ["b"]


def test_a_picture_of_two_separators_is_none():
    both = page("photo", written(MaterialSeparator(ITEM, "id_card")), written(MaterialSeparator(ITEM, "photo")))
    assert sort(both).is_plain


@given(st.lists(st.sampled_from(["page", "blank", "id_card", "photo", "unknown", "case"]), max_size=20), st.booleans())
def test_no_page_is_lost_and_none_is_in_two_places(kinds, both_sides):
    made = {
        "page": page,
        "blank": lambda n: page(n, is_blank=True),
        "unknown": lambda n: sheet(MaterialSeparator("x", "y"), n),
        "case": lambda n: sheet(CaseSeparator(OTHER_CASE), n),
    }
    stack = [made.get(kind, lambda n, kind=kind: material(kind, n))(str(n)) for n, kind in enumerate(kinds)]
    sorting = sort_pages(stack, ITEM, MATERIALS, both_sides=both_sides)
    piles = (sorting.stays, sorting.dropped, *sorting.materials.values(), *sorting.cases.values())
    assert sorted(one.digest for pile in piles for one in pile) == sorted(str(n) for n in range(len(kinds)))
    kept = {one.digest for pile in piles if pile is not sorting.dropped for one in pile}
    assert {str(n) for n, kind in enumerate(kinds) if kind == "page"} <= kept
