"""Workspaces as rows: the root of every foreign key, and the counters that need one writer at a time."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.people import Workspace
from storage.chain import GENESIS
from storage.tables import workspaces
from storage.writes import add_once


@dataclass(frozen=True, slots=True)
class LedgerHead:
    """The place of the entry that is being written, and the hash it follows."""

    seq: int
    previous: str


async def settle(connection: AsyncConnection, workspace: Workspace) -> None:
    """Make sure that the workspace has its row."""
    empty = {"ledger_seq": 0, "ledger_hash": GENESIS, "message_seq": 0}
    await add_once(connection, workspaces, {"id": str(workspace), **empty})


async def next_ledger_head(connection: AsyncConnection, workspace: Workspace) -> LedgerHead:
    """Holds the workspace's row until the transaction ends, so that no two entries follow the same one."""
    await settle(connection, workspace)
    step = (
        sa.update(workspaces)
        .where(workspaces.c.id == str(workspace))
        .values(ledger_seq=workspaces.c.ledger_seq + 1)
        .returning(workspaces.c.ledger_seq, workspaces.c.ledger_hash)
    )
    seq, previous = (await connection.execute(step)).one()
    return LedgerHead(seq, previous)


async def keep_ledger_hash(connection: AsyncConnection, workspace: Workspace, hash_: str) -> None:
    own = workspaces.c.id == str(workspace)
    await connection.execute(sa.update(workspaces).where(own).values(ledger_hash=hash_))


async def next_message_seq(connection: AsyncConnection, workspace: Workspace) -> int:
    """Counts up from 1, in order of commit."""
    await settle(connection, workspace)
    step = (
        sa.update(workspaces)
        .where(workspaces.c.id == str(workspace))
        .values(message_seq=workspaces.c.message_seq + 1)
        .returning(workspaces.c.message_seq)
    )
    return int((await connection.execute(step)).scalar_one())
