"""The board's numbers in one place, and the sentences printed under it, made from those numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from drills.board.estimates import Spread
from drills.board.words import TeamBand
from drills.push import WINDOW

_SPREAD = Spread(between=0.06, within=0.18)


@dataclass(frozen=True, slots=True)
class Rule:
    """Every constant of the board. Shares are 0…1. Starting values of clinical.md §7 unless noted.

    `building` and `thriving` are the lowest shrunken participation of the two upper bands, and `notable` the
    change that turns the arrow: our own starting values, not validated.
    """

    period: timedelta = timedelta(days=28)
    window: timedelta = WINDOW
    people: int = 5
    building: float = 0.40
    thriving: float = 0.60
    confidence: float = 0.80
    notable: float = 0.05
    prior: float = 20.0
    repeats: float = 0.3
    growth_period: timedelta = timedelta(days=84)
    growth_drills: int = 4
    growth_span: timedelta = timedelta(days=14)
    spread: Spread = _SPREAD

    def reads_from(self, now: datetime) -> datetime:
        """The earliest moment of which the board needs records: last month's and the growth period's."""
        return now - max(2 * self.period, self.growth_period)

    def sentences(self) -> tuple[str, ...]:
        """The rule in plain words, as printed under the board."""
        return (*self._who(), *self._participation(), *self._bands(), *self._growth())

    def _who(self) -> Iterator[str]:
        yield (
            f"A team is here only if its lead chose so and at least {self.people} different people have answered a "
            f"drill that opened in the last {_days(self.period)}."
        )
        yield "Teams stand by band, then by name. There is no ranking, no bottom list and nobody's own result."
        yield f"Drills completed: everybody's first replies to drills that opened in those {_days(self.period)}."

    def _participation(self) -> Iterator[str]:
        yield (
            "Participation: of the drills that reached a person, the share they answered; then the mean over the "
            f"team's people. A drill counts once it has been out for {_hours(self.window)}, hours on hold "
            f"left out. Shown in tenths, never as none or all, and only for {self.people} people or more."
        )
        yield (
            "So that a small team is not judged by luck, its participation is drawn towards the organisation's rate "
            f"as if {self.prior:g} more answers had come in at that rate. Several drills of one person count for less "
            f"than as many people (correlation {self.repeats:g})."
        )

    def _bands(self) -> Iterator[str]:
        yield (
            f"Bands by participation: {TeamBand.THRIVING.label} from {_percent(self.thriving)}, "
            f"{TeamBand.BUILDING.label} from {_percent(self.building)}, {TeamBand.GETTING_STARTED.label} before that."
        )
        yield (
            f"Teams that can't be told apart share the higher band: their {_percent(self.confidence)} intervals "
            "overlap, directly or through teams between them. A team clearly above another never has a lower band."
        )
        yield (
            f"The last column compares a team with itself in the {_days(self.period)} before; less than "
            f"{_percent(self.notable)} of change is about the same."
        )

    def _growth(self) -> Iterator[str]:
        yield (
            "Growth: a person's last two scores against their first two, each compared with what others scored on the "
            f"same drill; from {self.growth_drills} drills of one kind, {_days(self.growth_span)} or more from first "
            f"to last, within {_days(self.growth_period)}; then the mean over {self.people} people or more."
        )
        yield (
            f"Growth is drawn towards the organisation's (spread between teams {self.spread.between:g}, between "
            f"people {self.spread.within:g}) and called growing, or a dip, only if its {_percent(self.confidence)} "
            "interval is clear of no change. It does not say why."
        )


def _days(span: timedelta) -> str:
    return f"{span / timedelta(days=1):g} days"


def _hours(span: timedelta) -> str:
    return f"{span / timedelta(hours=1):g} hours"


def _percent(share: float) -> str:
    return f"{100 * share:g} %"


RULE = Rule()
