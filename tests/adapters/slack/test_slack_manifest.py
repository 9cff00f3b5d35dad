"""The manifest: valid by Slack's own schemas, one source for the scopes, and its form for HTTP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML
from typer.testing import CliRunner

from adapters.slack.inbound import ANSWER_DRILL
from adapters.slack.manifest import BadAddress, all_scopes, http_manifest, manifest, optional_scopes, required_scopes
from bot.cli import app

SPECS = Path(__file__).parents[4] / "shared" / "specs"
URL = "https://readback.example.org"
NEEDED = {  # an event → the scopes without which Slack does not send it
    "app_home_opened": (),
    "message.im": ("im:history",),
    "app_uninstalled": (),
    "tokens_revoked": (),
    "member_joined_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "app_mention": ("app_mentions:read",),
}


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("found", [manifest(), http_manifest(URL)], ids=["socket-mode", "http"])
def test_slack_would_take_it(version: int, found: dict[str, Any]) -> None:
    schema = SPECS / f"slack_manifest_v{version}.schema.json"
    if not schema.exists():
        pytest.skip("Slack's manifest schemas are not here: they belong in ../shared/specs")
    versioned = {**found, "_metadata": {"major_version": version}}
    assert [error.message for error in Draft7Validator(json.loads(schema.read_text())).iter_errors(versioned)] == []


def test_every_event_has_its_scopes() -> None:
    events = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == set(NEEDED)
    assert {scope for event in events for scope in NEEDED[event]} <= set(all_scopes())


def test_only_what_threads_need_is_optional() -> None:
    assert set(optional_scopes()) == {"channels:history", "groups:history", "app_mentions:read"}
    assert set(required_scopes()) | set(optional_scopes()) == set(all_scopes())
    assert not set(required_scopes()) & set(optional_scopes())


def test_it_asks_for_no_more_than_it_says() -> None:
    assert not set(all_scopes()) & {"chat:write.public", "users:read.email", "files:read", "admin"}
    assert set(manifest()["oauth_config"]["scopes"]) == {"bot", "bot_optional"}  # nothing in any person's name


def test_the_shortcut_and_the_command_are_those_that_we_answer() -> None:
    features = manifest()["features"]
    assert [shortcut["callback_id"] for shortcut in features["shortcuts"]] == [ANSWER_DRILL]
    assert [(command["command"], command["should_escape"]) for command in features["slash_commands"]] == [
        ("/drill", True)
    ]


def test_socket_mode_names_no_address_and_http_names_ours_everywhere() -> None:
    assert "https://" not in json.dumps(manifest())
    http = http_manifest(URL + "/")
    assert not http["settings"]["socket_mode_enabled"]
    assert http["oauth_config"]["redirect_urls"] == [f"{URL}/slack/oauth_redirect"]
    assert http["settings"]["interactivity"]["request_url"] == f"{URL}/slack/events"
    assert http["settings"]["event_subscriptions"]["request_url"] == f"{URL}/slack/events"
    assert [command["url"] for command in http["features"]["slash_commands"]] == [f"{URL}/slack/events"]


@pytest.mark.parametrize("url", ["http://readback.example.org", "readback.example.org", "https://", f"{URL}/path", ""])
def test_an_address_that_slack_can_not_send_to_is_refused(url: str) -> None:
    with pytest.raises(BadAddress, match="such as https://"):
        http_manifest(url)


def test_the_command_prints_what_can_be_pasted() -> None:
    printed = CliRunner().invoke(app, ["slack", "manifest", "--url", URL, "--json"])
    assert json.loads(printed.stdout) == http_manifest(URL)
    as_yaml = CliRunner().invoke(app, ["slack", "manifest"])
    assert YAML(typ="safe", pure=True).load(as_yaml.stdout) == manifest()
    assert CliRunner().invoke(app, ["slack", "manifest", "--url", "nowhere"]).exit_code == 2
