"""Rotas in the ward: shifts and leave of March 2026 on 5 South, and who was told in private."""

from __future__ import annotations

from campaign_ward import at
from ward import Ward

from drills.journeys.rota import bring_in
from drills.rota import Leave, Rota, Shift

MARCH = (at("2026-03-01 00:00"), at("2026-03-31 00:00"))


def shift(begins: str, ends: str) -> Shift:
    """A day shift of March 2026, "03 07:00" to "03 19:00"."""
    return Shift(at(f"2026-03-{begins}"), at(f"2026-03-{ends}"))


def night(begins: str, ends: str) -> Shift:
    return Shift(at(f"2026-03-{begins}"), at(f"2026-03-{ends}"), night=True)


def leave(begins: str, ends: str) -> Leave:
    return Leave(at(f"2026-03-{begins}"), at(f"2026-03-{ends}"))


async def roster(ward: Ward, **people: Rota) -> None:
    await bring_in(ward.tools, ward.team.workspace, ward.team.id, people, MARCH)


def told(ward: Ward) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, (person, card) in ward.chat.tells.items():
        if key.startswith("reminder:"):
            found.setdefault(person.user, []).append(card.title.partition(":")[0])
    return found
