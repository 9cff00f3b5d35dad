"""Fakes for the ports that journeys talk to. The memory is never faked: SQLite is quick enough."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from drills.attempt import Handle
from drills.chat.cards import Card, Limits
from drills.errors import ReadbackError
from drills.evaluation import Judgement, Provenance, Verdict
from drills.people import MessageRef, PersonRef, Place
from drills.ports import Case, Once, Way
from drills.rubric import Level


@dataclass
class FrozenClock:
    """Stands still until somebody moves it."""

    now: datetime = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


def counting_ids() -> Callable[[], str]:
    numbers = itertools.count(1)
    return lambda: f"{next(numbers):016x}"


@dataclass
class FakeChat:
    """Keeps what it is told, by key, as a platform with idempotent posting would.

    `troubles` are raised first by what sends, `troubles_revising` by what revises,
    `troubles_at_home` by what draws a home page.
    """

    platform: str = "room"
    limits: Limits = field(default_factory=lambda: Limits(message=40_000, field_text=3_000))
    posts: dict[str, tuple[Place, Card]] = field(default_factory=dict)
    tells: dict[str, tuple[PersonRef, Card]] = field(default_factory=dict)
    nears: dict[str, Place] = field(default_factory=dict)
    revisions: list[tuple[MessageRef, Card]] = field(default_factory=list)
    calls: list[Once] = field(default_factory=list)
    troubles: list[ReadbackError] = field(default_factory=list)
    troubles_revising: list[ReadbackError] = field(default_factory=list)
    homes: list[tuple[PersonRef, Card]] = field(default_factory=list)
    troubles_at_home: list[ReadbackError] = field(default_factory=list)

    async def post(self, place: Place, card: Card, once: Once) -> MessageRef:
        self._called(once)
        self.posts.setdefault(once.key, (place, card))
        return MessageRef(place, once.key)

    async def tell(
        self,
        person: PersonRef,
        near: Place,
        card: Card,
        once: Once,
        handle: Handle | None = None,
        *,
        keep: bool = False,
    ) -> Way:
        self._called(once)
        self.tells.setdefault(once.key, (person, card))
        self.nears[once.key] = near
        return Way.ROOM

    async def revise(self, message: MessageRef, card: Card) -> None:
        if self.troubles_revising:
            raise self.troubles_revising.pop(0)
        self.revisions.append((message, card))

    async def home(self, person: PersonRef, card: Card) -> bool:
        if self.troubles_at_home:
            raise self.troubles_at_home.pop(0)
        self.homes.append((person, card))
        return True

    def _called(self, once: Once) -> None:
        self.calls.append(once)
        if self.troubles:
            raise self.troubles.pop(0)


@dataclass
class ScriptedJudge:
    """Says every criterion is met by the first words of the reply, unless `answers` has something else to say."""

    name: str = "scripted"
    answers: list[Judgement | Exception] = field(default_factory=list)
    seen: list[Case] = field(default_factory=list)

    async def verdicts(self, case: Case) -> Judgement:
        self.seen.append(case)
        if not self.answers:
            return all_met(case)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def all_met(case: Case, level: Level = Level.MET) -> Judgement:
    quote = " ".join(case.reply.split()[:4])
    verdicts = tuple(Verdict(c.id, level, quote, "Well said.") for c in case.drill.rubric.criteria)
    return Judgement(verdicts, (), Provenance(judge="scripted", judge_version="1"))
