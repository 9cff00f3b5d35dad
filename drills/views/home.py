"""A person's own page: what is open for them, what they did, and every way to take a break or to go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from zoneinfo import ZoneInfo

from drills.chat.cards import Block, Bullets, Button, Card, Style, Text, Tone
from drills.chat.intents import Intent
from drills.people import Member, Team
from drills.views.help import WHO_SEES_WHAT
from drills.views.mine import OwnDrill, feedback_buttons, history
from drills.views.wording import ONLY_YOU

_BREAK_DAYS = "7"


class Counts(Enum):
    """Whether an open drill counts its reader: later is when their other one of that team is closed."""

    NOW = auto()
    LATER = auto()
    NOT_ON_LEAVE = auto()


@dataclass(frozen=True, slots=True)
class OpenDrill:
    """What can be answered now, and until when."""

    push: str
    title: str
    team: Team
    closes_at: datetime
    tz: str | None = None
    counts: Counts = Counts.NOW

    @property
    def until(self) -> datetime:
        """On the reader's clock: their own zone, else the team's."""
        return self.closes_at.astimezone(ZoneInfo(self.tz or self.team.tz))


def home_card(
    memberships: Sequence[Member], open_: OpenDrill | None, drills: Sequence[OwnDrill], now: datetime
) -> Card:
    """`drills` are the person's own, newest first; `now` is in the zone of whoever reads it."""
    return Card(
        title="Your drills",
        blocks=(
            *_standing(memberships, now),
            *(_open(open_) if not _left(memberships) else ()),
            *(history(drills) or (Text("No drill of yours yet.", tone=Tone.QUIET),)),
            Bullets(WHO_SEES_WHAT, label="Who sees what"),
        ),
        buttons=(*_open_buttons(open_), *feedback_buttons(drills), *_own_buttons(memberships, drills, now)),
        who_sees=ONLY_YOU,
    )


def _standing(memberships: Sequence[Member], now: datetime) -> Iterator[Block]:
    """Whether drills come, said only where it is not a matter of course."""
    if not memberships:
        yield Text("You are in no team yet. Press Answer under a drill in your team's channel to begin.")
    elif _left(memberships):
        yield Text("You have left: no drill is meant for you, and none counts you.")
    elif until := _break(memberships, now):
        yield Text(f"You are on a break until {until.day} {until:%B}: new drills don't count you.")


def _open(open_: OpenDrill | None) -> Iterator[Block]:
    if open_ is None:
        yield Text("Nothing is open for you just now. The next drill comes by itself.")
    elif open_.counts is Counts.NOT_ON_LEAVE:
        yield Text(
            "You are on leave by the rota: nothing that is open counts you. `/drill list` shows it all the same."
        )
    else:
        until = f"{open_.until:%A} {open_.until.day} {open_.until:%B}, {open_.until:%H:%M}"
        yield Text(f"“{open_.title}” in {open_.team.name}, until {until}", label="Open for you", tone=Tone.STRONG)


def _open_buttons(open_: OpenDrill | None) -> Iterator[Button]:
    if open_ is not None and open_.counts is not Counts.NOT_ON_LEAVE:
        yield Button("Answer", Intent("answer", (open_.push,)), Style.PRIMARY)
        yield Button("Skip", Intent("skip", (open_.push,)), Style.QUIET)


def _own_buttons(memberships: Sequence[Member], drills: Sequence[OwnDrill], now: datetime) -> Iterator[Button]:
    if memberships:
        yield Button("Team board", Intent("board"))
        yield Button("My time zone", Intent("settings"), Style.QUIET)
        yield from _ways_out(memberships, now)
    if memberships or drills:
        yield Button("Erase my words", Intent("forget"), Style.QUIET)


def _ways_out(memberships: Sequence[Member], now: datetime) -> Iterator[Button]:
    if _left(memberships):
        yield Button("Join again", Intent("join"))
    elif _break(memberships, now):
        yield Button("End my break", Intent("join"))
    else:
        yield Button("No drills for a week", Intent("snooze", (_BREAK_DAYS,)), Style.QUIET)
        yield Button("Leave", Intent("leave"), Style.QUIET)


def _left(memberships: Sequence[Member]) -> bool:
    return bool(memberships) and all(member.opted_out for member in memberships)


def _break(memberships: Sequence[Member], now: datetime) -> datetime | None:
    ends = [member.snoozed_until for member in memberships if member.snoozed_until and member.snoozed_until > now]
    return max(ends).astimezone(now.tzinfo) if ends else None
