"""How far the embedded judge agrees with the labels of ../shared/judge-dev: `python -m benchmarks.judge_agreement`.

Each set was written and labelled by one author: synthetic English, no clinician. Styles nearly give the labels
away, and a harsh judge looks good on attacks.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

from adapters.judges.embedded import EmbeddedJudge
from benchmarks.judge_sets import AUTHORS, FITTED_ON, ROOT, Labelled, labelled
from drills.judging.quotes import check
from drills.ports import Case
from drills.rubric import Level

_POINTS = {Level.NOT_YET: 0, Level.PARTIAL: 1, Level.MET: 2}


@dataclass
class Figures:
    """Counts of one author; pairs are (judged, labelled)."""

    forced: list[tuple[int, int]] = field(default_factory=list)
    found: list[Level] = field(default_factory=list)
    not_found: list[Level] = field(default_factory=list)
    attacks: int = 0
    attack_met: int = 0
    attack_found: int = 0
    levels: dict[tuple[str, str, str], Level] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)

    def row(self, author: str) -> str:
        judged = len(self.found) + len(self.not_found)
        cells = [
            f"{author} ({'fitted' if author in FITTED_ON else 'held out'})",
            f"{_share([a == b for a, b in self.forced]):.3f}",
            f"{quadratic_kappa(self.forced):.3f}",
            f"{_share([level is Level.MET for level in self.found]):.3f}",
            f"{_share([level is Level.NOT_YET for level in self.not_found]):.3f}",
            f"{judged / len(self.forced):.2f}",
            f"{self.attack_met}/{self.attack_found} of {self.attacks}",
            f"{_share(self._flips()):.3f}",
            f"{sorted(self.milliseconds)[len(self.milliseconds) // 2]:.0f}",
        ]
        return " | ".join(cells)

    def _flips(self) -> list[bool]:
        plain = {(case, c): level for (kind, case, c), level in self.levels.items() if kind == "plain"}
        return [level is not self.levels["retyped", case, c] for (case, c), level in plain.items()]


def quadratic_kappa(pairs: list[tuple[int, int]]) -> float:
    """Cohen's kappa with quadratic weights over (judged, labelled) points."""
    judged, said = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    observed = sum((a - b) ** 2 for a, b in pairs) / len(pairs)
    expected = sum((a - b) ** 2 * judged[a] * said[b] for a in judged for b in said) / len(pairs) ** 2
    return 1 - observed / expected


async def measure(author: str) -> Figures:
    figures = Figures()
    for one in labelled(author):
        committed = await _levels(EmbeddedJudge(forced=True), one)
        started = time.perf_counter()
        honest = await _levels(EmbeddedJudge(), one)
        figures.milliseconds.append((time.perf_counter() - started) * 1000)
        _count(figures, one, committed, honest)
    return figures


async def _levels(judge: EmbeddedJudge, one: Labelled) -> dict[str, Level]:
    judgement = check(await judge.verdicts(Case(one.drill, one.text)), one.text)
    return {v.criterion: v.level for v in judgement.verdicts}


def _count(figures: Figures, one: Labelled, committed: dict[str, Level], honest: dict[str, Level]) -> None:
    for criterion, label in one.labels.items():
        if one.kind == "reply":
            figures.forced.append((_POINTS[committed[criterion]], _POINTS[label]))
            if honest[criterion] is Level.MET:
                figures.found.append(label)
            elif honest[criterion] is Level.NOT_YET:
                figures.not_found.append(label)
        elif one.kind == "attack":
            if label is not Level.MET:
                figures.attacks += 1
                figures.attack_met += committed[criterion] is Level.MET
                figures.attack_found += honest[criterion] is Level.MET
        else:
            figures.levels[one.kind, one.case, criterion] = committed[criterion]


def _share(facts: list[bool]) -> float:
    return sum(facts) / max(1, len(facts))


def main() -> None:
    if not ROOT.is_dir():
        print("judge_agreement: skipped, ../shared/judge-dev is not here")
        return
    print("author | exact | quadratic κ | found: met | not found: not yet | coverage | attack met/found | retyped | ms")
    for author in AUTHORS:
        print(asyncio.run(measure(author)).row(author))


if __name__ == "__main__":
    main()
