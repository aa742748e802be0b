"""When what the centre said changes the past of a case: its views are marked stale and built again from the journal."""

from dataclasses import replace

from app.services.ports import Store, UnitOfWork
from app.services.progress import Tell, silent
from app.services.sync_report import SyncProgress, SyncStep
from app.services.sync_round import Round


def mark_stale(uow: UnitOfWork) -> None:
    """Remember inside ``uow`` that the views are to be built again, however the program ends before that."""
    uow.outbox.save(replace(uow.outbox.state(), is_stale=True))


def rebuild_if_stale(store: Store, round_: Round | None = None) -> None:
    """Build the views again when own entries came back or were set aside, or what was missing of a case came.

    Whoever writes meanwhile waits for it. A round that is stopped meanwhile leaves the views as they were, still stale.
    """
    with store.read() as uow:
        if not uow.outbox.state().is_stale:
            return
    with store.write() as uow:
        uow.rebuild_views(_telling(round_) if round_ else silent)
        uow.outbox.save(replace(uow.outbox.state(), is_stale=False))
        uow.commit()


def _telling(round_: Round) -> Tell:
    return lambda done, total: round_.go_on(SyncProgress(SyncStep.VIEWS, done, total))
