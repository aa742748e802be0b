"""The support file: a summary and the newest logs in one archive, written whole or not at all, of bounded size."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from app.whole_files import place_errors, written_whole

MOST_LOG_BYTES = 6_000_000
"""All that the log keeps; packed, some hundred thousand."""
SUMMARY = "summary.json"


def write_support_file(profile: Path, log_name: str, path: Path, summary: Mapping[str, Any]) -> None:
    """Write ``summary``, with the sizes of the profile's files, and its logs to ``path``.

    DiskFull or PlaceUnavailable leave what was there before.
    """
    told = {**summary, "sizes": _sizes(profile)}
    with (
        place_errors(path.parent),
        written_whole(path) as fresh,
        ZipFile(fresh, "w", ZIP_DEFLATED) as archive,
    ):
        archive.writestr(SUMMARY, json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        for name, data in _logs(profile / "logs", log_name):
            archive.writestr(f"logs/{name}", data)


def _logs(folder: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the log's own files, the newest first, as far as there is room for them."""
    room = MOST_LOG_BYTES
    for file_name in (name, *(f"{name}.{place}" for place in range(1, 10))):
        try:
            data = (folder / file_name).read_bytes()
        except OSError:
            continue
        data = data[-room:]
        room -= len(data)
        if data:
            yield file_name, data
        if room <= 0:
            return


def _sizes(profile: Path) -> dict[str, int]:
    """Return the sizes of the files that the program itself names."""
    names = ("station.db", "station.db-wal", "keys.sealed")
    return {name: (profile / name).stat().st_size for name in names if (profile / name).exists()}
