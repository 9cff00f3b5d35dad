"""Words typed under a drill: an answer where the team takes them so, and silence wherever people talk to each other."""

from __future__ import annotations

from dataclasses import dataclass

from drills.attempt import Attempt, AttemptState
from drills.chat.cards import Card
from drills.chat.inbound import Answer, Typed
from drills.journeys.answer import fresh_attempt
from drills.journeys.reply import fault, keep
from drills.journeys.tools import OnTheTable, Tools, the_push, the_team
from drills.journeys.tripwire import look
from drills.judging.normal import visible
from drills.people import Member
from drills.phi import Reason
from drills.ports import UnitOfWork
from drills.push import Push
from drills.views.help import help_card
from drills.views.typed import (
    join_first_card,
    taps_first_card,
    too_long_card,
    typed_held_back_card,
    typed_support_card,
)

_REMARK_WORDS, _REMARK_CHARACTERS = 5, 25  # "Thanks, will do!" under a drill is no answer, and costs nobody their own


@dataclass(frozen=True, slots=True)
class _Scene:
    """The drill that was typed under, and how far this person is with it."""

    found: OnTheTable
    member: Member | None
    attempt: Attempt | None


async def typed(tools: Tools, it: Typed) -> Answer:
    """Only the person is told anything, and only where it was meant for us: in a direct message, or as an answer."""
    if it.place.direct:
        return Answer(help_card())
    words = visible(it.text).strip()
    scene = None if _is_remark(words) else await _scene(tools, it)
    return Answer(None if scene is None else await _answered(tools, it, scene, words))


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
