"""What may happen next, and how often: each is done to a world, at a machine."""

from tests.simulation import exchanges, mishaps


def sync(world, machine):
    world.sync(machine)


HAPPENINGS = {
    exchanges.act: 40,
    sync: 26,
    mishaps.time_goes_by: 7,
    mishaps.weather_turns: 6,
    mishaps.watch_looks: 5,
    mishaps.power_is_cut: 5,
    mishaps.late_call_arrives: 5,
    mishaps.back_up: 4,
    mishaps.program_is_killed: 2,
    mishaps.restore: 2,
    mishaps.restore_twice: 0.5,
    mishaps.clock_is_set: 2,
    mishaps.centre_backs_up: 3,
    mishaps.centre_restored: 2,
    mishaps.machine_is_copied: 1,
    mishaps.forged_bulletin: 0.5,
    exchanges.stick_goes_out: 3,
    exchanges.stick_comes_in: 3,
    exchanges.machine_parts: 2,
}
