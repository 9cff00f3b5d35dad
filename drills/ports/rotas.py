"""What is remembered of rotas: times and their kind, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from drills.people import PersonRef, Team
from drills.rota import Rota, RotaDraft


class Rotas(Protocol):
    async def of(self, team: Team) -> Mapping[str, Rota]:
        """What was brought in for this team, by person; those without a rota are not there."""
        ...

    async def deciding(self, team: Team) -> Mapping[str, Rota]:
        """What decides when members may be told, and whether they are away: theirs with what other teams of the
        workspace hold of them as `elsewhere`. Those without any are not there. It is shown to nobody.
        """
        ...

    async def deciding_for(self, team: Team, user: str) -> Rota:
        """The same for one person; an empty one for somebody without."""
        ...

    async def put(self, team: Team, rotas: Mapping[str, Rota]) -> None:
        """Each in place of the person's earlier one; an empty one leaves nothing of it."""
        ...

    async def forget(self, person: PersonRef) -> None:
        """In every team."""
        ...


class RotaDrafts(Protocol):
    """What somebody pasted for a team and did not say yes to yet; one for each of them."""

    async def keep(self, team: Team, draft: RotaDraft) -> None:
        """In place of an earlier one of the same person."""
        ...

    async def of(self, team: Team, by: str) -> RotaDraft | None: ...
    async def drop(self, team: Team, by: str) -> None:
        """No-op where there is none."""
        ...

    async def forget(self, person: PersonRef) -> None:
        """Those that the person pasted, and those that name them."""
        ...
