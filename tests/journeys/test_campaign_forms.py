"""Campaigns made and changed from chat: a form, a preview of every team, a start; each refusal with its sentence."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from builders import a_member, a_person, a_team
from campaign_ward import CHICAGO, DRILLS, a_file, at, started
from ward import Ward

from bot.clock import tick
from drills.campaign import CampaignState
from drills.chat.cards import Card, FieldErrors, Form
from drills.chat.inbound import Pressed, Profile
from drills.chat.plain import plain
from drills.errors import CannotReach
from drills.journeys.run_campaign import coming, prospect
from drills.people import QuietHours, Role
from drills.views.campaign_form import intent

BERLIN = ZoneInfo("Europe/Berlin")
ADMIN = Profile(admin=True)
BASICS: dict[str, Any] = {
    "name": "Spring handoffs",
    "drills": "sbar,level.1",
    "cadence": "Tue and Thu at 14:00",
    "when": "2026-03-02 for 8 weeks",
    "teams": "5-south,icu",
}
ID = "spring-handoffs"


@pytest.fixture
async def two_teams(ward: Ward) -> Ward:
    """Grace educates 5 South (Chicago) and the ICU (Berlin); Owen leads 5 South only."""
    ward.clock.now = at("2026-03-01 12:00")
    icu = replace(a_team("icu"), tz="Europe/Berlin", quiet=QuietHours.parse("13:00-13:30"))
    async with ward.memory.begin() as work:
        await work.teams.save(icu)
        await work.members.save(a_member("grace", ward.team, role=Role.EDUCATOR))
        await work.members.save(a_member("grace", icu, role=Role.EDUCATOR))
        await work.members.save(a_member("owen", ward.team, role=Role.LEAD))
    return ward


async def test_eight_weeks_for_two_teams_in_two_zones_are_planned_seen_and_started(two_teams: Ward) -> None:
    ward = two_teams
    form = await ward.ask("campaign new", by="grace")
    assert isinstance(form, Form)
    card = await saved(ward, form, **BASICS)
    page = plain(card)
    assert "32 slots: 32 planned." in page
    assert "5 South (America/Chicago): the first 4 of 16" in page
    assert "Icu (Europe/Berlin): the first 4 of 16" in page
    assert page.count("Tue 03 Mar 14:00") == 2  # each team at its own two o'clock
    assert "Quiet hours: Icu 13:00-13:30" in page
    assert 'cadence: {every: "Tue and Thu at 14:00"}' in page
    assert [button.label for button in card.buttons] == ["Start", "Change", "More settings", "Not now", "Throw away"]
    assert await state(ward) is CampaignState.DRAFT
    await tick(ward.tools)
    assert not ward.chat.posts

    # the ICU's two o'clock, in Berlin, comes before that of Chicago
    assert "It runs. First: Icu, Tue 03 Mar 14:00." in plain(await ward.press("campaign", "start", ID, by="grace"))
    assert await state(ward) is CampaignState.RUNNING
    assert "running; the next drill shows here in a moment" in plain(await ward.ask("campaign", by="grace"))
    await tick(ward.tools)
    assert "next drill Tuesday 03 March, 14:00" in plain(await ward.ask("campaign", by="grace"))
    for zone in (BERLIN, CHICAGO):
        ward.clock.now = at("2026-03-03 14:00", zone)
        await tick(ward.tools)
        await ward.work()
    assert {place.channel for place, _ in ward.chat.posts.values()} == {"#5-south", "#icu"}


async def test_a_draft_waits_until_somebody_goes_on_with_it(two_teams: Ward) -> None:
    await saved(two_teams, intent("edit"), **BASICS)
    assert "The draft is kept" in plain(await two_teams.press("campaign", "keep", ID, by="grace"))
    card = await two_teams.ask("campaign", by="grace")
    assert "Spring handoffs: a draft, not started" in plain(card)
    form = await two_teams.press("campaign", "edit", ID, by="grace")
    assert isinstance(form, Form)
    assert {field.name: field.value for field in form.fields} == BASICS  # every word as it was
    await two_teams.press("campaign", "drop", ID, by="grace")
    assert "in no campaign" in plain(await two_teams.ask("campaign", by="grace"))


async def test_more_settings_change_the_draft_and_only_what_was_changed(two_teams: Ward) -> None:
    await saved(two_teams, intent("edit"), **BASICS)
    form = await two_teams.press("campaign", "more", ID, by="grace")
    assert isinstance(form, Form)
    assert [field.value for field in form.fields] == ["72", "1", "2", "spaced", ""]
    changes = {"window": "48", "reminders": "2", "per_week": "1", "order": "given", "options": "keep,friday"}
    page = plain(await saved(two_teams, form, **changes))
    assert "32 slots: 16 planned, 16 dropped." in page
    assert "✕ dropped: The team has 1 drill in that week already (at most 1 a week)." in page
    for line in ("window_hours: 48", "reminders: {max: 2, after_hours: 24}", "feedback: keep", "title: "):
        assert line in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " \u200b ", "The title is empty."),
        ("cadence", "Tusday at 14:00", "“tusday” is no day of the week. Did you mean Tuesday?"),
        ("cadence", "Tue and Thu", "no “at” and no time"),
        ("cadence", "mon,wed 9:15", "no “at” between days and time"),
        ("when", "2026-02-30 for 8 weeks", "not in the calendar"),
        ("when", "2026-03-02 for 0 weeks", "The last day is before the first day."),
        ("when", "soon", "Write it like 2027-01-04 for 8 weeks"),
        ("when", "03/04/2027 for 8 weeks", "Write it like 2027-01-04 for 8 weeks"),
        ("when", "30 February 2027 for 8 weeks", "not in the calendar"),
        ("when", "2026-03-02 to 2026-02-02", "The last day is before the first day."),
        ("drills", "presence,level.3", "No drill of the library fits"),
        ("drills", "juggling", "must be one of"),
        ("teams", "", "Pick at least one team."),
        ("teams", "somebody-elses", "Pick at least one team."),
    ],
)
async def test_the_linters_sentence_stands_beside_the_field_and_every_word_is_kept(
    two_teams: Ward, field: str, value: str, sentence: str
) -> None:
    answer = await two_teams.submit(intent("edit"), by="grace", **{**BASICS, field: value})
    assert isinstance(answer.show, FieldErrors)
    assert sentence in answer.show.errors[field]
    assert {one.name: one.value for one in answer.show.form.fields if one.name != field} == {
        name: text for name, text in BASICS.items() if name != field
    }
    assert await state(two_teams) is None


async def test_every_field_at_fault_is_told_at_once_and_by_its_name(two_teams: Ward) -> None:
    wrong = {"name": "", "cadence": "Tusday at 14:00", "when": "2026-02-30 for 8 weeks", "per_week": "many"}
    answer = await two_teams.submit(
        intent("whole"),
        by="grace",
        **{**BASICS, **wrong, "window": "72", "quiet": "21-7", "reminders": "1", "after": "0"},
    )
    assert isinstance(answer.show, FieldErrors)
    assert answer.show.errors == {
        "name": "The title is empty. Write something.",
        "cadence": "“tusday” is no day of the week. Did you mean Tuesday?",
        "when": "The first day: this day is not in the calendar.",
        "per_week": "The number of drills a week must be a whole number, and this is text.",
        "quiet": "Write it like 21:00-07:00.",
        "after": "The time until the first reminder must be more than 0.",
    }


async def test_a_number_with_a_fraction_is_told_as_it_is(two_teams: Ward) -> None:
    settings = {"window": "72", "reminders": "1", "per_week": "2,5", "order": "given", "options": ""}
    answer = await two_teams.submit(intent("whole"), by="grace", **BASICS, **settings)
    assert isinstance(answer.show, FieldErrors)
    assert answer.show.errors == {"per_week": "The number of drills a week must be a whole number, and this is 2.5."}


async def test_changing_what_runs_says_first_which_slots_go_and_come(two_teams: Ward) -> None:
    ward = two_teams
    await running(ward)
    card = await saved(ward, intent("edit", ID), **{**BASICS, "cadence": "Tue and Fri at 14:00"})
    page = plain(card)
    assert "16 slots go away" in page
    assert "✕ 5 South, Thu 05 Mar 14:00" in page
    assert "16 slots come" in page
    assert "+ Icu, Fri 06 Mar 14:00" in page
    assert (await row(ward)).campaign.cadence.crons == ("0 14 * * 2,4",)  # nothing is changed yet
    assert "changes that are not saved yet" in plain(await ward.ask("campaign", by="grace"))
    done = plain(await ward.press("campaign", "save", ID, by="grace"))
    assert "It goes on with the new settings. First: Icu, Tue 03 Mar 14:00." in done
    assert (await row(ward)).campaign.cadence.crons == ("0 14 * * 2,5",)
    assert "no changes" in plain(await ward.press("campaign", "draft", ID, by="grace"))


async def test_changes_that_are_thrown_away_leave_what_runs_alone(two_teams: Ward) -> None:
    await running(two_teams)
    await saved(two_teams, intent("edit", ID), **{**BASICS, "name": "Autumn"})
    assert "What runs stays" in plain(await two_teams.press("campaign", "drop", ID, by="grace"))
    one = await row(two_teams)
    assert (one.campaign.title, one.state) == ("Spring handoffs", CampaignState.RUNNING)


async def test_what_a_form_does_not_show_stays_in_the_file(ward: Ward) -> None:
    await started(ward)
    form = await ward.press("campaign", "edit", "first-fortnight", by="kai", profile=ADMIN)
    assert isinstance(form, Form)
    values = {field.name: field.value or "" for field in form.fields}
    assert values["drills"] == "listed"
    answer = await ward.submit(form, by="kai", profile=ADMIN, **{**values, "name": "Another title"})
    assert isinstance(answer.show, Card)
    assert "drills: [sbar-001-night-call, conf-001-held-dose]" in plain(answer.show)
    assert "Every drill keeps its time." in plain(answer.show)


async def test_a_start_that_brings_nothing_says_so(two_teams: Ward) -> None:
    await saved(two_teams, intent("edit"), **{**BASICS, "when": "2026-02-02 to 2026-02-27"})
    done = plain(await two_teams.press("campaign", "start", ID, by="grace"))
    assert "It runs. No drill comes as things stand" in done


async def test_pause_resume_and_stop_by_those_who_may(two_teams: Ward) -> None:
    ward = two_teams
    await running(ward)
    shown = await ward.press("campaign", "show", ID, by="grace")
    assert isinstance(shown, Card)
    assert [button.label for button in shown.buttons] == ["Pause", "Change", "More settings", "Stop"]
    paused = await ward.press("campaign", "pause", ID, by="grace")
    assert await state(ward) is CampaignState.PAUSED
    assert isinstance(paused, Card)
    assert [button.label for button in paused.buttons] == ["Resume", "Open it"]
    assert "paused" in plain(await ward.press("campaign", "pause", ID, by="grace"))  # an old button does no harm
    ward.clock.now = at("2026-03-05 12:00")  # the ICU's slot of the day is over
    resumed = plain(await ward.press("campaign", "resume", ID, by="grace"))
    assert "not made up for. First: 5 South, Thu 05 Mar 14:00." in resumed
    assert resumed == plain(await ward.press("campaign", "resume", ID, by="grace"))
    assert await state(ward) is CampaignState.RUNNING
    assert "This is for good" in plain(await ward.press("campaign", "stop", ID, by="grace"))
    assert await state(ward) is CampaignState.RUNNING
    await ward.press("campaign", "stopped", ID, by="grace")
    assert await state(ward) is CampaignState.STOPPED
    assert "stopped for good" in plain(await ward.press("campaign", "edit", ID, by="grace"))
    async with ward.memory.read() as work:
        did = [entry.body["did"] for entry in await work.ledger.entries(ward.team.workspace)]
    assert did == ["started", "paused", "running", "stopped"]


ACTS = ("edit", "more", "whole", "start", "save", "pause", "resume", "stop", "stopped", "keep", "drop", "draft")


async def test_what_could_not_be_posted_is_told_to_whoever_looks_after_it(two_teams: Ward) -> None:
    ward = two_teams
    await running(ward)
    ward.clock.now = at("2026-03-03 14:00", BERLIN)
    await tick(ward.tools)
    ward.chat.troubles = [CannotReach("not in channel")]
    with pytest.raises(CannotReach):
        await ward.work()
    ward.clock.now = at("2026-03-03 14:00")
    await tick(ward.tools)
    await ward.work()
    for by in ("grace", "owen"):
        page = plain(await ward.press("campaign", "show", ID, by=by))
        assert "Could not be posted: Icu, Tue 03 Mar 14:00. `/drill doctor` names what may be missing there" in page
    command = await coming(ward.tools, ward.team.workspace, ID)
    assert [(push.team, push.opens_at) for push in command.missed] == [("icu", at("2026-03-03 14:00", BERLIN))]
    ward.clock.now = at("2026-03-18 14:00")
    assert "Could not be posted" not in plain(await ward.press("campaign", "show", ID, by="grace"))


async def test_what_is_paused_is_changed_and_stays_paused_until_it_is_resumed(two_teams: Ward) -> None:
    ward = two_teams
    await running(ward)
    await ward.press("campaign", "pause", ID, by="grace")
    card = await saved(ward, intent("edit", ID), **{**BASICS, "cadence": "Wed at 09:00"})
    assert [button.label for button in card.buttons][:2] == ["Save, stay paused", "Save and resume"]
    done = await ward.press("campaign", "stay", ID, by="grace")
    assert isinstance(done, Card)
    assert "It stays paused" in plain(done)
    assert [button.label for button in done.buttons] == ["Resume", "Open it"]
    assert await state(ward) is CampaignState.PAUSED
    for day in ("2026-03-03 14:00", "2026-03-04 09:00"):
        ward.clock.now = at(day)
        await tick(ward.tools)
        await ward.work()
    assert not ward.chat.posts
    await ward.press("campaign", "resume", ID, by="grace")
    ward.clock.now = at("2026-03-11 09:00")
    await tick(ward.tools)
    await ward.work()
    assert {place.channel for place, _ in ward.chat.posts.values()} == {"#5-south"}


async def test_a_press_that_would_keep_it_paused_pauses_nothing_that_was_resumed_meanwhile(two_teams: Ward) -> None:
    await running(two_teams)
    await two_teams.press("campaign", "pause", ID, by="grace")
    await saved(two_teams, intent("edit", ID), **{**BASICS, "cadence": "Wed at 09:00"})
    await two_teams.press("campaign", "resume", ID, by="grace")
    assert "It goes on" in plain(await two_teams.press("campaign", "stay", ID, by="grace"))
    assert await state(two_teams) is CampaignState.RUNNING


@pytest.mark.parametrize("by", ["owen", "kai"])
async def test_nobody_else_changes_a_campaign(two_teams: Ward, by: str) -> None:
    """Owen leads one of its teams; Kai is a learner."""
    await running(two_teams)
    before = await row(two_teams)
    for act in ACTS:
        assert "educators of all their teams" in plain(await two_teams.press("campaign", act, ID, by=by))
    for form in ("edit", "more", "whole"):
        answer = await two_teams.submit(intent(form, ID), by=by, **BASICS)
        assert isinstance(answer.show, Card)
        assert "educators of all their teams" in plain(answer.show)
    assert "educators of all their teams" in plain(await two_teams.ask("campaign new", by=by))
    assert await row(two_teams) == before


async def test_a_draft_is_not_reached_past_the_campaign_that_it_changes(two_teams: Ward) -> None:
    """The draft leaves the ICU out; Kai educates 5 South alone and sends what no button says."""
    await running(two_teams)
    await saved(two_teams, intent("edit", ID), **{**BASICS, "teams": "5-south"})
    await two_teams.name("kai", Role.EDUCATOR)
    before = await row(two_teams)
    for act in ACTS:
        assert "not there any more" in plain(await two_teams.press("campaign", act, f"{ID}~", by="kai"))
    assert await row(two_teams) == before
    async with two_teams.memory.read() as work:
        assert await work.campaigns.get(two_teams.team.workspace, f"{ID}~")


async def test_a_lead_looks_and_has_no_buttons_and_sees_no_drafts(two_teams: Ward) -> None:
    await saved(two_teams, intent("edit"), **BASICS)
    assert "in no campaign" in plain(await two_teams.ask("campaign", by="owen"))
    assert "educators" in plain(await two_teams.press("campaign", "show", ID, by="owen"))
    await two_teams.press("campaign", "start", ID, by="grace")
    shown = await two_teams.press("campaign", "show", ID, by="owen")
    assert isinstance(shown, Card)
    assert "It runs" in plain(shown)
    assert not shown.buttons
    assert "educators of all" in plain(await two_teams.press("campaign", "show", ID, by="kai"))


async def test_an_educator_of_one_team_offers_only_that_team(two_teams: Ward) -> None:
    await two_teams.name("kai", Role.EDUCATOR)
    answer = await two_teams.submit(intent("edit"), by="kai", **BASICS)
    assert isinstance(answer.show, Card)
    async with two_teams.memory.read() as work:
        (draft,) = await work.campaigns.of(two_teams.team.workspace)
    assert [team.id for team in draft.campaign.teams] == [] or "icu" not in draft.source
    assert "Teams: America/Chicago: 5 South" in plain(answer.show)


async def test_a_form_that_is_delivered_twice_makes_one_draft(two_teams: Ward) -> None:
    for _ in range(2):
        await saved(two_teams, intent("edit"), key="same", **BASICS)
    await saved(two_teams, intent("edit"), **BASICS)  # somebody means another one of this name
    async with two_teams.memory.read() as work:
        ids = [one.campaign.id for one in await work.campaigns.of(two_teams.team.workspace)]
    assert ids == [ID, f"{ID}-2"]


async def test_a_form_that_somebody_went_back_to_and_changed_is_a_new_edit(two_teams: Ward) -> None:
    await saved(two_teams, intent("edit"), key="back", **BASICS)
    monday = await saved(two_teams, intent("edit"), key="back", **{**BASICS, "cadence": "Mon at 09:00"})
    summer = await saved(two_teams, intent("edit"), key="back", **{**BASICS, "name": "Summer"})
    assert "Mon 02 Mar 09:00" in plain(monday)
    assert "Summer" in plain(summer)
    again = await saved(two_teams, intent("edit"), key="back", **{**BASICS, "cadence": "Mon at 09:00"})
    assert plain(again) == plain(monday)
    async with two_teams.memory.read() as work:
        ids = [one.campaign.id for one in await work.campaigns.of(two_teams.team.workspace)]
    assert ids == [ID, f"{ID}-2", "summer"]


async def test_a_change_that_somebody_went_back_to_is_not_lost(two_teams: Ward) -> None:
    await saved(two_teams, intent("edit"), **BASICS)
    for day in ("Mon", "Fri"):
        changed = {**BASICS, "cadence": f"{day} at 09:00"}
        card = await saved(two_teams, intent("edit", ID), key="back", **changed)
        assert f"{day} at 09:00" in plain(card)
    assert "Fri at 09:00" in (await row(two_teams)).source


async def test_an_edit_that_is_saved_while_the_one_before_is_taken_over_is_not_lost(two_teams: Ward) -> None:
    await running(two_teams)
    await saved(two_teams, intent("edit", ID), **{**BASICS, "cadence": "Mon at 09:00"})
    later = two_teams.submit(intent("edit", ID), by="grace", **{**BASICS, "cadence": "Fri at 09:00"})
    await asyncio.gather(two_teams.press("campaign", "save", ID, by="grace"), later)
    async with two_teams.memory.read() as work:
        rows = [await work.campaigns.get(two_teams.team.workspace, id_) for id_ in (ID, f"{ID}~")]
    assert ["Mon at 09:00" in row.source if row else None for row in rows] == [True, False]


async def test_a_form_that_comes_again_when_its_draft_is_gone_is_told_so(two_teams: Ward) -> None:
    await saved(two_teams, intent("edit"), key="late", **BASICS)
    await two_teams.press("campaign", "drop", ID, by="grace")
    late = await two_teams.submit(intent("edit"), by="grace", key="late", **BASICS)
    assert isinstance(late.show, Card)
    assert "not there any more" in plain(late.show)


async def test_a_week_counts_the_drills_of_campaigns_that_run(two_teams: Ward) -> None:
    await running(two_teams)
    page = plain(await saved(two_teams, intent("edit"), **{**BASICS, "name": "More", "cadence": "Fri at 09:00"}))
    assert "16 slots: 16 dropped." in page


async def test_what_a_new_campaign_takes_from_another_and_a_change_gives_back_is_said_before(two_teams: Ward) -> None:
    ward = two_teams
    await running(ward)
    page = plain(await saved(ward, intent("edit"), **{**BASICS, "name": "More", "cadence": "Mon at 09:00"}))
    assert "16 slots: 16 planned." in page
    assert "“Spring handoffs” loses 16 slots" in page
    assert "✕ Spring handoffs: 5 South, Thu 05 Mar 14:00" in page
    assert "and 10 more" in page
    file = a_file("Tue and Thu at 14:00", "Mon at 09:00", "per_week: 2\n")
    command = await prospect(ward.tools, file, ward.team.workspace)
    assert [(slot.campaign, f"{slot.landing.local:%d %b}") for slot in command.others.lost][:2] == [
        (ID, "05 Mar"),
        (ID, "12 Mar"),
    ]
    await ward.press("campaign", "start", "more", by="grace")
    assert "“More” loses" not in plain(await saved(ward, intent("edit", ID), **{**BASICS, "name": "Spring"}))
    page = plain(await saved(ward, intent("edit", "more"), **{**BASICS, "name": "More", "cadence": "Sun at 09:00"}))
    assert "“Spring handoffs” gets back 16 slots" in page
    assert "+ Spring handoffs: 5 South, Thu 05 Mar 14:00" in page
    await ward.press("campaign", "pause", "more", by="grace")
    page = plain(await saved(ward, intent("edit", "more"), **{**BASICS, "name": "More", "cadence": "Sun at 09:00"}))
    assert "gets back" not in page  # paused, it takes nothing now


async def test_a_campaign_of_more_teams_than_a_form_holds_loses_none_of_them(ward: Ward) -> None:
    names = [f"team-{n:02}" for n in range(30)]
    async with ward.memory.begin() as work:
        for name in names:
            await work.teams.save(a_team(name))
    await started(ward, a_file(teams="".join(f"  - {{id: {name}}}\n" for name in names)))
    form = await ward.press("campaign", "edit", "first-fortnight", profile=ADMIN)
    assert isinstance(form, Form)
    values = {field.name: field.value or "" for field in form.fields}
    teams = [name for name in names if name not in {"team-00", "team-29"}]  # 29 has no room in the form
    answer = await ward.submit(form, profile=ADMIN, **{**values, "teams": ",".join(teams)})
    assert isinstance(answer.show, Card)
    assert ", Team 29" in plain(answer.show)
    assert "9 slots go away" in plain(answer.show)


@pytest.mark.parametrize("act", ["draft", "show", "start"])
async def test_a_draft_that_the_library_no_longer_bears_comes_back_as_its_form(two_teams: Ward, act: str) -> None:
    await saved(two_teams, intent("edit"), **{**BASICS, "drills": "presence"})
    two_teams.tools = replace(two_teams.tools, library=DRILLS)  # has no presence drill
    press = Pressed(act, a_person("grace"), two_teams.team.place, intent(act, ID))
    shown = (await two_teams.inbox.receive(press)).show
    assert isinstance(shown, FieldErrors)
    assert "No drill of the library fits" in shown.errors["drills"]
    assert await state(two_teams) is CampaignState.DRAFT


async def test_buttons_that_mean_nothing_are_told_so(two_teams: Ward) -> None:
    for args in ((), ("juggle", ID), ("show",)):
        assert "older version" in plain(await two_teams.press("campaign", *args, by="grace"))
    assert "not there any more" in plain(await two_teams.press("campaign", "show", "no-such", by="grace"))


async def saved(ward: Ward, form: Any, *, key: str | None = None, **values: str) -> Card:
    answer = await ward.submit(form, by="grace", key=key, **values)
    assert isinstance(answer.show, Card), answer.show
    return answer.show


async def running(ward: Ward) -> None:
    await saved(ward, intent("edit"), **BASICS)
    await ward.press("campaign", "start", ID, by="grace")


async def row(ward: Ward) -> Any:
    async with ward.memory.read() as work:
        return await work.campaigns.get(ward.team.workspace, ID)


async def state(ward: Ward) -> CampaignState | None:
    found = await row(ward)
    return found.state if found else None
