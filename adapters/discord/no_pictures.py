"""Places where Discord lately let us attach no picture: there the words go alone at once, and nothing is drawn."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

FOR_S = 600.0  # after it was refused: who gives the permission sees pictures again that much later at most
MOST = 5_000


class NoPictures:
    """By a channel's id, or by a tap's token. Of this process only: another one asks once for itself."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: OrderedDict[str, float] = OrderedDict()

    def note(self, where: str) -> None:
        self._since[where] = self._clock()
        self._since.move_to_end(where)
        if len(self._since) > MOST:
            self._since.popitem(last=False)

    def lately(self, where: str) -> bool:
        since = self._since.get(where)
        if since is not None and self._clock() - since >= FOR_S:
            del self._since[where]
            return False
        return since is not None
