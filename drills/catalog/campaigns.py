"""Campaign files: reading them, with every fault at its line, and finding the drills that they mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from drills.campaign import Campaign, CampaignTeam, Entry, Reminders
from drills.catalog.campaign_file import WrittenCampaign, WrittenQuery, WrittenQuiet, model_for
from drills.catalog.campaign_rules import cadence_in, campaign_findings
from drills.catalog.faults import Fault, FaultyDrill, Finding, located
from drills.catalog.library import DrillFile, Library
from drills.catalog.reading import text_of
from drills.catalog.source import Source, read_source
from drills.catalog.wording import findings
from drills.drill import Kind, Status
from drills.people import QuietHours

_EMPTY = "This file is empty. docs/educators.md shows a campaign to start from."
_NO_CAMPAIGN = "This file is no campaign: it has no `drills`, no `teams` and no `cadence`."
_TELLTALE_KEYS = {"drills", "teams", "cadence"}
_SOUND: dict[str, Any] = {
    "schema": 1, "id": "a", "title": "A", "drills": ["a"], "teams": [{"id": "a", "tz": "UTC"}],
    "cadence": {"every": "Mon at 12:00"}, "starts": "2000-01-01",
}  # fmt: skip
"""Values for needed keys that are faulty, so that the others can be looked at."""


class FaultyCampaign(FaultyDrill):
    """A campaign file that can't be used."""

    tell = "This campaign can't be used just now. Whoever looks after the drills has been told."


@dataclass(frozen=True, slots=True)
class CampaignFile:
    """A file that can be used, its drills found. `warnings` are advice that its author should read."""

    name: str
    source: str
    campaign: Campaign
    drills: tuple[DrillFile, ...]
    warnings: tuple[Fault, ...] = ()

    @property
    def playlist(self) -> tuple[Entry, ...]:
        return tuple(Entry(file.id, file.hash, file.variants) for file in self.drills)


def read_campaign(text: str, library: Library, name: str = "campaign.yaml") -> CampaignFile:
    """Raises FaultyCampaign, with every fault, when the linter finds an error."""
    source = read_source(text)
    faults = _lint(source, library, name)
    if any(fault.severity == "error" for fault in faults):
        raise FaultyCampaign(faults)
    written = model_for(source.data).model_validate(source.data)
    return CampaignFile(name, text, _campaign(written), tuple(_drills(written, library)), tuple(faults))


def open_campaign(file: Path, library: Library) -> CampaignFile:
    """Raises FaultyCampaign, also when the file can't be opened."""
    try:
        text = text_of(file)
    except FaultyDrill as unreadable:
        raise FaultyCampaign(unreadable.faults) from unreadable
    return read_campaign(text, library, str(file))


def lint_campaign(text: str, library: Library, name: str = "campaign.yaml") -> list[Fault]:
    """Every fault in reading order; an empty list for a flawless file. Never raises."""
    return _lint(read_source(text), library, name)


def lint_campaigns(files: Iterable[Path], library: Library) -> list[Fault]:
    """File by file. Never raises."""
    return [fault for file in files for fault in _faults_of(file, library)]


def _faults_of(file: Path, library: Library) -> list[Fault]:
    try:
        return lint_campaign(text_of(file), library, str(file))
    except FaultyDrill as unreadable:
        return list(unreadable.faults)


def _lint(source: Source, library: Library, name: str) -> list[Fault]:
    if source.data is None:
        return located([] if source.problems else [Finding((), _EMPTY)], source, name)
    if not isinstance(source.data, dict) or not _TELLTALE_KEYS & source.data.keys():
        return located([Finding((), _NO_CAMPAIGN)], source, name)
    model = model_for(source.data)
    try:
        written = model.model_validate(source.data)
    except ValidationError as error:
        faulty = frozenset(str(detail["loc"][0]) for detail in error.errors() if detail["loc"])
        further = _beside(source.data, model, faulty, library)
        return located([*findings(error, source, model, "campaign file"), *further], source, name)
    found = list(campaign_findings(written, list(_drills(written, library)), library))
    return located(found, source, name)


def _beside(
    data: Mapping[str, Any], model: type[WrittenCampaign], faulty: Collection[str], library: Library
) -> list[Finding]:
    """What is wrong with the keys whose shape is sound, so that nobody mends a file in stages."""
    by_query = model is not WrittenCampaign
    stand_ins = {**_SOUND, "drills": {}} if by_query else _SOUND
    sound = {key: value for key, value in data.items() if key not in faulty}
    try:
        written = model.model_validate({**sound, **{key: stand_ins[key] for key in faulty if key in stand_ins}})
    except ValidationError:
        return []
    found = campaign_findings(written, list(_drills(written, library)), library)
    return [one for one in found if one.severity == "error" and one.path[0] not in faulty]


def _campaign(written: WrittenCampaign) -> Campaign:
    return Campaign(
        id=written.id,
        title=written.title,
        teams=tuple(CampaignTeam(team.id, team.tz, _quiet(team.quiet)) for team in written.teams),
        cadence=cadence_in(written),
        starts=date.fromisoformat(written.starts),
        ends=date.fromisoformat(written.ends) if written.ends else None,
        tz=written.tz,
        quiet=_quiet(written.quiet),
        window=timedelta(hours=written.window_hours),
        reminders=Reminders(written.reminders.max, timedelta(hours=written.reminders.after_hours)),
        per_week=written.per_week,
        order=written.order,
        keep=written.feedback == "keep",
        friday_reflection=written.friday_reflection,
    )


def _quiet(written: WrittenQuiet | None) -> QuietHours | None:
    return QuietHours.parse(f"{written.from_}-{written.to}") if written else None


def _drills(written: WrittenCampaign, library: Library) -> Iterator[DrillFile]:
    """Those that the file names, in its order; for a query those that fit, easy ones first."""
    if isinstance(written.drills, WrittenQuery):
        fitting = [file for file in library.all() if _fits(written.drills, file)]
        yield from sorted(fitting, key=lambda file: (file.written.difficulty, file.id))
        return
    known = {file.id: file for file in library.all()}
    yield from (known[id_] for id_ in written.drills if id_ in known)


def _fits(query: WrittenQuery, file: DrillFile) -> bool:
    drill, codes = file.written, file.written.competencies
    named = {code.casefold() for code in (*codes.ipec, *codes.frameworks, *codes.ai)}
    return (
        drill.kind is not Kind.RELAY
        and drill.status is not Status.RETIRED
        and (query.kind is None or drill.kind in query.kind)
        and (query.difficulty is None or drill.difficulty in query.difficulty)
        and (query.competency is None or any(code.casefold() in named for code in query.competency))
    )
