"""What is kept beside the journal, each implementing its port inside one transaction."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, delete, insert, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.application import Application
from app.domain.catalogue import ServiceItem
from app.domain.clock import parse_stamp, stamp
from app.domain.operators import Operator, Role
from app.domain.plain import from_plain, to_plain
from app.services.errors import DamagedStore, NotFound
from app.services.ports import Account, Draft
from app.storage.schema import accounts, blobs, drafts, item_versions, preferences, series

_LAST = select(series.c.last).where(series.c.key == bindparam("key"))
_UNUSED_BLOBS = text(
    "DELETE FROM blobs WHERE digest NOT IN ("
    " SELECT json_extract(page.value, '$.digest') FROM drafts, json_each(application, '$.materials') AS material,"
    " json_each(material.value, '$.pages') AS page"
    " UNION SELECT json_extract(page.value, '$.digest') FROM journal, json_each(body, '$.data.materials') AS material,"
    " json_each(material.value, '$.pages') AS page WHERE kind = 'CaseReceived'"
    " UNION SELECT json_extract(body, '$.data.digest') FROM journal WHERE kind = 'PaperMade')"
)


class StoredNumbers:
    """Implements the port ``Numbers``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next(self, key: str) -> int:
        """Return the number after the last one that stands in the journal, 1 for a new series."""
        return (self._connection.execute(_LAST, {"key": key}).scalar() or 0) + 1


class StoredDrafts:
    """Implements the port ``Drafts``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, draft: Draft) -> None:
        """Keep ``draft``, replacing what was kept under its id."""
        row = {
            "id": draft.draft_id,
            "item": draft.item,
            "item_version": draft.item_version,
            "operator": draft.operator,
            "applicant": draft.application.applicant.name,
            "application": json.dumps(to_plain(draft.application), ensure_ascii=False),
            "started_at": stamp(draft.started_at),
            "saved_at": stamp(draft.saved_at),
        }
        self._connection.execute(upsert(drafts).prefix_with("OR REPLACE"), row)

    def get(self, draft_id: str) -> Draft | None:
        """Return the draft, None when there is none of that id."""
        row = self._connection.execute(select(drafts).where(drafts.c.id == draft_id)).first()
        if row is None:
            return None
        return Draft(
            draft_id=row.id,
            item=row.item,
            item_version=row.item_version,
            operator=row.operator,
            application=from_plain(Application, json.loads(row.application)),
            started_at=parse_stamp(row.started_at),
            saved_at=parse_stamp(row.saved_at),
        )

    def discard(self, draft_id: str) -> None:
        """Remove the draft, if it is there."""
        self._connection.execute(delete(drafts).where(drafts.c.id == draft_id))


class StoredBlobs:
    """Implements the port ``Blobs``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, data: bytes) -> str:
        """Keep ``data`` and return its digest."""
        digest = hashlib.sha256(data).hexdigest()
        self._connection.execute(insert(blobs).prefix_with("OR IGNORE"), {"digest": digest, "data": data})
        return digest

    def get(self, digest: str) -> bytes:
        """Return the bytes; NotFound when there are none of that digest, DamagedStore when they changed."""
        data = self._connection.execute(select(blobs.c.data).where(blobs.c.digest == digest)).scalar()
        if data is None:
            raise NotFound("page")
        if hashlib.sha256(data).hexdigest() != digest:
            raise DamagedStore
        return bytes(data)

    def sweep(self) -> int:
        """Remove what neither a fact nor a draft names any more; return how many were removed."""
        return self._connection.execute(_UNUSED_BLOBS).rowcount


class StoredItems:
    """Implements the port ``Items``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def publish(self, items: Iterable[ServiceItem]) -> None:
        """Keep new versions; a version that is there already is never changed."""
        rows = [
            {
                "code": item.code,
                "version": item.version,
                "item": json.dumps(to_plain(item), ensure_ascii=False),
            }
            for item in items
        ]
        if rows:
            self._connection.execute(insert(item_versions).prefix_with("OR IGNORE"), rows)

    def get(self, code: str, version: int) -> ServiceItem:
        """Return one version; NotFound when it was never published here."""
        wanted = (item_versions.c.code == code) & (item_versions.c.version == version)
        plain = self._connection.execute(select(item_versions.c.item).where(wanted)).scalar()
        if plain is None:
            raise NotFound("item")
        return from_plain(ServiceItem, json.loads(plain))

    def current(self) -> list[ServiceItem]:
        """Return the newest version of every item, by code."""
        ordered = select(item_versions).order_by(item_versions.c.code, item_versions.c.version)
        newest = {row.code: row.item for row in self._connection.execute(ordered)}
        return [from_plain(ServiceItem, json.loads(plain)) for plain in newest.values()]


class StoredAccounts:
    """Implements the port ``Accounts``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, login: str) -> Account | None:
        """Return the account, None when there is none."""
        row = self._connection.execute(select(accounts).where(accounts.c.login == login)).first()
        if row is None:
            return None
        last_failure = parse_stamp(row.last_failure) if row.last_failure else None
        return Account(_operator(row.login, row.name, row.roles), row.password_hash, row.failures, last_failure)

    def save(self, account: Account) -> None:
        """Keep ``account``, replacing what was kept under its login."""
        row = {
            "login": account.operator.login,
            "name": account.operator.name,
            "roles": " ".join(account.operator.roles),
            "password_hash": account.password_hash,
            "failures": account.failures,
            "last_failure": stamp(account.last_failure) if account.last_failure else None,
        }
        self._connection.execute(upsert(accounts).prefix_with("OR REPLACE"), row)

    def everyone(self) -> list[Operator]:
        """Return all operators by login."""
        ordered = select(accounts.c.login, accounts.c.name, accounts.c.roles).order_by(accounts.c.login)
        return [_operator(row.login, row.name, row.roles) for row in self._connection.execute(ordered)]


class StoredPreferences:
    """Implements the port ``Preferences``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> Mapping[str, str]:
        """Return every setting that was kept."""
        return {row.key: row.value for row in self._connection.execute(select(preferences))}

    def set(self, key: str, value: str) -> None:
        """Keep one setting."""
        self._connection.execute(upsert(preferences).prefix_with("OR REPLACE"), {"key": key, "value": value})


def _operator(login: str, name: str, roles: str) -> Operator:
    return Operator(login, name, tuple(Role(role) for role in roles.split()))
