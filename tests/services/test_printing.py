"""Papers on their way to a printer: recorded, followed, lost, taken up after a crash; every one printed once."""

from functools import partial

import pytest

from app.demonstration import CLERK
from app.domain.facts import PaperPrinted, PrintSpoiled, read_fact
from app.domain.operators import SYSTEM
from app.domain.paper import PaperKind, PaperState
from app.domain.paper_ends import ReplacementGround, RevocationGround
from app.services.certificate_life import Replacement, Revocation
from app.services.errors import PaperVoid, PrinterFault, PrinterTrouble
from app.services.ports import DOTS_58, JobState, PrintJob, RollPrinter, RollState
from app.services.print_notes import notes
from app.services.print_settings import ON_THE_ROLL, PrintChoice
from tests.fakes.printers import OFFICE, MemoryPrinters
from tests.printing.counters import ADDRESS, choose, with_printers
from tests.services.test_papers import SHEN
from tests.support import accepted, copy_of, handed_over_certificate


@pytest.fixture(scope="module")
def opened(tmp_path_factory, fresh_place):
    """One counter for all: each test has a case and printers of its own."""
    with copy_of(fresh_place, tmp_path_factory.mktemp("printing") / "profile").opened() as counter:
        yield counter


@pytest.fixture
def counter(opened):
    with opened.printing._store.write() as uow:
        for key in uow.preferences.all():
            if key.startswith("print"):
                uow.preferences.drop(key)
        uow.commit()
    return opened


@pytest.fixture
def office(counter):
    made = with_printers(counter)
    choose(made)
    return made


@pytest.fixture
def paper(office):
    return office.papers.of_case(accepted(office).number)[0]


@pytest.fixture
def printers(office):
    return office.printing.printers


def state(office, paper):
    return office.papers.find(paper.number).state


def history(office, paper):
    with office.printing._store.read() as uow:
        entries = [entry.read() for entry in uow.journal.of_case(paper.case_number)]
    return [(body["operator"], read_fact(body)) for body in entries if body["kind"] in {"PaperPrinted", "PrintSpoiled"}]


def revoked(certificates, paper):
    certificates.revoke(paper, CLERK, Revocation(RevocationGround.FRAUD, "材料是伪造的", "示范撤〔2026〕3号"), SHEN)


def replaced(certificates, paper):
    certificates.replace(paper, CLERK, Replacement(ReplacementGround.LOST, "搬家时丢了"), SHEN)


def notes_of(office):
    with office.printing._store.read() as uow:
        return dict(notes(uow))


def lose(office):
    """Let the program end here: what it had in memory is gone."""
    return with_printers(office, office.printing.printers, office.printing.rolls)


# --- the office's printer -----------------------------------------------------------------------------------------


def test_the_kept_pdf_itself_is_printed_with_the_wishes_of_its_kind_and_that_is_recorded(office, paper, printers):
    office.printing.settings.keep_own(paper.kind, PrintChoice(OFFICE.key, OFFICE.name, 2, "tray-2", "iso_a5_148x210mm"))
    sent = office.printing.send(paper, CLERK)
    (laid,) = printers.jobs.values()
    assert laid.pdf == office.papers.as_drawn(paper).pdf
    assert (laid.wish.copies, laid.wish.tray, laid.wish.size) == (2, "tray-2", "iso_a5_148x210mm")
    assert laid.mark.startswith("lideng 000731 ")
    assert (sent.printer, sent.pdf) == (OFFICE.name, b"")
    assert state(office, paper) is PaperState.SENT
    assert history(office, paper) == [(CLERK.login, PaperPrinted(paper.number, OFFICE.name))]


def test_a_job_is_followed_until_it_is_printed_and_the_clerk_says_that_it_came_out(office, paper, printers):
    printers.suffer(PrinterTrouble.NO_PAPER)
    office.printing.send(paper, CLERK)
    (followed,) = office.printing.look()
    assert followed.job == PrintJob(JobState.WAITING, PrinterTrouble.NO_PAPER)
    printers.suffer(None)
    (followed,) = office.printing.look()
    assert (followed.number, followed.printer, followed.job) == (
        paper.number,
        OFFICE.name,
        PrintJob(JobState.PRINTED),
    )
    assert office.printing.look() == []
    assert state(office, paper) is PaperState.SENT
    assert office.papers.confirm(paper, CLERK).state is PaperState.PRINTED


@pytest.mark.parametrize("trouble", [PrinterTrouble.REJECTING, PrinterTrouble.UNKNOWN, PrinterTrouble.NO_SERVICE])
def test_what_could_not_be_handed_over_is_recorded_nowhere(office, paper, printers, trouble):
    if trouble is PrinterTrouble.NO_SERVICE:
        printers.is_away = True
    elif trouble is PrinterTrouble.UNKNOWN:
        printers.found = []
    else:
        printers.suffer(trouble)
    with pytest.raises(PrinterFault) as told:
        office.printing.send(paper, CLERK)
    assert told.value.trouble is trouble
    assert state(office, paper) is PaperState.TO_PRINT
    assert history(office, paper) == []
    printers.is_away = False
    assert office.printing.look() == []


@pytest.mark.parametrize("end", [JobState.FAILED, JobState.CANCELLED])
def test_a_job_that_the_system_gave_up_lets_the_paper_wait_again(office, paper, printers, end):
    printers.suffer(PrinterTrouble.PAUSED)
    office.printing.send(paper, CLERK)
    next(iter(printers.jobs.values())).state = end
    assert [one.job.state for one in office.printing.look()] == [end]
    assert state(office, paper) is PaperState.TO_PRINT
    login, spoiled = history(office, paper)[-1]
    assert (login, type(spoiled)) == (SYSTEM, PrintSpoiled)
    assert office.printing.look() == []
    printers.suffer(None)
    office.printing.send(paper, CLERK)
    assert len(printers.came_out()) == 1


def test_a_job_that_the_system_forgot_after_it_was_started_is_for_the_clerk_to_judge(office, paper, printers):
    printers.suffer(PrinterTrouble.PAUSED)
    office.printing.send(paper, CLERK)
    printers.jobs.clear()
    assert [one.job.state for one in office.printing.look()] == [JobState.GONE]
    assert state(office, paper) is PaperState.SENT


def test_printing_again_what_still_waits_in_the_queue_prints_it_once(office, paper, printers):
    printers.suffer(PrinterTrouble.PAUSED)
    office.printing.send(paper, CLERK)
    office.papers.spoil(paper, CLERK)
    office.printing.send(paper, CLERK)
    printers.suffer(None)
    office.printing.look()
    assert len(printers.came_out()) == 1


def test_a_clerk_who_says_that_it_came_out_does_not_stop_the_last_page(office, paper, printers):
    printers.suffer(PrinterTrouble.PAUSED)
    office.printing.send(paper, CLERK)
    office.papers.confirm(paper, CLERK)
    assert office.printing.look() == []
    assert [job.state for job in printers.jobs.values()] == [JobState.WAITING]
    printers.suffer(None)
    assert office.printing.look() == []
    assert len(printers.came_out()) == 1
    assert notes_of(office) == {}


def test_what_was_said_to_have_come_out_and_still_waits_does_not_come_out_once_it_is_void(office, paper, printers):
    printers.suffer(PrinterTrouble.PAUSED)
    office.printing.send(paper, CLERK)
    office.papers.confirm(paper, CLERK)
    assert office.printing.look() == []
    office.papers.void(paper, CLERK, "写错", SHEN)
    assert office.printing.look() == []
    assert [job.state for job in printers.jobs.values()] == [JobState.CANCELLED]
    assert notes_of(office) == {}


def test_a_void_paper_is_not_printed_and_its_waiting_job_is_taken_back(office, paper, printers):
    printers.suffer(PrinterTrouble.PAUSED)
    office.printing.send(paper, CLERK)
    office.papers.void(paper, CLERK, "写错", SHEN)
    assert office.printing.look() == []
    printers.suffer(None)
    assert [job.state for job in printers.jobs.values()] == [JobState.CANCELLED]
    with pytest.raises(PaperVoid):
        office.printing.send(paper, CLERK)


@pytest.mark.parametrize("end", [revoked, replaced], ids=["revoked", "replaced"])
def test_a_reprint_that_waits_is_taken_back_from_a_certificate_that_counts_no_more(office, printers, end):
    certificate = handed_over_certificate(office)
    printers.suffer(PrinterTrouble.PAUSED)
    office.printing.send(certificate, CLERK, "遗失")
    end(office.certificates, certificate)
    again = lose(office)
    again.printing.tidy()
    assert again.printing.look() == []
    assert notes_of(again) == {}
    printers.suffer(None)
    assert again.printing.look() == []
    assert [job.state for job in printers.jobs.values()] == [JobState.CANCELLED]
    with pytest.raises(PaperVoid):
        again.printing.send(certificate, CLERK)


def test_a_certificate_that_was_revoked_before_it_was_handed_over_does_not_come_out(office, printers):
    case = accepted(office)
    office.issuance.issue(case.number, CLERK)
    certificate = office.papers.of_case(case.number)[-1]
    printers.suffer(PrinterTrouble.PAUSED)
    office.printing.send(certificate, CLERK)
    revoked(office.certificates, certificate)
    assert office.printing.look() == []
    printers.suffer(None)
    assert printers.came_out() == []


def test_a_paper_that_ends_while_it_is_drawn_for_the_printer_is_not_printed(office, paper, printers, monkeypatch):
    def lay(pdf, wish, mark):
        job = MemoryPrinters.lay(printers, pdf, wish, mark)
        office.papers.void(paper, CLERK, "写错", SHEN)
        return job

    monkeypatch.setattr(printers, "lay", lay)
    with pytest.raises(PaperVoid):
        office.printing.send(paper, CLERK)
    assert [job.state for job in printers.jobs.values()] == [JobState.CANCELLED]
    assert history(office, paper) == []
    assert notes_of(office) == {}


def test_two_who_print_one_paper_at_the_same_moment_print_it_once(office, paper, printers, monkeypatch):
    other = lose(office)

    def lay(pdf, wish, mark):
        monkeypatch.setattr(printers, "lay", partial(MemoryPrinters.lay, printers))
        other.printing.send(paper, CLERK)
        return printers.lay(pdf, wish, mark)

    monkeypatch.setattr(printers, "lay", lay)
    assert office.printing.send(paper, CLERK).printer == OFFICE.name
    assert len(printers.came_out()) == 1
    assert history(office, paper) == [(CLERK.login, PaperPrinted(paper.number, OFFICE.name))]


def test_two_who_print_one_slip_at_the_same_moment_print_it_once(office, paper, monkeypatch):
    office.printing.settings.keep_roll(RollPrinter(ADDRESS, DOTS_58))
    office.printing.settings.keep_own(paper.kind, PrintChoice(ON_THE_ROLL))
    other, slips = lose(office), office.printing._slips

    def strips(*rows, **how):
        monkeypatch.undo()
        other.printing.send(paper, CLERK)
        return slips.strips(*rows, **how)

    monkeypatch.setattr(slips, "strips", strips)
    office.printing.send(paper, CLERK)
    assert len(history(office, paper)) == 1


def test_a_void_papers_job_that_cannot_be_taken_back_now_is_taken_back_later(office, paper, printers):
    printers.suffer(PrinterTrouble.PAUSED)
    office.printing.send(paper, CLERK)
    office.papers.void(paper, CLERK, "写错", SHEN)
    printers.is_away = True
    (followed,) = office.printing.look()
    assert followed.job == PrintJob(JobState.WAITING, PrinterTrouble.NO_SERVICE)
    printers.is_away = False
    assert office.printing.look() == []
    assert [job.state for job in printers.jobs.values()] == [JobState.CANCELLED]


def test_a_reprint_says_so_on_what_is_printed(office, paper, printers):
    office.printing.send(paper, CLERK)
    office.papers.confirm(paper, CLERK)
    office.printing.send(paper, CLERK, "申请人遗失")
    first, second = (job.pdf for job in printers.jobs.values())
    assert first != second
    assert history(office, paper)[-1][1] == PaperPrinted(paper.number, OFFICE.name, 1, "申请人遗失")


def test_without_a_printer_the_paper_is_given_back_to_be_shown(counter):
    made = with_printers(counter)
    paper = made.papers.of_case(accepted(made).number)[0]
    sent = made.printing.send(paper, CLERK)
    assert sent.pdf.startswith(b"%PDF")
    assert made.printing.printers.jobs == {}
    assert state(made, paper) is PaperState.SENT


def test_what_has_no_number_is_printed_without_a_word_in_the_journal(office, printers):
    assert office.printing.send_plain(b"%PDF guide", PaperKind.ITEM_GUIDE).printer == OFFICE.name
    assert printers.came_out() == [b"%PDF guide"]
    office.printing.settings.keep_usual(PrintChoice())
    assert office.printing.send_plain(b"%PDF guide", PaperKind.ITEM_GUIDE).pdf == b"%PDF guide"


# --- crashes ------------------------------------------------------------------------------------------------------


class Crash(BaseException):
    pass


def crash_at(monkeypatch, target, name):
    def crash(*_values, **_more):
        raise Crash

    monkeypatch.setattr(target, name, crash)


def test_a_crash_before_the_print_is_recorded_leaves_a_paper_to_print_and_no_job(office, paper, printers, monkeypatch):
    with monkeypatch.context() as patched:
        crash_at(patched, office.printing, "_record_print")
        with pytest.raises(Crash):
            office.printing.send(paper, CLERK)
    again = lose(office)
    again.printing.tidy()
    assert again.printing.look() == []
    assert state(again, paper) is PaperState.TO_PRINT
    assert [job.state for job in printers.jobs.values()] == [JobState.CANCELLED]
    again.printing.send(paper, CLERK)
    assert len(printers.came_out()) == 1


def test_a_crash_before_the_job_is_started_prints_it_at_the_next_start(office, paper, printers, monkeypatch):
    with monkeypatch.context() as patched:
        crash_at(patched, printers, "start")
        with pytest.raises(Crash):
            office.printing.send(paper, CLERK)
    assert printers.came_out() == []
    again = lose(office)
    again.printing.tidy()
    assert [one.job.state for one in again.printing.look()] == [JobState.PRINTED]
    assert len(printers.came_out()) == 1


def test_a_laid_job_that_the_system_lost_with_the_power_lets_the_paper_wait_again(office, paper, printers, monkeypatch):
    with monkeypatch.context() as patched:
        crash_at(patched, printers, "start")
        with pytest.raises(Crash):
            office.printing.send(paper, CLERK)
    printers.jobs.clear()
    again = lose(office)
    assert [one.job.state for one in again.printing.look()] == [JobState.FAILED]
    assert state(again, paper) is PaperState.TO_PRINT


def test_a_start_without_a_print_service_keeps_everything_for_the_next_look(office, paper, printers):
    printers.suffer(PrinterTrouble.PAUSED)
    office.printing.send(paper, CLERK)
    printers.is_away = True
    again = lose(office)
    again.printing.tidy()
    (followed,) = again.printing.look()
    assert followed.job == PrintJob(JobState.WAITING, PrinterTrouble.NO_SERVICE)
    printers.is_away = False
    printers.suffer(None)
    assert [one.job.state for one in again.printing.look()] == [JobState.PRINTED]


# --- the receipt printer ------------------------------------------------------------------------------------------


@pytest.fixture
def roll(office, paper):
    office.printing.settings.keep_roll(RollPrinter(ADDRESS, DOTS_58))
    office.printing.settings.keep_own(paper.kind, PrintChoice(ON_THE_ROLL))
    return office.printing.rolls


def test_a_receipt_goes_to_the_roll_and_the_clerk_is_asked(office, paper, roll):
    sent = office.printing.send(paper, CLERK)
    (slip,) = roll.slips[ADDRESS]
    assert "收件凭证" in slip
    assert paper.number in slip
    assert not sent.is_low
    assert state(office, paper) is PaperState.SENT
    assert office.printing.look() == []


def test_a_roll_near_its_end_is_said(office, paper, roll):
    roll.states[ADDRESS] = RollState(is_low=True)
    assert office.printing.send(paper, CLERK).is_low


def test_a_slip_that_did_not_come_out_lets_the_paper_wait(office, paper, roll):
    roll.states[ADDRESS] = RollState(PrinterTrouble.NO_PAPER)
    with pytest.raises(PrinterFault):
        office.printing.send(paper, CLERK)
    assert state(office, paper) is PaperState.TO_PRINT
    roll.states[ADDRESS] = RollState()
    office.printing.send(paper, CLERK)
    assert len(roll.slips[ADDRESS]) == 1


def test_what_has_no_short_form_goes_to_the_usual_printer_whatever_was_chosen(office):
    office.printing.settings.keep_roll(RollPrinter(ADDRESS))
    settings = office.printing.settings.keep_own(PaperKind.CERTIFICATE, PrintChoice(ON_THE_ROLL))
    assert settings.of(PaperKind.CERTIFICATE).printer == OFFICE.key


# --- what is kept -------------------------------------------------------------------------------------------------


def test_choices_are_kept_and_taken_back(office):
    settings = office.printing.settings
    own = PrintChoice(OFFICE.key, OFFICE.name, 3, "manual", "iso_a5_148x210mm")
    settings.keep_own(PaperKind.CERTIFICATE, own)
    settings.keep_roll(RollPrinter(ADDRESS, DOTS_58, types_han=False))
    kept = settings.read()
    assert kept.of(PaperKind.CERTIFICATE) == own
    assert kept.of(PaperKind.PLEDGE) == kept.usual
    assert kept.roll == RollPrinter(ADDRESS, DOTS_58, types_han=False)
    settings.keep_own(PaperKind.CERTIFICATE, None)
    assert settings.keep_roll(RollPrinter("")).roll.address == ""
    assert settings.read().own == {}


@pytest.mark.parametrize("text", ["", "nonsense", "[]", '{"copies": 100, "printer": null}', '{"copies": "2"}'])
def test_what_cannot_be_read_falls_back_to_what_is_usual(office, text):
    with office.printing._store.write() as uow:
        uow.preferences.set("print/usual", text)
        uow.preferences.set("print/roll", text)
        uow.commit()
    settings = office.printing.settings.read()
    assert settings.usual == PrintChoice()
    assert settings.roll == RollPrinter("")
