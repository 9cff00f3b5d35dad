"""Evidence or nothing: a verdict counts only when its quote stands in the learner's own reply (clinical.md §0.2)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from drills.evaluation import Judgement, RaisedFlag, Verdict
from drills.judging.directed import Span, directed
from drills.judging.normal import invisible
from drills.rubric import Level

MIN_CHARS = 3  # shorter quotes are found in any text

_MARKS = {ord(c): "'" for c in '"“”„‟«»‹›‘’‚‛`´′″'} | {ord(c): "-" for c in "‐‑‒–—―−"}
_ELLIPSIS = re.compile(r"\[?(?:\.{3,}|…)\]?")
_EDGES = " '.,;:!?-"


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text with look-alike spellings made equal; `starts[i]:ends[i]` is where folded character i came from."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def find(self, piece: str, since: int = 0) -> tuple[int, int] | None:
        at = self.text.find(piece, since)
        return None if at < 0 else (at, at + len(piece))

    def origin(self, found: tuple[int, int]) -> tuple[int, int]:
        return self.starts[found[0]], self.ends[found[1] - 1]


def find(reply: str, quote: str) -> tuple[int, int] | None:
    """Characters [start, end) of the reply that the quote covers, first to last piece; None when it isn't there."""
    found = spans(reply, quote)
    return (found[0][0], found[-1][1]) if found else None


def spans(reply: str, quote: str) -> tuple[tuple[int, int], ...]:
    """Where the quote stands in the reply: [start, end) of each piece, in order; empty when it isn't there.

    Case, kinds of quotation marks and dashes, and whitespace don't matter. A quote joined by "…" has several
    pieces, each of at least MIN_CHARS characters, in the order of the reply.
    """
    return _spans(_fold(reply), quote)


def check(judgement: Judgement, reply: str) -> Judgement:
    """The judgement that counts. The argument stays as it is, so that the ledger can keep what the judge said.

    A quote that is found is spelled as in the reply, one that isn't becomes empty. `met` and `partial` without a
    found quote become `not_yet`; a red flag without one has `quote_found=False` and does not fire. Words that speak
    to a judge are evidence for no criterion, wherever they stand (judging.md §7.5 c).
    """
    folded = _fold(reply)
    barred = directed(reply)
    return replace(
        judgement,
        verdicts=tuple(_checked_verdict(v, reply, folded, barred) for v in judgement.verdicts),
        red_flags=tuple(_checked_flag(f, reply, folded) for f in judgement.red_flags),
    )


def fired(judgement: Judgement) -> tuple[RaisedFlag, ...]:
    """The red flags of a checked judgement that count. A person need not quote what they saw."""
    return tuple(flag for flag in judgement.red_flags if flag.quote_found or judgement.by_person)


def _checked_verdict(verdict: Verdict, reply: str, folded: _Folded, barred: tuple[Span, ...]) -> Verdict:
    found = _spans(folded, verdict.quote)
    quote = "" if _overlap(found, barred) else " … ".join(reply[start:end] for start, end in found)
    needs_evidence = verdict.level in {Level.MET, Level.PARTIAL}
    level = Level.NOT_YET if needs_evidence and not quote else verdict.level
    return replace(verdict, level=level, quote=quote, quote_found=bool(quote))


def _checked_flag(flag: RaisedFlag, reply: str, folded: _Folded) -> RaisedFlag:
    quote = _verbatim(flag.quote, reply, folded)
    return replace(flag, quote=quote, quote_found=bool(quote))


def _overlap(found: tuple[Span, ...], barred: tuple[Span, ...]) -> bool:
    return any(start < end_ and start_ < end for start, end in found for start_, end_ in barred)


def _verbatim(quote: str, reply: str, folded: _Folded) -> str:
    return " … ".join(reply[start:end] for start, end in _spans(folded, quote))


def _spans(folded: _Folded, quote: str) -> tuple[tuple[int, int], ...]:
    whole = _needle(quote)
    pieces = [whole] if whole and folded.find(whole) else [_needle(piece) for piece in _ELLIPSIS.split(quote)]
    pieces = [piece for piece in pieces if piece]
    found: list[tuple[int, int]] = []
    for piece in pieces:
        at = folded.find(piece, found[-1][1] if found else 0) if len(piece) >= MIN_CHARS else None
        if at is None:
            return ()
        found.append(at)
    return tuple(folded.origin(at) for at in found)


def _needle(quote: str) -> str:
    """The quote folded, without the punctuation that models put around it."""
    return _fold(quote).text.strip(_EDGES)


def _fold(text: str) -> _Folded:
    """Compatibility-decomposed, case-folded, one kind of quotation mark, dash and space; invisible characters gone."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        for letter in _fold_cluster(text[start:end]):
            if letter == " " and letters and letters[-1] == " ":
                ends[-1] = end
                continue
            letters.append(letter)
            starts.append(start)
            ends.append(end)
    return _Folded("".join(letters), tuple(starts), tuple(ends))


def _clusters(text: str) -> list[tuple[int, int]]:
    """A base character with the combining marks that follow it, so that both ways of writing é are one."""
    cuts = [at for at, char in enumerate(text) if at == 0 or not unicodedata.combining(char)]
    return list(pairwise([*cuts, len(text)]))


@lru_cache(maxsize=4096)  # most texts are made of a hundred characters, again and again
def _fold_cluster(cluster: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", cluster).casefold())
    return "".join(" " if c.isspace() else c for c in decomposed.translate(_MARKS) if not invisible(c))
