"""Words as the checklist sees them: slips put right, shorthand written out, numbers and ward phrases made equal."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from adapters.judges.embedded.numerals import is_number_word, number, spelled

_TOKEN = re.compile(r"\d+(?:[./:,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?|[→↑↓+?%½]")
_ENDINGS = ("ingly", "edly", "ings", "ing", "ied", "ies", "ed", "es", "ly", "s")
_KEPT_WHOLE = 4  # letters that must be left when an ending is cut

STOP = frozenset(
    re.findall(
        r"\S+",
        """a an the is are was were be been am i'm it's he's she's that's there's to of for and in on at with by
        from as it this that he she him her his hers they them their we us our i me my you your so just very
        really have has had do does did to will would can could should may might being if or but then than
        too also about into out up down all some any here there what which who when where how
        i'll you're we're they're i've you've he'll she'll we'll i'd let's""",
    )
)


@dataclass(frozen=True, slots=True)
class Token:
    """`key` is what is compared, `word` the corrected spelling; [start, end) are characters of the text."""

    key: str
    word: str
    start: int
    end: int


def tokens(text: str, correct: Callable[[str], str] = str) -> tuple[Token, ...]:
    """Every word, number, phrase and arrow. A shorthand token that stands for two words gives both at one place."""
    return _folded(written(text, correct))


def written(text: str, correct: Callable[[str], str] = str) -> list[Token]:
    """The words one by one, slips put right, nothing folded yet."""
    found = []
    for match in _TOKEN.finditer(text):
        raw = match.group().casefold().replace("’", "'")
        word = raw if raw in lexicon()["shorthand"] or not raw[0].isalpha() else correct(raw)
        found.append(Token("", word, match.start(), match.end()))
    return found


def keys(text: str) -> tuple[str, ...]:
    return tuple(token.key for token in tokens(text))


def _folded(words: list[Token]) -> tuple[Token, ...]:
    spellings = [token.word for token in words]
    roots = [_root(word) for word in spellings]
    folded: list[Token] = []
    at = 0
    while at < len(words):
        more, used = _fold_at(words, spellings, roots, at)
        folded += more
        at += used
    return tuple(folded)


def _fold_at(words: list[Token], spellings: list[str], roots: list[str], at: int) -> tuple[list[Token], int]:
    """What the words from here on fold to, and how many of them: a ratio, a number, a phrase or one word."""
    said = _number_at(spellings, at)
    if said:
        key, used = said
        if spellings[at + used : at + used + 1] == ["over"]:
            below = _number_at(spellings, at + used + 1)
            if below:
                key, used = f"{key}/{below[0]}", used + 1 + below[1]
        return [_joined(words, at, used, key)], used
    token = words[at]
    phrase = _phrase_at(roots, at)
    told = [_joined(words, at, phrase[1], phrase[0])] if phrase else []
    return told + [replace(token, key=key) for key in _keys(token.word)], 1


def _joined(words: list[Token], at: int, used: int, key: str) -> Token:
    last = words[at + used - 1]
    return Token(key, " ".join(token.word for token in words[at : at + used]), words[at].start, last.end)


def _number_at(spellings: list[str], at: int) -> tuple[str, int] | None:
    if at >= len(spellings):
        return None
    word = spellings[at]
    if word[0].isdigit():
        told = spelled(spellings, at)
        return told if told and told[1] > 1 else (number(word), 1)
    return spelled(spellings, at) if is_number_word(word) or word in {"half", "quarter", "noon", "midday"} else None


def _phrase_at(roots: list[str], at: int) -> tuple[str, int] | None:
    """The longest phrase of the lexicon that starts here, and how many words it has."""
    phrases = _phrases()
    for length in _lengths().get(roots[at], ()):
        stems = tuple(roots[at : at + length])
        if concept := phrases.get(stems):
            return concept, len(stems)
    return None


def _keys(raw: str) -> tuple[str, ...]:
    written_out = lexicon()["shorthand"].get(raw, raw)
    return tuple(_concept(stem(word)) for word in written_out.split())


def _concept(word: str) -> str:
    """Words that mean the same on a ward share one key."""
    return _concepts().get(word, word)


@cache
def _concepts() -> dict[str, str]:
    groups = lexicon()["alike"]
    found: dict[str, str] = {}
    for name, words in groups.items():
        for word in words.split():
            if "_" not in word:
                found.setdefault(stem(word), f"={name}")
    return found


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    """The stems of each phrase, and what it means; of two meanings the first by name."""
    found: dict[tuple[str, ...], str] = {}
    for name, words in sorted(lexicon()["alike"].items()):
        for phrase in words.split():
            if "_" in phrase:
                found.setdefault(tuple(_root(word) for word in phrase.split("_")), f"={name}")
    return found


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """First stem → how long the phrases are that start with it, longest first."""
    found: dict[str, set[int]] = {}
    for stems in _phrases():
        found.setdefault(stems[0], set()).add(len(stems))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def _root(word: str) -> str:
    return stem(lexicon()["shorthand"].get(word, word)) if "'" not in word else _plain(word)


def _plain(word: str) -> str:
    """ "can't" and "cannot" are one word; "don't" and "dont" too."""
    return {"cannot": "can't"}.get(word, word)


@cache
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
    loaded = json.loads(text)
    return {"shorthand": loaded["shorthand"], "alike": loaded["alike"]}


def is_number(key: str) -> bool:
    return key[:1].isdigit()
