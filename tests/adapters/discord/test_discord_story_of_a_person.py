"""What one person lives through in Discord besides the plain reply: two taps, held-back words, typing, restarts.

The whole program with a real SQLite file.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from builders import a_drill_file
from discord_program import DiscordProgram, discord_program
from fake_discord.discord_paths import FOLLOW_UP
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_state import Guild
from fake_discord.discord_trouble import refused

from drills.people import Team

SECOND_LOOK, PLAIN = "ai-002-quiet-room", "sbar-001-night-call"
LOOK, SBAR = a_drill_file(SECOND_LOOK).drill(), a_drill_file(PLAIN).drill()
ANSWER = SBAR.model_answer.strip()
FEEDBACK = "practice feedback"
WORDS = (
    *("help", "now", "list", "skip", "mine", "board", "snooze 3", "leave", "join", "forget-me"),
    *("admin setup", "admin roles", "admin push", "admin review", "admin doctor", "admin hold"),
)


@dataclass
class Ward:
    house: DiscordProgram
    north: Guild
    alma: str
    ada: str
    ben: str
    channel: str
    team: Team

    @property
    def discord(self) -> FakeDiscord:
        return self.house.discord

    async def posted(self, drill: str = PLAIN) -> str:
        """Returns the card's id."""
        push = await self.house.stands(await self.house.push(self.team, drill, slot=drill))
        assert push.message
        return push.message.id

    async def opens(self, user: str, card: str) -> None:
        await self.discord.clicks(user, card, "Answer")
        await self.discord.modal_soon(user, "What you say to")

    async def takes_threads(self) -> None:
        self.team = replace(self.team, threads=True)
        async with self.house.program.tools.memory.begin() as work:
            await work.teams.save(self.team)

    def feedback(self, user: str) -> list[str]:
        """First pages only."""
        found = (sight.text for sight in self.discord.sees(user) if sight.private and FEEDBACK in sight.text)
        return [text for text in found if "(goes on)" not in text]


def _all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def a_ward(discord: FakeDiscord, house: DiscordProgram) -> Ward:
    north = next(iter(discord.guilds.values()))
    alma, ada, ben = (one for one in north.members if discord.people[one].name in {"Alma", "Ada", "Ben"})
    channel = next(one.id for one in north.own() if one.name == "5-west")
    return Ward(house, north, alma, ada, ben, channel, await house.team(north, channel, ada, ben))


def a_server(discord: FakeDiscord) -> None:
    north = discord.guild("North")
    north.person("Alma", admin=True)
    north.person("Ada")
    north.person("Ben")
    north.channel("5-west")


@pytest.fixture
async def ward(tmp_path: Path) -> AsyncIterator[Ward]:
    async with FakeDiscord() as discord:
        a_server(discord)
        async with discord_program(discord, tmp_path) as house:
            yield await a_ward(discord, house)


async def test_a_second_look_is_two_taps_and_a_reply(ward: Ward) -> None:
    discord, reliance = ward.discord, LOOK.reliance
    assert reliance
    card = await ward.posted(SECOND_LOOK)
    system, first, last = reliance.ai_card.system, reliance.options[0].label, reliance.options[-1].label
    assert system not in discord.sees(ward.ada, ward.channel)[-1].text
    await discord.clicks(ward.ada, card, "Answer")
    before = await discord.soon(ward.ada, "First tap")
    assert before.private
    assert system not in before.text
    await discord.clicks(ward.ada, before.id, first)
    second = await discord.soon(ward.ada, "Second tap")
    assert second.id == before.id  # the page turns
    assert system in second.text
    await discord.redelivers()
    await discord.settled()
    assert [sight.id for sight in discord.sees(ward.ada) if sight.private] == [before.id]
    await discord.clicks(ward.ada, second.id, last)
    if discord.modal(ward.ada) is None:
        await discord.clicks(ward.ada, second.id, discord.sees(ward.ada)[-1].buttons[0])
    assert last in await discord.modal_soon(ward.ada, "Your turn", "What you")
    await discord.submits(ward.ada, {"words": LOOK.model_answer.strip()})
    assert (await discord.soon(ward.ada, f"{LOOK.title} – {FEEDBACK}")).private
    assert not any(system in sight.text for sight in discord.sees(ward.ben))


async def test_a_real_number_is_held_back_with_every_word_kept_and_never_stored(ward: Ward, tmp_path: Path) -> None:
    words = f"{ANSWER} His MRN is 4471220."
    card = await ward.posted()
    await ward.opens(ward.ada, card)
    await ward.discord.submits(ward.ada, {"words": words})
    told = await ward.discord.soon(ward.ada, "not taken in")
    assert told.private
    assert words in told.text
    await ward.discord.clicks(ward.ada, told.id, "Try again")
    modal = ward.discord.modal(ward.ada)
    assert modal
    assert modal.fields["words"] == words
    await ward.discord.submits(ward.ada, {"words": ANSWER})
    await ward.discord.soon(ward.ada, FEEDBACK)
    assert len(ward.feedback(ward.ada)) == 1
    assert b"4471220" not in await asyncio.to_thread(_all_bytes, tmp_path)


async def test_words_that_were_held_back_are_still_there_after_a_restart(tmp_path: Path) -> None:
    words = f"{ANSWER} His MRN is 4471220."
    async with FakeDiscord() as discord:
        a_server(discord)
        async with discord_program(discord, tmp_path) as house:
            ward = await a_ward(discord, house)
            await ward.opens(ward.ada, await ward.posted())
            await discord.submits(ward.ada, {"words": words})
            told = await discord.soon(ward.ada, "not taken in")
        async with discord_program(discord, tmp_path, fresh=False):
            await discord.clicks(ward.ada, told.id, "Try again")
            modal = discord.modal(ward.ada)
            assert modal
            assert modal.fields["words"] == words


async def test_a_restart_in_the_middle_of_an_open_modal_loses_nothing(tmp_path: Path) -> None:
    async with FakeDiscord() as discord:
        a_server(discord)
        async with discord_program(discord, tmp_path) as house:
            ward = await a_ward(discord, house)
            await ward.opens(ward.ada, await ward.posted())
        async with discord_program(discord, tmp_path, fresh=False):
            await discord.submits(ward.ada, {"words": ANSWER})
            await discord.soon(ward.ada, FEEDBACK)
            await discord.soon(ward.ada, "1 of 2 answered", ward.channel)
        assert len(ward.feedback(ward.ada)) == 1


async def test_two_people_with_the_same_modal_at_once_both_answer(ward: Ward) -> None:
    card = await ward.posted()
    await asyncio.gather(*(ward.opens(user, card) for user in (ward.ada, ward.ben)))
    await asyncio.gather(*(ward.discord.submits(user, {"words": ANSWER}) for user in (ward.ada, ward.ben)))
    for user in (ward.ada, ward.ben):
        await ward.discord.soon(user, FEEDBACK)
    await ward.discord.soon(ward.alma, "2 of 2 answered", ward.channel)
    assert len(ward.feedback(ward.ada)) == len(ward.feedback(ward.ben)) == 1


async def test_one_person_with_two_windows_has_one_reply(ward: Ward) -> None:
    card = await ward.posted()
    await ward.opens(ward.ada, card)
    first = ward.discord.modals[ward.ada]
    await ward.opens(ward.ada, card)
    await ward.discord.submits(ward.ada, {"words": ANSWER})
    ward.discord.modals[ward.ada] = first
    await ward.discord.submits(ward.ada, {"words": ANSWER})
    await ward.discord.soon(ward.ada, FEEDBACK)
    await ward.discord.settled(0.3)
    assert len(ward.feedback(ward.ada)) == 1


async def test_words_typed_in_the_thread_count_where_the_team_takes_them_so(tmp_path: Path) -> None:
    async with FakeDiscord(intents=1 << 15) as discord:
        a_server(discord)
        async with discord_program(discord, tmp_path) as house:
            ward = await a_ward(discord, house)
            await ward.takes_threads()
            card = await ward.posted()
            thread = await discord.opens_thread(ward.ben, ward.channel, card)
            await discord.types(ward.ada, thread, ANSWER)
            assert (await discord.soon(ward.ada, FEEDBACK)).private
            await discord.soon(ward.alma, "1 of 2 answered", ward.channel)
        assert not any(FEEDBACK in sight.text for sight in discord.sees(ward.ben))


async def test_without_message_content_an_answer_to_the_card_that_pings_it_counts_and_talk_stays_talk(
    ward: Ward,
) -> None:
    await ward.takes_threads()
    card = await ward.posted()
    await ward.discord.types(ward.ben, ward.channel, ANSWER)
    await ward.discord.types(ward.ada, ward.channel, ANSWER, answers=card)
    assert (await ward.discord.soon(ward.ada, FEEDBACK)).private
    await ward.discord.soon(ward.alma, "1 of 2 answered", ward.channel)
    assert not any(sight.private for sight in ward.discord.sees(ward.ben))


async def test_the_message_menu_opens_the_drill_at_the_message(ward: Ward) -> None:
    card = await ward.posted()
    await ward.discord.uses_message_command(ward.ada, "Answer this drill", ward.channel, card)
    await ward.discord.modal_soon(ward.ada, "What you say to")
    ward.discord.closes(ward.ada)
    talk = await ward.discord.types(ward.alma, ward.channel, "Lunch at noon?")
    await ward.discord.uses_message_command(ward.ada, "Answer this drill", ward.channel, talk.id)
    assert (await ward.discord.soon(ward.ada, "That message is no drill")).private


async def test_feedback_that_a_campaign_keeps_comes_directly_and_survives_a_reload(ward: Ward) -> None:
    await ward.house.becomes(await ward.house.push(ward.team, PLAIN), keep=True)
    card = await ward.discord.soon(ward.ada, SBAR.title, ward.channel)
    await ward.opens(ward.ada, card.id)
    await ward.discord.submits(ward.ada, {"words": ANSWER})
    found = await ward.discord.soon(ward.ada, FEEDBACK)
    assert found.channel == ward.discord.direct(ward.ada).id
    ward.discord.reloads(ward.ada)
    assert len(ward.feedback(ward.ada)) == 1


async def test_with_closed_direct_messages_and_a_spent_tap_feedback_waits_behind_a_button(ward: Ward) -> None:
    discord = ward.discord
    discord.people[ward.ada].closed = True
    card = await ward.posted()
    await ward.opens(ward.ada, card)
    discord.trouble(FOLLOW_UP, refused(401, 50027))  # the tap's quarter of an hour is over
    await discord.submits(ward.ada, {"words": ANSWER})
    told = await discord.soon(ward.ben, "Private feedback is ready", ward.channel)
    assert "Ada" not in told.text
    assert ward.feedback(ward.ada) == []
    await discord.clicks(ward.ada, told.id, "See my feedback")
    mine = await discord.soon(ward.ada, "My drills")
    assert mine.private
    await discord.clicks(ward.ada, mine.id, next(label for label in mine.buttons if label.startswith("Feedback")))
    await discord.soon(ward.ada, FEEDBACK)
    await discord.clicks(ward.ben, told.id, "See my feedback")
    assert not any(FEEDBACK in sight.text for sight in discord.sees(ward.ben))


async def test_every_word_behind_the_commands_is_answered_in_private(ward: Ward) -> None:
    for words in WORDS:
        admin = words.startswith("admin ")
        command, said = ("drill-admin", words.removeprefix("admin ")) if admin else ("drill", words)
        await ward.discord.says(command, said, ward.alma, ward.channel)
        await ward.discord.settled()
        told = [sight for sight in ward.discord.sees(ward.alma) if sight.private]
        assert bool(told) != bool(ward.discord.modal(ward.alma)), words
        assert all(sight.live == () and not sight.thinking for sight in told), words
        ward.discord.reloads(ward.alma)
    assert ward.discord.sees(ward.ada) == []


async def test_only_those_who_manage_the_server_are_offered_the_admins_command(ward: Ward) -> None:
    assert "drill-admin" in ward.discord.offers(ward.alma, ward.channel)
    assert ward.discord.offers(ward.ada, ward.channel) == ["drill", "Answer this drill"]


async def test_a_direct_message_to_the_app_is_answered_there(ward: Ward) -> None:
    await ward.discord.writes_directly(ward.ada, "hello?")
    told = await ward.discord.soon(ward.ada, "two-minute communication drills")
    assert told.channel == ward.discord.direct(ward.ada).id


async def test_setup_keeps_what_was_typed_when_it_is_wrong(ward: Ward) -> None:
    discord, other = ward.discord, ward.north.channel("icu")
    await discord.says("drill-admin", "setup", ward.alma, other)
    if discord.modal(ward.alma) is None:
        card = discord.sees(ward.alma)[-1]
        await discord.clicks(ward.alma, card.id, card.buttons[0])
    await discord.submits(ward.alma, {"name": "ICU", "zone": "America/Chicagoo", "quiet": "late"})
    told = await discord.soon(ward.alma, "not taken in")
    assert told.private
    for words in ("Time zone: There is no such time zone.", "Quiet hours: Write two times", "respiratory therapist"):
        assert words in told.text
    await discord.clicks(ward.alma, told.id, "Try again")
    modal = discord.modal(ward.alma)
    assert modal
    assert (modal.fields["name"], modal.fields["quiet"]) == ("ICU", "late")
    assert "nurse,physician,app" in modal.fields["professions"]
    await discord.submits(ward.alma, {"zone": "America/Chicago", "quiet": "22:00-06:00"})
    ready = await discord.soon(ward.alma, "ICU is ready")
    await discord.clicks(ward.alma, ready.id, "Name leads and educators")
    await discord.modal_soon(ward.alma, "Educators")
