"""The append-only ledger of what was judged by whom, hash-chained within each workspace."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from drills.people import Workspace
from drills.ports import LedgerEntry
from storage.chain import canonical, link
from storage.tables import ledger
from storage.workspaces import keep_ledger_hash, next_ledger_head


class SqlLedger:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def append(self, workspace: Workspace, at: datetime, body: dict[str, Any]) -> LedgerEntry:
        """One after the other in a workspace: waits for a rival's transaction to end."""
        head = await next_ledger_head(self._connection, workspace)
        hash_ = link(head.previous, workspace, head.seq, at, body)
        entry = LedgerEntry(workspace, head.seq, at, body, head.previous, hash_)
        await self._connection.execute(sa.insert(ledger).values(_row(entry)))
        await keep_ledger_hash(self._connection, workspace, hash_)
        return entry

    async def entries(self, workspace: Workspace) -> Sequence[LedgerEntry]:
        """Oldest first."""
        own = sa.select(ledger).where(ledger.c.workspace == str(workspace)).order_by(ledger.c.seq)
        return [entry_of(row) for row in await self._connection.execute(own)]

    async def about(self, workspace: Workspace, evaluation: str) -> Sequence[LedgerEntry]:
        named = ledger.c.body.contains(canonical({"evaluation": evaluation})[1:-1], autoescape=True)
        own = sa.select(ledger).where(ledger.c.workspace == str(workspace), named).order_by(ledger.c.seq)
        return [entry_of(row) for row in await self._connection.execute(own)]


def entry_of(row: sa.Row[Any]) -> LedgerEntry:
    return LedgerEntry(
        workspace=Workspace.parse(row.workspace),
        seq=row.seq,
        at=row.at,
        body=_body(row.body),
        previous=row.previous,
        hash=row.hash,
    )


def _body(text: str) -> dict[str, Any]:
    """What is no JSON was not written by us: it is handed on as it stands, and breaks its hash."""
    try:
        body: dict[str, Any] = json.loads(text)
    except ValueError:
        return {"unreadable": text}
    return body


def _row(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "workspace": str(entry.workspace),
        "seq": entry.seq,
        "at": entry.at,
        "body": canonical(entry.body),
        "previous": entry.previous,
        "hash": entry.hash,
    }
