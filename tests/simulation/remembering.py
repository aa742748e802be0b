"""Reads each entry once: the store in memory folds every view anew at each read, which is most of a seed's time.

Bodies are text that does not change and facts are frozen, so whoever reads one twice may be given the same again.
"""

import sys
from contextlib import contextmanager

from app.domain import facts
from app.domain.journal import Entry


@contextmanager
def remembering():
    """Let entries and facts that are read inside the block be read once."""
    read, read_fact = Entry.read, facts.read_fact
    bodies, known = {}, {}

    def read_once(entry):
        if entry.body not in bodies:
            bodies[entry.body] = read(entry)
        return bodies[entry.body]

    def read_fact_once(body):
        fact, of = known.get(id(body), (None, None))
        if of is not body:
            fact, of = known[id(body)] = (read_fact(body), body)
        return fact

    Entry.read = read_once
    _put_in_place(read_fact, read_fact_once)
    try:
        yield
    finally:
        Entry.read = read
        _put_in_place(read_fact_once, read_fact)


def _put_in_place(old, new):
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith(("app.", "tests.")) and vars(module).get("read_fact") is old:
            module.read_fact = new
