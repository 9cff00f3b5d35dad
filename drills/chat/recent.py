"""What came in a moment ago: a tap that arrives twice must not open two forms.

The rows that it writes are told apart in the database; this spares the second look at a right to answer that is spent.
"""

from __future__ import annotations

from collections import OrderedDict

MOST = 5_000  # more than come in within the few seconds in which a platform repeats a tap


class Recent:
    """The newest keys of this process."""

    def __init__(self) -> None:
        self._keys: OrderedDict[str, None] = OrderedDict()

    def first(self, key: str) -> bool:
        """Whether it is new; from now on it isn't."""
        if key in self._keys:
            return False
        self._keys[key] = None
        if len(self._keys) > MOST:
            self._keys.popitem(last=False)
        return True
