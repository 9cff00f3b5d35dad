"""The three ways a row is written: added once, put in place of the old one, or moved from a known state."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.errors import Stale


def insert(connection: AsyncConnection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows `on_conflict_…`: the two databases share the words but not the class."""
    return insert_into(connection.dialect.name, table)


def insert_into(dialect: str, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """The same for a statement that is built once."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


async def add_once(connection: AsyncConnection, table: sa.Table, row: Mapping[str, Any]) -> bool:
    """False when any unique key of the row is taken; the old row stays as it is."""
    return (await connection.execute(_adding(connection.dialect.name, table), row)).first() is not None


async def put(connection: AsyncConnection, table: sa.Table, row: Mapping[str, Any]) -> None:
    """Insert, or overwrite the row with the same primary key."""
    key = [column.name for column in table.primary_key]
    await connection.execute(
        insert(connection, table).values(row).on_conflict_do_update(index_elements=key, set_=rest(table, row))
    )


async def move(
    connection: AsyncConnection, table: sa.Table, row: Mapping[str, Any], *guards: sa.ColumnElement[bool]
) -> None:
    """Compare-and-set: write `row` over the one with its primary key while the guards hold. Raises Stale."""
    same = [column == row[column.name] for column in table.primary_key]
    done = await connection.execute(sa.update(table).where(*same, *guards).values(rest(table, row)))
    if done.rowcount == 0:
        raise Stale(f"a row of {table.name} was moved by somebody else first")


def is_row(table: sa.Table) -> list[sa.ColumnElement[bool]]:
    """A condition for a statement that is built once: the primary key, given as `is_…` when it is executed."""
    return [column == sa.bindparam(f"is_{column.name}") for column in table.primary_key]


def rest(table: sa.Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row without its primary key."""
    key = {column.name for column in table.primary_key}
    return {name: value for name, value in row.items() if name not in key}


@cache
def _adding(dialect: str, table: sa.Table) -> sa.Insert:
    """Built once: putting a statement together costs more than SQLite takes to carry it out."""
    return insert_into(dialect, table).on_conflict_do_nothing().returning(sa.literal(1))
