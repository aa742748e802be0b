"""Builds the view of images from entries: which pages and papers belong to a case, and follow an own entry to the centre."""

from collections.abc import Mapping
from typing import Any

from sqlcipher3.dbapi2 import Connection

from app.domain.facts import Fact
from app.services.sync_images import images_of
from app.storage.schema import PLACE

Body = Mapping[str, Any]

_INSERT = 'INSERT OR IGNORE INTO images (digest, "case", place) VALUES (?, ?, ?)'


def apply_to_images(connection: Connection, body: Body, fact: Fact, *, is_own: bool) -> None:
    """Bring the view of images up to an entry."""
    place = body["epoch"] * PLACE + body["seq"] if is_own else 0
    for digest in images_of(fact):
        connection.execute(_INSERT, (digest, body["case"] or "", place))
