"""A small, flawless drill file to spoil in one place at a time, and where the examples live."""

from __future__ import annotations

from pathlib import Path

import pytest

from drills.catalog import Fault, lint

SHARED = Path(__file__).parents[3] / "shared"

PLAIN = """\
schema: 1
id: sbar-900-test
kind: sbar
status: draft
version: 1.0.0
title: "A plain title"
roles:
  primary: nurse
  also: [student]
  scope_notes: {student: "may call the preceptor"}
  counterpart: {role: family, name: "Mr. Day, husband", channel: pager}
patient: {name: Ms. Day, mrn: DRILL-0900, fictional: true}
params: {hr: 116, at: 15:00}
variants:
  b: {hr: 122, at: 16:00}
scenario: |
  Heart rate {{hr}}
  at {{at}}.
ask: "Type what you say."
response: {min_words: 10, max_words: 100}
rubric:
  bands: {solid: 0.80, nearly: 0.60}
  criteria:
    - {id: one, element: ISBAR.I, weight: 1, critical: true, text: Says one., look_for: [one], tip: Say one.}
    - {id: two, element: ISBAR.S, weight: 2, critical: true, text: Says two., look_for: [two], tip: Say two.}
    - {id: three, element: ISBAR.B, weight: 3, critical: true, text: Says three., look_for: [three], tip: Say three.}
    - {id: four, element: ISBAR.A, weight: 1, text: Says four., look_for: [four], tip: Say four., partial: half of four}
    - {id: five, element: MY_OWN.X, weight: 1, text: Says five., look_for: [five], tip: Say five., cues: [fünf]}
red_flags:
  - {id: delay, severity: cap, text: Waits., note: What makes it urgent?}
  - {id: blame, severity: note, text: Blames., note: Try the number.}
model_answer: |
  One, two, three at {{hr}}.
golden:
  - reply: "one two at {{hr}}"
    labels: {one: met, two: met, three: not_yet, four: partial, five: not_yet}
    red_flags: [blame]
"""

RELIANCE = """\
reliance:
  options: {go: "Go ahead", wait: "Check first", unsure: "Not sure"}
  before: "What would you do?"
  ai_card: {system: "RhythmSift (fictional)", output: "All clear."}
  after: "What now?"
  ai_advises: go
  ground_truth: ai_wrong
  correct: [wait]
"""

AI = PLAIN.replace("kind: sbar", "kind: ai_second_look").replace("rubric:\n", RELIANCE + "rubric:\n", 1)

_STEP_CRITERIA = """\
      criteria:
        - {id: headline, element: ISBAR.S, weight: 3, critical: true, text: Says it., look_for: [it], tip: Say it.}
        - {id: numbers, element: ISBAR.A, weight: 2, text: Says two., look_for: [two], tip: Say two.}
        - {id: request, element: ISBAR.R, weight: 3, text: Asks., look_for: [ask], tip: Ask.}
"""

RELAY = f"""\
schema: 1
id: relay-900-call-and-read-back
kind: relay
status: draft
version: 1.0.0
title: "Call and answer"
roles: {{primary: nurse, also: [physician]}}
patient: {{name: Ms. Day, mrn: DRILL-0901, fictional: true}}
scenario: "Ms. Day has a potassium of 6.4."
steps:
  - id: call
    role: nurse
    ask: "Phone the physician."
    rubric:
{_STEP_CRITERIA}  - role: physician
    ask: "Answer the nurse."
    sees: [call]
    rubric:
{_STEP_CRITERIA}  - id: close
    role: nurse
    ask: "Confirm."
    sees: [call, 2]
    rubric:
{_STEP_CRITERIA}"""


def spoil(text: str, old: str, new: str) -> str:
    """`text` with its first `old` replaced, which must be there: a test that changes nothing proves nothing."""
    assert old in text, f"{old!r} is not in the text"
    return text.replace(old, new, 1)


def faults_of(text: str, severity: str = "error") -> list[Fault]:
    return [fault for fault in lint(text, "test.yaml") if fault.severity == severity]


def given_drills() -> list[Path]:
    """The four reference drills and the twenty development drills; skips where the folder is not at hand."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/ with the reference drills is not beside this project")
    return sorted([*SHARED.glob("examples/*.yaml"), *SHARED.glob("judge-dev/*/drills/*.yaml")])
