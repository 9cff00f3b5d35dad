"""`/drill setup`: a channel becomes a team's, by somebody who may, with a sentence for everything that is not right."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from builders import WORKSPACE, a_person
from ward import Ward

from drills.chat.cards import Card, FieldErrors, Form
from drills.chat.inbound import Profile
from drills.chat.intents import Intent
from drills.chat.plain import plain
from drills.people import Place, Profession, QuietHours, Role, Team

ADMIN = Profile(admin=True, tz="Europe/Berlin")
ICU = Place(WORKSPACE, "#icu")
FILLED: dict[str, Any] = {
    "name": "ICU",
    "zone": "Europe/Vienna",
    "professions": "nurse,pharmacist",
    "quiet": "22:00-06:30",
}


async def test_an_administrator_makes_a_channel_a_teams_and_sees_what_comes_next(ward: Ward) -> None:
    form = await ward.ask("setup", by="dana", place=ICU, profile=ADMIN)
    assert isinstance(form, Form)
    assert len(form.fields) <= 5  # a Discord modal holds no more
    assert "Europe/Berlin" in plain(form)  # where the administrator is
    answer = await ward.submit(form, by="dana", place=ICU, profile=ADMIN, **FILLED, options="board")
    assert isinstance(answer.show, Card)
    assert answer.show.title == "ICU is ready"
    assert [button.intent for button in answer.show.buttons] == [Intent("push"), Intent("roles")]
    team = await _team(ward, ICU)
    assert (team.name, team.tz, team.on_board, team.threads) == ("ICU", "Europe/Vienna", True, False)
    assert team.professions == (Profession.NURSE, Profession.PHARMACIST)
    assert team.quiet == QuietHours(time(22), time(6, 30))


async def test_whoever_sets_up_is_enrolled_in_nothing(ward: Ward) -> None:
    await ward.submit(Intent("setup"), by="dana", place=ICU, profile=ADMIN, **FILLED)
    async with ward.memory.read() as work:
        assert await work.members.teams_of(a_person("dana")) == []


async def test_setting_up_again_changes_the_team_and_keeps_its_history(ward: Ward) -> None:
    await ward.name("amara", Role.LEAD)
    form = await ward.ask("setup", by="amara")
    assert "5 South" in plain(form)
    assert "America/Chicago" in plain(form)
    filled = {**FILLED, "name": "5 South", "quiet": ""}
    first = await ward.submit(form, by="amara", **filled)
    await ward.push()
    then = await ward.submit(form, by="amara", **filled)
    for answer, offers_first in ((first, True), (then, False)):
        assert isinstance(answer.show, Card)
        assert answer.show.title == "5 South is changed"
        assert ("Post a first drill" in plain(answer.show)) is offers_first
    team = await _team(ward, ward.team.place)
    assert team.id == ward.team.id
    assert team.tz == "Europe/Vienna"
    assert team.quiet is None
    assert not team.on_board


async def test_a_team_without_a_zone_of_its_own_begins_with_its_neighbours(ward: Ward) -> None:
    form = await ward.ask("setup", by="dana", place=ICU, profile=Profile(admin=True, tz="Nowhere/Else"))
    assert "America/Chicago" in plain(form)


@pytest.mark.parametrize("verb", ["ask", "submit"])
async def test_others_are_told_who_can_do_it(ward: Ward, verb: str) -> None:
    for place in (ICU, ward.team.place):
        if verb == "ask":
            shown = await ward.ask("setup", place=place)
        else:
            answer = await ward.submit(Intent("setup"), place=place, **FILLED)
            assert isinstance(answer.show, Card)
            shown = answer.show
        assert "whoever administers the workspace" in plain(shown)
    assert await _at(ward, ICU) is None
    assert await _at(ward, ward.team.place) == ward.team


async def test_an_administrator_whom_the_platform_did_not_name_hears_why_and_what_helps(ward: Ward) -> None:
    untold = Profile(unknown="The platform did not say whether you administer this.")
    for words in ("setup", "push", "review", "roles"):
        said = plain(await ward.ask(words, by="dana", profile=untold))
        assert "The platform did not say whether you administer this." in said
        assert "whoever administers the workspace" in said
        assert "Please ask one" not in said


async def test_a_direct_message_is_no_place_for_a_team(ward: Ward) -> None:
    for place in (Place(WORKSPACE, "D1", direct=True), Place(WORKSPACE, "")):
        assert "in the channel" in plain(await ward.ask("setup", place=place, profile=ADMIN))


@pytest.mark.parametrize("written", ["22:00 to 6:30", "10 pm until 6:30 am", "22:00 \u2013 06:30"])
async def test_quiet_hours_are_read_as_people_write_them(ward: Ward, written: str) -> None:
    await ward.submit(Intent("setup"), place=ICU, profile=ADMIN, **{**FILLED, "quiet": written})
    async with ward.memory.read() as work:
        team = await work.teams.at(ICU)
    assert team is not None
    assert team.quiet == QuietHours(time(22), time(6, 30))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("zone", "Chicago", "Did you mean America/Chicago?"),
        ("zone", "Europe/Berln", "Europe/Berlin"),
        ("zone", "somewhere over the rainbow", "no such time zone"),
        ("quiet", "at night", "21:00-07:00"),
        ("quiet", "07:00-07:00", "21:00-07:00"),
        ("professions", "", "at least one"),
        ("professions", "nurse,wizard", "at least one"),
        ("professions", "any", "at least one"),
        ("name", " \u200b ", "name"),
        ("name", "x" * 61, "60 characters"),
        ("name", "5 south", "Another channel's team"),
    ],
)
async def test_what_is_not_right_comes_back_with_a_sentence_and_every_word(
    ward: Ward, field: str, value: str, sentence: str
) -> None:
    filled = {**FILLED, field: value}
    answer = await ward.submit(Intent("setup"), place=ICU, profile=ADMIN, **filled)
    assert isinstance(answer.show, FieldErrors)
    assert list(answer.show.errors) == [field]
    assert sentence in answer.show.errors[field]
    kept = {one.name: one.value for one in answer.show.form.fields}
    assert {name: kept[name] for name in FILLED if name != "name"} == {n: v for n, v in filled.items() if n != "name"}
    assert await _at(ward, ICU) is None


@pytest.mark.parametrize("written", ["america/new york", " America/New_York ", "AMERICA/NEW_YORK"])
async def test_a_zone_is_known_however_it_is_spelt(ward: Ward, written: str) -> None:
    await ward.submit(Intent("setup"), place=ICU, profile=ADMIN, **{**FILLED, "zone": written})
    assert (await _team(ward, ICU)).tz == "America/New_York"


async def test_the_same_submission_twice_is_one_team_and_one_line_in_the_ledger(ward: Ward) -> None:
    for _ in range(2):
        await ward.submit(Intent("setup"), by="dana", place=ICU, profile=ADMIN, key="redelivered", **FILLED)
    async with ward.memory.read() as work:
        assert [team.name for team in await work.teams.of(WORKSPACE)] == ["5 South", "ICU"]
        (entry,) = await work.ledger.entries(WORKSPACE)
    assert entry.body["what"] == "setup"
    assert entry.body["by"] == "dana"


async def test_a_newcomer_picks_among_the_professions_of_the_team(ward: Ward) -> None:
    await ward.change_team(professions=(Profession.NURSE, Profession.EVS))
    push = await ward.push()
    form = await ward.press("answer", push.id, by="newcomer")
    assert "nurse / environmental services" in plain(form)
    assert isinstance((await ward.submit(form, by="newcomer", profession="pharmacist")).show, FieldErrors)
    assert isinstance((await ward.submit(form, by="newcomer", profession="evs")).show, Form)


async def _team(ward: Ward, place: Place) -> Team:
    team = await _at(ward, place)
    assert team is not None
    return team


async def _at(ward: Ward, place: Place) -> Team | None:
    async with ward.memory.read() as work:
        return await work.teams.at(place)
