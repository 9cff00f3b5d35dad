"""Charts as pictures, for platforms that show nothing else. Drawn with Pillow: docs/decisions/0009-pictures.md."""

from __future__ import annotations

from adapters.pictures.drawer import Drawer

__all__ = ["Drawer"]
