"""`db check` names every verdict that was changed behind the ledger's back, and nothing that was erased on purpose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
import sqlalchemy as sa
from contracts.remembered import (
    AN_OUTCOME,
    NINA,
    NOW,
    OMAR,
    ROOM,
    WARD,
    a_judgement,
    a_push,
    a_reply,
    an_attempt,
    answer,
    post,
    settle,
    the_drill,
)

from drills.evaluation import Band, EvaluationState, Unscored
from drills.judging.person import before, by_person
from drills.judging.record import ledger_body, reviewed_body, unscored_body
from drills.judging.scoring import outcome
from drills.review import Ruling, items
from drills.rubric import Level
from storage import engines
from storage.address import parse
from storage.check import check
from storage.memory import SqlMemory

A1 = "Evaluation a1 of local:demo: "


@pytest.fixture
async def judged(memory: SqlMemory) -> SqlMemory:
    """Nina's reply is judged, and the ledger says so."""
    push = a_push()
    async with memory.begin() as work:
        await settle(work, WARD, push)
    await post(memory, push, NINA, OMAR)
    await answer(memory, "a1", push.id, NINA)
    async with memory.begin() as work:
        body = ledger_body(the_drill(), an_attempt(), a_reply(), a_judgement(), a_judgement(), AN_OUTCOME)
        await work.ledger.append(ROOM, NOW, body)
    return memory


async def test_rows_that_say_what_the_ledger_says_are_sound(judged: SqlMemory, database_url: str) -> None:
    assert check(database_url) == []


@pytest.mark.parametrize(
    ("tampering", "sentences"),
    [
        (
            "UPDATE verdicts SET level = 'met' WHERE ref = 'numbers'",
            ["`numbers` is met in its row and not_yet in the ledger."],
        ),
        ("UPDATE evaluations SET score = 0.95", ["its score is 0.950 in its row and 0.688 in the ledger."]),
        ("UPDATE evaluations SET score = NULL", ["its score is none in its row and 0.688 in the ledger."]),
        ("UPDATE evaluations SET band = 'solid'", ["its band is solid in its row and nearly in the ledger."]),
        (
            "UPDATE evaluations SET unscored = 'refusal'",
            ["it is not scored (refusal) in its row and judged in the ledger."],
        ),
        ("DELETE FROM verdicts WHERE ref = 'numbers'", ["`numbers` is not_yet in the ledger and has no row."]),
        (
            "DELETE FROM verdicts WHERE kind = 'red_flag'",
            ["the red flag `delay` stands in the ledger and not in its rows."],
        ),
        (
            "UPDATE verdicts SET ref = 'grace' WHERE ref = 'delay'",
            [
                "the red flag `grace` stands in its rows and not in the ledger.",
                "the red flag `delay` stands in the ledger and not in its rows.",
            ],
        ),
        (
            "UPDATE verdicts SET ref = 'grace' WHERE ref = 'headline'",
            ["`headline` is met in the ledger and has no row.", "`grace` is met in its row and not in the ledger."],
        ),
        ("DELETE FROM verdicts; DELETE FROM evaluations", ["the ledger has its verdict, and its rows have none."]),
    ],
)
async def test_a_verdict_that_was_changed_behind_the_ledger_is_named(
    judged: SqlMemory, database_url: str, tampering: str, sentences: Sequence[str]
) -> None:
    _run(database_url, *tampering.split("; "))
    assert check(database_url) == [A1 + sentence for sentence in sentences]


async def test_a_verdict_that_the_ledger_never_saw_is_named(judged: SqlMemory, database_url: str) -> None:
    await answer(judged, "a2", "p1", OMAR)
    assert check(database_url) == [
        "Evaluation a2 of local:demo: it has a verdict that the ledger does not know.",
    ]


@pytest.mark.parametrize(
    "erasing",
    [
        "UPDATE verdicts SET quote = '', note = ''",
        "DELETE FROM verdicts",
        "DELETE FROM verdicts; DELETE FROM evaluations",
    ],
)
async def test_what_was_erased_with_the_words_is_no_difference(
    judged: SqlMemory, database_url: str, erasing: str
) -> None:
    _run(database_url, "DELETE FROM replies", *erasing.split("; "))
    assert check(database_url) == []


async def test_a_verdict_that_is_raised_after_its_words_were_erased_is_still_named(
    judged: SqlMemory, database_url: str
) -> None:
    _run(database_url, "DELETE FROM replies", "UPDATE verdicts SET level = 'met' WHERE ref = 'numbers'")
    assert check(database_url) == [A1 + "`numbers` is met in its row and not_yet in the ledger."]


async def test_the_person_who_looked_has_the_last_word_in_the_ledger_as_well(
    judged: SqlMemory, database_url: str
) -> None:
    await _reviewed(judged)
    assert check(database_url) == []
    _run(database_url, "UPDATE verdicts SET level = 'not_yet' WHERE ref = 'headline'")
    assert check(database_url) == [A1 + "`headline` is not_yet in its row and met in the ledger."]


async def test_a_verdict_set_back_to_what_the_judge_said_is_named(judged: SqlMemory, database_url: str) -> None:
    async with judged.read() as work:
        before_review = await work.evaluations.get(ROOM, "a1")
    assert before_review is not None
    await _reviewed(judged)
    async with judged.begin() as work:
        await work.evaluations.save(before_review, was=EvaluationState.READY)
    faults = check(database_url)
    assert A1 + "its band is nearly in its row and solid in the ledger." in faults
    assert A1 + "`numbers` is not_yet in its row and met in the ledger." in faults


async def test_a_reply_that_no_judge_could_score_agrees_as_well(judged: SqlMemory, database_url: str) -> None:
    async with judged.begin() as work:
        found = await work.evaluations.get(ROOM, "a1")
        assert found is not None
        await work.connection.execute(sa.text("DELETE FROM verdicts"))
        unscored = replace(found, judgement=None, outcome=None, unscored=Unscored.REFUSAL)
        await work.evaluations.save(unscored, was=EvaluationState.READY)
        await work.ledger.append(ROOM, NOW, unscored_body(the_drill(), an_attempt(), a_reply(), Unscored.REFUSAL))
    assert check(database_url) == []
    _run(database_url, "UPDATE evaluations SET score = 1")
    assert check(database_url) == [A1 + "its score is 1.000 in its row and none in the ledger."]


async def _reviewed(memory: SqlMemory) -> None:
    """A person says that everything was there, and saw the red flag as well."""
    drill = the_drill()
    rulings = {place: Ruling(item.id, Level.MET) for place, item in enumerate(items(drill))}
    judgement = by_person(drill, a_judgement(), rulings)
    result = replace(outcome(drill.rubric, (), judgement), band=Band.SOLID)
    async with memory.begin() as work:
        found = await work.evaluations.get(ROOM, "a1")
        assert found is not None
        was = before(a_judgement(), AN_OUTCOME)
        body = reviewed_body(drill, an_attempt(), a_reply(), was, judgement, result, "pia")
        await work.evaluations.save(found.reviewed(judgement, result), was=found.state)
        await work.ledger.append(ROOM, NOW, body)


def _run(url: str, *statements: str) -> None:
    with engines.tool(parse(url)) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
