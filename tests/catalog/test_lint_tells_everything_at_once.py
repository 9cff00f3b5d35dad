"""An author with a thoroughly broken file gets one list, in reading order, with a place for every fault."""

from __future__ import annotations

import pytest
from catalog.drill_text import PLAIN, RELAY, faults_of

from drills.catalog import FaultyDrill, has_errors, lint, read

BROKEN = """\
schema: 1
id: SBAR 900
kind: sbarr
status: published
version: 1.0
title: " "
roles:
  primary: nurze
  also: app
patient: {name: X, mrn: "12345", fictional: false}
params: {hr: 116}
variants:
  b: {}
scenario: |
  Heart rate {{hr}} and
  pressure {{bp}}.
ask: "Type."
fatcs: []
response: {min_words: 50, max_words: 10}
rubric:
  bands: {solid: 0.5, nearly: 0.6}
  criteria:
    - {id: a, element: X, weight: 9, critical: yes, text: t, look_for: [], tip: t}
    - {id: a, element: X, weight: 1, text: t, look_for: [a], partial: }
red_flags: [{id: x, severity: bad, text: t, note: n}]
model_answer: fine
model_answer: twice
"""

EXPECTED = [
    (2, 5, "`id` must be small letters"),
    (3, 7, "`kind` must be one of: sbar, conflict"),
    (4, 9, "two reviewers of two professions"),
    (5, 10, "`version` must be text, and this is a number"),
    (6, 8, "`title` is empty"),
    (8, 12, "`primary` must be one of: nurse"),
    (9, 9, "`also` must be a list"),
    (10, 25, "DRILL- and four digits"),
    (10, 45, "`fictional` must be true"),
    (13, 3, "Variant `b` lacks `hr`"),
    (16, 12, "`{{bp}}` has no value"),
    (18, 1, "Did you mean `facts`?"),
    (19, 11, "`min_words` (50) must be smaller"),
    (21, 10, "`nearly` (0.6) must be lower"),
    (22, 3, "5 to 7 criteria"),
    (23, 35, "`weight` must be 3 or less"),
    (23, 48, "`critical` must be true or false"),
    (23, 72, "`look_for` needs 1 or more entries"),
    (24, 7, "`tip` is missing"),
    (24, 12, "`a` is the id of an earlier entry"),
    (24, 62, "`partial` needs a sentence"),
    (25, 31, "`severity` must be one of: cap or note"),
    (27, 1, "`model_answer` is written twice"),
]


def test_every_fault_of_a_broken_file_is_told_at_its_line_and_column():
    told = faults_of(BROKEN)

    assert [(fault.line, fault.column) for fault in told] == [(line, column) for line, column, _ in EXPECTED]
    for fault, (_, _, words) in zip(told, EXPECTED, strict=True):
        assert words in fault.message


def test_a_fault_prints_as_file_line_column_and_a_sentence():
    assert str(faults_of(BROKEN)[1]).startswith("test.yaml:3:7: error: `kind` must be one of")


def test_a_flawless_file_has_nothing_to_tell():
    assert lint(PLAIN) == []
    assert lint(RELAY) == []


def test_reading_a_faulty_file_raises_all_its_faults_and_tells_a_learner_nothing_of_them():
    with pytest.raises(FaultyDrill, match=r"broken\.yaml:3:7") as told:
        read(BROKEN, "broken.yaml")

    assert len(told.value.faults) >= len(EXPECTED)
    assert has_errors(told.value.faults)
    assert "yaml" not in told.value.tell


def test_control_characters_in_a_file_never_reach_the_terminal():
    hostile = PLAIN + '"\\e[31mred\\a": 1\n'

    assert len(faults_of(hostile)) == 1
    assert faults_of(hostile)[0].message.isprintable()
