"""Leave that is known only once a drill is out: the count of an open drill follows, a closed one stays as it was."""

from __future__ import annotations

import pytest
from builders import a_member
from campaign_ward import at, eligible, for_nurses, live_until, make_lead, pushes, started
from rota_ward import leave, roster, shift, told
from ward import Ward

from bot.clock import tick
from drills.chat.plain import plain
from drills.push import Push
from drills.rota import Rota

NURSES = {"kai", "amara", "tomasz", "ines", "grace", "owen"}
WHOLE = Rota((), (leave("02 00:00", "09 00:00"),))
FROM_THE_NEXT_DAY = Rota((), (leave("04 00:00", "09 00:00"),))


@pytest.fixture
async def push(ward: Ward) -> Push:
    await started(ward, for_nurses("reminders: {max: 1, after_hours: 24}\n"))
    await live_until(ward, "2026-03-03 14:00")
    return (await pushes(ward))[0]


async def test_leave_entered_afterwards_takes_its_person_out_of_the_count_and_the_card_says_so(
    ward: Ward, push: Push
) -> None:
    assert await eligible(ward, push) == NURSES
    ward.clock.now = at("2026-03-03 16:00")
    await roster(ward, kai=WHOLE, amara=FROM_THE_NEXT_DAY)
    assert await eligible(ward, push) == NURSES - {"kai"}, "amara had a day of it"
    await ward.work()
    assert "0 of 5 answered" in plain(ward.chat.revisions[-1][1])
    await live_until(ward, "2026-03-04 14:00")
    assert "kai" not in told(ward)
    assert "tomasz" in told(ward)


async def test_a_drill_that_a_hold_kept_back_is_out_from_its_posting_and_leave_counts_from_then(ward: Ward) -> None:
    await make_lead(ward)
    await started(ward, for_nurses())
    ward.clock.now = at("2026-03-03 14:00")
    await tick(ward.tools)  # the slot is decided, and before a worker posts it:
    await ward.ask("hold 6h", by="grace")
    await live_until(ward, "2026-03-03 20:00")
    await roster(ward, kai=Rota((), (leave("03 18:00", "09 00:00"),)), amara=Rota((), (leave("03 21:00", "09 00:00"),)))
    (held,) = await pushes(ward)
    assert (held.opens_at, held.message is None) == (at("2026-03-03 14:00"), False)
    assert await eligible(ward, held) == NURSES - {"kai"}, "amara had an hour of it"


async def test_who_answered_or_skipped_before_stays_counted(ward: Ward, push: Push) -> None:
    await ward.submit(await ward.press("answer", push.id), words="Dr. Lark, please come now, he is much worse.")
    await ward.press("skip", push.id, by="amara")
    await roster(ward, kai=WHOLE, amara=WHOLE, ines=WHOLE)
    assert await eligible(ward, push) == NURSES - {"ines"}


async def test_leave_that_is_taken_back_counts_again_once(ward: Ward, push: Push) -> None:
    await roster(ward, kai=WHOLE)
    await roster(ward, kai=Rota((shift("05 07:00", "05 19:00"),)))
    assert await eligible(ward, push) == NURSES
    await roster(ward, kai=Rota((shift("05 07:00", "05 19:00"),)))
    assert await eligible(ward, push) == NURSES


async def test_who_is_counted_again_is_told_on_their_shift_like_everybody(ward: Ward) -> None:
    await started(ward, for_nurses())
    await roster(ward, kai=WHOLE)
    await live_until(ward, "2026-03-03 14:00")
    await roster(ward, kai=Rota((shift("05 07:00", "05 19:00"),)))
    await live_until(ward, "2026-03-05 07:30")
    assert told(ward) == {"kai": ["For your shift"]}


async def test_who_was_reminded_before_hears_no_more_than_the_cap_when_counted_again(ward: Ward, push: Push) -> None:
    await live_until(ward, "2026-03-04 14:00")
    await roster(ward, kai=WHOLE)
    await roster(ward, kai=Rota((shift("05 07:00", "05 19:00"),)))
    await live_until(ward, "2026-03-05 07:30")
    assert told(ward)["kai"] == ["Still open"]


async def test_who_was_never_meant_is_not_brought_in_by_a_rota(ward: Ward, push: Push) -> None:
    await roster(ward, lena=WHOLE, kai=WHOLE)
    await ward.ask("leave", by="kai")
    await roster(ward, lena=Rota((shift("05 07:00", "05 19:00"),)), kai=Rota((shift("05 07:00", "05 19:00"),)))
    assert await eligible(ward, push) == NURSES - {"kai"}, "a unit clerk, and somebody who has left since"


async def test_a_newcomer_is_not_brought_in_by_somebody_elses_leave(ward: Ward, push: Push) -> None:
    async with ward.memory.begin() as work:
        await work.members.save(a_member("zoe", ward.team))
    await roster(ward, kai=WHOLE)
    await roster(ward, kai=Rota((shift("05 07:00", "05 19:00"),)))
    assert await eligible(ward, push) == NURSES


async def test_a_closed_drill_stays_as_it_was(ward: Ward, push: Push) -> None:
    await live_until(ward, "2026-03-06 14:00")
    await roster(ward, kai=WHOLE)
    assert await eligible(ward, push) == NURSES
    ward.clock.now = at("2026-03-06 13:00")  # a clock that was set back opens nothing again
    await roster(ward, kai=WHOLE)
    assert await eligible(ward, push) == NURSES
