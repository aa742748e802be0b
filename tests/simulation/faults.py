"""Faults that are put in on purpose, to see that the simulation finds them.

Each is a block inside which the fault is there; it gives what changes a real centre's database, if it needs that.
"""

from contextlib import contextmanager, nullcontext
from dataclasses import replace
from unittest.mock import patch

from app.domain.facts import NumbersSkipped
from app.services import epochs, recording, sync_pushing, sync_quarantine, sync_reading_back, sync_receiving
from app.services.ports import MOST_ENTRIES
from app.services.sync_pushing import Pushing
from app.services.sync_receiving import Receiving
from tests.fakes.central import MemoryCentral
from tests.fakes.centre_custody import Custody
from tests.fakes.folding import Kept
from tests.fakes.received import MemoryReceived
from tests.simulation.machine import Machine


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
    deliver, last = "update core.inbox_head", "(select coalesce(max(r.n), 0) from core.inbox r where r.station = me)"
    for name in ("core.deliver", "core.deliver_batch"):
        body = _body(centre, name)
        update = body[body.index(deliver) : body.index(";", body.index(deliver))]
        _replace(centre, name, {"for update": "", update: "select true into found from (select) r"})
    _replace(centre, "core.lock_inboxes", {"for update": ""})
    _replace(centre, "api.hello", {"i.last_n": last})
    centre.execute(
        "create sequence core.planted; grant usage on sequence core.planted to public;"
        " create function core.numbered() returns trigger language plpgsql as"
        " $$ begin new.n := nextval('core.planted'); return new; end $$;"
        " create trigger numbered before insert on core.inbox for each row execute function core.numbered()"
    )


def _replace(centre, name, changes):
    body = _body(centre, name)
    for old, new in changes.items():
        assert old in body, (name, old)
        body = body.replace(old, new)
    centre.execute(body)


def _body(centre, name):
    return centre.rows(f"select pg_get_functiondef('{name}'::regproc)")[0][0]


@contextmanager
def place_before_entries():
    """The place in the inbox is kept in a transaction of its own, before what stands there."""

    def pull(receiving, round_):
        with receiving._store.read() as uow:
            known = uow.outbox.state().inbox
        first = round_.central.pull(known, MOST_ENTRIES).entries
        if first:
            with receiving._store.write() as uow:
                uow.outbox.save(replace(uow.outbox.state(), inbox=first[-1].place))
                uow.commit()
            with receiving._store.write() as uow:
                round_.add("received", receiving.take(uow, ((one.entry, one.received_at) for one in first)))
                uow.commit()
        real(receiving, round_)

    real = Receiving.pull
    with patch.object(Receiving, "pull", pull):
        yield None


@contextmanager
def no_look_behind():
    """Own entries that came to the centre behind a restored counter's back are not looked for."""
    with patch.object(Pushing, "look_behind", lambda _pushing, _round: None):
        yield None


@contextmanager
def lost_answers_unasked():
    """When the answer to a push was lost, nobody asks what was set aside of it."""

    with patch.object(sync_pushing, "look_at_quarantine", lambda _store, _round: None):
        yield None


@contextmanager
def own_order():
    """Entries of others stand where they came, also when own ones were lost and read back."""

    def nothing(_uow, _case):
        """Leave them where they stand."""

    with (
        patch.object(sync_receiving, "settle", nothing),
        patch.object(sync_quarantine, "settle_read_back", nothing),
        patch.object(sync_reading_back, "settle_read_back", nothing),
    ):
        yield None


@contextmanager
def numbers_used_again():
    """A restored counter goes on with the number after its backup's last."""
    with patch.object(epochs, "numbers_skipped", lambda now, _given: NumbersSkipped(now.date(), 0, now.year, 0)):
        yield None


@contextmanager
def epochs_one_by_one():
    """Every restore begins the epoch after its backup's last."""
    with patch.object(epochs, "LAST_BY_CLOCK", 1), patch.object(Machine, "latest_epoch", lambda _machine: 0):
        yield None


@contextmanager
def nothing_let_in():
    """The centre never looks again at what came too early."""
    with patch.object(Custody, "let_in", lambda _custody, _case: None):
        yield None


@contextmanager
def anybody_may():
    """A counter lets act on a case whoever holds it."""
    with patch.object(recording, "ensure_held", lambda _case, _station: None):
        yield None


@contextmanager
def images_told_unsent():
    """A counter notes an image as sent before the centre has all of it."""
    with patch.object(MemoryCentral, "put_blob", lambda *_given: True):
        yield None


FAULTS = {
    "": lambda: nullcontext(None),
    "receiving": receiving_twice,
    "fork": push_without_fork_check,
    "sequence": inbox_by_sequence,
    "place": place_before_entries,
    "behind": no_look_behind,
    "answers": lost_answers_unasked,
    "order": own_order,
    "numbers": numbers_used_again,
    "epochs": epochs_one_by_one,
    "let in": nothing_let_in,
    "anybody": anybody_may,
    "images": images_told_unsent,
}
