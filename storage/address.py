"""Which database a URL means: one file for one process, or PostgreSQL for any number of them."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from drills.errors import OursToFix

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


class BadDatabaseUrl(OursToFix):
    """DATABASE_URL names no database that we can keep rows in."""


def parse(url: str) -> sa.URL:
    """The URL with our driver in it. Raises BadDatabaseUrl; never repeats a password."""
    try:
        parsed = sa.make_url(url)
        driver = _DRIVERS[parsed.drivername]
    except (sa.exc.ArgumentError, KeyError):
        raise BadDatabaseUrl(
            "DATABASE_URL is neither sqlite+aiosqlite:///path/to/file.db nor postgresql+psycopg://user@host/name"
        ) from None
    if is_sqlite(parsed) and parsed.database in {None, "", ":memory:"}:
        raise BadDatabaseUrl("DATABASE_URL names no file: SQLite needs one, as in sqlite+aiosqlite:///readback.db")
    return parsed.set(drivername=driver)


def is_sqlite(url: sa.URL) -> bool:
    return url.get_backend_name() == "sqlite"


def file_of(url: sa.URL) -> Path:
    """Where a SQLite URL keeps its rows."""
    return Path(url.database or "")


def blocking(url: sa.URL) -> sa.URL:
    """The same database through a driver that needs no event loop: for migrations and checks."""
    return url.set(drivername="sqlite") if is_sqlite(url) else url
