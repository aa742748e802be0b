"""What is kept beside the journal, each implementing its port inside one transaction on the driver's connection."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlcipher3.dbapi2 import Connection

from app.domain.application import Application
from app.domain.catalogue import ServiceItem
from app.domain.clock import parse_stamp, stamp
from app.domain.facts import SeriesEnd
from app.domain.operators import Operator, Role
from app.domain.plain import from_plain, to_plain
from app.domain.skipping import GIVEN, SHARED, USUAL_ROOM, given_series, skipped, skipped_series
from app.services.errors import DamagedStore, NotFound
from app.services.ports import Account, Draft, FormDraft

_SAVE_DRAFT = (
    "INSERT OR REPLACE INTO drafts"
    " (id, item, item_version, operator, applicant, application, started_at, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_DRAFT = "SELECT item, item_version, operator, application, started_at, saved_at FROM drafts WHERE id = ?"
_SAVE_FORM = "INSERT OR REPLACE INTO form_drafts (about, form, filled, saved_at) VALUES (?, ?, ?, ?)"
_FORM = "SELECT filled, saved_at FROM form_drafts WHERE about = ? AND form = ?"
_SAVE_ACCOUNT = (
    "INSERT OR REPLACE INTO accounts"
    " (login, name, roles, password_hash, failures, last_failure, disabled, must_change) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_ACCOUNTS = "SELECT login, name, roles, password_hash, failures, last_failure, disabled, must_change FROM accounts"
_TAKEN = "SELECT 1 FROM papers WHERE number = ? AND station = (SELECT station FROM journal LIMIT 1)"
ENDS = (
    f"SELECT CASE WHEN substr(key, 1, 2) = '{GIVEN}' THEN substr(key, 3) ELSE key END AS name, max(last) FROM series"
    f" WHERE substr(key, 1, 2) != '{SHARED}' GROUP BY name ORDER BY name"
)
"""How far each series is known to have come; also asked of a counter that makes room for a backup."""
_PAGES_OF_DRAFTS = (
    "SELECT page.value AS page FROM drafts, json_each(application, '$.materials') AS material,"
    " json_each(material.value, '$.pages') AS page"
    " UNION SELECT page.value FROM form_drafts, json_each(filled, '$.handed') AS material,"
    " json_each(material.value, '$.pages') AS page"
)
_OF_DRAFTS = (
    "SELECT json_extract(page, '$.digest') FROM kept"
    " UNION SELECT coalesce(json_extract(page, '$.original'), '') FROM kept"
)
_UNNAMED = (
    f"WITH kept AS MATERIALIZED ({_PAGES_OF_DRAFTS})"
    f" SELECT digest FROM blobs WHERE digest NOT IN ({_OF_DRAFTS})"
    " AND NOT EXISTS (SELECT 1 FROM images WHERE images.digest = blobs.digest)"
)
_UNUSED_BLOB = (
    f"WITH kept AS ({_PAGES_OF_DRAFTS})"
    f" DELETE FROM blobs WHERE digest = :digest AND digest NOT IN ({_OF_DRAFTS})"
    " AND NOT EXISTS (SELECT 1 FROM images WHERE images.digest = :digest)"
)


_UNUSED_MARKED = f"{_UNUSED_BLOB} AND EXISTS (SELECT 1 FROM strays WHERE strays.digest = :digest)"


class StoredNumbers:
    """Implements the port ``Numbers``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next(self, key: str, room: int = USUAL_ROOM) -> int:
        """Return the number after the last one that stands in the journal or is skipped, 1 for a new series."""
        last, given, share = (self._last(name) for name in (key, given_series(key), skipped_series(key)))
        return max(last, given, skipped(share, room)) + 1

    def _last(self, key: str) -> int:
        row = self._connection.execute("SELECT last FROM series WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else 0

    def is_taken(self, paper_number: str) -> bool:
        """Tell whether some paper has this number, in whichever series."""
        return self._connection.execute(_TAKEN, (paper_number,)).fetchone() is not None

    def missing(self, key: str) -> int:
        """Return how many numbers up to the last one that was used stand in no fact."""
        row = self._connection.execute("SELECT last - used FROM series WHERE key = ?", (key,)).fetchone()
        return row[0] if row else 0

    def ends(self) -> tuple[SeriesEnd, ...]:
        """Return the last number of every series that is known to have been given out."""
        return tuple(SeriesEnd(*row) for row in self._connection.execute(ENDS))


class StoredDrafts:
    """Implements the port ``Drafts``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, draft: Draft) -> None:
        """Keep ``draft``, replacing what was kept under its id."""
        row = (
            draft.draft_id,
            draft.item,
            draft.item_version,
            draft.operator,
            draft.application.applicant.name,
            json.dumps(to_plain(draft.application), ensure_ascii=False),
            stamp(draft.started_at),
            stamp(draft.saved_at),
        )
        self._connection.execute(_SAVE_DRAFT, row)

    def get(self, draft_id: str) -> Draft | None:
        """Return the draft, None when there is none of that id."""
        row = self._connection.execute(_DRAFT, (draft_id,)).fetchone()
        if row is None:
            return None
        item, item_version, operator, application, started_at, saved_at = row
        return Draft(
            draft_id=draft_id,
            item=item,
            item_version=item_version,
            operator=operator,
            application=from_plain(Application, json.loads(application)),
            started_at=parse_stamp(started_at),
            saved_at=parse_stamp(saved_at),
        )

    def discard(self, draft_id: str) -> None:
        """Remove the draft, if it is there."""
        self._connection.execute("DELETE FROM drafts WHERE id = ?", (draft_id,))


class StoredFormDrafts:
    """Implements the port ``FormDrafts``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, draft: FormDraft) -> None:
        """Keep ``draft``, replacing what was kept of the same form about the same."""
        row = (draft.about, draft.form, json.dumps(draft.filled, ensure_ascii=False), stamp(draft.saved_at))
        self._connection.execute(_SAVE_FORM, row)

    def get(self, about: str, form: str) -> FormDraft | None:
        """Return what was kept of a form, None when there is nothing."""
        row = self._connection.execute(_FORM, (about, form)).fetchone()
        return FormDraft(about, form, json.loads(row[0]), parse_stamp(row[1])) if row else None

    def of(self, about: str) -> list[str]:
        """Return the names of the forms that are kept about something."""
        found = self._connection.execute("SELECT form FROM form_drafts WHERE about = ? ORDER BY form", (about,))
        return [row[0] for row in found]

    def discard(self, about: str, form: str = "") -> None:
        """Remove what was kept of a form, or of every form about something."""
        wanted = "DELETE FROM form_drafts WHERE about = ? AND ? IN (form, '')"
        self._connection.execute(wanted, (about, form))


class StoredBlobs:
    """Implements the port ``Blobs``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, data: bytes) -> str:
        """Keep ``data`` and return its digest."""
        digest = hashlib.sha256(data).hexdigest()
        self._connection.execute("INSERT OR IGNORE INTO blobs (digest, data) VALUES (?, ?)", (digest, data))
        self._connection.execute("DELETE FROM strays WHERE digest = ?", (digest,))
        return digest

    def get(self, digest: str) -> bytes:
        """Return the bytes; NotFound when there are none of that digest, DamagedStore when they changed."""
        row = self._connection.execute("SELECT data FROM blobs WHERE digest = ?", (digest,)).fetchone()
        if row is None:
            raise NotFound("page")
        data: bytes = row[0]
        if hashlib.sha256(data).hexdigest() != digest:
            raise DamagedStore
        return data

    def drop(self, digests: Iterable[str]) -> None:
        """Remove those of ``digests`` that neither a fact nor a draft names."""
        self._connection.executemany(_UNUSED_BLOB, [{"digest": digest} for digest in digests])

    def unnamed(self) -> list[str]:
        """Return the digests of what neither a fact nor a draft names."""
        return [digest for (digest,) in self._connection.execute(_UNNAMED)]

    def marked(self) -> dict[str, datetime]:
        """Return what was found to have no name, and since when."""
        found = self._connection.execute("SELECT digest, since FROM strays")
        return {digest: parse_stamp(since) for digest, since in found}

    def mark(self, digests: Iterable[str], since: datetime) -> None:
        """Take note that nothing names these."""
        rows = [(digest, stamp(since)) for digest in digests]
        self._connection.executemany("INSERT OR IGNORE INTO strays (digest, since) VALUES (?, ?)", rows)

    def unmark(self, digests: Iterable[str]) -> None:
        """Take note that these have a name, or are about to get one."""
        self._connection.executemany("DELETE FROM strays WHERE digest = ?", [(digest,) for digest in digests])

    def drop_marked(self, digests: Iterable[str]) -> int:
        """Remove those of ``digests`` that are marked and that still nothing names; return how many were removed."""
        removed = 0
        for digest in digests:
            removed += self._connection.execute(_UNUSED_MARKED, {"digest": digest}).rowcount
            self.unmark([digest])
        return removed


class StoredItems:
    """Implements the port ``Items``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def publish(self, items: Iterable[ServiceItem]) -> None:
        """Keep new versions; a version that is there already is never changed."""
        rows = [(item.code, item.version, json.dumps(to_plain(item), ensure_ascii=False)) for item in items]
        self._connection.executemany("INSERT OR IGNORE INTO item_versions (code, version, item) VALUES (?, ?, ?)", rows)

    def get(self, code: str, version: int) -> ServiceItem:
        """Return one version; NotFound when it was never published here."""
        wanted = "SELECT item FROM item_versions WHERE code = ? AND version = ?"
        row = self._connection.execute(wanted, (code, version)).fetchone()
        if row is None:
            raise NotFound("item")
        return from_plain(ServiceItem, json.loads(row[0]))

    def current(self) -> list[ServiceItem]:
        """Return the newest version of every item, by code."""
        ordered = "SELECT code, item FROM item_versions ORDER BY code, version"
        newest: dict[str, str] = dict(self._connection.execute(ordered).fetchall())
        return [from_plain(ServiceItem, json.loads(plain)) for plain in newest.values()]


class StoredAccounts:
    """Implements the port ``Accounts``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, login: str) -> Account | None:
        """Return the account, None when there is none."""
        row = self._connection.execute(f"{_ACCOUNTS} WHERE login = ?", (login,)).fetchone()
        return _account(*row) if row else None

    def save(self, account: Account) -> None:
        """Keep ``account``, replacing what was kept under its login."""
        row = (
            account.operator.login,
            account.operator.name,
            " ".join(account.operator.roles),
            account.password_hash,
            account.failures,
            stamp(account.last_failure) if account.last_failure else None,
            account.disabled,
            account.must_change,
        )
        self._connection.execute(_SAVE_ACCOUNT, row)

    def everyone(self) -> list[Account]:
        """Return all accounts by login."""
        return [_account(*row) for row in self._connection.execute(f"{_ACCOUNTS} ORDER BY login")]


class StoredPreferences:
    """Implements the port ``Preferences``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> Mapping[str, str]:
        """Return every setting that was kept."""
        return dict(self._connection.execute("SELECT key, value FROM preferences").fetchall())

    def set(self, key: str, value: str) -> None:
        """Keep one setting."""
        self._connection.execute("INSERT OR REPLACE INTO preferences (key, value) VALUES (?, ?)", (key, value))

    def drop(self, key: str) -> None:
        """Forget one setting."""
        self._connection.execute("DELETE FROM preferences WHERE key = ?", (key,))


def _account(
    login: str,
    name: str,
    roles: str,
    password_hash: str,
    failures: int,
    last_failure: str | None,
    disabled: int,
    must_change: int,
) -> Account:
    operator = Operator(login, name, tuple(Role(role) for role in roles.split()))
    failed_at = parse_stamp(last_failure) if last_failure else None
    return Account(operator, password_hash, failures, failed_at, bool(disabled), bool(must_change))
