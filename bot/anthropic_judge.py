"""The LLM judge of an installation's settings, and what it answers when it is tried out.

Imported when it is wanted: Anthropic's SDK takes longer to load than all the rest of the program.
"""

from __future__ import annotations

import asyncio

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
from bot.settings import BadSettings, Settings
from drills.errors import JudgeUnavailable, JudgeUnusable
from drills.ports import Judge

CANARY_S = 30.0  # a server that needs longer for one small reply is told about in the log, and may still serve

log = structlog.get_logger(__name__)


def anthropic_judge(settings: Settings, model: str) -> AnthropicJudge:
    """To be closed. Raises BadSettings when its key is missing."""
    return AnthropicJudge(
        account=_account(settings),
        base_url=str(settings.anthropic_base_url) if settings.anthropic_base_url else None,
        model=model,
        effort=settings.judge_effort,
        deadline_s=settings.judge_deadline_s,
        mode=StructuredMode(settings.judge_structured_mode),
    )


async def try_out(judge: Judge, settings: Settings) -> None:
    """A server that is down may come up later; one that ignores the schema would leave every reply unscored.

    Raises SchemaIgnored, with advice.
    """
    try:
        async with asyncio.timeout(CANARY_S):
            await ask_canary(judge, settings)
    except (JudgeUnavailable, JudgeUnusable, TimeoutError) as trouble:
        log.warning("judge.not_tried_out", reason=str(trouble) or f"no answer within {CANARY_S:g} s")


async def ask_canary(judge: Judge, settings: Settings) -> None:
    """One small thing. Raises what the judge raises, SchemaIgnored with advice among it."""
    try:
        await canary(judge)
    except SchemaIgnored as ignored:
        raise SchemaIgnored(f"ANTHROPIC_BASE_URL: {ignored}. {_advice(settings)}") from ignored


def _advice(settings: Settings) -> str:
    if settings.judge_structured_mode == "output_config":
        return "READBACK_JUDGE_STRUCTURED_MODE=forced_tool may help; else use a server that honours one of the two."
    return "READBACK_JUDGE_STRUCTURED_MODE=output_config may help; else use a server that honours one of the two."


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
