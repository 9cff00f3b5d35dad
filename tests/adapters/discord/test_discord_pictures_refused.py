"""Whatever Discord has against a picture, its reader gets the words, once; where none may be sent, none is tried."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from discord_pictures import BOARD, PicturesBed, galleries, pictures_bed
from discord_scene import now
from fake_discord.discord_hands import Unheard
from fake_discord.discord_paths import CALLBACK, EDIT, EDIT_ANSWER, FOLLOW_UP, POST
from fake_discord.discord_state import ASKED_FOR, ATTACH, SEND
from fake_discord.discord_trouble import refused
from made_cards import a_card

from adapters.discord import listeners
from adapters.discord.answers import NEW_MESSAGE
from adapters.discord.no_pictures import FOR_S, MOST, NoPictures
from drills.attempt import Handle
from drills.errors import CannotReach
from drills.ports import Once, Way

REFUSALS = [
    (403, 50013),  # no Attach Files
    (413, 40005),  # too large
    (413, 0),  # the same, said by a proxy
    (400, 50035),  # a body that it does not take
    (400, 50006),  # an empty message
    (400, 20009),  # explicit content
    (400, 50045),  # a file beyond the largest
    (400, 50046),  # no picture at all
    (403, 240000),  # something that it blocks
    (400, 999999),  # a number of tomorrow
]
each_refusal = pytest.mark.parametrize(("http", "code"), REFUSALS)


@pytest.fixture
async def bed(tmp_path: Path) -> AsyncIterator[PicturesBed]:
    async with pictures_bed(tmp_path) as made:
        yield made


def in_words(bed: PicturesBed) -> bool:
    """Whether the newest card that Ada sees is the board, whole and without a picture."""
    shown = bed.newest()
    told = "5 West: about 8 in 10" in shown.text and shown.buttons == ("Look",)
    return told and shown.files == () and galleries(shown.components) == []


@each_refusal
async def test_a_first_answer_comes_in_words(bed: PicturesBed, http: int, code: int) -> None:
    bed.discord.troubles.add(CALLBACK, refused(http, code))
    assert (await bed.looks(BOARD)).type == NEW_MESSAGE
    assert in_words(bed)
    assert [bool(sent) for sent in bed.uploads(CALLBACK)] == [True, False]


@each_refusal
async def test_an_answer_after_one_moment_comes_in_words(
    bed: PicturesBed, monkeypatch: pytest.MonkeyPatch, http: int, code: int
) -> None:
    monkeypatch.setattr(listeners, "IN_TIME_S", 0.05)
    bed.hand.seconds = 0.2
    bed.discord.troubles.add(EDIT_ANSWER, refused(http, code))
    assert (await bed.looks(BOARD)).deferred
    await bed.discord.soon(bed.ada, "5 West: about 8 in 10")
    assert in_words(bed)
    assert [bool(sent) for sent in bed.uploads(EDIT_ANSWER)] == [True, False]


@each_refusal
async def test_a_card_in_the_channel_is_posted_in_words_and_once(bed: PicturesBed, http: int, code: int) -> None:
    bed.discord.troubles.add(POST, refused(http, code))
    posted = await bed.adapter.chat.post(bed.here, BOARD, Once("k1"))
    assert in_words(bed)
    assert len(bed.discord.sees(bed.ada, bed.ward)) == 1
    assert posted == await bed.adapter.chat.post(bed.here, BOARD, Once("k1", again=True))


@each_refusal
async def test_a_card_in_the_channel_is_changed_in_words(bed: PicturesBed, http: int, code: int) -> None:
    posted = await bed.adapter.chat.post(bed.here, a_card("Team board"), Once("k1"))
    bed.discord.troubles.add(EDIT, refused(http, code))
    await bed.adapter.chat.revise(posted, BOARD)
    assert in_words(bed)


@each_refusal
async def test_what_a_worker_sends_in_private_comes_in_words(bed: PicturesBed, http: int, code: int) -> None:
    await bed.looks(a_card("Plain"))
    token = bed.discord.calls_of(CALLBACK)[-1].ids["interaction_token"]
    handle = Handle(f"{bed.discord.application}:{token}", now() + timedelta(minutes=10))
    bed.discord.troubles.add(FOLLOW_UP, refused(http, code))
    assert await bed.adapter.chat.tell(bed.person, bed.here, BOARD, Once("k1"), handle) is Way.EPHEMERAL
    assert in_words(bed)
    bed.discord.troubles.add(POST, refused(http, code))
    assert await bed.adapter.chat.tell(bed.person, bed.here, BOARD, Once("k2"), keep=True) is Way.DIRECT
    assert in_words(bed)


@pytest.mark.parametrize(("http", "code"), [(404, 10062), (400, 40060), (404, 10015), (401, 50027)])
async def test_a_tap_that_nobody_can_answer_any_more_is_not_tried_again_without_its_picture(
    bed: PicturesBed, http: int, code: int
) -> None:
    bed.discord.patience_s = 0.5
    bed.discord.troubles.add(CALLBACK, refused(http, code))
    with pytest.raises(Unheard):
        await bed.looks(BOARD)
    assert len(bed.discord.calls_of(CALLBACK)) == 1


async def test_a_channel_that_takes_no_pictures_is_asked_once_and_then_told_in_words(bed: PicturesBed) -> None:
    bed.guild.allowed = ASKED_FOR & ~ATTACH
    for key in ("k1", "k2", "k3"):
        await bed.adapter.chat.post(bed.here, BOARD, Once(key))
        assert in_words(bed)
    await bed.adapter.chat.revise(await bed.adapter.chat.post(bed.here, BOARD, Once("k4")), BOARD)
    assert [bool(sent) for sent in bed.uploads(POST)] == [True, False, False, False, False]
    assert bed.uploads(EDIT) == [{}]
    assert bed.hand.asked == 1


async def test_another_channel_of_the_same_server_is_asked_for_itself(bed: PicturesBed) -> None:
    bed.guild.channels[bed.ward].denied = ATTACH
    await bed.adapter.chat.post(bed.here, BOARD, Once("k1"))
    other = type(bed.here)(bed.here.workspace, bed.guild.channel("6-east"))
    await bed.adapter.chat.post(other, BOARD, Once("k2"))
    assert bed.newest().files == ("picture-1.png",)


async def test_a_tap_that_says_that_pictures_may_not_be_sent_has_none_drawn_and_costs_no_refusal(
    bed: PicturesBed,
) -> None:
    bed.guild.allowed = ASKED_FOR & ~ATTACH
    assert (await bed.looks(BOARD)).type == NEW_MESSAGE
    assert in_words(bed)
    assert bed.uploads(CALLBACK) == [{}]
    assert bed.hand.asked == 0
    bed.guild.allowed = ASKED_FOR  # and the next tap says that they may
    await bed.looks(BOARD, "later")
    assert bed.newest().files == ("picture-1.png",)


async def test_an_answer_that_was_refused_its_picture_is_remembered_by_its_channel(bed: PicturesBed) -> None:
    bed.discord.troubles.add(CALLBACK, refused(403, 50013))
    await bed.looks(BOARD)
    await bed.looks(BOARD, "later")
    assert in_words(bed)
    assert [bool(sent) for sent in bed.uploads(CALLBACK)] == [True, False, False]
    assert bed.hand.asked == 1


async def test_where_nothing_at_all_may_be_posted_pictures_are_not_what_is_missing(bed: PicturesBed) -> None:
    bed.guild.allowed = ASKED_FOR & ~SEND
    with pytest.raises(CannotReach):
        await bed.adapter.chat.post(bed.here, BOARD, Once("k1"))
    bed.guild.allowed = ASKED_FOR
    await bed.adapter.chat.post(bed.here, BOARD, Once("k2"))
    assert bed.newest().files == ("picture-1.png",)


def test_a_place_is_forgotten_after_a_while_and_of_many_the_oldest() -> None:
    seconds = [0.0]
    known = NoPictures(lambda: seconds[0])
    known.note("ward")
    assert known.lately("ward")
    assert not known.lately("icu")
    seconds[0] = FOR_S - 1
    assert known.lately("ward")
    seconds[0] = FOR_S
    assert not known.lately("ward")
    for number in range(MOST + 1):
        known.note(str(number))
    assert not known.lately("0")
    assert known.lately("1")
    assert known.lately(str(MOST))
