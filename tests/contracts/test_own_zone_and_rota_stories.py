"""A person's own time zone and a rota from chat, told on every platform as people meet them there."""

from __future__ import annotations

from campaign_ward import at
from stages.stage import STAFF, WEST, Stage

from drills.people import QuietHours
from drills.rota import Rota

STILL_OPEN = "Still open: "
TABLE = """\
Iris,2026-03-03 19:00,2026-03-04 07:00,night
Cleo,2026-03-03 07:00,2026-03-03 19:00,shift
Dev,2026-03-02,2026-03-09,leave
Nobody Known,2026-03-03 07:00,2026-03-03 19:00,shift
"""


async def reminded(stage: Stage) -> set[str]:
    return {who for who in STAFF[WEST] if await stage.told(who, STILL_OPEN)}


async def rotas(stage: Stage) -> dict[str, Rota]:
    names = {user: who for who, user in stage.client.users.items()}
    async with stage.memory.read() as work:
        return {names[user]: rota for user, rota in (await work.rotas.of(stage.teams[WEST])).items()}


class TestOwnZone:
    async def test_it_is_asked_for_in_a_form_that_keeps_what_cannot_be_read(self, stage: Stage) -> None:
        asked = await stage.asks("Iris", "settings")
        assert "zone" in asked.fields
        again = await stage.fills("Iris", zone="Manilla")
        assert "Asia/Manila" in again.text
        if "zone" not in again.fields:  # Discord shows the sentence first, and the form behind a button
            again = await stage.taps("Iris", again.buttons[0])
        assert again.fields["zone"] == "Manilla"
        saved = await stage.fills("Iris", zone="Asia/Manila")
        assert "Your time zone is Asia/Manila" in saved.text

    async def test_a_reminder_comes_in_nobodys_night_and_tells_the_readers_own_time(self, stage: Stage) -> None:
        await stage.change_team(quiet=QuietHours.parse("21:00-07:00"))
        await stage.asks("Iris", "settings")
        await stage.fills("Iris", zone="Asia/Manila")
        await stage.started("reminders: {max: 1, after_hours: 24}")
        await stage.lives_until("2026-03-03 14:00")
        await stage.lives_until("2026-03-04 14:00")
        assert await reminded(stage) == {*STAFF[WEST]} - {"Iris"}
        await stage.lives_until("2026-03-04 16:59")
        assert "Iris" not in await reminded(stage)
        await stage.lives_until("2026-03-04 17:00")  # seven in Manila
        (told,) = await stage.told("Iris", STILL_OPEN)
        assert "open until Sat 04:00 your time" in told.text
        assert "open until Fri 14:00." in (await stage.told("Finn", STILL_OPEN))[0].text


class TestRota:
    async def test_a_lead_pastes_looks_and_says_yes_and_a_learner_may_not(self, stage: Stage) -> None:
        assert "Leads and educators" in (await stage.asks("Iris", "rota")).text
        await stage.asks("Ben", "rota")
        looked = await stage.fills("Ben", table=TABLE)
        assert "02 Mar 2026 to 03 Mar 2026" in looked.text
        assert "3 of the 6 in this team" in looked.text
        assert "Nobody Known. Nothing of theirs is kept" in looked.text
        assert await rotas(stage) == {}
        taken = await stage.taps("Ben", "Take it over")
        assert "The rota of 5 West is taken over" in taken.text
        kept = await rotas(stage)
        assert {who: (len(rota.shifts), len(rota.leaves)) for who, rota in kept.items()} == {
            "Cleo": (1, 0), "Dev": (0, 1), "Iris": (1, 0),
        }  # fmt: skip
        assert kept["Iris"].shifts[0].begins == at("2026-03-03 19:00")
        assert "People with a rota" in (await stage.asks("Ben", "rota")).text

    async def test_a_line_that_cannot_be_read_is_named_and_every_word_kept(self, stage: Stage) -> None:
        await stage.asks("Ben", "rota")
        again = await stage.fills("Ben", table=f"{TABLE}Finn,tomorrow,2026-03-04 07:00,shift\n")
        assert "Line 5, column 6: `start` is 'tomorrow'" in again.text.replace("\\", "")
        if "table" not in again.fields:
            again = await stage.taps("Ben", again.buttons[0])
        assert again.fields["table"].splitlines()[0] == TABLE.splitlines()[0]
        assert "tomorrow" in again.fields["table"]
        assert await rotas(stage) == {}

    async def test_leave_that_is_pasted_late_leaves_the_count_of_the_card_that_stands(self, stage: Stage) -> None:
        await stage.started()
        await stage.lives_until("2026-03-03 14:00")
        assert "0 of 6 answered" in (await stage.channel())[0].text
        await stage.asks("Ben", "rota")
        await stage.fills("Ben", table=TABLE)
        await stage.taps("Ben", "Take it over")
        await stage.lives_until("2026-03-03 14:05")
        assert "0 of 5 answered" in (await stage.channel())[0].text

    async def test_it_is_removed_after_one_more_tap(self, stage: Stage) -> None:
        await stage.asks("Ben", "rota")
        await stage.fills("Ben", table=TABLE)
        await stage.taps("Ben", "Take it over")
        await stage.asks("Ben", "rota")
        asked = await stage.taps("Ben", "Remove it")
        assert "Remove the rota of 5 West?" in asked.text
        assert "The rota is removed" in (await stage.taps("Ben", "Remove it")).text
        assert await rotas(stage) == {}
