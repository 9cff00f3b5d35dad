"""`/drill forget-me`: what goes is gone everywhere, at once; what stays is what was said to stay."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from builders import a_person
from fakes import all_met
from ward import Ward

from drills.attempt import Reply
from drills.chat.cards import Card
from drills.chat.plain import plain
from drills.evaluation import EvaluationState
from drills.journeys.judge import judge
from drills.people import Role
from drills.ports import Case, Job, Once
from storage.chain import verify
from storage.tables import metadata

WORDS = "Dr. Lark, this is Kai on 5 South about Mr. Voss. He is much sicker since ten, please come now."
OTHERS = "Dr. Lark, Amara here, Mr. Voss is grey and his lactate is four."
SECRET = "I did say that it was urgent"


async def test_it_says_what_goes_and_what_stays_and_does_nothing_yet(ward: Ward) -> None:
    await _history(ward)
    before = await _rows(ward)
    card = await ward.ask("forget-me")
    assert isinstance(card, Card)
    for said in ("words of all your replies", "your name", "numbers", "ledger", "can't take it back"):
        assert said in plain(card)
    assert [button.intent.verb for button in card.buttons] == ["erase"]
    assert await _rows(ward) == before


async def test_every_word_of_the_person_is_gone_from_every_table(ward: Ward) -> None:
    await _history(ward)
    done = await ward.press("erase")
    assert "The words of 1 reply are gone" in plain(done)
    everything = str(await _rows(ward))
    for words in ("Dr. Lark, this is Kai", "much sicker since ten", SECRET, "Kai'"):
        assert words not in everything
    assert OTHERS in everything


async def test_counts_levels_and_the_ledgers_chain_stay(ward: Ward) -> None:
    push = await _history(ward)
    before = await _rows(ward)
    await ward.press("erase")
    after = await _rows(ward)
    assert [row.level for row in after["verdicts"]] == [row.level for row in before["verdicts"]]
    assert len(after["attempts"]) == len(before["attempts"])
    assert "2 of 6 answered" in plain(await ward.refresh(push))
    async with ward.memory.read() as work:
        entries = await work.ledger.entries(ward.team.workspace)
    assert verify(entries) == []
    assert entries[-1].body == {"what": "erasure", "replies": 1}


async def test_the_person_leaves_is_nobody_in_particular_and_may_come_back(ward: Ward) -> None:
    await ward.name("kai", Role.LEAD)
    await ward.press("erase")
    async with ward.memory.read() as work:
        member = await work.members.get(a_person(), ward.team.id)
    assert member is not None
    assert (member.name, member.role, member.opted_out) == ("", Role.LEARNER, True)
    assert "Welcome back" in plain(await ward.ask("join"))


async def test_messages_for_this_person_alone_go_from_the_room_and_the_channels_stay(ward: Ward) -> None:
    card = Card("Feedback", (), "Only you")
    async with ward.memory.begin() as work:
        for to in ("kai", "amara", None):
            await work.messages.put(ward.team.place, to, card, Once(f"to {to}"), ward.clock())
    await ward.press("erase")
    async with ward.memory.read() as work:
        assert [m.to for m in await work.messages.seen_by(a_person(), ward.team.place)] == [None]
        assert [m.to for m in await work.messages.seen_by(a_person("amara"), ward.team.place)] == ["amara", None]


async def test_feedback_opened_afterwards_quotes_nothing(ward: Ward) -> None:
    await _history(ward)
    async with ward.memory.read() as work:
        (attempt,) = await work.attempts.of_person(a_person())
    await ward.press("erase")
    card = await ward.press("feedback", attempt.id)
    assert isinstance(card, Card)
    assert {button.intent.verb for button in card.buttons} <= {"again"}  # nothing is left to look at or to tick
    text = plain(card)
    assert "– your words" not in text
    assert "please come now" not in text
    assert "Met" in text


async def test_erasing_twice_changes_nothing_more(ward: Ward) -> None:
    await _history(ward)
    await ward.press("erase")
    once = await _rows(ward)
    assert "No reply of yours was kept" in plain(await ward.press("erase"))
    again = await _rows(ward)
    moved_on = [{**row._mapping, "tries": 0} for rows in (once, again) for row in rows.pop("evaluations")]
    assert moved_on[: len(moved_on) // 2] == moved_on[len(moved_on) // 2 :]
    assert again == once


async def test_a_reply_that_waits_for_its_judge_is_never_read(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    await ward.press("erase")
    await ward.work()
    assert ward.judge.seen == []
    assert ward.told() == []


async def test_a_judge_that_had_read_it_already_writes_nothing_down_any_more(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)

    class ErasedMeanwhile:
        name = "slow"

        async def verdicts(self, case: Case) -> Any:
            await ward.press("erase")
            return all_met(case)

    (job,) = [job for job in await ward.memory.unfinished(ward.clock()) if job.kind == "judge"]
    await judge(ward.tools, ErasedMeanwhile(), job)
    await ward.work()
    assert ward.told() == []
    assert "this is Kai" not in str(await _rows(ward))


async def test_feedback_on_its_way_at_that_moment_leaves_no_quote_behind(ward: Ward) -> None:
    push = await ward.push()
    await ward.reply(push, WORDS)
    (job,) = [job for job in await ward.memory.unfinished(ward.clock()) if job.kind == "judge"]
    await ward.worker(job)
    async with ward.memory.begin() as work:
        ready = await work.evaluations.get(job.workspace, job.key)
        assert ready is not None
        claimed = ready.claim(ward.clock())
        await work.evaluations.save(claimed, was=EvaluationState.READY)
    await ward.press("erase")
    await ward.worker(Job("deliver", job.workspace, job.key))
    assert ward.told() == []
    assert "this is Kai" not in str(await _rows(ward))


async def _history(ward: Ward) -> Any:
    """Kai and Amara have answered and have feedback; Kai has contested it."""
    async with ward.memory.begin() as work:
        member = await work.members.get(a_person(), ward.team.id)
        assert member is not None
        await work.members.save(replace(member, name="Kai"), was=member)
    push = await ward.push()
    form = await ward.press("answer", push.id)
    await ward.submit(form, words=WORDS)
    await ward.reply(push, OTHERS, by="amara")
    await ward.work()
    await ward.submit(await ward.press("unfair", *form.intent.args), comment=SECRET)  # type: ignore[union-attr]
    async with ward.memory.read() as work:
        kept = await work.attempts.words(ward.team.workspace, form.intent.args[0])  # type: ignore[union-attr]
    assert isinstance(kept, Reply)
    return push


async def _rows(ward: Ward) -> dict[str, list[Any]]:
    """Every row of every table but the inbox's."""
    async with ward.memory.read() as work:
        return {
            table.name: list(await work.connection.execute(sa.select(table)))  # type: ignore[attr-defined]
            for table in metadata.sorted_tables
            if table.name != "inbox"
        }
