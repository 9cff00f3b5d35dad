"""Which process does what, and what it says when it can't."""

from __future__ import annotations

import pytest

from bot.roles import ProcessRole, roles_for
from bot.settings import BadSettings, load_settings

POSTGRES = "postgresql+psycopg://readback@localhost/readback"
ALL = ("slack", "discord")
WEB, WORKER, SLACK, DISCORD = ProcessRole.WEB, ProcessRole.WORKER, ProcessRole.SLACK, ProcessRole.DISCORD


def test_no_role_means_all_that_are_configured() -> None:
    assert roles_for([], load_settings(), ALL) == {WEB, WORKER}
    assert roles_for([], load_settings(discord_token="t"), ALL) == {WEB, WORKER, DISCORD}
    assert SLACK in roles_for([], load_settings(slack_bot_token="b", slack_app_token="a"), ALL)


def test_on_sqlite_whoever_runs_works_the_jobs_as_well() -> None:
    assert roles_for([WEB], load_settings(), ALL) == {WEB, WORKER}


def test_on_postgresql_each_role_may_have_its_own_process() -> None:
    assert roles_for([WEB], load_settings(database_url=POSTGRES), ALL) == {WEB}


def test_a_role_without_its_token_is_refused_by_name() -> None:
    with pytest.raises(BadSettings) as refused:
        roles_for([SLACK, DISCORD], load_settings(), ALL)
    assert refused.value.faults == [
        "The role discord was asked for, but DISCORD_TOKEN is not set",
        "The role slack was asked for, but SLACK_BOT_TOKEN and SLACK_APP_TOKEN are not set",
    ]


def test_slack_over_http_is_served_by_the_web_process() -> None:
    over_http = load_settings(slack_bot_token="b", slack_signing_secret="s")
    assert roles_for([], over_http, ALL) == {WEB, WORKER}
    with pytest.raises(BadSettings) as refused:
        roles_for([SLACK], over_http, ALL)
    assert refused.value.faults == [
        "The role slack was asked for, but SLACK_APP_TOKEN is not set: Slack comes in over HTTP, to the role web"
    ]


def test_a_platform_that_this_version_lacks_is_said_to_be_missing_not_its_token() -> None:
    with pytest.raises(BadSettings) as refused:
        roles_for([DISCORD], load_settings(discord_token="t"), ("web",))
    assert refused.value.faults == ["The role discord was asked for, but this version has no discord adapter yet"]
