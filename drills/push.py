"""A push: one drill, posted once in one team's channel, open for a while."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from drills.people import MessageRef, Profession, Workspace

DEMO = "demo"  # the campaign of drills that the demo's story posted
WINDOW = timedelta(hours=72)  # default window of clinical.md §7: long enough to be fair to every shift

LATE = timedelta(days=7)  # after the window an answer still counts as taking part for so long (clinical.md §7)


class PushState(StrEnum):
    """planned → posting → posted → closed; failed when the channel can't be written to."""

    PLANNED = "planned"
    POSTING = "posting"
    POSTED = "posted"
    CLOSED = "closed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Push:
    """`campaign` and `slot` make it unique for a team, so that no slot is ever pushed twice.

    `claimed_at`: when the worker that has it, or that posted it, took it on. `keep`: feedback on it goes where it
    stays (`Chat.tell`).
    """

    id: str
    workspace: Workspace
    team: str
    drill_id: str
    drill_hash: str
    variant: str
    campaign: str
    slot: str
    state: PushState
    opens_at: datetime
    closes_at: datetime
    message: MessageRef | None = None
    claimed_at: datetime | None = None
    tries: int = 0
    keep: bool = False

    def is_open(self, now: datetime) -> bool:
        """Whether an answer counts as in time. Late answers are still welcome (clinical.md §7)."""
        return self.state is not PushState.CLOSED and now < self.closes_at

    @property
    def out_since(self) -> datetime:
        """When its readers were counted: later than `opens_at` where it had to wait for a hold or for a worker."""
        return max(self.opens_at, self.claimed_at or self.opens_at)

    def claim(self, now: datetime) -> Push:
        return replace(self, state=PushState.POSTING, claimed_at=now, tries=self.tries + 1)

    def release(self) -> Push:
        """Give a claim back: the next try knows from `tries` that this one may have got through."""
        return replace(self, state=PushState.PLANNED, claimed_at=None)

    def posted(self, message: MessageRef) -> Push:
        return replace(self, state=PushState.POSTED, message=message)

    def close(self) -> Push:
        return replace(self, state=PushState.CLOSED)

    def fail(self) -> Push:
        return replace(self, state=PushState.FAILED, claimed_at=None)


@dataclass(frozen=True, slots=True)
class Eligible:
    """Somebody whom a push reached and whose profession the drill is for: the E of clinical.md §7."""

    push: str
    user: str
    profession: Profession


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many of those eligible have answered or skipped. Counts of people, never names."""

    eligible: int
    answered: int
    skipped: int
