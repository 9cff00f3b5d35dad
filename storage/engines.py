"""Engines that keep SQLite's and PostgreSQL's promises: durable commits, real transactions, no words in errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from drills.errors import OursToFix
from storage.address import blocking, is_sqlite
from storage.line import Line
from storage.outages import first_line

_READERS = 4  # each is a thread
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000")


class MissingDriver(OursToFix):
    """DATABASE_URL says PostgreSQL, but its driver isn't installed."""


class UnreadableDatabase(OursToFix):
    """The file is no database, or the server does not let us in."""


def writer(url: sa.URL) -> AsyncEngine:
    """SQLite: one connection, so that writers queue in order instead of meeting a busy file."""
    if not is_sqlite(url):
        engine: AsyncEngine = _build(create_async_engine, url, pool_size=10, max_overflow=10, pool_pre_ping=True)
        return engine
    engine = _build(create_async_engine, url, pool_size=1, max_overflow=0, connect_args={"async_creator_fn": Line})
    _keep_sqlite_honest(engine.sync_engine, "foreign_keys=ON", begin="BEGIN IMMEDIATE")
    return engine


def reader(url: sa.URL, beside: AsyncEngine) -> AsyncEngine:
    """Transactions that see one snapshot and may not write; they never wait for the writer."""
    if not is_sqlite(url):
        return beside.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    engine: AsyncEngine = _build(
        create_async_engine, url, pool_size=_READERS, max_overflow=0, connect_args={"async_creator_fn": Line}
    )
    _keep_sqlite_honest(engine.sync_engine, "query_only=ON", begin="BEGIN")
    return engine


@contextmanager
def tool(url: sa.URL, *, begin: str = "BEGIN IMMEDIATE") -> Iterator[sa.Connection]:
    """One transaction for migrations and checks: no event loop, and foreign keys off, since SQLite rebuilds tables.

    Raises UnreadableDatabase.
    """
    engine: sa.Engine = _build(sa.create_engine, blocking(url), poolclass=sa.NullPool)
    if is_sqlite(url):
        _keep_sqlite_honest(engine, "foreign_keys=OFF", begin=begin)
    try:
        with engine.begin() as connection:
            yield connection
    except sa.exc.DatabaseError as error:
        raise UnreadableDatabase(f"the database can't be used: {first_line(error)}") from error
    finally:
        engine.dispose()


def _build(create: Callable[..., Any], url: sa.URL, **options: Any) -> Any:
    """`hide_parameters` keeps replies out of every error text, and so out of every log."""
    try:
        return create(url, hide_parameters=True, **options)
    except ModuleNotFoundError as error:
        raise MissingDriver(
            "DATABASE_URL is PostgreSQL, but its driver is not installed: pip install 'readback[postgres]'"
        ) from error


def _keep_sqlite_honest(engine: sa.Engine, *pragmas: str, begin: str) -> None:
    """Python's driver opens no transaction for a SELECT, so two readers can overwrite each other; we begin ourselves.

    BEGIN IMMEDIATE takes the write lock before the first read (docs/decisions/0002).
    """

    @sa.event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (*_PRAGMAS, *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "invalidate")
    def _cancelled(connection: Any, _record: object, _error: BaseException | None) -> None:
        """A connection that closes with a statement still open keeps its lock for as long as anybody holds the cursor,
        and the traceback of a cancelled task does. Rolled back, it holds nothing."""
        with suppress(sa.exc.DBAPIError, ValueError):
            connection.rollback()

    @sa.event.listens_for(engine, "begin")
    def _began(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)
