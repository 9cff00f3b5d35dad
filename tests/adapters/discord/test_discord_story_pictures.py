"""`/drill mine` and `/drill board` in Discord, by the whole program: pictures for whoever asked, and words."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from builders import a_drill_file
from discord_program import DiscordProgram, discord_program
from fake_discord.discord_rules import GALLERY, walk
from fake_discord.discord_server import FakeDiscord
from fake_discord.discord_state import Json
from PIL import Image

from bot.clock import utc_now
from drills.journeys.push import plan
from drills.people import Team
from drills.push import WINDOW
from drills.views.practice import BY_KIND

DRILLS = ("sbar-001-night-call", "sbar-002-lobby-recheck", "conf-001-held-dose")
PEOPLE = ("Ada", "Ben", "Cleo", "Dan", "Eve")


async def answered(house: DiscordProgram, team: Team, drill: str, *people: str) -> None:
    """The drill is posted, and these people answer it; it has been out for its time."""
    file, tools = a_drill_file(drill), house.program.tools
    long_ago = utc_now() - WINDOW - timedelta(hours=8)
    planned = await plan(tools, team, file.drill(), file.source, campaign="test", slot=drill, opens_at=long_ago)
    assert planned
    push = await house.stands(planned)
    assert push.message
    for user in people:
        await house.discord.clicks(user, push.message.id, "Answer")
        await house.discord.submits(user, {"words": a_drill_file(drill).drill().model_answer.strip()})
        await house.discord.soon(user, "practice feedback")


def alts(components: list[Json]) -> Iterator[str]:
    for one in walk(components):
        if one.get("type") == GALLERY:
            yield from (item["description"] for item in one["items"])


def pictures(discord: FakeDiscord) -> list[bytes]:
    return [data for call in discord.calls for data in call.uploads.values()]


async def test_a_person_sees_their_own_practice_and_everybody_the_board(tmp_path: Path) -> None:
    async with FakeDiscord() as discord:
        north = discord.guild("North")
        ada, *others = [north.person(name) for name in PEOPLE]
        ward = north.channel("5-west")
        async with discord_program(discord, tmp_path) as house:
            team = await house.team(north, ward, ada, *others, on_board=True)
            await answered(house, team, DRILLS[0], ada, *others)
            for drill in DRILLS[1:]:
                await answered(house, team, drill, ada)

            await discord.says("drill", "mine", ada, ward)
            mine = await discord.soon(ada, "My drills")
            assert mine.private
            assert list(alts(mine.components)) == [
                "Your latest 3 drills by kind: SBAR handoff 2 drills, De-escalation 1 drill."
            ], "and nothing of what the checklist found"
            assert a_drill_file(DRILLS[0]).drill().title in mine.text

            await discord.says("drill", "board", others[0], ward)
            board = await discord.soon(others[0], "Team board")
            assert board.private
            (alt,) = alts(board.components)
            assert alt.startswith("Participation: one bar, about")
            assert "5-west (your team)" in board.text

            await discord.says("drill", "mine", others[0], ward)
            few = await discord.soon(others[0], "My drills")
            assert list(alts(few.components)) == [], f"one drill is no picture: {BY_KIND}"
        drawn = pictures(discord)
        assert len(drawn) == 2
        assert all(Image.open(io.BytesIO(data)).format == "PNG" for data in drawn)
