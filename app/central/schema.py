"""Creates the centre's schema, brings it up to date, and seals its database. Needs a superuser of PostgreSQL.

The SQL itself is in ``migrations/central/sql``. Alembic is imported here only: nothing else of the centre needs it.
"""

import os
from typing import Any

import psycopg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

from app.central.connection import Address, failures
from app.config import MIGRATIONS
from app.services.errors import NotPermitted
from app.services.ports import CentrePlan

BLOCK = 64
"""Bytes of a block of SHA-256; RFC 2104 pads keys to it."""
GROUPS = (
    "lideng_owner",
    "lideng_station",
    "lideng_admin",
    "lideng_supervisor",
    "lideng_watch",
    "lideng_pooler",
    "pg_monitor",
)
"""Whose members may enter the database. What they may do there the migrations say."""
WHO_ASKS = """
    select current_database(), current_setting('server_version'), current_setting('is_superuser') = 'on',
        has_schema_privilege(to_regnamespace('admin')::oid, 'usage'),
        has_schema_privilege(to_regnamespace('supervise')::oid, 'usage')
"""
"""What and who; null for a part that is not there. Supervisors see no catalogue, so nothing is looked up in it."""
SERVERS_OWN = ("postgres", "template1")
"""Databases that every server has and that every role could enter otherwise."""


def prepare(address: Address) -> str:
    """Create the schema in the database at ``address`` or bring it up to date, in one transaction; return its version.

    NotPermitted unless the log-in is a superuser: roles, and functions of PostgreSQL itself, are taken from others.
    """
    engine = create_engine("postgresql+psycopg://", creator=address.connect, poolclass=NullPool)
    with failures(), engine.connect() as connection, connection.begin():
        if not connection.scalar(text("select rolsuper from pg_roles where rolname = current_user")):
            raise NotPermitted("central init")
        connection.execute(text("select pg_advisory_xact_lock(20261125)"))
        connection.execute(text("create schema if not exists core"))
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _seal(connection)
    return newest()


def plan(address: Address) -> CentrePlan:
    """Return what stands at ``address`` and what ``prepare`` would make of it; any log-in that gets in may ask.

    CentralUnavailable("login") for one that is in none of the centre's groups.
    """
    with failures(), address.connect() as connection:
        database, server, may_prepare, may_run, may_supervise = _first(connection, WHO_ASKS)
        current = ""
        if may_run is not None:
            current = _first(connection, _version_for(may_prepare=may_prepare, may_run=may_run))[0]
    return CentrePlan(database, server, current, newest(), may_prepare, bool(may_run), bool(may_supervise))


def _version_for(*, may_prepare: bool, may_run: bool) -> str:
    """Return the statement by which a superuser reads the version of the schema, or whoever else may ask is told."""
    if may_prepare:
        return "select version_num from core.schema_version"
    return "select admin.status() ->> 'schema'" if may_run else "select supervise.version()"


def _first(connection: psycopg.Connection, statement: str) -> Any:  # noqa: ANN401  whatever was asked for
    return connection.execute(statement.encode()).fetchone()


def newest() -> str:
    """Return the name of the newest migration that this program has."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _seal(connection: Connection) -> None:
    """Give the centre its secret if it has none, and close the database to whoever is in none of our groups.

    Rights on a database do not go along when it is copied or restored, so this is done at every call.
    """
    pads = anchor_pads(os.urandom(32))
    connection.execute(
        text("insert into core.centre (inner_pad, outer_pad) values (:inner, :outer) on conflict do nothing"),
        {"inner": pads[0], "outer": pads[1]},
    )
    own = connection.scalar(text("select quote_ident(current_database())"))
    for database in (own, *SERVERS_OWN):
        connection.execute(text(f"revoke all on database {database} from public"))
    connection.execute(text(f"grant connect on database {own} to {', '.join(GROUPS)}"))


def anchor_pads(key: bytes) -> tuple[bytes, bytes]:
    """Return the inner and the outer pad of HMAC-SHA-256 for ``key`` of at most 64 bytes."""
    padded = key.ljust(BLOCK, b"\0")
    return bytes(one ^ 0x36 for one in padded), bytes(one ^ 0x5C for one in padded)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS / "central").replace("%", "%%"))
    return config
