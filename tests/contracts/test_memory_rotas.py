"""What every memory promises of rotas and of reminders that wait for a shift, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from contracts.remembered import ELSEWHERE, NINA, NOW, OMAR, PIA, ROOM, WARD, a_member, a_push, post, settle

from drills.people import Team
from drills.ports import Job, Memory
from drills.reminder import Reminder, ReminderKind, ReminderState
from drills.rota import Leave, Rota, RotaDraft, Shift

HOUR = timedelta(hours=1)
ICU = Team(ROOM, "icu", "ICU", "c-icu", "Europe/Berlin")
FULL = Rota(
    (Shift(NOW, NOW + 8 * HOUR), Shift(NOW + 24 * HOUR, NOW + 35 * HOUR, night=True)),
    (Leave(NOW, NOW + HOUR), Leave(NOW + 48 * HOUR, NOW + 96 * HOUR)),
    ((NOW, NOW + 96 * HOUR), (NOW + 200 * HOUR, NOW + 300 * HOUR)),
)


async def test_a_rota_comes_back_as_it_was_and_a_new_one_takes_its_place(memory: Memory) -> None:
    async with memory.begin() as work:
        await settle(work, WARD)
        await work.rotas.put(WARD, {"nina": FULL, "omar": Rota(FULL.shifts)})
    async with memory.read() as work:
        assert await work.rotas.of(WARD) == {"nina": FULL, "omar": Rota(FULL.shifts)}
        assert await work.rotas.deciding_for(WARD, "nina") == FULL
        assert await work.rotas.deciding_for(WARD, "pia") == Rota()
    async with memory.begin() as work:
        await work.rotas.put(WARD, {"nina": Rota(leaves=FULL.leaves), "omar": Rota()})
    async with memory.read() as work:
        assert await work.rotas.of(WARD) == {"nina": Rota(leaves=FULL.leaves)}


async def test_what_other_teams_of_the_workspace_hold_of_a_member_decides_too_and_is_kept_apart(memory: Memory) -> None:
    times, far = Rota(FULL.shifts, FULL.leaves), Team(ELSEWHERE, "4w", "4 West", "c-4w", "America/New_York")
    own = Rota((Shift(NOW + 10 * HOUR, NOW + 18 * HOUR),), (), ((NOW, NOW + 24 * HOUR),))
    async with memory.begin() as work:
        await settle(work, WARD)
        for team in (ICU, far):
            await work.teams.save(team)
        for person in (NINA, OMAR, PIA):
            await work.members.save(a_member(person))
        await work.rotas.put(WARD, {"nina": own, "omar": own})
        await work.rotas.put(ICU, {"nina": FULL, "pia": FULL, "nobody of 4 West": FULL})
        await work.rotas.put(far, {"omar": FULL})
    async with memory.read() as work:
        deciding = await work.rotas.deciding(WARD)
        assert deciding == {"nina": replace(own, elsewhere=times), "omar": own, "pia": Rota(elsewhere=times)}
        assert {user: await work.rotas.deciding_for(WARD, user) for user in deciding} == deciding
        assert await work.rotas.of(WARD) == {"nina": own, "omar": own}
    async with memory.begin() as work:
        await work.rotas.put(WARD, deciding)
    async with memory.read() as work:
        assert await work.rotas.of(WARD) == {"nina": own, "omar": own}, "nothing of another team is written down here"


async def test_who_is_forgotten_has_no_rota_in_any_team_and_the_others_keep_theirs(memory: Memory) -> None:
    async with memory.begin() as work:
        await settle(work, WARD)
        await work.teams.save(ICU)
        await work.rotas.put(WARD, {"nina": FULL, "omar": FULL})
        await work.rotas.put(ICU, {"nina": FULL})
    async with memory.begin() as work:
        await work.rotas.forget(NINA)
    async with memory.read() as work:
        assert await work.rotas.of(ICU) == {}
        assert await work.rotas.of(WARD) == {OMAR.user: FULL}


async def test_a_paste_comes_back_as_it_was_to_whoever_pasted_it_and_the_next_one_takes_its_place(
    memory: Memory,
) -> None:
    timed = Rota(FULL.shifts, FULL.leaves)
    first = RotaDraft("d1", "pia", {"nina": timed, "omar": Rota()}, (NOW, NOW + HOUR), NOW)
    second = RotaDraft("d2", "pia", {"omar": timed}, (NOW, NOW + HOUR), NOW)
    async with memory.begin() as work:
        await settle(work, WARD)
        await work.teams.save(ICU)
        await work.rota_drafts.keep(WARD, first)
    async with memory.begin() as work:
        assert await work.rota_drafts.of(WARD, "pia") == first
        assert await work.rota_drafts.of(WARD, "omar") is None
        assert await work.rota_drafts.of(ICU, "pia") is None
        await work.rota_drafts.keep(WARD, second)
        await work.rota_drafts.forget(NINA)
        assert await work.rota_drafts.of(WARD, "pia") == second
        await work.rota_drafts.drop(WARD, "pia")
        await work.rota_drafts.drop(WARD, "pia")
    async with memory.read() as work:
        assert await work.rota_drafts.of(WARD, "pia") is None


async def test_who_is_uninvited_is_in_no_count_of_that_push_and_the_others_stay(memory: Memory) -> None:
    push, other = a_push(), a_push("p2")
    async with memory.begin() as work:
        await settle(work, WARD, push, other)
    await post(memory, push, NINA, OMAR)
    await post(memory, other, NINA)
    async with memory.begin() as work:
        await work.pushes.uninvite(push, frozenset({"nina", "nobody"}))
        await work.pushes.uninvite(push, frozenset())
    async with memory.read() as work:
        assert [one.user for one in await work.pushes.eligible(push)] == ["omar"]
        assert (await work.pushes.turnout(push)).eligible == 1
        assert await work.pushes.counting(NINA, [push, other]) == {"p2"}
        assert await work.pushes.counting(OMAR, [push, other]) == {"p1"}
        assert await work.pushes.counting(OMAR, []) == set()
        assert [one.user for one in await work.pushes.eligible(other)] == ["nina"]


async def test_a_reminder_that_waits_for_a_shift_is_no_job_before(memory: Memory) -> None:
    waiting = Reminder("r1", ROOM, "p1", "nina", 0, ReminderKind.SHIFT, NOW, due_at=NOW + HOUR)
    at_once = Reminder("r2", ROOM, "p1", "omar", 1, ReminderKind.REMINDER, NOW)
    push = a_push()
    async with memory.begin() as work:
        await settle(work, WARD, push)
    await post(memory, push, NINA, OMAR)
    async with memory.begin() as work:
        assert await work.reminders.add([waiting, at_once]) == {"r1", "r2"}
    async with memory.read() as work:
        assert await work.reminders.get(ROOM, "r1") == waiting
        assert await work.reminders.of(push) == [waiting, at_once]
    told = [job.key for job in await memory.unfinished(NOW) if job.kind == "remind"]
    assert told == ["r2"]
    assert Job("remind", ROOM, "r1") in await memory.unfinished(NOW + HOUR)
    assert not waiting.may_claim(NOW)
    async with memory.begin() as work:
        await work.reminders.save(waiting.claim(NOW + HOUR), was=ReminderState.PLANNED)


async def test_what_is_out_is_posted_and_open_in_any_team_of_these_people(memory: Memory) -> None:
    first, later, planned = a_push(), a_push("p2", ICU, opens_at=NOW + HOUR), a_push("p3")
    async with memory.begin() as work:
        await settle(work, WARD)
        await work.teams.save(ICU)
        for member in (a_member(NINA), a_member(NINA, ICU), a_member(OMAR)):
            await work.members.save(member)
        for push in (first, later, planned):
            await work.pushes.add(push)
    for push in (first, later):
        await post(memory, push, NINA)
    async with memory.read() as work:
        both = {"nina", "omar"}
        assert [push.id for push in await work.pushes.out(ROOM, both, NOW)] == ["p1", "p2"]
        assert [push.id for push in await work.pushes.out(ROOM, {"omar"}, NOW)] == ["p1"]
        assert [push.id for push in await work.pushes.out(ROOM, both, first.closes_at)] == ["p2"]
        assert list(await work.pushes.out(ROOM, set(), NOW)) == []
        assert list(await work.pushes.out(ELSEWHERE, both, NOW)) == []
