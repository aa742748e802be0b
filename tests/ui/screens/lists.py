"""Screens of the counter, the lists, questions, the day and sync."""

import io

from PIL import Image

from app.demonstration import CLERK, SUPERVISOR
from app.domain.application import HandedIn, Page
from app.domain.paper_ends import RevocationGround
from app.domain.plain import to_plain
from app.domain.separators import CaseSeparator, written
from app.services.certificate_life import Revocation
from app.services.listed_papers import PaperScope
from app.services.membership import Certified, keep_certified
from app.services.ports import CentralHead, FormDraft, SyncState
from app.services.snapshots import CaseScope
from app.services.sync_report import Contact
from tests.fakes.sync_service import at_a_centre, troubled
from tests.security.example import ROOT, steps
from tests.support import COMMITTED, accepted, handed_over_certificate
from tests.ui.screens.cases import asked, case_elsewhere, case_to_recall


def _counter(rooms):
    rooms.home()


def _found(rooms):
    rooms.home()
    rooms.built.counter.type("证明")


def _verdict(rooms):
    """Show what a certificate is worth that somebody has brought, at a counter that its centre has certified."""
    with rooms.counter.intake._store.write() as uow:
        keep_certified(uow, Certified(ROOT, "", rooms.counter.desk.now()))
        uow.commit()
    rooms.counter.verifying._known._own = "000001"  # the paper is of another window, whose journal is not here
    rooms.home()
    rooms.built.counter.type(steps()["text"])
    rooms.idle()


def _guide(rooms):
    _found(rooms)
    rooms.idle()
    rooms.built.counter.show_guide()


def _desk(rooms):
    rooms.open_desk()


def _desk_without_rows(rooms):
    rooms.open_desk()
    rooms.built.desk.search("没有这个人")


def _desk_export(rooms):
    rooms.open_desk()
    rooms.built.desk.exporting.open()
    rooms.built.desk.exporting.edit(is_whole=True, purpose="")
    rooms.built.desk.exporting.save()


def _desk_searches(rooms):
    rooms.open_desk()
    rooms.built.desk.save_search("本月居住证明")
    rooms.built.desk.choose_period("chosen")
    rooms.built.desk.open_searches()


def _papers(rooms):
    """Show papers of every kind of end, and what must be called back; the one that is chosen can be printed again."""
    certificate = handed_over_certificate(rooms.counter)
    why = Revocation(RevocationGround.HOLDER_GONE, "持有人已迁出本镇", "示范撤〔2026〕3号")
    rooms.counter.certificates.revoke(certificate, CLERK, why, SUPERVISOR)
    handed_over_certificate(rooms.counter)
    case_to_recall(rooms)
    rooms.open_papers()
    rooms.idle()
    rooms.built.papers.choose_sort("certificate/")


def _papers_revoked(rooms):
    rooms.open_papers(PaperScope.REVOKED)


def _papers_expiring(rooms):
    """Show what runs out, with typed days that are wrong."""
    rooms.open_papers(PaperScope.EXPIRING)
    rooms.idle()
    rooms.built.papers.choose_period("chosen")
    rooms.built.papers.choose_days("2026-13-01", "")


def _papers_export(rooms):
    rooms.open_papers()
    rooms.built.papers.exporting.open()
    rooms.built.papers.exporting.edit(is_whole=True, purpose="")
    rooms.built.papers.exporting.save()


def _inquiry_new(rooms):
    rooms.open_inquiries(item=COMMITTED)
    rooms.built.inquiry.go_on()


def _inquiry_chosen(rooms):
    asked = rooms.counter.inquiries.ask(
        CLERK, "宅基地和邻居有争议找谁，要带什么去，多久能办好", "", "阿长青", "13805550126"
    )
    rooms.counter.inquiries.hand_on(asked.number, CLERK, "镇司法所 欧晚晴", "要现场调解", "0899-5550117")
    rooms.open_inquiries(number=asked.number)
    rooms.built.inquiry.choose_way("hand_on")


def _stack(rooms):
    """Show what is left of a stack: pages without a separator, which may go to a case that waits."""
    case = asked(rooms)
    with rooms.counter.intake._store.write() as uow:
        picture = io.BytesIO()
        Image.new("RGB", (620, 877), "white").save(picture, "PNG")
        pages = tuple(Page(uow.blobs.put(picture.getvalue()), "image/png", mark=str(n)) for n in range(3))
        sheet = Page(pages[0].digest, "image/png", mark="sheet", codes=(written(CaseSeparator(case.number)),))
        lines = {"coming": to_plain(HandedIn(pages=(pages[0], sheet, *pages[1:])))}
        uow.form_drafts.save(FormDraft("stack", "StackForm", {"handed": lines}, rooms.counter.desk.now()))
        uow.commit()
    rooms.open_stack()


def _day(rooms):
    accepted(rooms.counter)
    rooms.open_day()


def _day_closed(rooms):
    accepted(rooms.counter)
    rooms.counter.days.close(rooms.counter.desk.now().date(), CLERK, SUPERVISOR)
    rooms.open_day()


def _desk_to_recall(rooms):
    case_to_recall(rooms)
    rooms.built.desk._counter = at_a_centre(rooms.counter)
    rooms.open_desk(CaseScope.TO_RECALL)


def _counter_to_recall(rooms):
    case_to_recall(rooms)
    rooms.home()


def _sync_alone(rooms):
    rooms.open_sync()


def _sync(rooms):
    """Show the room of a counter that has a centre where much went wrong."""
    number = accepted(rooms.counter).number
    last, parts = troubled(number)
    rooms.built.sync._counter = at_a_centre(rooms.counter, contact=Contact.FAILING, **parts)
    rooms.built.sync._counter.sync.last_result = last
    rooms._strip.show_sync(rooms.built.sync._counter.sync.status())
    rooms.open_sync()


def _desk_with_marks(rooms):
    """Show the list of a counter whose centre has some cases and has confirmed fewer."""
    counter = rooms.counter
    for _ in range(3):
        accepted(counter, COMMITTED)
    with counter.intake._store.write() as uow:
        last = uow.journal.head().seq
        uow.outbox.save(SyncState(CentralHead(1, last - 2, bytes(32)), (1, last - 4)))
        uow.commit()
    rooms.built.desk._counter = at_a_centre(counter)
    case_elsewhere(rooms)
    rooms.open_desk(CaseScope.ALL)


SCREENS = {
    "counter": _counter,
    "found": _found,
    "verdict": _verdict,
    "guide": _guide,
    "desk": _desk,
    "desk without rows": _desk_without_rows,
    "desk export": _desk_export,
    "desk searches": _desk_searches,
    "papers": _papers,
    "papers revoked": _papers_revoked,
    "papers expiring": _papers_expiring,
    "papers export": _papers_export,
    "inquiry": _inquiry_new,
    "inquiry chosen": _inquiry_chosen,
    "stack": _stack,
    "day": _day,
    "day closed": _day_closed,
    "desk to recall": _desk_to_recall,
    "counter to recall": _counter_to_recall,
    "sync alone": _sync_alone,
    "sync": _sync,
    "desk with marks": _desk_with_marks,
}
