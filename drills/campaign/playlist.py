"""Which drill comes next: in the given order, spaced, or led by what the team missed (docs/decisions/0006)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from drills.campaign.campaign import Order

RETURNS = (timedelta(days=7), timedelta(days=21))
"""How long a drill stays away before it comes back as a variant: the first time, the second time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A drill of a campaign, pinned to one version of its file. The first of `variants` is the file's own."""

    drill: str
    hash: str
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A drill that a team had, and on which of its days."""

    drill: str
    variant: str
    day: date


@dataclass(frozen=True, slots=True)
class Pick:
    entry: Entry
    variant: str


class Past:
    """What a team had of a campaign, oldest first, counted as it is added."""

    def __init__(self, shown: Iterable[Shown] = ()) -> None:
        self._days: dict[str, list[date]] = {}
        self._last: dict[str, int] = {}
        self._count = 0
        for one in shown:
            self.add(one)

    def add(self, one: Shown) -> None:
        self._count += 1
        self._days.setdefault(one.drill, []).append(one.day)
        self._last[one.drill] = self._count

    def days(self, drill: str) -> Sequence[date]:
        return self._days.get(drill, ())

    def last(self, drill: str) -> int:
        """Which turn it had last; 0 for a drill that the team never had."""
        return self._last.get(drill, 0)

    def is_latest(self, drill: str) -> bool:
        """Whether it is what the team had last."""
        return self._count > 0 and self.last(drill) == self._count


def choose(order: Order, playlist: Sequence[Entry], past: Past, day: date, missed: Collection[str] = ()) -> Pick:
    """The drill for `day`, after what the team had. Raises ValueError for an empty playlist.

    `missed` are drills of which the team missed something; with `adaptive` order only these come back early. By what
    the team had and not by counting: when the list changes, what it had is not repeated and nothing is left out.
    """
    returning = [] if order is Order.GIVEN else _returning(playlist, past, day)
    if order is Order.ADAPTIVE:
        returning = [entry for entry in returning if entry.drill in missed]
    returning.sort(key=lambda one: past.is_latest(one.drill))  # stable: the longest overdue is still the first
    unlike = min(playlist, key=lambda one: past.last(one.drill))
    # With one slot a week every drill is due back in the very next one: a new one comes between while there is any.
    between = not returning or (past.is_latest(returning[0].drill) and not past.last(unlike.drill))
    entry = unlike if between else returning[0]
    return Pick(entry, entry.variants[len(past.days(entry.drill)) % len(entry.variants)])


def _returning(playlist: Sequence[Entry], past: Past, day: date) -> list[Entry]:
    """Drills that are due back and have a variant that the team does not know; the longest overdue first."""
    waiting = [(due, place, entry) for place, entry in enumerate(playlist) for due in _due_back(entry, past)]
    return [entry for due, _, entry in sorted(waiting, key=lambda one: one[:2]) if due <= day]


def _due_back(entry: Entry, past: Past) -> Iterator[date]:
    days = past.days(entry.drill)
    if 1 <= len(days) <= len(RETURNS) and len(days) < len(entry.variants):
        yield days[-1] + RETURNS[len(days) - 1]
