"""One small made-up reply before anybody's real one: does this server answer in the shape that it is asked for?"""

from __future__ import annotations

from drills.drill import Drill, Kind, ResponseLength, Roles, Status
from drills.errors import JudgeUnusable, OursToFix
from drills.people import Profession
from drills.ports import Case, Judge
from drills.rubric import Bands, Criterion, Rubric

REPLY = "Bed 4 needs a dressing. Please come at three."


class SchemaIgnored(OursToFix):
    """The server answered, but not in the shape of the schema: every reply would stay unscored."""


async def canary(judge: Judge) -> None:
    """One call. Raises SchemaIgnored, or what the judge raises when it can't be reached, refuses or is not let in.

    The answer is read as any other, and asked for under names that no model guesses from the prompt alone.
    """
    try:
        await judge.verdicts(Case(_drill(), REPLY))
    except JudgeUnusable as unusable:
        if unusable.reason != "unreadable":
            raise
        raise SchemaIgnored(f"the model server ignores the schema of the answer ({unusable})") from unusable


def _drill() -> Drill:
    return Drill(
        id="canary",
        kind=Kind.SBAR,
        status=Status.DRAFT,
        version="1.0.0",
        title="Canary",
        locale="en-US",
        difficulty=1,
        time_target_s=60,
        roles=Roles(Profession.NURSE, (), ()),
        patient=None,
        scenario="A made-up case that checks the connection.",
        ask="Type one request.",
        facts=("bed 4",),
        response=ResponseLength(),
        rubric=Rubric((_criterion(),), Bands()),
        red_flags=(),
        model_answer=REPLY,
        hash="",
    )


def _criterion() -> Criterion:
    return Criterion(
        id="canary_request",
        element="ISBAR.R",
        text="Asks somebody to come.",
        weight=1,
        look_for=("a request",),
        tip="Ask.",
        exemplars=("Please come.",),
    )
