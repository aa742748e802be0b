"""The disk is full, read-only or broken at a write of a working session: nothing that was told to be done is lost.

``tests.campaigns.disk`` tries every write; here are some.
"""

import os
import subprocess
import sys

import pytest

from app.demonstration import CLERK
from app.domain.paper import PaperState
from app.security.authority import Authority
from app.security.pades_checking import checked
from app.services.errors import DiskFull, ReadOnlyStore
from app.services.ports import JobState
from tests.fakes.printers import MemoryPrinters
from tests.printing.counters import choose, with_printers
from tests.reliability.disk import FULL, IOERR_WRITE, READONLY, watched_disk
from tests.reliability.disk_faults import fail_at, session, writes_of_a_session
from tests.support import MONDAY, accepted, certify, copy_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks under SQLite with the library's symbols")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("code", "error"), [(FULL, "DiskFull"), (READONLY, "ReadOnlyStore"), (IOERR_WRITE, "DiskFault")]
)
def test_a_disk_that_fails_at_a_write_loses_nothing_and_says_so(place, tmp_path, code, error):
    writes = writes_of_a_session(place, tmp_path / "whole")
    points = list(fail_at(place, tmp_path, code, range(3, writes, writes // 6)))
    assert {point.error for point in points} <= {error, "DiskFault"}
    assert [point.error for point in points].count(error) >= len(points) - 1


def test_the_disk_in_between_sees_every_write_and_a_clean_close(place, tmp_path):
    with watched_disk() as disk:
        acts = disk.record()
        with copy_of(place, tmp_path / "seen").opened() as counter:
            session(counter, [])
    assert {(act.kind, act.name) for act in acts} >= {("write", "station.db-wal"), ("sync", "station.db")}
    assert acts[-1].kind == "delete"


@pytest.fixture
def certified(place, tmp_path):
    copy, authority = copy_of(place, tmp_path / "certified"), Authority.make("示例市政务服务中心", MONDAY)
    certify(copy, authority)
    return copy, authority.root


def test_a_disk_that_gets_full_while_a_signed_paper_is_kept_leaves_it_to_be_made_again(certified):
    place, root = certified
    with watched_disk() as disk, place.opened() as counter:
        case = accepted(counter)
        counter.issuance.issue(case.number, CLERK)
        paper = counter.papers.of_case(case.number)[-1]
        for write in (0, 12):
            disk.arm(write, FULL)
            with pytest.raises(DiskFull):
                counter.papers.pdf(paper, CLERK)
            disk.heal()
            assert counter.papers.find(paper.number).digest == "", "a part of it was kept"
        pdf = counter.papers.pdf(paper, CLERK)
        checked(pdf, root)
        assert counter.papers.pdf(paper, CLERK) == pdf
        assert counter.ledger.verify().entries > 0


def test_a_disk_that_gets_full_once_a_job_is_laid_takes_it_back(place, tmp_path, monkeypatch):
    with watched_disk() as disk, copy_of(place, tmp_path / "printed").opened() as counter:
        office = with_printers(counter)
        choose(office)
        printers = office.printing.printers
        paper = office.papers.of_case(accepted(office).number)[0]

        def lay(*wished):
            job = MemoryPrinters.lay(printers, *wished)
            disk.arm(0, FULL)
            return job

        monkeypatch.setattr(printers, "lay", lay)
        with pytest.raises(DiskFull):
            office.printing.send(paper, CLERK)
        disk.heal()
        assert [job.state for job in printers.jobs.values()] == [JobState.CANCELLED]
        assert office.papers.find(paper.number).state is PaperState.TO_PRINT
        monkeypatch.undo()
        office.printing.send(paper, CLERK)
        assert len(printers.came_out()) == 1


@pytest.fixture
def small_disk(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root may mount a disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=False)


def test_a_start_on_a_full_disk_says_so(place, small_disk):
    full = copy_of(place, small_disk / "profile")
    with pytest.raises(OSError, match="No space"):
        (small_disk / "filler").write_bytes(bytes(4 * 1024 * 1024))
    with pytest.raises(DiskFull), full.opened():
        pass
    (small_disk / "filler").unlink()
    with full.opened() as counter:
        assert counter.ledger.verify().entries > 0


def test_a_start_on_a_read_only_disk_says_so_and_changes_nothing(place, small_disk):
    copy = copy_of(place, small_disk / "profile")
    before = copy.settings.store.read_bytes()
    if subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=False).returncode:
        pytest.skip("the disk cannot be made read-only here")
    with pytest.raises(ReadOnlyStore), copy.opened():
        pass
    assert copy.settings.store.read_bytes() == before
