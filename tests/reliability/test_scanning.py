"""Power cuts, full disks and kills in the middle of a scan: a page that was told as kept is there afterwards."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.config import ROOT
from app.services.errors import DiskFull
from app.services.kept_pages import PagePlace
from app.services.ports.scanning import Feeding, ScanWish
from app.services.scanning import ScanningService
from tests.fakes.fuse import Fuse, FusedStore, PowerCut
from tests.fakes.scanners import FLATBED, FakeCleaner, FakeScanner
from tests.reliability.disk import FULL, watched_disk
from tests.support import filled

SHEETS = [b"sheet %d" % number for number in range(4)]
MOMENTS = 1 + 2 * len(SHEETS)
"""Before and after the commit of each page, and none."""
WISH = ScanWish(FLATBED.key, Feeding.FEEDER)
TOLD_PAGES = 3
DEVICE = "sane:test:0"
GONE_S = 30


def scanning(store, counter, sheets):
    return ScanningService(store, counter.desk.now, FakeScanner(sheets), FakeCleaner())


def kept_of(counter, draft_id):
    """Return the bytes of every page that the draft has."""
    pages = counter.intake.resume(draft_id)[0].application.materials["id_card"].pages
    with counter.intake._store.read() as uow:
        return [uow.blobs.get(page.digest) for page in pages]


def test_the_power_may_go_at_any_commit_of_a_scan(counter):
    for moment in range(1, MOMENTS + 1):
        draft, told = filled(counter), []
        there = PagePlace("id_card", draft=draft.draft_id)
        fused = FusedStore(counter.intake._store, Fuse(moment))
        try:
            scanning(fused, counter, SHEETS).scan(there, WISH, told.append)
        except PowerCut:
            assert moment < MOMENTS
        kept = kept_of(counter, draft.draft_id)
        assert kept == SHEETS[: len(kept)]
        assert len(told) <= len(kept) <= len(told) + 1
        if rest := SHEETS[len(kept) :]:
            scanning(counter.intake._store, counter, rest).scan(there, WISH, told.append)
        assert kept_of(counter, draft.draft_id) == SHEETS


@pytest.mark.skipif(sys.platform != "linux", reason="looks under SQLite with the library's symbols")
def test_a_disk_that_is_full_at_a_page_stops_the_feeder_and_keeps_those_before_it(place):
    large = [bytes([number]) * 300_000 for number in range(5)]
    told = []
    with watched_disk() as disk, place.opened() as counter:
        draft = filled(counter)
        there = PagePlace("id_card", draft=draft.draft_id)
        service = scanning(counter.intake._store, counter, large)
        disk.arm(200, FULL)
        with pytest.raises(DiskFull):
            service.scan(there, WISH, told.append)
        assert 0 < len(told) < len(large)
        assert kept_of(counter, draft.draft_id) == large[: len(told)]
        disk.heal()
        left = len(service._scanner.feeder)
        assert service.scan(there, WISH, told.append) == left > 0
    with place.opened() as again:
        assert kept_of(again, draft.draft_id)[: len(told) - left] == large[: len(told) - left]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="there is SANE on Linux only")
def test_kill_9_in_the_middle_of_a_scan_loses_no_page_and_leaves_no_driver_behind(place, tmp_path, monkeypatch):
    (tmp_path / "dll.conf").write_text("test\n")
    (tmp_path / "test.conf").write_text("number_of_devices 1\n")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(tmp_path))
    with place.opened() as counter:
        draft = filled(counter)
    told, helper = killed_after(TOLD_PAGES, place, draft.draft_id)
    with place.opened() as again:
        assert len(kept_of(again, draft.draft_id)) >= told
    until = time.monotonic() + GONE_S
    while Path(f"/proc/{helper}").exists():
        assert time.monotonic() < until, "the driver's process goes on"
        time.sleep(0.05)


def killed_after(pages, place, draft_id):
    """Kill a program that scans once it has told so many pages; return how many it told, and its helper's number."""
    folders = [str(place.settings.profile), str(place.settings.cache)]
    command = [sys.executable, "-m", "tests.reliability.scans", *folders, draft_id, DEVICE]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        lines = [process.stdout.readline() for _ in range(pages)]
        os.kill(process.pid, signal.SIGKILL)
        lines += process.stdout
    whole = [line for line in lines if line.endswith("\n")]
    return len(whole), int(whole[-1].split()[1])
