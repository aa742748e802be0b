"""A result that is collected elsewhere: what comes next on the page of its case, and how the choice is changed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.demonstration import CLERK
from app.domain.application import Collection
from app.domain.outcomes import HandOverPurpose
from app.services.snapshots import CaseScope
from tests.support import COMMITTED, accepted
from tests.ui.case.test_forms import POINT, TOWN, begin, done
from tests.ui.case.test_presenter import Opened
from tests.ui.screens.places import STATIONS, collected_there
from ui.case.act_kinds import CaseAct

NAME = "云溪镇便民服务中心·2 号窗口"


@pytest.fixture
def opened(counter):
    with counter.intake._store.write() as uow:
        uow.directory.replace([TOWN, POINT])
        uow.commit()
    return Opened(counter)


def to_send(counter):
    draft = collected_there(counter)
    case = counter.intake.accept(draft, counter.catalogue.item(draft.item), CLERK).case
    return counter.issuance.issue(case.number, CLERK)


def test_what_is_ready_is_sent_there_with_one_key(counter, opened):
    opened.open(to_send(counter))
    acts = opened.state.acts
    assert (acts.primary, acts.hint) == (CaseAct.SEND_TO_COLLECT, "下一步：送到取件地点")
    assert acts.offers[CaseAct.DELIVER].why_not == f"申请人选择到{NAME}取件；要在这里交付的，先改取件方式"
    opened.presenter.begin(CaseAct.SEND_TO_COLLECT)
    opened.runner.work()
    case = opened.state.file.case
    assert (case.holder, case.handed_for) == (STATIONS[0].code, HandOverPurpose.COLLECTION)
    assert opened.navigator.went[-1] == ("notify", f"已交给{NAME}，同步后对方就能看到")


def test_the_choice_is_changed_on_the_page_of_the_case(counter, opened):
    forms = begin(opened, accepted(counter, COMMITTED), CaseAct.CHOOSE_COLLECTION)
    assert [field.code for field in forms.state.fields] == ["collection", "reason"]
    forms.edit("collection", Collection.CHOSEN_PLACE)
    assert [code for code, _words in forms.state.fields[2].choices] == [POINT.code, TOWN.code]
    forms.edit("find", "石桥")
    forms.edit("to", POINT.code)
    case = done(opened)
    assert (case.collection, case.collect_at, case.collect_at_name) == (
        Collection.CHOSEN_PLACE,
        POINT.code,
        "石桥村代办点",
    )
    forms = begin(opened, case, CaseAct.CHOOSE_COLLECTION, collection=Collection.POST, reason="申请人要求")
    assert (done(opened).collection, opened.state.file.case.collect_at) == (Collection.POST, "")


def test_nothing_is_sent_where_no_other_place_was_chosen(counter, opened):
    opened.open(accepted(counter, COMMITTED))
    assert opened.state.acts.offers[CaseAct.SEND_TO_COLLECT].why_not


def test_the_room_after_acceptance_sends_it_with_the_key_of_delivery(window):
    number = to_send(window.counter).number
    window.open_issue(number)
    window.idle()
    assert window.built.issue.state.step == "send"
    QTest.keyClick(window._window, Qt.Key.Key_F11)
    window.idle()
    state = window.built.issue.state
    assert (state.step, state.case.holder) == ("next", STATIONS[0].code)
    window.open_desk(CaseScope.ELSEWHERE)
    window.idle()
    assert window.built.desk.state.count == 1
