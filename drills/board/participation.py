"""How much of what reached a team's people was answered: by person first, then over the team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from drills.board.estimates import Interval, effective_n, mean, shrunken_share, wilson
from drills.board.records import TeamRecord, by_person
from drills.board.rule import Rule


@dataclass(frozen=True, slots=True)
class Participation:
    """`share` 0…1 as answered; `n` is how many single answers it is worth (repeats of one person count for less)."""

    share: float
    n: float

    def shrunken(self, organisation: float, rule: Rule) -> float:
        return shrunken_share(self.share * self.n, self.n, organisation, rule.prior)

    def interval(self, rule: Rule) -> Interval:
        return wilson(self.share, self.n, rule.confidence)


def participation(record: TeamRecord, rule: Rule) -> Participation | None:
    """Over all drills of the record. None when they reached fewer than `rule.people` people."""
    people = [person for person in record.people if person.drills]
    if len(people) < rule.people:
        return None
    each = mean(len(person.drills) for person in people)
    return Participation(mean(person.share for person in people), effective_n(len(people), each, rule.repeats))


def organisation_share(records: Sequence[TeamRecord]) -> float | None:
    """The mean over everybody, on the board or not. None when there is no drill yet."""
    shares = [person.share for person in by_person(records) if person.drills]
    return mean(shares) if shares else None


def closed(record: TeamRecord, since: datetime, until: datetime, now: datetime, rule: Rule) -> TeamRecord:
    """Drills that opened in (since, until] and whose window is over at `now`.

    A drill that is still out is nobody's miss yet, and counting only its answers would flatter.
    """
    return record.opened(since, min(until, now - rule.window)).over(now)
