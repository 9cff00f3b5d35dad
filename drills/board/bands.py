"""Which band a team stands in, and how teams that can't be told apart share one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from drills.board.estimates import Interval
from drills.board.rule import Rule
from drills.board.words import TeamBand


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a team's participation may truly lie, and the band that its own figure would give."""

    interval: Interval
    own: TeamBand


def own_band(share: float, rule: Rule) -> TeamBand:
    """Of a shrunken participation, 0…1."""
    if share >= rule.thriving:
        return TeamBand.THRIVING
    return TeamBand.BUILDING if share >= rule.building else TeamBand.GETTING_STARTED


def shared_bands(stretches: Mapping[str, Stretch]) -> dict[str, TeamBand]:
    """The band of each team once ties are shared upwards.

    Teams whose intervals overlap, directly or through others, form one group with one band: the highest that
    any of its members, or any team of a group wholly below it, has on its own. So overlapping teams stand
    equal, a team that lies clearly above another never stands under it, no order of teams matters, and
    answering more can only lift a team (tests/domain/test_board_bands.py).
    """
    bands: dict[str, TeamBand] = {}
    group: list[str] = []
    reach, highest = -1.0, TeamBand.GETTING_STARTED
    for name in sorted(stretches, key=lambda team: stretches[team].interval.low):
        stretch = stretches[name]
        if stretch.interval.low > reach:
            group = []
        group.append(name)
        reach, highest = max(reach, stretch.interval.high), max(highest, stretch.own)
        bands.update(dict.fromkeys(group, highest))
    return bands
