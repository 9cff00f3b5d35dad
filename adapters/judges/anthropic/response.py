"""What a message amounts to: the same reading for a live answer, a forced tool's call and a saved response."""

from __future__ import annotations

import json
from dataclasses import replace

from anthropic.types import Message, ToolUseBlock, Usage

from adapters.judges.anthropic.prices import cost_usd
from adapters.judges.anthropic.request import TOOL
from drills.drill import Drill
from drills.errors import JudgeUnusable
from drills.evaluation import Judgement, Provenance
from drills.judging.answer import read_verdicts
from drills.judging.prompt import Prompt

NAME = "anthropic"
VERSION = "2"

_DONE = {"end_turn", "tool_use"}
_UNUSABLE = {"refusal": "refusal", "max_tokens": "truncated", "model_context_window_exceeded": "truncated"}


def judgement_from(answer: object, drill: Drill, prompt: Prompt, *, model: str, latency_ms: int | None) -> Judgement:
    """Raises JudgeUnusable unless the message is whole and every criterion and flag is answered as offered."""
    message = _whole(answer)
    read = read_verdicts(_said(message), drill)
    provenance = replace(_provenance(message, prompt, model, latency_ms), integrity=read.integrity.value)
    return Judgement(read.verdicts, read.red_flags, provenance)


def _whole(answer: object) -> Message:
    """A proxy's sign-in page or another API's answer passes the client unchecked, so look before use."""
    parts = (getattr(answer, "content", None), getattr(answer, "usage", None))
    if not isinstance(answer, Message) or not isinstance(parts[0], list) or not isinstance(parts[1], Usage):
        raise JudgeUnusable("unreadable", detail="the server's answer is no message")
    return answer


def _said(message: Message) -> str:
    """The forced tool's input, else the text blocks: thinking may come first, and a refusal may have text as well."""
    if message.stop_reason not in _DONE:
        raise JudgeUnusable(_UNUSABLE.get(str(message.stop_reason), "unreadable"), detail=_why_stopped(message))
    called = [block for block in message.content if isinstance(block, ToolUseBlock) and block.name == TOOL]
    if called:
        return json.dumps(called[0].input)
    return "".join(block.text for block in message.content if block.type == "text")


def _why_stopped(message: Message) -> str:
    category = message.stop_details.category if message.stop_details else None
    return " ".join(part for part in (message.stop_reason, category) if part)


def _provenance(message: Message, prompt: Prompt, model: str, latency_ms: int | None) -> Provenance:
    usage = message.usage
    return Provenance(
        judge=NAME,
        judge_version=VERSION,
        model_requested=model,
        model_returned=message.model,
        prompt_hash=prompt.hash,
        request_id=getattr(message, "_request_id", None),
        stop_reason=message.stop_reason,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cache_read_tokens=usage.cache_read_input_tokens,
        cache_write_tokens=usage.cache_creation_input_tokens,
        cost_usd=cost_usd(message.model, usage),
        latency_ms=latency_ms,
    )
