"""The LLM judge, over Anthropic's Messages API or any server that speaks it."""

from __future__ import annotations

from adapters.judges.anthropic.judge import AnthropicJudge

__all__ = ["AnthropicJudge"]
