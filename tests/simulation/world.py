"""The world of one seed: stations, their lines, their centre, time – and the one chance that decides what happens next.

Whatever is chosen is said, so that a seed that fails can be read. While a call to the centre is on its way others may
act (``meanwhile``): so rounds of several stations, and of copies of one, interleave at every call.
"""

import random
import tempfile
from datetime import timedelta
from pathlib import Path

from app.services.errors import CentralUnavailable, ServiceError
from app.services.sync_bulletins import BROKEN
from tests.fakes.fuse import PowerCut
from tests.simulation.acts import go_on, take_in
from tests.simulation.disks import EncryptedDisk, MemoryDisk
from tests.simulation.link import Link
from tests.simulation.machine import Machine
from tests.simulation.offices import MemoryOffice
from tests.support import MONDAY

CODES = ("000731", "000732", "000733", "000734")
STEPS = 70
SECONDS_OF_AN_ACT = (20, 300)
NEW_DISK = timedelta(minutes=6)
"""Nobody puts a new disk in and gets a backup back in less; epochs and numbers that are skipped go by the time then."""
MEANWHILE_CHANCE = 0.12
MOST_NESTED = 2
ROUNDS_TO_CONVERGE = 8
WEIGHTS = {
    "act": 40,
    "sync": 26,
    "time": 7,
    "weather": 6,
    "watch": 5,
    "power": 5,
    "late": 5,
    "back up": 4,
    "restart": 2,
    "restore": 2,
    "restore twice": 0.5,
    "clock": 2,
    "centre backs up": 3,
    "centre restored": 2,
    "copy": 1,
    "forge": 0.5,
}


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
        self.misled = set()
        """Codes of stations that saw an act of theirs leave their views, which may have come back since."""
        self.wrong_days = set()
        """Codes of stations with the days, not the true ones, on which they took cases in."""
        self.restores = 0
        """How often the centre was restored, which cuts every link to it."""
        self._depth = 0
        self._tell = tell
        self._centre_backups = []
        codes = CODES[: self.chance.randint(2, len(CODES))]
        self.office = office(codes, at)
        self._folder = Path(tempfile.mkdtemp(prefix="lideng-sim-")) if encrypted else None
        self.machines = []
        for place, code in enumerate(codes):
            disk = EncryptedDisk(code, self._folder) if place < encrypted else MemoryDisk(code)
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
        kind = self.chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        machine = self.chance.choice(self.machines)
        {
            "act": self._act,
            "sync": self._sync,
            "time": self._time,
            "weather": self._weather,
            "watch": self._watch,
            "power": self._power,
            "late": self._late,
            "back up": self._back_up,
            "restart": self._restart,
            "restore": self._restore,
            "restore twice": self._restore_again,
            "clock": self._clock,
            "centre backs up": self._centre_backs_up,
            "centre restored": self._centre_restored,
            "copy": self._copy,
            "forge": self._forge,
        }[kind](machine)

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

        Those who have something to push come first, so that those who pull meet it.
        """
        if self.is_healed or self._depth >= MOST_NESTED:
            return
        self._depth += 1
        try:
            others = self.chance.sample(self.machines, len(self.machines))
            for machine in sorted(others, key=lambda one: not one.has_unsent()):
                self._sync(machine)
        finally:
            self._depth -= 1

    def connect(self, process):
        return Link(self, process, self.office.connect(process.machine.code))

    def _running(self, machine, what):
        """Do something with the program of a machine that runs; start it again when the power is cut in it."""
        process = machine.process
        try:
            return what(process)
        except PowerCut:
            if machine.process is process:
                machine.say("power cut; started again")
                machine.start()
            return None

    def _act(self, machine):
        self.pass_by(timedelta(seconds=self.chance.randint(*SECONDS_OF_AN_ACT)))
        self._running(machine, lambda process: self._act_of(machine, process))

    def _act_of(self, machine, process):
        if not self.cases or self.chance.random() < 0.3:
            number = take_in(process, self.chance)
            if number not in self.cases:
                self.cases.append(number)
            self.holders[number] = machine.code
            if number[:8] != f"{self.now:%Y%m%d}":
                self.wrong_days.add((machine.code, number[:8]))
            machine.say(f"took in {short(number)}")
        else:
            number = self._some_case(machine)
            others = [one for one in self.office.codes if one != machine.code]
            done = go_on(process, number, others, self.chance)
            if not done:
                return
            if done.startswith("hand over to ") and "refused" not in done:
                self.holders[number] = done.split()[3]
            machine.say(f"{short(number)} {done}")
        machine.note_told()

    def _some_case(self, machine):
        mine = [number for number in self.cases if self.holders[number] == machine.code]
        return self.chance.choice(mine if mine and self.chance.random() < 0.8 else self.cases)

    def _sync(self, machine):
        self._running(machine, lambda process: self._sync_of(machine, process))

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
        if machine.result.set_aside:
            self.misled.add(machine.code)
        machine.say(f"sync {told(machine.result)}")

    # --- time and lines ----------------------------------------------------------------------------------------

    def pass_by(self, time):
        self.now += time
        self.office.pass_by(time)
        for machine in self.machines:
            machine.clock.pass_by(time)

    def _time(self, _machine):
        time = timedelta(minutes=self.chance.choice((1, 20, 240, 1440, 4320)))
        self.say(f"{time} go by")
        self.pass_by(time)

    def _clock(self, machine):
        by = timedelta(minutes=self.chance.choice((-5, 5, 3000, -3000, 5_256_000, -5_256_000)))
        machine.say(f"clock set by {by}")
        machine.clock.set_wall(by)

    def _weather(self, machine):
        machine.cut_chance = self.chance.choice((0.0, 0.0, 0.1, 0.3, 1.0))
        machine.say(f"line loses {machine.cut_chance:.0%}")

    def _late(self, _machine):
        if not self.late:
            return
        name, call, deliver = self.late.pop(self.chance.randrange(len(self.late)))
        try:
            deliver()
            self.say(f"{name}: late {call} arrives")
        except ServiceError as error:
            self.say(f"{name}: late {call} arrives and is refused ({type(error).__name__})")

    # --- machines ----------------------------------------------------------------------------------------------

    def _power(self, machine):
        machine.steps_to_live = self.chance.randint(1, 25)
        machine.say(f"power will be cut in {machine.steps_to_live} steps")

    def _restart(self, machine):
        machine.say("killed and started again")
        machine.start()

    def _back_up(self, machine):
        machine.back_up()
        machine.say(f"backed up at {machine.backups[-1].head}")

    def _restore(self, machine):
        if not machine.backups:
            return
        backup = self.chance.choice(machine.backups)
        before = machine.own_chain()
        reads_disk = self.chance.random() < 0.5
        if not reads_disk:
            self.pass_by(NEW_DISK)
        machine.clock.set_wall(self.now - machine.clock.reading().wall)  # whoever restores looks at the clock
        machine.restore(backup, self.chance.randbytes(32), reads_disk=reads_disk)
        machine.say(f"restored from the backup of {backup.head}{'' if reads_disk else ' on a new disk'}")
        self._note_lost(machine, before)
        self.forgetful.add(machine.code)

    def _restore_again(self, machine):
        """Restore twice in the same minute, as whoever took the wrong backup does."""
        if machine.backups:
            self._restore(machine)
            self._restore(machine)

    def _note_lost(self, machine, before):
        kept = {one.hash for one in machine.own_chain()} | self._at_centre()
        gone = [one for one in before if one.hash not in kept]
        self.lost.update({one.hash: one for one in gone})
        self.say(f"{len(gone)} entries are nowhere any more")

    def _at_centre(self):
        """Return the hashes of all entries that the centre has whole."""
        return {one.hash for code in self.office.codes for one in self.office.journal(code) if one.body is not None}

    def _copy(self, machine):
        """Let a copy of a machine run by mistake."""
        if any(one.name.endswith("'") for one in self.machines):
            return
        machine.back_up()
        content = machine.backups.pop().content
        disk = type(machine.disk)(machine.code, *([self._folder] if self._folder and machine.disk.is_real else []))
        disk.restore(content)
        twin = Machine(self, machine.code, disk, machine.key, f"{machine.code}'")
        twin.backups = list(machine.backups)
        machine.may_fork = twin.may_fork = True
        self.machines.append(twin)
        self.forgetful.add(machine.code)
        machine.say("copied by mistake")

    # --- the centre --------------------------------------------------------------------------------------------

    def _watch(self, _machine):
        self.office.watch()
        self.say("the watch looks")

    def _forge(self, _machine):
        self.office.forge()
        self.say("somebody publishes a forged bulletin")

    def _centre_backs_up(self, _machine):
        if self.office.holding:
            return
        self._centre_backups.append(self.office.backup())
        self.say("the centre backs up")

    def _centre_restored(self, _machine):
        if not self._centre_backups or self.office.holding:
            return
        before = {
            one.hash: one for code in self.office.codes for one in self.office.journal(code) if one.body is not None
        }
        self.office.restore(self.chance.choice(self._centre_backups))
        at_stations = {one.hash for machine in self.machines for one in machine.own_chain()}
        gone = before.keys() - self._at_centre() - at_stations
        self.lost.update({digest: before[digest] for digest in gone})
        self.restores += 1
        self.late.clear()
        self.say(f"the centre is restored; {len(gone)} entries are nowhere any more")

    # --- the end -----------------------------------------------------------------------------------------------

    def heal(self):
        """Let every line work, deliver what is still on its way, and sync until nothing moves any more."""
        self.say("the network heals")
        while self.late:
            self._late(None)
        self.is_healed = True
        for machine in self.machines:
            machine.steps_to_live = 0
        for _ in range(ROUNDS_TO_CONVERGE):
            self.office.watch()
            moved = [self._round(machine) for machine in self.machines]
            if not any(moved):
                break
        else:
            raise AssertionError("the stations do not come to rest")

    def _round(self, machine):
        self._sync(machine)
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
        if self._folder:
            self._folder.rmdir()


def ensure_no_fault(machine):
    """Raise AssertionError when a round met something that no service tells of: a fault of the program."""
    for one in machine.result.failures:
        is_told = one.error is None or isinstance(one.error, ServiceError)
        assert is_told, f"{machine.name}: {one.step} ended with {one.error!r}"
        assert one.reason != BROKEN, f"{machine.name}: a sound bulletin of {one.item} could not be used"


def short(number):
    """Return a case number as the trace shows it: station and place of the day."""
    return f"case {number[6:8]}/{number[8:14]}/{number[14:]}"


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
