"""A first draft of a drill file, with a comment wherever its author must decide something."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drills.catalog.file import DRILL_ID
from drills.catalog.schema import FILE_NAME
from drills.drill import Kind

MAX_ID = 60


@dataclass(frozen=True, slots=True)
class _Move:
    """A criterion to start from: what good replies of this kind do."""

    id: str
    element: str
    weight: int
    text: str
    critical: bool = False


_MOVES = {
    Kind.SBAR: (
        _Move("identify", "ISBAR.I", 1, "Says own role and unit, and which patient."),
        _Move("headline", "ISBAR.S", 3, "Says in the first two sentences what changed and how urgent it is.", True),
        _Move("background", "ISBAR.B", 2, "Gives the one line of background that matters now."),
        _Move("numbers", "ISBAR.A", 3, "Gives two current findings and shows the change.", True),
        _Move("request", "ISBAR.R", 3, "Asks for a specific action with a time.", True),
    ),
    Kind.CONFLICT: (
        _Move("acknowledge", "NURSE.U", 3, "Acknowledges the other person's worry before explaining.", True),
        _Move("shared_goal", "DESC.C", 2, "States a goal that both share."),
        _Move("facts", "DESC.D", 3, "Gives two facts without blame.", True),
        _Move("explore", "NURSE.E", 1, "Asks one open question."),
        _Move("plan", "DESC.S", 3, "Offers a next step with a time or an owner.", True),
    ),
    Kind.PRESENCE: (
        _Move("name_feeling", "NURSE.N", 3, "Names the feeling or the stake, tentatively.", True),
        _Move("feeling_first", "NURSE.U", 3, "Answers the feeling before giving information.", True),
        _Move("explore", "NURSE.E", 2, "Asks one open question."),
        _Move("put_aside", "NURSE.S", 2, "Says what is put aside, or how much time there is."),
        _Move("come_back", "NURSE.S", 1, "Says when or who will come back."),
    ),
    Kind.AI_SECOND_LOOK: (
        _Move("decide", "SECOND.C", 3, "Says clearly what will be done and what waits.", True),
        _Move("state_ai", "SECOND.S", 2, "Names what the AI says."),
        _Move("evidence", "SECOND.E", 3, "Gives evidence that does not come from the AI.", True),
        _Move("others", "SECOND.O", 2, "Brings in who decides, with a time."),
        _Move("report", "SECOND.D", 1, "Says what will be charted or reported."),
    ),
    Kind.RELAY: (
        _Move("headline", "ISBAR.S", 3, "Says in the first two sentences what changed and how urgent it is.", True),
        _Move("numbers", "ISBAR.A", 3, "Gives two current findings and shows the change."),
        _Move("request", "ISBAR.R", 3, "Asks for a specific action with a time."),
    ),
}

_CHECK_BACK = (
    _Move("repeat", "CHECK_BACK", 3, "Repeats what was heard, with the numbers.", True),
    _Move("question", "CHECK_BACK", 2, "Asks one clarifying question."),
    _Move("accept", "CHECK_BACK", 3, "Says plainly what will be done and by when."),
)

_HEAD = """\
# yaml-language-server: $schema={schema}
# Replace every text below. `readback drills lint {id}.yaml` tells what is missing or unclear.
schema: 1
id: {id}                # stable; never a hint at the answer
kind: {kind}
status: draft           # stays draft until clinicians have reviewed it
version: 1.0.0          # raise it when you change what counts
title: "A few plain words"
locale: en-US
reading_grade: 8
difficulty: 1           # 1 foundation, 2 stretch, 3 complex
time_target_s: 180      # a guide for the learner, never scored
licence: CC-BY-4.0
roles:
  primary: nurse        # whom the drill is for
  also: [student]       # who else may answer
  scope_notes: {{student: "may say that the preceptor will place the request"}}
  counterpart: {{role: physician, name: "Dr. Lark, on call", channel: phone}}
competencies: {{ipec: [C4], frameworks: []}}
patient: {{name: Mr. Example, mrn: DRILL-0000, fictional: true}}   # invented, always
params: {{hr: 116}}       # {{{{hr}}}} in any text below becomes 116
variants:
  b: {{hr: 122}}          # a second try gets other numbers; bind every param again
scenario: |
  At most 120 words, short sentences. Who are you, who is the patient, what changed? Heart rate {{{{hr}}}}.
"""
_ASK = 'ask: "Type what you say. 4–7 sentences. Notes style and any kind of English are fine."\n'
_FACTS = """\
facts: ["heart rate {{hr}}"]   # everything a reply may state
response: {min_words: 20, max_words: 160}
"""
_RELIANCE = """\
reliance:
  options: {act: "Act on it now", wait: "Check something first", unsure: "Not sure"}
  before: "From what you know so far, what would you do?"
  ai_card:
    system: "Example Assist (fictional)"
    time: "13:42"
    output: "What the AI says."
    confidence: "What it says about its certainty."
    provenance: "What it read. What it did not read."
  after: "Example Assist is on the screen. What now?"
  ai_advises: act          # the option that its output leads to
  ground_truth: ambiguous  # ai_right, ai_wrong or ambiguous; never shown before the reply is in
  correct: [wait]
  reveal: null             # what is found at the bedside, if the drill shows it
"""
_TAIL = """\
red_flags:
  - {id: delay, severity: cap, text: "Decides to wait.", note: "What makes this a call right now?"}
"""
TO_REPLACE = frozenset({
    "A few plain words",
    "Mr. Example",
    "At most 120 words, short sentences. Who are you, who is the patient, what changed? Heart rate {{hr}}.",
    "Example Assist (fictional)",
    "What the AI says.",
    "What it says about its certainty.",
    "What it read. What it did not read.",
    "Example Assist is on the screen. What now?",
    "evidence that counts, in any wording",
    "a near miss that must not count",
    "A fluent sentence.",
    "clipped notes",
    "Plain second-language English.",
    "One sentence that helps when this is missing.",
    "One good answer, not the only one. Heart rate {{hr}}.",
    "One point to take home.",
    "A question for the team when the drill has closed?",
    "A short citation.",
})  # fmt: skip
"""Texts of a first draft that tell the author what belongs there; the linter finds those that were left."""

_ANSWER = "model_answer: |\n  One good answer, not the only one. Heart rate {{hr}}.\n"
_END = """\
debrief: ["One point to take home."]
team_reflection: "A question for the team when the drill has closed?"
references: ["A short citation."]
"""


def scaffold(kind: Kind, id_: str, schema: str = FILE_NAME) -> str:
    """The text of a new drill file that lints without errors. `schema` is where the editor finds the JSON Schema.

    Raises ValueError when `id_` can't be the id of a drill.
    """
    if not re.fullmatch(DRILL_ID, id_) or len(id_) > MAX_ID:
        raise ValueError(f"{id_!r} can't be an id: use small letters, digits and single hyphens, such as sbar-101-name")
    head = _HEAD.format(id=id_, kind=kind.value, schema=schema)
    if kind is Kind.RELAY:
        return head + _FACTS + _steps() + _TAIL + _END
    reliance = _RELIANCE if kind is Kind.AI_SECOND_LOOK else ""
    return head + _ASK + _FACTS + reliance + _rubric(_MOVES[kind], "") + _TAIL + _ANSWER + _END


def _rubric(moves: tuple[_Move, ...], indent: str) -> str:
    lines = ["rubric:", "  criteria:   # each one behaviour that can be seen in the words"]
    lines += [line for move in moves for line in _criterion(move)]
    return "".join(f"{indent}{line}\n" for line in lines)


def _criterion(move: _Move) -> list[str]:
    return [
        f"    - id: {move.id}",
        f"      element: {move.element}",
        f"      weight: {move.weight}   # 1 helpful, 2 important, 3 core",
        *(["      critical: true   # at most 3 of these"] if move.critical else []),
        f'      text: "{move.text}"',
        '      look_for: ["evidence that counts, in any wording"]',
        "      # partial: what half of it looks like; without this line it is met or not yet",
        '      not_enough: ["a near miss that must not count"]',
        '      exemplars: ["A fluent sentence.", "clipped notes", "Plain second-language English."]',
        '      tip: "One sentence that helps when this is missing."',
    ]


def _steps() -> str:
    first = '  - id: call\n    role: nurse\n    ask: "You phone Dr. Lark. Type what you say."\n'
    second = '  - id: answer\n    role: physician\n    ask: "Answer the nurse. Type what you say."\n    sees: [call]\n'
    return f"steps:\n{first}{_rubric(_MOVES[Kind.RELAY], '    ')}{second}{_rubric(_CHECK_BACK, '    ')}"
