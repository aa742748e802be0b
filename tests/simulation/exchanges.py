"""What stations do with cases and with each other past the line: acts of clerks, sticks, and parting from a twin."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from app.domain.errors import BrokenRule
from app.domain.outcomes import HandOverPurpose
from app.services.errors import ImageElsewhere, Refused, ServiceError
from tests.simulation.acts import SHEN, enter_late, go_on, take_in
from tests.simulation.numbers import short

SECONDS_OF_AN_ACT = (20, 300)
CODE = "4821 9037 5516 2240"


@dataclass(frozen=True)
class Stick:
    """A case on its way in somebody's pocket."""

    path: Path
    number: str
    wanted_at: str
    """Code of the station that it was written for."""


def act(world, machine):
    world.pass_by(timedelta(seconds=world.chance.randint(*SECONDS_OF_AN_ACT)))
    world.running(machine, lambda process: _act_of(world, machine, process))


def _act_of(world, machine, process):
    if not world.cases or world.chance.random() < 0.3:
        number = enter_late(process, world.chance) or take_in(process, world.chance)
        _note_taken_in(world, machine, number)
    else:
        number = _some_case(world, machine)
        done = go_on(process, number, _others(world, machine), world.chance)
        if not done:
            return
        if done.startswith("hand over to ") and "refused" not in done:
            world.holders[number] = done.split()[3]
        machine.say(f"{short(number)} {done}")
    machine.note_told()


def _note_taken_in(world, machine, number):
    if number not in world.cases:
        world.cases.append(number)
    world.holders[number] = machine.code
    if number[:8] != f"{world.now:%Y%m%d}":
        world.wrong_days.add((machine.code, number[:8]))
    machine.say(f"took in {short(number)}")


def hand_over_to(world, machine, to):
    """Hand some case that is held here to a station."""
    mine = [number for number in world.cases if world.holders[number] == machine.code]
    if mine:
        world.running(machine, lambda process: _hand_over(world, machine, process, world.chance.choice(mine), to))


def _hand_over(world, machine, process, number, to):
    try:
        process.custody.hand_over(number, SHEN, to, f"窗口 {to}", HandOverPurpose.HANDLING, "移交办理")
    except (BrokenRule, Refused):
        return
    world.holders[number] = to
    machine.say(f"{short(number)} hand over to {to}")
    machine.note_told()


def _others(world, machine):
    return [one for one in world.office.codes if one != machine.code]


def _some_case(world, machine):
    mine = [number for number in world.cases if world.holders[number] == machine.code]
    return world.chance.choice(mine if mine and world.chance.random() < 0.8 else world.cases)


# --- sticks -----------------------------------------------------------------------------------------------------


def stick_goes_out(world, machine):
    """Write a case to a stick for another station, mostly one that is handed to it in the same minute."""
    if world.cases:
        world.running(machine, lambda process: _write_stick(world, machine, process))


def _write_stick(world, machine, process):
    number, to = _some_case(world, machine), world.chance.choice(_others(world, machine))
    try:
        if world.chance.random() < 0.8:
            _hand_over(world, machine, process, number, to)
        path = world.folder / f"{next(world.stick_names)}.lidengcase"
        process.case_files.export(number, path, SHEN, CODE)
    except (BrokenRule, Refused, ImageElsewhere) as error:
        machine.say(f"{short(number)} on a stick refused ({type(error).__name__})")
        return
    machine.note_told()
    world.sticks.append(Stick(path, number, to))
    machine.say(f"{short(number)} on a stick for {to}")


def stick_comes_in(world, machine):
    """Take a case in from a stick, mostly at the station that it was written for, perhaps again."""
    if not world.sticks:
        return
    stick = world.chance.choice(world.sticks[-3:])
    wanted = [one for one in world.machines if one.code == stick.wanted_at]
    if world.chance.random() < 0.8:
        machine = world.chance.choice(wanted)
    world.running(machine, lambda process: _read_stick(machine, process, stick))


def _read_stick(machine, process, stick):
    taken = process.case_files.take_in(stick.path, SHEN, CODE)
    machine.say(f"{short(stick.number)} from a stick: {taken.entries} new entries, {taken.waiting} wait")


# --- twins ------------------------------------------------------------------------------------------------------


def machine_parts(world, machine):
    """Let an administrator part a machine from the other one of its station, as he does when it is told of a fork."""
    twins = [one for one in world.machines if one.is_forked()] or [machine]
    part(world, world.chance.choice(twins))


def part(world, machine):
    world.running(machine, lambda process: _part_of(machine, process))


def _part_of(machine, process):
    try:
        parted = process.twins.part(SHEN, "两台电脑用了同一个窗口")
    except ServiceError as error:
        machine.say(f"does not part ({type(error).__name__})")
        return
    machine.say(
        f"parts: epoch {parted.epoch}, {parted.entries} entries set apart, {parted.drafts} drafts,"
        f" {len(parted.older)} older cases"
    )
