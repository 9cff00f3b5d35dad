"""A campaign as forms: two that fit a chat's dialog, a whole one for a page. They show a file and change that file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from drills.catalog import Library
from drills.catalog.campaign_text import Data
from drills.chat.cards import ChoiceField, ChoicesField, Field, FieldErrors, Form, Text, TextField
from drills.chat.intents import Intent
from drills.people import Team
from drills.views.campaign_form_fields import (
    drills_field,
    reminders_field,
    teams_field,
)
from drills.views.campaign_form_marks import IN_CHAT, marked
from drills.views.campaign_form_values import (
    AFTER,
    COMPETENCY,
    DRILLS,
    FRIDAY,
    KEEP,
    LIST,
    NOTE,
    OPTIONS,
    ORDER,
    PER_WEEK,
    QUIET,
    REMINDERS,
    TEAMS,
    TITLE,
    WHEN,
    WINDOW,
    WORDS,
    ZONE,
    shown,
)

CAMPAIGN = "campaign"
"""The verb of every button and form about campaigns; its first argument is the act, its second the campaign's id."""

_ORDERS = (
    ("given", "One after another, then again as variants"),
    ("spaced", "Each drill comes back as a variant, first after 7 days"),
    ("adaptive", "Only what many missed comes back"),
)
_OPTIONS = (
    (KEEP, "Feedback goes to a message that stays"),
    (FRIDAY, "A thread on Fridays with one pooled pattern"),
)
_WHO_SEES = "Only you see this form. Educators of these teams see the draft."


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be picked: teams that the person educates, and the library. `id` is None for a campaign to come."""

    id: str | None
    teams: Sequence[Team]
    library: Library
    marks: str = ""  # of an earlier try with the form


def teams_in(form: Form) -> frozenset[str]:
    """The teams that a form has room for."""
    fields = (field for field in form.fields if field.name == TEAMS and isinstance(field, ChoicesField))
    return frozenset(value for field in fields for value, _ in field.options)


def intent(act: str, id_: str | None = None) -> Intent:
    return Intent(CAMPAIGN, (act, id_) if id_ else (act,))


def basics_form(offered: Offered, data: Data) -> Form:
    """What a campaign can't be without. Comes back as `campaign:edit`."""
    values = shown(data)
    return _form("Campaign", "edit", offered, _basics(offered, data, values), IN_CHAT)


def more_form(offered: Offered, data: Data) -> Form:
    """What has a sensible default. Comes back as `campaign:more`."""
    return _form("More settings", "more", offered, _settings(shown(data)), IN_CHAT)


def whole_form(offered: Offered, data: Data) -> Form:
    """Every setting, for a page: more fields than a chat's dialog holds. Comes back as `campaign:whole`."""
    values = shown(data)
    title, query, when, days, _ = _basics(offered, {**data, "drills": _query(data)}, values)
    teams = teams_field(offered.teams, values[TEAMS], most=None)
    window, reminders, per_week, order, options = _settings(values)
    fields = (
        *(title, teams, when, days, query),
        _line(COMPETENCY, "Only drills with these competencies", values, "Such as ISBAR, CC8. Commas between."),
        TextField(
            LIST,
            "Or exactly these drills, in this order",
            hint="Ids, one a line, as /drill list names them; kinds, levels and competencies then don't count.",
            value=values[LIST],
            required=False,
            lines=4,
        ),
        *(order, per_week, window, reminders),
        _line(AFTER, "Hours until the first reminder", values, "Further waits double. 24 if empty."),
        _line(QUIET, "Quiet hours of this campaign", values, "Such as 21:00-07:00, besides those of each team."),
        _line(ZONE, "Time zone of teams that have none", values, "Does nothing here: each of your teams has its own."),
        options,
        TextField(NOTE, "Note for other educators", value=values[NOTE], required=False, lines=3),
    )
    return _form("Campaign", "whole", offered, fields, 0)


def refused(form: Form, values: Mapping[str, str], errors: Mapping[str, str]) -> FieldErrors:
    """The form as it was filled, with a sentence beside each field at fault; others stand at the first field."""
    names = [field.name for field in form.fields]
    beside: dict[str, str] = {}
    for key, sentence in errors.items():
        name = _asked_in(values) if key == DRILLS else key
        at = name if name in names else names[0]
        beside[at] = f"{beside[at]} {sentence}" if at in beside else sentence
    fields = tuple(replace(field, value=values.get(field.name, "")) for field in form.fields)
    return FieldErrors(replace(form, fields=fields), beside)


def _asked_in(values: Mapping[str, str]) -> str:
    """Which of a page's three fields says which drills: what is listed counts, and not what is ticked."""
    if values.get(LIST):
        return LIST
    return COMPETENCY if values.get(COMPETENCY) and not values.get(DRILLS) else DRILLS


def _form(title: str, act: str, offered: Offered, fields: tuple[Field, ...], spare: int) -> Form:
    form = Form(
        title=title,
        intent=intent(act, offered.id),
        intro=(Text("Nothing is sent or changed yet: next you see what would come, and when. Then you decide."),),
        fields=fields,
        submit="Preview",
        who_sees=_WHO_SEES,
    )
    return marked(form, offered.marks, spare) if offered.id else form


def _basics(offered: Offered, data: Data, values: Mapping[str, str]) -> tuple[Field, ...]:
    return (
        TextField(TITLE, "Title", hint="What educators read: Spring handoffs.", value=values[TITLE], lines=1),
        drills_field(offered.library, data, values[DRILLS]),
        TextField(
            WORDS,
            "Which days, at what time",
            hint="Tue and Thu at 14:00; weekdays at 7:30; first Monday of the month at 2 pm.",
            value=values[WORDS],
            lines=1,
        ),
        TextField(
            WHEN,
            "From which day, for how long",
            hint="2027-01-04 for 8 weeks; 1 March 2027 to 25 April 2027; next Monday until stopped.",
            value=values[WHEN],
            lines=1,
        ),
        teams_field(offered.teams, values[TEAMS]),
    )


def _settings(values: Mapping[str, str]) -> tuple[Field, ...]:
    return (
        TextField(WINDOW, "A drill is open for so many hours", value=values[WINDOW], lines=1),
        reminders_field(values[REMINDERS]),
        TextField(
            PER_WEEK,
            "Most drills a week for a team",
            hint="Over all its campaigns, Monday to Sunday. Empty: no limit.",
            value=values[PER_WEEK],
            required=False,
            lines=1,
        ),
        ChoiceField(ORDER, "Which drill comes next", _ORDERS, value=values[ORDER]),
        ChoicesField(OPTIONS, "Options", _OPTIONS, value=values[OPTIONS]),
    )


def _line(name: str, label: str, values: Mapping[str, str], hint: str) -> TextField:
    return TextField(name, label, hint=hint, value=values[name], required=False, lines=1)


def _query(data: Data) -> object:
    return {} if isinstance(data.get("drills"), list) else data.get("drills")
