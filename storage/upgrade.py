"""Brings a database to the schema of this program, and says what is still to be done. Needs no event loop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from drills.errors import OursToFix
from storage import engines
from storage.address import file_of, is_sqlite, parse
from storage.file_lock import FileLock

_ONE_AT_A_TIME = 7_233_225  # a PostgreSQL advisory lock of our own


class BrokenReferences(OursToFix):
    """A migration would have left rows that point at nothing; it was rolled back."""


def upgrade(url: str, revision: str = "head") -> None:
    """All or nothing, in one transaction. Call it before `open_memory`: it claims a SQLite file as that does.

    Raises BadDatabaseUrl, MissingDriver, FileInUse, UnreadableDatabase or BrokenReferences.
    """
    with _migrating(url) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Back to an older schema; `base` drops everything."""
    with _migrating(url) as connection:
        command.downgrade(_config(connection), revision)


def pending(connection: sa.Connection) -> list[str]:
    """The revisions that this database lacks, oldest first."""
    script = ScriptDirectory.from_config(_config(connection))
    current = MigrationContext.configure(connection).get_current_heads()
    lacking = script.iterate_revisions("head", current or "base")
    return [f"{step.revision} ({step.doc})" for step in reversed(list(lacking))]


@contextmanager
def _migrating(url: str) -> Iterator[sa.Connection]:
    parsed = parse(url)
    lock = FileLock.take(file_of(parsed)) if is_sqlite(parsed) else None
    try:
        with engines.tool(parsed) as connection:
            _wait_for_others(connection)
            yield connection
            _refuse_broken_references(connection)
    finally:
        if lock is not None:
            lock.release()


def _wait_for_others(connection: sa.Connection) -> None:
    """Two processes that start at once on PostgreSQL: the second one finds nothing left to do."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ONE_AT_A_TIME)))


def _refuse_broken_references(connection: sa.Connection) -> None:
    """SQLite migrates with foreign keys off, so they are checked as a whole before the commit."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise BrokenReferences(f"{len(broken)} rows would point at nothing, the first in {broken[0][0]}")


def _config(connection: sa.Connection) -> Config:
    """No ini file: the scripts lie beside this module, also in an installed wheel."""
    config = Config()
    scripts = Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
