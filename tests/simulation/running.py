"""Plays one seed from its beginning to the check of every invariant."""

from contextlib import closing, contextmanager
from functools import partial

from tests.simulation.invariants import check
from tests.simulation.postgres_office import PostgresOffice
from tests.simulation.real_centre import RealCentre
from tests.simulation.remembering import remembering
from tests.simulation.world import STEPS, World


def play(seed, *, steps=STEPS, encrypted=0, tell=None, **more):
    """Play a seed and return its world; AssertionError says which promise was broken."""
    with remembering():
        world = World(seed, encrypted=encrypted, tell=tell, **more)
        try:
            world.run(steps)
            check(world)
        finally:
            world.close()
    return world


@contextmanager
def on_postgres(server, plant=None):
    """Give what lets seeds be played with the real SQL on a running server."""
    with closing(RealCentre(server, plant)) as centre:
        yield {"office": partial(PostgresOffice, centre)}
