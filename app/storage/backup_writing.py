"""Writes a backup of a store that may be in use: beside its place first, then in one step into it."""

import io
import json
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any, cast

from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from app.config import OWN_DATA, VERSION
from app.domain.facts import StationSetUp, read_fact
from app.services.backup_files import Manifest
from app.services.errors import BadBackup, NotFound
from app.services.progress import Tell
from app.storage.backup_file import append_end, part_of
from app.storage.copying import copy_store
from app.storage.engine import station_engine
from app.storage.entries import StoredJournal
from app.storage.errors import driver_errors
from app.whole_files import place_errors, written_whole

SEALED_KEYS = {"recovery": "keys.recovery", "passphrase": "keys.sealed"}
"""Files of the profile that open the database key for who has the code or the passphrase; copied as they are."""
LARGEST_SEALED = 4096
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the ZIP: the same files give the same bytes."""


def write_backup(engine: Engine, key: bytes, profile: Path, path: Path, at: datetime, tell: Tell) -> Manifest:
    """Write a backup of the store behind ``engine`` and of what lies in ``profile`` to ``path``.

    Whole or not at all: a failure leaves what was at ``path`` before. ``tell`` hears of two passes over the bytes.
    """
    with place_errors(path.parent), written_whole(path, is_private=True) as fresh:
        try:
            _copy(engine, fresh, tell)
            return _finish(fresh, key, profile, at, tell)
        finally:
            fresh.with_name(f"{fresh.name}-journal").unlink(missing_ok=True)


def _copy(engine: Engine, fresh: Path, tell: Tell) -> None:
    with driver_errors():
        pooled = engine.raw_connection()
    try:
        connection = cast("dbapi2.Connection", pooled.driver_connection)
        copy_store(connection, fresh, lambda done, total: tell(done, 2 * total))
    finally:
        pooled.close()


def _finish(fresh: Path, key: bytes, profile: Path, at: datetime, tell: Tell) -> Manifest:
    keys = _sealed_keys(profile)
    manifest = _manifest(fresh, key, at, keys)
    with fresh.open("r+b") as file:
        database = part_of(file, lambda done, total: tell(total + done, 2 * total))
        append_end(file, database, pack_files(profile), manifest, keys, key)
    return manifest


def _manifest(copy: Path, key: bytes, at: datetime, keys: Mapping[str, Any]) -> Manifest:
    """Return what the finished copy holds, as it says itself: the running store has gone on since."""
    engine = station_engine(copy, key, keep_journal=True)
    try:
        with driver_errors():
            pooled = engine.raw_connection()
            connection = cast("dbapi2.Connection", pooled.driver_connection)
            journal = StoredJournal(connection)
            head, set_up = journal.head(), journal.latest(StationSetUp.__name__)
            (schema,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            pooled.close()
    finally:
        engine.dispose()
    if head is None or set_up is None:
        raise NotFound("station")
    station = cast("StationSetUp", read_fact(set_up.read())).station
    return Manifest(
        station=station.code,
        place=f"{station.service_point} {station.window}",
        epoch=head.epoch,
        seq=head.seq,
        head=head.hash.hex(),
        program=VERSION,
        schema=schema,
        made_at=at,
        sheet=str(keys.get("recovery", {}).get("sheet", "")),
    )


def _sealed_keys(profile: Path) -> dict[str, Any]:
    """Return the sealed keys of the profile; one that cannot be read is left out, and the window asks for a new sheet."""
    keys = {}
    for name, file in SEALED_KEYS.items():
        with suppress(ValueError, FileNotFoundError):
            keys[name] = json.loads((profile / file).read_bytes()[:LARGEST_SEALED])
    return {name: sealed for name, sealed in keys.items() if isinstance(sealed, dict)}


def pack_files(profile: Path) -> bytes:
    """Return the ZIP of the counter's own data files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in OWN_DATA:
            for path in sorted((profile / folder).rglob("*")):
                if path.is_file():
                    name = path.relative_to(profile).as_posix()
                    archive.writestr(zipfile.ZipInfo(name, EARLIEST), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def unpack_files(files: bytes, profile: Path) -> None:
    """Write the counter's own data files into ``profile``; BadBackup when there is anything else among them."""
    try:
        with zipfile.ZipFile(io.BytesIO(files)) as archive:
            for name in archive.namelist():
                parts = PurePosixPath(name).parts
                if ".." in parts or parts[0] not in OWN_DATA:
                    raise BadBackup("changed")
                target = profile.joinpath(*parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))
    except zipfile.BadZipFile as error:
        raise BadBackup("changed") from error
