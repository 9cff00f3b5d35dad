"""Who looks after a team: educators, leads and charge nurses, named by an educator or an administrator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from drills.chat.cards import Card, Fact, Facts, FieldErrors, Form, PeopleField, Text
from drills.chat.intents import Intent
from drills.people import Role, Team
from drills.views.wording import ONLY_YOU, people

EDUCATORS, LEADS, CHARGE_NURSES = "educators", "leads", "charge_nurses"  # the fields' names
NAMED: Mapping[str, Role] = {EDUCATORS: Role.EDUCATOR, LEADS: Role.LEAD, CHARGE_NURSES: Role.CHARGE_NURSE}
"""Which role each field names; who stands in several has the first."""


def roles_form(team: Team, named: Mapping[str, Role]) -> Form:
    """`named` is by user. Comes back as `Submitted(Intent("roles"))`."""
    return Form(
        title="Roles in this team",
        intent=Intent("roles"),
        intro=(
            Text(
                f"For {team.name}. Educators review replies whose writers ask for it, without names. "
                "Beyond that nobody sees anybody's feedback by having a role."
            ),
        ),
        fields=(
            _people(EDUCATORS, "Educators", "They plan and post drills, and name who looks after the team.", named),
            _people(LEADS, "Leads", "They post drills now and pause them for a while.", named),
            _people(CHARGE_NURSES, "Charge nurses", "They only pause drills for a while: `/drill hold 6h`.", named),
        ),
        submit="Save",
        who_sees=ONLY_YOU,
    )


def roles_refused(form: Form, values: Mapping[str, str], sentence: str) -> FieldErrors:
    """The same form as it was filled, with a sentence beside the educators."""
    fields = tuple(replace(field, value=values.get(field.name, "")) for field in form.fields)
    return FieldErrors(replace(form, fields=fields), {EDUCATORS: sentence})


def roles_card(team: Team, named: Mapping[str, Role]) -> Card:
    labels = ((Role.EDUCATOR, "Educators"), (Role.LEAD, "Leads"), (Role.CHARGE_NURSE, "Charge nurses"))
    counts = tuple(Fact(label, people(sum(role is has for has in named.values()))) for role, label in labels)
    return Card(
        title=f"Saved for {team.name}",
        blocks=(
            Facts(counts),
            Text("They are not told by us: please tell them, and that `/drill help` shows what they can do."),
        ),
        who_sees=ONLY_YOU,
    )


def _people(name: str, label: str, hint: str, named: Mapping[str, Role]) -> PeopleField:
    value = ",".join(user for user, has in named.items() if has is NAMED[name])
    return PeopleField(name, label, value=value, hint=hint)
