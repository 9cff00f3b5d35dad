"""Campaigns in chat and on a page: which there are, what a draft would bring, and what a press just did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from drills.campaign import CampaignState, Slot
from drills.chat.cards import Button, Card, Fact, Facts, Style, Text
from drills.people import Team
from drills.views.campaign_form import intent
from drills.views.wording import ONLY_YOU

MOST = 20
"""Campaigns on one list: each has a button, and a message holds no more than 25."""

_LABEL = 70  # characters of a button


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """One campaign. `next_at` is None when nothing comes; `changed`: a draft of changes waits beside it.

    `reckoned` is false for the seconds between a start and the next tick.
    """

    id: str
    title: str
    state: CampaignState
    next_at: datetime | None = None
    tz: str = "UTC"
    changed: bool = False
    reckoned: bool = True


def campaigns_card(
    team: Team | None, lines: Sequence[CampaignLine], *, may_make: bool, held: Sequence[Text] = ()
) -> Card:
    """Of a team, or outside its channel of all the person's teams; `held` are lines about those on hold."""
    where = f" of {team.name}" if team else ""
    here = lines[:MOST]
    none = "This team is in no campaign." if team else "Your teams are in no campaign."
    more = f"{len(lines) - MOST} more are not shown here; each team's channel shows its own."
    make = Button("New campaign", intent("new"), Style.PRIMARY)
    return Card(
        title=f"Campaigns{where}",
        blocks=(
            *held,
            Facts(tuple(Fact(line.title, _state(line)) for line in here)) if here else Text(none),
            *((Text(more),) if len(lines) > MOST else ()),
        ),
        buttons=(
            *(Button(_short(f"Open: {line.title}"), intent("show", line.id)) for line in here),
            *((make,) if may_make else ()),
        ),
        who_sees=ONLY_YOU,
    )


def state_buttons(id_: str, state: CampaignState, *, changed: bool) -> tuple[Button, ...]:
    """For those who look after a campaign that was started."""
    look = Button("Look at the changes", intent("draft", id_), Style.PRIMARY)
    turns: Mapping[CampaignState, tuple[Button, ...]] = {
        CampaignState.RUNNING: (Button("Pause", intent("pause", id_)),),
        CampaignState.PAUSED: (Button("Resume", intent("resume", id_), Style.PRIMARY),),
    }
    if state not in turns:
        return ()
    return (
        *((look,) if changed else ()),
        *turns[state],
        *_forms(id_),
        Button("Stop", intent("stop", id_), Style.QUIET),
    )


def draft_buttons(id_: str, running: CampaignState | None) -> tuple[Button, ...]:
    """`running`: what the changes are made to; None for a new campaign."""
    return (
        *_saves(id_, running),
        *_forms(id_),
        Button("Not now", intent("keep", id_), Style.QUIET),
        Button("Throw away", intent("drop", id_), Style.QUIET),
    )


def _saves(id_: str, running: CampaignState | None) -> tuple[Button, ...]:
    if running is None:
        return (Button("Start", intent("start", id_), Style.PRIMARY),)
    if running is CampaignState.PAUSED:
        stays = Button("Save, stay paused", intent("stay", id_), Style.PRIMARY)
        return stays, Button("Save and resume", intent("save", id_))
    return (Button("Save the changes", intent("save", id_), Style.PRIMARY),)


def first_line(slots: Sequence[Slot], teams: Sequence[Team]) -> str:
    """ "First: 5 South, Tue 03 Mar 14:00.", in that team's local time; so that nobody waits for what does not come."""
    names = {team.id: team.name for team in teams}
    first = next((slot for slot in slots if slot.landing.happens), None)
    if first is None:
        return "No drill comes as things stand: “Open it” shows why."
    return f"First: {names.get(first.team, first.team)}, {first.landing.local:%a %d %b %H:%M}."


def stop_card(id_: str, title: str) -> Card:
    """Asked before it is done: it is for good."""
    says = "No drill and no reminder comes any more. What is open stays open until its window ends. This is for good."
    return Card(
        title=_short(f"Stop “{title}”?"),
        blocks=(Text(says),),
        buttons=(Button("Stop it for good", intent("stopped", id_)), Button("Back", intent("show", id_), Style.QUIET)),
        who_sees=ONLY_YOU,
    )


def done_card(title: str, says: str, id_: str | None = None, *, paused: bool = False) -> Card:
    """What a press did; `id_` where there is something to go on with. What is `paused` by it goes on with one tap."""
    back = Button("Open it", intent("show", id_)) if id_ else Button("All campaigns", intent("list"))
    undo = (Button("Resume", intent("resume", id_)),) if paused and id_ else ()
    return Card(title=_short(title), blocks=(Text(says),), buttons=(*undo, back), who_sees=ONLY_YOU)


def _forms(id_: str) -> tuple[Button, ...]:
    return Button("Change", intent("edit", id_)), Button("More settings", intent("more", id_))


def _state(line: CampaignLine) -> str:
    waits = ", with changes that are not saved yet" if line.changed else ""
    if line.state is CampaignState.DRAFT:
        return "a draft, not started"
    if line.state is CampaignState.RUNNING and line.next_at is not None:
        return f"next drill {line.next_at.astimezone(ZoneInfo(line.tz)):%A %d %B, %H:%M}{waits}"
    if line.state is CampaignState.RUNNING:
        return ("over" if line.reckoned else "running; the next drill shows here in a moment") + waits
    return line.state.value + waits


def _short(text: str) -> str:
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1]}…"
