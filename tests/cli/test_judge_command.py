"""`readback judge`: one reply read at the command line, for authors, reviewers and scripts."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import typer
from fake_anthropic import FakeAnthropic
from typer.testing import CliRunner

from bot.cli.judge import judge

DRILL = Path(__file__).parents[2] / "drills" / "library" / "sbar" / "sbar-001-night-call.yaml"
REPLY = "RN 5 South, Voss. He very worse since ten, please come now 10 minute. You confirm?"

app = typer.Typer()
app.command()(judge)


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "READBACK_JUDGE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server() -> Iterator[FakeAnthropic]:
    """The fake in a thread of its own, because the command brings its own event loop."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    fake = FakeAnthropic()
    asyncio.run_coroutine_threadsafe(fake.__aenter__(), loop).result(5)
    yield fake
    asyncio.run_coroutine_threadsafe(fake.__aexit__(None, None, None), loop).result(5)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


def _run(*words: str, stdin: str | None = None) -> Any:
    return CliRunner().invoke(app, [str(DRILL), *words], input=stdin)


def test_json_has_levels_quotes_and_no_score_for_practice() -> None:
    done = _run("--reply", REPLY, "--json")
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert (said["drill"], said["variant"], said["judge"]) == ("sbar-001-night-call", "a", "embedded")
    assert said["practice"] is True
    assert (said["score"], said["band"], said["capped_by"]) == (None, None, [])
    assert len(said["labels"]) == 7
    assert said["labels"]["request"] == "met"
    assert said["quotes"]["request"] in REPLY


def test_text_shows_the_reply_the_feedback_and_the_label() -> None:
    done = _run("--reply", REPLY)
    assert done.exit_code == 0
    assert "He very worse since ten" in done.stdout
    assert "What worked:" in done.stdout
    assert "does not understand" in done.stdout


def test_the_reply_may_come_from_a_file_or_be_piped_in(tmp_path: Path) -> None:
    file = tmp_path / "reply.txt"
    file.write_text(REPLY, encoding="utf-8")
    from_file = json.loads(_run("--file", str(file), "--json").stdout)
    piped = json.loads(_run("--json", stdin=REPLY).stdout)
    assert from_file == piped == json.loads(_run("--reply", REPLY, "--json").stdout)


def test_with_a_key_the_llm_judges_and_the_score_is_computed_here(
    server: FakeAnthropic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "test-key")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
    said = json.loads(_run("--reply", REPLY, "--profession", "student", "--json").stdout)
    assert said["judge"] == "anthropic"
    assert (said["score"], said["band"]) == (1.0, "solid")
    assert said["provenance"]["request_id"] == "req_fake"
    assert "Scope note" in server.requests[0].body["messages"][0]["content"][0]["text"]


def test_a_refusal_is_not_scored_and_says_so(server: FakeAnthropic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTHROPIC_API_KEY", "test-key")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
    server.script("refusal")
    done = _run("--reply", REPLY)
    assert done.exit_code == 1
    assert done.stderr.startswith("Not scored: refusal")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--reply", "x", "--file", "y"], "not both"),
        (["--file", "nowhere.txt"], "nowhere.txt can't be read"),
        (["--reply", "x", "--variant", "q"], "no variant 'q'; it has a, b"),
        (["--reply", "x", "--judge", "anthropic"], "ANTHROPIC_API_KEY"),
        (["--reply", " \u200b "], "nothing to read"),
    ],
)
def test_a_wrong_call_is_explained_in_a_sentence(words: list[str], sentence: str) -> None:
    done = _run(*words)
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.output


def test_a_file_that_is_no_drill_is_named_with_line_and_column(tmp_path: Path) -> None:
    file = tmp_path / "no-drill.yaml"
    file.write_text("just words\n", encoding="utf-8")
    done = CliRunner().invoke(app, [str(file), "--reply", "x"])
    assert done.exit_code == 2
    assert f"{file}:1:1:" in done.stderr


def test_a_drill_that_the_linter_refuses_is_not_judged(tmp_path: Path) -> None:
    file = tmp_path / "half.yaml"
    file.write_text(DRILL.read_text(encoding="utf-8").split("rubric:")[0], encoding="utf-8")
    done = CliRunner().invoke(app, [str(file), "--reply", REPLY])
    assert done.exit_code == 2
    assert "`rubric` is missing" in done.stderr


def test_a_shipped_drill_goes_by_its_id() -> None:
    done = CliRunner().invoke(app, ["sbar-001-night-call", "--reply", REPLY])
    assert done.exit_code == 0
    assert done.stdout == _run("--reply", REPLY).stdout


def test_a_reply_cannot_steer_the_terminal() -> None:
    done = _run("--reply", "Voss is worse \x1b]0;owned\x07[bold]now[/bold]")
    assert "\x1b" not in done.stdout
    assert "[bold]now[/bold]" in done.stdout


def test_the_exact_request_can_be_read_without_a_key(server: FakeAnthropic, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _run("--reply", REPLY, "--profession", "student", "--show-prompt")
    assert shown.exit_code == 0
    monkeypatch.setenv("ANTHROPIC_API_KEY", "test-key")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url)
    _run("--reply", REPLY, "--profession", "student")
    assert json.loads(shown.stdout) == server.requests[0].body


def test_the_prompt_can_be_read_without_a_reply_and_in_the_other_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READBACK_JUDGE_STRUCTURED_MODE", "forced_tool")
    monkeypatch.setenv("READBACK_JUDGE_MODEL", "local-model")
    shown = json.loads(_run("--show-prompt").stdout)
    assert shown["model"] == "local-model"
    assert shown["tool_choice"]["name"] == shown["tools"][0]["name"]
    assert shown["messages"][0]["content"][-1]["text"].endswith('""')


def _saved(tmp_path: Path, data: object) -> str:
    file = tmp_path / "response.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return str(file)


def _answer(level: str, quote: str) -> dict[str, Any]:
    schema = json.loads(_run("--show-prompt").stdout)["output_config"]["format"]["schema"]["properties"]
    return {
        "criteria": {
            id_: {"evidence_quote": quote, "note": "Your words.", "level": level}
            for id_ in schema["criteria"]["properties"]
        },
        "red_flags": {id_: {"evidence_quote": "", "present": False} for id_ in schema["red_flags"]["properties"]},
        "integrity": "ordinary_reply",
    }


def _message(answer: dict[str, Any], **more: object) -> dict[str, Any]:
    """As `curl` leaves it behind: thinking first, then the answer."""
    text = [
        {"type": "thinking", "thinking": "", "signature": ""},
        {"type": "text", "text": json.dumps(answer, ensure_ascii=False)},
    ]
    usage = {"input_tokens": 3200, "output_tokens": 900}
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-sonnet-5-5",
        "content": text,
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": usage,
        **more,
    }


def test_a_saved_message_and_its_bare_answer_are_judged_alike(tmp_path: Path) -> None:
    answer = _answer("met", "please come now")
    whole = json.loads(_run("--reply", REPLY, "--response", _saved(tmp_path, _message(answer)), "--json").stdout)
    bare = json.loads(_run("--reply", REPLY, "--response", _saved(tmp_path, answer), "--json").stdout)
    assert (whole["score"], whole["band"], whole["judge"]) == (1.0, "solid", "anthropic")
    assert whole["provenance"]["model_returned"] == "claude-sonnet-5-5"
    assert whole["provenance"]["cost_usd"] == pytest.approx(0.0154)
    assert bare["provenance"]["prompt_hash"] == whole["provenance"]["prompt_hash"]
    assert {**bare, "provenance": None} == {**whole, "provenance": None}


def test_a_saved_tool_call_is_judged_too(tmp_path: Path) -> None:
    use = {"type": "tool_use", "id": "t", "name": "record_verdicts", "input": _answer("met", "please come now")}
    saved = _saved(tmp_path, _message({}, content=[use], stop_reason="tool_use"))
    assert json.loads(_run("--reply", REPLY, "--response", saved, "--json").stdout)["band"] == "solid"


def test_a_saved_response_has_to_quote_this_reply(tmp_path: Path) -> None:
    saved = _saved(tmp_path, _answer("met", "words of another reply"))
    said = json.loads(_run("--reply", REPLY, "--response", saved, "--json").stdout)
    assert set(said["labels"].values()) == {"not_yet"}
    assert said["score"] == 0


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("Sure! All met.", "unreadable"),
        ("", "unreadable"),
        ('{"content": 3}', "unreadable"),
        ('{"content": [], "usage": {}}', "unreadable"),
        ("[" * 100_000, "unreadable"),
        ({"content": [], "stop_reason": "refusal", "usage": {"input_tokens": 1, "output_tokens": 0}}, "refusal"),
        ({"content": [], "stop_reason": "max_tokens", "usage": {"input_tokens": 1, "output_tokens": 0}}, "truncated"),
    ],
)
def test_a_saved_response_that_may_not_count_is_not_scored(tmp_path: Path, data: object, reason: str) -> None:
    done = _run("--reply", REPLY, "--response", _saved(tmp_path, data))
    assert done.exit_code == 1
    assert done.stderr.startswith(f"Not scored: {reason}")
    assert "Traceback" not in done.output


def test_the_embedded_judge_has_no_prompt_to_show() -> None:
    done = _run("--judge", "embedded", "--show-prompt")
    assert done.exit_code == 2
    assert "no prompt" in done.stderr
