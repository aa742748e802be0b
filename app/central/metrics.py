"""Figures of a round of the watch in Prometheus' text format, for the textfile collector of its node exporter."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from app.central.watch import Round
from app.whole_files import place_errors, written_whole

PLAIN = {
    "stations": "Stations that are enrolled and not shut out",
    "entries_unverified": "Entries whose signatures nobody has checked yet",
    "findings": "Entries whose signatures do not fit",
    "keys": "Epochs whose keys nobody believes yet",
    "quarantined": "Entries set aside that nobody has settled",
    "last_received_s": "Seconds since the last entry came",
    "years_ahead": "Years to come that the journal can take",
}
OF_SERVER = {
    "database_bytes": "Size of the database",
    "connections": "Connections to the database",
    "connections_allowed": "Connections that the server allows",
    "longest_transaction_s": "Age of the oldest open transaction",
    "transaction_age": "Transactions since the oldest row was frozen",
    "archive_failures": "Failures of archiving the write-ahead log",
}


def write_metrics(path: Path, done: Round, at: datetime) -> None:
    """Write the figures of a round, whole or not at all: a collector may read at any moment. DiskFull, PlaceUnavailable."""
    with place_errors(path.absolute().parent), written_whole(path) as fresh:
        fresh.write_text("\n".join([*_lines(done, at), ""]), encoding="utf-8")


def _lines(done: Round, at: datetime) -> Iterator[str]:
    for names, figures in ((PLAIN, done.health), (OF_SERVER, done.server)):
        for name, words in names.items():
            yield from _gauge(name, words, figures[name])
    if done.disk_free is not None:
        yield from _gauge("disk_free_bytes", "Bytes free on the disk of the database", done.disk_free)
    yield from _gauge("alarms", "Things that somebody must look at now", len(done.alarms))
    yield from _gauge("watched_at", "When the watch last looked, in seconds since 1970", int(at.timestamp()))
    yield "# HELP lideng_replica_lag_bytes How far a replica is behind"
    yield "# TYPE lideng_replica_lag_bytes gauge"
    for replica in done.server["replicas"]:
        name = "".join(character for character in replica["name"] if character.isalnum() or character in "-_.")
        yield f'lideng_replica_lag_bytes{{name="{name}",sync="{replica["sync"]}"}} {replica["lag_bytes"] or 0}'


def _gauge(name: str, words: str, value: int | None) -> Iterator[str]:
    yield f"# HELP lideng_{name} {words}"
    yield f"# TYPE lideng_{name} gauge"
    yield f"lideng_{name} {'NaN' if value is None else value}"
