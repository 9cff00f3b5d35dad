"""What Alembic runs for every command. The connection comes from `storage.upgrade`, in a transaction of its own."""

from __future__ import annotations

from alembic import context

from storage import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.workspaces.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
