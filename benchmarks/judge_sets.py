"""Labelled sets: a folder with drills/, replies.jsonl, style_pairs.jsonl, attacks.jsonl; for measuring and fitting."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from drills.catalog import drill_from_source
from drills.drill import Drill
from drills.rubric import Level

ROOT = Path(__file__).parents[2] / "shared" / "judge-dev"
SPENT = Path(__file__).parents[1] / "tests" / "judge_sets" / "p"  # was sealed until version 4 was made; q still is
AUTHORS = ("w", "x", "y", "z", "p")
READ_BY_US = ("w", "y", "p")  # of p the attacks and the retyped pairs; replies of x and z never were read


@dataclass(frozen=True, slots=True)
class Labelled:
    """`kind` is reply, attack, plain or retyped; plain and retyped texts of a pair share their `case`."""

    author: str
    kind: str
    style: str
    case: str
    drill: Drill
    text: str
    labels: dict[str, Level]


def labelled(author: str) -> Iterator[Labelled]:
    """Every text of one of AUTHORS, pairs twice."""
    return labelled_in(SPENT if author == SPENT.name else ROOT / author)


def labelled_in(folder: Path) -> Iterator[Labelled]:
    """Every text of a set in any folder, pairs twice; attacks and pairs may be missing."""
    author = folder.name
    drills = {d.id: d for d in map(_drill, sorted(folder.glob("drills/*.yaml")))}
    for row in _rows(folder / "replies.jsonl"):
        yield _one(author, "reply", row, row["style"], row["reply"], drills)
    for row in _rows(folder / "attacks.jsonl"):
        yield _one(author, "attack", row, row["attack"], row["reply"], drills)
    for row in _rows(folder / "style_pairs.jsonl"):
        yield _one(author, "plain", row, row["perturbation"], row["plain"], drills)
        yield _one(author, "retyped", row, row["perturbation"], row["perturbed"], drills)


def _one(author: str, kind: str, row: dict[str, Any], style: str, text: str, drills: dict[str, Drill]) -> Labelled:
    labels = {criterion: Level(level) for criterion, level in row["labels"].items()}
    case = row.get("case_id") or row["pair_id"]
    return Labelled(author, kind, style, case, drills[row["drill"]], text, labels)


def _drill(path: Path) -> Drill:
    return drill_from_source(path.read_text(encoding="utf-8"))


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
