"""Rules for length: a drill fits between two tasks on a shift."""

from __future__ import annotations

from collections.abc import Iterator

from drills.catalog.faults import Finding
from drills.catalog.rendering import PLACEHOLDER
from drills.catalog.rules.raw import Raw
from drills.drill import ResponseLength

SCENARIO_WORDS = 120  # clinical.md §3: about 45 seconds to read


def scenario_is_short(raw: Raw) -> Iterator[Finding]:
    words = len(_bound(raw, "scenario").split())
    if words > SCENARIO_WORDS:
        message = f"The scenario has {words} words; {SCENARIO_WORDS} can be read in 45 seconds. What can go?"
        yield Finding(("scenario",), message, "warning", at_key=True)


def least_is_below_most(raw: Raw) -> Iterator[Finding]:
    if not isinstance(raw.at("response"), dict):
        return
    least, most = _guide(raw)
    if least >= most:
        message = f"`min_words` ({least:g}) must be smaller than `max_words` ({most:g})."
        yield Finding(("response",), message)


def model_answer_fits(raw: Raw) -> Iterator[Finding]:
    _, most = _guide(raw)
    words = len(_bound(raw, "model_answer").split())
    if words > most:
        message = f"The model answer has {words} words, more than the {most:g} that a learner is asked for."
        yield Finding(("model_answer",), message, "warning", at_key=True)


def _guide(raw: Raw) -> tuple[float, float]:
    usual = ResponseLength()
    least, most = raw.number("response", "min_words"), raw.number("response", "max_words")
    return (usual.min_words if least is None else least, usual.max_words if most is None else most)


def _bound(raw: Raw, key: str) -> str:
    return PLACEHOLDER.sub(lambda found: raw.text("params", found[1]) or found[0], raw.text(key))


RULES = (scenario_is_short, least_is_below_most, model_answer_fits)
