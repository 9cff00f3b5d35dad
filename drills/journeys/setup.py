"""`/drill setup`: the channel where it is asked becomes a care team's, or its team is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from drills.campaign.clock_words import span_of
from drills.chat.cards import picked
from drills.chat.inbound import Answer, Asked, Pressed, Submitted
from drills.errors import TellPerson
from drills.journeys.authority import NotAllowed, doubted, may
from drills.journeys.tools import Tools, is_first
from drills.journeys.zones import zone, zone_fault
from drills.judging.normal import visible
from drills.people import Place, Profession, QuietHours, Role, Team
from drills.ports import UnitOfWork
from drills.views.setup_form import (
    BOARD,
    MAX_NAME,
    NAME,
    OPTIONS,
    PROFESSIONS,
    QUIET,
    THREADS,
    ZONE,
    ready_card,
    setup_form,
    setup_refused,
)


class NotAChannel(TellPerson):
    tell = "A team needs a channel: write `/drill setup` in the channel where its drills should be posted."


async def setup(tools: Tools, seen: Asked | Pressed) -> Answer:
    """The form, filled with what holds now. Raises NotAChannel and NotAllowed."""
    async with tools.memory.read() as work:
        team = await _allowed(work, seen)
        return Answer(setup_form(team, await _zone(work, seen, team)))


async def save(tools: Tools, submitted: Submitted) -> Answer:
    """Save the team, or hand the form back with a sentence beside each field at fault. Raises as `setup` does.

    Whoever sets up is enrolled in nothing: an administrator need not be a learner.
    """
    values = {name: visible(text).strip() for name, text in submitted.values.items()}
    async with tools.memory.begin() as work:
        team = await _allowed(work, submitted)
        errors = {**_faults(values), **await _taken(work, submitted, team, values.get(NAME, ""))}
        if errors:
            form = setup_form(team, await _zone(work, submitted, team))
            return Answer(setup_refused(form, values, errors))
        saved = _filled(team or _new(tools, submitted.place), values)
        await work.teams.save(saved)
        if await is_first(tools, work, submitted) and saved != team:
            body = {"what": "setup", "team": saved.id, "by": submitted.person.user, "new": team is None}
            await work.ledger.append(saved.workspace, tools.clock(), body)
        begun = bool(await work.pushes.of_team(saved, limit=1))
    return Answer(ready_card(saved, new=team is None, begun=begun))


async def _allowed(work: UnitOfWork, seen: Asked | Pressed | Submitted) -> Team | None:
    if seen.place.direct or not seen.place.channel:
        raise NotAChannel(f"no channel at {seen.place}")
    team = await work.teams.at(seen.place)
    if not await may(work, seen, team, Role.LEAD):
        also = "its leads and educators, and " if team else ""
        tell = f"Setting up this channel is for {also}whoever administers the workspace."
        ask = "" if seen.profile.unknown else " Please ask one of them."
        raise NotAllowed("setup", tell=doubted(f"{tell}{ask}", seen))
    return team


async def _zone(work: UnitOfWork, seen: Asked | Pressed | Submitted, team: Team | None) -> str:
    if team is not None:
        return team.tz
    others = [other.tz for other in await work.teams.of(seen.place.workspace)]
    return next((found for name in (seen.profile.tz, *others) if name and (found := zone(name))), "UTC")


def _new(tools: Tools, place: Place) -> Team:
    return Team(place.workspace, tools.ids(), "", place.channel, "UTC")


def _filled(team: Team, values: Mapping[str, str]) -> Team:
    options = picked(values.get(OPTIONS, ""))
    quiet = values.get(QUIET, "")
    return replace(
        team,
        name=values[NAME],
        tz=zone(values[ZONE]) or team.tz,
        professions=tuple(Profession(name) for name in picked(values[PROFESSIONS])),
        quiet=_quiet(quiet) if quiet else None,
        on_board=BOARD in options,
        threads=THREADS in options,
    )


def _faults(values: Mapping[str, str]) -> dict[str, str]:
    sentences = {
        NAME: _name_fault(values.get(NAME, "")),
        ZONE: zone_fault(values.get(ZONE, "")),
        PROFESSIONS: _professions_fault(picked(values.get(PROFESSIONS, ""))),
        QUIET: _quiet_fault(values.get(QUIET, "")),
    }
    return {name: sentence for name, sentence in sentences.items() if sentence}


async def _taken(work: UnitOfWork, submitted: Submitted, team: Team | None, name: str) -> dict[str, str]:
    """Two teams of one name could not be told apart on the board."""
    others = [other for other in await work.teams.of(submitted.place.workspace) if team is None or other.id != team.id]
    if any(other.name.casefold() == name.casefold() for other in others):
        return {NAME: "Another channel's team has this name. Please choose one that tells them apart."}
    return {}


def _name_fault(name: str) -> str:
    if not name:
        return "Please give the team a name."
    return f"Please keep it to {MAX_NAME} characters; this has {len(name)}." if len(name) > MAX_NAME else ""


def _professions_fault(names: tuple[str, ...]) -> str:
    known = set(Profession) - {Profession.ANY}
    return "" if names and known.issuperset(names) else "Please pick at least one profession from the list."


def _quiet(written: str) -> QuietHours:
    """As people write it: "21:00-07:00", "9 pm to 7 am". Raises ValueError."""
    return QuietHours.parse("-".join(f"{end:%H:%M}" for end in span_of(written)))


def _quiet_fault(written: str) -> str:
    try:
        if written:
            _quiet(written)
    except ValueError:
        return "Write two times, such as 21:00-07:00, or leave it empty."
    return ""
