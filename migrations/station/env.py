"""Runs the station's migrations on the connection that ``app.storage.migrating`` gives, inside its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
