"""Which judge reads the replies: the LLM where a key or a cloud is set, else the embedded checklist."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from pydantic import SecretStr

from adapters.judges.anthropic import (
    Account,
    AnthropicJudge,
    ApiKey,
    Bedrock,
    Foundry,
    SchemaIgnored,
    StructuredMode,
    Vertex,
    canary,
)
from adapters.judges.embedded import EmbeddedJudge
from bot.settings import BadSettings, Settings
from drills.errors import JudgeUnavailable, JudgeUnusable
from drills.judging.panel import Panel
from drills.ports import Judge

CANARY_S = 30.0  # a server that needs longer for one small reply is told about in the log, and may still serve

log = structlog.get_logger(__name__)


@asynccontextmanager
async def open_judge(settings: Settings, *, forced: bool = False, try_out: bool = True) -> AsyncIterator[Judge]:
    """The judge of these settings, closed in the end. Raises BadSettings when its key is missing.

    With ANTHROPIC_BASE_URL set it is tried out first (`try_out`): raises SchemaIgnored when the server's answers
    could not be read. `forced` makes the embedded judge commit to a level for every criterion, to be measured.
    """
    if not wants_anthropic(settings):
        yield EmbeddedJudge(forced=forced)
        return
    first = _anthropic(settings, settings.judge_model)
    second = _anthropic(settings, settings.judge_second_model)
    try:
        if try_out and settings.anthropic_base_url:
            await _try_out(first, settings)
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
    judge = _anthropic(settings, settings.judge_model)
    try:
        await _tried(judge, settings)
    finally:
        await judge.close()


async def _try_out(judge: Judge, settings: Settings) -> None:
    """A server that is down may come up later; one that ignores the schema would leave every reply unscored."""
    try:
        async with asyncio.timeout(CANARY_S):
            await _tried(judge, settings)
    except (JudgeUnavailable, JudgeUnusable, TimeoutError) as trouble:
        log.warning("judge.not_tried_out", reason=str(trouble) or f"no answer within {CANARY_S:g} s")


async def _tried(judge: Judge, settings: Settings) -> None:
    try:
        await canary(judge)
    except SchemaIgnored as ignored:
        raise SchemaIgnored(f"ANTHROPIC_BASE_URL: {ignored}. {_advice(settings)}") from ignored


def _advice(settings: Settings) -> str:
    if settings.judge_structured_mode == "output_config":
        return "READBACK_JUDGE_STRUCTURED_MODE=forced_tool may help; else use a server that honours one of the two."
    return "READBACK_JUDGE_STRUCTURED_MODE=output_config may help; else use a server that honours one of the two."


def _anthropic(settings: Settings, model: str) -> AnthropicJudge:
    return AnthropicJudge(
        account=_account(settings),
        base_url=str(settings.anthropic_base_url) if settings.anthropic_base_url else None,
        model=model,
        effort=settings.judge_effort,
        deadline_s=settings.judge_deadline_s,
        mode=StructuredMode(settings.judge_structured_mode),
    )


def _account(settings: Settings) -> Account:
    match settings.judge_client:
        case "bedrock":
            return Bedrock(
                region=settings.aws_region or "",
                bearer_token=_plain(settings.aws_bearer_token),
                access_key=_plain(settings.aws_access_key),
                secret_key=_plain(settings.aws_secret_key),
                session_token=_plain(settings.aws_session_token),
            )
        case "vertex":
            return Vertex(
                region=settings.vertex_region or "",
                project=settings.vertex_project or "",
                access_token=_plain(settings.vertex_access_token),
            )
        case "foundry":
            return Foundry(settings.foundry_resource or "", _plain(settings.foundry_api_key) or "")
        case "anthropic":
            key = _plain(settings.anthropic_api_key)
            if key is None:
                raise BadSettings(["The anthropic judge was asked for, but ANTHROPIC_API_KEY is not set"])
            return ApiKey(key)


def _plain(secret: SecretStr | None) -> str | None:
    return secret.get_secret_value() if secret else None
