"""Reminders: private, capped, only to those who did nothing yet, never in quiet hours, off shift or during a hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from drills.campaign import Campaign, CampaignState, Reminders
from drills.chat.cards import Card
from drills.chat.inbound import Answer, Pressed
from drills.errors import CannotReach, OursToFix, Stale, TryLater
from drills.evaluation import MAX_TRIES
from drills.hold import holding, outside
from drills.hours import Hours
from drills.journeys.own import own_zone
from drills.journeys.shifts import hours_for, time_for, time_of
from drills.journeys.tools import OnTheTable, Tools, is_first, the_push, the_team
from drills.people import PersonRef, Team
from drills.ports import Chat, DueReminders, Job, Once, Retry, UnitOfWork
from drills.push import Push, PushState
from drills.reminder import IGNORED, Pause, Reminder, ReminderKind, ReminderState
from drills.rota import Rota
from drills.views.reminder import last_card, reminder_card, reminders_off_card, reminders_on_card, shift_card

REMIND = "remind"
_AT_ONCE = 50  # slots in one transaction


async def remind_due(tools: Tools, now: datetime) -> None:
    """Make the reminders whose time has come. Any number of processes may do this."""
    while True:
        async with tools.memory.begin() as work:
            due = await work.reminders.due(now, _AT_ONCE)
            for one in due:
                await _make(tools, work, one, now)
        if len(due) < _AT_ONCE:
            return


async def remind(tools: Tools, chats: Mapping[str, Chat], job: Job) -> Retry | None:
    """Tell one reminder, once. Somebody who answered in the meantime hears nothing."""
    parcel = await _claim(tools, job)
    if parcel is None:
        return None
    reminder = parcel.reminder
    once = Once(f"reminder:{reminder.id}", again=reminder.tries > 1)
    person = PersonRef(reminder.workspace, reminder.user)
    alone = replace(parcel.team.place, direct=True)  # never by way of the channel: there the drill stands anyway
    try:
        await chats[job.workspace.platform].tell(person, alone, parcel.card, once, keep=True)
    except TryLater as later:
        given_up = reminder.tries >= MAX_TRIES
        await _save(tools, reminder.ended(ReminderState.FAILED if given_up else ReminderState.PLANNED))
        return None if given_up else Retry(later.retry_after)
    except CannotReach:
        await _save(tools, reminder.ended(ReminderState.FAILED))
        return None
    except OursToFix:
        await _save(tools, reminder.ended(ReminderState.FAILED))
        raise
    await _save(tools, reminder.ended(ReminderState.TOLD))
    return None


async def resume(tools: Tools, pressed: Pressed, push_id: str) -> Answer:
    """One tap and reminders are back. Raises NotFound."""
    await _set_pause(tools, pressed, push_id, resumed=True)
    return Answer(reminders_on_card())


async def pause(tools: Tools, pressed: Pressed, push_id: str) -> Answer:
    """No more of them in this team, at once. Raises NotFound."""
    push = await _set_pause(tools, pressed, push_id, resumed=False)
    return Answer(reminders_off_card(push))


@dataclass(frozen=True, slots=True)
class _Parcel:
    reminder: Reminder
    team: Team
    card: Card


async def _make(tools: Tools, work: UnitOfWork, due: DueReminders, now: datetime) -> None:
    found = await the_push(work, due.workspace, due.push)
    started = await work.campaigns.get(due.workspace, due.campaign)
    team = await the_team(work, found.push)
    over = started is None or started.state is not CampaignState.RUNNING or not _is_out(found.push, now)
    if started is None or over or due.made >= started.campaign.reminders.most:
        await work.reminders.next(due, None, made=due.made)
        return
    wait = await _wait(work, started.campaign, team, found.push, due.made + 1, now)
    if wait is not None:
        await work.reminders.next(due, wait if wait < found.push.closes_at else None, made=due.made)
        return
    await _add(tools, work, found, team, started.campaign.reminders, due.made + 1, now)
    following = _following(started.campaign.reminders, found.push, due.made + 1, now)
    await work.reminders.next(due, following, made=due.made + 1)


def _following(reminders: Reminders, push: Push, made: int, now: datetime) -> datetime | None:
    """After downtime the one that was just made is late, and the wait for the next begins with it."""
    at = max(push.opens_at + reminders.due(made + 1), now + reminders.due(made + 1) - reminders.due(made))
    return at if made < reminders.most and at < push.closes_at else None


def _is_out(push: Push, now: datetime) -> bool:
    """One that is still being posted is not over: its reminders come a little later."""
    return push.state in {PushState.PLANNED, PushState.POSTING, PushState.POSTED} and push.is_open(now)


async def _wait(
    work: UnitOfWork, campaign: Campaign, team: Team, push: Push, number: int, now: datetime
) -> datetime | None:
    """When it may be made: after holds, and no hour on hold counts as waiting. None for now."""
    holds = await work.holds.of(team, push.opens_at)
    hold = holding(holds, now)
    if hold is not None:
        return hold.ends
    short = campaign.reminders.due(number) - outside([(h.begins, h.ends) for h in holds], push.opens_at, now)
    return now + short if short > timedelta() else None


async def _add(
    tools: Tools, work: UnitOfWork, found: OnTheTable, team: Team, allowed: Reminders, number: int, now: datetime
) -> None:
    push = found.push
    members = {member.person.user: member for member in await work.members.of(team)}
    waiting = await work.reminders.unanswered(push)
    recent = now - allowed.after
    spared = {one.user for one in await work.reminders.of(push) if _spares(one, number, recent)}
    people = sorted(user for user in waiting - spared if user in members and members[user].takes_part(now))
    clock, rotas = await hours_for(work, push, team), await work.rotas.deciding(team)
    passed, pauses = await work.reminders.let_pass(team, frozenset(people)), await work.reminders.pauses(team)
    reminders = []
    for user in people:
        pause_ = pauses.get(user)
        kind = _kind(passed.get(user, 0), pause_)
        at = time_for(rotas.get(user, Rota()), Hours.of(clock, members[user].tz), now, push.closes_at)
        if kind is None or at is None:
            continue
        if kind is ReminderKind.LAST:
            await work.reminders.put_pause(team, Pause(user, now))
        elif pause_ is not None and pause_.holds:
            await work.reminders.put_pause(team, replace(pause_, resumed_at=now))
        due_at = at if at > now else None
        reminders.append(Reminder(tools.ids(), team.workspace, push.id, user, number, kind, now, due_at=due_at))
    new = await work.reminders.add(reminders)
    for id_ in sorted(one.id for one in reminders if one.id in new and one.may_claim(now)):
        await work.enqueue(Job(REMIND, team.workspace, id_))


def _spares(earlier: Reminder, number: int, recent: datetime) -> bool:
    """The word at shift start stands for the first reminder, and nobody is told twice in one shift or night."""
    if earlier.state in {ReminderState.PLANNED, ReminderState.TELLING}:
        return earlier.due_at is not None
    if earlier.state is not ReminderState.TOLD:
        return False
    stands_for_it = number == 1 and earlier.kind is ReminderKind.SHIFT
    return stands_for_it or (earlier.due_at is not None and earlier.due_at > recent)


def _kind(passed: int, pause: Pause | None) -> ReminderKind | None:
    """None for somebody who was told that there are no more and let the next one pass too, or who said so."""
    if pause is not None and pause.holds:
        return None if pause.wished or passed else ReminderKind.REMINDER
    return ReminderKind.LAST if passed >= IGNORED else ReminderKind.REMINDER


async def _claim(tools: Tools, job: Job) -> _Parcel | None:
    now = tools.clock()
    async with tools.memory.begin() as work:
        reminder = await work.reminders.get(job.workspace, job.key)
        if reminder is None or not reminder.may_claim(now):
            return None
        found = await the_push(work, job.workspace, reminder.push)
        team = await the_team(work, found.push)
        if not await _is_wanted(work, found.push, reminder, now):
            await work.reminders.save(reminder.ended(ReminderState.DROPPED), was=reminder.state)
            return None
        if holding(await work.holds.of(team, now), now) or await _put_off(work, found.push, team, reminder, now):
            return None
        claimed = reminder.claim(now)
        await work.reminders.save(claimed, was=reminder.state)
        tz = await own_zone(work, PersonRef(reminder.workspace, reminder.user))
    return _Parcel(claimed, team, _card(claimed, found, team, tz))


async def _is_wanted(work: UnitOfWork, push: Push, reminder: Reminder, now: datetime) -> bool:
    """One that waited for a shift may have been overtaken by anything."""
    started = await work.campaigns.get(push.workspace, push.campaign)
    if not _is_out(push, now) or (started is not None and started.state is not CampaignState.RUNNING):
        return False
    member = await work.members.get(PersonRef(reminder.workspace, reminder.user), push.team)
    pause_ = (await work.reminders.pauses(await the_team(work, push))).get(reminder.user)
    if pause_ is not None and pause_.wished and (pause_.holds or reminder.kind is ReminderKind.LAST):
        return False  # what they said since counts: none at all, or not the word that there are no more
    return member is not None and member.takes_part(now) and reminder.user in await work.reminders.unanswered(push)


async def _put_off(work: UnitOfWork, push: Push, team: Team, reminder: Reminder, now: datetime) -> bool:
    """Until a time that suits the person; when none is left, for good."""
    at = await time_of(work, push, team, reminder.user, now)
    if at == now:
        return False
    state = ReminderState.PLANNED if at else ReminderState.DROPPED
    await work.reminders.save(replace(reminder.ended(state), due_at=at), was=reminder.state)
    return True


def _card(reminder: Reminder, found: OnTheTable, team: Team, tz: str | None) -> Card:
    match reminder.kind:
        case ReminderKind.LAST:
            return last_card(found.push, team)
        case ReminderKind.SHIFT:
            return shift_card(found.drill, found.push, team, tz)
        case ReminderKind.REMINDER:
            return reminder_card(found.drill, found.push, team, tz)


async def _set_pause(tools: Tools, pressed: Pressed, push_id: str, *, resumed: bool) -> Push:
    now = tools.clock()
    async with tools.memory.begin() as work:
        found = await the_push(work, pressed.person.workspace, push_id)
        team = await the_team(work, found.push)
        if await is_first(tools, work, pressed):
            changed = Pause(pressed.person.user, now, wished=True, resumed_at=now if resumed else None)
            await work.reminders.put_pause(team, changed)
    return found.push


async def _save(tools: Tools, reminder: Reminder) -> None:
    try:
        async with tools.memory.begin() as work:
            await work.reminders.save(reminder, was=ReminderState.TELLING)
    except Stale:
        return  # the claim was taken over while we were away
