"""Reminders: private, capped, only to those who did nothing yet, and they stop by themselves."""

from __future__ import annotations

import pytest
from builders import a_member, a_person
from campaign_ward import at, for_nurses, live_until, make_lead, pushes, started
from ward import Ward

from drills.chat.plain import headline, plain
from drills.errors import CannotReach, TryLater

ONE = "reminders: {max: 1, after_hours: 24}\n"
TWO = "reminders: {max: 2, after_hours: 12}\n"


def reminded(ward: Ward) -> dict[str, list[str]]:
    """Titles of what each person was told of reminders, in order."""
    found: dict[str, list[str]] = {}
    for key, (person, card) in ward.chat.tells.items():
        if key.startswith("reminder:"):
            found.setdefault(person.user, []).append(card.title)
    return found


async def first_drill(ward: Ward, more: str = ONE) -> str:
    await started(ward, for_nurses(more))
    await live_until(ward, "2026-03-03 14:00")
    return (await pushes(ward))[0].id


async def test_only_those_who_did_nothing_are_reminded_once_and_in_private(ward: Ward) -> None:
    push = await first_drill(ward)
    await ward.submit(await ward.press("answer", push, by="kai"), by="kai", words="Dr. Lark, please come now.")
    await ward.press("skip", push, by="amara")
    await ward.press("answer", push, by="tomasz")  # opened, not answered
    await live_until(ward, "2026-03-04 13:59")
    assert reminded(ward) == {}
    for moment in ("2026-03-04 14:00", "2026-03-04 14:01", "2026-03-05 13:00"):
        await live_until(ward, moment)
    assert {user: len(titles) for user, titles in reminded(ward).items()} == {
        "tomasz": 1, "ines": 1, "grace": 1, "owen": 1,
    }  # fmt: skip
    (_, card) = next(told for key, told in ward.chat.tells.items() if key.startswith("reminder:"))
    assert headline(card).startswith("DRILL – fictional patient")
    assert "open until Fri 14:00" in plain(card)
    assert [button.intent.verb for button in card.buttons] == ["answer", "skip", "unremind"]


async def test_a_reminder_never_comes_by_way_of_the_channel(ward: Ward) -> None:
    """Where direct messages are closed there is none: a button for all to see would be about somebody's silence."""
    await first_drill(ward)
    await live_until(ward, "2026-03-04 14:00")
    assert {near.direct for key, near in ward.chat.nears.items() if key.startswith("reminder:")} == {True}


async def test_each_further_wait_is_twice_as_long_and_none_comes_after_the_window(ward: Ward) -> None:
    await first_drill(ward, TWO)
    await live_until(ward, "2026-03-04 02:00")
    assert len(reminded(ward)["kai"]) == 1
    await live_until(ward, "2026-03-05 01:59")
    assert len(reminded(ward)["kai"]) == 1
    await live_until(ward, "2026-03-05 02:00")
    assert len(reminded(ward)["kai"]) == 2
    await live_until(ward, "2026-03-05 13:59")
    assert len(reminded(ward)["kai"]) == 2


async def test_after_downtime_the_second_reminder_still_waits_twice_as_long(ward: Ward) -> None:
    """The first comes late, when the program is back: the second does not follow it at once."""
    await first_drill(ward, TWO)
    await live_until(ward, "2026-03-05 03:00")  # 37 hours later; they were due after 12 and after 36
    await live_until(ward, "2026-03-05 03:01")
    assert len(reminded(ward)["kai"]) == 1


async def test_a_campaign_without_reminders_sends_none(ward: Ward) -> None:
    await first_drill(ward, "")
    await live_until(ward, "2026-03-05 13:00")
    assert reminded(ward) == {}


async def test_quiet_hours_put_a_reminder_off_until_the_morning(ward: Ward) -> None:
    await first_drill(ward, "reminders: {max: 1, after_hours: 12}\nquiet: {from: '21:00', to: '07:00'}\n")
    await live_until(ward, "2026-03-04 02:00")
    assert reminded(ward) == {}
    await live_until(ward, "2026-03-04 07:00")
    assert len(reminded(ward)) == 6


async def test_hours_on_hold_do_not_count_as_waiting(ward: Ward) -> None:
    await make_lead(ward)
    await first_drill(ward)
    ward.clock.now = at("2026-03-03 15:00")
    await ward.ask("hold 6h", by="grace")
    for moment in ("2026-03-03 21:00", "2026-03-04 14:00", "2026-03-04 19:59"):
        await live_until(ward, moment)
        assert reminded(ward) == {}, moment
    await live_until(ward, "2026-03-04 20:00")
    assert len(reminded(ward)) == 6


async def test_a_hold_at_the_hour_of_the_reminder_puts_it_off(ward: Ward) -> None:
    await make_lead(ward)
    await first_drill(ward)
    ward.clock.now = at("2026-03-04 13:00")
    await ward.ask("hold 3h", by="grace")
    await live_until(ward, "2026-03-04 14:00")
    assert reminded(ward) == {}
    await live_until(ward, "2026-03-04 17:00")
    assert len(reminded(ward)) == 6


async def test_whoever_left_or_snoozed_since_then_hears_nothing(ward: Ward) -> None:
    await first_drill(ward)
    await ward.ask("leave", by="kai")
    await ward.ask("snooze 7", by="amara")
    await live_until(ward, "2026-03-04 14:00")
    assert set(reminded(ward)) == {"tomasz", "ines", "grace", "owen"}


async def test_who_answers_just_before_being_told_is_not_told(ward: Ward) -> None:
    push = await first_drill(ward)
    ward.chat.troubles = [TryLater("rate limited")] * 6
    await live_until(ward, "2026-03-04 14:00")
    assert reminded(ward) == {}
    await ward.press("skip", push, by="kai")
    await live_until(ward, "2026-03-04 14:02")
    assert set(reminded(ward)) == {"amara", "tomasz", "ines", "grace", "owen"}


async def test_two_drills_let_pass_end_the_reminders_with_one_word_and_one_tap_brings_them_back(ward: Ward) -> None:
    await started(ward, for_nurses(ONE + "window_hours: 44\n"))
    for day in ("03", "05"):
        await live_until(ward, f"2026-03-{day} 14:00")
        await live_until(ward, f"2026-03-0{int(day) + 1} 14:00")
        await live_until(ward, f"2026-03-0{int(day) + 2} 13:00")
    await live_until(ward, "2026-03-10 14:00")
    await live_until(ward, "2026-03-11 14:00")
    await live_until(ward, "2026-03-12 13:00")
    assert [title[:10] for title in reminded(ward)["kai"]] == ["Still open", "Still open", "No more re"]
    await live_until(ward, "2026-03-12 14:00")
    await live_until(ward, "2026-03-13 14:00")
    assert len(reminded(ward)["kai"]) == 3
    third = (await pushes(ward))[2].id
    assert (await ward.press("remind", third, by="kai")).title == "Reminders are on"
    await live_until(ward, "2026-03-14 13:00")
    for moment in ("2026-03-17 14:00", "2026-03-18 14:00"):
        await live_until(ward, moment)
    assert len(reminded(ward)["kai"]) == 4
    assert len(reminded(ward)["amara"]) == 3


async def test_answering_a_drill_brings_the_reminders_back(ward: Ward) -> None:
    await started(ward, for_nurses(ONE + "window_hours: 44\n"))
    for moment in ("03-03 14:00", "03-05 13:00", "03-05 14:00", "03-07 13:00", "03-10 14:00", "03-11 14:00"):
        await live_until(ward, f"2026-{moment}")
    assert reminded(ward)["kai"][-1].startswith("No more reminders")
    await ward.press("skip", (await pushes(ward))[-1].id, by="kai")
    for moment in ("03-12 13:00", "03-12 14:00", "03-13 14:00"):
        await live_until(ward, f"2026-{moment}")
    assert reminded(ward)["kai"][-1].startswith("Still open")


async def test_no_more_reminders_means_none_until_they_are_wanted(ward: Ward) -> None:
    push = await first_drill(ward, TWO)
    await live_until(ward, "2026-03-04 02:00")
    assert (await ward.press("unremind", push, by="kai")).title == "Reminders are off"
    await live_until(ward, "2026-03-05 02:00")
    assert len(reminded(ward)["kai"]) == 1
    assert len(reminded(ward)["amara"]) == 2


async def test_a_reminder_that_could_not_be_told_is_tried_again_under_its_key(ward: Ward) -> None:
    await first_drill(ward)
    ward.chat.troubles = [TryLater("rate limited")] * 6 + [CannotReach("closed")]
    await live_until(ward, "2026-03-04 14:00")
    await live_until(ward, "2026-03-04 14:01")
    calls = [once for once in ward.chat.calls if once.key.startswith("reminder:")]
    assert len({once.key for once in calls}) == 6
    assert [once.again for once in calls] == [False] * 6 + [True] * 6
    assert len(reminded(ward)) == 5
    await live_until(ward, "2026-03-04 14:02")
    assert len([once for once in ward.chat.calls if once.key.startswith("reminder:")]) == 12


@pytest.mark.parametrize("verb", ["remind", "unremind"])
async def test_a_stranger_and_a_drill_that_is_gone_change_nothing(ward: Ward, verb: str) -> None:
    shown = await ward.press(verb, "ffff", by="kai")
    assert "no longer here" in plain(shown)


async def test_who_joined_after_the_push_is_not_reminded(ward: Ward) -> None:
    await first_drill(ward)
    async with ward.memory.begin() as work:
        await work.members.save(a_member("zoe", ward.team))
    await live_until(ward, "2026-03-04 14:00")
    assert a_person("zoe").user not in reminded(ward)
