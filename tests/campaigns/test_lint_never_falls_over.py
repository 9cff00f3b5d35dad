"""Whatever stands in a campaign file, the linter answers with faults that have a place, and never falls over."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from campaign_builders import FILE
from campaign_ward import DRILLS
from hypothesis import given
from hypothesis import strategies as st

from drills.campaign import Planned, TeamClock, plan
from drills.catalog import FaultyDrill, lint_campaign, read_campaign

VALUES = st.sampled_from(
    ["", "null", "true", "7", "-1", "1e400", "[]", "{}", "[1, {a: b}]", '"x"', "2026-02-29", "9999-12-31", "0001-01-01",
     '{cron: "0 9 * 2 MON#5"}', '{cron: "* * * * *"}', '{cron: "0 0 29 2 *"}', '{every: "at"}', "{from: 25:00, to: 1}",
     '{from: "00:00", to: "23:59"}', "{max: 3, after_hours: 168}", "&a [*a]", "!!python/object:x {}", "*b", "\t"]
)  # fmt: skip
KEYS = st.sampled_from(
    ["schema", "id", "title", "drills", "teams", "cadence", "starts", "ends", "quiet", "window_hours", "reminders",
     "per_week", "order", "tz", "feedback", "friday_reflection", "note", "nonsense"]
)  # fmt: skip


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_any_value_at_any_key_gives_faults_or_a_plan(changes: dict[str, str]) -> None:
    kept = [line for line in FILE.splitlines() if line.partition(":")[0] not in changes]
    text = "\n".join([*kept, *(f"{key}: {value}" for key, value in changes.items())])
    for fault in lint_campaign(text, DRILLS):
        assert fault.line >= 1
        assert fault.message
    try:
        file = read_campaign(text, DRILLS)
    except FaultyDrill:
        return
    clocks = {"x": TeamClock(ZoneInfo("Europe/Berlin"), (file.campaign.quiet,) if file.campaign.quiet else ())}
    plan([Planned(file.campaign, file.playlist, clocks)], date(2026, 4, 1))


@given(st.text(max_size=200))
def test_any_text_is_linted(text: str) -> None:
    assert lint_campaign(text, DRILLS) != []


@pytest.mark.parametrize("text", ["", "- a\n", "schema: 1\n", "\x00", "teams: " + "[" * 50])
def test_what_is_no_campaign_is_told_so(text: str) -> None:
    (fault, *_) = lint_campaign(text, DRILLS)
    assert fault.severity == "error"
