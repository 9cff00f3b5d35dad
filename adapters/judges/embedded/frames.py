"""Words that are said about an answer, or put in somebody else's mouth: seen over a whole reply, they are no answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.judges.embedded.phrases import Phrases, pattern
from adapters.judges.embedded.spans import Place

DESCRIBES = "describes an answer instead of giving it"
ELSEWHERE = "says what somebody else would say, or what could be said"
TAKEN_BACK = "is taken back later"

# Ordinary replies of judge-dev name none or one act ("named", "request", "open question"), rarely two; words that are
# also clinical talk ("assessed", "reassuring") only count beside two others.
_ACTS, _SOME_ACTS, _ALL_ACTS = 3, 2, 4
_LABELS = 5  # so many sentences of one or two words ("Empathy. Warmth.") are a list of labels
_QUESTIONS = 4  # so many questions without "I", "we" or "you" are a worksheet
_ENDINGS = 4  # so many sentences to nobody with the same last word are a form being filled in
_TO_SOMEBODY = re.compile(r"\b(?:i|im|ive|ill|me|my|we|us|our|you|your|please|\d+\D+\d+)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“«][^\"”»]{0,1500}[\"”»]|(?<!\w)['‘].{0,1500}?['’](?!\w)", re.DOTALL)
_QUOTE_NEAR = 60  # characters from "a perfect nurse would say" to the quotation mark
_PLACEHOLDERS = re.compile(r"\[[^\]\d]{3,80}\][^\[]{0,40}\[[^\]\d]{3,80}\]")


@dataclass(frozen=True, slots=True)
class _Frames:
    """`until`: what starts before it is taken back; `foreign`: said by nobody here; `lists`: names acts, takes none."""

    until: int
    foreign: tuple[tuple[int, int], ...]
    lists: bool

    def of(self, text: str, place: Place) -> str:
        sentence = place.of(text)
        if place.start < self.until:
            return TAKEN_BACK
        if any(start < place.end and place.start < end for start, end in self.foreign):
            return ELSEWHERE
        if pattern("about_answer").search(sentence) or _PLACEHOLDERS.search(sentence):
            return DESCRIBES
        return DESCRIBES if self.lists and _is_listed(sentence) else ""


def framed(text: str, places: Sequence[Place]) -> tuple[str, ...]:
    """For each sentence why it may not be evidence, or ""; reads shapes of speech, never what is said in them."""
    said = [place.of(text) for place in places]
    lists = _names_acts(text) or _is_list(said)
    frames = _Frames(_taken_back_until(text), _foreign(text), lists)
    return tuple(frames.of(text, place) for place in places)


def _names_acts(text: str) -> bool:
    sure = _stems(text, "names_acts")
    every = sure | _stems(text, "may_name_acts")
    return len(sure) >= _ACTS or (len(sure) >= _SOME_ACTS and len(every) >= _ALL_ACTS)


def _stems(text: str, phrases: Phrases) -> frozenset[str]:
    """The different acts a reply names, by the first letters of the last word: "i give", "acknowledges"."""
    found = (match.group().casefold().split() for match in pattern(phrases).finditer(text))
    return frozenset(words[-1][:5] for words in found)


def _is_list(said: Sequence[str]) -> bool:
    """Labels, a worksheet, or line after line with the same ending: "… done. … done." """
    endings = Counter(sentence.split()[-1].casefold() for sentence in said if not _TO_SOMEBODY.search(sentence))
    return (
        sum(map(_is_label, said)) >= _LABELS
        or sum(map(_is_for_nobody, said)) >= _QUESTIONS
        or max(endings.values(), default=0) >= _ENDINGS
    )


def _is_listed(sentence: str) -> bool:
    """In a reply that names acts: a sentence that names one, or that is said to nobody."""
    named = _stems(sentence, "names_acts") or _stems(sentence, "may_name_acts")
    return bool(named) or not _TO_SOMEBODY.search(sentence)


def _is_label(sentence: str) -> bool:
    return len(sentence.split()) <= 2 and not _TO_SOMEBODY.search(sentence) and not re.search(r"\d", sentence)


def _is_for_nobody(sentence: str) -> bool:
    return sentence.rstrip().endswith("?") and not _TO_SOMEBODY.search(sentence)


def _taken_back_until(text: str) -> int:
    """Where the last "only joking" or "none of it is what I'd say" ends; what starts before it is not meant."""
    return max((match.end() for match in pattern("taken_back").finditer(text)), default=0)


def _foreign(text: str) -> tuple[tuple[int, int], ...]:
    """From "a perfect nurse would say" to the end of what is quoted right after it, if anything is."""
    return tuple((match.start(), _quoted_until(text, match.end())) for match in pattern("elsewhere").finditer(text))


def _quoted_until(text: str, since: int) -> int:
    quoted = _QUOTED.search(text, since, since + _QUOTE_NEAR + 1500)
    return quoted.end() if quoted and quoted.start() - since <= _QUOTE_NEAR else since
