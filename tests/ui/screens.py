"""Every screen of the window by name, and how a test gets there; a new screen gets a line here."""

from app.demonstration import CLERK, PASSWORD, SUPERVISOR
from app.services.errors import DiskFull
from tests.support import COMMITTED, accepted, filled
from ui.settings.sections import SECTIONS


def _counter(rooms):
    rooms.home()


def _found(rooms):
    rooms.home()
    rooms._counter_presenter.type("证明")


def _guide(rooms):
    _found(rooms)
    rooms.idle()
    rooms._counter_presenter.show_guide()


def _intake_empty(rooms):
    rooms.open_item(COMMITTED)


def _intake_filled(rooms):
    rooms.open_draft(filled(rooms.counter).draft_id)


def _intake_with_errors(rooms):
    rooms.open_item(COMMITTED)
    rooms._intake.edit("applicant.id_number", "51990019920307032")
    rooms._intake.accept()


def _issue(rooms):
    rooms.open_issue(accepted(rooms.counter).number)


def _deliver(rooms):
    case = accepted(rooms.counter)
    rooms.counter.issuance.issue(case.number, CLERK)
    rooms.open_issue(case.number)
    rooms.issue.choose_collector(in_person=False)


def _desk(rooms):
    rooms.open_desk()


def _desk_without_rows(rooms):
    rooms.open_desk()
    rooms._desk.search("没有这个人")


def _desk_export(rooms):
    rooms.open_desk()
    rooms._desk.open_export()
    rooms._desk.edit_export(is_whole=True, purpose="")
    rooms._desk.export()


def _desk_searches(rooms):
    rooms.open_desk()
    rooms._desk.save_search("本月居住证明")
    rooms._desk.choose_period("chosen")
    rooms._desk.open_searches()


def _inquiry_new(rooms):
    rooms.open_inquiries(item=COMMITTED)
    rooms._inquiry.go_on()


def _inquiry_chosen(rooms):
    asked = rooms.counter.inquiries.ask(
        CLERK, "宅基地和邻居有争议找谁，要带什么去，多久能办好", "", "阿长青", "13805550126"
    )
    rooms.counter.inquiries.hand_on(asked.number, CLERK, "镇司法所 欧晚晴", "要现场调解", "0899-5550117")
    rooms.open_inquiries(number=asked.number)
    rooms._inquiry.choose_way("hand_on")


def _day(rooms):
    accepted(rooms.counter)
    rooms.open_day()


def _day_closed(rooms):
    accepted(rooms.counter)
    rooms.counter.days.close(rooms.counter.desk.now().date(), CLERK, SUPERVISOR)
    rooms.open_day()


def _case(rooms):
    case = accepted(rooms.counter)
    rooms.counter.issuance.issue(case.number, CLERK)
    rooms.open_case(case.number)


def _section(key):
    def show(rooms):
        rooms.open_settings()
        rooms._settings.choose(key)

    return show


def _settings_found(rooms):
    rooms.open_settings()
    rooms._settings.search("a")


def _help(rooms):
    rooms.home()
    rooms._window.show_help()


def _hand_over(rooms):
    rooms.home()
    rooms._presence.hand_over()


def _locked(rooms):
    rooms.home()
    rooms.lock()


def _fault(rooms):
    rooms.home()
    rooms.report(DiskFull())


def _toast(rooms):
    rooms.home()
    rooms.notify("某某的居住证明已交付，台账已记下这一步", "撤销", lambda: None)


SCREENS = {
    "counter": _counter,
    "found": _found,
    "guide": _guide,
    "intake": _intake_empty,
    "intake filled": _intake_filled,
    "intake with errors": _intake_with_errors,
    "issue": _issue,
    "deliver": _deliver,
    "desk": _desk,
    "desk without rows": _desk_without_rows,
    "desk export": _desk_export,
    "desk searches": _desk_searches,
    "inquiry": _inquiry_new,
    "inquiry chosen": _inquiry_chosen,
    "day": _day,
    "day closed": _day_closed,
    "case": _case,
    **{f"settings {kind.key}": _section(kind.key) for kind in SECTIONS},
    "settings found": _settings_found,
    "help": _help,
    "hand over": _hand_over,
    "fault": _fault,
    "toast": _toast,
    "locked": _locked,
}


def leave(rooms):
    """Go back to the counter from wherever a screen led."""
    rooms._window.errors.hide()
    rooms._window.toast.hide()
    rooms._window.dismiss_overlays()
    if rooms._session.operator is None:
        rooms._presence._login.log_in(PASSWORD)
        rooms.idle()
    rooms._intake.save_now()
    rooms.home()
