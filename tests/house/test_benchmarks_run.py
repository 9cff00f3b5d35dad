"""The benchmarks run, with sizes that measure nothing: what the docs quote can be taken again."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.__main__ import MEASURES


@pytest.mark.parametrize("name", ["ack", "campaigns", "memory", "pictures"])
async def test_a_benchmark_still_runs(name: str, tmp_path: Path) -> None:
    """These use every part of the others, which are left out for time."""
    _, measure = MEASURES[name]
    figures = await measure(tmp_path, tiny=True)
    assert figures
    assert all(figure.value > 0 for figure in figures)
