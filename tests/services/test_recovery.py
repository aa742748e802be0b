"""A recovery sheet carries a code that is kept nowhere, and the journal knows only that it was made."""

from types import SimpleNamespace

import pytest

from app.domain.operators import Operator, Role
from app.services.errors import NotPermitted
from app.services.recovery import RecoveryService
from tests.fakes.backups import RememberedSeals
from tests.fakes.papers import PlainPaperMaker
from tests.support import STATION


@pytest.fixture
def seals():
    return RememberedSeals()


@pytest.fixture
def recovery(counter, seals):
    maker = PlainPaperMaker({"recovery_sheet": SimpleNamespace(signatures=())})
    return RecoveryService(counter.intake._store, counter.intake._recorder, STATION, maker, seals)


def bodies(counter):
    with counter.intake._store.read() as uow:
        return [entry.body for entry in uow.journal.entries()]


def test_a_drawn_sheet_opens_nothing_until_it_is_put_in_force(counter, recovery, seals):
    before = bodies(counter)
    sheet = recovery.draw()
    assert (recovery.sheet, seals.sealed, bodies(counter)) == ("", {}, before)
    recovery.put_in_force(sheet)
    assert recovery.sheet == sheet.name
    assert seals.sealed == {sheet.name: sheet.code}


def test_the_sheet_shows_every_group_of_the_code_and_what_it_is_of(recovery):
    sheet = recovery.draw()
    drawn = sheet.pdf.decode()
    assert drawn.count(sheet.code[:5]) == 6
    for words in (sheet.name, STATION.code, STATION.service_point, STATION.window, "2026年5月18日"):
        assert words in drawn


def test_the_journal_says_that_a_sheet_was_made_without_its_code(counter, recovery):
    sheet = recovery.draw()
    recovery.put_in_force(sheet)
    last = bodies(counter)[-1]
    assert "RecoverySheetMade" in last
    assert sheet.name in last
    assert sheet.code[:5] not in "".join(bodies(counter))


def test_a_code_is_not_shown_by_accident(recovery):
    sheet = recovery.draw()
    assert sheet.code not in repr(sheet)


def test_only_an_administrator_makes_one(recovery):
    clerk = Operator("b", "乙", (Role.CLERK, Role.SUPERVISOR))
    sheet = recovery.draw()
    for act in (lambda: recovery.draw(clerk), lambda: recovery.put_in_force(sheet, clerk)):
        with pytest.raises(NotPermitted):
            act()
