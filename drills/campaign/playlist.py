"""Which drill comes next: in the given order, spaced, or led by what the team missed (docs/decisions/0006)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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


def choose(
    order: Order, playlist: Sequence[Entry], past: Sequence[Shown], day: date, missed: Collection[str] = ()
) -> Pick:
    """The drill for `day`, after what the team had (oldest first). Raises IndexError for an empty playlist.

    `missed` are drills of which the team missed something; with `adaptive` order only these come back early.
    """
    if order is Order.GIVEN:
        return in_turn(playlist, len(past))
    returning = _returning(playlist, past, day)
    if order is Order.ADAPTIVE:
        returning = [entry for entry in returning if entry.drill in missed]
    if returning:
        return _next_variant(returning[0], past)
    had = {shown.drill for shown in past}
    fresh = next((entry for entry in playlist if entry.drill not in had), None)
    return _next_variant(fresh or _longest_ago(playlist, past), past)


def in_turn(playlist: Sequence[Entry], position: int) -> Pick:
    """Once through the list, then again with every drill's next variant."""
    entry = playlist[position % len(playlist)]
    return Pick(entry, entry.variants[position // len(playlist) % len(entry.variants)])


def _returning(playlist: Sequence[Entry], past: Sequence[Shown], day: date) -> list[Entry]:
    """Drills that are due back and have a variant that the team does not know; the longest overdue first."""
    waiting = [(due, place, entry) for place, entry in enumerate(playlist) for due in _due_back(entry, past)]
    return [entry for due, _, entry in sorted(waiting, key=lambda one: one[:2]) if due <= day]


def _due_back(entry: Entry, past: Sequence[Shown]) -> Iterator[date]:
    days = [shown.day for shown in past if shown.drill == entry.drill]
    if 1 <= len(days) <= len(RETURNS) and len(days) < len(entry.variants):
        yield days[-1] + RETURNS[len(days) - 1]


def _longest_ago(playlist: Sequence[Entry], past: Sequence[Shown]) -> Entry:
    last = {shown.drill: turn for turn, shown in enumerate(past)}
    return min(playlist, key=lambda entry: last[entry.drill])


def _next_variant(entry: Entry, past: Sequence[Shown]) -> Pick:
    times = sum(shown.drill == entry.drill for shown in past)
    return Pick(entry, entry.variants[times % len(entry.variants)])
