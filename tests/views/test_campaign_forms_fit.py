"""Campaign forms and cards as Slack and Discord describe what they take, with the longest that people can write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import discord_oracle
import pytest
import slack_oracle
from builders import a_team, the_library

from adapters.discord import modal
from adapters.discord import render as discord
from adapters.slack import render as slack
from drills.campaign import CampaignState, Planned, plan
from drills.campaign.clocks import clock_for
from drills.catalog import read_campaign
from drills.catalog.campaign_text import text_of_data
from drills.chat.cards import Card, ChoiceField, ChoicesField, FieldErrors, Form
from drills.chat.intents import MAX_PACKED
from drills.views.campaign_form import Offered, basics_form, more_form, refused
from drills.views.campaign_form_cards import (
    CampaignLine,
    campaigns_card,
    done_card,
    draft_buttons,
    state_buttons,
    stop_card,
)
from drills.views.campaign_form_preview import Change, Outlook, outlook_card

ID = "a" * 60  # the longest that a file may have
NOW = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)
TEAMS = [
    replace(a_team(f"{n:016x}"), name="The ward at the end of the corridor, left", tz="Asia/Kathmandu")
    for n in range(40)
]
DATA: dict[str, Any] = {
    "schema": 1,
    "id": ID,
    "title": "x" * 100,
    "drills": [file.id for file in the_library().all()],
    "teams": [{"id": team.id, "tz": team.tz} for team in TEAMS],
    "cadence": {"every": "Mon, Tue, Wed, Thu and Fri at 22:30, 23:15 and 05:45"},
    "starts": "2026-03-02",
    "ends": "2026-08-30",
    "quiet": {"from": "21:00", "to": "07:00"},
    "per_week": 2,
}


def forms() -> Iterator[Form]:
    offered = Offered(ID, TEAMS, the_library())
    yield basics_form(offered, DATA)
    yield basics_form(Offered(None, TEAMS, the_library()), {**DATA, "drills": {}})
    yield more_form(offered, DATA)


def cards() -> Iterator[Card]:
    file = read_campaign(text_of_data(DATA), the_library())
    slots = plan(
        [Planned(file.campaign, file.playlist, {t.id: clock_for(file.campaign, t) for t in TEAMS})], date(2026, 8, 30)
    )
    outlook = Outlook(
        campaign=file.campaign,
        words="w" * 200,
        teams=TEAMS,
        slots=slots,
        until=date(2026, 8, 30),
        titles={one.id: one.written.title for one in file.drills},
        source=file.source,
        warnings=[warning.message for warning in file.warnings],
    )
    changed = replace(outlook, change=Change(tuple(slots), tuple(slots)))
    for state in (None, CampaignState.RUNNING, CampaignState.PAUSED):
        yield outlook_card(changed if state else outlook, CampaignState.DRAFT, draft_buttons(ID, state), "Nothing yet.")
    for state in (CampaignState.RUNNING, CampaignState.PAUSED, CampaignState.STOPPED):
        yield outlook_card(outlook, state, state_buttons(ID, state, changed=True), "It runs.")
    lines = [CampaignLine(f"{n:060}", "x" * 100, CampaignState.RUNNING, NOW, changed=True) for n in range(40)]
    yield campaigns_card(None, lines, may_make=True)
    yield campaigns_card(TEAMS[0], [], may_make=False)
    yield stop_card(ID, "x" * 100)
    yield done_card("x" * 100, "It runs.", ID)


@pytest.mark.parametrize("form", list(forms()), ids=lambda form: form.title)
def test_a_form_is_taken_by_both(form: Form) -> None:
    shown = refused(form, {field.name: field.value or "" for field in form.fields}, {"name": "Look again. " * 20})
    for face in (form, shown, FieldErrors(form)):
        assert list(slack_oracle.faults_of("views.open", {"view": slack.view(face, "m" * 500)})) == []
    assert len(form.intent.pack()) <= MAX_PACKED
    data = {"type": 9, "data": modal.modal(form, form.intent.pack())}
    assert (
        list(discord_oracle.faults_of("POST /interactions/{interaction_id}/{interaction_token}/callback", data)) == []
    )
    for field in form.fields:
        if isinstance(field, ChoiceField | ChoicesField):
            assert 1 <= len(field.options) <= 25


@pytest.mark.parametrize("card", list(cards()), ids=lambda card: card.title[-12:])
def test_a_card_is_taken_by_both(card: Card) -> None:
    posted = {**slack.message(card), "channel": "C1", "user": "U1"}
    assert list(slack_oracle.faults_of("chat.postEphemeral", posted)) == []
    for message in discord.private(card, server="1" * 19):
        assert list(discord_oracle.faults_of("POST /channels/{channel_id}/messages", message)) == []
    packed = [button.intent.pack() for button in card.buttons]
    assert len(set(packed)) == len(packed) <= 25
