from dataclasses import replace
from datetime import date

import pytest

from app.domain.application import Application, HandedIn, Page, TakenHow, blank, check, passed_warnings
from app.domain.catalogue import ProofPledge
from app.domain.people import Person
from tests.domain.samples import APPLICATION, FORM, ITEM, MATERIALS, PERSON, TODAY

CARD, *OTHERS = ITEM.materials
WITH_PLEDGE = replace(ITEM, materials=(replace(CARD, pledge=ProofPledge("身份", "遗失的", "属实")), *OTHERS))
BY_PLEDGE = HandedIn(how=TakenHow.PLEDGED, pledge="云溪3诺〔2026〕000001号")


def remarks(application):
    return [(problem.place, problem.code) for problem in check(application.tidied(), ITEM, TODAY)]


def with_form(**values):
    return replace(APPLICATION, form={**FORM, **values})


def test_a_complete_application_has_no_remark():
    assert remarks(APPLICATION) == []


def test_everything_missing_is_told_in_the_order_of_the_screen():
    assert remarks(Application()) == [
        ("applicant.name", "missing"),
        ("applicant.id_number", "missing"),
        ("applicant.phone", "missing"),
        ("applicant.address", "missing"),
        ("form.since", "missing"),
        ("form.purpose", "missing"),
        ("form.filled_on", "missing"),
        ("materials.id_card", "material_missing"),
        ("materials.photo", "promise_missing"),
    ]


def test_an_optional_material_stands_in_nobodys_way():
    assert remarks(replace(APPLICATION, materials={**MATERIALS, "id_card": HandedIn(copies=1)})) == []


def test_a_material_that_may_follow_is_there_or_promised_by_a_day_to_come():
    def with_photo(**changes):
        return remarks(replace(APPLICATION, materials={**MATERIALS, "photo": HandedIn(**changes)}))

    assert with_photo() == [("materials.photo", "promise_missing")]
    assert with_photo(promised_by=TODAY) == [("materials.photo", "promise_over")]
    assert with_photo(promised_by=date(2026, 5, 19)) == []
    assert with_photo(copies=1) == []
    assert with_photo(copies=1, promised_by=TODAY) == []


def test_a_needed_material_cannot_be_promised():
    promised = {**MATERIALS, "id_card": HandedIn(promised_by=date(2026, 6, 1))}
    assert remarks(replace(APPLICATION, materials=promised)) == [("materials.id_card", "material_missing")]


def test_a_pledge_stands_in_place_of_a_proof_only_where_the_item_allows_it():
    pledged = replace(APPLICATION, materials={**MATERIALS, "id_card": BY_PLEDGE})
    assert remarks(pledged) == [("materials.id_card", "material_missing")]
    assert check(pledged, WITH_PLEDGE, TODAY) == ()
    assert not replace(BY_PLEDGE, pledge="").is_met


def test_a_material_that_comes_after_all_needs_no_pledge():
    there = replace(BY_PLEDGE, copies=1)
    assert (there.is_there, there.is_pledged, there.settled().pledge) == (True, False, "")
    assert BY_PLEDGE.settled() == BY_PLEDGE


@pytest.mark.parametrize(
    "handed_in", [HandedIn(originals=1), HandedIn(copies=1), HandedIn(pages=(Page("0" * 64, "image/png"),))]
)
def test_a_sheet_a_copy_or_a_page_makes_a_material_be_there(handed_in):
    assert handed_in.is_there
    assert remarks(replace(APPLICATION, materials={**MATERIALS, "id_card": handed_in})) == []


def test_a_material_of_no_sheets_is_not_there():
    assert remarks(replace(APPLICATION, materials={**MATERIALS, "id_card": HandedIn()})) == [
        ("materials.id_card", "material_missing")
    ]


@pytest.mark.parametrize(
    ("values", "remark"),
    [
        ({"since": "2021-02-30"}, ("form.since", "not_a_date")),
        ({"since": "15.3.2021"}, ("form.since", "not_a_date")),
        ({"since": "2026-05-19"}, ("form.since", "in_the_future")),
        ({"purpose": "子女"}, ("form.purpose", "not_a_choice")),
        ({"people": "vier"}, ("form.people", "not_a_number")),
        ({"people": "1.5"}, ("form.people", "not_a_number")),
        ({"people": "４"}, ("form.people", "not_a_number")),
        ({"people": "1" * 13}, ("form.people", "not_a_number")),
        ({"people": "0"}, ("form.people", "too_small")),
        ({"people": "-1"}, ("form.people", "too_small")),
        ({"people": "21"}, ("form.people", "too_large")),
        ({"note": "村" * 11}, ("form.note", "too_long")),
        ({"purpose": "   "}, ("form.purpose", "missing")),
    ],
)
def test_a_wrong_value_is_told_at_its_field(values, remark):
    assert remarks(with_form(**values)) == [remark]


@pytest.mark.parametrize("values", [{"people": "1"}, {"people": "20"}, {"note": "村" * 10}, {"since": "2026-05-18"}])
def test_values_at_the_edge_are_fine(values):
    assert remarks(with_form(**values)) == []


def test_a_day_that_may_be_to_come_is_no_remark():
    assert remarks(with_form(filled_on="2027-01-01")) == []


def test_a_warning_with_a_reason_is_answered_but_an_error_never_is():
    odd = replace(APPLICATION, applicant=replace(PERSON, id_number=PERSON.id_number[:17] + "9"))
    assert remarks(odd) == [("applicant.id_number", "check_digit")]
    assert remarks(replace(odd, reasons={"applicant.id_number": "证件如此"})) == []
    assert remarks(replace(odd, reasons={"applicant.id_number": "  "})) == [("applicant.id_number", "check_digit")]
    nameless = replace(APPLICATION, applicant=replace(PERSON, name=""), reasons={"applicant.name": "不愿说"})
    assert remarks(nameless) == [("applicant.name", "missing")]


def test_only_reasons_of_warnings_that_apply_are_kept():
    odd = replace(
        APPLICATION,
        applicant=replace(PERSON, id_number=PERSON.id_number[:17] + "9"),
        reasons={"applicant.id_number": " 证件如此 ", "applicant.name": "从前的", "form.note": ""},
    )
    assert passed_warnings(odd, ITEM, TODAY) == {"applicant.id_number": "证件如此"}
    assert passed_warnings(APPLICATION, ITEM, TODAY) == {}


def test_an_application_starts_with_the_defaults_of_its_item():
    assert blank(ITEM, date(2026, 11, 24)).form == {
        "since": "", "purpose": "", "people": "", "note": "", "filled_on": "2026-11-24",
    }  # fmt: skip


def test_tidying_mends_what_typing_leaves_behind():
    typed = Application(
        Person(" 古丽 • 买买提 ", "５１９９００ 19920307 0323", "+86 138 0555 5270", " 云溪镇 "), {"note": " 急 "}
    )
    tidy = typed.tidied()
    assert tidy.applicant == Person("古丽·买买提", "519900199203070323", "13805555270", "云溪镇")
    assert tidy.form == {"note": "急"}
    assert tidy.tidied() == tidy


def test_four_turns_bring_a_page_back():
    page = Page("0" * 64, "image/png")
    assert [page.turned().turn, page.turned().turned().turn] == [90, 180]
    assert page.turned().turned().turned().turned() == page
