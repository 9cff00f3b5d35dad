"""What is remembered of campaigns: their rows, how far each team has come, slots, holds and reminders."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from drills.campaign import Campaign, CampaignState, Entry, Landing, Shown
from drills.campaign.course import Course, CourseKey, Due
from drills.campaign.lessons import Lesson
from drills.hold import Hold
from drills.pattern import Pattern
from drills.people import PersonRef, Team, Workspace
from drills.push import Push
from drills.reflection import Reflection, ReflectionState

TeamKey: TypeAlias = tuple[Workspace, str]
TeamWeeks: TypeAlias = Mapping[str, Set[datetime]]
"""When a team has drills, by week ("2026-W11")."""


@dataclass(frozen=True, slots=True)
class StartedCampaign:
    """A campaign in an installation. `source` is the file's text as it was started."""

    workspace: Workspace
    campaign: Campaign
    playlist: tuple[Entry, ...]
    state: CampaignState
    source: str


@dataclass(frozen=True, slots=True)
class DecidedSlot:
    """A slot that is a row from now on. When it happens it has a push, and perhaps a time for its first reminders."""

    course: Course
    landing: Landing
    drill: str
    variant: str
    push: str | None = None
    remind_at: datetime | None = None


class Campaigns(Protocol):
    async def save(self, started: StartedCampaign, *, was: CampaignState | None = None) -> None:
        """Compare-and-set on the state; without `was`, a new one. Raises Stale."""
        ...

    async def get(self, workspace: Workspace, id_: str, *, held: bool = False) -> StartedCampaign | None:
        """`held`, inside `begin()`: nobody else changes it or gets it held until the transaction ends."""
        ...

    async def of(self, workspace: Workspace) -> Sequence[StartedCampaign]:
        """By id."""
        ...

    async def discard(self, workspace: Workspace, id_: str) -> None:
        """A draft that nobody wants any more. Anything that was ever started stays."""
        ...

    async def put_courses(self, courses: Sequence[Course]) -> None:
        """In place of what was written of the same campaign and team."""
        ...

    async def drop_courses(self, workspace: Workspace, id_: str, *, keep: Set[str]) -> None:
        """Teams that the campaign no longer has."""
        ...

    async def courses(self, workspace: Workspace, id_: str) -> Sequence[Course]:
        """By team."""
        ...

    async def reckon_again(self) -> None:
        """Every course wants to be looked at once: zones may have other rules than when it was reckoned."""
        ...

    async def reckon_team_again(self, team: Team) -> None:
        """The same for one team: its hold ends at another time than when its courses were reckoned."""
        ...

    async def due(self, now: datetime) -> Sequence[CourseKey]:
        """Courses of running campaigns that want to be looked at: their time has come, or the team's clock is another.

        What has waited longest comes first; of one moment by workspace, campaign and team.
        """
        ...

    async def claim(self, keys: Collection[CourseKey], now: datetime) -> Sequence[Due]:
        """Those of them that are still due, locked with their teams until the transaction ends.

        Those that another process has locked are left out.
        """
        ...

    async def decide(self, slots: Sequence[DecidedSlot]) -> Set[str]:
        """Write them down; those that are rows already stay as they were. Returns the pushes of those that were new."""
        ...

    async def drills_since(self, teams: Collection[TeamKey], week: str) -> Mapping[TeamKey, TeamWeeks]:
        """When slots of any campaign happened, from this week on. Teams without any are left out."""
        ...

    async def shown(self, to: Collection[Course]) -> Mapping[CourseKey, Sequence[Shown]]:
        """What each was sent by this campaign, oldest first; an empty list for nothing."""
        ...

    async def slots(self, workspace: Workspace, id_: str) -> Sequence[Mapping[str, Any]]:
        """The campaign's slots as rows, by time: team, local, at, status, reason, drill, variant, push."""
        ...


class Holds(Protocol):
    async def add(self, hold: Hold) -> None: ...
    async def settle(self, hold: Hold) -> None:
        """Its end was noticed. One that was made longer since it was read stays as it is."""
        ...

    async def of(self, team: Team, since: datetime, *, held: bool = False) -> Sequence[Hold]:
        """Those that reach beyond `since`, by beginning.

        `held`, inside `begin()`: nobody else begins or ends one of this team until the transaction ends.
        """
        ...

    async def recent(self, since: datetime) -> Sequence[Hold]:
        """The same for every team of every workspace."""
        ...

    async def over(self, now: datetime) -> Sequence[Hold]:
        """Those that have ended and are not settled."""
        ...

    async def forget(self, person: PersonRef) -> None:
        """Holds that the person asked for stay, by nobody."""
        ...


class Reflections(Protocol):
    async def add(self, reflection: Reflection) -> bool:
        """False when this campaign, team and week have one already."""
        ...

    async def get(self, workspace: Workspace, id_: str) -> Reflection | None: ...
    async def save(self, reflection: Reflection, *, was: ReflectionState) -> None:
        """Compare-and-set. Raises Stale."""
        ...


class Patterns(Protocol):
    """What a team's replies to one drill have in common. Nothing here knows a person."""

    async def of(self, push: Push) -> Pattern | None:
        """Of first attempts in time, scored by a scoring judge, not contested. None for fewer than five people."""
        ...

    async def lessons(self, of: Collection[Course], now: datetime) -> Mapping[CourseKey, Sequence[Lesson]]:
        """Of every drill that each was sent, oldest first: those that are closed, and those that will be."""
        ...
