"""The private word about a drill that is still open, and the last one, which says that there will be no more."""

from __future__ import annotations

from dataclasses import replace

from drills.chat.cards import Button, Card, Style, Text
from drills.chat.intents import Intent
from drills.drill import Drill
from drills.people import Team
from drills.push import Push
from drills.reminder import IGNORED
from drills.views.notices import notice
from drills.views.wording import BANNER, ONLY_YOU, clock, minutes


def shift_card(drill: Drill, push: Push, team: Team, tz: str | None = None) -> Card:
    """The first word of a drill that was posted while the person was off shift."""
    return replace(reminder_card(drill, push, team, tz), title=f"For your shift: {drill.title}")


def reminder_card(drill: Drill, push: Push, team: Team, tz: str | None = None) -> Card:
    """`tz` is the reader's own zone."""
    return Card(
        title=f"Still open: {drill.title}",
        banner=BANNER,
        blocks=(
            Text(f"{drill.kind.label} in {team.name}, {minutes(drill)}, open until {_until(push, team, tz)}."),
            Text("Skip it whenever you like: no reason needed, and nobody is told."),
        ),
        buttons=(
            Button("Answer", Intent("answer", (push.id,)), Style.PRIMARY),
            Button("Skip", Intent("skip", (push.id,)), Style.QUIET),
            Button("No more reminders", Intent("unremind", (push.id,)), Style.QUIET),
        ),
        who_sees=ONLY_YOU,
    )


def last_card(push: Push, team: Team) -> Card:
    """After IGNORED drills that passed unanswered."""
    return Card(
        title="No more reminders for now",
        blocks=(
            Text(
                f"{IGNORED} drills of {team.name} passed without you, so we stop reminding you. That is fine, and "
                "nobody is told. Drills go on in the channel; answering one brings the reminders back."
            ),
        ),
        buttons=(Button("Remind me again", Intent("remind", (push.id,))),),
        who_sees=ONLY_YOU,
    )


def reminders_on_card() -> Card:
    return notice("Reminders are on", "When a drill is still open after a while, we tell you in private.")


def reminders_off_card(push: Push) -> Card:
    return Card(
        title="Reminders are off",
        blocks=(Text("Drills go on in the channel. Nobody is told."),),
        buttons=(Button("Remind me again", Intent("remind", (push.id,)), Style.QUIET),),
        who_sees=ONLY_YOU,
    )


def _until(push: Push, team: Team, tz: str | None) -> str:
    """The card in the channel has the team's time, so another one says that it is."""
    own = tz is not None and tz != team.tz
    return f"{clock(tz or team.tz, push.closes_at)}{' your time' if own else ''}"
