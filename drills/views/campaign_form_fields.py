"""The fields of campaign forms that offer something of the library or of the installation."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from drills.catalog import DrillFile, Library
from drills.catalog.campaign_text import Data
from drills.chat.cards import ChoiceField, ChoicesField
from drills.drill import Kind, Status
from drills.people import Team
from drills.views.campaign_form_values import DRILLS, LEVEL, LISTED, REMINDERS, TEAMS

MOST = 25  # options that a Discord select holds, the fewest of our platforms
_LABEL = 75  # characters of an option, Slack's limit
_LEVELS = ((1, "foundation"), (2, "stretch"), (3, "complex"))
_REMINDERS = (("0", "None"), ("1", "At most one"), ("2", "At most two"), ("3", "At most three"))


def drills_field(library: Library, data: Data, value: str) -> ChoicesField:
    """Kinds and levels, and the list that a file has instead."""
    listed = data.get("drills")
    count = len(listed) if isinstance(listed, list) else 0
    return ChoicesField(
        DRILLS,
        "Which drills",
        (
            *(((LISTED, f"The {count} listed in the file, in their order"),) if count else ()),
            *_kinds(playable(library)),
            *_levels(playable(library)),
        ),
        value=value,
        hint="Kinds, levels or both; nothing picked means all. Easy ones come first.",
    )


def teams_field(teams: Sequence[Team], value: str, most: int | None = MOST) -> ChoicesField:
    """Those that are picked stand first. Of more than `most` the rest stays as it is: in the campaign, or out of it."""
    picked = set(value.split(","))
    sorted_ = sorted(teams, key=lambda team: (team.id not in picked, team.name.casefold()))
    options = tuple((team.id, _short(f"{team.name} ({team.tz})")) for team in sorted_[:most])
    return ChoicesField(TEAMS, "Which teams", options, value=value, hint="Those that you educate.", required=True)


def reminders_field(value: str) -> ChoiceField:
    return ChoiceField(REMINDERS, "Private reminders for each drill", _REMINDERS, value=value)


def playable(library: Library) -> list[DrillFile]:
    """What a query can bring; a relay can't be played yet."""
    return [
        file
        for file in library.all()
        if file.written.kind is not Kind.RELAY and file.written.status is not Status.RETIRED
    ]


def _kinds(files: Sequence[DrillFile]) -> Iterator[tuple[str, str]]:
    for kind in Kind:
        count = sum(file.written.kind is kind for file in files)
        if count:
            yield kind.value, f"{kind.label} ({count})"


def _levels(files: Sequence[DrillFile]) -> Iterator[tuple[str, str]]:
    for level, word in _LEVELS:
        count = sum(file.written.difficulty == level for file in files)
        yield f"{LEVEL}{level}", f"Level {level}, {word} ({count})"


def _short(label: str) -> str:
    return textwrap.shorten(label, _LABEL, placeholder="…")
