"""A person's rota: when they are on shift, asleep after a night, or on leave. Times only: no titles, no places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

EDGE = timedelta(minutes=30)
"""The first and the last minutes of a shift belong to the handover. Our rule: no source gives the length."""

REST = timedelta(hours=10)
"""Left alone after a night shift: the way home and a day's sleep. Our rule, not a measured value. It stays within the
11 consecutive hours of rest in 24 that Directive 2003/88/EC, article 3, entitles workers in the EU to, so where that
is kept, rest is over before the next shift begins."""

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
    """One person's times in one team. `known` is what files spoke of: without a shift there, the person is off.

    `elsewhere` are their shifts and leave in other teams: leave, handover and sleep are the person's wherever they were
    entered. On shift there is on shift for this team too where its own files spoke of that time; else its hours hold.
    """

    shifts: tuple[Shift, ...] = ()
    leaves: tuple[Leave, ...] = ()
    known: tuple[Span, ...] = ()
    elsewhere: Rota | None = None

    @property
    def is_of_the_team(self) -> bool:
        """Whether this team has a rota of the person, and not only another one."""
        return bool(self.shifts or self.leaves or self.known)

    def next_free(self, since: datetime, until: datetime) -> datetime | None:
        """The first moment of [since, until) at which the person may be written to; None where there is none.

        That is on shift, not in its first or last EDGE, not within REST after a night and not on leave. Where the rota
        says nothing, any moment will do that is neither REST nor leave.
        """
        at: datetime | None = since
        while at is not None and at < until:
            end = _end_of_those_at(self._busy(), at)
            if end is None and (self._on_shift(at) or self.silent(at)):
                return at
            at = end or self._next_change(at)
        return None

    def silent(self, at: datetime) -> bool:
        """Whether this moment is left to the team's own hours: nothing is known of it."""
        return not self._on_shift(at) and _end_of_those_at((*self.known, *self._busy()), at) is None

    def away(self, since: datetime, until: datetime) -> bool:
        """On leave for all of [since, until)."""
        at = since
        while at < until:
            end = _end_of_those_at(_spans(self._all_leaves()), at)
            if end is None:
                return False
            at = end
        return True

    def without_time_off(self) -> Rota:
        """Only the edges of shifts and the sleep after nights: neither leave nor days off."""
        return Rota((*self.shifts, *self._shifts_elsewhere()))

    def replaced(self, new: Rota, since: datetime, until: datetime) -> Rota:
        """With `new` instead of what begins in [since, until); earlier leave that reaches into it ends where it begins.

        What `new` holds outside is taken as well, so the same file twice changes nothing.
        """
        shifts = {shift.begins: shift for shift in self.shifts if not since <= shift.begins < until}
        shifts |= {shift.begins: shift for shift in new.shifts}
        cut = (replace(leave, ends=since) if leave.begins < since < leave.ends else leave for leave in self.leaves)
        leaves = {leave.begins: leave for leave in cut if not since <= leave.begins < until}
        leaves |= {leave.begins: leave for leave in new.leaves}
        known = _joined([*self.known, *new.known, (since, until)])
        return Rota(tuple(sorted(shifts.values())), tuple(sorted(leaves.values())), known)

    def together(self, other: Rota) -> Rota:
        """Shifts and leave of both; what is known is for whoever read them to say."""
        shifts, leaves = {*self.shifts, *other.shifts}, {*self.leaves, *other.leaves}
        return Rota(tuple(sorted(shifts)), tuple(sorted(leaves)))

    def since(self, moment: datetime) -> Rota:
        """Without what had ended by then."""
        shifts = tuple(shift for shift in self.shifts if shift.ends > moment)
        leaves = tuple(leave for leave in self.leaves if leave.ends > moment)
        return Rota(shifts, leaves, tuple(span for span in self.known if span[1] > moment))

    def _on_shift(self, at: datetime) -> bool:
        if _end_of_those_at(_spans(self.shifts), at) is not None:
            return True
        there = _end_of_those_at(_spans(self._shifts_elsewhere()), at) is not None
        return there and _end_of_those_at(self.known, at) is not None

    def _busy(self) -> Sequence[Span]:
        shifts = (*self.shifts, *self._shifts_elsewhere())
        return [*_spans(self._all_leaves()), *(span for shift in shifts for span in _around(shift))]

    def _next_change(self, at: datetime) -> datetime | None:
        """Where a shift begins, or where nothing more is known."""
        begins = (shift.begins for shift in (*self.shifts, *self._shifts_elsewhere()))
        changes = (*begins, *(end for _, end in self.known))
        return min((moment for moment in changes if moment > at), default=None)

    def _shifts_elsewhere(self) -> tuple[Shift, ...]:
        return self.elsewhere.shifts if self.elsewhere else ()

    def _all_leaves(self) -> tuple[Leave, ...]:
        return (*self.leaves, *(self.elsewhere.leaves if self.elsewhere else ()))


@dataclass(frozen=True, slots=True)
class RotaDraft:
    """A pasted rota that waits for its yes: by user, for `span`. Whom the team does not know is not in it."""

    id: str
    by: str
    people: Mapping[str, Rota]
    span: Span
    made_at: datetime

    @property
    def shifts(self) -> int:
        return sum(len(rota.shifts) for rota in self.people.values())

    @property
    def nights(self) -> int:
        return sum(shift.night for rota in self.people.values() for shift in rota.shifts)

    @property
    def leaves(self) -> int:
        return sum(len(rota.leaves) for rota in self.people.values())


def _spans(times: Sequence[Shift | Leave]) -> list[Span]:
    return [(one.begins, one.ends) for one in times]


def _around(shift: Shift) -> Iterator[Span]:
    yield shift.begins, min(shift.begins + EDGE, shift.ends)
    yield max(shift.ends - EDGE, shift.begins), shift.ends + (REST if shift.night else timedelta())


def _end_of_those_at(spans: Sequence[Span], at: datetime) -> datetime | None:
    """When the longest of those that hold then ends; None when none holds."""
    return max((end for begin, end in spans if begin <= at < end), default=None)


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """In order, with those that touch made one."""
    joined: list[Span] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return tuple(joined)
