"""Time and chance, handed in as arguments so that every journey can be replayed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]
"""Now, aware, in UTC. Time is always an argument."""

Ids: TypeAlias = Callable[[], str]
"""A fresh id: 16 hex digits, so that three of them fit an intent."""
