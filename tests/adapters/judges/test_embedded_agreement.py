"""The embedded judge against labels: authors whom its weights never saw, and the library's golden replies.

Bounds stand slightly under what was measured (docs/judges.md); they may be raised, never lowered.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.judges.embedded import EmbeddedJudge
from benchmarks.judge_agreement import main, measure
from benchmarks.judge_sets import AUTHORS, READ_BY_US, ROOT, Labelled, labelled
from drills.catalog import drill_files, read
from drills.drill import Drill
from drills.ports import Case
from drills.rubric import Level

_STOPS = re.compile(r"(?<!\d)[.,;:!?—–]|[.,;:!?](?!\d)")
LIBRARY = Path(__file__).parents[3] / "drills" / "library"
needs_sets = pytest.mark.skipif(not ROOT.is_dir(), reason="the labelled sets of ../shared/judge-dev are not here")


@dataclass(frozen=True)
class Bounds:
    kappa: float
    precision: float
    coverage: float
    attack_met: int
    retyped: float


HELD_OUT = {
    "w": Bounds(kappa=0.87, precision=0.945, coverage=0.81, attack_met=0, retyped=0.06),
    "x": Bounds(kappa=0.84, precision=0.95, coverage=0.76, attack_met=1, retyped=0.075),
    "y": Bounds(kappa=0.87, precision=0.95, coverage=0.81, attack_met=1, retyped=0.05),
    "z": Bounds(kappa=0.765, precision=0.965, coverage=0.75, attack_met=0, retyped=0.08),
    "p": Bounds(kappa=0.765, precision=0.94, coverage=0.675, attack_met=0, retyped=0.135),
}


@needs_sets
@pytest.mark.parametrize("author", AUTHORS)
async def test_an_author_whom_the_weights_never_saw_is_judged_about_as_well_as_measured(author: str) -> None:
    figures = await measure(labelled(author), without=author)
    bounds = HELD_OUT[author]
    assert figures.kappa >= bounds.kappa
    assert figures.precision >= bounds.precision
    assert figures.attack_found == 0
    assert figures.coverage >= bounds.coverage
    assert figures.attack_met <= bounds.attack_met
    assert figures.retyped <= bounds.retyped


def _golden() -> list[Labelled]:
    found = []
    for path in drill_files(LIBRARY):
        file = read(path.read_text(encoding="utf-8"), path.name)
        for n, golden in enumerate(file.golden):
            found.append(_one(f"{path.stem}-{n}", file.drill(), golden.reply, dict(golden.labels)))
    return found


def _one(case: str, drill: Drill, text: str, labels: dict[str, Level]) -> Labelled:
    return Labelled("library", "reply", "golden", case, drill, text, labels)


async def test_what_it_says_it_found_in_the_librarys_golden_replies_is_nearly_always_there() -> None:
    figures = await measure(_golden())
    assert len(figures.forced) > 100
    assert figures.kappa >= 0.80
    assert figures.precision >= 0.93


@needs_sets
async def test_every_quote_stands_word_for_word_in_the_reply() -> None:
    judge = EmbeddedJudge(forced=True)
    quoted = 0
    for one in labelled(READ_BY_US[0]):
        for verdict in (await judge.verdicts(Case(one.drill, one.text))).verdicts:
            assert verdict.quote in one.text
            quoted += bool(verdict.quote)
    assert quoted > 300


async def test_a_reply_typed_without_any_stop_is_judged_nearly_as_with_them() -> None:
    judge = EmbeddedJudge(forced=True)
    changed = []
    for one in _golden():
        bare = " ".join(_STOPS.sub(" ", one.text.lower()).split())
        pair = [await judge.verdicts(Case(one.drill, text)) for text in (one.text, bare)]
        changed += [was.level is not now.level for was, now in zip(*(j.verdicts for j in pair), strict=True)]
    assert len(changed) > 200
    print(f"without stops: {sum(changed)} of {len(changed)} levels change")  # noqa: T201  # seen with pytest -s
    assert sum(changed) / len(changed) <= 0.08


async def test_any_folder_of_labelled_replies_can_be_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drill = next(iter(sorted(LIBRARY.glob("sbar/*.yaml"))))
    (tmp_path / "drills").mkdir()
    (tmp_path / "drills" / drill.name).write_text(drill.read_text(encoding="utf-8"), encoding="utf-8")
    file = read(drill.read_text(encoding="utf-8"), drill.name)
    levels = {criterion.id: "met" for criterion in file.drill().rubric.criteria}
    row = {"case_id": "c1", "drill": file.drill().id, "style": "model", "labels": levels}
    reply = json.dumps(row | {"reply": file.drill().model_answer})
    (tmp_path / "replies.jsonl").write_text(reply + "\n", encoding="utf-8")
    await asyncio.to_thread(main, ["--sets", str(tmp_path), "--styles"])
    printed = capsys.readouterr().out
    assert f"{tmp_path.name} | " in printed
    assert "model | exact" in printed
