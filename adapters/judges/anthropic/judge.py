"""One structured-output call for each reply (judging.md §3.1). Retrying is the row's business, not ours."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace
from typing import Literal, TypeAlias

import anthropic
from anthropic.types import Message, MessageParam, OutputConfigParam, TextBlockParam, Usage
from typing_extensions import override

from adapters.judges.anthropic.errors import as_ours
from adapters.judges.anthropic.prices import cost_usd
from drills.errors import JudgeUnavailable, JudgeUnusable
from drills.evaluation import Judgement, Provenance
from drills.judging.answer import read_verdicts
from drills.judging.prompt import Prompt, prompt_for
from drills.ports import Case, Judge

Effort: TypeAlias = Literal["low", "medium", "high"]

PUBLIC_API = "https://api.anthropic.com"
DEFAULT_MODEL = "claude-sonnet-5-5"
MAX_TOKENS = 6000  # thinking and seven verdicts; far below where the client insists on streaming
VERSION = "1"

_UNUSABLE = {"refusal": "refusal", "max_tokens": "truncated", "model_context_window_exceeded": "truncated"}


class AnthropicJudge(Judge):
    """Judges through `POST /v1/messages`. Safe to share between tasks; `close()` it when done.

    `base_url` may be a gateway or a server of the hospital's own. `deadline_s` covers the whole call, connecting
    included. Nothing is traced, and nothing is read from the environment: what is set is set here.
    """

    name = "anthropic"

    def __init__(
        self,
        *,
        api_key: str,
        base_url: str | None = None,
        model: str = DEFAULT_MODEL,
        effort: Effort = "medium",
        deadline_s: float = 60.0,
    ) -> None:
        self._model = model
        self._effort: Effort = effort
        self._deadline_s = deadline_s
        self._client = anthropic.AsyncAnthropic(
            api_key=api_key,
            base_url=base_url or PUBLIC_API,
            max_retries=0,
            timeout=anthropic.Timeout(deadline_s, connect=min(5.0, deadline_s)),
            open_telemetry=False,
        )

    async def close(self) -> None:
        await self._client.close()

    @override
    async def verdicts(self, case: Case) -> Judgement:
        """One call. Raises JudgeUnavailable, JudgeUnusable, or OursToFix when key, model or address are wrong."""
        prompt = prompt_for(case)
        started = time.monotonic()
        message = _whole(await self._ask(prompt))
        elapsed_ms = round((time.monotonic() - started) * 1000)
        read = read_verdicts(_answer(message), case.drill)
        provenance = replace(self._provenance(prompt, message, elapsed_ms), integrity=read.integrity.value)
        return Judgement(read.verdicts, read.red_flags, provenance)

    async def _ask(self, prompt: Prompt) -> object:
        try:
            async with asyncio.timeout(self._deadline_s):
                return await self._client.messages.create(
                    model=self._model,
                    max_tokens=MAX_TOKENS,
                    system=_system(prompt),
                    messages=_messages(prompt),
                    output_config=self._output(prompt),
                )
        except TimeoutError as error:
            raise JudgeUnavailable(f"no answer within {self._deadline_s:g} s") from error
        except anthropic.AnthropicError as error:
            raise as_ours(error, self._model) from error
        except json.JSONDecodeError:  # the client lets it through
            raise JudgeUnusable("unreadable", detail="the server's answer is no JSON") from None

    def _output(self, prompt: Prompt) -> OutputConfigParam:
        return {"effort": self._effort, "format": {"type": "json_schema", "schema": prompt.schema}}

    def _provenance(self, prompt: Prompt, message: Message, latency_ms: int) -> Provenance:
        usage = message.usage
        return Provenance(
            judge=self.name,
            judge_version=VERSION,
            model_requested=self._model,
            model_returned=message.model,
            prompt_hash=prompt.hash,
            request_id=message._request_id,
            stop_reason=message.stop_reason,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cache_read_tokens=usage.cache_read_input_tokens,
            cache_write_tokens=usage.cache_creation_input_tokens,
            cost_usd=cost_usd(message.model, usage),
            latency_ms=latency_ms,
        )


def _system(prompt: Prompt) -> list[TextBlockParam]:
    """The rubric ends the part that is the same for every reply, so the cache is cut there."""
    return [
        {"type": "text", "text": prompt.rules},
        {"type": "text", "text": prompt.rubric, "cache_control": {"type": "ephemeral", "ttl": "1h"}},
    ]


def _messages(prompt: Prompt) -> list[MessageParam]:
    parts: list[TextBlockParam] = [{"type": "text", "text": prompt.case}, {"type": "text", "text": prompt.reply}]
    return [{"role": "user", "content": parts}]


def _whole(answer: object) -> Message:
    """A proxy's sign-in page or another API's answer passes the client unchecked, so look before use."""
    parts = (getattr(answer, "content", None), getattr(answer, "usage", None))
    if not isinstance(answer, Message) or not isinstance(parts[0], list) or not isinstance(parts[1], Usage):
        raise JudgeUnusable("unreadable", detail="the server's answer is no message")
    return answer


def _answer(message: Message) -> str:
    """The text blocks: thinking may come first, and a refusal may have text as well."""
    if message.stop_reason != "end_turn":
        raise JudgeUnusable(_UNUSABLE.get(str(message.stop_reason), "unreadable"), detail=_why_stopped(message))
    return "".join(block.text for block in message.content if block.type == "text")


def _why_stopped(message: Message) -> str:
    category = message.stop_details.category if message.stop_details else None
    return " ".join(part for part in (message.stop_reason, category) if part)
