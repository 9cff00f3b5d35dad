"""Which platform events were seen, so that a redelivered one does nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from drills.people import Workspace
from storage.tables import inbox
from storage.writes import add_once


class SqlInbox:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def first(self, workspace: Workspace, key: str, at: datetime) -> bool:
        """A rival transaction with the same key is waited for: if it rolls back, this one is the first.

        The workspace has its row: whoever acts has found something of theirs in it.
        """
        return await add_once(self._connection, inbox, {"workspace": str(workspace), "key": key, "at": at})
