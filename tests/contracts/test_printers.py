"""The contract of ``Printers`` on the fake ones and on a CUPS of our own."""

import time
from dataclasses import dataclass
from typing import Any

import pytest

from app.printing.cups import CupsPrinters
from app.services.errors import NotFound, PrinterFault, PrinterTrouble
from app.services.ports import ENDED, JobState, PrintJob, PrintWish
from tests.fakes.printers import MemoryPrinters
from tests.printing.cupsd import IS_THERE, PATIENCE_S, cups
from tests.printing.sheets import sheet

MARK = "lideng 000731 "
PDF = sheet("第一份")


@dataclass
class Office:
    """Printers with one office printer, and what goes wrong with it."""

    printers: Any
    key: str
    pause: Any
    resume: Any
    reject: Any
    printed: Any

    def lay(self, mark=MARK + "1", **wishes):
        return self.printers.lay(PDF, PrintWish(self.key, **wishes), mark)

    def started(self, **wishes):
        job = self.lay(**wishes)
        self.printers.start(job)
        return job

    def end_of(self, job):
        return self.wait(job, lambda found: found.state in ENDED)

    def wait(self, job, good):
        end = time.monotonic() + PATIENCE_S
        while not good(found := self.printers.follow(job)):
            assert time.monotonic() < end, found
            time.sleep(0.02)
        return found


@pytest.fixture(scope="module")
def server():
    if not IS_THERE:
        pytest.skip("CUPS is not installed")
    with cups() as server:
        yield server


@pytest.fixture(params=["fake", "cups"])
def office(request, monkeypatch):
    if request.param == "fake":
        fake = MemoryPrinters()
        key = fake.found[0].key
        return Office(
            fake,
            key,
            lambda: fake.suffer(PrinterTrouble.PAUSED),
            lambda: fake.suffer(None),
            lambda: fake.suffer(PrinterTrouble.REJECTING),
            lambda job: fake.jobs[job].pdf,
        )
    server = request.getfixturevalue("server")
    monkeypatch.setenv("CUPS_SERVER", server.address)
    server.queue("office")
    for command in ("cupsaccept", "cupsenable"):
        server.must(command, "office")
    return Office(
        CupsPrinters(),
        "cups:office",
        lambda: server.must("cupsdisable", "office"),
        lambda: server.must("cupsenable", "office"),
        lambda: server.must("cupsreject", "office"),
        server.printed,
    )


def test_a_printer_is_listed_with_its_trays_and_sizes(office):
    (printer,) = office.printers.printers()
    assert (printer.key, printer.trouble) == (office.key, None)
    assert printer.name
    assert {"tray-1", "tray-2"} <= set(printer.trays)
    assert {"iso_a4_210x297mm", "iso_a5_148x210mm"} <= set(printer.sizes)


def test_a_laid_job_is_kept_back_until_it_is_started(office):
    job = office.lay()
    assert office.printers.follow(job) == PrintJob(JobState.LAID, PrinterTrouble.HELD)
    office.printers.start(job)
    assert office.end_of(job) == PrintJob(JobState.PRINTED)
    assert office.printed(job)


def test_starting_twice_prints_once(office):
    job = office.started()
    office.printers.start(job)
    office.end_of(job)
    office.printers.start(job)
    assert office.printers.follow(job) == PrintJob(JobState.PRINTED)


def test_an_unknown_printer_is_told_at_once(office):
    with pytest.raises(PrinterFault) as told:
        office.printers.lay(PDF, PrintWish(office.key + "-gone"), MARK)
    assert told.value.trouble is PrinterTrouble.UNKNOWN


def test_a_printer_that_takes_no_jobs_is_told_at_once_and_in_the_list(office):
    office.reject()
    with pytest.raises(PrinterFault) as told:
        office.lay()
    assert told.value.trouble is PrinterTrouble.REJECTING
    assert office.printers.printers()[0].trouble is PrinterTrouble.REJECTING


def test_a_job_at_a_paused_printer_waits_and_is_printed_when_it_goes_on(office):
    office.pause()
    job = office.started()
    assert office.printers.follow(job) == PrintJob(JobState.WAITING, PrinterTrouble.PAUSED)
    assert office.printers.printers()[0].trouble is PrinterTrouble.PAUSED
    office.resume()
    assert office.end_of(job) == PrintJob(JobState.PRINTED)


def test_a_cancelled_job_is_never_printed(office):
    office.pause()
    job = office.started()
    office.printers.cancel(job)
    office.resume()
    assert office.end_of(job) == PrintJob(JobState.CANCELLED)
    office.printers.start(job)
    assert office.printers.follow(job) == PrintJob(JobState.CANCELLED)


def test_cancelling_what_was_printed_changes_nothing(office):
    job = office.started()
    office.end_of(job)
    office.printers.cancel(job)
    assert office.printers.follow(job) == PrintJob(JobState.PRINTED)


def test_a_job_that_nobody_knows_is_gone(office):
    job = office.lay()
    unknown = job.rpartition(":")[0] + ":99999"
    assert office.printers.follow(unknown) == PrintJob(JobState.GONE)
    with pytest.raises(NotFound):
        office.printers.start(unknown)
    office.printers.cancel(unknown)
    office.printers.cancel(job)


def test_laid_jobs_that_nobody_remembers_are_discarded_and_no_others(office):
    forgotten, kept, foreign = office.lay(), office.lay(MARK + "2"), office.lay("lideng 000732 1")
    printed = office.started()
    office.end_of(printed)
    assert office.printers.discard(MARK, {kept}) == 1
    states = {job: office.printers.follow(job).state for job in (forgotten, kept, foreign, printed)}
    assert list(states.values()) == [JobState.CANCELLED, JobState.LAID, JobState.LAID, JobState.PRINTED]
    for job in (kept, foreign):
        office.printers.cancel(job)


def test_without_anybody_who_prints_every_call_says_so(office, monkeypatch):
    job = office.lay()
    if isinstance(office.printers, MemoryPrinters):
        office.printers.is_away = True
    else:
        monkeypatch.setenv("CUPS_SERVER", "/nowhere/cups.sock")
    calls = [
        office.printers.printers,
        office.lay,
        lambda: office.printers.start(job),
        lambda: office.printers.follow(job),
        lambda: office.printers.cancel(job),
        lambda: office.printers.discard(MARK, ()),
    ]
    for call in calls:
        with pytest.raises(PrinterFault) as told:
            call()
        assert told.value.trouble is PrinterTrouble.NO_SERVICE
