"""Rows to order for the memory's tests: a team, a drill's text, pushes, attempts, judged replies."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from drills.attempt import Attempt, AttemptState, Reply
from drills.catalog import drill_from_source
from drills.catalog.scaffold import scaffold
from drills.chat.cards import Button, Card, Fold, Text, Tick, Ticks
from drills.chat.intents import Intent
from drills.drill import Drill, Kind
from drills.evaluation import Band, Evaluation, EvaluationState, Judgement, Outcome, Provenance, RaisedFlag, Verdict
from drills.people import Member, PersonRef, Place, Profession, Team, Workspace
from drills.ports import Memory, UnitOfWork
from drills.push import Eligible, Push, PushState
from drills.rubric import Level

NOW = datetime(2026, 3, 8, 6, 30, 15, 250_000, tzinfo=UTC)
ROOM = Workspace("local", "demo")
ELSEWHERE = Workspace("slack", "T0ELSE")
WARD = Team(ROOM, "4w", "4 West", "c-4w", "America/New_York", on_board=True, demo=True)
CHANNEL = Place(ROOM, "c-4w")
NINA, OMAR, PIA = (PersonRef(ROOM, user) for user in ("nina", "omar", "pia"))
SOURCE = scaffold(Kind.SBAR, "sbar-900-night-call")


@cache
def the_drill() -> Drill:
    return drill_from_source(SOURCE, "a")


def a_member(person: PersonRef, team: Team = WARD, **changes: object) -> Member:
    return replace(Member(person, team.id, person.user.title(), Profession.NURSE), **changes)  # type: ignore[arg-type]  # a test's shorthand


def a_push(id_: str = "p1", team: Team = WARD, *, slot: str | None = None, opens_at: datetime = NOW) -> Push:
    drill = the_drill()
    return Push(
        id=id_,
        workspace=team.workspace,
        team=team.id,
        drill_id=drill.id,
        drill_hash=drill.hash,
        variant="a",
        campaign="spring",
        slot=slot or id_,
        state=PushState.PLANNED,
        opens_at=opens_at,
        closes_at=opens_at + timedelta(hours=72),
    )


def an_attempt(id_: str = "a1", push: str = "p1", person: PersonRef = NINA, number: int = 1) -> Attempt:
    return Attempt(id_, push, person, number, "a", AttemptState.OPENED, NOW)


def a_reply(attempt: str = "a1", text: str = "Mrs. Ødegård fell at 02:10 — please come now 🙏") -> Reply:
    return Reply(attempt, text, "a1b2c3", NOW)


def an_evaluation(id_: str = "a1", push: str = "p1", person: PersonRef = NINA) -> Evaluation:
    return Evaluation(id_, push, person, EvaluationState.RECEIVED, received_at=NOW)


def a_judgement(*, practice: bool = False) -> Judgement:
    return Judgement(
        (
            Verdict("headline", Level.MET, "fell at 02:10", "Clear and early.", quote_found=True),
            Verdict("numbers", Level.NOT_YET, "", "Which two numbers would help?"),
            Verdict("background", Level.CANNOT_JUDGE),
        ),
        (RaisedFlag("delay", "please come", quote_found=True),),
        Provenance("test", "1", model_requested="m-1", prompt_hash="ab" * 32, input_tokens=812, cost_usd=0.0031),
        practice=practice,
    )


AN_OUTCOME = Outcome(0.6875, Band.NEARLY, ("numbers", "delay"))

A_CARD = Card(
    "SBAR handoff",
    (
        Text("Bed 4 is getting worse.", label="Now"),
        Fold("More", (Ticks((Tick("Headline", Level.MET, "met", "fell at 02:10"),)),)),
    ),
    who_sees="Only you",
    banner="DRILL – fictional patient",
    buttons=(Button("Answer", Intent("answer", ("p1",))),),
)


async def settle(work: UnitOfWork, team: Team = WARD, *pushes: Push) -> None:
    """The team, the drill's text and the pushes: what every other row refers to."""
    await work.teams.save(team)
    await work.drills.keep(team.workspace, the_drill(), SOURCE)
    for push in pushes:
        assert await work.pushes.add(push)


async def answer(
    memory: Memory,
    id_: str,
    push: str,
    person: PersonRef,
    *,
    number: int = 1,
    outcome: Outcome | None = AN_OUTCOME,
    practice: bool = False,
) -> Evaluation:
    """A reply that was judged and delivered."""
    opened, received = an_attempt(id_, push, person, number), an_evaluation(id_, push, person)
    async with memory.begin() as work:
        assert await work.attempts.add(opened)
        await work.attempts.save(opened.reply(NOW + timedelta(minutes=4), None), was=AttemptState.OPENED)
        await work.attempts.keep_words(person.workspace, a_reply(id_))
        await work.evaluations.add(received)
        judged = replace(received.judged(a_judgement(practice=practice), AN_OUTCOME), outcome=outcome)
        await work.evaluations.save(judged, was=EvaluationState.RECEIVED)
    return judged


async def post(memory: Memory, push: Push, *people: PersonRef) -> Push:
    """The push, out in its channel, with these people invited."""
    async with memory.begin() as work:
        claimed = push.claim(NOW)
        await work.pushes.save(claimed, was=PushState.PLANNED)
        posted = replace(claimed, state=PushState.POSTED, claimed_at=None)
        await work.pushes.save(posted, was=PushState.POSTING)
        await work.pushes.invite(push, [Eligible(push.id, person.user, Profession.NURSE) for person in people])
    return posted
