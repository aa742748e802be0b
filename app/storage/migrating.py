"""Brings a store's schema up to date with Alembic; imported only when there is something to do."""

from collections.abc import Callable
from typing import cast

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine
from sqlcipher3 import dbapi2

from app.config import MIGRATIONS
from app.storage.engine import WRITES


def migrate(engine: Engine, finish: Callable[[dbapi2.Connection], object], version: str = "head") -> None:
    """Bring the schema to ``version`` in one transaction; when anything fails the file is as it was.

    ``finish`` is called inside the transaction with the driver's connection: migrations change the tables of views,
    it builds the views again.
    """
    config = _config()
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        finish(cast("dbapi2.Connection", connection.connection.driver_connection))


def knows(version: str) -> bool:
    """Tell whether this program has a migration called ``version``."""
    try:
        return ScriptDirectory.from_config(_config()).get_revision(version) is not None
    except CommandError:
        return False


def newest() -> str:
    """Return the name of the newest migration."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS / "station").replace("%", "%%"))
    return config
