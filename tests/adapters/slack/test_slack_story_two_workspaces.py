"""Two hospitals install the app and live a whole story at once: setup, drill, answers, feedback, home, board.

The whole program by HTTP with OAuth, a real SQLite file, everything through Slack's own doors.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import a_drill_file
from fake_slack.slack_server import FakeSlack
from fake_slack.slack_state import Team as SlackTeam
from slack_program import SlackProgram, many_workspaces, slack_program

from drills.people import Workspace

FIRST, SECOND = "sbar-001-night-call", "conf-001-held-dose"
ANSWERS = {id_: a_drill_file(id_).drill().model_answer.strip() for id_ in (FIRST, SECOND)}
TITLES = {id_: a_drill_file(id_).drill().title for id_ in (FIRST, SECOND)}


@dataclass
class Hospital:
    """One workspace as its people live it; `phrase` is in each of their replies and nobody else's."""

    house: SlackProgram
    slack_team: SlackTeam
    phrase: str
    admin: str
    nurses: list[str]
    ward: str

    @property
    def slack(self) -> FakeSlack:
        return self.house.slack

    async def set_up(self, name: str) -> None:
        """`/drill setup`; the modal goes on to a card with what comes next."""
        await self.slack.says("/drill", "setup", self.admin, self.ward)
        await self.slack.modal_soon(self.admin, "Set up this team")
        answers = {"name": name, "zone": "America/Denver", "options": "board", "quiet": "", "professions": "nurse,app"}
        await self.slack.submits(self.admin, answers)
        await self.slack.modal_soon(self.admin, f"{name} is ready")

    async def posts_first(self) -> None:
        """From the card that setup ended in."""
        await self.slack.clicks_in_modal(self.admin, "Post a first drill")
        await self.slack.modal_soon(self.admin, "Post a drill now")
        await self.slack.submits(self.admin, {"drill": FIRST})
        await self.slack.modal_soon(self.admin, "On its way")
        await self.slack.closes(self.admin)

    async def posts(self, drill: str) -> None:
        """By its name, in the channel."""
        await self.slack.says("/drill", f"push {drill}", self.admin, self.ward)
        await self.slack.soon(self.admin, "On its way")

    async def answers(self, user: str, drill: str = FIRST) -> None:
        """The button, the reply, the private feedback; for a newcomer their profession first."""
        card = await self.slack.soon(user, TITLES[drill], self.ward)
        assert card.text.startswith("DRILL – fictional patient")
        await self.slack.clicks(user, card.ts, "Answer")
        if "Before your first drill" in await self.slack.modal_soon(user, "Before your first drill", "What you say to"):
            await self.slack.submits(user, {"profession": "nurse"})
        await self.slack.modal_soon(user, "What you say to")
        await self.slack.submits(user, {"words": f"{ANSWERS[drill]} {self.phrase}"})
        await self.slack.modal_soon(user, "Reading your reply…")
        await self.slack.closes(user)
        feedback = await self.slack.soon(user, f"{TITLES[drill]} – practice feedback")
        assert feedback.private
        assert self.phrase in feedback.text

    async def counts(self, words: str) -> str:
        """The channel's card, once it says so; returns its id."""
        return (await self.slack.soon(self.admin, words, self.ward)).ts


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[SlackProgram]:
    async with FakeSlack() as slack, slack_program(slack, tmp_path, **many_workspaces(slack)) as house:
        yield house


async def a_hospital(house: SlackProgram, id_: str, phrase: str) -> Hospital:
    workspace = house.slack.empty_workspace(id_)
    admin = workspace.person(f"Alma {id_}", admin=True, tz="America/Denver")
    nurses = [workspace.person(f"Nurse {number} {id_}") for number in range(5)]
    ward = workspace.channel("5-west", admin, *nurses)
    await house.installs(admin)
    return Hospital(house, workspace, phrase, admin, nurses, ward)


async def a_whole_day(hospital: Hospital, name: str) -> None:
    slack, first = hospital.slack, hospital.nurses[0]
    await hospital.set_up(name)
    await hospital.posts_first()
    for user in hospital.nurses:
        await hospital.answers(user, FIRST)
    await hospital.posts(SECOND)
    posted = await hospital.counts("0 of 5 answered")
    for user in hospital.nurses:
        await hospital.answers(user, SECOND)
    assert await hospital.counts("5 of 5 answered") == posted
    await slack.opens_home(first)
    await slack.home_soon(first, "Your drills")
    await slack.clicks_at_home(first, next(label for label in slack.home_buttons(first) if "Feedback" in label))
    await slack.modal_soon(first, hospital.phrase)
    await slack.says("/drill", "board", first, hospital.ward)
    board = await slack.soon(first, "Team board")
    assert board.private
    assert name in board.text


async def test_two_hospitals_live_the_whole_story_at_once_and_never_see_each_other(house: SlackProgram) -> None:
    north = await a_hospital(house, "T0NORTH", "I will stay with her until you come.")
    south = await a_hospital(house, "T0SOUTH", "I will call you again in five minutes.")
    await asyncio.gather(a_whole_day(north, "Six Quiet"), a_whole_day(south, "Nine Harbour"))
    for one, other, name in ((north, south, "Nine Harbour"), (south, north, "Six Quiet")):
        for user in [one.admin, *one.nurses]:
            everything = "\n".join([*(sight.text for sight in house.slack.sees(user)), house.slack.home(user)])
            assert other.phrase not in everything
            assert name not in everything
        own = [call for call in house.slack.calls if call.team == one.slack_team.id]
        said = json.dumps([[call.args, call.answer] for call in own])
        assert own
        assert not any(id_ in said for id_ in [other.slack_team.id, other.ward, other.admin, *other.nurses])
        posts = house.slack.calls_of("chat.postMessage", one.slack_team)
        assert [call.args["channel"] for call in posts if call.args["channel"] == one.ward] == [one.ward] * 2


async def test_feedback_is_seen_by_its_own_reader_only(house: SlackProgram) -> None:
    north = await a_hospital(house, "T0NORTH", "I will stay with her until you come.")
    await north.set_up("Six Quiet")
    await north.posts_first()
    ada, ben = north.nurses[:2]
    await north.answers(ada)
    assert not any("practice feedback" in sight.text or north.phrase in sight.text for sight in house.slack.sees(ben))
    assert not any("practice feedback" in sight.text for sight in house.slack.sees(north.admin))


async def test_who_takes_the_app_away_is_written_to_no_more_and_the_other_goes_on(house: SlackProgram) -> None:
    north = await a_hospital(house, "T0NORTH", "I will stay with her until you come.")
    south = await a_hospital(house, "T0SOUTH", "I will call you again in five minutes.")
    await north.set_up("Six Quiet")
    await south.set_up("Nine Harbour")
    async with house.program.tools.memory.read() as work:
        (gone,) = await work.teams.of(Workspace("slack", "T0NORTH"))
    await house.slack.uninstalls(north.slack_team)
    asked = len(house.slack.calls_of("chat.postMessage", north.slack_team))
    await house.push(gone)
    await south.posts_first()
    await house.slack.soon(south.admin, "DRILL – fictional patient")
    await house.slack.settled()
    assert len(house.slack.calls_of("chat.postMessage", north.slack_team)) == asked
