"""A window ends: the card tells what the team has in common, from five people on; one drill at a time for a person."""

from __future__ import annotations

from builders import a_drill_file
from campaign_ward import at, eligible, for_nurses, live_until, make_lead, pushes, started
from fakes import all_met
from ward import Ward

from drills.chat.plain import plain
from drills.ports import Case
from drills.push import Push
from drills.rubric import Level

NURSES = ("kai", "amara", "tomasz", "ines", "grace", "owen")
TOGETHER = "How we did it, together:"


async def answered(ward: Ward, push: Push, *people: str) -> None:
    for person in people:
        await ward.reply(push, "Dr. Lark, he is much sicker since ten, please come now.", by=person)
    await ward.work()


async def closing_card(ward: Ward, when: str) -> str:
    await live_until(ward, when)
    return plain(ward.chat.revisions[-1][1])


async def first_push(ward: Ward, more: str = "") -> Push:
    await started(ward, for_nurses(more))
    await live_until(ward, "2026-03-03 14:00")
    return (await pushes(ward))[0]


async def test_five_people_make_a_pattern_in_words(ward: Ward) -> None:
    push = await first_push(ward)
    await answered(ward, push, *NURSES[:5])
    card = await closing_card(ward, "2026-03-06 14:00")
    assert TOGETHER in card
    assert "- Most of us: Says own role and unit, and which patient." in card
    assert "One good answer, not the only one" in card
    assert "To talk about: What makes a 02:40 call easier" in card
    assert "5 of 6 answered" in card


async def test_four_people_get_the_model_answer_and_no_pattern(ward: Ward) -> None:
    push = await first_push(ward)
    await answered(ward, push, *NURSES[:4])
    card = await closing_card(ward, "2026-03-06 14:00")
    assert TOGETHER not in card
    assert "One good answer, not the only one" in card


async def test_nothing_is_told_while_the_window_is_open(ward: Ward) -> None:
    push = await first_push(ward)
    await answered(ward, push, *NURSES[:5])
    card = await closing_card(ward, "2026-03-06 13:59")
    assert TOGETHER not in card
    assert "One good answer" not in card


async def test_what_few_of_us_did_says_few_also_when_it_was_nobody(ward: Ward) -> None:
    push = await first_push(ward)
    nobody = all_met(Case(a_drill_file().drill(), "Dr. Lark, he is much sicker"), Level.NOT_YET)
    ward.judge.answers = [nobody] * len(NURSES)
    await answered(ward, push, *NURSES)
    card = await closing_card(ward, "2026-03-06 14:00")
    assert "- Few of us: Says own role and unit, and which patient." in card
    assert " 0 " not in card.partition(TOGETHER)[2].partition("One good answer")[0]


async def test_a_late_answer_changes_no_pattern(ward: Ward) -> None:
    push = await first_push(ward)
    await answered(ward, push, *NURSES[:4])
    await live_until(ward, "2026-03-06 14:00")
    ward.clock.pass_by(hours=1)
    await answered(ward, push, NURSES[4])
    assert TOGETHER not in plain(await ward.refresh(push))


async def test_who_has_a_drill_open_and_unanswered_is_asked_for_no_second_one(ward: Ward) -> None:
    first = await first_push(ward)
    await answered(ward, first, "kai", "amara")
    await ward.press("skip", first.id, by="owen")
    await live_until(ward, "2026-03-05 14:00")
    second = (await pushes(ward))[1]
    assert await eligible(ward, second) == {"kai", "amara", "owen"}
    await live_until(ward, "2026-03-06 14:00")
    assert await eligible(ward, second) == set(NURSES)
    assert await eligible(ward, first) == set(NURSES)
    assert "of 6 answered" in plain(await ward.refresh(second))


async def test_a_drill_by_hand_asks_everybody(ward: Ward) -> None:
    await make_lead(ward)
    await first_push(ward)
    by_hand = await ward.push()
    assert await eligible(ward, by_hand) == set(NURSES)


async def test_a_campaign_comes_on_top_of_no_drill_that_a_lead_posted_by_hand(ward: Ward) -> None:
    await started(ward)
    ward.clock.now = at("2026-03-03 13:00")
    by_hand = await ward.push()
    await answered(ward, by_hand, *NURSES[:2])
    await live_until(ward, "2026-03-03 14:00")
    campaigns = (await pushes(ward))[-1]
    assert campaigns.campaign == "first-fortnight"
    assert await eligible(ward, campaigns) == set(NURSES[:2])
    await live_until(ward, "2026-03-06 13:00")  # the one by hand is closed, the other is open for an hour
    assert await eligible(ward, campaigns) == set(NURSES)


class TestFridayReflection:
    async def test_on_friday_the_team_gets_one_pattern_and_one_question(self, ward: Ward) -> None:
        push = await first_push(ward, "window_hours: 24\nfriday_reflection: true\n")
        await answered(ward, push, *NURSES[:5])
        await live_until(ward, "2026-03-04 14:00")
        await live_until(ward, "2026-03-06 14:59")
        assert reflections(ward) == []
        for moment in ("2026-03-06 15:00", "2026-03-06 15:01"):
            await live_until(ward, moment)
        (card,) = reflections(ward)
        assert card.startswith("DRILL – fictional patient · Friday reflection: 02:40")
        assert "- Most of us: Says own role and unit" in card
        assert "To talk about: What makes a 02:40 call easier" in card
        assert all(name.title() not in card for name in NURSES)

    async def test_two_drills_of_a_week_make_one_thread_about_the_last(self, ward: Ward) -> None:
        await first_push(ward, "window_hours: 20\nfriday_reflection: true\n")
        for moment in ("2026-03-04 12:00", "2026-03-05 14:00", "2026-03-06 12:00", "2026-03-06 15:00"):
            await live_until(ward, moment)
        (card,) = reflections(ward)
        assert "02:40" not in card

    async def test_it_waits_for_the_end_of_a_hold(self, ward: Ward) -> None:
        await make_lead(ward)
        await first_push(ward, "window_hours: 24\nfriday_reflection: true\n")
        await live_until(ward, "2026-03-06 14:30")
        await ward.ask("hold 2h", by="grace")
        await live_until(ward, "2026-03-06 15:00")
        assert reflections(ward) == []
        await live_until(ward, "2026-03-06 16:30")
        assert len(reflections(ward)) == 1

    async def test_a_campaign_that_does_not_ask_gets_none(self, ward: Ward) -> None:
        await first_push(ward, "window_hours: 24\n")
        for moment in ("2026-03-04 14:00", "2026-03-06 15:00"):
            await live_until(ward, moment)
        assert reflections(ward) == []


def reflections(ward: Ward) -> list[str]:
    return [plain(card) for key, (_, card) in ward.chat.posts.items() if key.startswith("reflection:")]
