"""A result that is collected at another station: what that one sees, what the papers say, who may hand it over."""

import io
from dataclasses import replace

import pypdfium2
import pytest

from app.demonstration import CLERK, SUPERVISOR
from app.domain.application import Collection
from app.domain.case import CaseState
from app.domain.errors import NotHeldHere, NothingNamed, StationShutOut
from app.domain.facts import CollectionChosen
from app.domain.paper import PaperKind
from app.domain.station import KnownStation, StationKind
from app.services.snapshots import CaseFilter, CaseScope
from tests.services.sync_desk import TOWN, VILLAGE, Centre, Desk, FileDesk
from tests.support import CERTIFICATE, MONDAY, accepted, filled

POINT = KnownStation(
    "000732", "代办点", service_point="青石村便民服务站", kind=StationKind.COLLECTION, phone="0899-5550117"
)
NAME = "青石村便民服务站·代办点"
WINDOW = KnownStation("000733", "一号窗口", service_point="石桥镇便民服务中心")
BUREAU = KnownStation("000734", "审批股", service_point="示范县民政局", kind=StationKind.DEPARTMENT)


@pytest.fixture
def centre():
    return Centre()


@pytest.fixture(params=["memory", "encrypted"])
def village(request, centre, tmp_path):
    made = Desk(centre, VILLAGE) if request.param == "memory" else FileDesk(centre, tmp_path, VILLAGE)
    yield made
    made.closes()


@pytest.fixture
def town(centre, village):
    made = Desk(centre)
    centre.names(made, village)
    return made


def to_collect(desk):
    return [row.number for row in desk.store.views.cases(CaseFilter(CaseScope.TO_COLLECT), 0, 9)]


def chosen(desk, number, code):
    desk.acts(number, CollectionChosen(Collection.CHOSEN_PLACE, code, "x"))


def test_the_chosen_place_has_the_case_in_its_list_after_one_round_of_both(centre, town, village):
    number, other = town.takes(), town.takes()
    chosen(town, number, VILLAGE)
    town.round()
    village.round()
    assert to_collect(village) == [number]
    assert village.store.views.case(other) is None, "a case that is none of its business stays away"
    row, counts = village.store.views.case(number), village.store.views.counts(village.clock.now())
    assert (row.holder, row.collect_at) == (TOWN, VILLAGE)
    assert (counts.to_collect, counts.open, counts.elsewhere) == (1, 0, 1)
    assert to_collect(town) == []
    assert town.store.views.chosen_places(5) == [VILLAGE]
    assert village.store.views.chosen_places(5) == [], "a place is recent where it was chosen"


def test_it_leaves_that_list_when_it_is_collected_otherwise(centre, town, village):
    number = town.takes()
    chosen(town, number, VILLAGE)
    town.acts(number, CollectionChosen(Collection.POST))
    town.round()
    village.round()
    assert to_collect(village) == []
    assert town.store.views.chosen_places(5) == []


def test_it_is_there_still_when_the_case_has_come(centre, town, village):
    number = town.takes()
    chosen(town, number, VILLAGE)
    town.hands(number, VILLAGE)
    town.round()
    village.round()
    assert to_collect(village) == [number]
    assert village.store.views.counts(village.clock.now()).to_take_over == 1


# --- on a real counter ----------------------------------------------------------------------------------------------


@pytest.fixture
def known(counter):
    with counter.intake._store.write() as uow:
        uow.directory.replace([POINT, WINDOW, BUREAU])
        uow.commit()
    counter.directory.load()
    return counter


def taken_in(counter, code=CERTIFICATE):
    """Take a case in whose result is collected at the point."""
    draft = filled(counter, code)
    place = {"collect_at": POINT.code, "collect_at_name": NAME}
    application = replace(draft.application, collection=Collection.CHOSEN_PLACE, **place)
    draft = counter.intake.save(replace(draft, application=application))
    return counter.intake.accept(draft, counter.catalogue.item(code), CLERK).case


def text_of(counter, case, kind):
    paper = next(one for one in counter.papers.of_case(case.number) if one.kind is kind)
    document = pypdfium2.PdfDocument(io.BytesIO(counter.papers.pdf(paper, CLERK)))
    try:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


def test_the_receipt_and_the_slip_name_the_place(known):
    case = taken_in(known)
    assert f"到{NAME}领取" in text_of(known, case, PaperKind.MATERIALS_RECEIPT)
    known.issuance.collection_slip(case.number, CLERK)
    slip = text_of(known, case, PaperKind.COLLECTION_SLIP)
    assert f"领取地点{NAME}" in slip
    assert f"领取地点电话{POINT.phone}" in slip
    assert "送到领取地点后电话通知" in slip


def test_a_case_without_a_chosen_place_is_collected_here_as_ever(known):
    case = accepted(known)
    known.issuance.collection_slip(case.number, CLERK)
    assert "领取地点云溪镇便民服务中心3号窗口" in text_of(known, case, PaperKind.COLLECTION_SLIP)


def test_what_is_ready_goes_there_and_is_handed_over_there_alone(known):
    number = taken_in(known).number
    known.issuance.issue(number, CLERK)
    case = known.custody.send_to_collect(number, CLERK)
    assert (case.holder, case.holder_name) == (POINT.code, NAME)
    with pytest.raises(NotHeldHere):
        known.issuance.deliver(number, CLERK, "林𬱖宁", in_person=True)
    assert "申请人选择到该处领取" in text_of(known, case, PaperKind.HANDOVER_SLIP)


def test_nothing_goes_there_once_the_centre_has_shut_it_out(known):
    number = taken_in(known).number
    known.issuance.issue(number, CLERK)
    with known.intake._store.write() as uow:
        uow.directory.replace([replace(POINT, revoked_at=MONDAY)])
        uow.commit()
    with pytest.raises(StationShutOut):
        known.custody.send_to_collect(number, CLERK)
    assert known.desk.file(number).held_here


def test_an_applicant_who_comes_here_after_all_changes_where_it_is_collected(known):
    number = taken_in(known).number
    known.issuance.issue(number, CLERK)
    case = known.custody.choose_collection(
        number, CLERK, Collection.CHOSEN_PLACE, known.station.code, "云溪镇便民服务中心", "申请人要求"
    )
    assert (case.collection, case.collect_at) == (Collection.ON_THE_SPOT, "")
    with pytest.raises(NothingNamed):
        known.custody.send_to_collect(number, CLERK)
    assert known.issuance.deliver(number, CLERK, "林𬱖宁", in_person=True).state is CaseState.DELIVERED


def test_the_day_can_be_closed_all_the_same(known):
    number = taken_in(known).number
    known.custody.choose_collection(number, CLERK, Collection.POST)
    known.custody.choose_collection(number, CLERK, Collection.CHOSEN_PLACE, WINDOW.code, "石桥镇便民服务中心·一号窗口")
    day = known.desk.now().date()
    assert known.days.summary(day).has_work
    assert known.days.close(day, CLERK, SUPERVISOR)
    assert [event.fact.kind for event in known.desk.file(number).events][-2:] == [CollectionChosen.__name__] * 2


def test_places_are_those_chosen_last_then_points_then_windows_and_no_departments(known):
    assert known.directory.find_places("") == [POINT, WINDOW]
    number = taken_in(known).number
    known.custody.choose_collection(number, CLERK, Collection.CHOSEN_PLACE, WINDOW.code, "石桥镇便民服务中心·一号窗口")
    known.directory.load()
    assert known.directory.find_places("") == [WINDOW, POINT]
    assert known.directory.find_places("mzj") == []
    assert known.directory.find_places("青石") == [POINT]
    assert known.directory.named(f" {NAME} ") == POINT
    assert known.directory.named("示范县民政局·审批股") is None
