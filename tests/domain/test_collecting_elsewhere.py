"""Where a result is collected (选地取件): chosen at the intake, changed until it is handed over, told in every header."""

import pytest

from app.domain import custody
from app.domain.application import Application, Collection, check
from app.domain.case import Case
from app.domain.errors import NothingNamed, ReasonMissing, WrongState
from app.domain.facts import CaseReceived, CollectionChosen, read_fact
from app.domain.outcomes import HandOverPurpose
from tests.domain.samples import AT, ITEM, PERSON, TODAY, paper
from tests.domain.stages import COMMITTED, DAY, accepted, issued, received, reviewed, withdrawn

THERE, NAME = "000732", "青石村便民服务站"


def to_be_collected(case):
    return case.after(custody.choose_collection(case, Collection.CHOSEN_PLACE, THERE, NAME), AT + DAY)


def sent(case):
    fact = custody.send_to_collect(case, COMMITTED, "申请人选择", slip=paper("h"), from_name="云溪镇")
    return fact, case.after(fact, AT + DAY)


def problems(**chosen):
    application = Application(PERSON, collection=Collection.CHOSEN_PLACE, **chosen).tidied()
    return [one.code for one in check(application, ITEM, TODAY) if one.place == "collect_at"]


def test_a_chosen_place_has_to_be_one_of_the_directory():
    assert problems() == ["missing"]
    assert problems(collect_at_name="青石") == ["not_a_station"]
    assert problems(collect_at=THERE, collect_at_name=NAME) == []


def test_what_was_typed_of_a_place_is_not_kept_for_another_way():
    tidy = Application(PERSON, collection=Collection.POST, collect_at=THERE, collect_at_name=NAME).tidied()
    assert (tidy.collect_at, tidy.collect_at_name) == ("", "")


def test_the_header_names_the_place_for_as_long_as_it_holds():
    assert "collect_at" not in received().header()
    chosen = to_be_collected(reviewed())
    assert chosen.header()["collect_at"] == THERE
    assert chosen.is_collected_elsewhere
    back = chosen.after(custody.choose_collection(chosen, Collection.POST), AT + DAY)
    assert "collect_at" not in back.header()
    assert (back.collection, back.collect_at_name) == (Collection.POST, "")


def test_a_result_that_is_ready_goes_where_it_is_collected():
    fact, case = sent(to_be_collected(issued()))
    assert (fact.to, fact.to_name, fact.purpose) == (THERE, NAME, HandOverPurpose.COLLECTION)
    assert (case.holder, case.is_collected_elsewhere) == (THERE, False)


@pytest.mark.parametrize(("case", "why"), [(issued(), NothingNamed), (to_be_collected(accepted()), WrongState)])
def test_nothing_is_sent_without_a_place_or_before_it_is_ready(case, why):
    with pytest.raises(why):
        sent(case)


def test_a_place_is_chosen_with_its_name_while_the_case_is_open_and_not_twice():
    with pytest.raises(ReasonMissing):
        custody.choose_collection(reviewed(), Collection.CHOSEN_PLACE)
    with pytest.raises(NothingNamed):
        custody.choose_collection(to_be_collected(reviewed()), Collection.CHOSEN_PLACE, THERE, NAME)
    with pytest.raises(WrongState):
        custody.choose_collection(withdrawn(), Collection.POST)


def test_a_journal_without_places_stays_readable():
    fact = CaseReceived(
        item=ITEM.code,
        item_version=1,
        title=ITEM.title,
        department=ITEM.department,
        project_type=ITEM.project_type,
        applicant=PERSON,
        form={},
        materials={},
        collection=Collection.POST,
        receipt=paper("r"),
        holder="000731",
    )
    data = {name: value for name, value in fact.data().items() if not name.startswith("collect_at")}
    old = read_fact({"kind": fact.kind, "data": data})
    assert old == fact
    assert Case.opened("1", old, AT).collect_at == ""
    chosen = CollectionChosen(Collection.CHOSEN_PLACE, THERE, NAME, "x")
    assert read_fact({"kind": chosen.kind, "data": chosen.data()}) == chosen
