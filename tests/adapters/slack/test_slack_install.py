"""Many workspaces add the app: OAuth from the first page to the token, and what happens to the token then."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from builders import the_library
from fake_slack.slack_server import FakeSlack
from fake_slack.slack_state import Team as SlackTeam
from fake_slack.slack_trouble import Trouble, rate_limited, status, unheard
from fakes import counting_ids
from html_tree import parse
from served import served
from slack_program import SlackProgram, many_workspaces, slack_program

from adapters import Parts
from adapters.slack import build
from adapters.slack.manifest import all_scopes
from adapters.web.app import build_app
from bot.clock import utc_now
from drills.chat.cards import Card, Text
from drills.errors import CannotReach
from drills.journeys.inbox import Inbox
from drills.journeys.tools import Tools
from drills.people import MessageRef, Place, Workspace
from drills.ports import Chat, Memory, Once

CARD = Card("A drill", (Text("Bed 4 is getting worse."),), who_sees="Everybody in this channel")


@dataclass
class House:
    """The adapter behind the web process's door, with a browser in front of it."""

    slack: FakeSlack
    memory: Memory
    chat: Chat
    base: str

    async def begins(self) -> tuple[str, str]:
        """The install page, up to Slack's own; returns the state and the cookie."""
        async with self.browser() as browser, browser.get(f"{self.base}/slack/install") as page:
            link = re.search(r'href="([^"]+/oauth/v2/authorize[^"]+)"', await page.text())
            state = re.search(r"state=([^&]+)", html.unescape(link[1])) if link else None
            assert state
            return state[1], page.headers["Set-Cookie"].partition(";")[0]

    async def comes_back(self, cookie: str = "", **query: str) -> tuple[int, str]:
        """From Slack's page; the status and the words of ours."""
        async with (
            self.browser() as browser,
            browser.get(f"{self.base}/slack/oauth_redirect", params=query, headers={"Cookie": cookie}) as page,
        ):
            return page.status, parse(await page.text()).words

    async def adds(self, team: SlackTeam, user: str, **consent: object) -> str:
        state, cookie = await self.begins()
        got, words = await self.comes_back(cookie, state=state, code=self.slack.consent(team, user, **consent))
        assert got == 200, words
        return words

    async def posts(self, workspace: str, channel: str, key: str = "k") -> MessageRef:
        """As a push does that no event precedes."""
        return await self.chat.post(Place(Workspace("slack", workspace), channel), CARD, Once(key))

    async def installed(self) -> list[str]:
        async with self.memory.read() as work:
            return [each.workspace.id for each in await work.installations.of("slack")]

    def browser(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
async def house(slack: FakeSlack, sqlite_memory: Memory) -> AsyncIterator[House]:
    settings = many_workspaces(slack) | {"slack_api_base": slack.api_base}
    tools = Tools(sqlite_memory, utc_now, counting_ids(), library=the_library())
    adapter = build(Parts(settings, sqlite_memory, Inbox(tools).receive, utc_now))
    assert adapter
    async with served(build_app(sqlite_memory, adapter.routes)) as base:
        slack.delivers_to(f"{base}/slack/events")
        yield House(slack, sqlite_memory, adapter.chat, base)


@pytest.fixture
async def program(slack: FakeSlack, tmp_path: Path) -> AsyncIterator[SlackProgram]:
    """All of it, with a worker that posts what is planned."""
    async with slack_program(slack, tmp_path, **many_workspaces(slack)) as built:
        yield built


def of_the(program: SlackProgram) -> House:
    return House(program.slack, program.program.tools.memory, program.program.worker.chats["slack"], program.base)


def hospital(slack: FakeSlack, id_: str, *, enterprise: str | None = None) -> tuple[SlackTeam, str, str]:
    """A workspace, an admin in it, a ward's channel."""
    team = slack.empty_workspace(id_, enterprise=enterprise)
    admin = team.person("Ada", admin=True)
    return team, admin, team.channel("5-west", admin)


async def test_three_hospitals_install_and_each_is_written_to_with_its_own_token(house: House) -> None:
    wards = [hospital(house.slack, id_) for id_ in ("T1", "T2", "T3")]
    for team, admin, _ in wards:
        words = await house.adds(team, admin)
        assert f"It is now in Workspace {team.id}" in words
        assert "/drill setup" in words
    for team, _, ward in wards:
        await house.posts(team.id, ward)
    tokens = [call.token for call in house.slack.calls_of("chat.postMessage")]
    assert tokens == [house.slack.token_of(team) for team, _, _ in wards]
    assert [len(team.channels[ward].messages) for team, _, ward in wards] == [1, 1, 1]


async def test_the_first_page_is_plain_html_that_leads_to_slack(house: House) -> None:
    async with house.browser() as browser, browser.get(f"{house.base}/slack/install") as page:
        found = parse(await page.text())
        cookie = page.headers["Set-Cookie"]
    assert found.one("html").attrs["lang"] == "en"
    assert len(found.all("h1")) == 1
    (link,) = found.all("a")
    assert link.words == "Continue to Slack"
    assert f"scope={','.join(all_scopes())}" in link.attrs["href"]
    assert {"secure", "httponly", "samesite=lax"} <= {part.strip().lower() for part in cookie.split(";")}


async def test_a_state_is_good_once(house: House) -> None:
    team, admin, _ = hospital(house.slack, "T1")
    state, cookie = await house.begins()
    assert (await house.comes_back(cookie, state=state, code=house.slack.consent(team, admin)))[0] == 200
    got, words = await house.comes_back(cookie, state=state, code=house.slack.consent(team, admin))
    assert got == 401
    assert "This link was used before, or is older than ten minutes." in words


async def test_a_browser_that_did_not_begin_is_refused(house: House) -> None:
    team, admin, _ = hospital(house.slack, "T1")
    (state, _), (_, cookie_of_another) = await house.begins(), await house.begins()
    for cookie in ("", cookie_of_another):
        got, words = await house.comes_back(cookie, state=state, code=house.slack.consent(team, admin))
        assert got == 400
        assert "did not begin the installation" in words
    assert await house.installed() == []


async def test_a_state_that_nobody_here_signed_is_refused(house: House) -> None:
    team, admin, _ = hospital(house.slack, "T1")
    state, cookie = await house.begins()
    name, forged = cookie.partition("=")[0], state[:-2] + "xx"
    got, _ = await house.comes_back(f"{name}={forged}", state=forged, code=house.slack.consent(team, admin))
    assert got == 401
    assert await house.installed() == []


@pytest.mark.parametrize(
    ("query", "expected", "sentence"),
    [
        ({"error": "access_denied"}, 200, "You did not allow it, so nothing was installed."),
        ({"error": "<b>hello</b>"}, 200, "Slack ended the installation."),
        ({}, 401, "Slack sent no code along."),
        ({"code": "made-up"}, 401, "Slack did not accept the installation."),
    ],
)
async def test_what_goes_wrong_is_a_sentence(house: House, query: dict[str, str], expected: int, sentence: str) -> None:
    state, cookie = await house.begins()
    got, words = await house.comes_back(cookie, state=state, **query)
    assert got == expected
    assert sentence in words
    assert "hello" not in words
    assert await house.installed() == []


@pytest.mark.parametrize("trouble", [unheard(), status(503), rate_limited(1)], ids=["no-answer", "503", "limited"])
async def test_when_slack_is_away_nothing_is_installed_and_a_sentence_says_so(house: House, trouble: Trouble) -> None:
    team, admin, _ = hospital(house.slack, "T1")
    state, cookie = await house.begins()
    house.slack.trouble("oauth.v2.access", trouble)
    got, words = await house.comes_back(cookie, state=state, code=house.slack.consent(team, admin))
    assert got in {401, 503}
    assert "nothing was installed" in words.lower()
    assert await house.installed() == []


async def test_uninstalling_takes_one_workspace_away_and_no_other(house: House) -> None:
    (one, ada, ward), (two, ben, other) = hospital(house.slack, "T1"), hospital(house.slack, "T2")
    await house.adds(one, ada)
    await house.adds(two, ben)
    await house.slack.uninstalls(one)
    assert await house.installed() == ["T2"]
    with pytest.raises(CannotReach, match="not installed in slack:T1"):
        await house.posts("T1", ward)
    await house.posts("T2", other)
    assert len(two.channels[other].messages) == 1


async def test_a_revoked_bot_token_is_forgotten_and_a_persons_changes_nothing(house: House) -> None:
    (one, ada, _), (two, ben, _) = hospital(house.slack, "T1"), hospital(house.slack, "T2")
    await house.adds(one, ada)
    await house.adds(two, ben)
    await house.slack.happens(one, {"type": "tokens_revoked", "tokens": {"oauth": [ada]}})
    assert await house.installed() == ["T1", "T2"]
    await house.slack.happens(two, {"type": "tokens_revoked", "tokens": {"bot": [two.bot_user], "oauth": []}})
    assert await house.installed() == ["T1"]


async def test_a_command_where_the_app_is_not_installed_is_told_so(house: House) -> None:
    team, ada, ward = hospital(house.slack, "T1")
    await house.adds(team, ada)
    await house.slack.uninstalls(team)
    await house.slack.says("/drill", "help", ada, ward)
    seen = await house.slack.soon(ada, "not installed in this workspace any more")
    assert seen.private
    assert house.slack.calls_of("users.info") == []


async def test_adding_it_again_takes_the_newer_token(house: House) -> None:
    team, ada, ward = hospital(house.slack, "T1")
    await house.adds(team, ada)
    first = house.slack.token_of(team)
    await house.adds(team, ada)
    await house.posts("T1", ward)
    (call,) = house.slack.calls_of("chat.postMessage")
    assert call.token is house.slack.token_of(team) is not first
    assert await house.installed() == ["T1"]


async def test_an_organisation_installs_once_for_all_of_its_workspaces(house: House) -> None:
    north, ada, ward = hospital(house.slack, "T1", enterprise="E1")
    south, ben, other = hospital(house.slack, "T2", enterprise="E1")
    words = await house.adds(north, ada, org=(north, south))
    assert "the organisation The Group" in words
    assert await house.installed() == ["E1"]
    await house.posts("E1", ward, "k1")
    await house.posts("E1", other, "k2")
    assert (len(north.channels[ward].messages), len(south.channels[other].messages)) == (1, 1)
    for user, channel in ((ada, ward), (ben, other)):
        acked = await house.slack.says("/drill", "help", user, channel)
        assert "not installed" not in str(acked.payload)
    await house.slack.happens(south, {"type": "app_home_opened", "user": ben, "channel": "D1", "tab": "home"})
    await house.slack.uninstalls(north)
    assert await house.installed() == []


async def test_a_planned_drill_goes_out_though_its_token_has_ended_meanwhile(program: SlackProgram) -> None:
    slack, house = program.slack, of_the(program)
    slack.rotating, slack.rotates_after_s = True, -60
    hospitals = [hospital(slack, id_) for id_ in ("T1", "T2")]
    for team, ada, _ in hospitals:
        await house.adds(team, ada)
    slack.rotates_after_s = 43_200
    old = [slack.token_of(team) for team, _, _ in hospitals]
    for team, ada, ward in hospitals:
        await program.push(await program.team(team, ward, ada))
        await slack.soon(ada, "DRILL – fictional patient", ward)
    new = [slack.token_of(team) for team, _, _ in hospitals]
    assert [call.token for call in slack.calls_of("chat.postMessage")] == new
    assert not set(map(id, new)) & set(map(id, old))
    assert len(slack.calls_of("oauth.v2.access")) == 4  # two came, two were renewed once


async def test_a_command_renews_a_token_that_has_ended_meanwhile(house: House) -> None:
    slack = house.slack
    slack.rotating, slack.rotates_after_s = True, -60
    team, ada, ward = hospital(slack, "T1")
    await house.adds(team, ada)
    old, slack.rotates_after_s = slack.token_of(team), 43_200
    await slack.says("/drill", "setup", ada, ward)
    await slack.settled()
    assert "Set up this team" in slack.modal_words(ada)
    (asked,) = slack.calls_of("users.info")
    assert asked.token is slack.token_of(team) is not old


async def test_no_log_line_holds_a_token_a_code_or_a_secret(
    program: SlackProgram, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    house = of_the(program)
    assert not logging.getLogger("uvicorn.access").propagate  # off in the program; pytest listens all the same
    house.slack.rotating, house.slack.rotates_after_s = True, 60
    team, ada, ward = hospital(house.slack, "T1")
    state, cookie = await house.begins()
    code = house.slack.consent(team, ada)
    await house.comes_back(cookie, state=state, code=code)
    await house.posts("T1", ward)  # renews
    state, cookie = await house.begins()
    await house.comes_back(cookie, state=state, code="code-that-slack-refuses")
    written = capsys.readouterr()
    said = [record for record in caplog.records if not record.name.endswith(".access")]
    lines = "\n".join([*(record.getMessage() for record in said), written.out, written.err])
    assert "Slack refused an installation: invalid_code" in lines
    secrets = {house.slack.client_secret, house.slack.signing_secret, code, "code-that-slack-refuses", state}
    for token in house.slack.tokens.values():
        secrets |= {token.text, *([token.refresh] if token.refresh else [])}
    assert len(secrets) >= 8
    assert {secret for secret in secrets if secret in lines} == set()


async def test_the_database_file_holds_no_token_in_clear(slack: FakeSlack, tmp_path: Path) -> None:
    slack.rotating = True
    async with slack_program(slack, tmp_path, **many_workspaces(slack)) as built:
        house = of_the(built)
        team, ada, ward = hospital(slack, "T1")
        await house.adds(team, ada)
        await house.posts("T1", ward)
    kept = _bytes_in(tmp_path)
    assert b"slack:T1" in kept  # the row is in there
    token = slack.token_of(team)
    assert token.refresh
    for secret in (token.text, token.refresh, slack.client_secret, team.bot_user):
        assert secret.encode() not in kept


def _bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())
