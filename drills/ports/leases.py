"""Who may do what only one process may do at a time."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Leases(Protocol):
    """A name held by one holder until a moment. Whoever goes on holding it asks again in time."""

    async def take(self, name: str, holder: str, now: datetime, until: datetime) -> bool:
        """Whether the holder has it until then: it was free, has run out, or was theirs already."""
        ...

    async def free(self, name: str, holder: str) -> None:
        """Give it back. No-op where somebody else holds it."""
        ...
