"""What the store keeps beside the journal, because it is no fact or is too large for one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from app.domain.application import Application
from app.domain.catalogue import ServiceItem
from app.domain.operators import Operator


class Drafts(Protocol):
    """Half-filled applications; no facts, but they survive a crash."""

    def save(self, draft: "Draft") -> None:
        """Keep ``draft``, replacing what was kept under its id."""
        ...

    def get(self, draft_id: str) -> "Draft | None":
        """Return the draft, None when there is none of that id."""
        ...

    def discard(self, draft_id: str) -> None:
        """Remove the draft, if it is there."""
        ...


@dataclass(frozen=True, slots=True)
class Draft:
    """An application that is being typed, with the item version that it is typed against."""

    draft_id: str
    item: str
    item_version: int
    operator: str
    application: Application
    started_at: datetime
    saved_at: datetime


class FormDrafts(Protocol):
    """Half-filled forms of acts, by what they are about and their name; no facts, but they survive a crash."""

    def save(self, draft: "FormDraft") -> None:
        """Keep ``draft``, replacing what was kept of the same form about the same."""
        ...

    def get(self, about: str, form: str) -> "FormDraft | None":
        """Return what was kept of a form, None when there is nothing."""
        ...

    def of(self, about: str) -> list[str]:
        """Return the names of the forms that are kept about something."""
        ...

    def discard(self, about: str, form: str = "") -> None:
        """Remove what was kept of a form, or of every form about something."""
        ...


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form that is being filled in: plain values that only the form itself understands."""

    about: str
    """The number of a case or of a paper, or the id of a draft."""
    form: str
    filled: Mapping[str, Any]
    """``handed`` holds what was handed in, pages included, as plain values by material."""
    saved_at: datetime


class Blobs(Protocol):
    """Page images and made papers, by SHA-256 (hex) of their bytes; equal bytes are kept once."""

    def put(self, data: bytes) -> str:
        """Keep ``data`` and return its digest."""
        ...

    def get(self, digest: str) -> bytes:
        """Return the bytes; NotFound when the store has none of that digest, DamagedStore when they changed."""
        ...

    def drop(self, digests: Iterable[str]) -> None:
        """Remove those of ``digests`` that neither a fact nor a draft names."""
        ...

    def unnamed(self) -> list[str]:
        """Return the digests of what neither a fact nor a draft names. Slow; asked in a transaction that only reads."""
        ...

    def marked(self) -> Mapping[str, datetime]:
        """Return what was found to have no name, and since when; ``put`` takes the mark away."""
        ...

    def mark(self, digests: Iterable[str], since: datetime) -> None:
        """Take note that nothing names these."""
        ...

    def unmark(self, digests: Iterable[str]) -> None:
        """Take note that these have a name, or are about to get one."""
        ...

    def drop_marked(self, digests: Iterable[str]) -> int:
        """Remove those of ``digests`` that are marked and that still nothing names; return how many were removed."""
        ...


class Items(Protocol):
    """Published versions of catalogue items."""

    def publish(self, items: Iterable[ServiceItem]) -> None:
        """Keep new versions; a version that is there already is never changed."""
        ...

    def get(self, code: str, version: int) -> ServiceItem:
        """Return one version; NotFound when it was never published here."""
        ...

    def current(self) -> list[ServiceItem]:
        """Return the newest version of every item, by code."""
        ...


@dataclass(frozen=True, slots=True)
class Account:
    """An operator with what log-in needs; failures count since the last success."""

    operator: Operator
    password_hash: str
    failures: int = 0
    last_failure: datetime | None = None
    disabled: bool = False
    """A disabled account cannot log in and stays, because the journal names it."""
    must_change: bool = False
    """The password was given by somebody else and has to be changed before the first work with it."""


class Accounts(Protocol):
    """Operators' accounts with their password hashes, which never stand in the journal."""

    def get(self, login: str) -> Account | None:
        """Return the account, None when there is none."""
        ...

    def save(self, account: Account) -> None:
        """Keep ``account``, replacing what was kept under its login."""
        ...

    def everyone(self) -> list[Account]:
        """Return all accounts by login, disabled ones too."""
        ...


class Preferences(Protocol):
    """Settings of this counter that are no facts: theme, text size, language, idle time."""

    def all(self) -> Mapping[str, str]:
        """Return every setting that was kept."""
        ...

    def set(self, key: str, value: str) -> None:
        """Keep one setting."""
        ...

    def drop(self, key: str) -> None:
        """Forget one setting, if there is one."""
        ...
