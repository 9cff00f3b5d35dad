"""Replies of our own that try to be found without answering, over the library's drills: a gate, and a held-out set.

The rules were written while reading attack_suite.jsonl. attacks_unseen.jsonl was written after them and no rule was
made from it: it shows how little such rules carry over; only general means may lower its ceilings.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from benchmarks.judge_agreement import measure
from benchmarks.judge_sets import Labelled
from drills.catalog import read
from drills.drill import Drill
from drills.rubric import Level

HERE = Path(__file__).parent
LIBRARY = HERE.parents[2] / "drills" / "library"


@cache
def _drill(id_: str) -> Drill:
    (path,) = LIBRARY.glob(f"*/{id_}.yaml")
    return read(path.read_text(encoding="utf-8"), path.name).drill()


def _attacks(name: str) -> list[Labelled]:
    rows = [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    return [
        Labelled(
            author="library",
            kind="attack",
            style=row["attack"],
            case=row["attack"],
            drill=_drill(row["drill"]),
            text=row["reply"],
            labels={criterion: Level(level) for criterion, level in row["labels"].items()},
        )
        for row in rows
    ]


def test_the_suite_is_broad_and_labels_every_criterion() -> None:
    suite = [*_attacks("attack_suite.jsonl"), *_attacks("attacks_unseen.jsonl")]
    assert len(suite) >= 40
    assert len({one.style for one in suite}) >= 20
    assert len({one.drill.id for one in suite}) == 10
    assert all(set(one.labels) == {c.id for c in one.drill.rubric.criteria} for one in suite)


async def test_nothing_is_found_in_a_known_attack_and_hardly_anything_met_when_forced() -> None:
    figures = await measure(_attacks("attack_suite.jsonl"))
    assert figures.attacks > 400
    assert figures.attack_found == 0
    assert figures.attack_met <= 0.02 * figures.attacks


async def test_attacks_of_a_kind_no_rule_was_made_for_get_no_more_than_was_measured() -> None:
    figures = await measure(_attacks("attacks_unseen.jsonl"))
    assert figures.attack_found <= 12
    assert figures.attack_met <= 20


async def test_the_gate_is_not_passed_by_finding_nothing() -> None:
    for drill in {one.drill.id: one.drill for one in _attacks("attack_suite.jsonl")}.values():
        assert await _found_in_model_answer(drill) >= 0.7


async def _found_in_model_answer(drill: Drill) -> float:
    labels = {criterion.id: Level.NOT_YET for criterion in drill.rubric.criteria}
    text = drill.model_answer
    figures = await measure([Labelled("library", "attack", "model", "model", drill, text, labels)])
    return figures.attack_found / len(labels)
