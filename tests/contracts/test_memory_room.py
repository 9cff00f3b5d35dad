"""What every memory promises of the room's messages, of the inbox and of the ledger, on both databases."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from contracts.remembered import A_CARD, CHANNEL, ELSEWHERE, NINA, NOW, OMAR, ROOM, WARD
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drills.errors import NotFound
from drills.people import MessageRef, Place
from drills.ports import LedgerEntry, Memory, Once
from storage.chain import GENESIS, verify


class TestMessages:
    async def test_a_card_comes_back_as_it_was_posted(self, memory: Memory) -> None:
        ref = await _put(memory, "k1")
        async with memory.read() as work:
            (message,) = await work.messages.seen_by(NINA, CHANNEL)
        assert (message.ref, message.card, message.to, message.posted_at) == (ref, A_CARD, None, NOW)

    async def test_the_same_key_posts_once(self, memory: Memory) -> None:
        first = await _put(memory, "k1")
        assert await _put(memory, "k1") == first
        assert await _put(memory, "k2") != first
        async with memory.read() as work:
            assert len(await work.messages.seen_by(NINA, CHANNEL)) == 2

    async def test_the_same_key_posts_once_when_two_hurry(self, memory: Memory) -> None:
        refs = await asyncio.gather(*(_put(memory, "k1") for _ in range(6)))
        assert len(set(refs)) == 1

    async def test_a_private_message_is_seen_by_its_reader_alone(self, memory: Memory) -> None:
        await _put(memory, "k1")
        private = await _put(memory, "k2", to="nina")
        async with memory.read() as work:
            assert [one.ref for one in await work.messages.seen_by(NINA, CHANNEL)][1] == private
            assert len(await work.messages.seen_by(OMAR, CHANNEL)) == 1

    async def test_what_is_new_are_posts_and_revisions_in_order_of_posting(self, memory: Memory) -> None:
        first, second = await _put(memory, "k1"), await _put(memory, "k2")
        async with memory.read() as work:
            newest = (await work.messages.seen_by(NINA, CHANNEL))[-1].seq
        revised = replace(A_CARD, title="3 of 6 answered")
        async with memory.begin() as work:
            await work.messages.revise(first, revised)
            everything = await work.messages.seen_by(NINA, CHANNEL)
            (new,) = await work.messages.seen_by(NINA, CHANNEL, after=newest)
        assert [one.ref for one in everything] == [first, second]
        assert (new.ref, new.card) == (first, revised)

    async def test_a_thread_is_part_of_its_channel(self, memory: Memory) -> None:
        thread = replace(CHANNEL, thread="t1")
        await _put(memory, "k1")
        inside = await _put(memory, "k2", place=thread)
        async with memory.read() as work:
            assert [one.ref for one in await work.messages.seen_by(NINA, thread)] == [inside]
            assert len(await work.messages.seen_by(NINA, CHANNEL)) == 2
            assert await work.messages.seen_by(NINA, replace(CHANNEL, channel="c-icu")) == []

    @pytest.mark.parametrize("id_", ["404", "no number"])
    async def test_revising_what_is_not_there_is_told(self, memory: Memory, id_: str) -> None:
        with pytest.raises(NotFound):
            async with memory.begin() as work:
                await work.messages.revise(MessageRef(CHANNEL, id_), A_CARD)


class TestInbox:
    @pytest.fixture(autouse=True)
    async def _two_workspaces(self, memory: Memory) -> None:
        async with memory.begin() as work:
            for workspace in (ROOM, ELSEWHERE):
                await work.teams.save(replace(WARD, workspace=workspace))

    async def test_an_event_is_new_once(self, memory: Memory) -> None:
        async with memory.begin() as work:
            assert await work.inbox.first(ROOM, "Ev1", NOW)
            assert not await work.inbox.first(ROOM, "Ev1", NOW)
        async with memory.begin() as work:
            assert not await work.inbox.first(ROOM, "Ev1", NOW + timedelta(days=1))
            assert await work.inbox.first(ELSEWHERE, "Ev1", NOW)

    async def test_an_event_whose_transaction_failed_is_new_again(self, memory: Memory) -> None:
        async def deliver_in_vain() -> None:
            async with memory.begin() as work:
                assert await work.inbox.first(ROOM, "Ev1", NOW)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await deliver_in_vain()
        async with memory.begin() as work:
            assert await work.inbox.first(ROOM, "Ev1", NOW)

    async def test_of_many_deliveries_at_once_one_is_the_first(self, memory: Memory) -> None:
        async def deliver() -> bool:
            async with memory.begin() as work:
                return await work.inbox.first(ROOM, "Ev1", NOW)

        assert sum(await asyncio.gather(*(deliver() for _ in range(8)))) == 1


class TestLedger:
    async def test_each_entry_follows_the_one_before_it(self, memory: Memory) -> None:
        async with memory.begin() as work:
            written = [await work.ledger.append(ROOM, NOW, {"n": n, "score": 0.5}) for n in range(3)]
        async with memory.read() as work:
            entries = await work.ledger.entries(ROOM)
        assert entries == written
        assert [entry.seq for entry in entries] == [1, 2, 3]
        assert [entry.previous for entry in entries] == [GENESIS, entries[0].hash, entries[1].hash]
        assert verify(entries) == []

    async def test_each_workspace_has_a_chain_of_its_own(self, memory: Memory) -> None:
        async with memory.begin() as work:
            await work.ledger.append(ROOM, NOW, {})
            first = await work.ledger.append(ELSEWHERE, NOW, {})
        assert (first.seq, first.previous) == (1, GENESIS)

    async def test_an_entry_that_was_rolled_back_leaves_no_gap(self, memory: Memory) -> None:
        async def append_in_vain() -> None:
            async with memory.begin() as work:
                await work.ledger.append(ROOM, NOW, {"n": 1})
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            await append_in_vain()
        async with memory.begin() as work:
            assert (await work.ledger.append(ROOM, NOW, {"n": 2})).seq == 1

    async def test_fifty_appends_at_once_make_one_chain(self, memory: Memory) -> None:
        async def append(n: int) -> None:
            async with memory.begin() as work:
                await work.ledger.append(ROOM, NOW, {"n": n})

        await asyncio.gather(*(append(n) for n in range(50)))
        async with memory.read() as work:
            entries = await work.ledger.entries(ROOM)
        assert verify(entries) == []
        assert sorted(entry.body["n"] for entry in entries) == list(range(50))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(bodies=st.lists(st.dictionaries(st.text(max_size=8), JSON, max_size=4), max_size=4))
async def test_any_json_comes_back_with_its_hash_intact(memory: Memory, bodies: list[dict[str, object]]) -> None:
    async with memory.begin() as work:
        written = [await work.ledger.append(ROOM, NOW, body) for body in bodies]
    async with memory.read() as work:
        entries = await work.ledger.entries(ROOM)
    assert verify(entries) == []
    assert entries[len(entries) - len(written) :] == written


class TestChain:
    """What `verify` finds, without any database."""

    @pytest.fixture
    async def entries(self, memory: Memory) -> list[LedgerEntry]:
        async with memory.begin() as work:
            return [await work.ledger.append(ROOM, NOW, {"n": n}) for n in range(4)]

    async def test_a_changed_entry_is_named(self, entries: list[LedgerEntry]) -> None:
        entries[1] = replace(entries[1], body={"n": 99})
        assert verify(entries) == ["entry 2 was changed: its content does not match its hash"]

    async def test_a_missing_entry_is_named(self, entries: list[LedgerEntry]) -> None:
        del entries[1]
        assert verify(entries) == [
            "entry 2 is missing: entry 3 stands in its place",
            "entry 3 does not follow the entry before it",
        ]

    async def test_an_entry_cut_off_at_the_end_is_betrayed_by_the_head(self, entries: list[LedgerEntry]) -> None:
        head = (4, entries[-1].hash)
        assert verify(entries, head=head) == []
        assert verify(entries[:-1], head=head) == [
            "entry 4 should be the last one, but the ledger ends with entry 3",
        ]


async def _put(memory: Memory, key: str, *, to: str | None = None, place: Place = CHANNEL) -> MessageRef:
    async with memory.begin() as work:
        return await work.messages.put(place, to, A_CARD, Once(key), NOW)
