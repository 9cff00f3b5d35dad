"""A rota in chat: the field to paste it into, what would be taken over, and what is kept of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from drills.chat.cards import Block, Bullets, Button, Card, Fact, Facts, FieldErrors, Form, Style, Text, TextField
from drills.chat.intents import Intent
from drills.people import Team
from drills.rota import Rota, RotaDraft, Span
from drills.views.notices import notice
from drills.views.wording import ONLY_YOU, people

TABLE = "table"  # the one field's name
MAX_CHARACTERS = 3000
"""What Slack's and our Discord form take: about sixty lines."""

_MOMENT = timedelta(microseconds=1)
_NAMES = 12
_FAULTS = 4
_OTHERS = "Everybody else keeps theirs."
_LEADS_SEE = "Only you see this. Readback keeps times and their kind: no titles, no places, no reasons."


@dataclass(frozen=True, slots=True)
class Kept:
    """A team's rota in figures, from now on. `days` reach to the end of the last shift or leave; None: all is past."""

    people: int
    members: int
    shifts: int
    nights: int
    leaves: int
    days: Span | None


def kept_of(rotas: Mapping[str, Rota], members: int, now: datetime) -> Kept:
    ahead = [rota.since(now) for rota in rotas.values()]
    shifts = [shift for rota in ahead for shift in rota.shifts]
    known = [span for rota in ahead for span in rota.known]
    times = _times(ahead)
    days = _whole(known or times, times) if known or times else None
    leaves = sum(len(rota.leaves) for rota in ahead)
    return Kept(len(rotas), members, len(shifts), sum(shift.night for shift in shifts), leaves, days)


def rota_form(team: Team) -> Form:
    """Comes back as `Submitted(Intent("rota"))`."""
    return Form(
        title="Paste a rota",
        intent=Intent("rota"),
        intro=(
            Text(
                "One line for each shift or leave: who, start, end, kind. Copied cells of a spreadsheet do. Times are "
                f"the team's ({team.tz}). Nothing is taken over before you have seen what it comes to."
            ),
            Bullets(
                (
                    "Kai Berg, 2027-03-11 07:00, 2027-03-11 19:00, shift",
                    "Amara Obi, 2027-03-13 19:00, 2027-03-14 07:00, night",
                    "Ines Ruiz, 2027-03-08, 2027-03-19, leave",
                )
            ),
        ),
        fields=(
            TextField(
                TABLE,
                "Shifts and leave",
                hint=f"At most {MAX_CHARACTERS} characters; more goes in parts.",
                lines=12,
            ),
        ),
        submit="Look at it",
        who_sees=_LEADS_SEE,
    )


def rota_refused(team: Team, written: str, sentences: Sequence[str]) -> FieldErrors:
    """The form with every word kept, and the first faults of it."""
    form = rota_form(team)
    (field,) = form.fields
    more = len(sentences) - _FAULTS
    said = [*sentences[:_FAULTS], *([f"And {more} more."] if more > 0 else ())]
    return FieldErrors(replace(form, fields=(replace(field, value=written),)), {TABLE: " ".join(said)})


def draft_card(team: Team, draft: RotaDraft, members: int, unknown: Sequence[str]) -> Card:
    """What would be taken over. Nothing has happened yet."""
    return Card(
        title=f"A rota for {team.name}: take it over?",
        blocks=(
            Facts(
                (
                    Fact("Days", _days(team, _whole([draft.span], _times(draft.people.values())))),
                    Fact("People", f"{len(draft.people)} of the {members} in this team"),
                    Fact("Shifts", f"{draft.shifts}, of which nights: {draft.nights}"),
                    Fact("Leave", str(draft.leaves)),
                )
            ),
            *_unknown(unknown),
            Text(f"What these people had that begins {_within(team, draft.span)} is replaced. {_OTHERS}"),
        ),
        buttons=(
            Button("Take it over", Intent("rota", ("take", draft.id)), Style.PRIMARY),
            Button("Not now", Intent("rota", ("drop", draft.id)), Style.QUIET),
        ),
        who_sees=_LEADS_SEE,
    )


def taken_card(team: Team, kept: Kept) -> Card:
    return replace(kept_card(team, kept), title=f"The rota of {team.name} is taken over")


def kept_card(team: Team, kept: Kept) -> Card:
    """In figures: who is on leave, and when, is nobody's to read here."""
    return Card(
        title=f"The rota of {team.name}",
        blocks=(
            Facts(
                (
                    Fact("People with a rota", f"{kept.people} of {kept.members}"),
                    Fact("Days", _days(team, kept.days) if kept.days else "past"),
                    Fact("Shifts ahead", f"{kept.shifts}, of which nights: {kept.nights}"),
                    Fact("Leave ahead", str(kept.leaves)),
                )
            ),
            Text("On days that it does not speak of, and for everybody without one, the team's own hours hold."),
        ),
        buttons=(
            Button("Paste another", Intent("rota", ("new",)), Style.PRIMARY),
            Button("Remove it", Intent("rota", ("clear",)), Style.QUIET),
        ),
        who_sees=_LEADS_SEE,
    )


def clear_card(team: Team, count: int) -> Card:
    """Asks once more."""
    return Card(
        title=f"Remove the rota of {team.name}?",
        blocks=(
            Text(
                f"Every shift and leave of {people(count)} is deleted. From then on the team's own hours hold for "
                "everybody, and whoever is on leave is counted and reminded."
            ),
        ),
        buttons=(
            Button("Remove it", Intent("rota", ("cleared",)), Style.PRIMARY),
            Button("Keep it", Intent("rota", ("show",)), Style.QUIET),
        ),
        who_sees=ONLY_YOU,
    )


def cleared_card(team: Team) -> Card:
    says = f"The own hours of {team.name} hold for everybody. `/drill rota` takes a new one."
    return notice("The rota is removed", says)


def dropped_card() -> Card:
    return notice("Nothing was taken over", "What you pasted is deleted. The rota is as it was.")


def _unknown(unknown: Sequence[str]) -> Iterator[Block]:
    if unknown:
        more = len(unknown) - _NAMES
        names = ", ".join(unknown[:_NAMES]) + (f" and {more} more" if more > 0 else "")
        yield Text(f"{names}. Nothing of theirs is kept.", label="Not in the team, or not told apart")


def _times(rotas: Iterable[Rota]) -> list[Span]:
    rotas = list(rotas)
    shifts = [(shift.begins, shift.ends) for rota in rotas for shift in rota.shifts]
    return shifts + [(leave.begins, leave.ends) for rota in rotas for leave in rota.leaves]


def _whole(known: Sequence[Span], times: Sequence[Span]) -> Span:
    """From the first moment that is spoken of to the last: a night goes on into a day, a leave over many."""
    return min(begin for begin, _ in known), max(end for _, end in (*known, *times))


def _days(team: Team, span: Span) -> str:
    first, last = _first_and_last(team, span)
    return first if first == last else f"{first} to {last}"


def _within(team: Team, span: Span) -> str:
    first, last = _first_and_last(team, span)
    return f"on {first}" if first == last else f"from {first} to {last}"


def _first_and_last(team: Team, span: Span) -> tuple[str, str]:
    """The last day is included: spans end at its midnight."""
    zone = ZoneInfo(team.tz)
    first, last = span[0].astimezone(zone), max(span[0], span[1] - _MOMENT).astimezone(zone)
    return f"{first:%d %b %Y}", f"{last:%d %b %Y}"
