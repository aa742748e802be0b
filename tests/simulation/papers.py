"""What must hold of the papers of a counter after the network has healed: none stays provisional without a reason."""

from app.services.snapshots import CaseMark, PaperMark
from tests.simulation.broken_off import broken_off

MANY = 10_000


def papers_are_final(world, machine):
    """A paper that was made off line ends confirmed with its case, or it is set aside and its counter knows.

    Each own paper is final, or to be called back where its entry was set aside for good. It stays provisional only where
    what would give it its right may never come: its case is broken off, or came here on a stick and not by a hand-over.
    """
    with machine.process.disk_store.read() as uow:
        aside = uow.outbox.aside(MANY)
    views, told = machine.process.store.views, {one.case_number for one in aside}
    own = {entry.read()["case"] for entry in machine.journal()} - {None}
    for number in own - told:
        mark = views.case(number).mark
        assert mark is CaseMark.CONFIRMED, f"{machine.name}: papers of {number} stay {mark}"
    parts = {number for number, folder in world.office.folders().items() if machine.code in folder.parties}
    for number in (own & parts) - broken_off(world):
        stay = [row.number for row in views.papers(number) if row.mark is PaperMark.PROVISIONAL]
        assert not stay, f"{machine.name}: {stay} of {number} stay provisional"
    _everything_is_applied_or_set_aside(world, machine.code)


def _everything_is_applied_or_set_aside(world, code):
    applied = {place for folder in world.office.folders().values() for place in folder.entries}
    for one in world.office.journal(code):
        if one.body is not None and one.case and not one.quarantined:
            place = (code, one.epoch, one.seq)
            assert place in applied, f"{place} is neither part of its case nor set aside"
