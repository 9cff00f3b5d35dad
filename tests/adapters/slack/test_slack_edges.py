"""The edges: everything is acknowledged, nothing is logged, nobody unsigned is heard."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fake_slack.slack_delivery import Delivery
from fake_slack.slack_http_door import HttpDoor
from fake_slack.slack_trouble import refused
from slack_bed import NEXT, SEND, Bed, SlowInbox, a_drill, a_memory, now, slack_bed

from adapters import Parts
from adapters.slack import build
from drills.chat.cards import Card, FieldErrors
from drills.chat.inbound import NotTaken

SECRET = "Mr. Quillfeather-Zzyzx wept"


async def test_nothing_that_slack_sends_goes_unacknowledged(bed: Bed) -> None:
    door = bed.slack.door
    assert door
    who = {"team": {"id": bed.team.id}, "user": {"id": bed.ada}, "trigger_id": "0.0.0"}
    interactions = [
        {"type": "view_closed", "view": {"id": "V1", "type": "modal", "callback_id": "reply:a1"}},
        {"type": "view_submission", "view": {"id": "V1", "type": "modal", "callback_id": "", "blocks": []}},
        {"type": "block_suggestion", "action_id": "x", "block_id": "b", "value": ""},
        {"type": "block_actions", "actions": [{"type": "overflow", "action_id": "x", "block_id": "b"}]},
        {"type": "shortcut", "callback_id": "somebody_elses"},
        {"type": "message_action", "callback_id": "somebody_elses", "message": {"ts": "1"}, "channel": {"id": "C"}},
        {"type": "interactive_message", "callback_id": "old", "actions": [{"name": "a", "type": "button"}]},
        {"type": "dialog_submission", "callback_id": "older", "submission": {}},
        {"type": "a_kind_that_is_invented_in_2030"},
    ]
    for payload in interactions:
        await door.deliver(Delivery("interaction", {**payload, **who}))
    for inner in (
        {"type": "reaction_added", "user": bed.ada},
        {"type": "message", "subtype": "message_changed", "channel": bed.ward},
        {"type": "member_joined_channel", "user": bed.ada, "channel": bed.ward},
        {"type": "app_home_opened", "user": bed.ada, "channel": "D1", "tab": "messages"},
        {"type": "app_uninstalled"},
        {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": ["B1"]}},
    ):
        await bed.slack.happens(bed.team, inner)
    assert bed.inbox.came == []


async def test_no_word_of_a_learner_reaches_a_log_not_even_at_debug(
    bed: Bed, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("slack_sdk", "slack_bolt"):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.DEBUG)
    bed.inbox.answers["say"] = NEXT
    message = await a_drill(bed)
    for reply in (NEXT, FieldErrors(SEND, {"words": "Not yet."}), NotTaken("Again, please."), RuntimeError("a bug")):
        bed.inbox.answers["reply"] = reply
        bed.slack.reloads(bed.ada)
        await bed.slack.clicks(bed.ada, message, "Answer")
        await bed.slack.settled()
        await bed.slack.submits(bed.ada, {"words": SECRET})
    await bed.slack.types(bed.ada, bed.ward, SECRET, message)
    await bed.slack.says("/drill", SECRET, bed.ada, bed.ward)
    bed.inbox.answers["answer"] = Card(SECRET, (), "Only you see this.")
    bed.slack.troubles.add("views.open", refused("invalid_arguments"), refused("view_too_large"))
    await bed.slack.clicks(bed.ada, message, "Answer")
    await bed.slack.settled()
    assert sum(SECRET in str(getattr(came, "values", came)) for came in bed.inbox.came) >= 5
    assert caplog.records
    assert "Zzyzx" not in caplog.text


@pytest.fixture
async def http(tmp_path: Path) -> AsyncIterator[tuple[Bed, HttpDoor]]:
    async with slack_bed(tmp_path, "http") as made:
        assert isinstance(made.slack.door, HttpDoor)
        yield made, made.slack.door


async def test_an_unsigned_a_wrongly_signed_and_an_old_request_are_refused(
    http: tuple[Bed, HttpDoor], caplog: pytest.LogCaptureFixture
) -> None:
    bed, door = http
    body, form = urlencode({"command": "/drill", "text": SECRET}), "application/x-www-form-urlencoded"
    old = datetime.now(UTC).timestamp() - 301
    caplog.set_level(logging.DEBUG)
    answers = [await door.post(body, form, signature="v0=0"), await door.post(body, form, at=old)]
    assert [answer.status for answer in answers] == [401, 401]
    assert bed.inbox.came == []
    assert "SLACK_SIGNING_SECRET" in caplog.text
    assert "Zzyzx" not in caplog.text


@pytest.mark.parametrize("body", ["{", "payload=%7B", "payload=7", "[1]", "\ufffd", ""])
async def test_a_body_that_is_no_payload_is_refused_without_a_fault(http: tuple[Bed, HttpDoor], body: str) -> None:
    _, door = http
    answer = await door.post(body, "application/json")
    assert answer.status in {200, 400, 401}


async def test_slack_verifies_our_address_by_a_word_that_we_say_back(http: tuple[Bed, HttpDoor]) -> None:
    _, door = http
    answer = await door.post('{"type":"url_verification","challenge":"abc"}', "application/json")
    assert (answer.status, answer.text) == (200, '{"challenge": "abc"}')


def test_a_program_without_slack_does_not_wait_for_slacks_libraries() -> None:
    code = "import sys, adapters; adapters.platforms(); print([m for m in sys.modules if m.startswith('slack_')])"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603  # ours
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize("settings", [{}, {"slack_signing_secret": "s"}, {"slack_client_id": "1.2"}])
async def test_slack_stays_away_until_it_is_configured(tmp_path: Path, settings: dict[str, str]) -> None:
    memory = await a_memory(tmp_path / "none.db")
    assert build(Parts(settings, memory, SlowInbox().receive, now)) is None
    await memory.close()


async def test_what_the_environment_says_to_slacks_libraries_is_not_listened_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-of-somebody-else")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "of-somebody-else")
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "s")
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with slack_bed(tmp_path, "http") as bed:
        await bed.slack.clicks(bed.ada, await a_drill(bed), "Answer")
        await bed.slack.settled()
        assert "What you say" in bed.slack.modal_words(bed.ada)
