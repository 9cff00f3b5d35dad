"""What people read about a surge hold: until when, and that nobody loses anything by it."""

from __future__ import annotations

from datetime import datetime

from drills.chat.cards import Card, Text, Tone
from drills.hold import Hold
from drills.people import Team
from drills.views.notices import notice
from drills.views.wording import clock


def hold_card(team: Team, hold: Hold) -> Card:
    """For the lead who asked."""
    return notice(
        f"{team.name} is on hold until {when(team, hold.ends)}",
        "No drill and no reminder is sent until then, and every open drill stays open that much longer. It ends by "
        "itself and counts against nobody. `/drill hold off` ends it now.",
    )


def no_hold_card() -> Card:
    return notice(
        "No hold",
        "Drills come as planned. `/drill hold 6h` leaves the team alone for six hours; nobody loses anything by it.",
    )


def ended_card() -> Card:
    return notice("The hold is over", "Drills come as planned again. Open ones stay open as much longer as it lasted.")


def waits_line(team: Team, hold: Hold, tz: str | None = None) -> Text:
    """For whoever asks what is open or what comes next; on the clock of `tz`, else on the team's own."""
    until = clock(tz or team.tz, hold.ends)
    return Text(f"{team.name} is on hold until {until}: no drill and no reminder comes before then.", tone=Tone.STRONG)


def held_line(team: Team, hold: Hold) -> Text:
    """On the channel card."""
    return Text(f"On hold until {when(team, hold.ends)}: take your time, the window waits.", tone=Tone.STRONG)


def when(team: Team, at: datetime) -> str:
    """On the team's own clock: "Tue 18:00"."""
    return clock(team.tz, at)
