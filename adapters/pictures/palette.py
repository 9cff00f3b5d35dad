"""The colours of a picture: the room's dark ones, on a ground of their own, so that they read on any client."""

from __future__ import annotations

SURFACE = "#152325"
INK = "#e6efef"
QUIET = "#a3b8ba"
LINE = "#5d7376"
EDGE = "#8aa0a3"
ACCENT = "#63c5c0"
