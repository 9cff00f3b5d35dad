"""The three ways a row is written: added once, put in place of the old one, or moved from a known state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.errors import Stale


def insert(connection: AsyncConnection, table: sa.Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows `on_conflict_…`: the two databases share the words but not the class."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


async def add_once(connection: AsyncConnection, table: sa.Table, row: Mapping[str, Any]) -> bool:
    """False when any unique key of the row is taken; the old row stays as it is."""
    added = insert(connection, table).values(row).on_conflict_do_nothing().returning(sa.literal(1))
    return (await connection.execute(added)).first() is not None


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


def rest(table: sa.Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row without its primary key."""
    key = {column.name for column in table.primary_key}
    return {name: value for name, value in row.items() if name not in key}
