"""What was set aside for good is told, for the list of papers that were called back."""

from pathlib import Path

from alembic import op

revision = "0006"
down_revision = "0005"

SQL = Path(__file__).parent.parent / "sql" / revision


def upgrade() -> None:
    for file in sorted(SQL.glob("*.sql")):
        # The driver's own call: a file holds many statements and no parameters, so nothing in it is a placeholder.
        op.get_bind().connection.driver_connection.execute(file.read_bytes())
