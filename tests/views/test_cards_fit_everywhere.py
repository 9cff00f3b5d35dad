"""What people are asked and shown fits the tightest of our platforms, whatever a team or a drill is called."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from builders import a_team, the_library

from drills.attempt import AttemptState
from drills.chat.cards import Card, ChoiceField, ChoicesField, Form
from drills.chat.intents import MAX_PACKED
from drills.people import Member, PersonRef, Profession, QuietHours, Role, Team
from drills.views.forget import forget_card, forgotten_card
from drills.views.help import FOR_EDUCATORS, FOR_LEADS, help_card
from drills.views.home import Counts, OpenDrill, home_card
from drills.views.mine import OwnDrill
from drills.views.open_list import open_card
from drills.views.pick_drill import MOST, Offer, nothing_open_card, on_its_way_card, pick_form
from drills.views.profession_form import profession_form
from drills.views.roles_form import roles_card, roles_form
from drills.views.setup_form import ready_card, setup_form

NOW = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)
LONG = Team(a_team().workspace, "f" * 16, "5 South, the surgical ward at the end of the corridor, left.", "C1", "UTC")
USERS = [f"U{n:08d}ABC" for n in range(40)]
DRILLS = [file.drill() for file in the_library().all()]
OWN = [OwnDrill(f"{n:016x}", "x" * 90, AttemptState.REPLIED, NOW) for n in range(20)]
OPEN = [OpenDrill(f"{n:016x}", "x" * 90, LONG, NOW, counts=list(Counts)[n % 3]) for n in range(12)]


def forms() -> Iterator[Form]:
    named = {**dict.fromkeys(USERS[:20], Role.EDUCATOR), **dict.fromkeys(USERS[20:], Role.LEAD)}
    yield setup_form(None, "America/Argentina/ComodRivadavia")
    yield setup_form(LONG, "UTC")
    yield roles_form(LONG, named)
    offers = [Offer(drill, NOW) for drill in DRILLS][:MOST]
    yield pick_form(LONG, offers, QuietHours.parse("21:00-07:00"))
    yield profession_form("f" * 16, LONG)


def cards() -> Iterator[Card]:
    kai = Member(PersonRef(LONG.workspace, USERS[0]), LONG.id, "Kai", Profession.NURSE)
    for member in (kai, kai.opt_out(), kai.snooze(NOW + timedelta(days=7))):
        yield from (home_card([member], open_, OWN, NOW) for open_ in OPEN[:3])
    yield home_card([], None, [], NOW)
    yield open_card(OPEN, DRILLS)
    yield open_card([], None)
    yield help_card((*FOR_LEADS, *FOR_EDUCATORS))
    yield ready_card(LONG)
    yield roles_card(LONG, {})
    yield forget_card()
    yield forgotten_card(12)
    yield nothing_open_card(may_post=True)
    yield on_its_way_card(LONG, DRILLS[0], NOW)


@pytest.mark.parametrize("form", list(forms()), ids=lambda form: form.title)
def test_a_form_fits_a_modal(form: Form) -> None:
    assert len(form.title) <= 24  # Slack's modal title
    assert len(form.submit) <= 24
    assert len(form.fields) <= 5  # Discord's modal
    assert len(form.intent.pack()) <= MAX_PACKED
    for field in form.fields:
        assert len(field.label) <= 45  # Discord's label
        assert len(getattr(field, "hint", "")) <= 100  # and its description
        if isinstance(field, ChoiceField | ChoicesField):
            assert 1 <= len(field.options) <= 25  # Discord's select
            assert all(len(value) <= 75 and 1 <= len(label) <= 75 for value, label in field.options)  # Slack's option


@pytest.mark.parametrize("card", list(cards()), ids=lambda card: card.title)
def test_a_card_fits_a_message(card: Card) -> None:
    assert len(card.title) <= 150  # Slack's header
    assert len(card.buttons) <= 25  # Slack's actions, and five Discord rows
    assert all(len(button.label) <= 75 for button in card.buttons)
    packed = [button.intent.pack() for button in card.buttons]
    assert len(set(packed)) == len(packed)  # ids within one message are unique
    assert all(len(one.encode()) <= MAX_PACKED for one in packed)
    assert card.who_sees
