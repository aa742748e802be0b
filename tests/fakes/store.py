"""A store in memory whose views are folded anew at every read: slow, obvious, and the model of the real one."""

import threading
from copy import copy
from dataclasses import dataclass, field

from app.services.errors import StoreBusy
from app.services.ports import SyncState
from app.services.progress import silent
from tests.fakes.blanks import MemoryBlanks
from tests.fakes.directory import MemoryDirectory
from tests.fakes.folding import fold_anew
from tests.fakes.journal import MemoryJournal, MemoryNumbers
from tests.fakes.keeping import (
    MemoryAccounts,
    MemoryBlobs,
    MemoryDrafts,
    MemoryFormDrafts,
    MemoryItems,
    MemoryPreferences,
)
from tests.fakes.outbox import MemoryOutbox
from tests.fakes.received import MemoryReceived
from tests.fakes.views import MemoryViews

PATIENCE_S = 0.05


@dataclass
class State:
    """Everything that a transaction can change; a copy of it is a transaction."""

    entries: list = field(default_factory=list)
    drafts: dict = field(default_factory=dict)
    form_drafts: dict = field(default_factory=dict)
    blobs: dict = field(default_factory=dict)
    strays: dict = field(default_factory=dict)
    items: dict = field(default_factory=dict)
    accounts: dict = field(default_factory=dict)
    preferences: dict = field(default_factory=dict)
    received: list = field(default_factory=list)
    aside: dict = field(default_factory=dict)
    confirmations: dict = field(default_factory=dict)
    uploads: dict = field(default_factory=dict)
    stations: dict = field(default_factory=dict)
    bulletins: dict = field(default_factory=dict)
    left_bulletins: dict = field(default_factory=dict)
    sync: SyncState | None = None

    def copy(self):
        return State(**{name: copy(value) for name, value in vars(self).items()})


class MemoryStore:
    """Implements the port ``Store``."""

    def __init__(self, pinyin):
        self.state = State()
        self.lock = threading.Lock()
        self._pinyin = pinyin

    def write(self):
        return MemoryWork(self, writes=True)

    def read(self):
        return MemoryWork(self, writes=False)

    @property
    def views(self):
        return MemoryViews(self, self._pinyin)

    def rebuild_views(self, tell=silent):
        return built_again(self.state, tell)

    def check_pages(self):
        """Have no pages."""

    def close(self):
        """Hold nothing open."""


class MemoryWork:
    """Implements the port ``UnitOfWork``, with every part of it in one class."""

    def __init__(self, store, *, writes):
        self._store = store
        self._writes = writes

    def __enter__(self):
        if self._writes and not self._store.lock.acquire(timeout=PATIENCE_S):
            raise StoreBusy
        self._state = self._store.state.copy()
        self.journal = MemoryJournal(self._state)
        self.numbers = MemoryNumbers(self._state)
        self.blanks = MemoryBlanks(self._state)
        self.drafts = MemoryDrafts(self._state)
        self.form_drafts = MemoryFormDrafts(self._state)
        self.blobs = MemoryBlobs(self._state)
        self.items = MemoryItems(self._state)
        self.accounts = MemoryAccounts(self._state)
        self.preferences = MemoryPreferences(self._state)
        self.received = MemoryReceived(self._state)
        self.outbox = MemoryOutbox(self._state)
        self.directory = MemoryDirectory(self._state)
        return self

    def __exit__(self, *_error):
        if self._writes:
            self._store.lock.release()

    def commit(self):
        self._store.state = self._state.copy()

    def rebuild_views(self, tell=silent):
        return built_again(self._state, tell)


def built_again(state, tell):
    fold_anew(state)
    tell(len(state.entries), len(state.entries))
    return len(state.entries)
