"""Faults that are put in on purpose, to see that the simulation finds them.

Each is a block inside which the fault is there; it gives what changes a real centre's database, if it needs that.
"""

from contextlib import contextmanager, nullcontext
from unittest.mock import patch

from tests.fakes.central import MemoryCentral
from tests.fakes.syncing import Kept, MemoryReceived


@contextmanager
def receiving_twice():
    """Receiving is not idempotent: what comes again is taken in again."""

    def add(received, entry, received_at):
        received._state.received.append(Kept(received._next(), entry, received_at, "order" if entry.body else "body"))
        return True

    with patch.object(MemoryReceived, "add", add):
        yield None


@contextmanager
def push_without_fork_check():
    """The centre takes whatever it knows already for the same, whatever its hash is."""

    def check_chain(central, batch):
        head = central._state.heads.get(central.station)
        prev, fresh = batch.prev, []
        for seq, one in enumerate(batch.entries, start=batch.first_seq):
            if not central._state.journal.get((central.station, batch.epoch, seq)):
                if head and (batch.epoch, seq) <= (head.epoch, head.seq):
                    continue
                fresh.append(central._read(batch.epoch, seq, prev, one))
            prev = one.hash
        return fresh

    with patch.object(MemoryCentral, "_check_chain", check_chain):
        yield None


@contextmanager
def inbox_by_sequence():
    """Inboxes are numbered by a sequence instead of under a lock, so that a reader can skip a late commit. Needs --sql."""
    yield _number_by_sequence


def _number_by_sequence(centre):
    body = centre.execute("select pg_get_functiondef('core.deliver'::regproc)")[0][0]
    update = body.index("update core.inbox_head")
    changes = {
        "perform from core.inbox_head h where h.station = any (recipients) order by h.station for update;": "",
        "added as (": (
            "begun as materialized (select r.recipient, 1000 * nextval('core.planted') as n"
            " from (select distinct recipient from numbered) r), added as ("
        ),
        "h.last_n + b.place": "h.n + b.place",
        "from numbered b join core.inbox_head h on h.station = b.recipient": (
            "from numbered b join begun h on h.recipient = b.recipient"
        ),
        body[update : body.index(";", update)]: "select jsonb_build_array(count(*)) into newcomers from numbered",
    }
    for old, new in changes.items():
        assert old in body, old
        body = body.replace(old, new)
    centre.execute("create sequence if not exists core.planted; grant usage on sequence core.planted to public")
    centre.execute(body)


FAULTS = {
    "": lambda: nullcontext(None),
    "receiving": receiving_twice,
    "fork": push_without_fork_check,
    "sequence": inbox_by_sequence,
}
