"""The keyless judge: a transparent checklist that matches wording. Practice feedback, never a grade."""

from __future__ import annotations

from adapters.judges.embedded.judge import EmbeddedJudge

__all__ = ["EmbeddedJudge"]
