"""A team's line on the board: its figures drawn towards the organisation's, then put into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from drills.board.bands import Stretch, own_band, shared_bands
from drills.board.growth import DrillMeans, growth_word, mean_growth
from drills.board.participation import Participation, closed, organisation_share, participation
from drills.board.records import TeamRecord, by_person
from drills.board.rule import Rule
from drills.board.words import Arrow, Growth, TeamBand, tenths


@dataclass(frozen=True, slots=True)
class Standing:
    """One team on the board: only what may be shown.

    `participation` is in tenths, 1…9, drawn towards the organisation's rate; None when there is not enough yet.
    `drills_completed` is exact: without its denominator, which is never shown, it says nothing about anyone.
    """

    team: str
    name: str
    band: TeamBand
    participation: int | None
    drills_completed: int
    growth: Growth
    arrow: Arrow
    demo: bool = False


class Reckoning:
    """Everybody's records at one moment. `records` are as of `now` and hold the whole organisation."""

    def __init__(self, records: Sequence[TeamRecord], now: datetime, rule: Rule) -> None:
        self._now, self._rule = now, rule
        recent = [record.opened(now - rule.growth_period, now) for record in records]
        people = by_person(recent)
        self._means = DrillMeans(people)
        self._growth = mean_growth(people, self._means, rule)
        self._share = organisation_share([self._closed(record, back=timedelta(0)) for record in records])

    def standings(self, records: Sequence[TeamRecord]) -> list[Standing]:
        """One for each of these teams; teams that can't be told apart share a band."""
        figures = {record.team.id: participation(self._closed(record), self._rule) for record in records}
        bands = shared_bands({team: self._stretch(found) for team, found in figures.items() if found})
        return [self._standing(record, figures[record.team.id], bands) for record in records]

    def _standing(self, record: TeamRecord, found: Participation | None, bands: dict[str, TeamBand]) -> Standing:
        team = record.team
        return Standing(
            team.id,
            team.name,
            bands.get(team.id, TeamBand.GETTING_STARTED),
            tenths(self._shrunken(found)) if found else None,
            record.opened(self._now - self._rule.period, self._now).answers,
            self._growth_of(record),
            self._arrow(record, found),
            team.demo,
        )

    def _closed(self, record: TeamRecord, back: timedelta = timedelta(0)) -> TeamRecord:
        until = self._now - back
        return closed(record, until - self._rule.period, until, self._now, self._rule)

    def _shrunken(self, found: Participation) -> float:
        return found.shrunken(found.share if self._share is None else self._share, self._rule)

    def _stretch(self, found: Participation) -> Stretch:
        return Stretch(found.interval(self._rule), own_band(self._shrunken(found), self._rule))

    def _growth_of(self, record: TeamRecord) -> Growth:
        recent = record.opened(self._now - self._rule.growth_period, self._now)
        return growth_word(mean_growth(recent.people, self._means, self._rule), self._growth, self._rule)

    def _arrow(self, record: TeamRecord, found: Participation | None) -> Arrow:
        """Both months are drawn towards the same rate, so that only the team's own change turns the arrow."""
        before = self._closed(record, back=self._rule.period)
        earlier = participation(before, self._rule) if before.active >= self._rule.people else None
        if found is None or earlier is None:
            return Arrow.NOT_YET
        return arrow(self._shrunken(found) - self._shrunken(earlier), self._rule)


def arrow(change: float, rule: Rule) -> Arrow:
    """Of a change in shrunken participation, −1…1."""
    if abs(change) < rule.notable:
        return Arrow.LEVEL
    return Arrow.UP if change > 0 else Arrow.DOWN
