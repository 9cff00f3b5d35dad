"""Rules for the two taps around an AI card, from which reliance is measured (clinical.md §5.3, §7)."""

from __future__ import annotations

from collections.abc import Iterator

from drills.catalog.faults import Finding
from drills.catalog.rules.raw import Raw

UNSURE = "unsure"


def only_for_ai_drills(raw: Raw) -> Iterator[Finding]:
    is_ai = raw.text("kind") == "ai_second_look"
    if is_ai and not raw.given("reliance"):
        message = "`reliance` is missing: an ai_second_look drill needs the taps, the AI card and what is correct."
        yield Finding((), message)
    if raw.text("kind") and not is_ai and raw.given("reliance"):
        message = "`reliance` belongs to ai_second_look drills only."
        yield Finding(("reliance",), message, at_key=True)


def answers_are_options(raw: Raw) -> Iterator[Finding]:
    options = raw.keys("reliance", "options")
    named = [("reliance", "ai_advises"), *raw.entries("reliance", "correct")]
    for path in named:
        choice = raw.text(*path)
        if options and choice and choice not in options:
            yield Finding(path, f"`{choice}` is none of the options: {', '.join(options)}.")


def unsure_is_offered(raw: Raw) -> Iterator[Finding]:
    options = raw.keys("reliance", "options")
    if options and UNSURE not in options:
        message = f"Offer `{UNSURE}` among the options, so that nobody has to guess."
        yield Finding(("reliance", "options"), message, "warning", at_key=True)


def unsure_is_no_answer(raw: Raw) -> Iterator[Finding]:
    if raw.text("reliance", "ai_advises") == UNSURE:
        yield Finding(("reliance", "ai_advises"), f"The AI can't advise `{UNSURE}`: no tap would follow it then.")
    if _ambiguous(raw):
        return
    for path in raw.entries("reliance", "correct"):
        if raw.text(*path) == UNSURE:
            yield Finding(path, f"`{UNSURE}` can be correct only where the ground truth is ambiguous.")


def correct_fits_the_truth(raw: Raw) -> Iterator[Finding]:
    advised, truth = raw.text("reliance", "ai_advises"), raw.text("reliance", "ground_truth")
    correct = [raw.text(*path) for path in raw.entries("reliance", "correct")]
    if not advised or not correct:
        return
    if truth == "ai_right" and advised not in correct:
        message = f"The AI is right and advises `{advised}`, so `correct` must name it."
        yield Finding(("reliance", "correct"), message, at_key=True)
    if truth == "ai_wrong" and advised in correct:
        message = f"The AI is wrong and advises `{advised}`, so `correct` must not name it."
        yield Finding(("reliance", "correct"), message, at_key=True)


def the_ai_is_fictional(raw: Raw) -> Iterator[Finding]:
    system = raw.text("reliance", "ai_card", "system")
    if system.strip() and "fictional" not in system.casefold():
        message = "Say that this AI is invented, for example: PreProc Assist (fictional)."
        yield Finding(("reliance", "ai_card", "system"), message, "warning")


def _ambiguous(raw: Raw) -> bool:
    return raw.text("reliance", "ground_truth").endswith("ambiguous")


RULES = (
    only_for_ai_drills,
    answers_are_options,
    unsure_is_offered,
    unsure_is_no_answer,
    correct_fits_the_truth,
    the_ai_is_fictional,
)
