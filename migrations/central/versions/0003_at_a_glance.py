"""What an administrator sees at a glance: the watch's last round, bulletins, where a station stands; images brought by hand; pushes by key; letting in."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"

SQL = Path(__file__).parent.parent / "sql" / revision


def upgrade() -> None:
    for file in sorted(SQL.glob("*.sql")):
        # The driver's own call: a file holds many statements and no parameters, so nothing in it is a placeholder.
        op.get_bind().connection.driver_connection.execute(file.read_bytes())
