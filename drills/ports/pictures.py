"""Whoever draws: a chart becomes a picture for platforms that show nothing else."""

from __future__ import annotations

from typing import Protocol

from drills.chat.charts import Chart


class Pictures(Protocol):
    """Draws beside the event loop, and never more than a few at once."""

    async def png(self, chart: Chart) -> bytes | None:
        """None where it can't be drawn, or not soon enough: whoever asks goes on with the words. Raises nothing."""
        ...
