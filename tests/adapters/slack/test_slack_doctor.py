"""The doctor names each missing scope and membership with the click that mends it, and asks no longer than it may."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
from fake_slack.slack_server import FakeSlack
from fake_slack.slack_state import OPTIONAL_SCOPES, REQUIRED_SCOPES
from fake_slack.slack_state import Team as SlackTeam
from fake_slack.slack_trouble import rate_limited, refused, slow
from slack_sdk.oauth.installation_store import Bot
from typer.testing import CliRunner

from adapters import Finding, Parts
from adapters.slack import build, doctor
from adapters.slack.access import access
from adapters.slack.install import Installed
from adapters.slack.manifest import optional_scopes, required_scopes
from adapters.slack.seal import Seal, new_key
from bot.cli import app
from bot.clock import utc_now
from bot.doctor import examine
from bot.settings import load_settings
from drills.people import Team, Workspace
from drills.ports import Memory
from storage.memory import open_memory
from storage.upgrade import upgrade

WARD = "slack Workspace T1, team 5 West"


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


async def test_the_fakes_scopes_are_the_manifests() -> None:
    assert set(required_scopes()) == REQUIRED_SCOPES
    assert set(optional_scopes()) == OPTIONAL_SCOPES


async def test_all_is_well(slack: FakeSlack, sqlite_memory: Memory) -> None:
    north = slack.workspace("T1")
    await _team(sqlite_memory, north.channel("5-west"))
    assert await _examined(slack.settings(north), sqlite_memory) == [
        Finding("slack, Socket Mode", True, "SLACK_APP_TOKEN opens a line"),
        Finding("slack Workspace T1", True, "the token works, with every scope it needs"),
        Finding(WARD, True, "the bot is in #5-west"),
    ]


async def test_each_missing_scope_has_its_click(slack: FakeSlack, sqlite_memory: Memory) -> None:
    north = slack.workspace("T1", REQUIRED_SCOPES - {"im:write", "commands"})
    amiss = _amiss(await _examined(slack.settings(north), sqlite_memory))
    assert [finding.says.partition(":")[0] for finding in amiss] == [
        "the scope commands is missing",
        "the scope im",  # …:write
    ]
    for finding in amiss:
        assert "OAuth & Permissions › Scopes › Bot Token Scopes › Add an OAuth Scope" in finding.says
        assert finding.says.endswith("then Reinstall to Workspace, on the same page")


async def test_optional_scopes_are_missed_only_where_a_team_answers_in_threads(
    slack: FakeSlack, sqlite_memory: Memory
) -> None:
    north = slack.workspace("T1", REQUIRED_SCOPES)
    await _team(sqlite_memory, north.channel("5-west"))
    assert _amiss(await _examined(slack.settings(north), sqlite_memory)) == []
    await _team(sqlite_memory, north.channel("icu"), "icu", threads=True)
    await _team(sqlite_memory, north.channel("or", private=True), "or", threads=True)
    icu, theatre = _amiss(await _examined(slack.settings(north), sqlite_memory))
    assert "in #icu the scope channels:history is missing" in icu.says
    assert "in #or the scope groups:history is missing" in theatre.says


async def test_a_bot_that_was_not_invited_and_an_archived_channel(slack: FakeSlack, sqlite_memory: Memory) -> None:
    north = slack.workspace("T1")
    await _team(sqlite_memory, north.channel("a", bot=False), "a")
    await _team(sqlite_memory, north.channel("b", bot=False, private=True), "b")
    archived = north.channel("c")
    north.channels[archived].archived = True
    await _team(sqlite_memory, archived, "c")
    await _team(sqlite_memory, "C0GONE", "d")
    uninvited, hidden, closed, gone = _amiss(await _examined(slack.settings(north), sqlite_memory))
    assert uninvited.says == "the bot is not in #a: type /invite @readback there"
    assert "is private and the bot is not in it: type /invite @readback there" in hidden.says
    assert closed.says.startswith("#c is archived: unarchive it, or type /drill setup")
    assert gone.says.startswith("its channel C0GONE is gone")


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive"])
async def test_a_token_that_is_of_no_use(slack: FakeSlack, sqlite_memory: Memory, code: str) -> None:
    north = slack.workspace("T1")
    slack.trouble("auth.test", refused(code))
    (finding,) = _amiss(await _examined(slack.settings(north), sqlite_memory))
    assert finding.says == (
        f"SLACK_BOT_TOKEN is of no use ({code}): copy it anew from api.slack.com/apps › your app › OAuth & Permissions"
    )


async def test_an_app_token_of_the_wrong_kind(slack: FakeSlack, sqlite_memory: Memory) -> None:
    north = slack.workspace("T1")
    settings = slack.settings(north) | {"slack_app_token": slack.token_of(north).text}
    (finding,) = _amiss(await _examined(settings, sqlite_memory))
    assert finding.what == "slack, Socket Mode"
    assert "SLACK_APP_TOKEN (not_allowed_token_type)" in finding.says
    assert "App-Level Tokens › Generate, with connections:write" in finding.says


async def test_without_a_network_it_says_that_it_could_not_ask(sqlite_memory: Memory) -> None:
    settings = {"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1", "slack_api_base": "http://127.0.0.1:9/api/"}
    findings = await _examined(settings, sqlite_memory)
    assert len(findings) == 2
    for finding in findings:
        assert not finding.well
        assert finding.says.startswith("could not ask Slack (Client")


async def test_a_slow_slack_does_not_hold_it_up(
    slack: FakeSlack, sqlite_memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "TIME_S", 0.4)
    north = slack.workspace("T1")
    await _team(sqlite_memory, north.channel("5-west"))
    slack.trouble("conversations.info", slow(5))
    async with asyncio.timeout(3):
        *told, last = await _examined(slack.settings(north), sqlite_memory)
    assert [finding.well for finding in told] == [True, True]
    assert "took longer" in last.says


async def test_when_slack_asks_to_wait_that_is_said(slack: FakeSlack, sqlite_memory: Memory) -> None:
    north = slack.workspace("T1")
    await _team(sqlite_memory, north.channel("5-west"))
    slack.trouble("conversations.info", rate_limited(30))
    (finding,) = _amiss(await _examined(slack.settings(north), sqlite_memory))
    assert finding.says == "its channel can't be looked at: Slack says ratelimited"


async def test_many_workspaces_are_each_asked_with_their_own_token(slack: FakeSlack, sqlite_memory: Memory) -> None:
    settings = _many(slack)
    one, two = slack.workspace("T1"), slack.workspace("T2", REQUIRED_SCOPES - {"users:read"})
    await _install(slack, sqlite_memory, settings, one, two)
    await _team(sqlite_memory, one.channel("5-west", bot=False))
    findings = await _examined(settings | {"public_hosts": "readback.example.org"}, sqlite_memory)
    uninvited, unscoped = _amiss(findings)
    assert uninvited.what == WARD
    assert unscoped.what == "slack Workspace T2"
    assert unscoped.says.endswith("› users:read; then open /slack/install again in that workspace")
    assert findings[0] == Finding("slack over HTTP", True, "requests to readback.example.org are let in")


async def test_one_workspaces_doctor_tells_nothing_of_another(slack: FakeSlack, sqlite_memory: Memory) -> None:
    settings = _many(slack)
    one, two = slack.workspace("T1"), slack.workspace("T2")
    await _install(slack, sqlite_memory, settings, one, two)
    await _team(sqlite_memory, one.channel("5-west"))
    findings = await access(Parts(settings, sqlite_memory, _nobody, utc_now)).doctor.one(Workspace("slack", "T2"))
    assert findings == [Finding("slack Workspace T2", True, "the token works, with every scope it needs")]
    (missing,) = await access(Parts(settings, sqlite_memory, _nobody, utc_now)).doctor.one(Workspace("slack", "T9"))
    assert (missing.well, missing.says) == (False, "the app is not installed in slack:T9")


async def test_the_one_tokens_workspace_is_not_told_of_in_another(slack: FakeSlack, sqlite_memory: Memory) -> None:
    north = slack.workspace("T1")
    await _team(sqlite_memory, north.channel("5-west"))
    found = access(Parts(slack.settings(north), sqlite_memory, _nobody, utc_now)).doctor
    assert len(await found.one(Workspace("slack", "T1"))) == 2
    assert await found.one(Workspace("slack", "T2")) == [
        Finding("slack T2", False, "the bot's token is another workspace's")
    ]


async def test_an_organisations_teams_are_looked_at_with_its_one_token(slack: FakeSlack, sqlite_memory: Memory) -> None:
    settings = _many(slack)
    north, south = (slack.empty_workspace(id_, enterprise="E1") for id_ in ("T1", "T2"))
    token = slack.new_token((north, south), enterprise="E1")
    installed = Installed(sqlite_memory, Seal(settings["encryption_keys"]), utc_now)
    bot = Bot(enterprise_id="E1", bot_token=token.text, bot_id="B", bot_user_id="U", installed_at=0.0)
    bot.is_enterprise_install = True
    await installed.async_save_bot(bot)
    async with sqlite_memory.begin() as work:
        await work.teams.save(Team(Workspace("slack", "E1"), "icu", "ICU", south.channel("icu"), "UTC"))
    token_works, icu = await access(Parts(settings, sqlite_memory, _nobody, utc_now)).doctor.one(
        Workspace("slack", "E1")
    )
    assert token_works.well
    assert icu.says == "the bot is in #icu"


async def test_a_lost_key_and_a_missing_public_host_are_told(slack: FakeSlack, sqlite_memory: Memory) -> None:
    settings = _many(slack)
    await _install(slack, sqlite_memory, settings, slack.workspace("T1"))
    hosts, sealed = _amiss(await _examined(settings | {"encryption_keys": new_key()}, sqlite_memory))
    assert hosts.says.startswith("READBACK_PUBLIC_HOSTS is not set")
    assert "READBACK_ENCRYPTION_KEYS" in sealed.says


async def test_readback_doctor_asks_slack_and_exits_with_one_when_something_is_amiss(
    slack: FakeSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'readback.db'}"
    north = slack.workspace("T1", REQUIRED_SCOPES - {"im:write"})
    for name, value in (
        ("DATABASE_URL", url),
        ("SLACK_BOT_TOKEN", slack.token_of(north).text),
        ("SLACK_APP_TOKEN", slack.app_token),
        ("READBACK_SLACK_API_BASE", slack.api_base),
    ):
        monkeypatch.setenv(name, value)
    before = await asyncio.to_thread(lambda: next(each for each in examine(load_settings()) if each.what == "slack"))
    assert before == Finding("slack", True, "not asked: the database comes first")
    await asyncio.to_thread(upgrade, url)
    result = await asyncio.to_thread(CliRunner().invoke, app, ["doctor", "--json"])
    assert result.exit_code == 1
    (amiss,) = [finding for finding in json.loads(result.stdout) if not finding["well"]]
    assert "the scope im:write is missing" in amiss["says"]
    assert slack.token_of(north).text not in result.output


async def test_readback_keys_rotate_moves_every_installation_to_the_first_key(
    slack: FakeSlack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'readback.db'}"
    await asyncio.to_thread(upgrade, url)
    settings, new = _many(slack), new_key()
    memory = await open_memory(url)
    await _install(slack, memory, settings, slack.workspace("T1"), slack.workspace("T2"))
    for name, value in (("DATABASE_URL", url), ("READBACK_ENCRYPTION_KEYS", f"{new},{settings['encryption_keys']}")):
        monkeypatch.setenv(name, value)
    told = await asyncio.to_thread(CliRunner().invoke, app, ["keys", "rotate"])  # beside a program that has it open
    assert told.exit_code == 0, told.output
    assert "2 sealed anew with the first key, 0 were already." in told.stdout
    assert "the older keys may go" in told.stdout
    monkeypatch.setenv("READBACK_ENCRYPTION_KEYS", new)
    again = await asyncio.to_thread(CliRunner().invoke, app, ["keys", "rotate", "--json"])
    assert json.loads(again.stdout) == {
        "sealed_anew": [],
        "already": ["slack:T1", "slack:T2"],
        "unreadable": [],
        "older_keys_may_go": True,
    }
    monkeypatch.setenv("READBACK_ENCRYPTION_KEYS", new_key())
    lost = await asyncio.to_thread(CliRunner().invoke, app, ["keys", "rotate"])
    assert lost.exit_code == 1
    assert "No key opens slack:T1, slack:T2" in lost.stdout
    await memory.close()


async def _examined(settings: Mapping[str, str], memory: Memory) -> list[Finding]:
    adapter = build(Parts(settings, memory, _nobody, utc_now))
    assert adapter
    return list(await adapter.examine())


async def _nobody(inbound: object) -> None:
    raise AssertionError(f"a doctor heard {inbound}")


def _amiss(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if not finding.well]


async def _team(memory: Memory, channel: str, name: str = "5 West", *, threads: bool = False) -> None:
    async with memory.begin() as work:
        await work.teams.save(Team(Workspace("slack", "T1"), name, name, channel, "UTC", threads=threads))


def _many(slack: FakeSlack) -> dict[str, str]:
    return {
        "slack_signing_secret": slack.signing_secret,
        "slack_client_id": slack.client_id,
        "slack_client_secret": slack.client_secret,
        "slack_api_base": slack.api_base,
        "encryption_keys": new_key(),
    }


async def _install(slack: FakeSlack, memory: Memory, settings: Mapping[str, str], *teams: SlackTeam) -> None:
    installed = Installed(memory, Seal(settings["encryption_keys"]), utc_now)
    for team in teams:
        await installed.async_save_bot(
            Bot(
                team_id=team.id,
                bot_token=slack.token_of(team).text,
                bot_id=team.bot_id,
                bot_user_id=team.bot_user,
                installed_at=0.0,
            )
        )
