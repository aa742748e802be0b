"""Builds the view of papers from entries: where each comes from, and what became of it; ``projection`` calls it."""

from collections.abc import Mapping
from typing import Any

from sqlcipher3.dbapi2 import Connection

from app.domain.clock import parse_stamp, stamp
from app.domain.facts import Fact, PaperMade, PaperPrinted, PaperVoided, PrintConfirmed, PrintSpoiled, numbered_papers
from app.domain.paper import PaperState

Body = Mapping[str, Any]

USE_NUMBER = (
    "INSERT INTO series (key, last, used) VALUES (?, ?, 1)"
    " ON CONFLICT (key) DO UPDATE SET last = excluded.last, used = used + 1"
)
_INSERT = (
    "INSERT INTO papers (number, kind, name, case_number, made_at, digest, epoch, seq, state, sent, printed, void_reason,"
    " voided_by) VALUES (:number, :kind, :name, :case, :made_at, '', :epoch, :seq, 'to_print', 0, 0, '', '')"
)
_MADE = "UPDATE papers SET digest = ? WHERE number = ?"
_SENT = "UPDATE papers SET sent = sent + 1 WHERE number = ?"
_CAME_OUT = "UPDATE papers SET printed = printed + 1 WHERE number = ?"
_MOVE = f"UPDATE papers SET state = ? WHERE number = ? AND state <> '{PaperState.VOIDED}'"
_VOID = f"UPDATE papers SET state = '{PaperState.VOIDED}', void_reason = ?, voided_by = ? WHERE number = ?"


def apply_to_papers(connection: Connection, body: Body, fact: Fact) -> None:
    """Bring the views of papers and of their series up to an entry."""
    for kind, paper, name in numbered_papers(fact):
        connection.execute(USE_NUMBER, (paper.series, paper.serial))
        row = {
            "number": paper.text,
            "kind": kind.value,
            "name": name,
            "case": body["case"] or "",
            "made_at": stamp(parse_stamp(body["at"])),
            "epoch": body["epoch"],
            "seq": body["seq"],
        }
        connection.execute(_INSERT, row)
    match fact:
        case PaperMade():
            connection.execute(_MADE, (fact.digest, fact.paper_number))
        case PaperPrinted():
            connection.execute(_SENT, (fact.paper_number,))
            connection.execute(_MOVE, (PaperState.SENT, fact.paper_number))
        case PrintConfirmed():
            connection.execute(_CAME_OUT, (fact.paper_number,))
            connection.execute(_MOVE, (PaperState.PRINTED, fact.paper_number))
        case PrintSpoiled():
            connection.execute(_MOVE, (PaperState.TO_PRINT, fact.paper_number))
        case PaperVoided():
            connection.execute(_VOID, (fact.reason, fact.approved_by, fact.paper_number))
