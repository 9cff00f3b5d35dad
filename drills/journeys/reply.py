"""A reply comes in: checked, written down with its job in one transaction, and only then acknowledged."""

from __future__ import annotations

from secrets import token_hex

from drills.attempt import Attempt, AttemptState, Reply
from drills.chat.cards import Card
from drills.chat.inbound import Answer, Submitted, Typed
from drills.errors import Stale
from drills.evaluation import Evaluation, EvaluationState
from drills.journeys.judge import JUDGE
from drills.journeys.refresh import card_changed
from drills.journeys.tools import OnTheTable, Tools, is_first, own_attempt, the_push
from drills.journeys.tripwire import look
from drills.judging.normal import visible
from drills.phi import Reason
from drills.ports import Job, UnitOfWork
from drills.views.notices import answered_card, reading_card
from drills.views.reply_form import MAX_CHARACTERS, WORDS, reply_form, reply_refused
from drills.views.tripwire import held_back, reply_support_card


async def reply(tools: Tools, submitted: Submitted, attempt_id: str) -> Answer:
    """Keep the words, or hand the form back with a sentence. A second reply is told that the first one stands.

    What only looks comes before the transaction that writes: all writers share one connection on SQLite.
    """
    words = visible(submitted.values.get(WORDS, "")).strip()
    async with tools.memory.read() as work:
        attempt = await own_attempt(work, submitted.person, attempt_id)
        found = await the_push(work, submitted.person.workspace, attempt.push, attempt.variant)
    if sentence := fault(words):
        return Answer(reply_refused(reply_form(found.drill, attempt), words, sentence))
    if attempt.state is not AttemptState.REPLIED:
        screening = await look(tools, submitted, found, words)
        if screening.reason is Reason.PHI:
            return Answer(reply_refused(reply_form(found.drill, attempt), words, held_back(words, screening)))
        if screening.reason is Reason.REAL_EVENT:
            return Answer(reply_support_card(tools.support_text, words, found.push))
    return Answer(await keep(tools, submitted, attempt, found, words))


async def keep(
    tools: Tools, said: Submitted | Typed, attempt: Attempt, found: OnTheTable, words: str, *, fresh: bool = False
) -> Card:
    """Reply, evaluation and job in one transaction. The words have passed the tripwire.

    `fresh`: the attempt is not written down yet. Raises Stale when it moved since it was looked at.
    """
    workspace, now = said.person.workspace, tools.clock()
    async with tools.memory.begin() as work:
        if not await is_first(tools, work, said):
            return reading_card(found.drill)
        if attempt.state is AttemptState.REPLIED:
            return answered_card(found.drill, attempt)
        handle = said.handle if isinstance(said, Submitted) else None
        await _replied(work, attempt, attempt.reply(now, handle), fresh=fresh)
        await work.attempts.keep_words(workspace, Reply(attempt.id, words, token_hex(16), now))
        await work.evaluations.add(
            Evaluation(attempt.id, attempt.push, said.person, EvaluationState.RECEIVED, received_at=now)
        )
        await work.enqueue(Job(JUDGE, workspace, attempt.id))
        await card_changed(work, found.push)
    return reading_card(found.drill)


async def _replied(work: UnitOfWork, attempt: Attempt, replied: Attempt, *, fresh: bool) -> None:
    if not fresh:
        await work.attempts.save(replied, was=attempt.state)
    elif not await work.attempts.add(replied):
        raise Stale("the drill was opened in the form while its answer was typed")


def fault(words: str) -> str | None:
    """Only what would lose words or leave nothing to read is refused; length is never enforced otherwise."""
    if not words:
        return "There is nothing to read yet. Write what you would say, in any style."
    if len(words) > MAX_CHARACTERS:
        return f"This has {len(words)} characters; {MAX_CHARACTERS} fit. Nothing is lost: please shorten it."
    return None
