"""Looking things up: my drills, my feedback, the team board, what is open. Nothing changes."""

from __future__ import annotations

from drills.attempt import AttemptState
from drills.board import RULE, Board, board
from drills.chat.inbound import Answer, Asked, Pressed
from drills.errors import NotFound
from drills.journeys.deliver import own_feedback
from drills.journeys.tools import Tools, own_attempt, teams_for, the_push
from drills.people import Workspace
from drills.ports import UnitOfWork
from drills.push import Push
from drills.views.board import board_card
from drills.views.mine import OwnDrill, mine_card


async def mine(tools: Tools, seen: Asked | Pressed) -> Answer:
    async with tools.memory.read() as work:
        attempts = await work.attempts.of_person(seen.person)
        own = []
        for attempt in attempts:
            found = await the_push(work, seen.person.workspace, attempt.push, attempt.variant)
            at = attempt.ended_at or attempt.opened_at
            own.append(OwnDrill(attempt.id, found.drill.title, attempt.state, at, attempt.number))
    return Answer(mine_card(own))


async def feedback(tools: Tools, pressed: Pressed, attempt_id: str) -> Answer:
    async with tools.memory.read() as work:
        attempt = await own_attempt(work, pressed.person, attempt_id)
        return Answer(await own_feedback(work, pressed.person, attempt))


async def team_board(tools: Tools, seen: Asked | Pressed) -> Answer:
    """The board as it is at this moment, with the team of this place marked as one's own."""
    async with tools.memory.read() as work:
        team, *_ = await teams_for(work, seen)
        now_board = await compute(tools, work, seen.person.workspace)
    return Answer(board_card(now_board, team.id))


async def compute(tools: Tools, work: UnitOfWork, workspace: Workspace) -> Board:
    now = tools.clock()
    return board(await work.boards.records(workspace, RULE.reads_from(now), now), now)


async def newest_open(tools: Tools, asked: Asked) -> Push:
    """The newest open drill that the person has not answered, here or in their own teams. Raises NotFound."""
    now = tools.clock()
    async with tools.memory.read() as work:
        pushes = [push for team in await teams_for(work, asked) for push in await work.pushes.of_team(team)]
        for push in sorted(pushes, key=lambda push: push.opens_at, reverse=True):
            attempt = await work.attempts.latest(push, asked.person)
            if push.message and push.is_open(now) and (attempt is None or attempt.state is not AttemptState.REPLIED):
                return push
    raise NotFound("nothing open", tell="Nothing is open for you just now. The next drill comes by itself.")
