"""`/drill settings`: somebody's own time zone, where what they choose holds, and what keeps to the team's."""

from __future__ import annotations

import pytest
from builders import a_member, a_person, a_team
from campaign_ward import at, for_nurses, live_until, pushes, started
from ward import Ward

from drills.chat.cards import Card, FieldErrors, Form, TextField
from drills.chat.inbound import Profile
from drills.chat.plain import plain
from drills.people import Place, QuietHours

NIGHT = QuietHours.parse("21:00-07:00")


async def live_in(ward: Ward, tz: str, by: str = "kai") -> str:
    answer = await ward.submit(await ward.ask("settings", by=by), by=by, zone=tz)
    assert isinstance(answer.show, Card), answer
    return plain(answer.show)


async def field(ward: Ward, told: str | None = None) -> TextField:
    form = await ward.ask("settings", profile=Profile(tz=told))
    assert isinstance(form, Form)
    (field,) = form.fields
    assert isinstance(field, TextField)
    return field


async def test_a_zone_is_chosen_in_every_team_and_shows_what_time_it_is_there(ward: Ward) -> None:
    other = a_team("icu")
    async with ward.memory.begin() as work:
        await work.teams.save(other)
        await work.members.save(a_member("kai", other))
    said = await live_in(ward, "europe/madrid")
    assert "Your time zone is Europe/Madrid" in said
    assert "It is Tuesday, 21:00 there" in said
    async with ward.memory.read() as work:
        assert {member.tz for member in await work.members.teams_of(a_person())} == {"Europe/Madrid"}
        assert {member.tz for member in await work.members.teams_of(a_person("amara"))} == {None}
    assert (await field(ward)).value == "Europe/Madrid"


@pytest.mark.parametrize(
    ("written", "says"),
    [("Madrid", "Did you mean Europe/Madrid?"), ("Europe/Madird", "Europe/Madrid"), ("qqqq", "America/Chicago")],
)
async def test_what_is_no_zone_comes_back_with_what_was_written_and_the_nearest(
    ward: Ward, written: str, says: str
) -> None:
    answer = await ward.submit(await ward.ask("settings"), zone=written)
    assert isinstance(answer.show, FieldErrors)
    (kept,) = answer.show.form.fields
    assert kept.value == written
    assert says in answer.show.errors["zone"]


async def test_nothing_written_is_the_teams_zone_again(ward: Ward) -> None:
    await live_in(ward, "Europe/Madrid")
    assert "You go by your team's time" in await live_in(ward, "  ")
    async with ward.memory.read() as work:
        member = await work.members.get(a_person(), ward.team.id)
    assert member is not None
    assert member.tz is None


async def test_what_the_platform_tells_is_filled_in_and_holds_only_when_it_is_saved(ward: Ward) -> None:
    form = await ward.ask("settings", profile=Profile(tz="Asia/Manila"))
    assert isinstance(form, Form)
    assert "chat app says Asia/Manila" in plain(form)
    assert (await field(ward, "Asia/Manila")).value == "Asia/Manila"
    async with ward.memory.read() as work:
        assert {member.tz for member in await work.members.teams_of(a_person())} == {None}
    await live_in(ward, "Europe/Madrid")
    assert (await field(ward, "Asia/Manila")).value == "Europe/Madrid", "what they chose wins"


async def test_a_platform_that_tells_the_teams_zone_or_nonsense_tells_nothing(ward: Ward) -> None:
    assert (await field(ward, "America/Chicago")).value == ""
    assert (await field(ward, "Mars/Base")).value == ""


async def test_somebody_in_no_team_is_told_how_to_begin(ward: Ward) -> None:
    assert "in no team yet" in plain(await ward.ask("settings", by="stranger"))


async def test_a_reminder_waits_for_the_persons_own_morning_and_the_others_get_theirs(ward: Ward) -> None:
    await ward.change_team(quiet=NIGHT)
    await live_in(ward, "Asia/Manila")  # 14 hours ahead of Chicago in March
    await started(ward, for_nurses("reminders: {max: 1, after_hours: 24}\n"))
    await live_until(ward, "2026-03-03 14:00")
    await live_until(ward, "2026-03-04 14:00")  # 04:00 in Manila
    assert "amara" in _reminded(ward)
    assert "kai" not in _reminded(ward)
    await live_until(ward, "2026-03-04 16:59")
    assert "kai" not in _reminded(ward)
    await live_until(ward, "2026-03-04 17:00")  # 07:00 in Manila
    assert "kai" in _reminded(ward)
    assert "open until Sat 04:00 your time" in _reminded(ward)["kai"]
    assert "open until Fri 14:00." in _reminded(ward)["amara"]


async def test_the_teams_quiet_hours_hold_for_somebody_elsewhere_too(ward: Ward) -> None:
    await ward.change_team(quiet=NIGHT)
    await live_in(ward, "Asia/Manila")
    await started(ward, for_nurses("reminders: {max: 1, after_hours: 9}\n"))
    await live_until(ward, "2026-03-03 14:00")
    await live_until(ward, "2026-03-03 23:00")  # 13:00 in Manila, and night in Chicago
    assert _reminded(ward) == {}


async def test_none_is_sent_when_the_window_ends_before_the_persons_morning(ward: Ward) -> None:
    await ward.change_team(quiet=NIGHT)
    await live_in(ward, "Asia/Manila")
    await started(ward, for_nurses("reminders: {max: 1, after_hours: 24}\nwindow_hours: 26\n"))
    for moment in ("03 14:00", "04 14:00", "04 15:59", "04 17:00", "04 20:00"):
        await live_until(ward, f"2026-03-{moment}")
    assert "kai" not in _reminded(ward)
    assert "amara" in _reminded(ward)


async def test_a_zone_chosen_later_puts_off_what_waits_already(ward: Ward) -> None:
    await ward.change_team(quiet=NIGHT)
    await started(ward, for_nurses("reminders: {max: 1, after_hours: 12}\n"))
    await live_until(ward, "2026-03-03 14:00")
    await live_until(ward, "2026-03-04 02:00")  # it waits for 07:00 in Chicago
    await live_in(ward, "Asia/Manila")  # where that is 21:00
    await live_until(ward, "2026-03-04 07:00")
    assert "amara" in _reminded(ward)
    assert "kai" not in _reminded(ward)
    await live_until(ward, "2026-03-04 17:00")
    assert "kai" in _reminded(ward)


async def test_private_cards_show_the_persons_time_and_the_channels_card_comes_at_the_teams(ward: Ward) -> None:
    await live_in(ward, "Asia/Manila")
    await started(ward, for_nurses())
    await live_until(ward, "2026-03-03 14:00")
    (push,) = await pushes(ward)
    assert push.opens_at == at("2026-03-03 14:00")
    home = Place(ward.team.workspace, "home", direct=True)
    assert "Saturday 7 March, 04:00" in plain(await ward.press("home", place=home))
    assert "Friday 6 March, 14:00" in plain(await ward.press("home", by="amara", place=home))
    assert "until Saturday, 04:00" in plain(await ward.ask("list"))
    await ward.press("skip", push.id)
    await ward.press("skip", push.id, by="amara")
    assert "4 Mar" in plain(await ward.ask("mine"))
    assert "3 Mar" in plain(await ward.ask("mine", by="amara"))


async def test_a_break_ends_on_the_persons_own_day(ward: Ward) -> None:
    ward.clock.now = at("2026-03-03 14:00")
    assert "until 6 March" in plain(await ward.ask("snooze 3"))
    await live_in(ward, "Asia/Manila")  # where it is four in the morning of the next day
    assert "until 7 March" in plain(await ward.ask("snooze 3"))
    home = await ward.press("home", place=Place(ward.team.workspace, "home", direct=True))
    assert "on a break until 7 March" in plain(home)


async def test_a_zone_goes_along_into_the_next_team(ward: Ward) -> None:
    await live_in(ward, "Asia/Manila")
    ward.team = a_team("icu")
    async with ward.memory.begin() as work:
        await work.teams.save(ward.team)
        await work.members.save(a_member("zoe", ward.team))
    push = await ward.push()
    await ward.submit(await ward.press("answer", push.id), profession="nurse")
    async with ward.memory.read() as work:
        assert {(m.team, m.tz) for m in await work.members.teams_of(a_person())} == {
            ("5-south", "Asia/Manila"), ("icu", "Asia/Manila"),
        }  # fmt: skip


async def test_who_asks_to_be_forgotten_has_no_zone_any_more(ward: Ward) -> None:
    await live_in(ward, "Asia/Manila")
    await ward.press("erase")
    async with ward.memory.read() as work:
        assert {member.tz for member in await work.members.teams_of(a_person())} == {None}


def _reminded(ward: Ward) -> dict[str, str]:
    return {person.user: plain(card) for key, (person, card) in ward.chat.tells.items() if key.startswith("reminder:")}
