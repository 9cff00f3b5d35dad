"""The words of the board. They carry the meaning; a symbol only stands beside them."""

from __future__ import annotations

from enum import Enum, IntEnum

NOT_ENOUGH_YET = "not enough yet"


class TeamBand(IntEnum):
    """By participation. The order is from lowest to highest."""

    GETTING_STARTED = 0
    BUILDING = 1
    THRIVING = 2

    @property
    def label(self) -> str:
        return self.name.replace("_", " ").capitalize()


class Arrow(Enum):
    """A team's participation against its own last month; the value is what people read."""

    UP = "↗ more"
    LEVEL = "→ about the same"
    DOWN = "↘ a quieter month"
    NOT_YET = NOT_ENOUGH_YET


class Growth(Enum):
    """Whether a team's people score higher than they began; the value is what people read."""

    GROWING = "growing"
    STEADY = "steady"
    DIPPING = "a dip for now"
    NOT_YET = NOT_ENOUGH_YET


def tenths(share: float) -> int:
    """Nearest tenth, 1…9: none and all would say something about everybody (clinical.md §7)."""
    return min(9, max(1, int(10 * share + 0.5)))


def in_ten(share_in_tenths: int | None) -> str:
    return NOT_ENOUGH_YET if share_in_tenths is None else f"about {share_in_tenths} in 10"
