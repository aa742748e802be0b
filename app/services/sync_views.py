"""When what the centre said changes the past of a case: its views are marked stale and built again from the journal."""

from dataclasses import replace

from app.services.ports import Store, UnitOfWork


def mark_stale(uow: UnitOfWork) -> None:
    """Remember inside ``uow`` that the views are to be built again, however the program ends before that."""
    uow.outbox.save(replace(uow.outbox.state(), is_stale=True))


def rebuild_if_stale(store: Store) -> None:
    """Build the views again when the centre gave own entries back or set some aside."""
    with store.read() as uow:
        if not uow.outbox.state().is_stale:
            return
    with store.write() as uow:
        uow.rebuild_views()
        uow.outbox.save(replace(uow.outbox.state(), is_stale=False))
        uow.commit()
