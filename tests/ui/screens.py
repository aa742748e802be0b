"""Every screen of the window by name, and how a test gets there; a new screen gets a line here."""

import io
from dataclasses import replace

from PIL import Image

from app.demonstration import CLERK, PASSWORD, SUPERVISOR
from app.domain.application import Collection, HandedIn, Page, PageRemark
from app.domain.facts import NO_NUMBER, CaseHandedOver
from app.domain.outcomes import HandOverPurpose
from app.domain.paper import PaperKind
from app.domain.plain import to_plain
from app.domain.separators import CaseSeparator, written
from app.domain.station import KnownStation
from app.services.errors import DiskFull, ScannerFault, ScannerTrouble, WrongFileCode
from app.services.kept_pages import PagePlace
from app.services.known_stations import called
from app.services.ports import (
    CameraInfo,
    CaseEntry,
    CentralHead,
    Changes,
    FormDraft,
    Photo,
    ReadField,
    Reading,
    ReadPaper,
    ReadValue,
    SyncState,
)
from app.services.snapshots import CaseFilter, CaseScope
from app.services.sync_report import Contact
from tests.fakes.cameras import LIES, small_jpeg
from tests.fakes.office import MemoryOffice, furnished
from tests.fakes.sync_service import at_a_centre, troubled
from tests.support import CERTIFICATE, COMMITTED, PERSON, accepted, filled, set_aside_for_good
from ui.camera.panel import CameraPanel
from ui.camera.state import CameraState, Frozen, PhotoPlace
from ui.file_code_panel import FileCodePanel
from ui.scan_news import Scan
from ui.settings.sections import SECTIONS
from ui.signing.panel import SigningPanel


def _counter(rooms):
    rooms.home()


def _found(rooms):
    rooms.home()
    rooms.built.counter.type("证明")


def _guide(rooms):
    _found(rooms)
    rooms.idle()
    rooms.built.counter.show_guide()


def _intake_empty(rooms):
    rooms.open_item(COMMITTED)


def _intake_filled(rooms):
    rooms.open_draft(filled(rooms.counter).draft_id)


def _intake_with_errors(rooms):
    rooms.open_item(COMMITTED)
    rooms.built.intake.edit("applicant.id_number", "51990019920307032")
    rooms.built.intake.accept()


def _intake_proposals(rooms):
    """Two cards were read; a name with a rare character, an address that stands there, a number that was mended."""
    rooms.open_draft(filled(rooms.counter).draft_id)
    card = {
        ReadField.NAME: ReadValue("易志㑇", 0.99),
        ReadField.NUMBER: ReadValue("519900199203070323", 0.8, is_repaired=True),
        ReadField.ADDRESS: ReadValue("示范省云溪市古塘县红旗镇胜利村民委员会老鸦岭屯112号附3号", 0.99),
        ReadField.VALID_TO: ReadValue("2020-01-01", 0.99),
    }
    read = Reading(ReadPaper.RESIDENT_CARD, card, dict.fromkeys(card, small_jpeg()))
    rooms.built.intake.parties.toggle_agent()
    rooms.built.intake.proposals.show_papers([read, read], "agent")


def _intake_scanning(rooms):
    """Show a scan that stopped, and how it is scanned."""
    draft = filled(rooms.counter)
    rooms.open_draft(draft.draft_id)
    wish = rooms.counter.devices.read().wish()
    fault = ScannerFault(ScannerTrouble.JAM, 6)
    scans = rooms._minutes.scans
    scans.scan = Scan(PagePlace("id_card", draft=draft.draft_id), wish, is_running=False, kept=6, error=fault)
    rooms.built.intake.attachments.look_afresh()
    rooms.built.intake.attachments.show_settings()


def _intake_menu(rooms):
    """Show what is done with materials less often, while the files of a scanner are waited for."""
    draft = filled(rooms.counter)
    rooms.open_draft(draft.draft_id)
    rooms._minutes.scans.await_files(PagePlace("id_card", draft=draft.draft_id))
    rooms.idle()
    rooms.built.intake_room.materials._more.click()


def _intake_zoomed(rooms):
    """Show a scanned page closely on which something was remarked."""
    draft = filled(rooms.counter)
    with rooms.counter.intake._store.write() as uow:
        picture = io.BytesIO()
        Image.new("RGB", (620, 877), "white").save(picture, "PNG")
        page = Page(uow.blobs.put(picture.getvalue()), "image/png", original="ab" * 32, remarks=tuple(PageRemark))
        uow.commit()
    materials = {**draft.application.materials, "id_card": HandedIn(originals=1, pages=(page,))}
    rooms.counter.intake.save(replace(draft, application=replace(draft.application, materials=materials)))
    rooms.open_draft(draft.draft_id)
    rooms.built.intake.attachments.zoom("id_card", 0)


def _issue(rooms):
    rooms.open_issue(accepted(rooms.counter).number)


def _deliver(rooms):
    case = accepted(rooms.counter)
    rooms.counter.issuance.issue(case.number, CLERK)
    rooms.open_issue(case.number)
    rooms.built.issue.choose_collector(in_person=False)


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
    case = _asked(rooms)
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


def _asked(rooms):
    """Return a case that waits for what it lacks."""
    case, counter = _received(rooms), rooms.counter
    asked = counter.acceptance.suggested_defects(case, counter.catalogue.item(COMMITTED))
    return counter.acceptance.ask_supplement(case.number, CLERK, asked, None)


def _case_taking_in(rooms):
    case = _asked(rooms)
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


TOWN = KnownStation("000732", "2 号窗口", "云溪镇便民服务中心")
STATIONS = [TOWN, *(KnownStation(f"00080{n}", name) for n, name in enumerate(("石桥村便民服务站", "柳湾村便民服务站")))]


def _name_stations(rooms):
    """Let the centre name some stations."""
    with rooms.counter.intake._store.write() as uow:
        uow.directory.replace(STATIONS)
        uow.commit()


def _case_handing_over(rooms):
    _name_stations(rooms)
    rooms.open_case(accepted(rooms.counter, COMMITTED).number)
    rooms.built.case.begin("hand_over")
    rooms.idle()
    rooms.built.case.forms.edit("to", TOWN.code)
    rooms.built.case.forms.submit()


def _case_elsewhere(rooms):
    _name_stations(rooms)
    case = accepted(rooms.counter, COMMITTED)
    rooms.counter.custody.hand_over(
        case.number, CLERK, TOWN.code, called(TOWN), HandOverPurpose.REVIEW, "超出本窗口权限"
    )
    rooms.open_case(case.number)


def case_to_take_over(rooms):
    _case_elsewhere(rooms)
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


def collected_there(counter, code=CERTIFICATE):
    """Return a saved draft whose result is to be collected in the village."""
    with counter.intake._store.write() as uow:
        uow.directory.replace(STATIONS)
        uow.commit()
    counter.directory.load()
    draft, there = filled(counter, code), STATIONS[0]
    place = {"collect_at": there.code, "collect_at_name": called(there)}
    application = replace(draft.application, collection=Collection.CHOSEN_PLACE, **place)
    return counter.intake.save(replace(draft, application=application))


def _intake_collecting(rooms):
    rooms.open_draft(collected_there(rooms.counter).draft_id)


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


def _case_to_recall(rooms):
    """Show a case of which the centre has set what made its papers aside for good."""
    counter = rooms.counter
    case = accepted(counter, COMMITTED)
    set_aside_for_good(counter, counter.papers.of_case(case.number)[0], "not_the_taker")
    rooms.open_case(case.number)


def _desk_to_recall(rooms):
    _case_to_recall(rooms)
    rooms.built.desk._counter = at_a_centre(rooms.counter)
    rooms.open_desk(CaseScope.TO_RECALL)


def _counter_to_recall(rooms):
    _case_to_recall(rooms)
    rooms.home()


def _case_printing(rooms):
    rooms.open_case(accepted(rooms.counter, COMMITTED).number)
    rooms.built.case.printing.send(rooms.built.case.state.file.papers)


def _intake_form(name):
    def show(rooms):
        rooms.open_item(COMMITTED)
        for field in ("name", "id_number", "phone", "address"):
            rooms.built.intake.edit(f"applicant.{field}", getattr(PERSON, field))
        getattr(rooms.built.intake.ways_out, name)()
        rooms.idle()

    return show


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
    _case_elsewhere(rooms)
    rooms.open_desk(CaseScope.ALL)


def _office(part="", then=lambda _office: None, office=furnished):
    """Return a way into a part of the centre's office, where ``then`` is done."""

    def show(rooms):
        there = office(rooms.counter.desk.now())
        rooms.counter.administering._open_office = lambda _url, _ca, _password: there
        presenter, _room = rooms.built.open_office()
        presenter.leave()
        rooms.open_office()
        if part:
            presenter.edit("url", "postgresql://li_na@db1.example/lideng")
            presenter.connect("")
            rooms.idle()
            presenter.choose_part(part)
            rooms.idle()
            then(presenter)
            rooms.idle()

    return show


def _invited(office):
    office.stations.choose("000734")
    office.stations.begin_invitation()
    office.stations.edit("name", "")
    office.stations.submit()


def _case_at_the_centre(office):
    """Open the first case with a history that this counter has of another."""
    store, cases = office._counter.intake._store, office.cases
    with store.read() as uow:
        entries = uow.journal.of_case(office._counter.desk.page(CaseFilter(CaseScope.ALL), 0, 1)[0].row.number)
    there = office._counter.administering._office.every_case
    there.histories[cases.state.chosen] = [
        CaseEntry(n, there.rows[0].taker, 1, n, there.now, n < 4, entry.body.encode())
        for n, entry in enumerate(entries, start=1)
    ]
    cases.open_case()


def _revoking(office):
    office.stations.choose("000731")
    office.stations.begin_revocation()
    office.stations.submit()


def _compared(office):
    office.bulletins._payload = b"x"
    names = tuple(f"51990000000{n} 居住证明（本镇居民）" for n in range(3))
    office.bulletins._show(
        file="catalogue-2026-11-一份名字很长很长的事项目录文件.zip",
        changes=Changes("catalogue", 3, office.stations.state.now, names, names[:1], names[:2]),
    )


def _audited(office):
    office.audit.audit()


def _settling(office):
    office.aside.settle()


def _asking_authority(office):
    office.ask_authority()
    office.open_authority("")


def _making_authority(office):
    office.keeping.begin("make")
    office.keeping.submit()


def _detaching(office):
    office.keeping.begin("detach")
    office.keeping.submit()


def _section(key):
    def show(rooms):
        rooms.open_settings()
        rooms.built.settings.choose(key)

    return show


def _settings_found(rooms):
    rooms.open_settings()
    rooms.built.settings.search("a")


def _help(rooms):
    rooms.home()
    rooms._window.show_help()


def _coaching(rooms):
    rooms.built.coach.start()
    rooms.open_item(COMMITTED)
    rooms.built.coach.look()


def _hand_over(rooms):
    rooms.home()
    rooms._presence.hand_over()


def _file_code(rooms):
    rooms.home()
    rooms.tell_file_code("4821 9037 5516 2240", lambda: None)


def _file_code_asked(rooms):
    def take(_code):
        raise WrongFileCode

    rooms.home()
    rooms.ask_file_code(take, lambda _taken: None)
    rooms._window.stage.findChildren(FileCodePanel)[-1].confirmed.emit("4821")


def _camera(rooms):
    """Show the live view with a page taken and a picture that stands still."""
    rooms.home()
    rooms.open_camera(
        PhotoPlace(
            "居民身份证",
            lambda _photo: Page("", "image/jpeg"),
            lambda _page, _corners: None,
            lambda _page: bool,
            read=bool,
        )
    )
    panel = rooms._window.stage.findChildren(CameraPanel)[-1]
    rooms.idle()
    photo = Photo(small_jpeg(), LIES)
    panel.add_taken(photo, LIES)
    cameras = (CameraInfo("a", "Document camera"), CameraInfo("b", "Integrated camera"))
    panel.render(
        CameraState(
            "居民身份证",
            cameras,
            "a",
            is_on=True,
            frozen=Frozen(photo, LIES),
            hint="4",
            taken=1,
            can_bring_back=True,
            can_read=True,
        )
    )


def _no_camera(rooms):
    rooms.home()
    rooms.open_camera(
        PhotoPlace(
            "居民身份证", lambda _photo: Page("", "image/jpeg"), lambda _page, _corners: None, lambda _page: bool
        )
    )


def _signing(rooms):
    rooms.home()
    item, draft = rooms.counter.catalogue.item(COMMITTED), filled(rooms.counter, COMMITTED)
    together = replace(draft.application, co_applicants=(replace(PERSON, name="王知远"),))
    paper = rooms.counter.forms.prepare(PaperKind.PLEDGE, replace(draft, application=together), item, CLERK)
    rooms.open_signing(paper, lambda _paper: None)
    rooms.idle()
    rooms._window.stage.findChildren(SigningPanel)[-1].sign_wanted.emit(None)


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
    "coaching": _coaching,
    "intake filled": _intake_filled,
    "intake with errors": _intake_with_errors,
    "intake scanning": _intake_scanning,
    "intake menu": _intake_menu,
    "intake zoomed": _intake_zoomed,
    "intake proposals": _intake_proposals,
    "issue": _issue,
    "deliver": _deliver,
    "desk": _desk,
    "desk without rows": _desk_without_rows,
    "desk export": _desk_export,
    "desk searches": _desk_searches,
    "inquiry": _inquiry_new,
    "inquiry chosen": _inquiry_chosen,
    "stack": _stack,
    "day": _day,
    "day closed": _day_closed,
    "case": _case,
    "case acts": _case_acts,
    "case asking": _case_asking,
    "case taking in": _case_taking_in,
    "case suspending": _case_form("suspend"),
    "case refusing": _case_form("decide", result="refused"),
    "case correcting": _case_form("correct"),
    "case printing": _case_printing,
    "case handing over": _case_handing_over,
    "case elsewhere": _case_elsewhere,
    "case to take over": case_to_take_over,
    "intake collecting": _intake_collecting,
    "issue sending": _issue_sending,
    "case sending": _case_sending,
    "case collecting": _case_collecting,
    "case to recall": _case_to_recall,
    "desk to recall": _desk_to_recall,
    "counter to recall": _counter_to_recall,
    "sync alone": _sync_alone,
    "sync": _sync,
    "desk with marks": _desk_with_marks,
    "office": _office(),
    "office unprepared": _office("overview", office=lambda now: MemoryOffice(current="", now=now)),
    "office overview": _office("overview"),
    "office cases": _office("cases"),
    "office case opened": _office("cases", _case_at_the_centre),
    "office without cases": _office("cases", office=lambda now: MemoryOffice(now=now)),
    "office piles": _office("cases", lambda office: office.cases.show_piles()),
    "office stations": _office("stations"),
    "office inviting": _office("stations", _invited),
    "office revoking": _office("stations", _revoking),
    "office bulletins": _office("bulletins", _compared),
    "office without bulletins": _office("bulletins", office=lambda now: MemoryOffice(now=now)),
    "office audit": _office("audit", _audited),
    "office without audit": _office("audit"),
    "office aside": _office("aside", _settling),
    "office without stations": _office("stations", office=lambda now: MemoryOffice(now=now)),
    "office asking": _office("bulletins", _asking_authority),
    "office keeping": _office("keeping", _making_authority),
    "office detaching": _office("keeping", _detaching),
    "intake asking": _intake_form("ask_supplement"),
    "intake refusing": _intake_form("refuse"),
    "intake late": _intake_form("enter_late"),
    **{f"settings {kind.key}": _section(kind.key) for kind in SECTIONS},
    "settings found": _settings_found,
    "help": _help,
    "hand over": _hand_over,
    "file code": _file_code,
    "file code asked": _file_code_asked,
    "camera": _camera,
    "camera gone": _no_camera,
    "signing": _signing,
    "fault": _fault,
    "toast": _toast,
    "locked": _locked,
}


def leave(rooms):
    """Go back to the counter from wherever a screen led."""
    rooms._window.errors.dismiss()
    rooms._window.toast.hide()
    rooms._window.dismiss_overlays()
    if rooms._session.operator is None:
        rooms._presence._login.log_in(PASSWORD)
        rooms.idle()
    rooms.built.coach.end()
    rooms._minutes.scans.dismiss()
    rooms._minutes.scans.await_files(None)
    rooms.built.intake.save_now()
    rooms.home()
