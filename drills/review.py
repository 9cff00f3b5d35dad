"""A review: a person reads one reply, blind, and what they say takes the place of the judge's verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from drills.drill import Drill
from drills.evaluation import LEASE_S, Band
from drills.people import Workspace
from drills.rubric import Criterion, Level, RedFlag

Item: TypeAlias = Criterion | RedFlag
"""One thing to rule on. A red flag is `met` when the reply shows it."""


class ReviewState(StrEnum):
    """open → settled → telling → told | untold; each move is a compare-and-set."""

    OPEN = "open"
    SETTLED = "settled"
    TELLING = "telling"
    TOLD = "told"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class Before:
    """What had been said of a reply, so that its writer can be told what changed."""

    levels: Mapping[str, Level] = field(default_factory=dict)
    red_flags: tuple[str, ...] = ()
    band: Band | None = None

    def level_of(self, item: Item) -> Level:
        """A red flag is `met` where it was raised; a criterion that nobody judged is `cannot_judge`."""
        if isinstance(item, RedFlag):
            return Level.MET if item.id in self.red_flags else Level.NOT_YET
        return self.levels.get(item.id, Level.CANNOT_JUDGE)


@dataclass(frozen=True, slots=True)
class Review:
    """One for an evaluation whose writer asked for it: that it is there is the consent to show the words.

    `reviewer` is the user who settled it; `tries` counts the attempts at telling the writer.
    """

    workspace: Workspace
    evaluation: str
    asked_at: datetime
    state: ReviewState = ReviewState.OPEN
    reviewer: str | None = None
    settled_at: datetime | None = None
    before: Before | None = None
    tries: int = 0
    claimed_at: datetime | None = None

    def settle(self, reviewer: str, now: datetime, before: Before) -> Review:
        return replace(self, state=ReviewState.SETTLED, reviewer=reviewer, settled_at=now, before=before)

    def claim(self, now: datetime) -> Review:
        return replace(self, state=ReviewState.TELLING, claimed_at=now, tries=self.tries + 1)

    def release(self) -> Review:
        """Give a claim back: the next try knows from `tries` that this one may have got through."""
        return replace(self, state=ReviewState.SETTLED, claimed_at=None)

    def told(self) -> Review:
        return replace(self, state=ReviewState.TOLD, claimed_at=None)

    def untold(self) -> Review:
        return replace(self, state=ReviewState.UNTOLD, claimed_at=None)

    def may_be_claimed(self, now: datetime) -> bool:
        if self.state is ReviewState.TELLING:
            return self.claimed_at is None or (now - self.claimed_at).total_seconds() > LEASE_S
        return self.state is ReviewState.SETTLED


@dataclass(frozen=True, slots=True)
class Ruling:
    """What one reviewer says of one item. `final` since they saw the judge's verdict: from then on it stands."""

    ref: str
    level: Level
    final: bool = False


def items(drill: Drill) -> tuple[Item, ...]:
    """What a reviewer rules on, in this order: every criterion, then every red flag, raised or not."""
    return (*drill.rubric.criteria, *drill.red_flags)


def levels_offered(item: Item) -> tuple[Level, ...]:
    """`partial` only where the author wrote what half of it is; a red flag is there or not."""
    halves = isinstance(item, Criterion) and item.partial is not None
    return tuple(level for level in Level if halves or level is not Level.PARTIAL)
