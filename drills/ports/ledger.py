"""The append-only, hash-chained record of every evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from drills.people import Workspace


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of the append-only ledger. `body` is JSON data with hashes in place of words.

    `hash` = SHA-256 over previous hash and canonical body; `seq` counts from 1 in each workspace.
    """

    workspace: Workspace
    seq: int
    at: datetime
    body: dict[str, Any]
    previous: str
    hash: str


class Ledger(Protocol):
    async def append(self, workspace: Workspace, at: datetime, body: dict[str, Any]) -> LedgerEntry: ...
    async def entries(self, workspace: Workspace) -> Sequence[LedgerEntry]: ...
    async def about(self, workspace: Workspace, evaluation: str) -> Sequence[LedgerEntry]:
        """Oldest first: what was said of one reply, by judges and by people."""
        ...
