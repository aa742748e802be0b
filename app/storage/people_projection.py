"""Keeps the views of who was here before up to date: people and organisations, as last typed or corrected."""

import json

from sqlcipher3.dbapi2 import Connection

from app.domain.case import Case
from app.domain.facts import CaseReceived
from app.domain.people import Organisation, Person
from app.domain.plain import to_plain
from app.services.ports import Pinyin
from app.storage.search import characters

_KNOWN_PERSON = "SELECT id, cases FROM people WHERE id_number = ?"
_LAST_PERSON = "SELECT coalesce(max(id), 0) FROM people"
_REPLACE_PERSON = (
    "INSERT OR REPLACE INTO people (id_number, id, person, cases, last_seen)"
    " VALUES (:id_number, :id, :person, :cases, :last_seen)"
)
_DELETE_PERSON_SEARCH = "DELETE FROM people_search WHERE rowid = ?"
_INSERT_PERSON_SEARCH = "INSERT INTO people_search (rowid, name, ini, num) VALUES (?, ?, ?, ?)"
_KNOWN_ORGANISATION = "SELECT id, cases FROM organisations WHERE uscc = ?"
_LAST_ORGANISATION = "SELECT coalesce(max(id), 0) FROM organisations"
_REPLACE_ORGANISATION = (
    "INSERT OR REPLACE INTO organisations (uscc, id, organisation, representative, cases, last_seen)"
    " VALUES (:uscc, :id, :organisation, :representative, :cases, :last_seen)"
)
_DELETE_ORGANISATION_SEARCH = "DELETE FROM organisation_search WHERE rowid = ?"
_INSERT_ORGANISATION_SEARCH = "INSERT INTO organisation_search (rowid, name, num) VALUES (?, ?, ?)"
_CORRECT_PERSON = "UPDATE people SET person = ? WHERE id_number = ? AND last_seen = ? RETURNING id"
_CORRECT_ORGANISATION = (
    "UPDATE organisations SET organisation = ?, representative = ? WHERE uscc = ? AND last_seen = ? RETURNING id"
)


def see(connection: Connection, pinyin: Pinyin, fact: CaseReceived, at: str) -> None:
    """Remember who applied at ``at`` as last typed; the row's id grows with the last visit."""
    if fact.organisation:
        _see_organisation(connection, fact.organisation, fact.applicant, at)
    else:
        _see_person(connection, pinyin, fact.applicant, at)


def see_corrected(connection: Connection, pinyin: Pinyin, case: Case, at: str) -> None:
    """Remember who applied in ``case``, begun at ``at``, as corrected, unless they have been here since.

    A number that was corrected is another visitor's: what is known of either stays as it is.
    """
    if case.organisation:
        told = (_json(case.organisation), _json(case.applicant), case.organisation.uscc, at)
        for (row,) in connection.execute(_CORRECT_ORGANISATION, told).fetchall():
            connection.execute(_DELETE_ORGANISATION_SEARCH, (row,))
            _index_organisation(connection, row, case.organisation)
        return
    person = case.applicant
    for (row,) in connection.execute(_CORRECT_PERSON, (_json(person), person.id_number, at)).fetchall():
        connection.execute(_DELETE_PERSON_SEARCH, (row,))
        _index_person(connection, pinyin, row, person)


def _see_person(connection: Connection, pinyin: Pinyin, person: Person, at: str) -> None:
    known = connection.execute(_KNOWN_PERSON, (person.id_number,)).fetchone()
    (last,) = connection.execute(_LAST_PERSON).fetchone()
    row = {
        "id": last + 1,
        "id_number": person.id_number,
        "person": _json(person),
        "cases": known[1] + 1 if known else 1,
        "last_seen": at,
    }
    if known:
        connection.execute(_DELETE_PERSON_SEARCH, (known[0],))
    connection.execute(_REPLACE_PERSON, row)
    _index_person(connection, pinyin, last + 1, person)


def _see_organisation(connection: Connection, organisation: Organisation, representative: Person, at: str) -> None:
    known = connection.execute(_KNOWN_ORGANISATION, (organisation.uscc,)).fetchone()
    (last,) = connection.execute(_LAST_ORGANISATION).fetchone()
    row = {
        "id": last + 1,
        "uscc": organisation.uscc,
        "organisation": _json(organisation),
        "representative": _json(representative),
        "cases": known[1] + 1 if known else 1,
        "last_seen": at,
    }
    if known:
        connection.execute(_DELETE_ORGANISATION_SEARCH, (known[0],))
    connection.execute(_REPLACE_ORGANISATION, row)
    _index_organisation(connection, last + 1, organisation)


def _index_person(connection: Connection, pinyin: Pinyin, row: int, person: Person) -> None:
    initials = " ".join(pinyin.name_initials(person.name))
    connection.execute(_INSERT_PERSON_SEARCH, (row, characters(person.name), initials, person.id_number))


def _index_organisation(connection: Connection, row: int, organisation: Organisation) -> None:
    connection.execute(_INSERT_ORGANISATION_SEARCH, (row, characters(organisation.name), organisation.uscc))


def _json(value: object) -> str:
    return json.dumps(to_plain(value), ensure_ascii=False)
