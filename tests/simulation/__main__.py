"""Runs seeds of the simulation.

nice python -m tests.simulation --seeds 10000
python -m tests.simulation --seed 4711 --trace
python -m tests.simulation --seeds 100 --encrypted 1
python -m tests.simulation --seeds 100 --sql
python -m tests.simulation --seeds 1000 --plant receiving
"""

import argparse
import sys
import time
import traceback
from contextlib import ExitStack
from functools import partial

from tests.central.server import running_server
from tests.simulation.faults import FAULTS
from tests.simulation.running import on_postgres, play
from tests.simulation.world import STEPS


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=200, help="how many")
    parser.add_argument("--first", type=int, default=1, help="the first of them")
    parser.add_argument("--seed", type=int, help="this one alone")
    parser.add_argument(
        "--steps", type=int, default=STEPS, help="before the network heals, those on the way not counted"
    )
    parser.add_argument("--encrypted", type=int, default=0, help="how many stations have the real store")
    parser.add_argument("--sql", action="store_true", help="the centre's real SQL instead of the one in memory")
    parser.add_argument("--plant", choices=FAULTS, help="put a fault in and stop at the seed that finds it")
    parser.add_argument("--trace", action="store_true", help="say everything that happens")
    called = parser.parse_args()
    seeds = [called.seed] if called.seed is not None else range(called.first, called.first + called.seeds)
    more = {"steps": called.steps, "encrypted": called.encrypted, "tell": print if called.trace else None}
    with ExitStack() as stack:
        plant = stack.enter_context(FAULTS[called.plant or ""]())
        if called.sql:
            more |= stack.enter_context(on_postgres(stack.enter_context(running_server()), plant))
        return run(partial(play, **more), seeds, called)


def run(one, seeds, called):
    """Play all seeds, or up to the first that fails where a fault was planted; return the exit code."""
    began, steps, failed = time.monotonic(), 0, []
    for seed in seeds:
        try:
            steps += one(seed).steps
        except Exception as error:  # noqa: BLE001  whatever breaks, the seed did it
            failed.append(seed)
            print(f"seed {seed}: {type(error).__name__}: {error}")
            if called.trace:
                traceback.print_exc()
            if called.plant:
                print(f"found by seed {seed}, after {steps} steps of earlier seeds")
                return 0
    took = time.monotonic() - began
    print(f"{len(seeds)} seeds, {steps} steps, {took:.0f} s, {len(failed)} failed {failed[:50]}")
    return 1 if failed or called.plant else 0


if __name__ == "__main__":
    sys.exit(main())
