"""Backups under fire: writers beside them, kill -9, a disk without room, a limit on the size of files."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest

from app.demonstration import CLERK
from app.services.errors import BadBackup, DiskFull, PlaceUnavailable, WrongKey
from app.whole_files import place_errors
from tests.support import MONDAY, accepted, accepted_with_page, backups_of

KILLS = 2
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX")


def test_every_backup_that_is_made_while_cases_are_taken_in_is_whole(place, tmp_path, sample_png):
    backups = backups_of(place)
    stop = threading.Event()
    with place.opened() as counter:
        told = []

        def take_in():
            while not stop.is_set():
                told.append(accepted(counter).number)

        accepted_with_page(counter, sample_png)
        writer = threading.Thread(target=take_in)
        writer.start()
        try:
            known = []
            for number in range(6):
                before = len(told)
                while len(told) == before and writer.is_alive():
                    stop.wait(0.005)  # on a busy machine too, each backup is of a later moment
                known.append((before, backups.write(tmp_path / f"{number}.lideng", MONDAY)))
        finally:
            stop.set()
            writer.join()
        assert len(told) > 6, "the writer was kept waiting"
        assert counter.ledger.verify().entries > known[-1][1].seq
    seqs = [manifest.seq for _, manifest in known]
    assert seqs == sorted(set(seqs)), "each one is of a later moment"
    for number in (0, 5):
        assert backups.drill(tmp_path / f"{number}.lideng").entries == seqs[number]


@posix
@pytest.mark.slow
def test_kill_9_while_a_backup_is_written_leaves_the_one_before_it(place, tmp_path):
    with place.opened() as counter:
        for _ in range(20):
            accepted(counter)
    path = tmp_path / "b.lideng"
    chance = random.Random(4)
    command = [sys.executable, "-m", "tests.reliability.back_up"]
    command += [str(place.settings.profile), str(place.settings.cache), str(path)]
    for _ in range(KILLS):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout.readline().strip() == "written"
        time.sleep(chance.uniform(0, 0.1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert backups_of(place).drill(path).entries > 20
    with place.opened() as counter:
        assert counter.ledger.verify().entries > 20


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_disk_that_fills_up_keeps_the_last_good_backup(place, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        backups = backups_of(place)
        first = backups.write(disk / "b.lideng", MONDAY)
        (disk / "fill").write_bytes(bytes(shutil.disk_usage(disk).free - 100_000))
        with pytest.raises(DiskFull):
            backups.write(disk / "second.lideng", MONDAY)
        assert sorted(file.name for file in disk.iterdir()) == ["b.lideng", "fill"]
        assert backups.read(disk / "b.lideng") == first
        backups.drill(disk / "b.lideng")
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


@posix
@pytest.mark.slow
def test_a_limit_on_the_size_of_files_is_no_fault_of_the_store(place, tmp_path):
    code = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from app.services.errors import PlaceUnavailable; from tests.support import *\n"
        "backups = backups_of(place_in(Path(sys.argv[1]), Path(sys.argv[2])))\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))\n"
        "try: backups.write(Path(sys.argv[3]) / 'b.lideng', MONDAY)\n"
        "except PlaceUnavailable: sys.exit(7)\n"
    )
    paths = (place.settings.profile, place.settings.cache, tmp_path / "target")
    (tmp_path / "target").mkdir()
    assert subprocess.run([sys.executable, "-c", code, *map(str, paths)], check=False).returncode == 7
    assert list((tmp_path / "target").iterdir()) == []


def test_no_room_for_the_drill_is_told_as_a_full_disk(tmp_path):
    with pytest.raises(DiskFull), place_errors(tmp_path):
        raise OSError(28, "No space left on device")
    with pytest.raises(PlaceUnavailable), place_errors(tmp_path):
        raise OSError(30, "Read-only file system")


def test_flipped_bits_anywhere_are_found(place, tmp_path):
    """Every part of the file is covered: pages, data files, manifest, tag, length, magic."""
    (place.settings.profile / "catalogue").mkdir()
    (place.settings.profile / "catalogue" / "own.yaml").write_text("items: []\n" * 50, encoding="utf-8")
    path = tmp_path / "b.lideng"
    backups = backups_of(place)
    backups.write(path, MONDAY)
    data = path.read_bytes()
    chance = random.Random(11)
    near_end = [len(data) - 1 - at for at in range(0, 1600, 37)]
    for at in [0, 17, *near_end, *chance.sample(range(len(data)), 8)]:
        changed = bytearray(data)
        changed[at] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        with pytest.raises((BadBackup, WrongKey)):
            backups.drill(path)
    assert CLERK.login.encode() not in data
