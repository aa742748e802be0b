"""The catalogue at the counter: publishing new versions, finding items, what is used most."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from app.domain.catalogue import ItemState, ServiceItem
from app.domain.facts import CatalogueLoaded, PublishedItem
from app.domain.item_search import IndexedItem, ItemHit, ItemIndex
from app.domain.journal import canonical
from app.domain.operators import SYSTEM
from app.domain.plain import to_plain
from app.services.errors import NotFound
from app.services.ports import Pinyin, Store
from app.services.recording import Recorder

FREQUENT_DAYS = 30
GONE = "已移出事项目录"
"""Why an item is cancelled that the catalogue no longer lists."""


def digest(item: ServiceItem) -> str:
    """Return the SHA-256 (hex) of an item's content, whatever its version."""
    plain = to_plain(replace(item, version=0))
    return hashlib.sha256(canonical(plain).encode()).hexdigest()


def next_versions(current: Sequence[ServiceItem], loaded: Sequence[ServiceItem]) -> list[ServiceItem]:
    """Return the items of ``loaded`` that are new or changed, under their next version.

    What is in use and no longer in the list is cancelled: its last version with that state and reason.
    """
    known = {item.code: item for item in current}
    loaded_codes = {item.code for item in loaded}
    gone = [_cancelled(item) for item in current if item.code not in loaded_codes and item.can_be_opened]
    return [
        replace(item, version=known[item.code].version + 1 if item.code in known else 1)
        for item in (*loaded, *gone)
        if item.code not in known or digest(known[item.code]) != digest(item)
    ]


def _cancelled(item: ServiceItem) -> ServiceItem:
    return replace(item, state=ItemState.CANCELLED, state_reason=GONE, competent=item.department)


class CatalogueService:
    """Use cases around items; searches run on an index in memory."""

    def __init__(self, store: Store, recorder: Recorder, pinyin: Pinyin) -> None:
        self._store = store
        self._recorder = recorder
        self._pinyin = pinyin
        self._index: ItemIndex | None = None
        self._refresh()

    def load(self, items: Sequence[ServiceItem], operator: str = SYSTEM) -> list[ServiceItem]:
        """Publish what is new, changed or gone in the whole list ``items`` and return it; the same again does nothing."""
        with self._store.write() as uow:
            fresh = next_versions(uow.items.current(), items)
            if not fresh:
                return []
            published = tuple(PublishedItem(item.code, item.version, digest(item)) for item in fresh)
            uow.items.publish(fresh)
            self._recorder.record(uow, operator, CatalogueLoaded(published), self._recorder.now())
            uow.commit()
        self._refresh()
        return fresh

    def item(self, code: str) -> ServiceItem:
        """Return the newest version of an item; NotFound when there is none of that code."""
        try:
            return self._items[code]
        except KeyError:
            raise NotFound("item") from None

    def items(self) -> list[ServiceItem]:
        """Return the newest version of every item, by code."""
        return list(self._items.values())

    def search(self, text: str, limit: int = 8) -> list[ItemHit]:
        """Return the items that fit ``text`` best."""
        return self._ready().search(text, self._uses, limit)

    def frequent(self, limit: int = 9) -> list[tuple[ServiceItem, int]]:
        """Return the items used most in the last 30 days with their counts, filled up with immediate items."""
        self._count_uses()
        openable = [item for item in self._items.values() if item.can_be_opened]
        openable.sort(key=lambda item: (-self._uses.get(item.code, 0), not item.is_immediate))
        return [(item, self._uses.get(item.code, 0)) for item in openable[:limit]]

    def warm_up(self) -> None:
        """Build the index that the first search needs; for the background at start."""
        self._ready()

    def _refresh(self) -> None:
        with self._store.read() as uow:
            self._items = {item.code: item for item in uow.items.current()}
        self._index = None
        self._count_uses()

    def _ready(self) -> ItemIndex:
        if self._index is None:
            self._index = ItemIndex(self._indexed(item) for item in self._items.values())
        return self._index

    def _indexed(self, item: ServiceItem) -> IndexedItem:
        keywords = tuple(reading for word in item.keywords for reading in self._pinyin.readings(word))
        return IndexedItem(item, self._pinyin.readings(item.title), keywords)

    def _count_uses(self) -> None:
        since = self._recorder.now().date() - timedelta(days=FREQUENT_DAYS)
        self._uses = {use.item: use.count for use in self._store.views.item_uses(since)}
