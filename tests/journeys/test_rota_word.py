"""`/drill rota`: pasted by a lead, looked at, and only then taken over; nothing of the paste outlives its answer."""

from __future__ import annotations

import logging

import pytest
import sqlalchemy as sa
from builders import a_member
from campaign_ward import at, make_lead
from ward import Ward

from drills.chat.cards import Card, FieldErrors, Form, TextField
from drills.chat.intents import Intent
from drills.chat.plain import plain
from drills.rota import Leave, Rota, Shift
from drills.views.rota_form import MAX_CHARACTERS
from storage.columns import metadata

HEAD = "user,start,end,kind\n"
DAY = "Kai,2026-03-03 07:00,2026-03-03 19:00,shift\n"
NIGHT = "amara,2026-03-03 19:00,2026-03-04 07:00,\n"
AWAY = "Ines,2026-03-08,2026-03-19,leave\n"
STRANGER = "zoe,2026-03-03 07:00,2026-03-03 19:00,shift\n"


@pytest.fixture
async def lead(ward: Ward) -> Ward:
    ward.clock.now = at("2026-03-01 12:00")
    await make_lead(ward)
    return ward


async def paste(ward: Ward, text: str, by: str = "grace", key: str | None = None) -> Card:
    answer = await ward.submit(Intent("rota"), by=by, key=key, table=text)
    assert isinstance(answer.show, Card), answer
    return answer.show


async def refused(ward: Ward, text: str) -> str:
    answer = await ward.submit(Intent("rota"), by="grace", table=text)
    assert isinstance(answer.show, FieldErrors), answer
    (field,) = answer.show.form.fields
    assert isinstance(field, TextField)
    assert field.value == text.strip("\n"), "every word is kept"
    return answer.show.errors["table"]


async def tap(ward: Ward, card: Card, label: str, by: str = "grace") -> str:
    (button,) = [button for button in card.buttons if button.label == label]
    return plain(await ward.press(button.intent.verb, *button.intent.args, by=by))


async def kept(ward: Ward) -> set[str]:
    async with ward.memory.read() as work:
        return set(await work.rotas.of(ward.team))


async def test_it_says_what_would_be_taken_over_and_takes_it_only_after_a_yes(lead: Ward) -> None:
    assert isinstance(await lead.ask("rota", by="grace"), Form)
    card = await paste(lead, HEAD + DAY + NIGHT + AWAY + STRANGER)
    said = plain(card)
    assert "03 Mar 2026 to 19 Mar 2026" in said, "to the last day of the leave"
    assert "What these people had that begins from 03 Mar 2026 to 08 Mar 2026 is replaced." in said
    assert "3 of the 7 in this team" in said
    assert "2, of which nights: 1" in said
    assert "zoe. Nothing of theirs is kept" in said
    assert await kept(lead) == set()
    assert "is taken over" in await tap(lead, card, "Take it over")
    async with lead.memory.read() as work:
        rotas = await work.rotas.of(lead.team)
    assert rotas["kai"].shifts == (Shift(at("2026-03-03 07:00"), at("2026-03-03 19:00")),)
    assert rotas["amara"].shifts[0].night
    assert rotas["ines"].leaves == (Leave(at("2026-03-08 00:00"), at("2026-03-20 00:00")),)
    summary = plain(await lead.ask("rota", by="grace"))
    assert "3 of 7" in summary
    assert "03 Mar 2026 to 19 Mar 2026" in summary
    assert "Ines" not in summary, "who is on leave is in no summary"


async def test_the_days_of_a_rota_are_those_that_it_reaches_into(lead: Ward) -> None:
    night = plain(await paste(lead, HEAD + NIGHT))
    assert "03 Mar 2026 to 04 Mar 2026" in night
    assert "that begins on 03 Mar 2026 is replaced" in night
    card = await paste(lead, HEAD + DAY)
    assert "Days: 03 Mar 2026\n" in plain(card)
    assert "Days: 03 Mar 2026\n" in await tap(lead, card, "Take it over")


async def test_a_leave_that_goes_on_after_the_days_of_its_paste_is_not_past(lead: Ward) -> None:
    await tap(lead, await paste(lead, HEAD + DAY + AWAY.replace("08", "03")), "Take it over")
    lead.clock.now = at("2026-03-10 12:00")
    summary = plain(await lead.ask("rota", by="grace"))
    assert "Days: 03 Mar 2026 to 19 Mar 2026" in summary
    assert "Leave ahead: 1" in summary


async def test_not_now_leaves_everything_as_it_was(lead: Ward) -> None:
    card = await paste(lead, HEAD + DAY)
    assert "The rota is as it was" in await tap(lead, card, "Not now")
    assert await kept(lead) == set()
    assert "not waiting any more" in await tap(lead, card, "Take it over")


async def test_a_second_yes_an_older_paste_and_yesterdays_are_refused(lead: Ward) -> None:
    first, second = await paste(lead, HEAD + DAY), await paste(lead, HEAD + NIGHT)
    assert "not waiting any more" in await tap(lead, first, "Take it over")
    lead.clock.now = at("2026-03-02 12:01")
    assert "not waiting any more" in await tap(lead, second, "Take it over")
    third = await paste(lead, HEAD + NIGHT)
    await tap(lead, third, "Take it over")
    assert "not waiting any more" in await tap(lead, third, "Take it over")
    assert await kept(lead) == {"amara"}


async def test_a_paste_that_is_delivered_again_keeps_its_button_alive(lead: Ward) -> None:
    card = await paste(lead, HEAD + DAY, key="form-1")
    await paste(lead, HEAD + DAY, key="form-1")
    assert "is taken over" in await tap(lead, card, "Take it over")


async def test_each_lead_has_a_paste_of_their_own(lead: Ward) -> None:
    await make_lead(lead, "owen")
    mine, theirs = await paste(lead, HEAD + DAY), await paste(lead, HEAD + NIGHT, by="owen")
    await tap(lead, mine, "Take it over")
    assert "not waiting any more" in await tap(lead, theirs, "Take it over")
    await tap(lead, theirs, "Take it over", by="owen")
    assert await kept(lead) == {"kai", "amara"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + DAY + "kai,tomorrow,2026-03-04 07:00,shift\n", "Line 3, column 5: `start` is 'tomorrow'"),
        (HEAD + DAY + "kai,2026-03-04 07:00,2026-03-04 19:00,late", "Line 3, column 39: `kind` is 'late'"),
        (HEAD + STRANGER, "Nobody of this team is named so: zoe"),
        (HEAD, "no shift and no leave"),
        ("name,from\nkai,x", "names no column user, start, end"),
        (HEAD + DAY * (MAX_CHARACTERS // len(DAY)) + "x" * len(DAY), "its end may be missing"),
        (HEAD + "kai,a,b\n" * 6, "And 2 more."),
    ],
)
async def test_what_is_wrong_is_said_with_line_and_column_and_nothing_waits(lead: Ward, text: str, says: str) -> None:
    assert says in await refused(lead, text)
    async with lead.memory.read() as work:
        assert await work.rota_drafts.of(lead.team, "grace") is None


async def test_it_is_removed_after_one_more_tap_and_leave_counts_no_more(lead: Ward) -> None:
    await tap(lead, await paste(lead, HEAD + DAY + AWAY), "Take it over")
    shown = await lead.ask("rota", by="grace")
    assert isinstance(shown, Card)
    asked = await lead.press("rota", "clear", by="grace")
    assert isinstance(asked, Card)
    assert "2 people" in plain(asked)
    assert await kept(lead) == {"kai", "ines"}
    assert "is removed" in await tap(lead, asked, "Remove it")
    assert await kept(lead) == set()
    assert isinstance(await lead.press("rota", "show", by="grace"), Form)


async def test_learners_and_channels_without_a_team_are_refused_at_every_door(lead: Ward) -> None:
    draft = await paste(lead, HEAD + DAY)
    for act in ("new", "show", "clear", "cleared"):
        assert "Leads and educators" in plain(await lead.press("rota", act, by="kai"))
    assert "Leads and educators" in plain(await lead.ask("rota", by="kai"))
    assert "Leads and educators" in plain(await paste(lead, HEAD + DAY, by="kai"))
    assert "Leads and educators" in await tap(lead, draft, "Take it over", by="kai")
    assert await kept(lead) == set()


async def test_people_without_a_name_are_nobodys_match(lead: Ward) -> None:
    """Somebody who was forgotten has no name: an empty cell, or dots, must not be theirs."""
    async with lead.memory.begin() as work:
        nameless = a_member("u1", lead.team)
        await work.members.save(type(nameless)(nameless.person, lead.team.id, "", nameless.profession))
    assert "Nobody of this team is named so" in await refused(lead, HEAD + DAY.replace("Kai", "..."))


async def test_nothing_of_the_paste_but_times_of_members_is_kept_or_logged(
    lead: Ward, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await tap(lead, await paste(lead, HEAD + DAY + STRANGER), "Take it over")
        await paste(lead, HEAD + DAY + STRANGER)
        await refused(lead, HEAD + "zoe,never,ever\n")
    async with lead.memory.read() as work:
        everything = [
            str((await work.connection.execute(sa.select(table))).all())  # type: ignore[attr-defined]  # real rows
            for table in metadata.sorted_tables
        ]
    assert "zoe" not in "".join(everything)
    assert "zoe" not in caplog.text


async def test_who_asks_to_be_forgotten_is_in_no_paste_that_waits(lead: Ward) -> None:
    card = await paste(lead, HEAD + DAY + NIGHT)
    await lead.press("erase", by="kai")
    assert "not waiting any more" in await tap(lead, card, "Take it over")
    assert await kept(lead) == set()


async def test_a_member_who_left_since_the_paste_is_left_out(lead: Ward) -> None:
    async with lead.memory.begin() as work:
        await work.rotas.put(lead.team, {"kai": Rota((Shift(at("2026-03-20 07:00"), at("2026-03-20 19:00")),))})
    await tap(lead, await paste(lead, HEAD + NIGHT), "Take it over")
    assert await kept(lead) == {"kai", "amara"}, "whoever is not in the paste keeps theirs"
