"""The exact request, as plain data: what is sent, what `--show-prompt` prints, and nothing else."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal, TypeAlias

from anthropic.types import MessageParam, TextBlockParam
from anthropic.types.message_create_params import MessageCreateParamsNonStreaming

from drills.judging.prompt import Prompt

Effort: TypeAlias = Literal["low", "medium", "high"]

DEFAULT_MODEL = "claude-sonnet-5-5"
MAX_TOKENS = 6000  # thinking and seven verdicts; far below where the client insists on streaming
TOOL = "record_verdicts"


class StructuredMode(StrEnum):
    """How the schema is put to the server: as the format of its answer, or as a tool that it has to call."""

    OUTPUT_CONFIG = "output_config"
    FORCED_TOOL = "forced_tool"


def request_for(
    prompt: Prompt, *, model: str, effort: Effort, mode: StructuredMode = StructuredMode.OUTPUT_CONFIG
) -> MessageCreateParamsNonStreaming:
    """The body of `POST /v1/messages`. With a forced tool no effort is sent: servers that need it know none."""
    common: MessageCreateParamsNonStreaming = {
        "model": model,
        "max_tokens": MAX_TOKENS,
        "system": _system(prompt),
        "messages": _messages(prompt),
    }
    match mode:
        case StructuredMode.OUTPUT_CONFIG:
            schema: dict[str, Any] = {"type": "json_schema", "schema": prompt.schema}
            return {**common, "output_config": {"effort": effort, "format": schema}}  # type: ignore[typeddict-item]
        case StructuredMode.FORCED_TOOL:
            return {**common, **_forced(prompt)}  # type: ignore[typeddict-item]


def _forced(prompt: Prompt) -> dict[str, Any]:
    tool = {
        "name": TOOL,
        "description": "Records what the reply shows, one entry for each criterion and red flag.",
        "input_schema": prompt.schema,
        "strict": True,
    }
    return {"tools": [tool], "tool_choice": {"type": "tool", "name": TOOL, "disable_parallel_tool_use": True}}


def _system(prompt: Prompt) -> list[TextBlockParam]:
    """The rubric ends the part that is the same for every reply, so the cache is cut there."""
    return [
        {"type": "text", "text": prompt.rules},
        {"type": "text", "text": prompt.rubric, "cache_control": {"type": "ephemeral", "ttl": "1h"}},
    ]


def _messages(prompt: Prompt) -> list[MessageParam]:
    parts: list[TextBlockParam] = [{"type": "text", "text": prompt.case}, {"type": "text", "text": prompt.reply}]
    return [{"role": "user", "content": parts}]
