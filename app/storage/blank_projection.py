"""Builds the view of blank forms from entries, a row for each number; ``projection`` calls it."""

from collections.abc import Mapping
from typing import Any

from sqlcipher3.dbapi2 import Connection

from app.domain.blanks import BlankState, run
from app.domain.facts import BlanksGivenBack, BlanksReceived, BlanksRestored, BlanksSpoiled, BlankUsed, Fact

Body = Mapping[str, Any]

_RECEIVED = (
    "INSERT OR REPLACE INTO blanks (form, number, state, received_at, source, changed_at, operator, paper_number,"
    " reason, approved_by) VALUES (:form, :number, :state, :at, :source, :at, :operator, '', '', '')"
)
_MOVED = (
    "UPDATE blanks SET state = :state, changed_at = :at, operator = :operator, reason = :reason,"
    " approved_by = :approved_by, paper_number = CASE WHEN :paper = '' THEN paper_number ELSE :paper END"
    " WHERE form = :form AND number = :number"
)


def apply_to_blanks(connection: Connection, body: Body, fact: Fact) -> None:
    """Bring the view of blank forms up to an own entry."""
    said: dict[str, Any] = {
        "at": body["at"],
        "operator": body["operator"],
        "reason": "",
        "approved_by": "",
        "paper": "",
    }
    match fact:
        case BlanksReceived():
            rows = {**said, "form": fact.form, "source": fact.source, "state": BlankState.UNUSED}
            connection.executemany(_RECEIVED, [{**rows, "number": number} for number in run(fact.first, fact.last)])
        case BlankUsed():
            used = {"form": fact.form, "number": fact.number, "paper": fact.paper_number, "state": BlankState.USED}
            connection.execute(_MOVED, {**said, **used})
        case BlanksSpoiled():
            _move(connection, {**said, "paper": fact.paper_number}, fact, BlankState.SPOILED)
        case BlanksRestored():
            _move(connection, said, fact, BlankState.UNUSED)
        case BlanksGivenBack():
            _move(connection, said, fact, BlankState.GIVEN_BACK)


def _move(
    connection: Connection,
    said: Mapping[str, Any],
    fact: BlanksSpoiled | BlanksRestored | BlanksGivenBack,
    state: BlankState,
) -> None:
    row = {**said, "form": fact.form, "state": state, "reason": fact.reason, "approved_by": fact.approved_by}
    connection.executemany(_MOVED, [{**row, "number": number} for number in run(fact.first, fact.last)])
