"""Somebody presses Answer, Skip or one of the taps: everything before the reply itself."""

from __future__ import annotations

from dataclasses import replace

from drills.attempt import Attempt, AttemptState
from drills.chat.cards import Card, Form
from drills.chat.inbound import Answer, Pressed
from drills.drill import Drill
from drills.errors import NotFound
from drills.journeys.home import home_changed
from drills.journeys.refresh import card_changed
from drills.journeys.tools import OnTheTable, Tools, is_first, is_member, own_attempt, the_push, the_team
from drills.people import MessageRef, PersonRef
from drills.ports import UnitOfWork
from drills.views.notices import answered_card, skipped_card
from drills.views.profession_form import profession_form
from drills.views.reply_form import reply_form
from drills.views.second_look import ai_card, before_card


async def answer(tools: Tools, pressed: Pressed, push_id: str) -> Answer:
    """Open the person's attempt, go on with the one they have, or point at the feedback of one that is answered."""
    async with tools.memory.begin() as work:
        found = await the_push(work, pressed.person.workspace, push_id)
        if not await is_member(work, found, pressed):
            return Answer(profession_form(push_id, await the_team(work, found.push)))
        attempt, first = await work.attempts.latest(found.push, pressed.person), await is_first(tools, work, pressed)
        if attempt and attempt.state is AttemptState.REPLIED:
            return Answer(answered_card(found.drill, attempt))
        if attempt and attempt.state is AttemptState.SKIPPED and not first:
            return Answer(skipped_card(found.drill, found.push))
        fresh = fresh_attempt(tools, found, pressed.person)
        attempt = await (_open(work, found, fresh) if attempt is None else _go_on(work, attempt))
        if attempt.variant != found.drill.variant:
            found = await the_push(work, pressed.person.workspace, push_id, attempt.variant)
    return Answer(_next_step(found.drill, attempt))


async def here(tools: Tools, pressed: Pressed, message: str) -> Answer:
    """Answer the drill whose card a message is. Raises NotFound for any other message."""
    async with tools.memory.read() as work:
        push = await work.pushes.at(MessageRef(pressed.place, message))
    if push is None:
        raise NotFound(f"no push at {message}", tell="That message is no drill. Use this on a drill's own message.")
    return await answer(tools, pressed, push.id)


async def again(tools: Tools, pressed: Pressed, push_id: str) -> Answer:
    """Another go at the same drill, in its next variant: practice that counts in no figure (clinical.md §0.9).

    One that is open already is gone on with.
    """
    async with tools.memory.begin() as work:
        found = await the_push(work, pressed.person.workspace, push_id)
        latest = await work.attempts.latest(found.push, pressed.person)
        replied = latest is not None and latest.state is AttemptState.REPLIED
        if latest is None or not (replied or latest.number > 1):
            raise NotFound("nothing to repeat", tell="Answer this drill first; then you can try another version.")
        if not await is_first(tools, work, pressed) and latest.state is not AttemptState.OPENED:
            return Answer(answered_card(found.drill, latest))
        attempt = await (_repeat(tools, work, found, latest) if replied else _go_on(work, latest))
        other = await the_push(work, pressed.person.workspace, push_id, attempt.variant)
    return Answer(_next_step(other.drill, attempt))


async def skip(tools: Tools, pressed: Pressed, push_id: str) -> Answer:
    """No reason asked, nobody told. Raises AlreadyAnswered."""
    async with tools.memory.begin() as work:
        found = await the_push(work, pressed.person.workspace, push_id)
        if not await is_member(work, found, pressed):
            return Answer(skipped_card(found.drill, found.push))
        attempt = await work.attempts.latest(found.push, pressed.person)
        if attempt is None:
            attempt = await _open(work, found, fresh_attempt(tools, found, pressed.person))
        if await is_first(tools, work, pressed):
            await work.attempts.save(attempt.skip(tools.clock()), was=attempt.state)
            await card_changed(work, found.push)
            await home_changed(work, pressed.person)
    return Answer(skipped_card(found.drill, found.push))


async def tap(tools: Tools, pressed: Pressed, attempt_id: str, option: str) -> Answer:
    """One of the two taps of a second look: kept at once, then the next step. Raises TapAlreadyTaken."""
    async with tools.memory.begin() as work:
        attempt = await own_attempt(work, pressed.person, attempt_id)
        found = await the_push(work, pressed.person.workspace, attempt.push, attempt.variant)
        if found.drill.reliance is None or option not in {o.id for o in found.drill.reliance.options}:
            raise NotFound(f"no option {option!r}")
        if await is_first(tools, work, pressed):
            tapped = attempt.tap_before(option) if pressed.intent.verb == "before" else attempt.tap_after(option)
            await work.attempts.save(tapped, was=attempt.state)
            attempt = tapped
    return Answer(_next_step(found.drill, attempt))


def fresh_attempt(tools: Tools, found: OnTheTable, person: PersonRef) -> Attempt:
    """A first attempt that nobody has opened yet."""
    return Attempt(
        id=tools.ids(),
        push=found.push.id,
        person=person,
        number=1,
        variant=found.push.variant,
        state=AttemptState.OPENED,
        opened_at=tools.clock(),
    )


def _next_step(drill: Drill, attempt: Attempt) -> Card | Form:
    if drill.reliance and attempt.before is None:
        return before_card(drill, drill.reliance, attempt)
    if drill.reliance and attempt.after is None:
        return ai_card(drill, drill.reliance, attempt)
    return reply_form(drill, attempt)


async def _repeat(tools: Tools, work: UnitOfWork, found: OnTheTable, latest: Attempt) -> Attempt:
    fresh = fresh_attempt(tools, found, latest.person)
    variant = _next_variant(found.drill, latest)
    return await _open(work, found, replace(fresh, number=latest.number + 1, variant=variant))


async def _open(work: UnitOfWork, found: OnTheTable, attempt: Attempt) -> Attempt:
    if await work.attempts.add(attempt):
        return attempt
    other = await work.attempts.latest(found.push, attempt.person)  # a second press was faster
    if other is None:
        raise NotFound("attempt vanished while it was opened")
    return other


async def _go_on(work: UnitOfWork, attempt: Attempt) -> Attempt:
    opened = attempt.reopen()
    if attempt.state is not AttemptState.OPENED:
        await work.attempts.save(opened, was=attempt.state)
    return opened


def _next_variant(drill: Drill, latest: Attempt) -> str:
    names = drill.variants
    return names[(names.index(latest.variant) + 1) % len(names)]
