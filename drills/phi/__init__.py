"""The PHI tripwire: what must be neither stored nor judged, found before either happens (clinical.md §0.8, §3).

It guards against slips of honest people. It is no de-identification: what it does not know gets through.
"""

from __future__ import annotations

from drills.phi.screen import screen
from drills.phi.screening import Finding, Reason, Screening, Sign

__all__ = ["Finding", "Reason", "Screening", "Sign", "screen"]
