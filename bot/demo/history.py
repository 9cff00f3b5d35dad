"""A few weeks of the past, written through the same state machines as the present."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from bot.demo.cast import Cast
from bot.demo.replies import made_up
from drills.attempt import Attempt, AttemptState, Reply
from drills.catalog import DrillFile
from drills.drill import Drill, GroundTruth
from drills.evaluation import Evaluation, EvaluationState
from drills.judging.quotes import check
from drills.judging.record import ledger_body
from drills.judging.scoring import outcome
from drills.people import Member
from drills.ports import Ids, Once, UnitOfWork, Way
from drills.push import DEMO, WINDOW, Eligible, Push, PushState, Turnout
from drills.views.channel_card import channel_card

_SKIPS = 0.3  # of those who do not answer


@dataclass(frozen=True, slots=True)
class Episode:
    """One push of the past: `skill` is how good its replies are, `keen` how many come, both 0…1."""

    cast: Cast
    file: DrillFile
    opened: datetime
    skill: float
    keen: float
    closed: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class Teller:
    """Writes episodes down. All chance comes from `chance`, so the same seed tells the same story."""

    ids: Ids
    chance: Random

    async def tell(self, work: UnitOfWork, episode: Episode) -> None:
        drill, push = episode.file.drill(), self._push(episode)
        workspace = episode.cast.team.workspace
        await work.drills.keep(workspace, drill, episode.file.source)
        if not await work.pushes.add(push):
            return
        readers = [m for m in episode.cast.members if drill.roles.admit(m.profession)]
        await work.pushes.invite(push, [Eligible(push.id, m.person.user, m.profession) for m in readers])
        spared = 0 if episode.closed else 1  # in an open drill the first person is left for whoever tries the demo
        for member in readers[spared:]:
            await self._take_part(work, episode, push, drill, member)
        if episode.shown:
            await self._show(work, episode, push, drill)

    def _push(self, episode: Episode) -> Push:
        return Push(
            id=self.ids(),
            workspace=episode.cast.team.workspace,
            team=episode.cast.team.id,
            drill_id=episode.file.id,
            drill_hash=episode.file.hash,
            variant=episode.file.drill().variant,
            campaign=DEMO,
            slot=f"{episode.opened:%Y-%m-%dT%H:%M}",
            state=PushState.CLOSED if episode.closed else PushState.POSTED,
            opens_at=episode.opened,
            closes_at=episode.opened + WINDOW,
        )

    async def _take_part(self, work: UnitOfWork, episode: Episode, push: Push, drill: Drill, member: Member) -> None:
        answers = self.chance.random() < episode.keen
        if not answers and self.chance.random() > _SKIPS:
            return
        opened = episode.opened + timedelta(minutes=self.chance.randint(2, 60))
        attempt = Attempt(self.ids(), push.id, member.person, 1, push.variant, AttemptState.OPENED, opened)
        ended = self._tap(attempt, drill)
        ended = ended.reply(opened, None) if answers else ended.skip(opened)
        await work.attempts.add(ended)
        if answers:
            await self._judged(work, ended, drill, episode.skill, opened)

    def _tap(self, attempt: Attempt, drill: Drill) -> Attempt:
        """Taps that get better over time: the first one at a venture, the second mostly a fitting one."""
        if drill.reliance is None:
            return attempt
        options = [option.id for option in drill.reliance.options]
        fits = drill.reliance.ground_truth is not GroundTruth.AMBIGUOUS and self.chance.random() < 0.7
        after = self.chance.choice(drill.reliance.correct) if fits else self.chance.choice(options)
        return attempt.tap_before(self.chance.choice(options)).tap_after(after)

    async def _judged(self, work: UnitOfWork, attempt: Attempt, drill: Drill, skill: float, at: datetime) -> None:
        workspace = attempt.person.workspace
        words, raw = made_up(drill, skill, self.chance)
        reply = Reply(attempt.id, words, self.ids(), at)
        checked = check(raw, words)
        result = outcome(drill.rubric, drill.red_flags, checked)
        received = Evaluation(attempt.id, attempt.push, attempt.person, EvaluationState.RECEIVED, at)
        done = replace(received.judged(checked, result), state=EvaluationState.DONE, delivered_by=Way.ROOM.value)
        await work.attempts.keep_words(workspace, reply)
        await work.evaluations.add(received)
        await work.evaluations.save(done, was=EvaluationState.RECEIVED)
        await work.ledger.append(workspace, at, ledger_body(drill, attempt, reply, raw, checked, result))

    async def _show(self, work: UnitOfWork, episode: Episode, push: Push, drill: Drill) -> None:
        team = episode.cast.team
        turnout: Turnout = await work.pushes.turnout(push)
        card = channel_card(drill, push, turnout, team.tz)
        message = await work.messages.put(team.place, None, card, Once(f"push:{push.id}"), episode.opened)
        await work.pushes.save(replace(push, message=message), was=push.state)
