"""Forms of acts that were left before they were done: kept like drafts, so that neither Esc nor a crash loses them.

They are no facts. What is kept are plain values; only the form knows what they mean.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from app.services.kept_pages import form_with_unseen, handed_of, joined, originals_of
from app.services.ports import FormDraft, Store
from app.services.recording import Recorder
from app.services.stacks import lay_aside


class FormDraftService:
    """Keeps what was filled in by what it is about – a case, a paper, a draft – and the form's name."""

    def __init__(self, store: Store, recorder: Recorder) -> None:
        self._store = store
        self._recorder = recorder

    def keep(self, about: str, form: str, filled: Mapping[str, Any], seen: Collection[str] | None = None) -> datetime:
        """Keep what was filled in so far and return the time at which it was saved.

        Where ``seen`` names the pages that the window has ever shown, others that came in beside it stay.
        """
        saved_at = self._recorder.now()
        with self._store.write() as uow:
            if seen is not None and (stored := uow.form_drafts.get(about, form)):
                filled = form_with_unseen(filled, stored.filled, seen)
            uow.form_drafts.save(FormDraft(about, form, filled, saved_at))
            uow.commit()
        return saved_at

    def find(self, about: str, form: str) -> FormDraft | None:
        """Return what was kept of a form, None when there is nothing."""
        with self._store.read() as uow:
            return uow.form_drafts.get(about, form)

    def begun(self, about: str) -> frozenset[str]:
        """Return the names of the forms that were begun about something and neither done nor dropped."""
        with self._store.read() as uow:
            return frozenset(uow.form_drafts.of(about))

    def finish(self, about: str, form: str, seen: Collection[str] | None = None) -> None:
        """Remove what was kept of a form that is done, and what its pages were made from.

        Where ``seen`` names the pages that the window has ever shown, others were not part of what was done: they go to
        the stack of what is yet to be sorted.
        """
        with self._store.write() as uow:
            kept = uow.form_drafts.get(about, form)
            handed = handed_of(kept.filled) if kept else {}
            uow.form_drafts.discard(about, form)
            if seen is not None:
                unseen = joined({}, handed, seen).values()
                lay_aside(uow, [page for one in unseen for page in one.pages], self._recorder.now())
            uow.blobs.drop(originals_of(handed))
            uow.commit()

    def drop(self, about: str, form: str) -> None:
        """Remove what was kept of a form that the clerk does not want any more."""
        with self._store.write() as uow:
            uow.form_drafts.discard(about, form)
            uow.commit()
