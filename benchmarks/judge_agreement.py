"""How far the embedded judge agrees with labels: `python -m benchmarks.judge_agreement [--sets DIR …] [--styles]`.

Without `--sets` it measures the authors w, x, y, z and p, each with weights that never saw that author.
With `--sets` it measures any folder (drills/, replies.jsonl, style_pairs.jsonl, attacks.jsonl) with the weights that
ship. Each set was written and labelled by one author: synthetic English, no clinician. Styles nearly give the labels
away, and a harsh judge looks good on attacks.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from adapters.judges.embedded import EmbeddedJudge
from adapters.judges.embedded.weights import fitted
from benchmarks.judge_sets import AUTHORS, READ_BY_US, ROOT, Labelled, labelled, labelled_in
from drills.judging.quotes import check
from drills.ports import Case
from drills.rubric import Level

_POINTS = {Level.NOT_YET: 0, Level.PARTIAL: 1, Level.MET: 2}
HEADER = "set | exact | quadratic κ | found: met | not found: not yet | coverage | attack met/found | retyped | ms"


@dataclass
class Figures:
    """Counts of one set; pairs are (judged, labelled)."""

    forced: list[tuple[int, int]] = field(default_factory=list)
    by_style: defaultdict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    found: list[Level] = field(default_factory=list)
    not_found: list[Level] = field(default_factory=list)
    attacks: int = 0
    attack_met: int = 0
    attack_found: int = 0
    changed: defaultdict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    plain: dict[tuple[str, str], Level] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)

    @property
    def exact(self) -> float:
        return _share(a == b for a, b in self.forced)

    @property
    def kappa(self) -> float:
        return quadratic_kappa(self.forced)

    @property
    def precision(self) -> float:
        """Of what it says it found, how much is labelled met."""
        return _share(level is Level.MET for level in self.found)

    @property
    def coverage(self) -> float:
        """How often it says found or not found rather than can't tell."""
        return (len(self.found) + len(self.not_found)) / max(1, len(self.forced))

    @property
    def retyped(self) -> float:
        """Levels that change when the same content is typed in another way."""
        return _share(changed for some in self.changed.values() for changed in some)

    def row(self, name: str) -> str:
        cells = [
            name,
            f"{self.exact:.3f}",
            f"{self.kappa:.3f}",
            f"{self.precision:.3f}",
            f"{_share(level is Level.NOT_YET for level in self.not_found):.3f}",
            f"{self.coverage:.2f}",
            f"{self.attack_met}/{self.attack_found} of {self.attacks}",
            f"{self.retyped:.3f}",
            f"{sorted(self.milliseconds)[len(self.milliseconds) // 2]:.0f}",
        ]
        return " | ".join(cells)

    def style_rows(self) -> list[str]:
        rows = [
            f"  {style} | exact {_share(a == b for a, b in p):.2f} | n {len(p)}" for style, p in self.by_style.items()
        ]
        return [
            *sorted(rows),
            *(f"  retyped as {how} | {_share(c):.2f} | n {len(c)}" for how, c in self.changed.items()),
        ]


def quadratic_kappa(pairs: list[tuple[int, int]]) -> float:
    """Cohen's kappa with quadratic weights over (judged, labelled) points; 1 where all is one level."""
    judged, said = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    expected = sum((a - b) ** 2 * judged[a] * said[b] for a in judged for b in said) / len(pairs) ** 2
    return 1 - observed / expected if expected else 1.0


async def measure(texts: Iterable[Labelled], *, without: str | None = None) -> Figures:
    """Judges every text twice, forced and honest; `without` names the author whom the weights must not have seen."""
    weights = fitted(without)
    forced, honest = EmbeddedJudge(forced=True, weights=weights), EmbeddedJudge(weights=weights)
    figures = Figures()
    for one in texts:
        committed = await _levels(forced, one)
        started = time.process_time()
        said = await _levels(honest, one)
        figures.milliseconds.append((time.process_time() - started) * 1000)
        _count(figures, one, committed, said)
    return figures


async def _levels(judge: EmbeddedJudge, one: Labelled) -> dict[str, Level]:
    judgement = check(await judge.verdicts(Case(one.drill, one.text)), one.text)
    return {v.criterion: v.level for v in judgement.verdicts}


def _count(figures: Figures, one: Labelled, committed: dict[str, Level], said: dict[str, Level]) -> None:
    for criterion, label in one.labels.items():
        if one.kind == "reply":
            _count_reply(figures, one.style, (committed[criterion], said[criterion], label))
        elif one.kind == "attack" and label is not Level.MET:
            figures.attacks += 1
            figures.attack_met += committed[criterion] is Level.MET
            figures.attack_found += said[criterion] is Level.MET
        elif one.kind == "plain":
            figures.plain[one.case, criterion] = committed[criterion]
        elif one.kind == "retyped":
            figures.changed[one.style].append(committed[criterion] is not figures.plain[one.case, criterion])


def _count_reply(figures: Figures, style: str, levels: tuple[Level, Level, Level]) -> None:
    committed, said, label = levels
    pair = (_POINTS[committed], _POINTS[label])
    figures.forced.append(pair)
    figures.by_style[style].append(pair)
    if said is Level.MET:
        figures.found.append(label)
    elif said is Level.NOT_YET:
        figures.not_found.append(label)


def _share(facts: Iterable[bool]) -> float:
    counted = list(facts)
    return sum(counted) / max(1, len(counted))


def _report(name: str, figures: Figures, *, styles: bool) -> None:
    print(figures.row(name))
    if styles:
        print("\n".join(figures.style_rows()))


def main(arguments: Sequence[str] = ()) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.judge_agreement", description=__doc__)
    parser.add_argument("--sets", nargs="+", type=Path, help="folders to measure with the weights that ship")
    parser.add_argument("--styles", action="store_true", help="also by style of reply and way of retyping")
    asked = parser.parse_args(arguments)
    if not asked.sets and not ROOT.is_dir():
        print("judge_agreement: skipped, ../shared/judge-dev is not here")
        return
    print(HEADER)
    for folder in asked.sets or ():
        _report(folder.name, asyncio.run(measure(labelled_in(folder))), styles=asked.styles)
    for author in () if asked.sets else AUTHORS:
        read = "rules read it" if author in READ_BY_US else "never read"
        measured = asyncio.run(measure(labelled(author), without=author))
        _report(f"{author} (held out, {read})", measured, styles=asked.styles)


if __name__ == "__main__":
    main(sys.argv[1:])
