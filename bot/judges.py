"""Which judge reads the replies: the LLM where a key or a cloud is set, else the embedded checklist."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.judges.embedded import EmbeddedJudge
from bot.settings import Settings
from drills.judging.panel import Panel
from drills.ports import Judge


@asynccontextmanager
async def open_judge(settings: Settings, *, forced: bool = False, try_out: bool = True) -> AsyncIterator[Judge]:
    """The judge of these settings, closed in the end. Raises BadSettings when its key is missing.

    With ANTHROPIC_BASE_URL set it is tried out first (`try_out`): raises SchemaIgnored when the server's answers
    could not be read. `forced` makes the embedded judge commit to a level for every criterion, to be measured.
    """
    if not wants_anthropic(settings):
        yield EmbeddedJudge(forced=forced)
        return
    from bot import anthropic_judge as llm  # noqa: PLC0415 - Anthropic's SDK is slow to import

    first = llm.anthropic_judge(settings, settings.judge_model)
    second = llm.anthropic_judge(settings, settings.judge_second_model)
    try:
        if try_out and settings.anthropic_base_url:
            await llm.try_out(first, settings)
        yield Panel(first, second, first) if settings.judge_panel else first
    finally:
        await first.close()
        await second.close()


def wants_anthropic(settings: Settings) -> bool:
    """`auto` takes the LLM as soon as a key is there, or a cloud is chosen."""
    if settings.judge == "auto":
        return settings.anthropic_api_key is not None or settings.judge_client != "anthropic"
    return settings.judge == "anthropic"


async def answer_from_canary(settings: Settings) -> None:
    """Ask the model server one small thing. Raises what the judge raises, SchemaIgnored with advice among it."""
    from bot import anthropic_judge as llm  # noqa: PLC0415 - Anthropic's SDK is slow to import

    judge = llm.anthropic_judge(settings, settings.judge_model)
    try:
        await llm.ask_canary(judge, settings)
    finally:
        await judge.close()
