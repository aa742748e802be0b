"""What goes wrong in the simulation: lines, clocks, disks, power, copies, and the centre itself."""

from datetime import timedelta

from app.services.errors import ServiceError
from tests.simulation.machine import Machine
from tests.simulation.set_apart import all_of

NEW_DISK = timedelta(minutes=6)
"""Nobody puts a new disk in and gets a backup back in less; epochs and numbers that are skipped go by the time then."""

# --- time and lines ---------------------------------------------------------------------------------------------


def time_goes_by(world, _machine):
    time = timedelta(minutes=world.chance.choice((1, 20, 240, 1440, 4320)))
    world.say(f"{time} go by")
    world.pass_by(time)


def clock_is_set(world, machine):
    by = timedelta(minutes=world.chance.choice((-5, 5, 3000, -3000, 5_256_000, -5_256_000)))
    machine.say(f"clock set by {by}")
    machine.clock.set_wall(by)


def weather_turns(world, machine):
    machine.cut_chance = world.chance.choice((0.0, 0.0, 0.1, 0.3, 1.0))
    machine.say(f"line loses {machine.cut_chance:.0%}")


def late_call_arrives(world, _machine):
    if not world.late:
        return
    name, call, deliver = world.late.pop(world.chance.randrange(len(world.late)))
    try:
        deliver()
        world.say(f"{name}: late {call} arrives")
    except ServiceError as error:
        world.say(f"{name}: late {call} arrives and is refused ({type(error).__name__})")


# --- machines ---------------------------------------------------------------------------------------------------


def power_is_cut(world, machine):
    machine.steps_to_live = world.chance.randint(1, 25)
    machine.say(f"power will be cut in {machine.steps_to_live} steps")


def program_is_killed(_world, machine):
    machine.say("killed and started again")
    machine.start()


def back_up(_world, machine):
    machine.back_up()
    machine.say(f"backed up at {machine.backups[-1].head}")


def restore(world, machine):
    if not machine.backups:
        return
    backup = world.chance.choice(machine.backups)
    before = machine.own_chain()
    reads_disk = world.chance.random() < 0.5
    if not reads_disk:
        world.pass_by(NEW_DISK)
    machine.clock.set_wall(world.now - machine.clock.reading().wall)  # whoever restores looks at the clock
    machine.restore(backup, world.chance.randbytes(32), reads_disk=reads_disk)
    machine.say(f"restored from the backup of {backup.head}{'' if reads_disk else ' on a new disk'}")
    _note_lost(world, machine, before)
    world.forgetful.add(machine.code)


def restore_twice(world, machine):
    """Restore twice in the same minute, as whoever took the wrong backup does."""
    restore(world, machine)
    restore(world, machine)


def _note_lost(world, machine, before):
    kept = {one.hash for one in all_of(machine.own_chain())} | world.at_centre()
    gone = [one for one in all_of(before) if one.hash not in kept]
    world.lost.update({one.hash: one for one in gone})
    world.say(f"{len(gone)} entries are nowhere any more")


def machine_is_copied(world, machine):
    """Let a copy of a machine run by mistake."""
    if any(one.name.endswith("'") for one in world.machines):
        return
    machine.back_up()
    content = machine.backups.pop().content
    disk = type(machine.disk)(machine.code, *([world.folder] if machine.disk.is_real else []))
    disk.restore(content)
    twin = Machine(world, machine.code, disk, machine.key, f"{machine.code}'")
    twin.backups = list(machine.backups)
    machine.may_fork = twin.may_fork = True
    world.machines.append(twin)
    world.forgetful.add(machine.code)
    machine.say("copied by mistake")


# --- the centre -------------------------------------------------------------------------------------------------


def watch_looks(world, _machine):
    world.office.watch()
    world.say("the watch looks")


def forged_bulletin(world, _machine):
    world.office.forge()
    world.say("somebody publishes a forged bulletin")


def centre_backs_up(world, _machine):
    if world.office.holding:
        return
    world.centre_backups.append(world.office.backup())
    world.say("the centre backs up")


def centre_restored(world, _machine):
    if not world.centre_backups or world.office.holding:
        return
    before = {
        one.hash: one
        for code in world.office.codes
        for one in all_of(world.office.journal(code))
        if one.body is not None
    }
    world.office.restore(world.chance.choice(world.centre_backups))
    at_stations = {one.hash for machine in world.machines for one in all_of(machine.own_chain())}
    gone = before.keys() - world.at_centre() - at_stations
    world.lost.update({digest: before[digest] for digest in gone})
    world.restores += 1
    world.late.clear()
    world.say(f"the centre is restored; {len(gone)} entries are nowhere any more")
