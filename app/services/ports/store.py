"""The encrypted store as a whole, and one transaction of it."""

from types import TracebackType
from typing import Protocol, Self

from app.services.ports.blanks import Blanks
from app.services.ports.directory import Directory
from app.services.ports.journal import Journal, Numbers
from app.services.ports.keeping import Accounts, Blobs, Drafts, FormDrafts, Items, Preferences
from app.services.ports.outbox import Outbox
from app.services.ports.received import Received
from app.services.ports.views import Views
from app.services.progress import Tell, silent


class UnitOfWork(Protocol):
    """One durable transaction; leaving the block without ``commit`` rolls everything back.

    Another writer is waited for; StoreBusy when it takes too long, DiskFull and ReadOnlyStore as the disk says.
    """

    @property
    def journal(self) -> Journal:
        """Return the journal."""
        ...

    @property
    def numbers(self) -> Numbers:
        """Return the numbers in use."""
        ...

    @property
    def blanks(self) -> Blanks:
        """Return the ledger of blank forms."""
        ...

    @property
    def drafts(self) -> Drafts:
        """Return the drafts."""
        ...

    @property
    def form_drafts(self) -> FormDrafts:
        """Return the half-filled forms of acts."""
        ...

    @property
    def blobs(self) -> Blobs:
        """Return page images and papers."""
        ...

    @property
    def items(self) -> Items:
        """Return the catalogue's versions."""
        ...

    @property
    def accounts(self) -> Accounts:
        """Return the operators' accounts."""
        ...

    @property
    def preferences(self) -> Preferences:
        """Return the window's preferences."""
        ...

    @property
    def received(self) -> Received:
        """Return the entries that came from other stations."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Return the own chain as it goes to the centre."""
        ...

    @property
    def directory(self) -> Directory:
        """Return the stations that the centre names."""
        ...

    def rebuild_views(self, tell: Tell = silent) -> int:
        """Throw every view away and build it again from the journal and what was received; return the entries read.

        Writers of this process wait for the end of this transaction, however long it takes.
        """
        ...

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def commit(self) -> None:
        """Make everything durable; it stays whole even when the power fails right after."""
        ...


class Store(Protocol):
    """The encrypted database of the counter; safe to use from any thread."""

    def write(self) -> UnitOfWork:
        """Return a transaction that has not begun yet; one writer at a time holds the store."""
        ...

    def read(self) -> UnitOfWork:
        """Return a transaction that sees one moment of the store, keeps no writer waiting and writes nothing."""
        ...

    @property
    def views(self) -> Views:
        """Return the reading side."""
        ...

    def rebuild_views(self, tell: Tell = silent) -> int:
        """Throw every view away and build it again from the journal, in one transaction; return the entries read.

        ``tell`` hears of entries; what it raises leaves the views as they were.
        """
        ...

    def check_pages(self) -> None:
        """Check that every page of the file is as it was written; DamagedStore when one is not."""
        ...

    def close(self) -> None:
        """Close every connection; the store cannot be used afterwards."""
        ...
