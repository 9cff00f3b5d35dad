"""The first card of a new team: nobody has joined yet, so there is nobody to count."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from builders import a_drill_file, a_team

from drills.chat.plain import plain
from drills.push import Push, PushState, Turnout
from drills.views.channel_card import channel_card

NOW = datetime(2026, 11, 24, 14, tzinfo=UTC)


def _card_says(turnout: Turnout, state: PushState = PushState.POSTED) -> str:
    drill, team = a_drill_file().drill(), a_team()
    push = Push(
        id="p1",
        workspace=team.workspace,
        team=team.id,
        drill_id=drill.id,
        drill_hash=drill.hash,
        variant=drill.variant,
        campaign="now",
        slot="1",
        state=PushState.POSTED,
        opens_at=NOW,
        closes_at=NOW + timedelta(hours=72),
    )
    return plain(channel_card(drill, replace(push, state=state), turnout, "UTC"))


def test_nobody_to_count_yet_is_an_invitation_and_no_zero() -> None:
    says = _card_says(Turnout(0, 0, 0))
    assert "Whoever presses Answer takes part." in says
    assert "of 0 answered" not in says


def test_a_closed_drill_that_was_meant_for_nobody_has_no_count() -> None:
    says = _card_says(Turnout(0, 0, 0), PushState.CLOSED)
    assert "of 0 answered" not in says
    assert "takes part" not in says


def test_from_the_first_person_on_it_counts() -> None:
    assert "0 of 1 answered" in _card_says(Turnout(1, 0, 0))
    assert "Closed: 1 of 1 answered" in _card_says(Turnout(1, 1, 0), PushState.CLOSED)
