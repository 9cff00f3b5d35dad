"""What a call cost, by a dated price list that stands beside this file."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from anthropic.types import Usage

_PER_TOKEN = 1e-6


def cost_usd(model: str, usage: Usage) -> float | None:
    """US dollars, an estimate; None for a model that the price list doesn't know."""
    price = _price(model)
    if price is None:
        return None
    hour = usage.cache_creation.ephemeral_1h_input_tokens if usage.cache_creation else 0
    short = max(0, (usage.cache_creation_input_tokens or 0) - hour)
    return _PER_TOKEN * (
        usage.input_tokens * price["input"]
        + usage.output_tokens * price["output"]
        + (usage.cache_read_input_tokens or 0) * price["cache_read"]
        + short * price["cache_write_5m"]
        + hour * price["cache_write_1h"]
    )


def _price(model: str) -> dict[str, float] | None:
    """By exact name, or for a dated snapshot ("claude-haiku-4-5-20251001") by the name without its date."""
    known = _models()
    return known.get(model) or known.get(model.rpartition("-")[0])


@cache
def _models() -> dict[str, dict[str, float]]:
    text = files("adapters.judges.anthropic").joinpath("prices.json").read_text(encoding="utf-8")
    models: dict[str, dict[str, float]] = json.loads(text)["models"]
    return models
