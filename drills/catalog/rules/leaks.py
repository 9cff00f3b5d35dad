"""Rules against giving the answer away: a learner who can tell from the title learns nothing (clinical.md §0.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drills.catalog.faults import Finding
from drills.catalog.rules.raw import Raw

# Nobody uses these by chance.
_GIVEAWAY = re.compile(
    r"(?<![a-z])(hallucinat[a-z]*|false[ _-]?(?:alarm|positive|negative)s?|ground[ _-]truth|automation[ _-]bias"
    r"|ai[ _-](?:is[ _-])?(?:wrong|right|correct|incorrect|mistaken|ambiguous)|over-?relian[a-z]+)(?![a-z])",
    re.IGNORECASE,
)
# These are ordinary words in a story ("right arm"), and a verdict in the title of an AI drill.
_VERDICT = re.compile(
    r"(?<![a-z])(wrong|wrongly|right|rightly|correct|correctly|incorrect|mistaken?|mistakes|errors?|misleading"
    r"|inaccurate|accurate|false|true|disagree[a-z]*|ambiguous)(?![a-z])",
    re.IGNORECASE,
)
_MACHINE = r"AI|tool|score|system|computer|software|algorithm|model|assistant|alert|card"


def id_and_title_keep_the_secret(raw: Raw) -> Iterator[Finding]:
    is_ai = raw.text("kind") == "ai_second_look"
    for key in ("id", "title"):
        text = raw.text(key)
        giveaway = _GIVEAWAY.search(text)
        found = giveaway or _VERDICT.search(text)
        if found:
            message = f"“{found[0]}” may give the answer away. An id and a title must not hint at it."
            yield Finding((key,), message, "error" if is_ai or giveaway else "warning")


def story_keeps_the_secret(raw: Raw) -> Iterator[Finding]:
    if raw.text("kind") != "ai_second_look":
        return
    verdict = _verdict_on_the_ai(raw.text("reliance", "ai_card", "system"))
    for path in (("scenario",), ("ask",), ("reliance", "before"), ("reliance", "after")):
        text = raw.text(*path)
        found = _GIVEAWAY.search(text) or verdict.search(text)
        if found:
            message = f"“{found[0]}” tells whether the AI is right, before the learner has decided."
            yield Finding(path, message, word=found[0])


def title_does_not_name_the_answer(raw: Raw) -> Iterator[Finding]:
    if raw.text("kind") != "ai_second_look":
        return
    for answer in raw.entries("reliance", "correct"):
        option = raw.text(*answer)
        for key in ("id", "title"):
            if option and re.search(rf"(?<![a-z]){re.escape(option)}(?![a-z])", raw.text(key), re.IGNORECASE):
                yield Finding((key,), f"“{option}” is the correct option; don't name it here.", "warning")


def _verdict_on_the_ai(system: str) -> re.Pattern[str]:
    """“RespWatch is wrong again”, “the alert was right”: the machine, then a verdict, within one sentence."""
    name = re.escape(system.split("(", maxsplit=1)[0].strip()) or "AI"
    verdict = r"(?:is|was|are|were|be|has been|got it|gets it)\W+(?:\w+\W+){0,2}?" + f"(?:{_words(_VERDICT)})"
    return re.compile(rf"(?<!\w)(?:{_MACHINE}|{name})\W+(?:\w+\W+){{0,3}}?{verdict}(?!\w)", re.IGNORECASE)


def _words(pattern: re.Pattern[str]) -> str:
    return pattern.pattern.removeprefix("(?<![a-z])(").removesuffix(")(?![a-z])")


RULES = (id_and_title_keep_the_secret, story_keeps_the_secret, title_does_not_name_the_answer)
