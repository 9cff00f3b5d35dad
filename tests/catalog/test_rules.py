"""Each rule of the linter with the change that breaks it; the unchanged file breaks none."""

from __future__ import annotations

import pytest
from catalog.drill_text import AI, PLAIN, RELAY, faults_of, spoil

BAD = [
    ("unbound name", PLAIN, "{{at}}.", "{{noon}}.", "`{{noon}}` has no value", (18, 6)),
    ("unbound name in a golden reply", PLAIN, 'two at {{hr}}"', 'two at {{rr}}"', "`{{rr}}` has no value", None),
    ("open braces", PLAIN, "{{at}}.", "{{at}.", "must belong to one name", (18, 6)),
    ("braces around two words", PLAIN, "{{at}}", "{{at noon}}", "must belong to one name", (18, 6)),
    ("a value with braces", PLAIN, "at: 15:00", 'at: "{{hr}}"', "may not contain", (13, 23)),
    ("an empty value", PLAIN, "at: 15:00", 'at: ""', "`at` is empty", None),
    ("a value left out", PLAIN, "at: 15:00", "at: ", "`at` must be text, and this is empty", None),
    ("an incomplete variant", PLAIN, "{hr: 122, at: 16:00}", "{hr: 122}", "lacks `at`", (15, 3)),
    ("a variant's own name", PLAIN, "at: 16:00}", "at: 16:00, rr: 9}", "`params` does not have", (15, 27)),
    ("a variant called a", PLAIN, "  b: {hr", "  a: {hr", "name of the drill's own", (15, 3)),
    ("two criteria of one id", PLAIN, "{id: two", "{id: one", "id of an earlier entry", (25, 12)),
    ("two red flags of one id", PLAIN, "{id: blame", "{id: delay", "id of an earlier entry", (31, 10)),
    (
        "four criteria",
        PLAIN,
        "    - {id: five",
        "    # - {id: five",
        "this one has 4",
        (23, 3),
    ),
    ("four critical", PLAIN, "weight: 1, text: Says four", "weight: 1, critical: true, text: S", "3 is the most", None),
    ("a blank partial", PLAIN, "partial: half of four", "partial: ", "`partial` needs a sentence", None),
    ("an empty partial", PLAIN, "partial: half of four", 'partial: "  "', "`partial` is empty", None),
    ("partial: true", PLAIN, "partial: half of four", "partial: true", "`partial` must be text", None),
    ("bands upside down", PLAIN, "nearly: 0.60", "nearly: 0.90", "must be lower", (22, 10)),
    ("a band above one", PLAIN, "solid: 0.80", "solid: 1.20", "`solid` must be 1 or less", (22, 18)),
    ("a band of zero", PLAIN, "nearly: 0.60", "nearly: 0", "`nearly` must be more than 0", (22, 32)),
    ("weight zero", PLAIN, "weight: 2", "weight: 0", "`weight` must be 1 or more", None),
    ("a weight in words", PLAIN, "weight: 2", "weight: two", "`weight` must be a whole number", None),
    ("a real record number", PLAIN, "DRILL-0900", "4711-22", "Never use a real number", (12, 31)),
    ("a record number in the story", PLAIN, "at {{at}}.", "MRN: 4711 220", "looks like a real record number", (18, 8)),
    ("an escape that steers a terminal", PLAIN, '"A plain title"', '"A \\e[31mred title"', "invisible control", (6, 8)),
    ("an escape that turns text around", PLAIN, '"A plain title"', '"A \\u202eelti"', "invisible control", (6, 8)),
    ("a number of five digits", PLAIN, "DRILL-0900", "DRILL-09001", "DRILL- and four digits", None),
    ("a real patient", PLAIN, "fictional: true", "fictional: false", "`fictional` must be true", None),
    ("fictional left out", PLAIN, ", fictional: true", "", "`fictional` is missing", (12, 1)),
    ("more least than most", PLAIN, "min_words: 10", "min_words: 100", "must be smaller", None),
    ("a title that is empty", PLAIN, '"A plain title"', '""', "`title` is empty", (6, 8)),
    ("no title", PLAIN, 'title: "A plain title"\n', "", "`title` is missing", (1, 1)),
    ("an empty scenario", PLAIN, "|\n  Heart rate {{hr}}\n  at {{at}}.", '""', "`scenario` is empty", None),
    ("an unknown schema", PLAIN, "schema: 1", "schema: 7", "`schema` must be 1", (1, 9)),
    ("a version of two numbers", PLAIN, "version: 1.0.0", 'version: "1.0"', "three numbers with dots", None),
    ("an id with capitals", PLAIN, "id: sbar-900-test", "id: Sbar-900", "small letters, digits", (2, 5)),
    ("an unknown profession", PLAIN, "primary: nurse", "primary: wizard", "`primary` must be one of", (8, 12)),
    ("a note for nobody known", PLAIN, "{student: ", "{wizard: ", "`wizard` must be one of", (10, 17)),
    ("an unknown kind", PLAIN, "kind: sbar", "kind: quiz", "`kind` must be one of", (3, 7)),
    ("an unknown status", PLAIN, "status: draft", "status: done", "`status` must be one of", (4, 9)),
    ("an unknown severity", PLAIN, "severity: cap", "severity: high", "`severity` must be one of", None),
    ("published unreviewed", PLAIN, "status: draft", "status: published", "two reviewers of two", (4, 9)),
    ("reviewed by nobody", PLAIN, "status: draft", "status: reviewed", "names its reviewer", (4, 9)),
    ("an unknown key", PLAIN, "ask:", "question: x\nask:", "`question` is no key", (19, 1)),
    ("no rubric", PLAIN, "rubric:\n", "rubrik:\n", "`rubric` is missing", (1, 1)),
    ("a golden level of its own", PLAIN, "one: met", "one: good", "`one` must be one of: met", None),
    ("a golden label for nothing", PLAIN, "{one: met", "{uno: met", "`uno` is no criterion", None),
    ("a golden partial without anchor", PLAIN, "one: met", "one: partial", "no `partial` in the rubric", None),
    ("a golden flag for nothing", PLAIN, "[blame]", "[shame]", "`shame` is no red flag", (37, 17)),
    ("reliance in an sbar drill", AI, "kind: ai_second_look", "kind: sbar", "belongs to ai_second_look", (21, 1)),
    ("no reliance", PLAIN, "kind: sbar", "kind: ai_second_look", "`reliance` is missing", (1, 1)),
    ("advice that is no option", AI, "ai_advises: go", "ai_advises: run", "`run` is none of the options", (26, 15)),
    ("correct that is no option", AI, "correct: [wait]", "correct: [wate]", "`wate` is none of the options", (28, 13)),
    ("the AI advises unsure", AI, "ai_advises: go", "ai_advises: unsure", "can't advise `unsure`", None),
    ("unsure as the answer", AI, "correct: [wait]", "correct: [wait, unsure]", "only where the ground truth", None),
    ("right but not correct", AI, "ai_wrong", "ai_right", "so `correct` must name it", (28, 3)),
    ("wrong but correct", AI, "correct: [wait]", "correct: [go]", "so `correct` must not name it", (28, 3)),
    ("a truth of its own", AI, "ground_truth: ai_wrong", "ground_truth: maybe", "`ground_truth` must be", None),
    ("an answer in the id", AI, "sbar-900-test", "ai-900-wrong-dose", "may give the answer away", (2, 5)),
    ("an answer in the title", AI, "A plain title", "The AI hallucinated", "may give the answer away", (6, 8)),
    ("a false alarm in the title", AI, "A plain title", "False alarm", "may give the answer away", (6, 8)),
    (
        "an answer in the story",
        AI,
        "Heart rate {{hr}}\n",
        "RhythmSift is wrong again.\n",
        "before the learner",
        (17, 3),
    ),
    ("an answer in the question", AI, "What would you do?", "A false alarm?", "before the learner", None),
    ("steps in an sbar drill", RELAY, "kind: relay", "kind: sbar", "belongs to relay drills only", (10, 1)),
    ("a relay without steps", PLAIN, "kind: sbar", "kind: relay", "`steps` is missing", (1, 1)),
    ("a step that sees the future", RELAY, "sees: [call]", "sees: [close]", "`close` is no earlier step", (21, 12)),
    ("two steps of one id", RELAY, "id: close", "id: call", "id of an earlier step", None),
    ("a step's role of its own", RELAY, "role: physician", "role: boss", "`role` must be one of", None),
    ("a step with two criteria", RELAY, "        - {id: request", "        # {id: request", "3 to 7 criteria", None),
]


@pytest.mark.parametrize(("text", "old", "new", "words", "spot"), [case[1:] for case in BAD], ids=[c[0] for c in BAD])
def test_a_broken_rule_is_told_once_with_its_place(text, old, new, words, spot):
    assert faults_of(text) == []

    told = [fault for fault in faults_of(spoil(text, old, new)) if words in fault.message]

    assert len(told) == 1
    assert spot is None or (told[0].line, told[0].column) == spot


REVIEWERS = "reviewers: [{name: A, profession: nurse}, {name: B, profession: physician, on: 2026-01-31}]"

GOOD = [
    ("a partial that is null", PLAIN, "partial: half of four}", "partial: null}"),
    ("spaces within braces", PLAIN, "{{at}}", "{{ at }}"),
    ("words that other YAML versions turn into something else", PLAIN, "[five]", "[no, on, 15:00, 2026-01-31]"),
    ("two reviewers", PLAIN, "status: draft", "status: published\n" + REVIEWERS),
    ("an ambiguous truth", AI, "ground_truth: ai_wrong", "ground_truth: ambiguous"),
    ("the longer word for ambiguous", AI, "ground_truth: ai_wrong", "ground_truth: ai_ambiguous"),
    ("a right arm in an AI story", AI, "Heart rate {{hr}}\n", "Right now her right arm hurts, {{hr}}.\n"),
    ("an element prefix of its own", PLAIN, "ISBAR.I", "HOUSE.RULE_7"),
    ("a locale of its own", PLAIN, "ask:", "locale: cy-GB\nask:"),
]


@pytest.mark.parametrize(("text", "old", "new"), [case[1:] for case in GOOD], ids=[case[0] for case in GOOD])
def test_what_authors_may_do_is_no_error(text, old, new):
    golden_free = text.split("golden:")[0]
    assert faults_of(spoil(golden_free, old, new)) == []


WARNED = [
    ("a long scenario", PLAIN, "Heart rate", "word " * 120 + "Heart rate", "can be read in 45 seconds"),
    ("a value that is not used", PLAIN, "  at {{at}}.", "  at noon.", "`at` is not used"),
    ("a long model answer", PLAIN, "One, two", "word " * 100 + "One, two", "more than the 100"),
    ("a note that reaches nobody", PLAIN, "{student: ", "{lab: ", "does not admit `lab`"),
    ("a title that could be a verdict", PLAIN, "A plain title", "The right arm", "may give the answer away"),
    ("a title that names the correct option", AI, "A plain title", "The long wait", "“wait” is the correct option"),
    ("no way to be unsure", AI, ', unsure: "Not sure"', "", "Offer `unsure`"),
    ("an AI that could be real", AI, "RhythmSift (fictional)", "RhythmSift", "Say that this AI is invented"),
    ("a label left out", PLAIN, ", five: not_yet", "", "No level for `five`"),
]


@pytest.mark.parametrize(("text", "old", "new", "words"), [c[1:] for c in WARNED], ids=[c[0] for c in WARNED])
def test_advice_is_a_warning_and_no_error(text, old, new, words):
    spoilt = spoil(text, old, new)

    assert faults_of(text, "warning") == []
    assert any(words in fault.message for fault in faults_of(spoilt, "warning"))
    assert faults_of(spoilt) == []
