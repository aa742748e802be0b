"""Screens of one case: issue and delivery, its page, its forms."""

from dataclasses import replace

from app.demonstration import CLERK
from app.domain.facts import NO_NUMBER, CaseHandedOver
from app.domain.outcomes import HandOverPurpose
from app.services.known_stations import called
from tests.services.said_papers import homestead
from tests.support import COMMITTED, accepted, filled, handed_over_certificate, set_aside_for_good
from tests.ui.screens.places import TOWN, collected_there, name_stations

BLANK = "农村宅基地批准书用纸"


def _issue(rooms):
    rooms.open_issue(accepted(rooms.counter).number)


def _issue_onto_blank(rooms):
    """Show a certificate that is to be printed onto a blank form, with the papers that were printed before."""
    counter = rooms.counter
    if not counter.blanks.stock(BLANK).next:
        counter.blanks.receive(CLERK, BLANK, "A0001", "A0030", "县自然资源局")
    rooms.open_issue(counter.issuance.issue(homestead(counter).number, CLERK).number)
    rooms.built.issue.print_papers()


def _case_onto_blank(rooms):
    """Show the form that skips a blank, which is about to become void."""
    _issue_onto_blank(rooms)
    rooms.idle()
    rooms.built.issue.choose_blank()
    rooms.built.case.forms.edit("number", "A0003")
    rooms.built.case.forms.submit()


def _case_revoking(rooms):
    paper = handed_over_certificate(rooms.counter)
    rooms.open_case(paper.case_number)
    rooms.built.case.revoke_paper(paper)


def _deliver(rooms):
    case = accepted(rooms.counter)
    rooms.counter.issuance.issue(case.number, CLERK)
    rooms.open_issue(case.number)
    rooms.built.issue.choose_collector(in_person=False)


def _case(rooms):
    case = accepted(rooms.counter)
    rooms.counter.issuance.issue(case.number, CLERK)
    rooms.open_case(case.number)


def _received(rooms):
    """Return a case that lacks a material and a value of the form."""
    counter = rooms.counter
    draft = filled(counter, COMMITTED, household_size="")
    there = {code: handed for code, handed in draft.application.materials.items() if code != "id_card"}
    draft = counter.intake.save(replace(draft, application=replace(draft.application, materials=there)))
    return counter.intake.receive(draft, counter.catalogue.item(COMMITTED), CLERK).case


def _case_acts(rooms):
    rooms.open_case(accepted(rooms.counter, COMMITTED).number)
    rooms.built.case.show_acts()


def _case_asking(rooms):
    rooms.open_case(_received(rooms).number)
    rooms.built.case.begin("ask_supplement")
    rooms.built.case.forms.add_line()
    rooms.built.case.forms.submit()


def asked(rooms):
    """Return a case that waits for what it lacks."""
    case, counter = _received(rooms), rooms.counter
    asked = counter.acceptance.suggested_defects(case, counter.catalogue.item(COMMITTED))
    return counter.acceptance.ask_supplement(case.number, CLERK, asked, None)


def _case_taking_in(rooms):
    case = asked(rooms)
    rooms.open_case(case.number)
    rooms.built.case.begin("take_in_supplement")
    rooms.built.case.forms.submit()


def _case_form(act, **values):
    def show(rooms):
        rooms.open_case(accepted(rooms.counter, COMMITTED).number)
        rooms.built.case.begin(act)
        rooms.idle()
        for code, value in values.items():
            rooms.built.case.forms.edit(code, value)
        rooms.built.case.forms.submit()

    return show


def _case_handing_over(rooms):
    name_stations(rooms)
    rooms.open_case(accepted(rooms.counter, COMMITTED).number)
    rooms.built.case.begin("hand_over")
    rooms.idle()
    rooms.built.case.forms.edit("to", TOWN.code)
    rooms.built.case.forms.submit()


def case_elsewhere(rooms):
    name_stations(rooms)
    case = accepted(rooms.counter, COMMITTED)
    rooms.counter.custody.hand_over(
        case.number, CLERK, TOWN.code, called(TOWN), HandOverPurpose.REVIEW, "超出本窗口权限"
    )
    rooms.open_case(case.number)


def case_to_take_over(rooms):
    case_elsewhere(rooms)
    counter = rooms.counter
    case = rooms.built.case.state.file.case
    fact = CaseHandedOver(
        counter.station.code, counter.station.service_point, HandOverPurpose.RETURN, "不属于", NO_NUMBER, called(TOWN)
    )
    with counter.intake._store.write() as uow:
        recorder = counter.desk._recorder
        recorder.record(uow, CLERK.login, fact, recorder.now(), case=case.after(fact, recorder.now()))
        uow.commit()
    rooms.open_case(case.number)


def _to_send(rooms):
    counter, draft = rooms.counter, collected_there(rooms.counter)
    case = counter.intake.accept(draft, counter.catalogue.item(draft.item), CLERK).case
    return counter.issuance.issue(case.number, CLERK).number


def _issue_sending(rooms):
    rooms.open_issue(_to_send(rooms))


def _case_sending(rooms):
    rooms.open_case(_to_send(rooms))


def _case_collecting(rooms):
    rooms.open_case(_to_send(rooms))
    rooms.built.case.begin("choose_collection")


def case_to_recall(rooms):
    """Show a case of which the centre has set what made its papers aside for good."""
    counter = rooms.counter
    case = accepted(counter, COMMITTED)
    set_aside_for_good(counter, counter.papers.of_case(case.number)[0], "not_the_taker")
    rooms.open_case(case.number)


def _case_printing(rooms):
    rooms.open_case(accepted(rooms.counter, COMMITTED).number)
    rooms.built.case.printing.send(rooms.built.case.state.file.papers)


SCREENS = {
    "issue": _issue,
    "issue onto blank": _issue_onto_blank,
    "case onto blank": _case_onto_blank,
    "case revoking": _case_revoking,
    "deliver": _deliver,
    "case": _case,
    "case acts": _case_acts,
    "case asking": _case_asking,
    "case taking in": _case_taking_in,
    "case suspending": _case_form("suspend"),
    "case refusing": _case_form("decide", result="refused"),
    "case correcting": _case_form("correct"),
    "case printing": _case_printing,
    "case handing over": _case_handing_over,
    "case elsewhere": case_elsewhere,
    "case to take over": case_to_take_over,
    "issue sending": _issue_sending,
    "case sending": _case_sending,
    "case collecting": _case_collecting,
    "case to recall": case_to_recall,
}
