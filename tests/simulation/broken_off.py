"""Which cases of a world the centre cannot have whole: of these little can be promised, and of all others everything."""

from collections import Counter

from app.domain.facts import CaseReceived
from tests.simulation.set_apart import all_of, entry_of, kept_in


def broken_off(world):
    """Return the cases whose history the centre cannot have whole: something of it stands, or stood, at one place only.

    The disk that had it is gone, or it is the one of two machines from which the centre takes nothing any more, or its
    body was too large for the centre. What others do to such a case cannot fit to what they do not know; and what the one
    of two machines recorded stands where others may have had something of the other one before: by a stick, or by the centre
    before it was restored. Nor is one number two cases.
    """
    if not hasattr(world, "broken_off"):
        whole = [
            entry_of(one) for code in world.office.codes for one in world.office.journal(code) if one.body is not None
        ]
        own = {one.hash: one for machine in world.machines for one in machine.own_chain() if one.body}
        known = {one.hash for one in all_of(whole)}
        apart = [entry_of(one) for digest, one in {**world.lost, **own}.items() if digest not in known]
        sticks = {stick.number for stick in world.sticks}
        kept = [one for one in kept_in(all_of([*own.values(), *whole])) if one.body]
        apart += [one for one in kept if world.restores or one.read()["case"] in sticks]
        taken = {place_of(one) for one in apart}
        contradicted = [one for one in whole if place_of(one) in taken]
        broken = {one.read()["case"] for one in (*apart, *contradicted) if one.body}
        begun = Counter(one.read()["case"] for one in whole if one.read()["kind"] == CaseReceived.__name__)
        world.broken_off = (broken | {number for number, times in begun.items() if times > 1}) - {None}
    return world.broken_off


def place_of(entry):
    """Return where an entry stands."""
    return entry.station, entry.epoch, entry.seq
