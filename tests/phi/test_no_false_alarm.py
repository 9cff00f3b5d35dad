"""What authors wrote as good, poor or hostile replies to a drill passes: nobody is stopped for nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from drills.catalog import SHIPPED, DrillFile, drill_files, read
from drills.drill import Drill
from drills.phi import screen

SHARED = Path(__file__).parents[3] / "shared"
TEXTS = ("reply", "plain", "perturbed")


def _file(path: Path) -> DrillFile:
    return read(path.read_text(encoding="utf-8"), path.name)


def _written_in(file: DrillFile) -> Iterator[tuple[Drill, str]]:
    """Model answers and examples of every variant, near misses included, and the golden replies."""
    for drill in map(file.drill, file.variants):
        yield drill, drill.model_answer
        for criterion in drill.rubric.criteria:
            yield from ((drill, text) for text in (*criterion.exemplars, *criterion.not_enough))
    yield from ((file.drill(), golden.reply) for golden in file.golden)


@pytest.mark.parametrize("path", sorted(drill_files(SHIPPED)), ids=lambda path: path.stem)
def test_nothing_in_a_shipped_drill_trips(path: Path) -> None:
    assert [
        (text, screen(text, drill).types) for drill, text in _written_in(_file(path)) if screen(text, drill).reason
    ] == []


def test_no_reply_of_any_author_trips() -> None:
    """Four authors' replies, style pairs and attacks; skips where the folder is not at hand."""
    drills = {file.id: file.drill() for file in map(_file, sorted(SHARED.glob("judge-dev/*/drills/*.yaml")))}
    if not drills:
        pytest.skip("the folder shared/ with the development sets is not beside this project")
    lines = [json.loads(line) for path in SHARED.glob("judge-dev/*/*.jsonl") for line in path.read_text().splitlines()]
    texts = [(drills[line["drill"]], line[key]) for line in lines for key in TEXTS if key in line]
    assert len(texts) >= 450
    assert [(text, screen(text, drill).types) for drill, text in texts if screen(text, drill).reason] == []
