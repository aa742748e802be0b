"""The world of one seed: stations, their lines, their centre, time – and the one chance that decides what happens next.

Whatever is chosen is said, so that a seed that fails can be read. While a call to the centre is on its way others may
act (``meanwhile``): so rounds of several stations, and of copies of one, interleave at every call.
"""

import itertools
import random
import shutil
import tempfile
from pathlib import Path

from app.services.errors import CentralUnavailable, ServiceError
from app.services.sync_bulletins import BROKEN
from tests.fakes.fuse import PowerCut
from tests.simulation import mishaps
from tests.simulation.disks import EncryptedDisk, MemoryDisk
from tests.simulation.exchanges import hand_over_to, part
from tests.simulation.happenings import HAPPENINGS
from tests.simulation.link import Link
from tests.simulation.machine import Machine
from tests.simulation.numbers import short
from tests.simulation.offices import MemoryOffice
from tests.simulation.set_apart import all_of
from tests.support import MONDAY

CODES = ("000731", "000732", "000733", "000734")
STEPS = 70
MEANWHILE_CHANCE = 0.12
MOST_NESTED = 2
ROUNDS_TO_CONVERGE = 8


class World:
    """Everything of one seed; ``run`` plays it and lets the network heal at the end."""

    def __init__(self, seed, *, office=MemoryOffice, at=MONDAY, encrypted=0, tell=None):
        self.seed = seed
        self.chance = random.Random(seed)
        self.now = at
        self.steps = 0
        self.is_healed = False
        self.late = []
        self.cases = []
        self.holders = {}
        self.lost = {}
        """Hash → entry of what no disk had any more after something was restored."""
        self.forgetful = set()
        """Codes of stations that may act on a case without knowing what they did to it: restored, or on two machines."""
        self.wrong_days = set()
        """Codes of stations with the days, not the true ones, on which they took cases in."""
        self.restores = 0
        """How often the centre was restored, which cuts every link to it."""
        self.centre_backups = []
        self.sticks = []
        self.stick_names = itertools.count()
        """Others may write a stick while one is written: images are fetched for it."""
        self._depth = 0
        self._tell = tell
        codes = CODES[: self.chance.randint(2, len(CODES))]
        self.office = office(codes, at)
        self.folder = Path(tempfile.mkdtemp(prefix="lideng-sim-"))
        """Where sticks and encrypted stores are."""
        self.machines = []
        for place, code in enumerate(codes):
            disk = EncryptedDisk(code, self.folder) if place < encrypted else MemoryDisk(code)
            self.machines.append(Machine(self, code, disk))

    def say(self, text):
        if self._tell:
            self._tell(f"{self.steps:4} {'   ' * self._depth}{text}")

    # --- what happens ------------------------------------------------------------------------------------------

    def run(self, steps=STEPS):
        self.office.watch()
        for _ in range(steps):
            self.step()
        self.heal()

    def step(self):
        """Let the next thing happen."""
        self.steps += 1
        happening = self.chance.choices(list(HAPPENINGS), list(HAPPENINGS.values()))[0]
        happening(self, self.chance.choice(self.machines))

    def meanwhile(self, chance=MEANWHILE_CHANCE):
        """Let others do something while a call is on its way."""
        while not self.is_healed and self._depth < MOST_NESTED and self.chance.random() < chance:
            self._depth += 1
            try:
                self.step()
            finally:
                self._depth -= 1

    def rush(self):
        """Let all others sync while one waits for its commit: what two transactions do at once shows only then.

        One of them looks last into its inbox, into which the others have just put something.
        """
        if self.is_healed or self._depth >= MOST_NESTED:
            return
        self._depth += 1
        reader = self.chance.choice(self.office.codes)
        try:
            others = self.chance.sample(self.machines, len(self.machines))
            for machine in sorted(others, key=lambda one: one.code == reader):
                if machine.code != reader:
                    hand_over_to(self, machine, reader)
                self.sync(machine)
        finally:
            self._depth -= 1

    def connect(self, process):
        return Link(self, process, self.office.connect(process.machine.code))

    def running(self, machine, what):
        """Do something with the program of a machine that runs; start it again when the power is cut in it."""
        process = machine.process
        try:
            return what(process)
        except PowerCut:
            if machine.process is process:
                machine.say("power cut; started again")
                machine.start()
            return None

    def sync(self, machine):
        self.running(machine, lambda process: self._sync_of(machine, process))

    def _sync_of(self, machine, process):
        if process.in_round:
            return
        process.in_round = True
        machine.say("sync begins")
        try:
            machine.result = process.sync.run()
        finally:
            process.in_round = False
        ensure_no_fault(machine)
        machine.say(f"sync {told(machine.result)}")

    def pass_by(self, time):
        self.now += time
        self.office.pass_by(time)
        for machine in self.machines:
            machine.clock.pass_by(time)

    def at_centre(self):
        """Return the hashes of all entries that the centre has whole, or word for word in others."""
        entries = [one for code in self.office.codes for one in self.office.journal(code)]
        return {one.hash for one in all_of(entries) if one.body is not None}

    # --- the end -----------------------------------------------------------------------------------------------

    def heal(self):
        """Let every line work, deliver what is still on its way, and sync until nothing moves any more."""
        self.say("the network heals")
        while self.late:
            mishaps.late_call_arrives(self, None)
        self.is_healed = True
        for machine in self.machines:
            machine.steps_to_live = 0
        self._come_to_rest()
        for machine in self.machines:
            if machine.is_forked():  # in turn: whoever has parted, the other one of them is told the next time
                self.pass_by(mishaps.NEW_DISK)
                part(self, machine)
                self._come_to_rest()

    def _come_to_rest(self):
        for _ in range(ROUNDS_TO_CONVERGE):
            self.office.watch()
            moved = [self._round(machine) for machine in self.machines]
            if not any(moved):
                break
        else:
            raise AssertionError("the stations do not come to rest")
        for machine in self.machines:
            machine.has_given_all |= not machine.is_forked()

    def _round(self, machine):
        self.sync(machine)
        result = machine.result
        assert result is not None, f"{machine.name} did not sync"
        if isinstance(result.error, CentralUnavailable):
            return 1  # a link that was cut before
        return result.pushed + result.received + result.read_back + result.bulletins + result.images

    def close(self):
        for machine in self.machines:
            machine.process.end()
            machine.disk.remove()
        self.office.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def ensure_no_fault(machine):
    """Raise AssertionError when a round met something that no service tells of: a fault of the program."""
    for one in machine.result.failures:
        is_told = one.error is None or isinstance(one.error, ServiceError)
        assert is_told, f"{machine.name}: {one.step} ended with {one.error!r}"
        assert one.reason != BROKEN, f"{machine.name}: a sound bulletin of {one.item} could not be used"


def told(result):
    """Return one line on what a round did."""
    done = {
        name: getattr(result, name)
        for name in ("pushed", "read_back", "set_aside", "received", "bulletins", "images")
        if getattr(result, name)
    }
    failures = [
        f"{one.step}: {one.reason} {short(one.item) if len(one.item) == 20 else one.item}" for one in result.failures
    ]
    return f"{result.contact} {done or ''} {'; '.join(failures)}".rstrip()
