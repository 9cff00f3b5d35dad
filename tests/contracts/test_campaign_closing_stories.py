"""How a window ends and what comes back, told on every platform: patterns from five people on, and never a clone."""

from __future__ import annotations

import pytest
from fakes import all_met
from stages.stage import Stage

from drills.drill import Drill
from drills.ports import Case
from drills.rubric import Level

REPLY = "Dr. Lark, he is much sicker since ten, please come now."
NURSES = ("Ben", "Cleo", "Dev", "Iris", "Finn")
TOGETHER, MODEL, ASKED = "How we did it, together", "One good answer, not the only one", "To talk about"


async def answered(stage: Stage, *people: str) -> None:
    """The newest drill of 5 West."""
    card = (await stage.channel())[-1]
    for who in people:
        await stage.answers(who, card.id, REPLY)
        await stage.work()


async def once_more(stage: Stage, who: str) -> None:
    await stage.taps(who, "Answer", on=(await stage.channel())[-1].id)
    await stage.taps(who, "Try another version")
    await stage.fills(who, words=REPLY)
    await stage.work()


class TestClosing:
    @pytest.mark.parametrize("count", [4, 5])
    async def test_a_pattern_from_five_people_on_else_the_model_answer_alone(self, stage: Stage, count: int) -> None:
        await stage.started()
        await stage.lives_until("2026-03-03 14:00")
        await answered(stage, *NURSES[:count])
        await once_more(stage, NURSES[0])  # still as many people
        await stage.lives_until("2026-03-06 13:59")
        before = (await stage.channel())[0]
        assert not any(words in before.text for words in (TOGETHER, MODEL))
        await stage.lives_until("2026-03-06 14:00")
        card = (await stage.channel())[0]
        assert (card.id, card.buttons) == (before.id, ())
        assert (TOGETHER in card.text) is (count == 5)
        parts = [f"Closed: {count} of 6 answered", *[TOGETHER, "Most of us: Says own role"][: 2 * (count == 5)]]
        parts += [MODEL, "The trend tells the story", ASKED, "What makes a 02:40 call easier"]
        found = [card.text.find(part) for part in parts]
        assert -1 not in found, parts[found.index(-1)]
        assert found == sorted(found)
        assert not any(who in card.text for who in NURSES)

    async def test_friday_brings_one_question_to_the_team_where_the_campaign_asks_for_it(self, stage: Stage) -> None:
        await stage.started("friday_reflection: true\nwindow_hours: 24")
        await stage.lives_until("2026-03-03 14:00")
        await answered(stage, *NURSES)
        await stage.lives_until("2026-03-04 14:00")
        await stage.lives_until("2026-03-05 13:59")
        await stage.lives_until("2026-03-06 14:59")
        assert not any("Friday reflection" in seen.text for seen in await stage.channel())
        for moment in ("2026-03-06 15:00", "2026-03-06 15:01"):
            await stage.lives_until(moment)
        (friday,) = [seen for seen in await stage.channel() if "Friday reflection" in seen.text]
        assert ASKED in friday.text
        assert ("Answer in the thread" in friday.text) == stage.client.chat.limits.threads
        assert friday.buttons == ()


class TestComingBack:
    async def test_a_spaced_drill_comes_back_as_another_version_of_itself(self, stage: Stage) -> None:
        await stage.started("order: spaced\nwindow_hours: 24")
        for day in ("03", "05", "10", "12"):
            await stage.lives_until(f"2026-03-{day} 14:00")
        cards = await stage.channel()
        stories = [seen.text.partition("What was asked")[0] for seen in cards]
        assert len(cards) == 4
        assert len(set(stories)) == 4
        assert "02:40" in stories[0]

    @pytest.mark.parametrize("level", [Level.NOT_YET, Level.MET])
    async def test_an_adaptive_campaign_brings_back_what_was_missed_and_only_that(
        self, stage: Stage, level: Level
    ) -> None:
        drills = "[sbar-001-night-call, conf-001-held-dose, sbar-002-lobby-recheck]"
        await stage.started("order: adaptive\nwindow_hours: 24", drills=drills)
        await stage.lives_until("2026-03-03 14:00")
        stage.judge.answers = [all_met(Case(await drill(stage), REPLY), level)] * len(NURSES)
        await answered(stage, *NURSES)
        for moment in ("04 14:00", "05 14:00", "10 14:00"):
            await stage.lives_until(f"2026-03-{moment}")
        first, _, third = await stage.pushes()
        if level is Level.MET:
            assert third.drill_id == "sbar-002-lobby-recheck"
        else:
            assert (third.drill_id, third.variant) == (first.drill_id, "b")


async def drill(stage: Stage) -> Drill:
    """The only one that was posted."""
    (push,) = await stage.pushes()
    async with stage.memory.read() as work:
        found = await work.drills.get(stage.workspace, push.drill_hash, push.variant)
    assert found
    return found
