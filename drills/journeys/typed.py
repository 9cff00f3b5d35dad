"""Words typed under a drill: an answer where the team takes them so, and silence wherever people talk to each other."""

from __future__ import annotations

from dataclasses import dataclass

from drills.attempt import Attempt, AttemptState
from drills.chat.cards import Card
from drills.chat.inbound import Answer, Typed
from drills.journeys.answer import fresh_attempt
from drills.journeys.own import open_pushes
from drills.journeys.reply import fault, keep
from drills.journeys.tools import OnTheTable, Tools, the_push, the_team
from drills.journeys.tripwire import look
from drills.judging.normal import visible
from drills.people import Member
from drills.phi import Reason, screen
from drills.ports import UnitOfWork
from drills.push import Push
from drills.views.help import SET_UP, help_card
from drills.views.tripwire import said_to_us_held_back_card, said_to_us_support_card
from drills.views.typed import (
    join_first_card,
    taps_first_card,
    too_long_card,
    typed_held_back_card,
    typed_support_card,
)

_STORIES = 4  # open drills that somebody may be talking of
_REMARK_WORDS, _REMARK_CHARACTERS = 5, 25  # "Thanks, will do!" under a drill is no answer, and costs nobody their own


@dataclass(frozen=True, slots=True)
class _Scene:
    """The drill that was typed under, and how far this person is with it."""

    found: OnTheTable
    member: Member | None
    attempt: Attempt | None


async def typed(tools: Tools, it: Typed) -> Answer:
    """Only the person is told anything, and only where it was meant for us: said to us, or as an answer."""
    words = visible(it.text).strip()
    scene = None if it.place.direct or _is_remark(words) else await _scene(tools, it)
    if scene is not None:
        return Answer(await _answered(tools, it, scene, words))
    return Answer(await _said_to_us(tools, it, words) if it.place.direct or it.to_us else None)


async def _said_to_us(tools: Tools, it: Typed, words: str) -> Card:
    """The help card, unless something real is in the words. Nothing is kept of them, not even that there was."""
    screening = screen(words, None)
    if screening.reason is Reason.REAL_EVENT:
        return said_to_us_support_card(tools.support_text, words)
    async with tools.memory.read() as work:
        if screening.reason and not await _told_of_drill(tools, work, it, words):
            return said_to_us_held_back_card(words, screening)
        nowhere = not it.place.direct and await work.teams.at(it.place) is None
    return help_card(SET_UP if nowhere else ())


async def _told_of_drill(tools: Tools, work: UnitOfWork, it: Typed, words: str) -> bool:
    """Whether what was seen is the story of a drill that is open for this person."""
    mine = [await work.teams.get(it.person.workspace, own.team) for own in await work.members.teams_of(it.person)]
    pushes = await open_pushes(work, [team for team in mine if team], tools.clock())
    stories = [(await the_push(work, push.workspace, push.id)).drill for push in pushes[:_STORIES]]
    return any(screen(words, drill).reason is None for drill in stories)


def _is_remark(words: str) -> bool:
    return len(words.split()) < _REMARK_WORDS and len(words) < _REMARK_CHARACTERS


async def _scene(tools: Tools, it: Typed) -> _Scene | None:
    """None where it is no answer: elsewhere, in a team that takes none so, after the reveal, when all may talk."""
    if it.reply_to is None:
        return None
    async with tools.memory.read() as work:
        push = await work.pushes.at(it.reply_to)
        if push is None or not push.is_open(tools.clock()) or not (await the_team(work, push)).threads:
            return None
        return await _far(work, it, push)


async def _far(work: UnitOfWork, it: Typed, push: Push) -> _Scene:
    attempt = await work.attempts.latest(push, it.person)
    found = await the_push(work, push.workspace, push.id, attempt.variant if attempt else None)
    return _Scene(found, await work.members.get(it.person, push.team), attempt)


async def _answered(tools: Tools, it: Typed, scene: _Scene, words: str) -> Card:
    push, drill, attempt = scene.found.push, scene.found.drill, scene.attempt
    screening = await look(tools, it, scene.found, words)
    if screening.reason is Reason.PHI:
        return typed_held_back_card(words, screening, push)
    if screening.reason is Reason.REAL_EVENT:
        return typed_support_card(tools.support_text, words, push)
    if scene.member is None:
        return join_first_card(push)
    replied = attempt is not None and attempt.state is AttemptState.REPLIED
    if drill.reliance and not replied and (attempt is None or attempt.after is None):
        return taps_first_card(push)
    if not replied and (sentence := fault(words)):
        return too_long_card(push, sentence)
    own = attempt or fresh_attempt(tools, scene.found, it.person)
    return await keep(tools, it, own, scene.found, words, fresh=attempt is None)
