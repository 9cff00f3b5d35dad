"""What somebody may choose for themselves: their time zone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from drills.chat.cards import Card, FieldErrors, Form, Text, TextField, Tone
from drills.chat.intents import Intent
from drills.views.notices import notice
from drills.views.wording import ONLY_YOU

ZONE = "zone"  # the one field's name
_GOVERNS = (
    "Reminders and late feedback leave you alone in your team's quiet hours, by this clock and by the team's. Times "
    "that only you see are in it. Drills come to the channel at the team's time, as for everybody."
)


def settings_form(team_zones: Sequence[str], chosen: str | None, told: str | None) -> Form:
    """`told` is what the platform says, where that is no team's. Comes back as `Submitted(Intent("settings"))`."""
    hint = f"Your chat app says {told}. It is filled in below, and counts only if you save it."
    return Form(
        title="Your time zone",
        intent=Intent("settings"),
        intro=(
            Text(_GOVERNS),
            *((Text(hint, tone=Tone.QUIET),) if told and not chosen else ()),
        ),
        fields=(
            TextField(
                ZONE,
                "Time zone",
                hint=f"Region and city: Europe/Madrid. Empty: the team's{_which(team_zones)}.",
                value=chosen or told or "",
                required=False,
                lines=1,
            ),
        ),
        submit="Save",
        who_sees=ONLY_YOU,
    )


def settings_refused(form: Form, written: str, sentence: str) -> FieldErrors:
    """The same form with what was written, and the sentence beside it."""
    (field,) = form.fields
    return FieldErrors(replace(form, fields=(replace(field, value=written),)), {ZONE: sentence})


def saved_card(tz: str | None, team_zones: Sequence[str], now: datetime) -> Card:
    """With the time there, which tells at once whether it is the right one."""
    if tz is None:
        which = f"That is {team_zones[0]}. " if len(team_zones) == 1 else ""
        return notice("You go by your team's time", f"{which}Times on cards, and quiet hours, are your team's.")
    return notice(f"Your time zone is {tz}", f"It is {now.astimezone(ZoneInfo(tz)):%A, %H:%M} there. {_GOVERNS}")


def _which(zones: Sequence[str]) -> str:
    """ ", Europe/Madrid" where all teams have one."""
    return f", {zones[0]}" if len(zones) == 1 else ""
