"""The one thing that is asked before a first drill: a profession decides what is expected, and nothing else."""

from __future__ import annotations

from drills.chat.cards import ChoiceField, FieldErrors, Form, Text
from drills.chat.intents import Intent
from drills.people import Profession, Team

PROFESSION = "profession"  # the one field's name


def profession_form(push_id: str, team: Team) -> Form:
    """Comes back as `Submitted(Intent("enrol", (push_id,)))`."""
    choices = tuple((p.value, p.label) for p in offered(team))
    return Form(
        title="Before your first drill",
        intent=Intent("enrol", (push_id,)),
        intro=(Text("Which profession do you answer as? So feedback expects nothing that is not your job."),),
        fields=(ChoiceField(PROFESSION, "Profession", choices),),
        submit="Go on",
        who_sees="Your team's figures use it in groups of five or more, never alone.",
    )


def offered(team: Team) -> tuple[Profession, ...]:
    """What a newcomer of this team may pick."""
    return team.professions or tuple(p for p in Profession if p is not Profession.ANY)


def no_profession(push_id: str, team: Team) -> FieldErrors:
    return FieldErrors(profession_form(push_id, team), {PROFESSION: "Please pick the profession you answer as."})
