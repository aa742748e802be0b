"""What the errors of PostgreSQL mean: by SQLSTATE, never by text. The centre's own begin with LD."""

import psycopg

from app.services.errors import (
    BatchRefused,
    CentralRefused,
    CentralUnavailable,
    CentralVersion,
    CentreDeclined,
    ChainForked,
    ChainRefused,
    InvitationSpent,
    NotAParty,
    ServiceError,
    StationRevoked,
    StationUnknown,
)
from app.services.ports import CENTRAL_SCHEMA

PLAIN: dict[str, type[CentralRefused]] = {
    "LD001": StationUnknown,
    "LD002": StationRevoked,
    "LD005": BatchRefused,
    "LD006": InvitationSpent,
    "LD007": NotAParty,
    "LD009": BatchRefused,
}
LOGIN = {"28000", "28P01", "42501"}
"""Wrong role or password, no line in pg_hba.conf, or a role that is in none of our groups."""
BUSY_CLASSES = {"53", "57", "55", "40"}
"""Out of resources, shutting down or starting, a lock that was not given, a deadlock: it will pass."""
BUSY = {"25006"}
"""A replica that takes no writes: the next log-in looks for one that does."""
NO_DATABASE = "3D000"
NO_CENTRE = {"3F000", "42883", "42P01"}
"""No such schema, function or table: the database is no centre, or an older one."""


def translated(error: psycopg.Error) -> ServiceError:
    """Return what ``error`` of a connection that was open means to the caller."""
    if error.sqlstate is None:
        return CentralUnavailable("network")
    return meaning(error.sqlstate, error.diag.message_detail or "")


def meaning(state: str, detail: str = "") -> ServiceError:
    """Return what an SQLSTATE means to the caller."""
    if state.startswith("LD"):
        return _own(state, detail)
    if state in NO_CENTRE:
        return CentralVersion(0, CENTRAL_SCHEMA)
    if state in LOGIN:
        return CentralUnavailable("login")
    if state == NO_DATABASE:
        return CentralUnavailable("database")
    if state[:2] in BUSY_CLASSES or state in BUSY:
        return CentralUnavailable("busy")
    return CentralUnavailable("network" if state.startswith("08") else "failed")


def _own(state: str, detail: str) -> ServiceError:
    figures = [int(word) for word in detail.split() if word.isdecimal()]
    match state, figures:
        case "LD003", [epoch, seq]:
            return ChainForked(epoch, seq)
        case "LD004", [seq]:
            return ChainRefused(seq)
        case "LD008", [theirs]:
            return CentralVersion(theirs, CENTRAL_SCHEMA)
        case "LD010", _:
            return CentreDeclined(detail)
    return PLAIN.get(state, CentralRefused)()
