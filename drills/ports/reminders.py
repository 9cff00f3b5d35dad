"""What is remembered of reminders: which are due, who still wants them, and what was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from drills.people import PersonRef, Team, Workspace
from drills.push import Push
from drills.reminder import Pause, Reminder, ReminderState


@dataclass(frozen=True, slots=True)
class DueReminders:
    """The reminders of one slot whose time has come; `made` is how many times before. `local` names the slot."""

    workspace: Workspace
    campaign: str
    team: str
    local: str
    push: str
    made: int


class Reminders(Protocol):
    async def due(self, now: datetime, limit: int) -> Sequence[DueReminders]:
        """Locked until the transaction ends; those that another process has locked are left out."""
        ...

    async def next(self, due: DueReminders, at: datetime | None, *, made: int) -> None:
        """When to look at this slot again; None for never."""
        ...

    async def add(self, reminders: Sequence[Reminder]) -> Set[str]:
        """The ids of those that are new."""
        ...

    async def get(self, workspace: Workspace, id_: str) -> Reminder | None: ...
    async def save(self, reminder: Reminder, *, was: ReminderState) -> None:
        """Compare-and-set. Raises Stale."""
        ...

    async def of(self, push: Push) -> Sequence[Reminder]:
        """Every one about it, whatever became of it."""
        ...

    async def unanswered(self, push: Push) -> Set[str]:
        """Who was meant and has neither answered nor skipped."""
        ...

    async def let_pass(self, team: Team, people: Set[str]) -> Mapping[str, int]:
        """How many closed drills in a row, the newest first, each of them let pass since they last wanted reminders."""
        ...

    async def pauses(self, team: Team) -> Mapping[str, Pause]:
        """By person."""
        ...

    async def put_pause(self, team: Team, pause: Pause) -> None:
        """In place of the person's earlier one."""
        ...

    async def forget(self, person: PersonRef) -> None:
        """What was told or waits to be told, and every pause, in all teams."""
        ...
