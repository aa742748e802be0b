"""Stacks with separators between them: where every page goes."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.application import Page, PageRemark
from app.domain.separators import CaseSeparator, MaterialSeparator, written
from app.services.page_sorting import piles_of, separator_on, sort_pages

ITEM, MATERIALS = "110117051000", ("id_card", "household", "photo")
CASE, OTHER_CASE = "20260518000731004225", "20260518000731004322"


def sheet(separator, digest="sep", **facts):
    return Page(digest, "image/png", codes=(written(separator),), **facts)


def material(code, digest="sep", **facts):
    return sheet(MaterialSeparator(ITEM, code), digest, **facts)


def page(digest, *codes, is_blank=False, **facts):
    return Page(digest, "image/jpeg", codes=codes, remarks=(PageRemark.BLANK,) * is_blank, **facts)


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
    assert (digests(sorting.stays), sorting.materials, sorting.dropped) == (["a", "b"], {}, ())


def test_a_material_that_is_named_twice_gets_the_pages_behind_both():
    sorting = sort(material("photo"), page("a"), material("id_card"), page("b"), material("photo"), page("c"))
    assert digests(sorting.materials["photo"]) == ["a", "c"]


def test_an_unknown_separator_is_told_and_its_pages_stay_with_it():
    elsewhere = MaterialSeparator("other item", "id_card")
    gone = MaterialSeparator(ITEM, "no_such_material")
    sorting = sort(material("photo"), page("a"), sheet(elsewhere, "x"), page("b"), sheet(gone, "y"), page("c"))
    assert [separator_on(one) for one in sorting.strange] == [elsewhere, gone]
    assert digests(sorting.stays) == ["x", "b", "y", "c"]
    assert digests(sorting.materials["photo"]) == ["a"]


def test_the_blank_back_of_a_separator_goes_with_it_and_a_written_one_stays():
    front, written_on = material("id_card"), page("note", is_back=True)
    blank_back = page("blank", is_blank=True, is_back=True)
    assert digests(sort(front, blank_back, page("a"), page("b")).materials["id_card"]) == ["a", "b"]
    assert digests(sort(front, written_on).materials["id_card"]) == ["note"]


def test_a_separator_that_was_fed_upside_down_takes_its_blank_front_along():
    sorting = sort(page("blank", is_blank=True), material("id_card", is_back=True), page("a"), page("b"))
    assert digests(sorting.dropped) == ["blank", "sep"]
    assert sorting.stays == ()


def test_a_blank_page_that_is_no_back_is_kept():
    sorting = sort(material("id_card"), page("blank", is_blank=True))
    assert digests(sorting.materials["id_card"]) == ["blank"]
    both = sort(material("id_card"), page("a"), page("blank", is_blank=True, is_back=True), page("b"))
    assert digests(both.materials["id_card"]) == ["a", "blank", "b"]


def test_the_own_case_sheet_leads_back_and_pages_of_another_case_are_told_apart_with_their_sheet():
    sorting = sort(sheet(CaseSeparator(OTHER_CASE), "x"), page("a"), sheet(CaseSeparator(CASE)), page("b"), case=CASE)
    assert digests(sorting.stays) == ["b"]
    assert digests(sorting.others) == ["x", "a"]


def test_a_material_behind_the_sheet_of_another_case_is_that_cases():
    stack = [sheet(CaseSeparator(OTHER_CASE), "x"), material("photo", "y"), page("a")]
    assert sort(*stack, case=CASE).materials == {}
    assert [(pile.case, digests(pile.pages)) for pile in piles_of(stack)] == [
        ("", []),
        (OTHER_CASE, []),
        (OTHER_CASE, ["a"]),
    ]
    assert digests(
        sort(*stack, sheet(CaseSeparator(CASE)), material("photo"), page("b"), case=CASE).materials["photo"]
    ) == ["b"]


def test_a_separator_with_nothing_behind_it_yet_stays():
    sorting = sort(material("photo"), page("a"), material("id_card", "last"))
    assert (digests(sorting.stays), digests(sorting.dropped)) == (["last"], ["sep"])


def test_a_picture_of_two_separators_is_none():
    both = page("photo", written(MaterialSeparator(ITEM, "id_card")), written(MaterialSeparator(ITEM, "photo")))
    assert digests(sort(both).stays) == ["photo"]


KINDS = ["page", "blank", "id_card", "photo", "unknown", "case"]


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.booleans()), max_size=20))
def test_no_page_is_lost_and_none_is_in_two_places(stack):
    made = {
        "page": page,
        "blank": lambda n, **facts: page(n, is_blank=True, **facts),
        "unknown": lambda n, **facts: sheet(MaterialSeparator("x", "y"), n, **facts),
        "case": lambda n, **facts: sheet(CaseSeparator(OTHER_CASE), n, **facts),
    }
    pages = [
        made.get(kind, lambda n, kind=kind, **facts: material(kind, n, **facts))(str(n), is_back=is_back)
        for n, (kind, is_back) in enumerate(stack)
    ]
    sorting = sort_pages(pages, ITEM, MATERIALS)
    placed = (sorting.stays, sorting.dropped, sorting.others, *sorting.materials.values())
    assert sorted(one.digest for pile in placed for one in pile) == sorted(str(n) for n in range(len(stack)))
    kept = {one.digest for pile in placed if pile is not sorting.dropped for one in pile}
    assert {str(n) for n, (kind, _) in enumerate(stack) if kind == "page"} <= kept
