"""Runs the centre's migrations on the connection that ``app.central.schema`` gives, inside its transaction."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table="schema_version",
    version_table_schema="core",
)
context.run_migrations()
