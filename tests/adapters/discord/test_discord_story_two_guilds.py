"""Two hospitals' servers live a whole story at once: setup, drill, answers, feedback, own page, board.

The whole program with a real SQLite file, everything through Discord's own doors.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from builders import a_drill_file
from discord_program import DiscordProgram, discord_program
from fake_discord.discord_paths import POST
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_state import Guild

from drills.people import Workspace

FIRST, SECOND = "sbar-001-night-call", "conf-001-held-dose"
ANSWERS = {id_: a_drill_file(id_).drill().model_answer.strip() for id_ in (FIRST, SECOND)}
TITLES = {id_: a_drill_file(id_).drill().title for id_ in (FIRST, SECOND)}


@dataclass
class Hospital:
    """One server as its people live it; `phrase` is in each of their replies and nobody else's."""

    house: DiscordProgram
    guild: Guild
    phrase: str
    admin: str
    nurses: list[str]
    ward: str

    @property
    def discord(self) -> FakeDiscord:
        return self.house.discord

    async def set_up(self, name: str) -> None:
        """`/drill-admin setup`; the modal's answer is a card with what comes next."""
        await self.discord.says("drill-admin", "setup", self.admin, self.ward)
        if self.discord.modal(self.admin) is None:
            card = self.discord.sees(self.admin)[-1]
            await self.discord.clicks(self.admin, card.id, card.buttons[0])
        answers = {"name": name, "zone": "America/Denver", "options": "board", "quiet": "", "professions": "nurse,app"}
        assert await self.discord.submits(self.admin, answers)
        await self.discord.soon(self.admin, f"{name} is ready")

    async def posts_first(self) -> None:
        """From the card that setup ended in."""
        ready = await self.discord.soon(self.admin, "is ready")
        await self.discord.clicks(self.admin, ready.id, "Post a first drill")
        assert await self.discord.submits(self.admin, {"drill": FIRST})
        await self.discord.soon(self.admin, "On its way")

    async def posts(self, drill: str) -> None:
        """By its name, in the channel."""
        await self.discord.says("drill-admin", f"push {drill}", self.admin, self.ward)
        await self.discord.soon(self.admin, "On its way")

    async def answers(self, user: str, drill: str = FIRST) -> None:
        """The button, the reply, the private feedback; for a newcomer their profession first."""
        card = await self.discord.soon(user, TITLES[drill], self.ward)
        assert card.text.startswith("DRILL – fictional patient")
        await self.discord.clicks(user, card.id, "Answer")
        if "Before your first drill" in await self.discord.modal_soon(user, "Before your first", "What you say to"):
            await self.discord.submits(user, {"profession": "nurse"})
            await self._goes_on(user)
        await self.discord.modal_soon(user, "What you say to")
        await self.discord.submits(user, {"words": f"{ANSWERS[drill]} {self.phrase}"})
        await self.discord.soon(user, "Reading your reply…")
        feedback = await self.discord.soon(user, f"{TITLES[drill]} – practice feedback")
        assert feedback.private
        await self.discord.soon(user, self.phrase)  # it may go on over several messages

    async def _goes_on(self, user: str) -> None:
        """A modal can't follow a modal: one more tap."""
        card = [sight for sight in self.discord.sees(user, self.ward) if sight.private][-1]
        await self.discord.clicks(user, card.id, card.buttons[0])

    async def counts(self, words: str) -> str:
        """The channel's card, once it says so; returns its id."""
        return (await self.discord.soon(self.admin, words, self.ward)).id


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[DiscordProgram]:
    async with FakeDiscord() as discord, discord_program(discord, tmp_path) as house:
        yield house


def a_hospital(house: DiscordProgram, name: str, phrase: str) -> Hospital:
    """It adds the app while the program runs."""
    guild = house.discord.empty_guild(name)
    admin = guild.person(f"Alma {name}", admin=True)
    nurses = [guild.person(f"Nurse {number} {name}") for number in range(5)]
    ward = guild.channel("5-west")
    house.discord.adds(guild)
    return Hospital(house, guild, phrase, admin, nurses, ward)


async def a_whole_day(hospital: Hospital, name: str) -> None:
    discord, first = hospital.discord, hospital.nurses[0]
    await hospital.set_up(name)
    await hospital.posts_first()
    await asyncio.gather(*(hospital.answers(user, FIRST) for user in hospital.nurses))
    await hospital.posts(SECOND)
    posted = await hospital.counts("0 of 5 answered")
    await asyncio.gather(*(hospital.answers(user, SECOND) for user in hospital.nurses))
    assert await hospital.counts("5 of 5 answered") == posted
    await discord.says("drill", "mine", first, hospital.ward)
    mine = await discord.soon(first, "My drills")
    assert mine.private
    await discord.clicks(first, mine.id, next(label for label in mine.buttons if "Feedback" in label))
    await discord.soon(first, hospital.phrase)
    await discord.says("drill", "board", first, hospital.ward)
    board = await discord.soon(first, "Team board")
    assert board.private
    assert name in board.text


async def test_two_hospitals_live_the_whole_story_at_once_and_never_see_each_other(house: DiscordProgram) -> None:
    north = a_hospital(house, "North", "I will stay with her until you come.")
    south = a_hospital(house, "South", "I will call you again in five minutes.")
    await asyncio.gather(a_whole_day(north, "Six Quiet"), a_whole_day(south, "Nine Harbour"))
    for one, other, name in ((north, south, "Nine Harbour"), (south, north, "Six Quiet")):
        for user in [one.admin, *one.nurses]:
            everything = "\n".join(sight.text for sight in house.discord.sees(user))
            assert other.phrase not in everything
            assert name not in everything
        into = [call for call in house.discord.calls if call.ids.get("channel_id") == one.ward]
        said = json.dumps([[call.body, call.answer] for call in into])
        assert into
        assert not any(id_ in said for id_ in [other.guild.id, other.ward, other.admin, *other.nurses])
        posts = [call for call in house.discord.calls_of(POST) if call.ids["channel_id"] == one.ward]
        assert len(posts) == 2


async def test_feedback_is_seen_by_its_own_reader_only(house: DiscordProgram) -> None:
    north = a_hospital(house, "North", "I will stay with her until you come.")
    await north.set_up("Six Quiet")
    await north.posts_first()
    ada, ben = north.nurses[:2]
    await north.answers(ada)
    for other in (ben, north.admin):
        seen = [sight.text for sight in house.discord.sees(other)]
        assert not any("practice feedback" in text or north.phrase in text for text in seen)


async def test_a_person_in_two_servers_is_two_members_and_each_card_leads_to_its_own(house: DiscordProgram) -> None:
    """Discord's people are the same in every server; ours belong to one each."""
    north = a_hospital(house, "North", "I will stay with her until you come.")
    south = a_hospital(house, "South", "I will call you again in five minutes.")
    traveller = north.nurses[0]
    south.guild.joins(traveller)
    for hospital in (north, south):
        await house.push(await house.team(hospital.guild, hospital.ward, traveller))
    await north.answers(traveller)
    await north.counts("1 of 1 answered")
    await south.counts("0 of 1 answered")
    await south.answers(traveller)
    await south.counts("1 of 1 answered")


async def test_who_takes_the_app_away_is_written_to_no_more_and_the_other_goes_on(house: DiscordProgram) -> None:
    north = a_hospital(house, "North", "I will stay with her until you come.")
    south = a_hospital(house, "South", "I will call you again in five minutes.")
    await north.set_up("Six Quiet")
    await south.set_up("Nine Harbour")
    async with house.program.tools.memory.read() as work:
        (gone,) = await work.teams.of(Workspace("discord", north.guild.id))
    house.discord.removes(north.guild)
    posts = len(house.discord.calls_of(POST))
    await house.push(gone)
    await south.posts_first()
    await house.discord.soon(south.admin, "DRILL – fictional patient")
    await house.discord.settled()
    own = [call for call in house.discord.calls_of(POST)[posts:] if call.ids["channel_id"] == north.ward]
    assert all(call.status == 403 for call in own)
    assert len(own) <= 1
