"""The prompt: stable, complete, silent about weights; and the reader that accepts only what was offered."""

from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from judging.made_drills import criterion, drill

from drills.errors import JudgeUnusable
from drills.judging.answer import Integrity, read_verdicts
from drills.judging.normal import MAX_REPLY_CHARS, normal
from drills.judging.prompt import prompt_for
from drills.people import Profession
from drills.ports import Case
from drills.rubric import Level

DRILL = drill()


def _case(reply: str, profession: Profession | None = None) -> Case:
    return Case(DRILL, reply, profession)


def _answer() -> dict[str, object]:
    verdict = {"evidence_quote": "come", "note": "You say come.", "level": "met"}
    return {
        "criteria": {c.id: dict(verdict) for c in DRILL.rubric.criteria},
        "red_flags": {flag.id: {"evidence_quote": "", "present": False} for flag in DRILL.red_flags},
        "integrity": "ordinary_reply",
    }


def test_weights_gates_tips_and_severities_are_never_shown() -> None:
    odd = criterion("headline", 7919, critical=True)
    prompt = prompt_for(Case(drill(odd), "Come."))
    everything = json.dumps([prompt.rules, prompt.rubric, prompt.case, prompt.schema])
    for hidden in ("7919", "critical", "weight", "severity", odd.tip, DRILL.red_flags[0].note):
        assert hidden not in everything


def test_what_is_cached_does_not_change_with_reply_or_writer() -> None:
    one, other = prompt_for(_case("Come.")), prompt_for(_case("Wait.", Profession.STUDENT))
    assert (one.rules, one.rubric, one.schema) == (other.rules, other.rubric, other.schema)


def test_the_hash_names_the_question_and_not_the_reply() -> None:
    assert prompt_for(_case("Come.")).hash == prompt_for(_case("Wait.")).hash
    heavier = replace(DRILL, facts=(*DRILL.facts, "one more"))
    assert prompt_for(Case(heavier, "Come.")).hash != prompt_for(_case("Come.")).hash


def test_facts_are_numbered_and_the_scope_note_is_told() -> None:
    case = prompt_for(_case("Come.", Profession.STUDENT)).case
    assert "F1. BP 98/54\nF2. day 4 after colectomy" in case
    assert "student. Scope note: may say the preceptor will ask." in case
    assert "Scope note" not in prompt_for(_case("Come.", Profession.NURSE)).case


@given(st.text(max_size=300))
def test_no_reply_can_leave_its_string(reply: str) -> None:
    block = prompt_for(_case(reply)).reply
    header, _, data = block.partition("\n")
    assert header.startswith("REPLY")
    assert json.loads(data) == normal(reply)


def test_invisible_characters_are_taken_out_and_long_text_is_cut() -> None:
    tagged = "come\u200b \u202enow\U000e0041\U000e0042\ufe0f\x07 cafe\u0301"
    assert normal(tagged) == "come now café"
    assert len(normal("a" * 9999)) == MAX_REPLY_CHARS
    assert normal("bad \ud800 half").encode() == b"bad  half"


def test_a_schema_demands_every_criterion_and_offers_partial_only_with_an_anchor() -> None:
    binary = replace(criterion("plain", 1), partial=None)
    schema = prompt_for(Case(drill(criterion("headline", 3), binary), "Come.")).schema
    jsonschema.Draft202012Validator.check_schema(schema)
    criteria = schema["properties"]["criteria"]
    assert criteria["required"] == ["headline", "plain"]
    levels = {id_: spec["properties"]["level"]["enum"] for id_, spec in criteria["properties"].items()}
    assert "partial" in levels["headline"]
    assert "partial" not in levels["plain"]


def test_a_good_answer_obeys_the_schema_and_is_read_in_rubric_order() -> None:
    answer = _answer()
    jsonschema.validate(answer, prompt_for(_case("Come.")).schema)
    read = read_verdicts(json.dumps(answer), DRILL)
    assert [(v.criterion, v.level, v.quote) for v in read.verdicts] == [
        ("headline", Level.MET, "come"),
        ("request", Level.MET, "come"),
    ]
    assert read.red_flags == ()
    assert read.integrity is Integrity.ORDINARY_REPLY


def test_only_flags_that_are_present_are_raised() -> None:
    answer = _answer()
    answer["red_flags"]["delay"] = {"evidence_quote": "wait", "present": True}  # type: ignore[index]
    assert [(f.id, f.quote) for f in read_verdicts(json.dumps(answer), DRILL).red_flags] == [("delay", "wait")]


def test_a_talkative_note_is_cut() -> None:
    answer = _answer()
    answer["criteria"]["request"]["note"] = "word " * 80  # type: ignore[index]
    assert len(read_verdicts(json.dumps(answer), DRILL).verdicts[1].note.split()) == 26


@pytest.mark.parametrize("text", ["", "null", "[]", "{}", "met", '{"criteria": {}}', '```json\n{"criteria": {}}\n```'])
def test_anything_else_is_unreadable(text: str) -> None:
    with pytest.raises(JudgeUnusable, match="unreadable"):
        read_verdicts(text, DRILL)


def test_partial_without_an_anchor_is_not_guessed_at() -> None:
    binary = drill(replace(criterion("plain", 1), partial=None))
    answer = _answer() | {"criteria": {"plain": {"evidence_quote": "come", "note": "", "level": "partial"}}}
    with pytest.raises(JudgeUnusable, match="not offered"):
        read_verdicts(json.dumps(answer), binary)
