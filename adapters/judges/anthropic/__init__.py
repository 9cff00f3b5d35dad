"""The LLM judge, over Anthropic's Messages API or any server that speaks it."""

from __future__ import annotations

from adapters.judges.anthropic.accounts import Account, ApiKey, Bedrock, Foundry, Vertex
from adapters.judges.anthropic.canary import SchemaIgnored, canary
from adapters.judges.anthropic.judge import AnthropicJudge
from adapters.judges.anthropic.request import StructuredMode, request_for
from adapters.judges.anthropic.saved import SavedResponse

__all__ = [
    "Account",
    "AnthropicJudge",
    "ApiKey",
    "Bedrock",
    "Foundry",
    "SavedResponse",
    "SchemaIgnored",
    "StructuredMode",
    "Vertex",
    "canary",
    "request_for",
]
