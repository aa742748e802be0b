"""When backups are made by themselves, which are kept, and that a bad second place disturbs nobody."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.operators import Operator, Role
from app.services.backups import BackupPlan, BackupService
from app.services.errors import BadBackup, DiskFull, NotPermitted, PlaceUnavailable
from tests.fakes.backups import MemoryBackups
from tests.support import MONDAY, STATION, accepted

ADMINISTRATOR = Operator("a", "甲", (Role.ADMINISTRATOR,))
MERE_CLERK = Operator("b", "乙", (Role.CLERK,))


@pytest.fixture
def second(tmp_path):
    folder = tmp_path / "second"
    folder.mkdir()
    return folder


@pytest.fixture
def backups(counter, place):
    """The counter's own service, on files that are quick to make."""
    store, recorder = counter.intake._store, counter.intake._recorder
    return BackupService(store, recorder, STATION, MemoryBackups(store), place.settings.profile)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_nothing_happens_by_itself_before_a_second_place_is_chosen(backups, second):
    assert backups.run_due().last_good_at is None
    assert backups.run_due(at_end=True).last_good_at is None
    assert names(second) == []


def test_backups_are_made_as_often_as_was_said(backups, second, place):
    backups.keep_plan(BackupPlan(second, every_hours=4))
    for hours in (0, 1, 3.9, 4.1, 5, 8.2):
        place.clock.set(MONDAY + timedelta(hours=hours))
        backups.run_due()
    assert names(second) == [f"lideng-000731-20260518-{time}.lideng" for time in ("102407", "143007", "183607")]
    assert backups.status().last_good_file.endswith("183607.lideng")


def test_leaving_the_window_makes_one_unless_a_young_one_is_there_or_nothing_has_happened(
    counter, backups, second, place
):
    backups.keep_plan(BackupPlan(second, every_hours=100))
    for minutes in (0, 10, 45):
        counter.operators.log_out(ADMINISTRATOR)
        place.clock.set(MONDAY + timedelta(minutes=minutes))
        assert backups.status().has_news
        backups.run_due(at_end=True)
    assert not backups.status().has_news
    place.clock.set(MONDAY + timedelta(minutes=100))
    backups.run_due(at_end=True)
    assert len(names(second)) == 2
    counter.operators.log_out(ADMINISTRATOR)
    backups.keep_plan(BackupPlan(second, every_hours=100, at_end=False))
    place.clock.set(MONDAY + timedelta(hours=5))
    backups.run_due(at_end=True)
    assert len(names(second)) == 2


def test_the_last_ones_are_kept_and_one_a_day_for_thirty_days(backups, second, place):
    backups.keep_plan(BackupPlan(second, every_hours=6, keep=3))
    other = second / "lideng-000732-20260401-120000.lideng"
    strange = second / "holiday.jpg"
    old_part, young_part = (second / f"lideng-000731-{at}.lideng.part" for at in ("20260518-102407", "20260627-080000"))
    for file in (other, strange, old_part, young_part):
        file.write_text("somebody else's", encoding="utf-8")
    made = []
    for times in range(4 * 40):
        place.clock.set(MONDAY + timedelta(hours=6.01 * times))
        made.append(Path(backups.run_due().last_good_file).name)
    assert (old_part.exists(), young_part.exists()) == (False, True)
    young_part.unlink()
    mine = [name for name in names(second) if name.startswith("lideng-000731")]
    last_of_days = {name[14:22]: name for name in made}
    assert mine == sorted(set(made[-3:]) | set(list(last_of_days.values())[-31:]))
    assert other.exists()
    assert strange.exists()


@pytest.mark.parametrize("gone", ["gone", "full"])
def test_a_second_place_that_fails_is_kept_in_mind_and_tried_again(backups, second, place, monkeypatch, gone):
    def full(*_args):
        raise DiskFull

    if gone == "full":
        monkeypatch.setattr(backups._files, "write", full)
    else:
        second.rmdir()
    backups.keep_plan(BackupPlan(second))
    status = backups.run_due()
    assert status.failure == ("DiskFull" if gone == "full" else "PlaceUnavailable")
    assert (status.last_good_at, status.is_old) == (None, True)
    assert status.failed_at - MONDAY < timedelta(minutes=1)
    monkeypatch.undo()
    second.mkdir(exist_ok=True)
    place.clock.set(MONDAY + timedelta(minutes=5))
    assert backups.run_due().failure, "it is too early to try again"
    place.clock.set(MONDAY + timedelta(minutes=11))
    status = backups.run_due()
    assert (status.failure, status.failed_at, status.is_old) == ("", None, False)


def test_a_last_good_backup_is_old_after_two_days(backups, tmp_path, place):
    assert backups.status().is_old
    backups.back_up(tmp_path / backups.suggested_name())
    place.clock.set(MONDAY + timedelta(days=2) - timedelta(minutes=5))
    assert not backups.status().is_old
    place.clock.set(MONDAY + timedelta(days=2, minutes=5))
    assert backups.status().is_old


def test_a_second_place_on_the_counters_own_disk_is_told(backups, second):
    backups.keep_plan(BackupPlan(second))
    assert backups.status().is_same_disk


def test_a_plan_is_kept_within_its_limits(backups, second):
    backups.keep_plan(BackupPlan(second, every_hours=0, keep=0, at_end=False))
    assert backups.status().plan == BackupPlan(second, every_hours=1, keep=1, at_end=False)


def test_only_who_may_back_up_does(backups, second):
    with pytest.raises(NotPermitted):
        backups.back_up(second / "b.lideng", operator=MERE_CLERK)
    with pytest.raises(NotPermitted):
        backups.keep_plan(BackupPlan(second), MERE_CLERK)
    backups.back_up(second / "b.lideng", operator=ADMINISTRATOR)


def test_a_backup_of_another_counter_is_told_before_it_is_opened(counter, backups, second):
    accepted(counter)
    backups.back_up(second / "b.lideng")
    assert backups.check(second / "b.lideng").entries == counter.ledger.verify().entries
    store, recorder = counter.intake._store, counter.intake._recorder
    other = BackupService(store, recorder, replace(STATION, code="000732"), backups._files)
    with pytest.raises(BadBackup) as caught:
        other.check(second / "b.lideng")
    assert caught.value.fault == "station"


def test_a_failure_by_hand_is_raised_and_not_kept(backups, tmp_path):
    with pytest.raises(PlaceUnavailable):
        backups.back_up(tmp_path / "gone" / "b.lideng")
    assert backups.status().failure == ""
