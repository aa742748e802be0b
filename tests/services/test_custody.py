"""Handing over on a real counter: who holds a case decides who may change it."""

from datetime import timedelta

import pytest

from app.demonstration import CLERK
from app.domain.case import CaseState
from app.domain.errors import NotHeldHere, StationShutOut
from app.domain.operators import Operator, Role
from app.domain.outcomes import HandOverPurpose, Result
from app.domain.paper import PaperKind
from app.domain.station import KnownStation
from app.services.errors import NotPermitted
from tests.services.test_outcomes import received
from tests.support import COMMITTED, MONDAY, accepted

SHEN = Operator("shenqing", "沈青", tuple(Role))
THERE = "000732"


def handed_over(counter, case=None):
    case = case or accepted(counter, COMMITTED)
    return counter.custody.hand_over(
        case.number, CLERK, THERE, "云溪镇便民服务中心", HandOverPurpose.REVIEW, "超出本窗口权限"
    )


def test_a_case_goes_with_a_slip_that_has_a_number(counter):
    case = handed_over(counter)
    slip = next(p for p in counter.papers.of_case(case.number) if p.kind is PaperKind.HANDOVER_SLIP)
    assert "交〔" in slip.number
    assert counter.papers.pdf(slip, CLERK).startswith(b"%PDF")


def test_it_can_be_read_here_and_no_longer_changed(counter):
    case = handed_over(counter)
    assert not counter.desk.file(case.number).held_here
    for act in (
        lambda: counter.review.start(case.number, SHEN),
        lambda: counter.closing.withdraw(case.number, CLERK, "不办了"),
        lambda: counter.closing.void(case.number, CLERK, Result.MISTAKEN_ENTRY, "重复录入", SHEN),
        lambda: counter.issuance.issue(case.number, CLERK),
        lambda: counter.issuance.deliver(case.number, CLERK, "林", in_person=True),
        lambda: handed_over(counter, case),
        lambda: counter.custody.take_over(case.number, CLERK),
        lambda: counter.rehearsal.outlook(lambda services: services.custody.send_back(case.number, CLERK, "退回")),
    ):
        with pytest.raises(NotHeldHere):
            act()
    assert counter.desk.file(case.number).case.state is CaseState.ACCEPTED


def test_its_papers_can_still_be_printed_again_and_not_be_voided(counter):
    case = handed_over(counter)
    notice = next(p for p in counter.papers.of_case(case.number) if p.kind is PaperKind.ACCEPTANCE_NOTICE)
    assert counter.papers.to_print(notice, CLERK)
    with pytest.raises(NotHeldHere):
        counter.papers.void(notice, CLERK, "打错", SHEN)


def test_silence_about_a_case_in_other_hands_is_for_its_holder_to_record(place, counter):
    case, _missing = received(counter)
    handed_over(counter, case)
    place.clock.set(MONDAY + timedelta(days=30))
    assert counter.acceptance.sweep() == []


def test_it_needs_somebody_who_may_handle_cases(counter):
    case = accepted(counter, COMMITTED)
    with pytest.raises(NotPermitted):
        counter.custody.hand_over(
            case.number,
            Operator("kan", "看", (Role.ADMINISTRATOR,)),
            THERE,
            "云溪镇便民服务中心",
            HandOverPurpose.REVIEW,
            "超出本窗口权限",
        )


def test_nothing_goes_to_a_station_that_the_centre_shut_out(counter):
    with counter.intake._store.write() as uow:
        uow.directory.replace([KnownStation(THERE, "云溪镇", revoked_at=MONDAY)])
        uow.commit()
    case = accepted(counter, COMMITTED)
    with pytest.raises(StationShutOut):
        handed_over(counter, case)
    assert counter.desk.file(case.number).held_here
