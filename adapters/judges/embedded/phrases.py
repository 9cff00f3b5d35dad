"""The phrase lists in phrases.json, each as one pattern: orders to graders, words taken back, hedges."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias

Phrases: TypeAlias = Literal[
    "to_grader", "names_steps", "describes_steps", "negated", "disclaimed", "hedged", "courtesy",
    "about_answer", "elsewhere", "taken_back", "names_acts", "may_name_acts",
]  # fmt: skip


@cache
def pattern(name: Phrases) -> re.Pattern[str]:
    """Any phrase of the list, as whole words, whatever the case."""
    text = files("adapters.judges.embedded").joinpath("phrases.json").read_text(encoding="utf-8")
    alternatives = "|".join(json.loads(text)[name])
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)
