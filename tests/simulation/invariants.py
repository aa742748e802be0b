"""What must hold of a world after its network has healed, whatever happened to it before."""

import hashlib
from collections import Counter

from app.domain.case import Case
from app.domain.clock import parse_stamp
from app.domain.facts import read_fact
from app.domain.journal import FIRST_PREV, ChainBroken, checked
from app.security.keys import verify
from app.services.directories import TOPIC, read_directory
from app.services.errors import NotFound
from app.services.ports import Aside, Waits
from app.services.recording import load_case
from tests.fakes.folding import images_of
from tests.simulation.broken_off import broken_off, place_of
from tests.simulation.numbers import numbers_in
from tests.simulation.papers import MANY, papers_are_final
from tests.simulation.set_apart import all_of, entry_of


def check(world):
    """Raise AssertionError with a sentence that says what is broken, and where."""
    for machine in world.machines:
        _chain_is_valid(machine)
        _forks_only_where_it_may(world, machine)
        _told_is_there(world, machine)
        _views_are_what_rebuild_makes(machine)
    for code in world.office.codes:
        _centre_chain_is_valid(world, code)
        _no_number_twice(world, code)
        _inbox_is_complete_and_in_order(world, code)
    _custody_holds(world)
    for machine in world.machines:
        if not machine.is_forked() and not is_apart(world, machine):
            _has_converged(world, machine)
            _cases_are_as_at_the_centre(world, machine)
            papers_are_final(world, machine)
    _nothing_is_set_aside_without_cause(world)


# --- each machine -----------------------------------------------------------------------------------------------


def _chain_is_valid(machine):
    with machine.process.disk_store.read() as uow:
        try:
            for _entry in checked(uow.journal.entries(), verify):
                """Check each."""
        except ChainBroken as broken:
            raise AssertionError(f"{machine.name}: the chain is broken, {broken}") from broken


def _forks_only_where_it_may(world, machine):
    may = machine.may_fork or _lacks_a_body(world, machine) or is_apart(world, machine)
    assert may or not machine.is_forked(), f"{machine.name} is told of a fork that nobody made"


def _lacks_a_body(world, machine):
    """Tell whether the chain cannot be given to the centre again: a body that it never had went with a disk."""
    there = {one.hash for one in world.office.journal(machine.code)}
    return any(not one.body and one.hash not in there for one in machine.own_chain())


def is_apart(world, machine):
    """Tell whether a later epoch of the station has overtaken entries here at a centre that was restored and forgot them.

    It takes nothing of an epoch that has ended, and the machine may even not be told, when the centre's head is known to
    it. Only a station that was restored or copied gets there; what the machine has stays with it.
    """
    journal = world.office.journal(machine.code)
    there, last = {one.hash for one in journal}, journal[-1].epoch if journal else 0
    is_overtaken = any(one.hash not in there and one.epoch < last for one in machine.own_chain())
    return is_overtaken and world.restores > 0 and machine.code in world.forgetful


def _told_is_there(world, machine):
    """What was said to be done is in the journal, and at the centre, unless every disk that had it is gone.

    A machine that parted from its twin keeps it word for word in later entries, and the centre has those.
    """
    chain = machine.own_chain()
    here = {one.hash for one in all_of(chain)}
    there = {one.hash for one in world.office.journal(machine.code)}
    twins = [one for one in world.machines if one.code == machine.code and one is not machine]
    sent = [one for any_of in (machine, *twins) for one in any_of.own_chain() if one.hash in there]
    there |= {one.hash for one in all_of(sent)}
    goes_on = not machine.is_forked() and not is_apart(world, machine)
    apart = {
        one.hash for twin in twins if twin.is_forked() or is_apart(world, twin) for one in all_of(twin.own_chain())
    }
    for digest, place in machine.told.items():
        is_kept = digest in here or digest in world.lost or digest in apart or (not goes_on and digest in there)
        assert is_kept, f"{machine.name}: {place} was told to be done and is gone"
        if digest in here and machine.has_given_all and not is_apart(world, machine):
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
    """What is at the centre has each number once, together with what was told and lost with a disk.

    Two machines of one station do not know of each other's numbers, whatever the program does; each has its own once. A
    restore does not know of numbers either that a PC gave whose clock was days ahead; it skips those of the true day.
    """
    journal = world.office.journal(code)
    machines = [machine for machine in world.machines if machine.code == code]
    used = [[entry_of(one) for one in journal]]
    if len(machines) > 1:
        used = [{one.hash: one for one in all_of(machine.journal())}.values() for machine in machines]
    else:
        there = {one.hash for one in journal}
        used[0] += [entry_of(one) for one in world.lost.values() if one.station == code and one.hash not in there]
    twice = [number for entries in used for number, times in Counter(numbers_in(entries)).items() if times > 1]
    if code in world.forgetful:
        twice = [number for number in twice if (code, number[:8]) not in world.wrong_days]
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
    """Only a station that may have forgotten what it did breaks custody, or one whose case is broken off.

    Or one that noted something on a case which it knows from a stick, and which was never handed to it.
    """
    broken, sticks = broken_off(world), {stick.number for stick in world.sticks}
    aside = [
        (code, one.epoch, one.seq)
        for code in set(world.office.codes) - world.forgetful
        for one in world.office.journal(code)
        if one.quarantined and (number := entry_of(one).read()["case"]) not in broken
        if one.quarantined != "not_a_party" or number not in sticks
    ]
    assert not aside, f"{aside} were set aside although their stations forgot nothing"


# --- all together -----------------------------------------------------------------------------------------------


def _has_converged(world, machine):
    failed = [one.reason for one in machine.result.failures if one.error]
    assert not failed, f"{machine.name}: the last round failed with {failed}"
    with machine.process.disk_store.read() as uow:
        head = uow.outbox.state().head
        waiting = [one for one in uow.received.waiting(0, MANY) if one.entry.body]
        aside = {(one.epoch, one.seq): one.reason for one in uow.outbox.aside(MANY) if one.kind is Aside.QUARANTINED}
        absent = [place for place in world.office.inbox(machine.code) if uow.received.get(*place) is None]
        images, _bytes = uow.outbox.count_images()
    at_centre = world.office.journal(machine.code)
    mine, theirs = [one.hash for one in machine.own_chain()], [one.hash for one in at_centre]
    assert mine == theirs, f"{machine.name}: has {len(mine)} own entries, the centre {len(theirs)}"
    assert (head.epoch, head.seq) == (at_centre[-1].epoch, at_centre[-1].seq), f"{machine.name}: the head is another"
    assert not absent, f"{machine.name}: {absent} of the inbox are not here"
    assert not images, f"{machine.name}: {images} images never came to the centre"
    _images_are_at_the_centre(world, machine)
    _directory_is_the_newest(world, machine)
    broken = broken_off(world) | _unread(world, machine)
    stuck = [
        (one.entry.station, one.entry.epoch, one.entry.seq, str(one.waits))
        for one in waiting
        if one.entry.read()["case"] not in broken
    ]
    assert not stuck, f"{machine.name}: {stuck} wait for ever"
    set_aside = {(one.epoch, one.seq): one.quarantined for one in at_centre if one.quarantined}
    assert set_aside == aside, f"{machine.name}: was told that {aside} were set aside, and {set_aside} are"


def _directory_is_the_newest(world, machine):
    payload, _published_at = world.office.published()
    with machine.process.disk_store.read() as uow:
        here = uow.directory.everyone()
    there = sorted(read_directory(payload), key=lambda one: one.code)
    is_newest = here == there or _holds_a_forgotten_list(world, machine)
    assert is_newest, f"{machine.name}: has an older list of stations than the centre"


def _holds_a_forgotten_list(world, machine):
    """Tell whether the centre published a list later and forgot it: it was restored more than once. It stands until the next one."""
    with machine.process.disk_store.read() as uow:
        _version, taken_at = uow.directory.taken_in(TOPIC)
    return world.restores > 1 and taken_at > world.office.published()[1]


def _unread(world, machine):
    """Return the cases of which something waits for a key that a forgotten list lacks."""
    with machine.process.disk_store.read() as uow:
        waiting = uow.received.waiting(0, MANY)
    cases = {one.entry.read()["case"] for one in waiting if one.waits is Waits.KEY and one.entry.body}
    return cases if _holds_a_forgotten_list(world, machine) else set()


def _images_are_at_the_centre(world, machine):
    wanted = set()
    with machine.process.disk_store.read() as uow:
        for number, folder in world.office.folders().items():
            if machine.code in folder.parties:
                for entry in uow.outbox.of_case(number):
                    wanted |= {digest for digest in images_of(read_fact(entry.read())) if _is_here(uow, digest)}
    digests = [bytes.fromhex(one) for one in sorted(wanted)]
    absent = set(digests) - world.office.connect(machine.code).confirmed_blobs(digests)
    assert not absent, f"{machine.name}: {len(absent)} images are not at the centre"


def _is_here(uow, digest):
    try:
        return bool(uow.blobs.get(digest))
    except NotFound:
        return False


def _cases_are_as_at_the_centre(world, machine):
    """A case is the same wherever it is known: the same entries, in one order of all that changed it, and so the same."""
    entries = {(code, one.epoch, one.seq): one for code in world.office.codes for one in world.office.journal(code)}
    broken = broken_off(world) | _unread(world, machine)
    for number, folder in world.office.folders().items():
        if machine.code not in folder.parties or number in broken:
            continue
        there = [entry_of(entries[place]) for place in folder.entries]
        with machine.process.disk_store.read() as uow:
            here, case = uow.journal.of_case(number), load_case(uow, number)
        name = f"{machine.name}: {number}"
        assert sorted(map(place_of, here)) == sorted(map(place_of, there)), f"{name} has not the entries of the centre"
        assert _moves(here) == _moves(there), f"{name} was changed in another order"
        assert case == _folded(number, there), f"{name} is not what its entries make of it"
        header = _moves(there)[-1].read()["header"]
        assert case.holder == header["holder"], f"{name} is held by {case.holder} here, by {header['holder']} there"
        if not folder.parties & world.forgetful:
            assert case.state.value == header["state"], f"{name} is {case.state} here, {header['state']} at the centre"


def _moves(entries):
    """Return those that change the case; notes of others may stand elsewhere between them."""
    return [one for one in entries if one.read()["header"]]


def _folded(number, entries):
    bodies = [one.read() for one in entries]
    return Case.of(number, [(read_fact(body), parse_stamp(body["at"])) for body in bodies])
