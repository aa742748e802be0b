"""What must hold of a world after its network has healed, whatever happened to it before."""

import hashlib
from collections import Counter

from app.domain.journal import FIRST_PREV, ChainBroken, checked
from app.security.keys import verify
from app.services.errors import ChainForked, ChainRefused
from app.services.ports import Aside
from app.services.recording import load_case
from tests.simulation.numbers import numbers_in


def check(world):
    """Raise AssertionError with a sentence that says what is broken, and where."""
    for machine in world.machines:
        _chain_is_valid(machine)
        _forks_only_where_it_may(machine)
        _told_is_there(world, machine)
        _views_are_what_rebuild_makes(machine)
    for code in world.office.codes:
        _centre_chain_is_valid(world, code)
        _no_number_twice(world, code)
        _inbox_is_complete_and_in_order(world, code)
    _custody_holds(world)
    for machine in world.machines:
        if not is_forked(machine):
            _has_converged(world, machine)
            _cases_are_as_at_the_centre(world, machine)
    _nothing_is_set_aside_without_cause(world)


def is_forked(machine):
    """Tell whether the machine was told that its chain went on elsewhere: it goes no further and keeps what it has."""
    return machine.result is not None and any(
        isinstance(one.error, ChainForked | ChainRefused) for one in machine.result.failures
    )


# --- each machine -----------------------------------------------------------------------------------------------


def _chain_is_valid(machine):
    with machine.process.disk_store.read() as uow:
        try:
            for _entry in checked(uow.journal.entries(), verify):
                """Check each."""
        except ChainBroken as broken:
            raise AssertionError(f"{machine.name}: the chain is broken, {broken}") from broken


def _forks_only_where_it_may(machine):
    assert machine.may_fork or not is_forked(machine), f"{machine.name} is told of a fork that nobody made"


def _told_is_there(world, machine):
    """What was said to be done is in the journal, and at the centre, unless every disk that had it is gone."""
    here = {one.hash for one in machine.own_chain()}
    there = {one.hash for one in world.office.journal(machine.code)}
    twins = [one for one in world.machines if one.code == machine.code and one is not machine and is_forked(one)]
    apart = {one.hash for twin in twins for one in twin.own_chain()}
    for digest, place in machine.told.items():
        is_kept = digest in here or digest in world.lost or digest in apart or (is_forked(machine) and digest in there)
        assert is_kept, f"{machine.name}: {place} was told to be done and is gone"
        if digest in here and not is_forked(machine):
            assert digest in there, f"{machine.name}: {place} never came to the centre"


def _views_are_what_rebuild_makes(machine):
    before = machine.disk.views()
    if before is not None:
        machine.process.disk_store.rebuild_views()
        after = machine.disk.views()
        wrong = [name for name in before if before[name] != after[name]]
        assert not wrong, f"{machine.name}: {wrong} are not what rebuild makes of the journal"


# --- the centre -------------------------------------------------------------------------------------------------


def _centre_chain_is_valid(world, code):
    prev, place = FIRST_PREV, (0, 0)
    for one in world.office.journal(code):
        if one.seq == 1:
            assert one.epoch > place[0], f"{code}: epoch {one.epoch} follows {place}"
            prev = FIRST_PREV
        else:
            assert (one.epoch, one.seq) == (place[0], place[1] + 1), f"{code}: {one.seq} follows {place} at the centre"
        assert one.prev == prev, f"{code}: {one.epoch}/{one.seq} does not hold to the one before at the centre"
        if one.body is not None:
            digest = hashlib.sha256(one.body.encode()).digest()
            assert hashlib.sha256(prev + digest).digest() == one.hash, f"{code}: {one.epoch}/{one.seq} was altered"
        prev, place = one.hash, (one.epoch, one.seq)


def _no_number_twice(world, code):
    """What is at the centre, and what was told and lost with a disk, has each number once; two copies of one PC do not."""
    if code in world.copied:
        return
    journal = world.office.journal(code)
    used = Counter(numbers_in(entry_of(one) for one in journal))
    if not any(machine.may_fork for machine in world.machines if machine.code == code):
        there = {one.hash for one in journal}
        used.update(
            numbers_in(entry_of(one) for one in world.lost.values() if one.station == code and one.hash not in there)
        )
    twice = [number for number, times in used.items() if times > 1]
    assert not twice, f"{code}: {twice} were given out twice"


def _inbox_is_complete_and_in_order(world, code):
    inbox = world.office.inbox(code)
    twice = [place for place, times in Counter(inbox).items() if times > 1]
    assert not twice, f"{code}: {twice} stand twice in the inbox"
    at = {place: n for n, place in enumerate(inbox)}
    wanted = set()
    for number, folder in world.office.folders().items():
        if code in folder.parties:
            others = [place for place in folder.entries if place[0] != code]
            missing = [place for place in others if place not in at]
            assert not missing, f"{code}: {missing} of {number} are not in the inbox"
            places = [at[place] for place in others]
            assert places == sorted(places), f"{code}: {number} is out of order in the inbox"
            wanted.update(others)
    assert set(inbox) <= wanted, f"{code}: the inbox has what is none of its business"


def _custody_holds(world):
    """Only the holder changed a case, in the order in which it came to the centre."""
    entries = {(code, one.epoch, one.seq): one for code in world.office.codes for one in world.office.journal(code)}
    for number, folder in world.office.folders().items():
        holder = number[8:14]
        for place in folder.entries:
            header = entry_of(entries[place]).read()["header"]
            if header:
                assert place[0] == holder, f"{number}: {place} changed it in the hands of {holder}"
                holder = header["holder"]
        assert holder == folder.holder, f"{number}: the centre has the wrong holder"


def _nothing_is_set_aside_without_cause(world):
    if world.was_disturbed or _withheld(world):
        return
    aside = [
        (code, one.epoch, one.seq)
        for code in world.office.codes
        for one in world.office.journal(code)
        if one.quarantined
    ]
    assert not aside, f"{aside} were set aside although nothing was restored or copied"


# --- all together -----------------------------------------------------------------------------------------------


def _has_converged(world, machine):
    failed = [one.reason for one in machine.result.failures if one.error]
    assert not failed, f"{machine.name}: the last round failed with {failed}"
    with machine.process.disk_store.read() as uow:
        head = uow.outbox.state().head
        waiting = dict(uow.received.count_waiting())
        aside = {(one.epoch, one.seq) for one in uow.outbox.aside(10_000) if one.kind is Aside.QUARANTINED}
        absent = [place for place in world.office.inbox(machine.code) if uow.received.get(*place) is None]
    at_centre = world.office.journal(machine.code)
    mine, theirs = [one.hash for one in machine.own_chain()], [one.hash for one in at_centre]
    assert mine == theirs, f"{machine.name}: has {len(mine)} own entries, the centre {len(theirs)}"
    assert (head.epoch, head.seq) == (at_centre[-1].epoch, at_centre[-1].seq), f"{machine.name}: the head is another"
    assert not absent, f"{machine.name}: {absent} of the inbox are not here"
    if not _withheld(world):
        assert not waiting, f"{machine.name}: {waiting} wait for ever"
    set_aside = {(one.epoch, one.seq) for one in at_centre if one.quarantined}
    assert set_aside <= aside, f"{machine.name}: was not told of {sorted(set_aside - aside)}, which were set aside"


def _cases_are_as_at_the_centre(world, machine):
    """A case looks the same wherever it is known: state and holder are those of the last header at the centre."""
    entries = {(code, one.epoch, one.seq): one for code in world.office.codes for one in world.office.journal(code)}
    spoilt = {entry.read()["case"] for entry in _lost_elsewhere(world)}
    for number, folder in world.office.folders().items():
        if machine.code not in folder.parties or number in spoilt or _withheld(world):
            continue
        headers = [entry_of(entries[place]).read()["header"] for place in folder.entries]
        header = [one for one in headers if one][-1]
        with machine.process.disk_store.read() as uow:
            case = load_case(uow, number)
        here, there = (case.state.value, case.holder), (header["state"], header["holder"])
        assert here == there, f"{machine.name}: {number} is {here} here and {there} at the centre"


def _lost_elsewhere(world):
    """Yield entries that live on as copies at other stations and that nobody can give to the centre any more.

    The disks that had them are gone, or it is the one of two machines from which the centre takes nothing any more.
    """
    there = {one.hash for code in world.office.codes for one in world.office.journal(code)}
    own = {one.hash: one for machine in world.machines for one in machine.own_chain()}
    for digest, one in {**own, **world.lost}.items():
        if digest not in there:
            for machine in world.machines:
                with machine.process.disk_store.read() as uow:
                    copy = uow.received.get(one.station, one.epoch, one.seq)
                if copy and copy.entry.hash == digest and copy.entry.body:
                    yield copy.entry


def _withheld(world):
    """Tell whether the centre was given an entry without its body: what follows from it is known at one station only."""
    return any(one.body is None for code in world.office.codes for one in world.office.journal(code))


def entry_of(stored):
    """Return an entry at the centre as one of a journal."""
    return stored.entry() if hasattr(stored, "entry") else stored
