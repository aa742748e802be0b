"""The counter as a state machine, for as many sequences of commands as there is time.

    nice .venv/bin/python -m tests.campaigns.machine --sequences 500 --steps 60
    nice .venv/bin/python -m tests.campaigns.machine --store memory --seed 7

A sequence that breaks a promise is made as short as possible and printed; the exit code is 1 then. The rules and what
is held against them are told in ``tests.reliability.machine`` and ``law``.
"""

import argparse
import sys
import time
import traceback

from hypothesis import HealthCheck, settings
from hypothesis import seed as seeded
from hypothesis.stateful import run_state_machine_as_test

from tests.reliability.machine import CounterMachine, EncryptedMachine, MemoryMachine

MACHINES: dict[str, type[CounterMachine]] = {"encrypted": EncryptedMachine, "memory": MemoryMachine}


def main() -> int:
    """Run the campaign that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--store", choices=MACHINES, default="encrypted")
    parser.add_argument("--sequences", type=int, default=500)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    called = parser.parse_args()
    wanted = settings(
        max_examples=called.sequences,
        stateful_step_count=called.steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    machine = MACHINES[called.store]
    began = time.monotonic()
    try:
        run_state_machine_as_test(seeded(called.seed)(machine), settings=wanted)
        broken = False
    except AssertionError:
        traceback.print_exc()
        broken = True
    print(f"{called.sequences} sequences of at most {called.steps} commands, {called.store} store, seed {called.seed}")
    print(f"{sum(machine.kinds.values())} facts in {time.monotonic() - began:.0f} s")
    print(", ".join(f"{kind} {count}" for kind, count in machine.kinds.most_common()))
    print("PROMISE BROKEN" if broken else "no promise was broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
