"""Whatever is in a file, an author gets sentences and never a traceback."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from catalog.drill_text import PLAIN
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from pydantic_core.core_schema import ErrorType

from drills.catalog import FaultyDrill, drill_from_source, lint
from drills.catalog.file import WrittenDrill
from drills.catalog.source import MAX_CHARACTERS, read_source
from drills.catalog.wording import _finding

LAUGHS = "kind: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdef", "bcdefg", strict=True)
)

ONE_FAULT = [
    ("nothing", "", (1, 1), "empty"),
    ("a comment only", "# later\n", (1, 1), "empty"),
    ("prose", "Dear team, please read this.", (1, 1), "no drill"),
    ("a list", "- one\n- two\n", (1, 1), "no drill"),
    ("some other YAML", "services:\n  web: {image: nginx}\n", (1, 1), "no drill"),
    ("a tab", "schema: 1\n\tid: x\n", (2, 1), "tab"),
    ("an open quotation mark", 'kind: "sbar\nid: x\n', (3, 1), "ends too early"),
    ("a colon too many", "kind: sbar\ntitle: Note: read this\n", (2, 12), "colon"),
    ("bare braces", "kind: sbar\nask: {{hr}} now\n", (2, 13), "quotation marks"),
    ("two drills", "kind: sbar\n---\nkind: sbar\n", (2, 1), "one drill"),
    ("a percent sign", "kind: sbar\nask: %x\n", (2, 6), "quotation marks"),
    ("a bell", "kind: sbar\nask: \x07\n", (2, 6), "control character"),
    ("a missing alias", "kind: sbar\nask: *bold*\n", (2, 6), "`*`"),
    ("deep nesting", "[" * 100_000, (1, 1), "nested"),
    ("far too much", "a" * (MAX_CHARACTERS + 1), (1, 1), "far larger"),
    ("a file that holds itself", "&a [*a]", (1, 1), "nested or repeated"),
    (
        "a billion laughs",
        LAUGHS,
        (1, 1),
        "nested or repeated",
    ),
]


@pytest.mark.parametrize(("text", "spot", "words"), [case[1:] for case in ONE_FAULT], ids=[c[0] for c in ONE_FAULT])
def test_a_hopeless_file_gets_one_clear_fault(text, spot, words):
    told = lint(text)

    assert [(fault.line, fault.column) for fault in told] == [spot]
    assert words in told[0].message
    with pytest.raises(FaultyDrill):
        drill_from_source(text)


@pytest.mark.parametrize(
    ("addition", "words"),
    [
        ("zz: !!python/object:os.system x\n", "begin with `!`"),
        ("<<: {id: x}\n", "`<<` is not used"),
        ('zz: "\\ud800"\n', "half a character"),
        ("{{hr}}: 1\n", "one plain word"),
        ("id: again\n", "`id` is written twice"),
    ],
)
def test_odd_yaml_is_told_beside_all_other_faults(addition, words):
    told = [fault for fault in lint(PLAIN + addition) if words in fault.message]

    assert [fault.line for fault in told] == [PLAIN.count("\n") + 1]


@given(st.text(max_size=300))
def test_any_text_is_linted_without_an_exception(text):
    assert all(fault.line >= 1 and fault.column >= 1 and fault.message for fault in lint(text))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
known_keys = [field.alias or name for name, field in WrittenDrill.model_fields.items()]
nested_keys = ["criteria", "options", "correct", "ai_card", "bands", "id", "sees", "labels", "also", "b", "partial"]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(known_keys),
        anything | st.dictionaries(st.sampled_from(nested_keys), anything) | st.lists(anything, max_size=3),
        max_size=8,
    )
)
def test_any_data_under_a_drills_own_keys_is_linted_without_an_exception(data):
    text = json.dumps({"kind": "relay", **data})  # JSON is YAML

    assert lint(text)


@settings(deadline=None)
@given(st.integers(0, len(PLAIN)), st.integers(0, len(PLAIN)), st.text(max_size=4))
def test_a_drill_with_any_piece_torn_out_is_linted_without_an_exception(start, end, patch):
    lint(PLAIN[: min(start, end)] + patch + PLAIN[max(start, end) :])


def test_every_complaint_that_the_schema_library_can_make_becomes_a_sentence():
    for known in get_args(ErrorType):
        detail = {"type": known, "loc": ("facts", 0), "input": None, "ctx": {}, "msg": ""}

        message = _finding(detail, read_source("facts: [x]")).message

        assert message.startswith("Entry 1 of `facts`") or "`0` is no key" in message
        assert message.endswith((".", "?"))


def test_validation_errors_of_a_real_file_never_show_the_librarys_own_words():
    with pytest.raises(ValidationError):
        WrittenDrill.model_validate({"kind": 3, "title": [], "difficulty": "x"})
    told = " ".join(fault.message for fault in lint("kind: 3\ntitle: []\ndifficulty: x\nrubric: 5\n"))

    assert "Input should" not in told
    assert "instance" not in told
