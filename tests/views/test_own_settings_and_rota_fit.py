"""What people are asked of their zone and of a rota, as Slack and Discord describe what they take, at its longest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord_oracle
import pytest
import slack_oracle
from builders import a_team

from adapters.discord import modal
from adapters.discord import render as discord
from adapters.slack import render as slack
from drills.chat.cards import Card, FieldErrors, Form
from drills.chat.plain import plain
from drills.rota import Leave, Rota, RotaDraft, Shift
from drills.views.rota_form import (
    MAX_CHARACTERS,
    Kept,
    clear_card,
    cleared_card,
    draft_card,
    dropped_card,
    kept_card,
    kept_of,
    rota_form,
    rota_refused,
    taken_card,
)
from drills.views.settings_form import saved_card, settings_form, settings_refused

NOW = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)
LONG = replace(a_team("f" * 16), name="5 South, the surgical ward at the end of the corridor, left.")
ZONE = "America/Argentina/ComodRivadavia"
DRAFT = RotaDraft("f" * 16, "U1", {"U2": Rota()}, (NOW, NOW + timedelta(days=90)), NOW)
KEPT = Kept(40, 41, 900, 300, 12, (NOW, NOW + timedelta(days=90)))


def forms() -> Iterator[Form | FieldErrors]:
    yield settings_form([ZONE], None, ZONE)
    yield settings_form([ZONE, "UTC"], ZONE, None)
    yield settings_refused(settings_form([], None, None), "x" * 200, "There is no such time zone. " * 4)
    yield rota_form(LONG)
    yield rota_refused(LONG, "x" * MAX_CHARACTERS, ["Line 60, column 39: `kind` is 'late'. " * 3] * 60)


def cards() -> Iterator[Card]:
    yield saved_card(ZONE, [ZONE], NOW)
    yield saved_card(None, [ZONE], NOW)
    yield saved_card(None, [], NOW)
    yield draft_card(LONG, DRAFT, 41, [f"somebody-{n}@a-long-name-of-a-hospital.example.org" for n in range(60)])
    for card in (kept_card, taken_card):
        yield card(LONG, KEPT)
        yield card(LONG, replace(KEPT, days=None))
    yield clear_card(LONG, 40)
    yield cleared_card(LONG)
    yield dropped_card()


@pytest.mark.parametrize("face", list(forms()))
def test_a_form_is_taken_by_both(face: Form | FieldErrors) -> None:
    form = face.form if isinstance(face, FieldErrors) else face
    assert list(slack_oracle.faults_of("views.open", {"view": slack.view(face, "m" * 500)})) == []
    data = {"type": 9, "data": modal.modal(form, form.intent.pack())}
    callback = "POST /interactions/{interaction_id}/{interaction_token}/callback"
    assert list(discord_oracle.faults_of(callback, data)) == []
    assert len(form.title) <= 24  # Slack's modal title
    assert all(len(field.label) <= 45 and len(getattr(field, "hint", "")) <= 100 for field in form.fields)  # Discord's


@pytest.mark.parametrize("card", list(cards()), ids=lambda card: card.title[:24])
def test_a_card_is_taken_by_both(card: Card) -> None:
    posted = {**slack.message(card), "channel": "C1", "user": "U1"}
    assert list(slack_oracle.faults_of("chat.postEphemeral", posted)) == []
    for message in discord.private(card, server="1" * 19):
        assert list(discord_oracle.faults_of("POST /channels/{channel_id}/messages", message)) == []


def test_a_summary_counts_what_is_ahead_and_names_nobody() -> None:
    day = timedelta(days=1)
    past = Shift(NOW - 2 * day, NOW - 2 * day + timedelta(hours=12), night=True)
    ahead = Shift(NOW + day, NOW + day + timedelta(hours=12), night=True)
    own = Rota((past, ahead), (Leave(NOW + 2 * day, NOW + 4 * day),), ((NOW - 3 * day, NOW + 9 * day),))
    kept = kept_of({"zoe": own}, 7, NOW)
    assert (kept.people, kept.shifts, kept.nights, kept.leaves) == (1, 1, 1, 1)
    assert "zoe" not in plain(kept_card(LONG, kept))
