"""What counts a person is shown to them first; what waits, or comes in their leave, says so and is never refused."""

from __future__ import annotations

import pytest
from builders import WORKSPACE
from campaign_ward import at, eligible, for_nurses, live_until, pushes, started
from rota_ward import leave, roster
from ward import Ward

from drills.chat.cards import Card, Form
from drills.chat.plain import plain
from drills.people import Place
from drills.push import Push
from drills.rota import Rota

HOME = Place(WORKSPACE, "home", direct=True)
WORDS = "Dr. Lark, please come now, he is much worse than an hour ago."
ON_LEAVE = "You are on leave by the rota"
NO_HURRY = "No hurry"


@pytest.fixture
async def two(ward: Ward) -> tuple[Push, Push]:
    """Tuesday's drill, open until Friday, and Thursday's, which counts nobody yet who did nothing about the first."""
    await started(ward, for_nurses())
    await live_until(ward, "2026-03-03 14:00")
    await live_until(ward, "2026-03-05 14:00")
    first, second = await pushes(ward)
    assert "kai" not in await eligible(ward, second)
    return first, second


async def shown(ward: Ward, by: str = "kai") -> tuple[Card, Card]:
    listed, home = await ward.ask("list", by=by), await ward.press("home", by=by, place=HOME)
    assert isinstance(listed, Card)
    assert isinstance(home, Card)
    return listed, home


def offered(card: Card) -> list[str]:
    return [button.intent.args[0] for button in card.buttons if button.intent.verb == "answer"]


async def test_the_drill_that_counts_comes_first_and_the_waiting_one_says_so(
    ward: Ward, two: tuple[Push, Push]
) -> None:
    first, second = two
    listed, home = await shown(ward)
    assert offered(listed) == [first.id, second.id]
    assert plain(listed).count(NO_HURRY) == 1
    assert plain(listed).index("until Friday") < plain(listed).index(NO_HURRY)
    assert offered(home) == [first.id]
    await ward.submit(await ward.ask("now"), words=WORDS)
    listed, home = await shown(ward)
    assert (offered(listed), offered(home)) == ([second.id], [second.id])
    assert NO_HURRY not in plain(listed)


async def test_skip_takes_the_one_that_counts_and_now_goes_on_to_the_next(ward: Ward, two: tuple[Push, Push]) -> None:
    first, second = two
    await ward.ask("skip")
    listed, home = await shown(ward)
    assert (offered(listed), offered(home)) == ([second.id, first.id], [second.id])
    await ward.submit(await ward.ask("now"), words=WORDS)
    async with ward.memory.read() as work:
        assert (await work.attempts.latest(second, ward.members[0].person)) is not None


async def test_who_wants_to_answer_the_waiting_one_first_may(ward: Ward, two: tuple[Push, Push]) -> None:
    first, second = two
    form = await ward.press("answer", second.id)
    assert isinstance(form, Form)
    await ward.submit(form, words=WORDS)
    assert [offered(card) for card in await shown(ward)] == [[first.id], [first.id]]


async def test_who_is_not_meant_by_a_drill_reads_nothing_of_waiting(ward: Ward, two: tuple[Push, Push]) -> None:
    listed, _ = await shown(ward, by="lena")  # a unit clerk
    assert len(offered(listed)) == 2
    assert NO_HURRY not in plain(listed)


async def test_on_leave_nothing_is_open_for_anybody_and_a_wish_is_not_refused(ward: Ward) -> None:
    await started(ward, for_nurses())
    await roster(ward, kai=Rota((), (leave("01 00:00", "20 00:00"),)))
    await live_until(ward, "2026-03-03 14:00")
    (push,) = await pushes(ward)
    listed, home = await shown(ward)
    assert ON_LEAVE in plain(listed)
    assert ON_LEAVE in plain(home)
    assert "Open for you" not in plain(home)
    assert (offered(listed), offered(home)) == ([push.id], [])
    assert isinstance(await ward.ask("now"), Form)


async def test_leave_that_begins_once_a_drill_is_out_leaves_it_open_for_its_person(ward: Ward) -> None:
    await started(ward, for_nurses())
    await live_until(ward, "2026-03-03 14:00")
    await roster(ward, kai=Rota((), (leave("04 00:00", "20 00:00"),)))
    ward.clock.now = at("2026-03-05 14:00")
    listed, home = await shown(ward)
    assert ON_LEAVE not in plain(listed)
    assert "Open for you" in plain(home)
