"""Removes page images that nothing names any more: those of drafts and forms that were discarded.

An image is removed only after nobody has named it for ``GRACE``. A page is in the store before its draft or form is, a
discarded draft comes back with one key, another window may have taken an image up a moment ago: whoever keeps it again
takes its mark away. What is looked for is read beside every writer; the store is held for a few images at a time.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from app.domain.facts import read_fact
from app.services.ports import Store, UnitOfWork
from app.services.recording import Recorder
from app.services.sync_images import images_of

GRACE = timedelta(days=7)
MOST = 1000
"""Images that are removed at the most in one go; the rest has time."""
AT_ONCE = 20
PAGE = 200


class SweepingService:
    """One method, to be called beside the window at a quiet moment."""

    def __init__(self, store: Store, recorder: Recorder) -> None:
        self._store = store
        self._recorder = recorder

    def sweep(self) -> int:
        """Mark what nothing names, remove what has been marked for long enough, and return how many were removed."""
        now = self._recorder.now()
        with self._store.read() as uow:
            marked = uow.blobs.marked()
            unnamed = set(uow.blobs.unnamed()) - _named_by_waiting(uow)
        with self._store.write() as uow:
            uow.blobs.mark(unnamed - marked.keys(), now)
            uow.blobs.unmark(marked.keys() - unnamed)
            uow.commit()
        due = sorted(digest for digest, since in marked.items() if digest in unnamed and since <= now - GRACE)
        return sum(self._remove(due[begin : begin + AT_ONCE]) for begin in range(0, min(len(due), MOST), AT_ONCE))

    def _remove(self, digests: Sequence[str]) -> int:
        """Remove those of ``digests`` that are still marked and that nothing has named meanwhile."""
        with self._store.write() as uow:
            removed = uow.blobs.drop_marked(digests)
            uow.commit()
        return removed


def _named_by_waiting(uow: UnitOfWork) -> set[str]:
    """Return the images of entries that came on a stick and wait: no view has them yet."""
    named: set[str] = set()
    after = 0
    while waiting := uow.received.waiting(after, PAGE):
        for one in waiting:
            with suppress(LookupError, ValueError, TypeError, AttributeError):
                named.update(images_of(read_fact(one.entry.read())))
        after = waiting[-1].place
    return named
