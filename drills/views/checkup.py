"""What a doctor found, the ones to do first."""

from __future__ import annotations

from collections.abc import Sequence

from drills.chat.cards import Bullets, Card, Text
from drills.installation import Finding
from drills.views.notices import notice
from drills.views.wording import ONLY_YOU


def findings_card(findings: Sequence[Finding]) -> Card:
    amiss = tuple(f"{finding.what}: {finding.says}" for finding in findings if not finding.well)
    fine = tuple(f"{finding.what}: {finding.says}" for finding in findings if finding.well)
    if not findings:
        return notice("Nothing was looked at", "There is nothing here that can be checked.")
    blocks = (Bullets(amiss, label="To do") if amiss else Text("Everything is in order."), Bullets(fine, label="Fine"))
    return Card(
        title=f"{len(amiss)} to do" if amiss else "All well",
        blocks=blocks if fine else blocks[:1],
        who_sees=ONLY_YOU,
    )
