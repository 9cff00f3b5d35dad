"""/drill mine as a picture: one's own first replies that a scoring judge scored, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from builders import a_drill_file, a_person
from fakes import all_met
from ward import Ward

from drills.chat.cards import Card
from drills.chat.charts import Cell, Chart
from drills.drill import Drill
from drills.journeys.practice import own_practice
from drills.ports import Case
from drills.views.practice import OwnReply

WORDS = "RN 5 South re Voss. Much sicker since ten, please come now. BP 98/54 HR 116, both normal at ten."
DRILLS = ("sbar-001-night-call", "sbar-002-lobby-recheck", "sbar-003-rising-oxygen", "sbar-004-not-safe-for-stairs")


async def practise(ward: Ward, *ids: str, by: str = "kai") -> None:
    """Each drill is pushed and answered; the judge says what it has to say."""
    for id_ in ids:
        push = await ward.push(a_drill_file(id_), slot=f"{id_}-{by}")
        await ward.reply(push, WORDS, by=by)
        await ward.work()
        ward.clock.pass_by(hours=1)


async def charts(ward: Ward, by: str = "kai") -> list[Chart]:
    card = await ward.ask("mine", by=by)
    assert isinstance(card, Card)
    return [block for block in card.blocks if isinstance(block, Chart)]


async def read(ward: Ward, by: str = "kai") -> list[OwnReply]:
    async with ward.memory.read() as work:
        return await own_practice(work, a_person(by))


def drill(id_: str) -> Drill:
    return a_drill_file(id_).drill()


async def test_four_scored_drills_of_a_kind_are_a_picture_and_nobody_elses(ward: Ward) -> None:
    await practise(ward, *DRILLS[:3])
    assert len(await charts(ward)) == 1
    await practise(ward, DRILLS[3])
    by_kind, moves = await charts(ward)
    assert [(row.label, row.words) for row in by_kind.rows] == [("SBAR handoff", "4 drills")]
    assert moves.rows
    assert {cell for row in moves.rows for cell in row.cells} <= {Cell.FULL, Cell.ABSENT}
    assert await charts(ward, by="amara") == []
    assert await read(ward, by="amara") == []


async def test_what_the_checklist_says_is_in_no_picture(ward: Ward) -> None:
    ward.judge.answers = [replace(all_met(Case(drill(id_), WORDS)), practice=True) for id_ in DRILLS]
    await practise(ward, *DRILLS)
    assert [reply.levels for reply in await read(ward)] == [None] * 4
    assert len(await charts(ward)) == 1


async def test_a_repeat_is_practice_and_counts_in_no_figure(ward: Ward) -> None:
    await practise(ward, DRILLS[0])
    async with ward.memory.read() as work:
        (first,) = await work.attempts.of_person(a_person())
    form = await ward.press("again", first.push)
    await ward.submit(form, words=WORDS)
    await ward.work()
    async with ward.memory.read() as work:
        assert [one.number for one in await work.attempts.of_person(a_person())] == [2, 1]
    assert len(await read(ward)) == 1


async def test_a_contested_result_leaves_the_picture_until_a_person_has_looked(ward: Ward) -> None:
    await practise(ward, *DRILLS)
    async with ward.memory.begin() as work:
        newest, *_ = await work.attempts.of_person(a_person())
        evaluation = await work.evaluations.get(ward.team.workspace, newest.id)
        assert evaluation
        await work.evaluations.save(evaluation.contest(), was=evaluation.state)
    newest_reply, *others = await read(ward)
    assert newest_reply.levels is None
    assert all(other.levels for other in others)
    assert len(await charts(ward)) == 1


async def test_a_drill_that_was_skipped_is_in_no_picture(ward: Ward) -> None:
    push = await ward.push()
    await ward.press("skip", push.id)
    assert await read(ward) == []


async def test_no_word_of_a_reply_is_among_what_is_drawn(ward: Ward) -> None:
    await practise(ward, *DRILLS)
    drawn = await charts(ward)
    assert drawn
    assert WORDS[:10] not in repr(drawn)
