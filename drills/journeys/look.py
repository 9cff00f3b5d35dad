"""Looking things up: my drills, my feedback, the team board, what is open. Nothing changes."""

from __future__ import annotations

from drills.board import RULE, Board, board
from drills.chat.inbound import Answer, Asked, Pressed
from drills.journeys.deliver import own_feedback
from drills.journeys.own import own_drills
from drills.journeys.practice import own_practice
from drills.journeys.tools import Tools, own_attempt, teams_for
from drills.people import Workspace
from drills.ports import UnitOfWork
from drills.views.board import board_card
from drills.views.mine import mine_card


async def mine(tools: Tools, seen: Asked | Pressed) -> Answer:
    async with tools.memory.read() as work:
        return Answer(mine_card(await own_drills(work, seen.person), await own_practice(work, seen.person)))


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
