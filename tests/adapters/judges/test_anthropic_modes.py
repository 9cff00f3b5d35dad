"""The two ways of asking for a shape, and the canary that finds a server which honours neither."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from fake_anthropic import FakeAnthropic
from judging.made_drills import drill

from adapters.judges.anthropic import AnthropicJudge, SchemaIgnored, StructuredMode
from bot.doctor import Finding, examine
from bot.judges import open_judge
from bot.settings import Settings, load_settings
from bot.wiring import build
from drills.errors import JudgeUnusable, OursToFix
from drills.ports import Case
from drills.rubric import Level

CASE = Case(drill(), "He is much worse now. Please come to the bedside.")


@pytest.fixture
async def fake() -> AsyncIterator[FakeAnthropic]:
    async with FakeAnthropic() as server:
        yield server


@pytest.fixture
async def tool_judge(fake: FakeAnthropic) -> AsyncIterator[AnthropicJudge]:
    made = AnthropicJudge(api_key="test-key", base_url=fake.url, deadline_s=5, mode=StructuredMode.FORCED_TOOL)
    yield made
    await made.close()


def behind(fake: FakeAnthropic, **more: Any) -> Settings:
    return load_settings(anthropic_api_key="test-key", anthropic_base_url=fake.url, **more)


async def test_a_forced_tool_brings_the_same_schema_and_the_same_verdicts(
    tool_judge: AnthropicJudge, fake: FakeAnthropic
) -> None:
    judgement = await tool_judge.verdicts(CASE)
    assert [verdict.level for verdict in judgement.verdicts] == [Level.MET, Level.MET]
    body = fake.requests[0].body
    assert set(body) == {"model", "max_tokens", "system", "messages", "tools", "tool_choice"}
    assert (body["tools"][0]["strict"], body["tool_choice"]["type"]) == (True, "tool")
    assert set(fake.requests[0].schema["properties"]["criteria"]["properties"]) == {"headline", "request"}
    assert judgement.provenance.stop_reason == "tool_use"


async def test_an_answer_in_text_is_taken_although_a_tool_was_forced(
    tool_judge: AnthropicJudge, fake: FakeAnthropic
) -> None:
    fake.script("text_only")
    assert (await tool_judge.verdicts(CASE)).verdicts[0].level is Level.MET


@pytest.mark.parametrize("scenario", ["garbage", "own_shape", "missing_criterion", "truncated", "refusal"])
async def test_a_tool_changes_nothing_about_what_may_not_count(
    tool_judge: AnthropicJudge, fake: FakeAnthropic, scenario: str
) -> None:
    fake.script(scenario)
    with pytest.raises(JudgeUnusable):
        await tool_judge.verdicts(CASE)


async def test_a_server_of_ones_own_is_tried_out_once_before_anybodys_reply(fake: FakeAnthropic) -> None:
    async with open_judge(behind(fake)) as judge:
        assert len(fake.canaries) == 1
        assert fake.requests == []
        assert (await judge.verdicts(CASE)).verdicts
    assert len(fake.canaries) == 1


@pytest.mark.parametrize("scenario", ["garbage", "own_shape", "invented_level", "empty", "html", "wrong_shape"])
async def test_a_server_that_ignores_the_schema_is_refused_at_the_start(fake: FakeAnthropic, scenario: str) -> None:
    fake.canary_scenario = scenario
    with pytest.raises(SchemaIgnored, match="READBACK_JUDGE_STRUCTURED_MODE=forced_tool"):
        async with open_judge(behind(fake)):
            pytest.fail("it was opened")


async def test_the_program_does_not_start_with_such_a_server(fake: FakeAnthropic, tmp_path: Path) -> None:
    fake.canary_scenario = "own_shape"
    settings = behind(fake, database_url=f"sqlite+aiosqlite:///{tmp_path / 'readback.db'}")
    with pytest.raises(SchemaIgnored, match="ANTHROPIC_BASE_URL"):
        async with build(settings):
            pytest.fail("it was built")


async def test_in_the_other_mode_the_advice_is_the_other_one(fake: FakeAnthropic) -> None:
    fake.canary_scenario = "own_shape"
    with pytest.raises(SchemaIgnored, match="STRUCTURED_MODE=output_config"):
        async with open_judge(behind(fake, judge_structured_mode="forced_tool")):
            pytest.fail("it was opened")
    assert "tools" in fake.canaries[0].body


@pytest.mark.parametrize("scenario", ["overloaded", "server_error", "rate_limited", "refusal"])
async def test_a_server_that_can_answer_later_is_no_reason_not_to_start(fake: FakeAnthropic, scenario: str) -> None:
    fake.canary_scenario = scenario
    with structlog.testing.capture_logs() as logs:
        async with open_judge(behind(fake)) as judge:
            assert judge.name == "anthropic"
    assert [(line["event"], line["log_level"]) for line in logs] == [("judge.not_tried_out", "warning")]


async def test_nobody_at_the_address_is_a_warning(fake: FakeAnthropic) -> None:
    settings = load_settings(anthropic_api_key="test-key", anthropic_base_url="http://127.0.0.1:9")
    with structlog.testing.capture_logs() as logs:
        async with open_judge(settings):
            pass
    assert logs[0]["reason"] == "no connection to the model server"


@pytest.mark.parametrize(("scenario", "named"), [("bad_key", "ANTHROPIC_API_KEY"), ("bad_request", "forced_tool")])
async def test_a_wrong_setting_is_told_at_the_start(fake: FakeAnthropic, scenario: str, named: str) -> None:
    fake.canary_scenario = scenario
    with pytest.raises(OursToFix, match=named):
        async with open_judge(behind(fake)):
            pytest.fail("it was opened")


async def test_anthropics_own_api_is_not_tried_out_and_nothing_is_sent() -> None:
    """The network is off in tests: a canary would leave a warning."""
    with structlog.testing.capture_logs() as logs:
        async with open_judge(load_settings(anthropic_api_key="test-key")):
            pass
    assert logs == []


def judged_by_doctor(settings: Settings) -> Finding:
    return next(finding for finding in examine(settings, ask_judge=True) if finding.what == "judge")


async def test_the_doctor_asks_the_server_when_told_to(fake: FakeAnthropic, tmp_path: Path) -> None:
    settings = behind(fake, database_url=f"sqlite+aiosqlite:///{tmp_path / 'readback.db'}")
    assert (await asyncio.to_thread(judged_by_doctor, settings)).well
    for scenario, says in [("own_shape", "forced_tool"), ("overloaded", "529"), ("bad_key", "ANTHROPIC_API_KEY")]:
        fake.canary_scenario = scenario
        finding = await asyncio.to_thread(judged_by_doctor, settings)
        assert (finding.well, says in finding.says) == (False, True)
    assert len(fake.canaries) == 4
    assert [finding.what for finding in examine(settings)].count("judge") == 1
    assert len(fake.canaries) == 4
