"""The board itself: which teams stand on it, in which order, and what the others are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from drills.board.records import TeamRecord
from drills.board.rule import RULE, Rule
from drills.board.standing import Reckoning, Standing


class Absence(Enum):
    """Why a team is not on the board; told to that team alone."""

    NOT_CHOSEN = "not chosen"
    TOO_FEW = "too few"


@dataclass(frozen=True, slots=True)
class Absent:
    team: str
    why: Absence


@dataclass(frozen=True, slots=True)
class Board:
    """`standings` by band, then by name. `rule` is printed under it. Of drills opened in (since, until]."""

    standings: tuple[Standing, ...]
    absent: tuple[Absent, ...]
    since: datetime
    until: datetime
    rule: Rule = RULE

    def absence(self, team: str | None) -> Absence | None:
        """Why this team is not shown; None when it is, or is unknown."""
        return next((absent.why for absent in self.absent if absent.team == team), None)


def board(records: Sequence[TeamRecord], now: datetime, period: timedelta = RULE.period) -> Board:
    """The board of one workspace at `now` (aware).

    `records` hold all its teams, on the board or not, and reach back to `RULE.reads_from(now)`. What came
    after `now` is ignored.
    """
    rule = replace(RULE, period=period)
    known = [record.as_of(now) for record in records]
    absent = {record.team.id: why for record in known if (why := _absence(record, now, rule))}
    shown = [record for record in known if record.team.id not in absent]
    return Board(
        tuple(sorted(Reckoning(known, now, rule).standings(shown), key=_place)),
        tuple(Absent(team, absent[team]) for team in sorted(absent)),
        now - period,
        now,
        rule,
    )


def _absence(record: TeamRecord, now: datetime, rule: Rule) -> Absence | None:
    if not record.team.on_board:
        return Absence.NOT_CHOSEN
    return Absence.TOO_FEW if record.opened(now - rule.period, now).active < rule.people else None


def _place(standing: Standing) -> tuple[int, str, str]:
    return -standing.band, standing.name.casefold(), standing.team
