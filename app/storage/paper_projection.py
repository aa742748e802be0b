"""Builds the view of papers from entries: where each comes from, and what became of it; ``projection`` calls it."""

import json
from collections.abc import Mapping
from typing import Any

from sqlcipher3.dbapi2 import Connection

from app.domain.clock import parse_stamp, stamp
from app.domain.facts import (
    CertificateIssued,
    Fact,
    PaperMade,
    PaperPrinted,
    PaperRecalled,
    PaperReplaced,
    PaperRevoked,
    PaperSigned,
    PaperVoided,
    PrintConfirmed,
    PrintSpoiled,
    numbered_papers,
)
from app.domain.paper import PaperState
from app.domain.plain import to_plain
from app.services.snapshots import PaperSignature

Body = Mapping[str, Any]

_USE_NUMBER = (
    "INSERT INTO series (key, last, used) VALUES (?, ?, 1)"
    " ON CONFLICT (key) DO UPDATE SET last = max(last, excluded.last), used = used + 1"
)
_INSERT = (
    "INSERT OR REPLACE INTO papers (number, kind, name, case_number, made_at, digest, epoch, seq, state, sent, printed,"
    " void_reason, voided_by, station, signatures, still_open, valid_until, ground, replaced_by, clerk, template)"
    " VALUES (:number, :kind, :name, :case, :made_at, '', :epoch, :seq, 'to_print', 0, 0, '', '', :station, '[]', 0,"
    " :valid_until, '', '', :clerk, :template)"
)
_INSERT_ELSEWHERE = _INSERT.replace("REPLACE", "IGNORE", 1)
_MADE = "UPDATE papers SET digest = ? WHERE number = ? AND case_number = ? AND station = ?"
_SIGNED = (
    "UPDATE papers SET signatures = json_insert(signatures, '$[#]', json(?)), still_open = ?"
    " WHERE number = ? AND case_number = ? AND station = ?"
)
"""By the station alone whose paper it is."""
_SENT = "UPDATE papers SET sent = sent + 1 WHERE number = ? AND case_number = ?"
_CAME_OUT = "UPDATE papers SET printed = printed + 1 WHERE number = ? AND case_number = ?"
_ALIVE = ", ".join(f"'{state}'" for state in PaperState if not state.is_over)
_MOVE = f"UPDATE papers SET state = ? WHERE number = ? AND case_number = ? AND state IN ({_ALIVE})"
_END = (
    "UPDATE papers SET state = ?, void_reason = ?, voided_by = ?, ground = ?, replaced_by = ?, ended_at = ?"
    " WHERE number = ? AND case_number = ?"
)
_RECALL = f"{_END} AND station = ?"
"""Nobody calls back the papers of another station."""


def use_numbers(connection: Connection, fact: Fact) -> None:
    """Count the numbers that an own fact uses up."""
    for _kind, paper, _name in numbered_papers(fact):
        use_number(connection, paper.series, paper.serial)


def use_number(connection: Connection, series: str, serial: int) -> None:
    """Count one number of a series as used."""
    connection.execute(_USE_NUMBER, (series, serial))


def apply_to_papers(connection: Connection, body: Body, fact: Fact, *, is_own: bool) -> None:
    """Bring the view of papers up to an entry.

    Should two papers have the same number, this counter's own is the one that is found by it, and of two own ones, which only
    a restored counter can have, the later.
    """
    _insert(connection, body, fact, is_own=is_own)
    case = body["case"] or ""
    match fact:
        case PaperMade():
            connection.execute(_MADE, (fact.digest, fact.paper_number, case, body["station"]))
        case PaperSigned():
            signed = json.dumps(to_plain(_signature(body, fact)), ensure_ascii=False)
            connection.execute(_SIGNED, (signed, fact.still_open, fact.paper_number, case, body["station"]))
        case PaperPrinted():
            connection.execute(_SENT, (fact.paper_number, case))
            connection.execute(_MOVE, (PaperState.SENT, fact.paper_number, case))
        case PrintConfirmed():
            connection.execute(_CAME_OUT, (fact.paper_number, case))
            connection.execute(_MOVE, (PaperState.PRINTED, fact.paper_number, case))
        case PrintSpoiled():
            connection.execute(_MOVE, (PaperState.TO_PRINT, fact.paper_number, case))
        case PaperRecalled():
            connection.execute(_RECALL, (*_end(PaperState.VOIDED, fact, body), body["station"]))
        case PaperVoided() | PaperRevoked() | PaperReplaced():
            connection.execute(_END, _end(_ENDS[type(fact)], fact, body))


_ENDS: dict[type[Fact], PaperState] = {
    PaperVoided: PaperState.VOIDED,
    PaperRevoked: PaperState.REVOKED,
    PaperReplaced: PaperState.REPLACED,
}


def _end(
    state: PaperState, fact: PaperVoided | PaperRecalled | PaperRevoked | PaperReplaced, body: Body
) -> tuple[str, ...]:
    ground = fact.ground if isinstance(fact, PaperRevoked | PaperReplaced) else ""
    replaced_by = fact.replaced_by if isinstance(fact, PaperReplaced) else ""
    at = stamp(parse_stamp(body["at"]))
    return state, fact.reason, fact.approved_by, ground, replaced_by, at, fact.paper_number, body["case"] or ""


def _signature(body: Body, fact: PaperSigned) -> PaperSignature:
    at = parse_stamp(body["at"])
    return PaperSignature(fact.line, fact.signer, fact.role, fact.for_whom, fact.picture, at)


def _insert(connection: Connection, body: Body, fact: Fact, *, is_own: bool) -> None:
    issued = fact if isinstance(fact, CertificateIssued) else None
    until = issued.valid_until if issued else None
    for kind, paper, name in numbered_papers(fact):
        row = {
            "number": paper.text,
            "kind": kind.value,
            "name": name,
            "case": body["case"] or "",
            "made_at": stamp(parse_stamp(body["at"])),
            "epoch": body["epoch"],
            "seq": body["seq"],
            "station": body["station"],
            "valid_until": until.isoformat() if until else None,
            "clerk": body["operator"],
            "template": issued.template if issued else "",
        }
        connection.execute(_INSERT if is_own else _INSERT_ELSEWHERE, row)
