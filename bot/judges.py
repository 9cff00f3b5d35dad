"""Which judge reads the replies: the LLM where a key is set, else the embedded checklist."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.judges.anthropic import AnthropicJudge
from adapters.judges.embedded import EmbeddedJudge
from bot.settings import BadSettings, Settings
from drills.judging.panel import Panel
from drills.ports import Judge


@asynccontextmanager
async def open_judge(settings: Settings) -> AsyncIterator[Judge]:
    """The judge of these settings, closed in the end. Raises BadSettings when its key is missing."""
    if not wants_anthropic(settings):
        yield EmbeddedJudge()
        return
    if settings.anthropic_api_key is None:
        raise BadSettings(["The anthropic judge was asked for, but ANTHROPIC_API_KEY is not set"])
    key = settings.anthropic_api_key.get_secret_value()
    first = _anthropic(settings, key, settings.judge_model)
    second = _anthropic(settings, key, settings.judge_second_model)
    try:
        yield Panel(first, second, first) if settings.judge_panel else first
    finally:
        await first.close()
        await second.close()


def _anthropic(settings: Settings, key: str, model: str) -> AnthropicJudge:
    return AnthropicJudge(
        api_key=key,
        base_url=str(settings.anthropic_base_url) if settings.anthropic_base_url else None,
        model=model,
        effort=settings.judge_effort,
        deadline_s=settings.judge_deadline_s,
    )


def wants_anthropic(settings: Settings) -> bool:
    """`auto` takes the LLM as soon as a key is there."""
    return settings.judge == "anthropic" or (settings.judge == "auto" and settings.anthropic_api_key is not None)
