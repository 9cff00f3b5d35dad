"""People and places: who takes part, in which team, and where a message stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from enum import StrEnum

from typing_extensions import override


@dataclass(frozen=True, slots=True)
class Workspace:
    """A tenant: one Slack workspace, one Discord guild, one local room. It is on every row."""

    platform: str
    id: str

    @override
    def __str__(self) -> str:
        return f"{self.platform}:{self.id}"

    @classmethod
    def parse(cls, text: str) -> Workspace:
        """The inverse of `str()`. Raises ValueError when there is no colon."""
        platform, colon, id_ = text.partition(":")
        if not colon:
            raise ValueError(f"{text!r} is no workspace: expected platform:id")
        return cls(platform, id_)


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person as a platform knows them. Holds no name: names live in `Member` only."""

    workspace: Workspace
    user: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message can stand: a channel, or a thread in it. `direct`: nobody but the person and us is there."""

    workspace: Workspace
    channel: str
    thread: str | None = None
    direct: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message that was posted, so that it can be revised in place."""

    place: Place
    id: str


class Profession(StrEnum):
    """Closed vocabulary of clinical.md §4; `any` appears in drills only, never on a member."""

    NURSE = "nurse"
    PHYSICIAN = "physician"
    APP = "app"
    PHARMACIST = "pharmacist"
    RT = "rt"
    PT = "pt"
    OT = "ot"
    SLP = "slp"
    DIETITIAN = "dietitian"
    SOCIAL_WORKER = "social_worker"
    CASE_MANAGER = "case_manager"
    TECH = "tech"
    UNIT_CLERK = "unit_clerk"
    RADIOLOGY_TECH = "radiology_tech"
    LAB = "lab"
    INTERPRETER = "interpreter"
    CHAPLAIN = "chaplain"
    EVS = "evs"
    SECURITY = "security"
    STUDENT = "student"
    ANY = "any"

    @property
    def label(self) -> str:
        """The words a person would use, for cards and forms."""
        return _LABELS.get(self, self.value.replace("_", " "))


_LABELS = {
    Profession.APP: "NP or PA",
    Profession.RT: "respiratory therapist",
    Profession.PT: "physical therapist",
    Profession.OT: "occupational therapist",
    Profession.SLP: "speech-language pathologist",
    Profession.LAB: "lab scientist",
    Profession.EVS: "environmental services",
    Profession.RADIOLOGY_TECH: "radiology technologist",
    Profession.TECH: "technician",
    Profession.ANY: "any profession",
}


class Role(StrEnum):
    """What a member may do. A later role includes the earlier ones within its team."""

    LEARNER = "learner"
    CHARGE_NURSE = "charge nurse"
    LEAD = "lead"
    EDUCATOR = "educator"
    ADMIN = "admin"

    def includes(self, other: Role) -> bool:
        """Whether this role may do what `other` may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Wall-clock times of a team in which nothing is posted: [start, end), over midnight when end is earlier."""

    start: time
    end: time

    @override
    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"

    @classmethod
    def parse(cls, text: str) -> QuietHours:
        """Two times with a dash between, "21:00-07:00". Raises ValueError for anything else, and for an empty span."""
        start, dash, end = text.replace("\u2013", "-").partition("-")
        quiet = cls(*(datetime.strptime(part.strip(), "%H:%M").time() for part in (start, end)))  # noqa: DTZ007  # wall clock
        if not dash or quiet.start == quiet.end:
            raise ValueError(f"{text!r} are no quiet hours: expected such as 21:00-07:00")
        return quiet

    def cover(self, local: time) -> bool:
        """Whether a wall-clock time of the team lies within."""
        if self.start < self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end


@dataclass(frozen=True, slots=True)
class Team:
    """A care team with one channel. `tz` is an IANA zone name; `on_board` is the lead's opt-in.

    `professions` are those that a newcomer may pick, all when empty. `threads`: replies typed under a drill's
    message count as answers, though the channel can read them.
    """

    workspace: Workspace
    id: str
    name: str
    channel: str
    tz: str
    on_board: bool = False
    demo: bool = False
    professions: tuple[Profession, ...] = ()
    quiet: QuietHours | None = None
    threads: bool = False

    @property
    def place(self) -> Place:
        return Place(self.workspace, self.channel)


def called(written: str, teams: Sequence[Team]) -> Sequence[Team]:
    """Those that somebody means: an id is clear, a name is read in any case, and several teams may have it."""
    by_id = [team for team in teams if team.id == written]
    return by_id or [team for team in teams if team.name.casefold() == written.strip().casefold()]


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a team. `opted_out` is for good, `snoozed_until` for a while; both need no reason.

    `tz` is the IANA zone that the person chose; None where they live by the team's.
    """

    person: PersonRef
    team: str
    name: str
    profession: Profession
    role: Role = Role.LEARNER
    opted_out: bool = False
    snoozed_until: datetime | None = None
    tz: str | None = None

    def takes_part(self, now: datetime) -> bool:
        """Whether drills reach this member at `now`."""
        return not self.opted_out and (self.snoozed_until is None or self.snoozed_until <= now)

    def snooze(self, until: datetime) -> Member:
        return replace(self, snoozed_until=until)

    def opt_out(self) -> Member:
        return replace(self, opted_out=True)

    def opt_in(self) -> Member:
        return replace(self, opted_out=False, snoozed_until=None)

    def live_in(self, tz: str | None) -> Member:
        """None: by the team's clock."""
        return replace(self, tz=tz)
