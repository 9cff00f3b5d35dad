"""What a campaign file must keep to beyond its shape, one group of faults in a function."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from drills.campaign import BadCadence, Cadence
from drills.campaign.words import cadence_of
from drills.catalog.campaign_advice import advice
from drills.catalog.campaign_file import WrittenCampaign, WrittenQuery, WrittenQuiet
from drills.catalog.faults import Finding
from drills.catalog.library import DrillFile, Library
from drills.catalog.source import Path
from drills.drill import Kind, Status

MOST_A_DAY = 96
YEARS = range(2000, 2200)
NO_ZONE = "has no `tz`: a preview needs one, a start takes the installation's."
_LEAP_YEAR = (date(2024, 1, 1), date(2024, 12, 31))
_TAKEN = {"now", "demo"}


def campaign_findings(written: WrittenCampaign, drills: Sequence[DrillFile], library: Library) -> Iterator[Finding]:
    """Of a file whose shape is sound. Advice comes only when there is nothing to mend."""
    found = [
        *_id(written),
        *_cadence(written),
        *_days(written),
        *_quiet_hours(written),
        *_zones(written),
        *_teams(written),
        *_drills(written, drills, library),
    ]
    yield from found
    if all(finding.severity == "warning" for finding in found):
        yield from advice(written, cadence_in(written), drills)


def _id(written: WrittenCampaign) -> Iterator[Finding]:
    if written.id in _TAKEN:
        yield Finding(("id",), f"`{written.id}` is Readback's own word for drills without a campaign. Choose another.")


def _cadence(written: WrittenCampaign) -> Iterator[Finding]:
    cron, every = written.cadence.cron, written.cadence.every
    if (cron is None) == (every is None):
        yield Finding(("cadence",), "Write one of the two: `cron` or `every`.")
        return
    try:
        cadence = cadence_in(written)
    except BadCadence as bad:
        yield Finding(("cadence", "cron" if cron else "every"), str(bad))
        return
    a_day = Counter(wall.date() for wall in islice(cadence.walls(*_LEAP_YEAR), 20 * MOST_A_DAY))
    if a_day and max(a_day.values()) > MOST_A_DAY:
        yield Finding(("cadence",), f"This has more than {MOST_A_DAY} slots a day. Nobody wants that many drills.")


def _days(written: WrittenCampaign) -> Iterator[Finding]:
    days = {key: _day(text) for key, text in (("starts", written.starts), ("ends", written.ends)) if text}
    for key, day in days.items():
        if day is None:
            yield Finding((key,), f"`{key}`: this day is not in the calendar.")
        elif day.year not in YEARS:
            yield Finding((key,), f"`{key}`: the year must be from {YEARS[0]} to {YEARS[-1]}.")
    starts, ends = days.get("starts"), days.get("ends")
    if starts and ends and ends < starts:
        yield Finding(("ends",), "`ends` is before `starts`.")


def _quiet_hours(written: WrittenCampaign) -> Iterator[Finding]:
    spans: list[tuple[Path, WrittenQuiet | None]] = [(("quiet",), written.quiet)]
    spans += [(("teams", place, "quiet"), team.quiet) for place, team in enumerate(written.teams)]
    for path, quiet in spans:
        if quiet and quiet.from_.zfill(5) == quiet.to.zfill(5):
            yield Finding(path, "Quiet hours that begin and end at one time leave nothing, or everything. Which?")


def _zones(written: WrittenCampaign) -> Iterator[Finding]:
    named: list[tuple[Path, str | None]] = [(("tz",), written.tz)]
    named += [(("teams", place, "tz"), team.tz) for place, team in enumerate(written.teams)]
    for path, tz in named:
        if tz is not None and not is_zone(tz):
            yield Finding(path, f"“{tz}” is no time zone. {_near_zone(tz)}")
    for place, team in enumerate(written.teams):
        if team.tz is None and written.tz is None:
            yield Finding(("teams", place), f"`{team.id}` {NO_ZONE}", "warning")


def is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _near_zone(tz: str) -> str:
    zones = {zone.casefold(): zone for zone in available_timezones()}
    cities = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(zones.values(), reverse=True)}
    said = tz.casefold().replace(" ", "_")
    near = get_close_matches(said, [*zones, *cities], n=1)
    known = {**cities, **zones}
    return f"Did you mean {known[near[0]]}?" if near else "It is a name such as America/Chicago or Europe/Berlin."


def _teams(written: WrittenCampaign) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, team in enumerate(written.teams):
        if team.id in seen:
            yield Finding(("teams", place, "id"), f"`{team.id}` is in this list twice.")
        seen.add(team.id)


def _drills(written: WrittenCampaign, drills: Sequence[DrillFile], library: Library) -> Iterator[Finding]:
    if isinstance(written.drills, WrittenQuery):
        if not drills:
            yield Finding(
                ("drills",),
                "No drill of the library fits kinds, levels and competencies at once. Leave one of them out.",
            )
        return
    known = {file.id: file for file in library.all()}
    seen: set[str] = set()
    for place, id_ in enumerate(written.drills):
        message, severity = _about(id_, known, twice=id_ in seen)
        if message:
            yield Finding(("drills", place), message, "warning" if severity else "error")
        seen.add(id_)


def _about(id_: str, known: dict[str, DrillFile], *, twice: bool) -> tuple[str, bool]:
    """What is wrong with naming this drill, and whether it is advice only."""
    if id_ not in known:
        near = get_close_matches(id_, known, n=1, cutoff=0.5)
        hint = f"Did you mean `{near[0]}`?" if near else "`readback drills list` shows them all."
        return f"There is no drill `{id_}`. {hint}", False
    if known[id_].written.kind is Kind.RELAY:
        return f"`{id_}` is a relay; relays can't be played yet.", False
    if known[id_].written.status is Status.RETIRED:
        return f"`{id_}` is retired.", True
    return (f"`{id_}` is in this list twice. Repeats come by themselves, as variants.", True) if twice else ("", True)


def cadence_in(written: WrittenCampaign) -> Cadence:
    """Raises BadCadence."""
    return Cadence.cron(written.cadence.cron) if written.cadence.cron else cadence_of(written.cadence.every or "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
