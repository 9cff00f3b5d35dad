"""Pictures on Discord: beside the words, with a sentence for a screen reader, and never at the price of the card."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import discord_oracle
import pytest
from discord_pictures import BOARD, MINE, PicturesBed, galleries, pictures_bed
from discord_scene import now
from fake_discord.discord_paths import CALLBACK, EDIT, EDIT_ANSWER, FOLLOW_UP, POST
from fake_discord.discord_rules import GALLERY, check_message
from fake_discord.discord_trouble import slow, status
from hypothesis import given
from hypothesis import strategies as st
from made_cards import A_BAR_CHART, A_DOT_CHART, a_card
from PIL import Image

from adapters.discord import listeners
from adapters.discord.answers import NEW_MESSAGE, ONE_MOMENT
from adapters.discord.blocks import PICTURES
from adapters.discord.render import message, private
from drills.attempt import Handle
from drills.chat.cards import Bullets
from drills.chat.charts import Chart
from drills.ports import Once, Way

DRAWN = {A_BAR_CHART: b"bars", A_DOT_CHART: b"dots"}


@pytest.fixture
async def bed(tmp_path: Path) -> AsyncIterator[PicturesBed]:
    async with pictures_bed(tmp_path) as made:
        yield made


def uploaded(bed: PicturesBed, name: str) -> dict[str, bytes]:
    """What went along with the last call of that name."""
    return bed.uploads(name)[-1]


def is_picture(data: bytes) -> bool:
    return Image.open(io.BytesIO(data)).format == "PNG"


async def test_a_tap_is_answered_at_once_with_the_card_and_its_picture(bed: PicturesBed) -> None:
    first = await bed.looks(BOARD)
    assert first.type == NEW_MESSAGE
    shown = bed.newest()
    assert shown.private
    assert "5 West: about 8 in 10" in shown.text
    assert galleries(shown.components) == [("attachment://picture-1.png", A_BAR_CHART.alt)]
    (picture,) = uploaded(bed, CALLBACK).values()
    assert is_picture(picture)


async def test_pictures_stand_under_the_title_and_their_sentences_with_the_files(bed: PicturesBed) -> None:
    await bed.looks(MINE)
    outer = bed.newest().components[0]["components"]
    assert [one["type"] for one in outer[:3]] == [10, GALLERY, GALLERY]
    call = bed.discord.calls_of(CALLBACK)[-1]
    assert call.body["data"]["attachments"] == [
        {"id": "0", "filename": "picture-1.png", "description": A_BAR_CHART.alt},
        {"id": "1", "filename": "picture-2.png", "description": A_DOT_CHART.alt},
    ]
    assert list(call.uploads) == ["picture-1.png", "picture-2.png"]


async def test_where_drawing_is_slow_one_moment_is_said_in_time_and_the_picture_fills_it(
    bed: PicturesBed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listeners, "IN_TIME_S", 0.2)
    bed.hand.seconds = 0.6
    first = await bed.looks(BOARD)
    assert first.type == ONE_MOMENT
    await bed.discord.settled()
    await asyncio.sleep(1.0)
    assert galleries(bed.newest().components) == [("attachment://picture-1.png", A_BAR_CHART.alt)]
    assert all(map(is_picture, uploaded(bed, EDIT_ANSWER).values()))


async def test_a_card_whose_picture_cannot_be_drawn_goes_in_words(bed: PicturesBed) -> None:
    bed.hand.fails = True
    first = await bed.looks(BOARD)
    assert first.type == NEW_MESSAGE
    shown = bed.newest()
    assert galleries(shown.components) == []
    assert A_BAR_CHART.alt in shown.text
    assert "5 West: about 8 in 10" in shown.text
    assert shown.buttons == ("Look",)


async def test_a_post_with_a_picture_is_posted_once_whatever_happens_on_the_way(bed: PicturesBed) -> None:
    bed.discord.troubles.add(POST, status(502))
    first = await bed.adapter.chat.post(bed.here, BOARD, Once("k1"))
    again = await bed.adapter.chat.post(bed.here, BOARD, Once("k1", again=True))
    assert first == again
    assert bed.newest().files == ("picture-1.png",)
    assert all(map(is_picture, uploaded(bed, POST).values())), "a second try sends the whole picture again"


async def test_a_private_card_brings_its_picture_in_passing_and_in_a_direct_message(bed: PicturesBed) -> None:
    await bed.looks(a_card("Plain"))
    came = bed.discord.calls[-1].ids
    passing = Handle(f"{bed.discord.application}:{came['interaction_token']}", now() + timedelta(minutes=10))
    assert await bed.adapter.chat.tell(bed.person, bed.here, MINE, Once("k1"), passing) is Way.EPHEMERAL
    assert len(uploaded(bed, FOLLOW_UP)) == 2
    assert await bed.adapter.chat.tell(bed.person, bed.here, MINE, Once("k2"), keep=True) is Way.DIRECT
    assert len(uploaded(bed, POST)) == 2


async def test_a_card_in_the_channel_is_changed_together_with_its_picture(bed: PicturesBed) -> None:
    posted = await bed.adapter.chat.post(bed.here, BOARD, Once("k1"))
    await bed.adapter.chat.revise(posted, BOARD)
    assert list(uploaded(bed, EDIT)) == ["picture-1.png"]
    assert galleries(bed.newest().components) == [("attachment://picture-1.png", A_BAR_CHART.alt)]


async def test_a_slow_upload_does_not_lose_the_answer(bed: PicturesBed) -> None:
    bed.discord.troubles.add(CALLBACK, slow(1.0))
    assert (await bed.looks(BOARD)).type == NEW_MESSAGE
    assert "5 West" in bed.newest().text


def test_the_body_says_exactly_this() -> None:
    body = message(a_card("Team board", A_BAR_CHART), drawn=DRAWN)
    (picture,) = body.pop(PICTURES)
    assert (picture.name, picture.alt, picture.png) == ("picture-1.png", A_BAR_CHART.alt, b"bars")
    assert body == {
        "flags": 1 << 15,
        "allowed_mentions": {"parse": []},
        "components": [
            {
                "type": 17,
                "components": [
                    {"type": 10, "content": "**DRILL – fictional patient**\n### Team board"},
                    {
                        "type": 12,
                        "items": [{"media": {"url": "attachment://picture-1.png"}, "description": A_BAR_CHART.alt}],
                    },
                    {"type": 10, "content": "-# Everyone here sees this."},
                ],
            }
        ],
    }


HOSTILE_CHART = st.builds(
    lambda alt, at: Chart(f"c{at}", A_BAR_CHART.look, A_BAR_CHART.rows, alt),
    st.text(max_size=3_000),
    st.integers(0, 9),
)


@given(st.lists(HOSTILE_CHART, max_size=8), st.lists(st.text(max_size=3_000), max_size=20))
def test_no_card_with_pictures_passes_a_limit_with_them_or_without(charts: list[Chart], words: list[str]) -> None:
    card = a_card("Many", *charts, Bullets(tuple(words)))
    drawn = dict.fromkeys(charts[:4], b"png")
    for body in (message(card, drawn=drawn), *private(card, drawn=drawn)):
        pictures = body.pop(PICTURES, ())
        check_message(body, files=tuple(picture.name for picture in pictures))
        assert len(galleries(body["components"])) == len(pictures)
        assert all(alt.strip() for _, alt in galleries(body["components"]))
        assert list(discord_oracle.faults_of(POST, body)) == []
