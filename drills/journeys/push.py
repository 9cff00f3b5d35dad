"""A drill reaches a channel: planned as a row, posted by a worker, its readers written down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from drills.campaign.clocks import clock_for
from drills.campaign.course import GRACE
from drills.drill import Drill
from drills.errors import CannotReach, OursToFix, Stale, TryLater
from drills.evaluation import LEASE_S, MAX_TRIES
from drills.hold import holding, outside
from drills.journeys.refresh import REFRESH, card_changed
from drills.journeys.shifts import plan_first_words
from drills.journeys.tools import OnTheTable, Tools, the_push
from drills.people import MessageRef, Team
from drills.ports import Chat, Job, Once, Retry, UnitOfWork
from drills.push import WINDOW, Eligible, Push, PushState, Turnout
from drills.views.channel_card import channel_card

POST = "post"


async def plan(
    tools: Tools,
    team: Team,
    drill: Drill,
    source: str,
    *,
    campaign: str,
    slot: str,
    opens_at: datetime,
    window: timedelta = WINDOW,
) -> Push | None:
    """Write the push down and enqueue its posting. None when this slot was planned before."""
    push = Push(
        id=tools.ids(),
        workspace=team.workspace,
        team=team.id,
        drill_id=drill.id,
        drill_hash=drill.hash,
        variant=drill.variant,
        campaign=campaign,
        slot=slot,
        state=PushState.PLANNED,
        opens_at=opens_at,
        closes_at=opens_at + window,
    )
    async with tools.memory.begin() as work:
        await work.drills.keep(team.workspace, drill, source)
        if not await work.pushes.add(push):
            return None
        await work.enqueue(Job(POST, team.workspace, push.id))
    return push


async def post(tools: Tools, chats: Mapping[str, Chat], job: Job) -> Retry | None:
    """Post a planned push once. A claim of a dead worker is taken over when its lease has run out."""
    claimed = await _claim(tools, job)
    if claimed is None:
        return None
    push, team, readers = claimed
    once = Once(f"push:{push.push.id}", again=push.push.tries > 1)
    card = channel_card(push.drill, push.push, Turnout(len(readers), 0, 0), team.tz)
    try:
        message = await chats[team.workspace.platform].post(team.place, card, once)
    except TryLater as later:
        return await _give_back(tools, push.push, later)
    except (CannotReach, OursToFix):
        await _save(tools, push.push.fail(), was=PushState.POSTING)
        raise
    await _posted(tools, team, push.push, message, readers)
    return None


async def _claim(tools: Tools, job: Job) -> tuple[OnTheTable, Team, list[Eligible]] | None:
    now = tools.clock()
    async with tools.memory.begin() as work:
        found = await the_push(work, job.workspace, job.key)
        push = found.push
        team = await work.teams.get(job.workspace, push.team)
        if team is None or not _may_claim(push, now) or await _must_wait(work, push, team, now):
            return None
        if push.tries == 0 and await _is_too_late(work, push, team, now):
            await work.pushes.save(push.fail(), was=push.state)
            return None
        claimed = push.claim(now)
        await work.pushes.save(claimed, was=push.state)
        return OnTheTable(claimed, found.drill), team, await readers(work, team, found, now)


def _may_claim(push: Push, now: datetime) -> bool:
    if push.state is PushState.POSTING:
        return push.claimed_at is None or (now - push.claimed_at).total_seconds() > LEASE_S
    return push.state is PushState.PLANNED and push.opens_at <= now


async def _must_wait(work: UnitOfWork, push: Push, team: Team, now: datetime) -> bool:
    """During a hold nothing is posted, and what a campaign planned waits for the end of quiet hours as well."""
    if holding(await work.holds.of(team, now), now):
        return True
    started = await work.campaigns.get(push.workspace, push.campaign)
    return started is not None and clock_for(started.campaign, team).quiet_at(now) is not None


async def _is_too_late(work: UnitOfWork, push: Push, team: Team, now: datetime) -> bool:
    """A campaign's drill that nobody posted in its grace, as when the program was away, is a missed slot."""
    started = await work.campaigns.get(push.workspace, push.campaign)
    if started is None or now - push.opens_at <= GRACE:
        return False
    spans = [(hold.begins, hold.ends) for hold in await work.holds.of(team, push.opens_at)]
    quiet = clock_for(started.campaign, team).quiet_spans(push.opens_at, now)
    return outside([*spans, *quiet], push.opens_at, now) > GRACE


async def readers(work: UnitOfWork, team: Team, found: OnTheTable, now: datetime) -> list[Eligible]:
    """E of clinical.md §7: taking part at this moment, and of a profession the drill is written for.

    Somebody who has another drill of a campaign open and unanswered is left out until that one is closed, and so is
    somebody who is on leave for as long as this one is open.
    """
    busy = await work.pushes.busy(found.push, now)
    rotas = await work.rotas.deciding(team)
    out = busy | {user for user, rota in rotas.items() if rota.away(now, found.push.closes_at)}
    return [
        Eligible(found.push.id, member.person.user, member.profession)
        for member in await work.members.of(team)
        if member.takes_part(now) and found.drill.roles.admit(member.profession) and member.person.user not in out
    ]


async def _posted(tools: Tools, team: Team, push: Push, message: MessageRef, readers: list[Eligible]) -> None:
    async with tools.memory.begin() as work:
        await work.pushes.save(push.posted(message), was=PushState.POSTING)
        busy = await work.pushes.busy(push, tools.clock())  # with one that was posted beside it in these seconds
        invited = [one for one in readers if one.user not in busy]
        await work.pushes.invite(push, invited)
        await plan_first_words(tools, work, team, push, [one.user for one in invited])
        if len(invited) < len(readers):
            await card_changed(work, push)
        elif await work.pushes.card_changes(push):  # somebody was quicker than this row; their redraw found no message
            await work.enqueue(Job(REFRESH, push.workspace, push.id))


async def _give_back(tools: Tools, push: Push, later: TryLater) -> Retry | None:
    if push.tries >= MAX_TRIES:
        await _save(tools, push.fail(), was=PushState.POSTING)
        return None
    await _save(tools, push.release(), was=PushState.POSTING)
    return Retry(later.retry_after)


async def _save(tools: Tools, push: Push, *, was: PushState) -> None:
    try:
        async with tools.memory.begin() as work:
            await work.pushes.save(push, was=was)
    except Stale:
        return  # another worker took the claim over; the row is theirs now
