"""What is left of a reply without what is no answer: orders to graders, markup, copied text, parroting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from adapters.judges.embedded.frames import DESCRIBES, framed
from adapters.judges.embedded.phrases import pattern
from adapters.judges.embedded.spans import Place, sentences
from adapters.judges.embedded.tokens import STOP, keys
from drills.drill import Drill
from drills.judging.directed import Span, directed

_COPY_WORDS = 7  # so many words in a row from the scenario are a copy; figures and short words don't count
_COPY_SHARE = 0.8  # so much of a sentence
_PARROT_SHARE = 0.75  # so much of a sentence's content from one criterion's description is a parrot

_TO_GRADER = "speaks to a grader"
_MARKED_UP = "markup"
_MARKUP = re.compile(
    r"[{}<>|✓✔☑✅]|~~|[\u2600-\u27bf\U0001f000-\U0001faff]\ufe0f?\s*="
    r"|\[/?[A-Z][A-Z _0-9.]+\]|^#{2,}|```|\b[a-z]+_[a-z_]+\b|[A-Za-z0-9+/]{24,}={0,2}"
)
_COMPARES = re.compile(r"(?<![<>])[<>]=?\s*\d")
_WORD = re.compile(r"[^\W\d_]{3,}")
_COPY_TOTAL = 14  # fewer copied words in the whole reply are a fact reported, not a story pasted
_REPORTS = re.compile(
    r"\s*(?:i (?:have |just |also |clearly )*)?(?:say|said|name|gave|give|state|ask|offer|explain|acknowledg|report"
    r"|owned|owns|propos|invit|credit|close|speak|spoke|tell|told|describ|identif)(?:e?d|e?s|ies|ied)?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sanitised:
    """`kept` are sentences that may be evidence; `dropped` says why others may not."""

    kept: tuple[Place, ...]
    dropped: tuple[tuple[Place, str], ...]

    @property
    def steers(self) -> bool:
        """Whether something in the reply was meant for a grader rather than for the person in the story."""
        return any(reason in {_TO_GRADER, _MARKED_UP, DESCRIBES} for _, reason in self.dropped)


def sanitise(text: str, drill: Drill) -> Sanitised:
    """Looks at each sentence by itself; interprets nothing, so that there is nothing to talk into anything."""
    copied = _copied(text, drill)
    places = sentences(text)
    barred = directed(text)
    reasons = [
        (place, _addressed(place, barred) or _reason(place.of(text), drill) or frame or copied.of(place))
        for place, frame in zip(places, framed(text, places), strict=True)
    ]
    return Sanitised(
        kept=tuple(place for place, reason in reasons if not reason),
        dropped=tuple((place, reason) for place, reason in reasons if reason),
    )


def _addressed(place: Place, barred: tuple[Span, ...]) -> str:
    return _TO_GRADER if any(start < place.end and place.start < end for start, end in barred) else ""


def _reason(sentence: str, drill: Drill) -> str:
    if pattern("to_grader").search(sentence):
        return _TO_GRADER
    if _MARKUP.search(_COMPARES.sub("", sentence)):  # "SBP < 90" is no markup
        return _MARKED_UP
    if len(pattern("names_steps").findall(sentence)) >= 2 or len(pattern("describes_steps").findall(sentence)) >= 2:
        return "names the steps instead of taking them"
    return "repeats the rubric" if _is_parrot(sentence, drill) else ""


@dataclass(frozen=True, slots=True)
class _Copied:
    """Where the reply's longer words start, and which of them stand in a run from the scenario."""

    words: tuple[int, ...]
    copied: frozenset[int]

    def of(self, place: Place) -> str:
        inside = [at for at in self.words if place.start <= at < place.end]
        share = sum(at in self.copied for at in inside) / len(inside) if inside else 0.0
        return "copied from the scenario" if share >= _COPY_SHARE else ""


def _copied(text: str, drill: Drill) -> _Copied:
    """Looks across sentences; reporting the vital signs word for word is no copy, telling the whole story is."""
    found = [(match.start(), match.group().casefold()) for match in _WORD.finditer(text)]
    runs = _scenario_runs(drill.scenario)
    copied = set()
    for at in range(len(found) - _COPY_WORDS + 1):
        run = found[at : at + _COPY_WORDS]
        if tuple(word for _, word in run) in runs:
            copied |= {start for start, _ in run}
    copied = copied if len(copied) >= _COPY_TOTAL else set()
    return _Copied(tuple(start for start, _ in found), frozenset(copied))


@lru_cache(maxsize=64)
def _scenario_runs(scenario: str) -> frozenset[tuple[str, ...]]:
    words = [match.group().casefold() for match in _WORD.finditer(scenario)]
    return frozenset(tuple(words[at : at + _COPY_WORDS]) for at in range(len(words) - _COPY_WORDS + 1))


def _is_parrot(sentence: str, drill: Drill) -> bool:
    """Mostly a criterion's description, and said about oneself rather than to anybody."""
    said = set(keys(sentence)) - STOP
    if len(said) < 4 or not _REPORTS.match(sentence):
        return False
    return any(len(said & set(keys(c.text))) / len(said) >= _PARROT_SHARE for c in drill.rubric.criteria)
