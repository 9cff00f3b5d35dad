"""A lead posts a drill by hand: which one, when it can't go out, and that it is on its way."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from drills.chat.cards import Button, Card, ChoiceField, Form, Style, Text, Tone
from drills.chat.intents import Intent
from drills.drill import Drill
from drills.people import QuietHours, Team
from drills.views.wording import ONLY_YOU, minutes

DRILL = "drill"  # the one field's name
MOST = 25  # options that a Discord select holds, the fewest of our platforms
_LABEL = 75  # characters of an option, Slack's limit


@dataclass(frozen=True, slots=True)
class Offer:
    """A drill that fits the team; `last` is when it was posted there before."""

    drill: Drill
    last: datetime | None = None


def pick_form(
    team: Team, offers: Sequence[Offer], quiet: QuietHours | None, chosen: str | None = None, *, few: bool = False
) -> Form:
    """`quiet` when it is quiet time now, `few` when not half can answer. Comes back as `Submitted(Intent("push"))`."""
    can = "Fewer than half of the team can answer it." if few else "At least half of the team can answer it."
    warning = (
        f"It is quiet time for {team.name} until {quiet.end:%H:%M}: a drill now may wake somebody." if quiet else ""
    )
    return Form(
        title="Post a drill now",
        intent=Intent("push"),
        intro=(
            *((Text(warning, tone=Tone.STRONG),) if warning else ()),
            Text(f"It goes to {team.name} at once and stays open for 72 hours. {can}"),
        ),
        fields=(ChoiceField(DRILL, "Drill", tuple((o.drill.id, _label(o, team)) for o in offers), value=chosen),),
        submit="Post it",
        who_sees="Only you see this form; everybody in the channel sees the drill.",
    )


def few_can_card(team: Team, drill: Drill, anyway: Intent) -> Card:
    """A drill that was named, and for which most of the team have another profession than it is written for."""
    written_for = ", ".join(dict.fromkeys(one.label for one in (drill.roles.primary, *drill.roles.also)))
    return Card(
        title="Few of the team can answer this one",
        blocks=(
            Text(f"“{drill.title}” is written for: {written_for}. Fewer than half of {team.name} can answer it."),
            Text("Nothing is posted yet."),
        ),
        buttons=(Button("Choose another", Intent("push"), Style.PRIMARY), Button("Post it anyway", anyway)),
        who_sees=ONLY_YOU,
    )


def on_its_way_card(team: Team, drill: Drill, closes_at: datetime) -> Card:
    until = closes_at.astimezone(ZoneInfo(team.tz))
    return Card(
        title="On its way",
        blocks=(Text(f"“{drill.title}” comes to the channel in a moment, open until {until:%A} {until:%H:%M}."),),
        who_sees=ONLY_YOU,
    )


def nothing_open_card(*, may_post: bool) -> Card:
    """For leads and above with the way to change it."""
    post = Button("Post a drill now", Intent("push"), Style.PRIMARY)
    return Card(
        title="Nothing is open",
        blocks=(Text("Nothing is open for you just now. The next drill comes by itself."),),
        buttons=(post,) if may_post else (),
        who_sees=ONLY_YOU,
    )


def _label(offer: Offer, team: Team) -> str:
    drill = offer.drill
    last = offer.last.astimezone(ZoneInfo(team.tz)) if offer.last else None
    rest = f"last posted {last.day} {last:%b}" if last else minutes(drill)
    return textwrap.shorten(f"{drill.kind.label}: {drill.title} ({rest})", _LABEL, placeholder="…")
