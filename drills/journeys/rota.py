"""A rota comes in from a file: people are found by what the file calls them, and nobody who is not found is hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from drills.errors import NotFound
from drills.journeys.tools import Tools
from drills.people import Member, Team, Workspace
from drills.ports import UnitOfWork
from drills.rota import Rota, Span

KEPT = timedelta(days=30)
"""What ended longer ago is deleted with every import: no open drill reaches that far back."""


@dataclass(frozen=True, slots=True)
class Imported:
    """`unknown` is what the file calls people who are not in the team, or whom it does not tell apart.

    `others` are members with a rota whom the file does not name; theirs stayed as it was unless it was cleared.
    """

    team: Team
    people: tuple[Member, ...]
    times: int
    unknown: tuple[str, ...]
    others: tuple[Member, ...]
    cleared: bool


async def bring_in(
    tools: Tools, workspace: Workspace, team_id: str, found: Mapping[str, Rota], span: Span, *, everybody: bool = False
) -> Imported:
    """Replace what the people of the file had in `span`. `everybody`: who is not in it has nothing in that span.

    Raises NotFound.
    """
    now = tools.clock()
    async with tools.memory.begin() as work:
        team = await known_team(work, workspace, team_id)
        members = await work.members.of(team)
        by_user = {member.person.user: member for member in members}
        new = _by_user(found, members)
        old = await work.rotas.of(team)
        others = sorted(user for user in old if user not in new)
        changed = {**new, **(dict.fromkeys(others, Rota()) if everybody else {})}
        empty = Rota()
        rotas = {user: old.get(user, empty).replaced(rota, *span).since(now - KEPT) for user, rota in changed.items()}
        await work.rotas.put(team, rotas)
        times = sum(len(rota.shifts) + len(rota.leaves) for rota in new.values())
        line = {"what": "rota", "team": team.id, "people": len(new), "times": times}
        await work.ledger.append(workspace, now, line)
    return Imported(
        team=team,
        people=tuple(by_user[user] for user in sorted(new)),
        times=times,
        unknown=tuple(sorted(who for who in found if _meant(who, members) is None)),
        others=tuple(by_user[user] for user in others if user in by_user),
        cleared=everybody,
    )


async def known_team(work: UnitOfWork, workspace: Workspace, team_id: str) -> Team:
    """Raises NotFound."""
    team = await work.teams.get(workspace, team_id)
    if team is None:
        there = ", ".join(sorted(one.id for one in await work.teams.of(workspace))) or "none yet"
        sentence = f"{workspace} has no team {team_id}. Its teams: {there}."
        raise NotFound(sentence, tell=sentence)
    return team


def _by_user(found: Mapping[str, Rota], members: Sequence[Member]) -> dict[str, Rota]:
    """A person may be called two things in one file."""
    rotas: dict[str, Rota] = {}
    for who, rota in found.items():
        member = _meant(who, members)
        if member is not None:
            before = rotas.get(member.person.user, Rota())
            shifts, leaves = {*before.shifts, *rota.shifts}, {*before.leaves, *rota.leaves}
            rotas[member.person.user] = Rota(tuple(sorted(shifts)), tuple(sorted(leaves)))
    return rotas


def _meant(who: str, members: Sequence[Member]) -> Member | None:
    """By user id, else by name, else by the part of an e-mail address before the @. None unless exactly one fits."""
    before_at = who.partition("@")[0]
    for called in (who, before_at) if "@" in who else (who,):
        exact = [member for member in members if member.person.user == called]
        named = [member for member in members if _fold(member.name) == _fold(called)]
        if exact or named:
            fitting = exact or named
            return fitting[0] if len(fitting) == 1 else None
    return None


def _fold(name: str) -> str:
    return " ".join(name.replace(".", " ").replace("_", " ").casefold().split())
