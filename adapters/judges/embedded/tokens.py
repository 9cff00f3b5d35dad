"""Words as the checklist sees them: folded, shorthand written out, endings cut, negation kept."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_TOKEN = re.compile(r"\d+(?:[./:,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[→↑↓+?]")
_ENDINGS = ("ingly", "edly", "ings", "ing", "ied", "ies", "ed", "es", "ly", "s")
_KEPT_WHOLE = 4  # letters that must be left when an ending is cut

STOP = frozenset(
    re.findall(
        r"\S+",
        """a an the is are was were be been am i'm it's he's she's that's there's to of for and in on at with by
        from as it this that he she him her his hers they them their we us our i me my you your so just very
        really have has had do does did to will would can could should may might be being if or but then than
        too also about into out up down all some any here there what which who when where how""",
    )
)
_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=2
    )
}  # "one" is a pronoun as often as a number


@dataclass(frozen=True, slots=True)
class Token:
    """`key` is what is compared; [start, end) are characters of the text."""

    key: str
    start: int
    end: int


def tokens(text: str) -> tuple[Token, ...]:
    """Every word, number and arrow. A shorthand token that stands for two words gives both at one place."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        raw = match.group().casefold().replace("’", "'")
        found.extend(Token(key, match.start(), match.end()) for key in _keys(raw))
    return tuple(found)


def keys(text: str) -> tuple[str, ...]:
    return tuple(token.key for token in tokens(text))


def _keys(raw: str) -> tuple[str, ...]:
    if raw[0].isdigit():
        return (raw.rstrip(".,:").replace(",", ""),)
    if raw in _NUMBERS:
        return (_NUMBERS[raw],)
    written_out = lexicon()["shorthand"].get(raw, raw)
    return tuple(_concept(stem(word)) for word in written_out.split())


def _concept(word: str) -> str:
    """Words that mean the same on a ward share one key."""
    return _concepts().get(word, word)


@cache
def _concepts() -> dict[str, str]:
    groups = lexicon()["alike"]
    return {stem(word): f"={name}" for name, words in groups.items() for word in words.split()}


def stem(word: str) -> str:
    """A crude stem: one ending cut when enough of the word is left."""
    bare = word.removesuffix("'s").removesuffix("'")
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= _KEPT_WHOLE - 1:
            return bare[: -len(ending)].rstrip("e") or bare
    return bare.rstrip("e") if len(bare) > _KEPT_WHOLE else bare


@cache
def lexicon() -> dict[str, dict[str, str]]:
    """`shorthand` → words, and `alike`: groups of words that mean the same on a ward."""
    text = files("adapters.judges.embedded").joinpath("lexicon.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = json.loads(text)
    return loaded


def is_number(key: str) -> bool:
    return key[:1].isdigit()
