"""The printed rule is made from the numbers that are used, so that it can't lie."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from board_builders import NOW

from drills.board import RULE
from drills.board.estimates import Spread

OTHER = {
    "period": (timedelta(days=35), "35 days"),
    "window": (timedelta(hours=95), "95 hours"),
    "people": (7, "at least 7 different people"),
    "building": (0.37, "Building from 37 %"),
    "thriving": (0.73, "Thriving from 73 %"),
    "confidence": (0.91, "91 % intervals"),
    "notable": (0.11, "11 % of change"),
    "prior": (33.0, "33 more answers"),
    "repeats": (0.44, "correlation 0.44"),
    "growth_period": (timedelta(days=99), "within 99 days"),
    "growth_drills": (6, "6 drills of one kind"),
    "growth_span": (timedelta(days=21), "21 days or more from first"),
    "spread": (Spread(0.07, 0.19), "between teams 0.07, between people 0.19"),
}


@pytest.mark.parametrize("name", [field.name for field in fields(RULE)])
def test_every_constant_is_printed(name: str) -> None:
    value, words = OTHER[name]
    assert words in " ".join(replace(RULE, **{name: value}).sentences())
    assert words not in " ".join(RULE.sentences())


def test_the_rule_has_the_numbers_of_the_clinical_design() -> None:
    text = " ".join(RULE.sentences())
    for words in ("at least 5 different people", "28 days", "20 more answers", "80 % intervals", "4 drills", "14 days"):
        assert words in text


def test_records_reach_back_far_enough_for_last_month_and_for_growth() -> None:
    assert NOW - RULE.reads_from(NOW) == timedelta(days=84)
    assert NOW - replace(RULE, period=timedelta(days=50)).reads_from(NOW) == timedelta(days=100)
