"""A campaign runs: each slot is sent once, on time or not at all, whatever clocks, zones and crashes do."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from builders import a_drill_file, a_team
from campaign_ward import (
    DRILLS,
    a_file,
    at,
    eligible,
    for_nurses,
    live_until,
    make_lead,
    pass_to,
    pushes,
    rows,
    started,
)
from fakes import all_met
from ward import Ward

from bot.clock import reckon_again, tick
from drills.campaign import Cadence, CampaignState, Planned, plan
from drills.campaign.clocks import clock_for
from drills.catalog.campaigns import read_campaign
from drills.chat.inbound import Profile
from drills.chat.plain import plain
from drills.errors import CannotReach
from drills.evaluation import Judgement
from drills.journeys.campaigns import push_due
from drills.journeys.run_campaign import CannotStart, WrongState, change, coming, prospect, start
from drills.people import QuietHours
from drills.ports import Case
from drills.push import PushState
from drills.rubric import Level


async def test_a_slot_is_posted_at_its_time_and_open_for_its_window(ward: Ward) -> None:
    await started(ward, a_file(more="window_hours: 48\nfeedback: keep\n"))
    await pass_to(ward, "2026-03-03 13:59:59")
    assert await pushes(ward) == []
    await pass_to(ward, "2026-03-03 14:00")
    (push,) = await pushes(ward)
    assert (push.campaign, push.slot, push.keep) == ("first-fortnight", "2026-03-03T14:00", True)
    assert (push.opens_at, push.closes_at) == (at("2026-03-03 14:00"), at("2026-03-05 14:00"))
    await ward.work()
    assert list(ward.chat.posts) == [f"push:{push.id}"]


async def test_quiet_hours_that_a_file_gives_one_team_hold_beside_those_of_its_setup(ward: Ward) -> None:
    """What a preview says of the file is what is sent, also after a restart reads it back from its row."""
    icu = replace(a_team("icu"), quiet=QuietHours.parse("13:00-13:59"))
    async with ward.memory.begin() as work:
        await work.teams.save(icu)
    quiet = '  - {id: 5-south}\n  - {id: icu, quiet: {from: "14:00", to: "15:30"}}\n'
    await started(ward, a_file(teams=quiet))
    found = await coming(ward.tools, ward.team.workspace, "first-fortnight")
    assert {(slot.team, f"{slot.landing.local:%H:%M}") for slot in found.slots} == {
        ("5-south", "14:00"),
        ("icu", "15:30"),
    }
    await live_until(ward, "2026-03-03 14:00")
    assert {place.channel for place, _ in ward.chat.posts.values()} == {"#5-south"}
    await live_until(ward, "2026-03-03 15:30")
    assert {place.channel for place, _ in ward.chat.posts.values()} == {"#5-south", "#icu"}
    page = plain(await ward.press("campaign", "show", "first-fortnight", by="kai", profile=Profile(admin=True)))
    assert "Quiet hours: Icu 14:00-15:30 and 13:00-13:59; none for 5 South" in page


async def test_what_could_not_be_posted_fills_no_week_and_its_drill_comes_next(ward: Ward) -> None:
    await started(ward, a_file(more="per_week: 1\n"))
    ward.chat.troubles = [CannotReach("not in channel")]
    with pytest.raises(CannotReach):
        await live_until(ward, "2026-03-03 14:00")
    await live_until(ward, "2026-03-05 14:00")
    await live_until(ward, "2026-03-10 14:00")
    assert [(push.slot[:10], push.drill_id, push.state) for push in await pushes(ward)] == [
        ("2026-03-03", "sbar-001-night-call", PushState.FAILED),
        ("2026-03-05", "sbar-001-night-call", PushState.CLOSED),
        ("2026-03-10", "conf-001-held-dose", PushState.POSTED),
    ]


async def test_ticking_through_weeks_sends_what_the_preview_says(ward: Ward) -> None:
    """Through the change of clocks on 8 March, hour by hour, with two processes that tick."""
    file = await started(ward, a_file("Tue and Thu at 14:00", "Tue, Sat and Sun at 02:30", "per_week: 2\n"))
    clocks = {ward.team.id: clock_for(file.campaign, ward.team)}
    expected = plan([Planned(file.campaign, file.playlist, clocks)], date(2026, 3, 31))
    while ward.clock() < at("2026-04-01 12:00"):
        ward.clock.pass_by(hours=0.5)
        await push_due(ward.tools, ward.clock())
        await push_due(ward.tools, ward.clock())
    told = [(row["at"], row["status"], row["reason"], row["drill"], row["variant"]) for row in await rows(ward)]
    assert told == [(s.landing.at, s.landing.status.value, s.landing.reason, s.drill, s.variant) for s in expected]
    assert [push.slot for push in await pushes(ward)] == [
        row["local"] for row in await rows(ward) if row["status"] != "dropped"
    ]
    assert any("clocks skip to 03:00" in row["reason"] for row in await rows(ward))


async def test_after_downtime_the_latest_slot_is_sent_within_its_grace_and_only_that(ward: Ward) -> None:
    await started(ward)
    await pass_to(ward, "2026-03-10 15:45")
    assert [(row["local"], row["status"]) for row in await rows(ward)] == [
        ("2026-03-03T14:00", "dropped"),
        ("2026-03-05T14:00", "dropped"),
        ("2026-03-10T14:00", "planned"),
    ]
    (push,) = await pushes(ward)
    assert (push.opens_at, push.closes_at) == (at("2026-03-10 15:45"), at("2026-03-13 15:45"))
    assert (await rows(ward))[0]["reason"] == "It was missed: a later slot was due by then."


async def test_after_longer_downtime_nothing_is_sent(ward: Ward) -> None:
    await started(ward)
    await pass_to(ward, "2026-03-10 16:01")
    assert await pushes(ward) == []
    assert (await rows(ward))[-1]["reason"] == "It was missed: later than 2 hours after its time it is not sent."
    await pass_to(ward, "2026-03-12 14:00")
    assert [push.drill_id for push in await pushes(ward)] == ["sbar-001-night-call"]


async def test_quiet_hours_do_not_count_as_lateness_and_nothing_is_sent_in_them(ward: Ward) -> None:
    await started(ward, a_file("14:00", "20:30", "quiet: {from: '21:00', to: '07:00'}\n"))
    await pass_to(ward, "2026-03-03 23:00")
    assert await pushes(ward) == []
    assert await rows(ward) == []
    await pass_to(ward, "2026-03-04 07:00")
    assert [push.slot for push in await pushes(ward)] == ["2026-03-03T20:30"]


async def test_clocks_that_jump_back_double_nothing(ward: Ward) -> None:
    await started(ward)
    for moment in ("2026-03-03 14:00", "2026-03-02 09:00", "2026-03-03 13:00", "2026-03-03 14:00", "2026-03-03 14:01"):
        await pass_to(ward, moment)
    assert len(await pushes(ward)) == 1


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "Pacific/Honolulu"])
async def test_a_team_that_moves_to_another_zone_misses_and_doubles_no_slot(ward: Ward, zone: str) -> None:
    await started(ward)
    await pass_to(ward, "2026-03-05 14:00")
    ward.clock.pass_by(minutes=30)
    async with ward.memory.begin() as work:
        await work.teams.save(replace(ward.team, tz=zone))
    while ward.clock() < at("2026-03-12 20:00"):
        await push_due(ward.tools, ward.clock())
        ward.clock.pass_by(minutes=30)
    found = {push.slot: push.opens_at for push in await pushes(ward)}
    assert list(found)[-2:] == ["2026-03-10T14:00", "2026-03-12T14:00"]
    assert found["2026-03-10T14:00"] == at("2026-03-10 14:00", ZoneInfo(zone))


async def test_new_quiet_hours_of_the_team_hold_from_the_next_tick_on(ward: Ward) -> None:
    await started(ward)
    async with ward.memory.begin() as work:
        await work.teams.save(replace(ward.team, quiet=QuietHours.parse("13:00-16:00")))
    await pass_to(ward, "2026-03-03 14:00")
    assert await pushes(ward) == []
    await pass_to(ward, "2026-03-03 16:00")
    assert [row["status"] for row in await rows(ward)] == ["moved"]
    assert len(await pushes(ward)) == 1


async def test_a_new_process_reckons_again_and_changes_nothing(ward: Ward) -> None:
    await started(ward)
    await pass_to(ward, "2026-03-03 14:00")
    await reckon_again(ward.tools)
    await pass_to(ward, "2026-03-03 14:00:15")
    assert len(await pushes(ward)) == 1
    await reckon_again(ward.tools)
    await pass_to(ward, "2026-03-05 14:00")
    assert len(await pushes(ward)) == 2


async def test_a_paused_campaign_sends_nothing_and_makes_up_for_nothing(ward: Ward) -> None:
    await started(ward)
    await change(ward.tools, ward.team.workspace, "first-fortnight", CampaignState.PAUSED)
    await pass_to(ward, "2026-03-03 14:00")
    ward.clock.pass_by(minutes=10)
    await change(ward.tools, ward.team.workspace, "first-fortnight", CampaignState.RUNNING)
    await pass_to(ward, "2026-03-03 14:15")
    assert await pushes(ward) == []
    await pass_to(ward, "2026-03-05 14:00")
    assert [(push.slot, push.drill_id) for push in await pushes(ward)] == [("2026-03-05T14:00", "sbar-001-night-call")]


async def test_a_stopped_campaign_stays_stopped(ward: Ward) -> None:
    file = await started(ward)
    await change(ward.tools, ward.team.workspace, "first-fortnight", CampaignState.STOPPED)
    await pass_to(ward, "2026-03-03 14:00")
    assert await pushes(ward) == []
    with pytest.raises(WrongState, match="can't become running"):
        await change(ward.tools, ward.team.workspace, "first-fortnight", CampaignState.RUNNING)
    with pytest.raises(CannotStart, match="another `id`"):
        await start(ward.tools, file, ward.team.workspace)


async def test_starting_again_takes_over_the_new_file_and_repeats_no_slot(ward: Ward) -> None:
    await started(ward)
    await pass_to(ward, "2026-03-03 14:00")
    ward.clock.pass_by(minutes=5)
    await start(ward.tools, a_file("Tue and Thu at 14:00", "weekdays at 14:00"), ward.team.workspace)
    for day in range(3, 7):
        await pass_to(ward, f"2026-03-0{day} 14:00")
        await pass_to(ward, f"2026-03-0{day} 18:00")
    assert [push.slot[8:10] for push in await pushes(ward)] == ["03", "04", "05", "06"]


async def test_a_start_in_the_middle_makes_up_for_nothing_and_begins_with_the_first_drill(ward: Ward) -> None:
    await started(ward, now="2026-03-10 14:30")
    assert await rows(ward) == []
    await pass_to(ward, "2026-03-12 14:00")
    assert [push.drill_id for push in await pushes(ward)] == ["sbar-001-night-call"]


async def test_a_prospect_names_the_zones_that_differ_and_what_comes(ward: Ward) -> None:
    ward.clock.now = at("2026-03-10 14:30")
    file = a_file(teams="  - {id: 5-south, tz: Europe/Berlin}\n")
    found = await prospect(ward.tools, file, ward.team.workspace)
    assert [slot.landing.local.isoformat() for slot in found.slots][:2] == [
        "2026-03-12T14:00:00-05:00",
        "2026-03-17T14:00:00-05:00",
    ]
    assert found.other_zones[0].startswith("5 South (5-south) is in America/Chicago in this installation")
    with pytest.raises(CannotStart, match=r"has no team 6-north\. Its teams: 5 South \(5-south\)"):
        await prospect(ward.tools, a_file(teams="  - {id: 6-north}\n"), ward.team.workspace)


async def test_a_file_may_call_a_team_by_its_name_where_only_one_has_it(ward: Ward) -> None:
    by_name = a_file(teams="  - {id: 5 SOUTH, tz: America/Chicago}\n")
    one = await start(ward.tools, by_name, ward.team.workspace)
    assert [team.id for team in one.campaign.teams] == ["5-south"]
    assert [team.id for team in read_campaign(one.source, DRILLS).campaign.teams] == ["5-south"]
    with pytest.raises(CannotStart, match=r"names 5 South \(5-south\) twice"):
        await prospect(ward.tools, a_file(teams="  - {id: 5 South}\n  - {id: 5-south}\n"), ward.team.workspace)
    async with ward.memory.begin() as work:
        await work.teams.save(replace(ward.team, id="other", channel="#other"))
    with pytest.raises(CannotStart, match=r"More than one team of .* is called 5 SOUTH: write its id"):
        await prospect(ward.tools, by_name, ward.team.workspace)


async def test_two_campaigns_share_the_teams_week(ward: Ward) -> None:
    await started(ward, a_file(more="per_week: 3\n"))
    file = a_file("id: first-fortnight", "id: second", "per_week: 3\n")
    later = replace(file.campaign, cadence=Cadence.cron("0 15 * * TUE,THU"))
    await started(ward, replace(file, campaign=later))
    for day in ("03", "05", "10"):
        await pass_to(ward, f"2026-03-{day} 14:00")
        await pass_to(ward, f"2026-03-{day} 15:00")
    assert [(push.campaign, push.slot[8:10]) for push in await pushes(ward)] == [
        ("first-fortnight", "03"),
        ("second", "03"),
        ("first-fortnight", "05"),
        ("first-fortnight", "10"),
        ("second", "10"),
    ]


async def test_of_two_campaigns_at_one_moment_one_is_sent_and_the_other_says_why(ward: Ward) -> None:
    for id_ in ("second", "first-fortnight"):
        await started(ward, a_file("id: first-fortnight", f"id: {id_}"))
    await pass_to(ward, "2026-03-03 14:00")
    assert [push.campaign for push in await pushes(ward)] == ["first-fortnight"]
    async with ward.memory.read() as work:
        (row,) = await work.campaigns.slots(ward.team.workspace, "second")
    assert (row["status"], row["reason"]) == (
        "dropped",
        "Another campaign has a drill for this team at that time.",
    )


async def test_two_drills_that_are_posted_in_the_same_seconds_are_not_both_open_for_anybody(ward: Ward) -> None:
    await started(ward, for_nurses())
    other = for_nurses()
    later = replace(other.campaign, id="second", cadence=Cadence.cron("5 14 * * TUE"))
    await started(ward, replace(other, campaign=later))
    await pass_to(ward, "2026-03-03 14:06")  # the program was down at two o'clock
    jobs = await ward.memory.unfinished(ward.clock())
    await asyncio.gather(*(ward.worker(job) for job in jobs))
    await ward.work()
    first, second = [await eligible(ward, push) for push in await pushes(ward)]
    assert sorted(map(len, (first, second))) == [0, 6]
    assert len(ward.chat.revisions) == 1  # the card of the one that counts nobody yet says so


async def test_changes_to_a_paused_campaign_let_it_run_and_make_up_for_nothing(ward: Ward) -> None:
    """Saving changes to what is paused is a start: it runs again, and nothing of the pause is made up for."""
    await started(ward)
    await change(ward.tools, ward.team.workspace, "first-fortnight", CampaignState.PAUSED)
    await pass_to(ward, "2026-03-03 14:00")
    await start(ward.tools, a_file("14:00", "15:00"), ward.team.workspace)
    await pass_to(ward, "2026-03-03 14:30")
    assert await pushes(ward) == []
    await pass_to(ward, "2026-03-03 15:00")
    assert [push.slot for push in await pushes(ward)] == ["2026-03-03T15:00"]


async def test_what_runs_counts_the_drills_that_this_week_has_had(ward: Ward) -> None:
    await started(ward, a_file("Tue and Thu at 14:00", "Tue, Wed and Thu at 14:00", "per_week: 2\n"))
    await pass_to(ward, "2026-03-03 14:00")
    await pass_to(ward, "2026-03-04 14:00")
    shown = await coming(ward.tools, ward.team.workspace, "first-fortnight")
    assert [one.landing.happens for one in shown.slots[:4]] == [False, True, True, False]
    await pass_to(ward, "2026-03-05 14:00")
    assert len(await pushes(ward)) == 2


class TestAList:
    """Which drill comes goes by what the team had, so that a list may change while it runs."""

    async def days(self, ward: Ward, *days: str) -> list[str]:
        for day in days:
            await pass_to(ward, f"2026-03-{day} 14:00")
        return [push.drill_id[:8] for push in await pushes(ward)]

    async def test_a_drill_that_is_taken_out_leaves_the_others_in_their_order(self, ward: Ward) -> None:
        three = "[sbar-001-night-call, sbar-002-lobby-recheck, conf-001-held-dose]"
        await started(ward, a_file("[sbar-001-night-call, conf-001-held-dose]", three))
        assert await self.days(ward, "03", "05") == ["sbar-001", "sbar-002"]
        two = "[sbar-001-night-call, conf-001-held-dose]"
        await start(ward.tools, a_file("[sbar-001-night-call, conf-001-held-dose]", two), ward.team.workspace)
        assert (await self.days(ward, "10", "12"))[2:] == ["conf-001", "sbar-001"]

    async def test_a_drill_that_is_added_comes_next_and_nothing_comes_twice_in_a_row(self, ward: Ward) -> None:
        await started(ward)
        assert await self.days(ward, "03", "05") == ["sbar-001", "conf-001"]
        three = "[sbar-001-night-call, sbar-002-lobby-recheck, conf-001-held-dose]"
        more = a_file("[sbar-001-night-call, conf-001-held-dose]", three)
        await start(ward.tools, more, ward.team.workspace)
        assert (await self.days(ward, "10", "12", "17"))[2:] == ["sbar-002", "sbar-001", "conf-001"]

    async def test_a_team_that_was_taken_out_and_comes_back_goes_on_where_it_was(self, ward: Ward) -> None:
        async with ward.memory.begin() as work:
            await work.teams.save(a_team("micu"))
        await started(ward, a_file(teams="  - {id: 5-south}\n  - {id: micu}\n"))
        assert await self.days(ward, "03") == ["sbar-001"]
        await start(ward.tools, a_file(teams="  - {id: micu}\n"), ward.team.workspace)
        assert await self.days(ward, "05") == ["sbar-001"]
        await start(ward.tools, a_file(), ward.team.workspace)
        assert await self.days(ward, "10") == ["sbar-001", "conf-001"]


async def test_a_hold_that_ends_early_lets_what_waits_come_at_once(ward: Ward) -> None:
    await make_lead(ward)
    await started(ward)
    ward.clock.now = at("2026-03-03 13:00")
    await ward.ask("hold 9h", by="grace")
    await pass_to(ward, "2026-03-03 14:00")
    ward.clock.now = at("2026-03-03 15:00")
    await ward.ask("hold off", by="grace")
    await pass_to(ward, "2026-03-03 15:00:10")
    (push,) = await pushes(ward)
    assert (push.slot, push.opens_at) == ("2026-03-03T14:00", at("2026-03-03 15:00"))
    assert (await rows(ward))[0]["reason"] == "The team was on hold then: moved to its end."


async def test_a_hold_over_the_last_day_drops_the_slot_with_its_reason(ward: Ward) -> None:
    await make_lead(ward)
    await started(ward, a_file("2026-03-31", "2026-03-03"))
    ward.clock.now = at("2026-03-03 13:00")
    await ward.ask("hold 20h", by="grace")
    await pass_to(ward, "2026-03-04 09:00")
    assert await pushes(ward) == []
    assert (await rows(ward))[0]["reason"] == "The team was on hold, and the campaign is over when that ends."


async def test_what_runs_shows_the_drill_that_really_comes_after_a_pause(ward: Ward) -> None:
    await started(ward)
    await pass_to(ward, "2026-03-03 14:00")
    await change(ward.tools, ward.team.workspace, "first-fortnight", CampaignState.PAUSED)
    await pass_to(ward, "2026-03-05 15:00")
    await change(ward.tools, ward.team.workspace, "first-fortnight", CampaignState.RUNNING)
    shown = await coming(ward.tools, ward.team.workspace, "first-fortnight")
    assert [(f"{one.landing.local:%d}", one.drill) for one in shown.slots[:2]] == [
        ("10", "conf-001-held-dose"),
        ("12", "sbar-001-night-call"),
    ]
    await pass_to(ward, "2026-03-10 14:00")
    assert (await pushes(ward))[-1].drill_id == "conf-001-held-dose"


async def test_the_rubric_of_the_start_holds_though_the_file_changed(ward: Ward) -> None:
    file = await started(ward)
    await pass_to(ward, "2026-03-03 14:00")
    (push,) = await pushes(ward)
    assert push.drill_hash == file.drills[0].hash
    async with ward.memory.read() as work:
        assert await work.drills.get(ward.team.workspace, push.drill_hash, push.variant) is not None


async def test_the_clock_of_the_program_sends_and_posts(ward: Ward) -> None:
    await started(ward)
    ward.clock.now = at("2026-03-03 14:00:10")
    await tick(ward.tools)
    await ward.work()
    assert len(ward.chat.posts) == 1


async def test_other_teams_and_workspaces_are_left_alone(ward: Ward) -> None:
    other = a_team("micu")
    async with ward.memory.begin() as work:
        await work.teams.save(other)
    await started(ward)
    await pass_to(ward, "2026-03-03 14:00")
    async with ward.memory.read() as work:
        assert await work.pushes.of_team(other) == []


async def test_many_courses_due_at_once_are_all_served(ward: Ward) -> None:
    names = [f"team-{n:03}" for n in range(450)]
    async with ward.memory.begin() as work:
        for name in names:
            await work.teams.save(a_team(name))
    await started(ward, a_file(teams="".join(f"  - {{id: {name}}}\n" for name in names)))
    ward.clock.now = at("2026-03-03 14:00")
    assert await push_due(ward.tools, ward.clock()) == 450
    assert await push_due(ward.tools, ward.clock() + timedelta(seconds=15)) == 0


async def test_a_lead_sees_the_teams_campaigns_and_the_next_drill(ward: Ward) -> None:
    await make_lead(ward)
    assert "This team is in no campaign" in plain(await ward.ask("campaign", by="grace"))
    await started(ward)
    assert "First fortnight: next drill Tuesday 03 March, 14:00" in plain(await ward.ask("campaign", by="grace"))
    await change(ward.tools, ward.team.workspace, "first-fortnight", CampaignState.PAUSED)
    assert "First fortnight: paused" in plain(await ward.ask("campaign", by="grace"))
    assert "Leads and educators of this team can do that" in plain(await ward.ask("campaign", by="kai"))


async def test_a_refusal_says_when_the_platform_did_not_tell_who_administers(ward: Ward) -> None:
    await started(ward)
    doubt = Profile(unknown="Slack did not say whether you administer this workspace.")
    for said in (
        await ward.press("campaign", "stop", "first-fortnight", profile=doubt),
        await ward.press("campaign", "show", "first-fortnight", profile=doubt),
        await ward.ask("campaign new", profile=doubt),
    ):
        assert "Slack did not say whether you administer this workspace. Campaigns are looked after" in plain(said)


class TestAdaptive:
    """Three drills, one each Tuesday. What comes in the second and the third week is said as soon as it is known."""

    async def test_a_drill_that_many_missed_comes_back_as_its_variant_with_another_between(self, ward: Ward) -> None:
        missed = all_met(Case(a_drill_file().drill(), "Dr. Lark, please come"), Level.NOT_YET)
        assert await self.three_weeks(ward, [missed] * 6) == ["sbar-001 a", "sbar-002 a", "sbar-001 b"]

    async def test_a_drill_that_went_well_stays_away(self, ward: Ward) -> None:
        assert await self.three_weeks(ward, []) == ["sbar-001 a", "sbar-002 a", "conf-001 a"]

    async def test_four_people_say_nothing_about_the_team(self, ward: Ward) -> None:
        missed = all_met(Case(a_drill_file().drill(), "Dr. Lark, please come"), Level.NOT_YET)
        found = await self.three_weeks(ward, [missed] * 4, answers=4)
        assert found == ["sbar-001 a", "sbar-002 a", "conf-001 a"]

    @staticmethod
    async def three_weeks(ward: Ward, answers_of_judge: list[Judgement], answers: int = 6) -> list[str]:
        """The drills of three Tuesdays, with what was missed in the first."""
        file = a_file(
            "[sbar-001-night-call, conf-001-held-dose]",
            "[sbar-001-night-call, sbar-002-lobby-recheck, conf-001-held-dose]",
            "order: adaptive\n",
        )
        cadence = replace(file.campaign, cadence=Cadence.cron("0 14 * * TUE"))
        await started(ward, replace(file, campaign=cadence))
        await live_until(ward, "2026-03-03 14:00")
        (push,) = await pushes(ward)
        ward.judge.answers = list(answers_of_judge)
        for person in ("kai", "amara", "tomasz", "ines", "grace", "owen")[:answers]:
            await ward.reply(push, "Dr. Lark, please come now.", by=person)
        await ward.work()
        said = [await coming(ward.tools, ward.team.workspace, "first-fortnight")]  # while the window is open
        await live_until(ward, "2026-03-06 14:00")
        said.append(await coming(ward.tools, ward.team.workspace, "first-fortnight"))
        for tuesday in ("10", "17"):
            await live_until(ward, f"2026-03-{tuesday} 14:00")
        sent = [f"{push.drill_id[:8]} {push.variant}" for push in await pushes(ward)]
        for one in said:
            assert [f"{slot.drill[:8]} {slot.variant}" for slot in one.slots[:2]] == sent[1:]
        return sent
