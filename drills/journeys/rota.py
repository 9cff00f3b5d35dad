"""A rota comes in from a file: people are found by what the file calls them, and nobody who is not found is hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from drills.errors import NotFound
from drills.journeys.leave import recount
from drills.journeys.tools import Tools
from drills.people import Member, Team, Workspace, called
from drills.ports import UnitOfWork
from drills.rota import Rota, Span
from drills.views.campaign import team_label

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
    tools: Tools,
    workspace: Workspace,
    team_name: str,
    found: Mapping[str, Rota],
    span: Span,
    *,
    everybody: bool = False,
) -> Imported:
    """Replace what the people of the file had in `span`. `everybody`: who is not in it has nothing in that span.

    Raises NotFound.
    """
    async with tools.memory.begin() as work:
        team = await known_team(work, workspace, team_name)
        return await take_over(tools, work, team, found, span, everybody=everybody)


async def take_over(
    tools: Tools, work: UnitOfWork, team: Team, found: Mapping[str, Rota], span: Span, *, everybody: bool = False
) -> Imported:
    """The same in the caller's transaction."""
    now, empty = tools.clock(), Rota()
    members = await work.members.of(team)
    names = {member.person.user: member for member in members}
    new, unknown = told_apart(found, members)
    old = await work.rotas.of(team)
    others = sorted(user for user in old if user not in new)
    changed = {**new, **(dict.fromkeys(others, empty) if everybody else {})}
    rotas = {user: old.get(user, empty).replaced(rota, *span).since(now - KEPT) for user, rota in changed.items()}
    decided = await work.rotas.deciding(team)
    await work.rotas.put(team, rotas)
    await recount(tools, work, team, decided)
    times = sum(len(rota.shifts) + len(rota.leaves) for rota in new.values())
    line = {"what": "rota", "team": team.id, "people": len(new), "times": times}
    await work.ledger.append(team.workspace, now, line)
    return Imported(
        team=team,
        people=tuple(names[user] for user in sorted(new)),
        times=times,
        unknown=unknown,
        others=tuple(names[user] for user in others if user in names),
        cleared=everybody,
    )


async def remove(tools: Tools, work: UnitOfWork, team: Team) -> int:
    """Every shift and leave of the team; of how many people."""
    now, old, decided = tools.clock(), await work.rotas.of(team), await work.rotas.deciding(team)
    await work.rotas.put(team, dict.fromkeys(old, Rota()))
    await recount(tools, work, team, decided)
    if old:
        line = {"what": "rota removed", "team": team.id, "people": len(old)}
        await work.ledger.append(team.workspace, now, line)
    return len(old)


async def known_team(work: UnitOfWork, workspace: Workspace, written: str) -> Team:
    """By id, else by name, in any case. Raises NotFound."""
    teams = await work.teams.of(workspace)
    found = called(written, teams)
    if len(found) == 1:
        return found[0]
    there = ", ".join(sorted(map(team_label, teams))) or "none yet"
    wrong = f"More than one team of {workspace} is called" if found else f"{workspace} has no team"
    sentence = f"{wrong} {written}. Its teams: {there}."
    raise NotFound(sentence, tell=sentence)


def own_zone_of(who: str, members: Sequence[Member]) -> str | None:
    """The zone that somebody chose, by what a file calls them; None where they chose none or are not known."""
    member = _meant(who, members)
    return member.tz if member else None


def told_apart(found: Mapping[str, Rota], members: Sequence[Member]) -> tuple[Mapping[str, Rota], tuple[str, ...]]:
    """Rotas by user, and what the file calls people who are not in the team or fit several."""
    unknown = (who for who in found if _meant(who, members) is None)
    return _by_user(found, members), tuple(sorted(unknown))


def _by_user(found: Mapping[str, Rota], members: Sequence[Member]) -> dict[str, Rota]:
    """A person may be called two things in one file."""
    rotas: dict[str, Rota] = {}
    for who, rota in found.items():
        member = _meant(who, members)
        if member is not None:
            rotas[member.person.user] = rotas.get(member.person.user, Rota()).together(rota)
    return rotas


def _meant(who: str, members: Sequence[Member]) -> Member | None:
    """By user id, else by name, else by the part of an e-mail address before the @. None unless exactly one fits.

    Who has no name, as after `/drill forget-me`, is found by id alone.
    """
    before_at = who.partition("@")[0]
    for name in (who, before_at) if "@" in who else (who,):
        exact = [member for member in members if member.person.user == name]
        named = [member for member in members if member.name and _fold(member.name) == _fold(name)]
        if exact or named:
            fitting = exact or named
            return fitting[0] if len(fitting) == 1 else None
    return None


def _fold(name: str) -> str:
    return " ".join(name.replace(".", " ").replace("_", " ").casefold().split())
