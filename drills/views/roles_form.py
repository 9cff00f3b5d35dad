"""Who looks after a team: its educators and leads, named by one of them or by whoever administers the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from drills.chat.cards import Card, Fact, Facts, FieldErrors, Form, PeopleField, Text
from drills.chat.intents import Intent
from drills.people import Role, Team
from drills.views.wording import ONLY_YOU, people

EDUCATORS, LEADS = "educators", "leads"  # the fields' names


def roles_form(team: Team, named: Mapping[str, Role]) -> Form:
    """`named` is by user. Comes back as `Submitted(Intent("roles"))`."""
    return Form(
        title="Leads and educators",
        intent=Intent("roles"),
        intro=(
            Text(
                f"For {team.name}. Educators review replies whose writers ask for it, without names. "
                "Beyond that nobody sees anybody's feedback by having a role."
            ),
        ),
        fields=(
            _people(EDUCATORS, "Educators", "They plan and post drills, and name leads and educators.", named),
            _people(LEADS, "Leads", "They post drills now and pause them for a while.", named),
        ),
        submit="Save",
        who_sees=ONLY_YOU,
    )


def roles_refused(form: Form, values: Mapping[str, str], sentence: str) -> FieldErrors:
    """The same form as it was filled, with a sentence beside the educators."""
    fields = tuple(replace(field, value=values.get(field.name, "")) for field in form.fields)
    return FieldErrors(replace(form, fields=fields), {EDUCATORS: sentence})


def roles_card(team: Team, named: Mapping[str, Role]) -> Card:
    counts = [sum(role is wanted for role in named.values()) for wanted in (Role.EDUCATOR, Role.LEAD)]
    return Card(
        title=f"Saved for {team.name}",
        blocks=(
            Facts((Fact("Educators", people(counts[0])), Fact("Leads", people(counts[1])))),
            Text("They are not told by us: please tell them, and that `/drill help` shows what they can do."),
        ),
        who_sees=ONLY_YOU,
    )


def _people(name: str, label: str, hint: str, named: Mapping[str, Role]) -> PeopleField:
    role = Role.EDUCATOR if name == EDUCATORS else Role.LEAD
    return PeopleField(name, label, value=",".join(user for user, has in named.items() if has is role), hint=hint)
