"""Builds the view of images from entries: which pages and papers belong to a case, and follow an own entry to the centre."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlcipher3.dbapi2 import Connection

from app.domain.facts import CaseReceived, Fact, MaterialsFollowed, PaperMade, SupplementReceived
from app.storage.schema import PLACE

Body = Mapping[str, Any]

_INSERT = 'INSERT OR IGNORE INTO images (digest, "case", place) VALUES (?, ?, ?)'


def apply_to_images(connection: Connection, body: Body, fact: Fact, *, is_own: bool) -> None:
    """Bring the view of images up to an entry."""
    place = body["epoch"] * PLACE + body["seq"] if is_own else 0
    for digest in images_of(fact):
        connection.execute(_INSERT, (digest, body["case"] or "", place))


def images_of(fact: Fact) -> Iterator[str]:
    """Yield the digests of the images that a fact names."""
    match fact:
        case CaseReceived() | SupplementReceived() | MaterialsFollowed():
            for handed_in in fact.materials.values():
                for page in handed_in.pages:
                    yield page.digest
        case PaperMade():
            yield fact.digest
