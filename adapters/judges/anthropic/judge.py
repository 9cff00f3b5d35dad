"""One structured-output call for each reply (judging.md §3.1). Retrying is the row's business, not ours."""

from __future__ import annotations

import asyncio
import json
import time

import anthropic
from typing_extensions import override

from adapters.judges.anthropic.accounts import Account, ApiKey, client_for, signing_faults
from adapters.judges.anthropic.errors import as_ours, unsigned
from adapters.judges.anthropic.request import DEFAULT_MODEL, Effort, StructuredMode, request_for
from adapters.judges.anthropic.response import NAME, judgement_from
from drills.errors import JudgeUnavailable, JudgeUnusable
from drills.evaluation import Judgement
from drills.judging.prompt import Prompt, prompt_for
from drills.ports import Case, Judge


class AnthropicJudge(Judge):
    """Judges through `POST /v1/messages`, or what a cloud has in its place. Share it between tasks; `close()` it.

    `base_url` may be a gateway or a server of the hospital's own. `deadline_s` covers the whole call, connecting
    included. Nothing is traced. Raises OursToFix when a cloud's client needs a package that is not installed.
    """

    name = NAME

    def __init__(
        self,
        *,
        api_key: str = "",
        account: Account | None = None,
        base_url: str | None = None,
        model: str = DEFAULT_MODEL,
        effort: Effort = "medium",
        deadline_s: float = 60.0,
        mode: StructuredMode = StructuredMode.OUTPUT_CONFIG,
    ) -> None:
        self._model = model
        self._effort: Effort = effort
        self._mode = mode
        self._deadline_s = deadline_s
        account = account or ApiKey(api_key)
        self._client = client_for(account, base_url, deadline_s)
        self._signing_faults = signing_faults(account)

    async def close(self) -> None:
        await self._client.close()

    @override
    async def verdicts(self, case: Case) -> Judgement:
        """One call. Raises JudgeUnavailable, JudgeUnusable, or OursToFix when key, model or address are wrong."""
        prompt = prompt_for(case)
        started = time.monotonic()
        answer = await self._ask(prompt)
        elapsed_ms = round((time.monotonic() - started) * 1000)
        return judgement_from(answer, case.drill, prompt, model=self._model, latency_ms=elapsed_ms)

    async def _ask(self, prompt: Prompt) -> object:
        body = request_for(prompt, model=self._model, effort=self._effort, mode=self._mode)
        try:
            async with asyncio.timeout(self._deadline_s):
                return await self._client.messages.create(**body)
        except TimeoutError as error:
            raise JudgeUnavailable(f"no answer within {self._deadline_s:g} s") from error
        except anthropic.AnthropicError as error:
            raise as_ours(error, self._model) from error
        except json.JSONDecodeError:  # the client lets it through
            raise JudgeUnusable("unreadable", detail="the server's answer is no JSON") from None
        except self._signing_faults as error:
            raise unsigned(error) from error
