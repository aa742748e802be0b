"""Brings a store's schema up to date with Alembic; imported only when there is something to do."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine

from app.config import MIGRATIONS
from app.storage.engine import WRITES


def migrate(engine: Engine) -> None:
    """Bring the schema to the newest version in one transaction; when anything fails the file is as it was."""
    config = _config()
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


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
