"""Both databases, for every test below this folder."""

from __future__ import annotations

from contracts.databases import (
    database_url,
    empty_postgres_url,
    empty_url,
    memory,
    postgres_memory,
    postgres_server,
    postgres_template,
    postgres_url,
    sqlite_memory,
    sqlite_template,
    sqlite_url,
)

__all__ = [
    "database_url",
    "empty_postgres_url",
    "empty_url",
    "memory",
    "postgres_memory",
    "postgres_server",
    "postgres_template",
    "postgres_url",
    "sqlite_memory",
    "sqlite_template",
    "sqlite_url",
]
