"""Who may ask for what: admins, leads, shortcuts; Slack is asked about people only where it matters."""

from __future__ import annotations

import pytest
from fake_slack.slack_trouble import refused, slow
from slack_bed import SEND, Bed, a_drill

from adapters.slack.profiles import matters
from drills.chat.inbound import Asked, Pressed, Profile, Submitted
from drills.chat.intents import Intent
from drills.people import Member, Place, Profession, Role, Team


async def test_the_shortcut_on_a_drills_message_opens_its_form(bed: Bed) -> None:
    message = await a_drill(bed)
    bed.inbox.answers["here"] = SEND
    await bed.slack.uses_shortcut(bed.ada, "answer_drill", bed.ward, message)
    await bed.slack.settled()
    assert "What you say" in bed.slack.modal_words(bed.ada)
    assert bed.inbox.intents == [Intent("here", (message,))]


async def test_the_global_shortcut_asks_for_the_newest_drill(over_socket: Bed) -> None:
    bed = over_socket
    bed.inbox.answers["say"] = SEND
    await bed.slack.uses_global_shortcut(bed.ada, "answer_drill")
    await bed.slack.settled()
    assert "What you say" in bed.slack.modal_words(bed.ada)


async def test_who_administers_the_workspace_is_asked_only_where_it_matters_and_once(over_socket: Bed) -> None:
    bed = over_socket
    await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
    await bed.slack.settled()
    assert "users.info" not in [call.method for call in bed.slack.calls]
    for user in (bed.ada, bed.ada, bed.ben):
        await bed.slack.says("/drill", "setup", user, bed.ward)
    profiles = [came.profile for came in bed.inbox.came if isinstance(came, Asked)]
    assert [profile.admin for profile in profiles] == [True, True, False]
    assert (profiles[0].name, profiles[0].tz) == ("Ada", "America/Chicago")
    assert [call.method for call in bed.slack.calls].count("users.info") == 2


async def test_a_zone_and_a_name_are_asked_for_where_they_are_wanted(over_socket: Bed) -> None:
    bed = over_socket
    await bed.slack.says("/drill", "settings", bed.ben, bed.ward)
    (came,) = bed.inbox.came
    assert isinstance(came, Asked)
    assert (came.profile.name, came.profile.tz) == ("Ben", "America/Chicago")
    joins = Submitted("form:1", bed.ref(bed.ben), Place(bed.workspace, bed.ward), Intent("enrol", ("p1",)))
    assert matters(joins), "a member's name is how a rota finds them"
    assert not matters(Pressed("press:1", bed.ref(bed.ben), joins.place, Intent("answer", ("p1",))))


@pytest.mark.parametrize(
    ("trouble", "why"),
    [(refused("missing_scope"), "the scope users:read"), (slow(9), "in time"), (refused("fatal_error"), "fatal_error")],
)
async def test_when_slack_does_not_tell_us_who_somebody_is_that_is_passed_on(
    over_socket: Bed, trouble: object, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bed = over_socket
    monkeypatch.setattr("adapters.slack.profiles.PATIENCE_S", 0.2)
    bed.slack.troubles.add("users.info", trouble)  # type: ignore[arg-type]
    for _ in range(2):
        await bed.slack.says("/drill", "setup", bed.ada, bed.ward)
    profiles = [came.profile for came in bed.inbox.came if isinstance(came, Asked)]
    assert profiles[0] == Profile(unknown=profiles[0].unknown)
    assert profiles[0].unknown.startswith("Slack did not tell us whether you administer this workspace: ")
    assert why in profiles[0].unknown
    assert profiles[1].admin


async def test_the_doctor_speaks_to_admins_and_leads_only(over_socket: Bed) -> None:
    bed = over_socket
    await bed.slack.says("/drill", "doctor", bed.ben, bed.ward)
    await bed.slack.settled()
    assert "For admins and leads" in bed.alone(bed.ben)[-1].text

    async with bed.memory.begin() as work:
        await work.teams.save(Team(bed.workspace, "5-west", "5 West", bed.ward, "UTC"))
        lead = Member(bed.ref(bed.ben), "5-west", "Ben", Profession.NURSE, Role.LEAD)
        await work.members.save(lead)
    for user in (bed.ben, bed.ada):
        await bed.slack.says("/drill", "doctor", user, bed.ward)
        await bed.slack.settled()
        assert "For admins and leads" not in bed.alone(user)[-1].text
        assert "No team is set up" not in bed.alone(user)[-1].text
    assert bed.inbox.came == []


async def test_the_doctor_says_where_no_team_is_set_up(over_socket: Bed) -> None:
    bed = over_socket
    await bed.slack.says("/drill", "doctor", bed.ada, bed.ward)
    await bed.slack.settled()
    assert "No team is set up in this channel yet" in bed.alone(bed.ada)[-1].text


async def test_the_doctor_tells_everybody_of_a_scope_without_which_nobody_is_known(over_socket: Bed) -> None:
    bed = over_socket
    token = bed.slack.token_of(bed.team)
    token.scopes = token.scopes - {"users:read"}
    async with bed.memory.begin() as work:
        await work.teams.save(Team(bed.workspace, "5-west", "5 West", "C0GONE", "UTC"))
    bed.slack.troubles.add("users.info", refused("missing_scope"))
    await bed.slack.says("/drill", "doctor", bed.ada, bed.ward)
    await bed.slack.settled()
    told = bed.alone(bed.ada)[-1].text
    assert "Slack did not tell us whether you administer this workspace" in told
    assert "Add an OAuth Scope › users:read" in told
    assert "C0GONE" not in told  # of the teams' channels only those hear who look after them


async def test_the_doctor_speaks_to_a_lead_who_was_named_and_never_joined(over_socket: Bed) -> None:
    bed = over_socket
    async with bed.memory.begin() as work:
        team = Team(bed.workspace, "5-west", "5 West", bed.ward, "UTC")
        await work.teams.save(team)
        await work.appointments.save(team, bed.ben, Role.LEAD)
    await bed.slack.says("/drill", "doctor", bed.ben, bed.ward)
    await bed.slack.settled()
    assert "For admins and leads" not in bed.alone(bed.ben)[-1].text
