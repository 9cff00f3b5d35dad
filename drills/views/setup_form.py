"""A channel becomes a team's: five questions, the same to change it later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from drills.chat.cards import (
    Bullets,
    Button,
    Card,
    ChoicesField,
    Fact,
    Facts,
    FieldErrors,
    Form,
    Style,
    Text,
    TextField,
)
from drills.chat.intents import Intent
from drills.people import Profession, Team
from drills.views.wording import ONLY_YOU

NAME, ZONE, PROFESSIONS, QUIET, OPTIONS = "name", "zone", "professions", "quiet", "options"  # the fields' names
BOARD, THREADS = "board", "threads"  # the options
MAX_NAME = 60

_USUAL = (
    Profession.NURSE,
    Profession.PHYSICIAN,
    Profession.APP,
    Profession.PHARMACIST,
    Profession.RT,
    Profession.SOCIAL_WORKER,
    Profession.CASE_MANAGER,
    Profession.TECH,
    Profession.UNIT_CLERK,
    Profession.STUDENT,
)
_OPTIONS = (
    (BOARD, "On the team board: teams only, from five people on"),
    (THREADS, "Take answers typed under a drill: the channel can read them"),
)


def setup_form(team: Team | None, zone: str) -> Form:
    """For the channel where it is asked. Comes back as `Submitted(Intent("setup"))`."""
    professions = (team.professions or _everybody()) if team else _USUAL
    name, quiet = (team.name, team.quiet) if team else ("", "21:00-07:00")
    return Form(
        title="Set up this team",
        intent=Intent("setup"),
        intro=(Text("Drills will be posted in this channel. You can change all of this later with `/drill setup`."),),
        fields=(
            TextField(NAME, "Team name", hint="As the team calls itself: 5 South.", value=name, lines=1),
            TextField(ZONE, "Time zone", hint="Region and city: America/Chicago.", value=zone, lines=1),
            ChoicesField(
                PROFESSIONS,
                "Professions in this team",
                tuple((p.value, p.label) for p in _everybody()),
                value=",".join(professions),
                hint="What somebody new may pick before a first drill.",
                required=True,
            ),
            TextField(
                QUIET,
                "Quiet hours",
                hint="No drill is posted then, in the team's own time. May be empty.",
                value=str(quiet or ""),
                required=False,
                lines=1,
            ),
            ChoicesField(OPTIONS, "Options", _OPTIONS, value=_picked(team)),
        ),
        submit="Save",
        who_sees="Only you see this form; everybody in the channel sees the team's name, and times on its drills.",
    )


def setup_refused(form: Form, values: Mapping[str, str], errors: Mapping[str, str]) -> FieldErrors:
    """The same form as it was filled, with a sentence beside each field at fault."""
    fields = tuple(replace(field, value=values.get(field.name, "")) for field in form.fields)
    return FieldErrors(replace(form, fields=fields), errors)


def ready_card(team: Team, *, new: bool = True, begun: bool = False) -> Card:
    """The team stands, or stands otherwise than before; what comes next. `begun`: drills were posted in it."""
    first = "Post a first drill: whoever presses Answer picks a profession, and is in the team."
    return Card(
        title=f"{team.name} is ready" if new else f"{team.name} is changed",
        blocks=(
            Facts(
                (
                    Fact("Time zone", team.tz),
                    Fact("Quiet hours", str(team.quiet) if team.quiet else "none"),
                    Fact("Team board", "on it" if team.on_board else "not on it"),
                    Fact("Answers", "in private, or typed under a drill" if team.threads else "in private only"),
                )
            ),
            Bullets(
                (
                    *(() if begun else (first,)),
                    "Name leads and educators: they may post drills and pause them.",
                    "Only each person sees their own replies and feedback; the channel sees how many answered.",
                ),
                label="Good to know" if begun else "What happens next",
            ),
        ),
        buttons=(
            *(() if begun else (Button("Post a first drill", Intent("push"), Style.PRIMARY),)),
            Button("Name leads and educators", Intent("roles")),
        ),
        who_sees=ONLY_YOU,
    )


def _everybody() -> tuple[Profession, ...]:
    return tuple(p for p in Profession if p is not Profession.ANY)


def _picked(team: Team | None) -> str:
    on = ((BOARD, team.on_board), (THREADS, team.threads)) if team else ()
    return ",".join(name for name, holds in on if holds)
