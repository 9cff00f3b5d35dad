"""A person's rota: when they are on shift, asleep after a night, or on leave. Times only: no titles, no places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

EDGE = timedelta(minutes=30)
"""The first and the last minutes of a shift belong to the handover."""

REST = timedelta(hours=10)
"""Left alone after a night shift: the way home and a day's sleep. Our starting value, not a measured one; the EU's
working time directive asks for 11 hours between shifts (2003/88/EC, article 3): a next one seldom begins earlier."""

LEAD_IN = timedelta(hours=24)
"""So long before its first time a rota begins to hold: a day before a first night is for sleep as well."""

Span: TypeAlias = tuple[datetime, datetime]
"""[begin, end), both moments."""


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """[begins, ends), both moments. `night`: its person sleeps afterwards."""

    begins: datetime
    ends: datetime
    night: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Leave:
    """[begins, ends), both moments: holidays, illness, a course. Why is not kept."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Rota:
    """One person's times in one team. It is silent from its last time on, and until LEAD_IN before its first."""

    shifts: tuple[Shift, ...] = ()
    leaves: tuple[Leave, ...] = ()

    def next_free(self, since: datetime, until: datetime) -> datetime | None:
        """The first moment of [since, until) at which the person may be written to; None where there is none.

        That is on shift, not in its first or last EDGE, not within REST after a night and not on leave. Where the rota
        says nothing, any moment will do that is neither REST nor leave.
        """
        at: datetime | None = since
        while at is not None and at < until:
            end = _end_of_those_at(self._busy(), at)
            if end is None and (self._silent_at(at) or _end_of_those_at(self._on_shift(), at)):
                return at
            at = end or self._next_change(at)
        return None

    def silent(self, at: datetime) -> bool:
        """Whether the rota leaves this moment to the team's own hours: nothing is known of it, and nobody rests."""
        return self._silent_at(at) and _end_of_those_at(self._busy(), at) is None

    def away(self, since: datetime, until: datetime) -> bool:
        """On leave for all of [since, until)."""
        at = since
        while at < until:
            end = _end_of_those_at(_spans(self.leaves), at)
            if end is None:
                return False
            at = end
        return True

    def replaced(self, new: Rota, since: datetime, until: datetime) -> Rota:
        """With `new` instead of what begins in [since, until); earlier leave that reaches into it ends where it begins.

        What `new` holds outside is taken as well, so the same file twice changes nothing.
        """
        shifts = {shift.begins: shift for shift in self.shifts if not since <= shift.begins < until}
        shifts |= {shift.begins: shift for shift in new.shifts}
        cut = (replace(leave, ends=since) if leave.begins < since < leave.ends else leave for leave in self.leaves)
        leaves = {leave.begins: leave for leave in cut if not since <= leave.begins < until}
        leaves |= {leave.begins: leave for leave in new.leaves}
        return Rota(tuple(sorted(shifts.values())), tuple(sorted(leaves.values())))

    def since(self, moment: datetime) -> Rota:
        """Without what had ended by then."""
        shifts = tuple(shift for shift in self.shifts if shift.ends > moment)
        return Rota(shifts, tuple(leave for leave in self.leaves if leave.ends > moment))

    def _silent_at(self, at: datetime) -> bool:
        spans = _spans((*self.shifts, *self.leaves))
        return not spans or at < min(spans)[0] - LEAD_IN or at >= max(end for _, end in spans)

    def _on_shift(self) -> Sequence[Span]:
        return _spans(self.shifts)

    def _busy(self) -> Sequence[Span]:
        return [*_spans(self.leaves), *(span for shift in self.shifts for span in _around(shift))]

    def _next_change(self, at: datetime) -> datetime | None:
        """Where a shift begins, or the rota ends."""
        last = max(end for _, end in _spans((*self.shifts, *self.leaves)))
        return min((moment for moment in (*(shift.begins for shift in self.shifts), last) if moment > at), default=None)


def _spans(times: Sequence[Shift | Leave]) -> list[Span]:
    return [(one.begins, one.ends) for one in times]


def _around(shift: Shift) -> Iterator[Span]:
    yield shift.begins, shift.begins + EDGE
    yield shift.ends - EDGE, shift.ends + (REST if shift.night else timedelta())


def _end_of_those_at(spans: Sequence[Span], at: datetime) -> datetime | None:
    """When the longest of those that hold then ends; None when none holds."""
    return max((end for begin, end in spans if begin <= at < end), default=None)
