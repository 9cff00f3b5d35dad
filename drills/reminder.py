"""A reminder: one private word to one person about one drill that is open. Never more than the campaign allows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from drills.evaluation import LEASE_S
from drills.people import Workspace

IGNORED = 2
"""So many drills in a row neither answered nor skipped, and there are no more reminders until the person wants them."""


class ReminderKind(StrEnum):
    """`shift`: the first word of a drill to somebody who was not on shift when it was posted.

    `last`: says once that there will be no more, with the button that brings them back.
    """

    SHIFT = "shift"
    REMINDER = "reminder"
    LAST = "last"


class ReminderState(StrEnum):
    """planned → telling → told | failed, or dropped because the person was faster or the drill is closed."""

    PLANNED = "planned"
    TELLING = "telling"
    TOLD = "told"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Reminder:
    """`number` counts from 1 for each push and person, 0 for the word at shift start; that makes it unique.

    `due_at`: it waits until then for the person's shift. None: it is due once it is made.
    """

    id: str
    workspace: Workspace
    push: str
    user: str
    number: int
    kind: ReminderKind
    made_at: datetime
    state: ReminderState = ReminderState.PLANNED
    claimed_at: datetime | None = None
    tries: int = 0
    due_at: datetime | None = None

    def may_claim(self, now: datetime) -> bool:
        """Not before it is due, and not while somebody is at work on it."""
        if self.due_at is not None and now < self.due_at:
            return False
        if self.state is ReminderState.TELLING:
            return self.claimed_at is None or (now - self.claimed_at).total_seconds() > LEASE_S
        return self.state is ReminderState.PLANNED

    def claim(self, now: datetime) -> Reminder:
        return replace(self, state=ReminderState.TELLING, claimed_at=now, tries=self.tries + 1)

    def ended(self, state: ReminderState) -> Reminder:
        """Also the way back to planned: the next try knows from `tries` that this one may have got through."""
        return replace(self, state=state, claimed_at=None)


@dataclass(frozen=True, slots=True)
class Pause:
    """Somebody wants no reminders in a team (`wished`), or let too many drills pass; over once `resumed_at` is set."""

    user: str
    since: datetime
    wished: bool = False
    resumed_at: datetime | None = None

    @property
    def holds(self) -> bool:
        return self.resumed_at is None
