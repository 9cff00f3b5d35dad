"""When a running program can't go on, the operator reads why; a bug keeps its traceback."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

import bot.__main__ as edge
from drills.errors import OursToFix


def program_that_ends_with(*troubles: Exception) -> Callable[[], None]:
    """As `Program.run` does: each task in one group, which ends when one of them fails."""

    async def fail(trouble: Exception) -> None:
        raise trouble

    async def run() -> None:
        async with asyncio.TaskGroup() as group:
            for trouble in troubles:
                group.create_task(fail(trouble))

    return lambda: asyncio.run(run())


def test_a_refused_token_ends_the_program_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(edge, "app", program_that_ends_with(OursToFix("Slack does not know SLACK_BOT_TOKEN")))
    with pytest.raises(SystemExit) as ended:
        edge.main()
    assert ended.value.code == edge.EXIT_FAILED
    assert capsys.readouterr().err == "Slack does not know SLACK_BOT_TOKEN\n"


def test_a_bug_among_the_reasons_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge, "app", program_that_ends_with(OursToFix("known"), KeyError("a bug")))
    with pytest.raises(ExceptionGroup):
        edge.main()
