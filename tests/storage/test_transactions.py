"""The ways a database loses data without a word, and that ours does not (docs/decisions/0002)."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from contracts.remembered import (
    AN_OUTCOME,
    NINA,
    NOW,
    ROOM,
    WARD,
    a_judgement,
    a_push,
    a_reply,
    an_attempt,
    an_evaluation,
    settle,
    the_drill,
)

from drills.errors import OursToFix
from drills.evaluation import EvaluationState
from drills.judging.record import ledger_body
from drills.ports import Memory
from storage.check import check
from storage.memory import SqlMemory, open_memory
from storage.outages import MemoryBusy
from storage.tables import evaluations, replies, workspaces


async def test_eight_tasks_on_two_connections_read_then_increment_and_no_step_is_lost(sqlite_url: str) -> None:
    memories = [await open_memory(sqlite_url, lock=False) for _ in range(2)]
    async with memories[0].begin() as work:
        await settle(work, WARD, a_push())
        await work.attempts.add(an_attempt())
        await work.evaluations.add(an_evaluation())

    async def twenty_steps(memory: Memory) -> None:
        for _ in range(20):
            async with memory.begin() as work:
                row = await work.evaluations.get(ROOM, "a1")
                assert row is not None
                await work.evaluations.save(row.tried(), was=EvaluationState.RECEIVED)

    await asyncio.gather(*(twenty_steps(memory) for memory in memories for _ in range(4)))
    async with memories[1].read() as work:
        row = await work.evaluations.get(ROOM, "a1")
    for memory in memories:
        await memory.close()
    assert row is not None
    assert row.tries == 160


async def test_a_foreign_key_is_enforced(memory: SqlMemory) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        async with memory.begin() as work:
            await work.attempts.add(an_attempt(push="no such push"))


async def test_a_row_of_another_workspace_can_not_be_pointed_at(memory: SqlMemory) -> None:
    async with memory.begin() as work:
        await settle(work, WARD, a_push())
    stranger = replace(NINA, workspace=replace(ROOM, id="other"))
    with pytest.raises(sa.exc.IntegrityError):
        async with memory.begin() as work:
            await work.attempts.add(an_attempt(person=stranger))


async def test_a_reader_sees_one_moment_and_does_not_wait_for_the_writer(memory: SqlMemory) -> None:
    async with memory.begin() as work:
        await work.teams.save(WARD)
        async with memory.read() as look:
            assert await look.teams.of(ROOM) == []
    async with memory.read() as look:
        assert await look.teams.of(ROOM) == [WARD]
        async with memory.begin() as work:
            await work.teams.save(replace(WARD, name="renamed"))
        assert await look.teams.of(ROOM) == [WARD]


async def test_a_transaction_that_only_looks_can_not_write(memory: SqlMemory) -> None:
    with pytest.raises(sa.exc.DBAPIError, match=r"read-?only"):
        async with memory.read() as work:
            await work.teams.save(WARD)


async def test_a_transaction_inside_another_is_refused_at_once(memory: SqlMemory) -> None:
    async def nest() -> None:
        async with memory.begin(), memory.begin():
            pass

    with pytest.raises(OursToFix, match="inside another"):
        await nest()
    async with memory.begin() as work:
        assert await work.teams.of(ROOM) == []


@pytest.mark.parametrize("seed", [7, 9, 15])
async def test_cancelled_writers_leave_no_trace_and_block_nobody(memory: SqlMemory, seed: int) -> None:
    async def write(n: int) -> None:
        async with memory.begin() as work:
            await work.teams.save(replace(WARD, id=f"t{n}", channel=f"c{n}"))
            await asyncio.sleep(0.002)
            await work.teams.save(replace(WARD, id=f"u{n}", channel=f"d{n}"))

    tasks = [asyncio.create_task(write(n)) for n in range(40)]
    dice = random.Random(seed)  # noqa: S311  # the same cancellations every time
    for task in tasks:
        await asyncio.sleep(dice.random() / 200)
        if dice.random() < 0.5:
            task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    async with asyncio.timeout(5), memory.begin() as work:
        await work.teams.save(WARD)
        names = {team.id for team in await work.teams.of(ROOM)}
    firsts = {name[1:] for name in names if name[0] == "t"}
    assert firsts == {name[1:] for name in names if name[0] == "u"}
    done = {str(n) for n, task in enumerate(tasks) if not task.cancelled()}
    assert done <= firsts


async def test_no_error_of_the_database_repeats_a_reply(memory: SqlMemory) -> None:
    words = a_reply(text="Mrs. Voss fell and nobody came")
    with pytest.raises(sa.exc.IntegrityError) as caught:
        async with memory.begin() as work:
            await work.attempts.keep_words(ROOM, words)
    assert "Voss" not in str(caught.value)
    assert "Voss" not in repr(caught.value.__cause__)


@pytest.mark.parametrize(
    "pragma",
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)],
    ids=lambda pragma: str(pragma[0]),
)
async def test_the_writer_of_a_file_is_durable_and_strict(sqlite_memory: SqlMemory, pragma: tuple[str, object]) -> None:
    name, value = pragma
    async with sqlite_memory.begin() as work:
        assert (await work.connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one() == value


async def test_a_burst_of_writers_is_served(memory: SqlMemory) -> None:
    async def write(n: int) -> None:
        async with memory.begin() as work:
            await work.inbox.first(ROOM, f"Ev{n}", NOW)

    async with memory.begin() as work:
        await work.teams.save(WARD)
    await asyncio.gather(*(write(n) for n in range(100)))
    async with memory.begin() as work:
        assert not await work.inbox.first(ROOM, "Ev99", NOW)


async def test_a_file_that_somebody_else_keeps_busy_is_worth_another_try(sqlite_url: str) -> None:
    memory = await open_memory(sqlite_url)
    other = sa.create_engine(sqlite_url.replace("+aiosqlite", ""))
    try:
        with other.connect() as rival:
            rival.exec_driver_sql("PRAGMA busy_timeout=0")
            rival.exec_driver_sql("BEGIN IMMEDIATE")
            await _shorten_patience(memory)
            with pytest.raises(MemoryBusy):
                async with memory.begin() as work:
                    await work.teams.save(WARD)
            rival.exec_driver_sql("ROLLBACK")
        async with memory.begin() as work:
            await work.teams.save(WARD)
    finally:
        other.dispose()
        await memory.close()


@pytest.mark.postgres
async def test_a_postgres_that_is_gone_is_worth_another_try(tmp_path: Path) -> None:
    with pytest.raises(MemoryBusy, match="No such file or directory"):
        await open_memory(f"postgresql+psycopg://postgres@/none?host={tmp_path}")


async def test_erasing_a_persons_words_leaves_the_ledger_and_the_counts_alone(
    memory: SqlMemory, database_url: str
) -> None:
    await _judged(memory)
    async with memory.begin() as work:
        await work.connection.execute(sa.delete(replies))
        await work.connection.exec_driver_sql("UPDATE verdicts SET quote = '', note = ''")
    assert check(database_url) == []
    async with memory.read() as work:
        assert await work.attempts.words(ROOM, "a1") is None
        kept = await work.evaluations.get(ROOM, "a1")
        assert len(await work.ledger.entries(ROOM)) == 1
        assert (await work.connection.execute(sa.select(evaluations.c.score))).scalar_one() == AN_OUTCOME.score
    assert kept is not None
    assert kept.judgement is not None
    assert [verdict.level for verdict in kept.judgement.verdicts] == [v.level for v in a_judgement().verdicts]
    assert {verdict.quote for verdict in kept.judgement.verdicts} == {""}


async def test_a_workspace_counts_once_however_many_hurry_to_be_its_first(memory: SqlMemory) -> None:
    async def arrive(n: int) -> None:
        async with memory.begin() as work:
            await work.teams.save(replace(WARD, id=f"t{n}", channel=f"c{n}"))

    await asyncio.gather(*(arrive(n) for n in range(8)))
    async with memory.read() as work:
        assert len((await work.connection.execute(sa.select(workspaces.c.id))).all()) == 1


async def _judged(memory: Memory) -> None:
    async with memory.begin() as work:
        await settle(work, WARD, a_push())
        await work.attempts.add(an_attempt())
        await work.attempts.keep_words(ROOM, a_reply())
        await work.evaluations.add(an_evaluation())
        judged = an_evaluation().judged(a_judgement(), AN_OUTCOME)
        await work.evaluations.save(judged, was=EvaluationState.RECEIVED)
        body = ledger_body(the_drill(), an_attempt(), a_reply(), a_judgement(), a_judgement(), AN_OUTCOME)
        await work.ledger.append(ROOM, NOW, body)


async def _shorten_patience(memory: SqlMemory) -> None:
    """The one writer connection waits 5 s for a busy file; a test need not."""
    async with memory._database.writer.connect() as connection:
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is not None
        await raw.driver_connection.execute("PRAGMA busy_timeout=50")
