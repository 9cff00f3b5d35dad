"""Draws beside the event loop: one picture at a time, a few in line, and none that somebody would wait for too long."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

from adapters.pictures.drawing import png
from adapters.pictures.lettering import CannotDraw
from drills.chat.charts import Chart

log = logging.getLogger(__name__)

PATIENCE_S = 1.5
"""With the line before it. A picture takes about 30 ms (docs/decisions/0009-pictures.md)."""

MOST_IN_LINE = 16
_KEPT = 64


class Drawer:
    """Implements `drills.ports.Pictures`. Fonts are for one thread at a time, so there is one."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._hand = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")
        self._patience_s = patience_s
        self._in_line = 0
        self._drawn: OrderedDict[Chart, bytes] = OrderedDict()

    async def png(self, chart: Chart) -> bytes | None:
        if chart in self._drawn:
            self._drawn.move_to_end(chart)
            return self._drawn[chart]
        if self._in_line >= MOST_IN_LINE:
            log.warning("a picture was left out: %s are in line", self._in_line)
            return None
        self._in_line += 1
        try:
            return self._keep(chart, await self._draw(chart))
        finally:
            self._in_line -= 1

    async def _draw(self, chart: Chart) -> bytes | None:
        drawing = asyncio.get_running_loop().run_in_executor(self._hand, png, chart)
        try:
            return await asyncio.wait_for(drawing, self._patience_s)
        except CannotDraw as why:
            log.info("a picture was left out: %s", why)
        except TimeoutError:
            log.warning("a picture was left out: it took too long")
        except Exception:  # the edge: whatever goes wrong with a picture, the words go out
            log.exception("a picture could not be drawn")
        return None

    def _keep(self, chart: Chart, picture: bytes | None) -> bytes | None:
        if picture is not None:
            self._drawn[chart] = picture
            if len(self._drawn) > _KEPT:
                self._drawn.popitem(last=False)
        return picture
