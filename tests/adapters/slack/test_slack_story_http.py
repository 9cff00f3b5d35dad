"""Slack over HTTP, as the whole program answers it: signatures, old stamps, the first handshake, odd bodies."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fake_slack.slack_http_door import HttpDoor
from fake_slack.slack_server import FakeSlack
from slack_program import slack_program

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
HELLO = json.dumps({"type": "url_verification", "challenge": "c-1", "token": "t"})


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[HttpDoor]:
    async with FakeSlack() as slack:
        north = slack.workspace("T0NORTH")
        own = {"slack_bot_token": slack.token_of(north).text, "slack_signing_secret": slack.signing_secret}
        async with slack_program(slack, tmp_path, **own) as house:
            yield slack.delivers_to(f"{house.base}/slack/events")


async def test_the_first_handshake_is_answered(door: HttpDoor) -> None:
    got = await door.post(HELLO, JSON)
    assert got.status == 200
    assert "c-1" in got.text


@pytest.mark.parametrize("body", [HELLO, json.dumps({"type": "event_callback", "event": {"type": "app_uninstalled"}})])
async def test_a_wrong_signature_is_refused(door: HttpDoor, body: str) -> None:
    assert (await door.post(body, JSON, signature="v0=" + "0" * 64)).status == 401


async def test_a_stamp_of_six_minutes_ago_is_refused(door: HttpDoor) -> None:
    assert (await door.post(HELLO, JSON, at=time.time() - 360)).status == 401
    assert (await door.post(HELLO, JSON, at=time.time() - 240)).status == 200


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("", JSON),
        ("[]", JSON),
        ("{not json", JSON),
        ("payload=%7Bnot+json", FORM),
        ("payload=[]", FORM),
        ("nothing=here", FORM),
        (json.dumps({"type": "event_callback", "team_id": "T0NORTH", "event": {"type": "comet_seen"}}), JSON),
        (json.dumps({"type": "app_rate_limited", "team_id": "T0NORTH", "minute_rate_limited": 1}), JSON),
    ],
)
async def test_odd_bodies_with_a_good_signature_break_nothing(door: HttpDoor, body: str, kind: str) -> None:
    got = await door.post(body, kind)
    assert got.status < 500
    assert "Traceback" not in got.text
    assert (await door.post(HELLO, JSON)).status == 200


async def test_an_event_that_slack_tries_again_is_taken(door: HttpDoor) -> None:
    event = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages"}
    body = json.dumps({"type": "event_callback", "team_id": "T0NORTH", "event_id": "Ev1", "event": event})
    for number in ("1", "2"):
        headers = {"X-Slack-Retry-Num": number, "X-Slack-Retry-Reason": "http_timeout"}
        assert (await door.post(body, JSON, headers=headers)).status == 200
