"""What is remembered of rotas: times and their kind, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from drills.people import PersonRef, Team
from drills.rota import Rota


class Rotas(Protocol):
    async def of(self, team: Team) -> Mapping[str, Rota]:
        """By person; those without a rota are not there."""
        ...

    async def one(self, team: Team, user: str) -> Rota:
        """An empty one for somebody without."""
        ...

    async def put(self, team: Team, rotas: Mapping[str, Rota]) -> None:
        """Each in place of the person's earlier one; an empty one leaves nothing of it."""
        ...

    async def forget(self, person: PersonRef) -> None:
        """In every team."""
        ...
