"""A judge that reads its verdicts from a saved model response: to review prompts, and to try other models."""

from __future__ import annotations

import json
from typing import Any

from anthropic.types import Message
from typing_extensions import override

from adapters.judges.anthropic.request import DEFAULT_MODEL
from adapters.judges.anthropic.response import NAME, VERSION, judgement_from
from drills.errors import JudgeUnusable
from drills.evaluation import Judgement, Provenance
from drills.judging.answer import read_verdicts
from drills.judging.prompt import prompt_for
from drills.ports import Case, Judge


class SavedResponse(Judge):
    """`text` is a whole message as the API sends it, or only the JSON that the model answered.

    Calls nobody. What is read, and refused, is what a live call would read and refuse.
    """

    name = NAME

    def __init__(self, text: str, *, model: str = DEFAULT_MODEL) -> None:
        self._text = text
        self._model = model

    @override
    async def verdicts(self, case: Case) -> Judgement:
        """Raises JudgeUnusable for what a live call would not score either."""
        prompt = prompt_for(case)
        message = _message(self._text)
        if message is not None:
            return judgement_from(_built(message), case.drill, prompt, model=self._model, latency_ms=None)
        read = read_verdicts(self._text, case.drill)
        provenance = Provenance(NAME, VERSION, prompt_hash=prompt.hash, integrity=read.integrity.value)
        return Judgement(read.verdicts, read.red_flags, provenance)


def _message(text: str) -> dict[str, Any] | None:
    """The text as a message's data, None where it is not one."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) and "content" in data else None


def _built(data: dict[str, Any]) -> Message:
    """As lenient as the client is with a live answer."""
    try:
        return Message.construct(**data)
    except (TypeError, ValueError, AttributeError):
        raise JudgeUnusable("unreadable", detail="the saved response is no message") from None
