"""The linter's second look, as an author meets it: warnings at the place, in words that say what to do."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from catalog.drill_text import PLAIN, RELAY, given_drills, spoil

from adapters.judges.embedded import EmbeddedJudge
from drills.catalog import SHIPPED, Fault, drill_files, read, scaffold
from drills.drill import Kind
from drills.evaluation import Judgement, Provenance, Verdict
from drills.journeys.lint import deep_lint, is_spoken
from drills.ports import Case
from drills.rubric import Level

GIVEN = spoil(
    PLAIN,
    "text: Says one.,",
    "text: Says one., exemplars: [I am one here, the first of all], not_enough: [not quite one, starts with history],",
)
UNFOUND = {"not quite one": Level.NOT_YET}


@dataclass
class ByWording:
    """Says `met` unless the reply holds one of `levels`' wordings; remembers what it was asked."""

    levels: dict[str, Level] = field(default_factory=dict)
    name: str = "scripted"
    practice: bool = False
    asked: list[str] = field(default_factory=list)

    async def verdicts(self, case: Case) -> Judgement:
        self.asked.append(case.reply)
        level = next((level for wording, level in self.levels.items() if wording in case.reply), Level.MET)
        verdicts = tuple(Verdict(c.id, level, case.reply[:12]) for c in case.drill.rubric.criteria)
        return Judgement(verdicts, (), Provenance(judge="scripted", judge_version="1"), self.practice)


async def warnings(text: str, levels: dict[str, Level] | None = None, *, practice: bool = False) -> list[Fault]:
    judge = ByWording({**UNFOUND, "one two at": Level.CANNOT_JUDGE, **(levels or {})}, practice=practice)
    return await deep_lint(read(text, "my.yaml"), judge)


def place_of(text: str, wording: str) -> tuple[int, int]:
    before = text[: text.index(wording)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


async def test_a_drill_that_a_judge_can_read_has_no_warning() -> None:
    assert await warnings(GIVEN) == []


async def test_an_exemplar_that_is_not_recognised_is_shown_at_its_place() -> None:
    (fault,) = await warnings(GIVEN, {"the first of all": Level.NOT_YET})

    assert (fault.line, fault.column) == place_of(GIVEN, "the first of all")
    assert fault.severity == "warning"
    assert "does not recognise this exemplar of `one`" in fault.message


async def test_an_exemplar_that_leaves_the_judge_unsure_says_so() -> None:
    (fault,) = await warnings(GIVEN, {"the first of all": Level.CANNOT_JUDGE})

    assert "is unsure about this exemplar" in fault.message


async def test_a_short_exemplar_may_be_recognised_between_two_courtesies() -> None:
    assert await warnings(GIVEN, {"Hello. the first": Level.MET, "the first of all": Level.CANNOT_JUDGE}) == []


async def test_a_near_miss_that_is_taken_for_the_real_thing_is_told() -> None:
    (fault,) = await warnings(GIVEN, {"not quite one": Level.MET})

    assert (fault.line, fault.column) == place_of(GIVEN, "not quite one")
    assert "takes this near-miss for `one`" in fault.message


@pytest.mark.parametrize("spoken", ["calm down", "FYI", "sats are fine", "please advise", "I have a bad feeling"])
def test_what_people_could_type_is_tried(spoken: str) -> None:
    assert is_spoken(spoken)


@pytest.mark.parametrize(
    "told", ["starts with history, urgency only at the end", "only the AI score", "her pressure is high (no number)"]
)
async def test_what_describes_a_reply_is_never_tried(told: str) -> None:
    judge = ByWording()
    await deep_lint(read(spoil(GIVEN, "starts with history", f'"{told}"'), "my.yaml"), judge)

    assert "not quite one" in judge.asked
    assert told not in judge.asked


async def test_a_model_answer_that_misses_something_is_told_for_the_variant_that_does() -> None:
    (fault,) = await warnings(GIVEN, {"three at 122": Level.NOT_YET})

    assert (fault.line, fault.column) == place_of(GIVEN, "model_answer")
    assert fault.message.startswith("In the model answer of variant `b`, the scripted judge misses `one`, `two`, ")


async def test_a_model_answer_that_leaves_the_judge_unsure_gets_a_softer_word() -> None:
    (fault,) = await warnings(GIVEN, {"One, two, three": Level.CANNOT_JUDGE})

    assert fault.message.startswith("In the model answer, the scripted judge is unsure about `one`, `two`, ")


async def test_a_golden_reply_that_is_judged_otherwise_names_criterion_expected_and_found() -> None:
    faults = await warnings(GIVEN, {"one two at": Level.MET})
    at_three = next(fault for fault in faults if "`three`" in fault.message)

    assert {fault.message.split("`")[1] for fault in faults} == {"three", "four", "five"}
    assert (at_three.line, at_three.column) == place_of(GIVEN, "not_yet, four")
    assert "You expect not_yet for `three` in this reply; the scripted judge says: found." in at_three.message
    assert "add a near-miss" in at_three.message


async def test_a_judge_that_cannot_tell_contradicts_no_golden_reply() -> None:
    assert await warnings(GIVEN, {"one two at": Level.CANNOT_JUDGE}) == []


async def test_a_checklist_that_knows_no_halves_contradicts_a_partial_label_only_by_finding_it() -> None:
    missed = await warnings(GIVEN, {"one two at": Level.NOT_YET}, practice=True)
    found = await warnings(GIVEN, {"one two at": Level.MET}, practice=True)
    by_a_model = await warnings(GIVEN, {"one two at": Level.NOT_YET})

    assert [fault.message.split("`")[1] for fault in missed] == ["one", "two"]
    assert "four" in {fault.message.split("`")[1] for fault in found}
    assert "four" in {fault.message.split("`")[1] for fault in by_a_model}


async def test_each_step_of_a_relay_is_tried_with_its_own_rubric() -> None:
    text = spoil(RELAY, "text: Asks., look_for", "text: Asks., exemplars: [please do come], look_for")
    (fault,) = await warnings(text, {"please do come": Level.NOT_YET})

    assert (fault.line, fault.column) == place_of(text, "please do come")


@pytest.mark.parametrize("kind", list(Kind))
async def test_a_first_draft_is_told_what_to_replace_and_no_judge_is_asked(kind: Kind) -> None:
    text = scaffold(kind, "draft-001-mine")
    judge = ByWording()
    faults = await deep_lint(read(text, "my.yaml"), judge)

    assert judge.asked == []
    assert (place_of(text, '"evidence that counts')) in {(fault.line, fault.column) for fault in faults}
    assert all("first draft's guidance" in fault.message for fault in faults)


async def test_the_embedded_judge_knows_the_library_it_ships_with() -> None:
    """It lives on these exemplars. Measured at first: 266 of 285 recognised, no near-miss, no model answer missed."""
    told = [fault.message for file in drill_files(SHIPPED) for fault in await _tried(file.read_text(encoding="utf-8"))]
    files = [read(file.read_text(encoding="utf-8")) for file in drill_files(SHIPPED)]
    exemplars = sum(len(c.exemplars) for file in files for c in file.drill().rubric.criteria)
    near_misses = sum(len(c.not_enough) for file in files for c in file.drill().rubric.criteria)
    counts = {kind: sum(kind in message for message in told) for kind in ("exemplar of", "near-miss for", "misses")}
    print(f"{len(files)} drills, {exemplars} exemplars, {near_misses} near-misses: {counts}")  # noqa: T201

    assert counts["exemplar of"] <= 0.15 * exemplars
    assert counts["near-miss for"] <= 0.02 * near_misses
    assert counts["misses"] <= 0.1 * len(files)


async def test_no_given_drill_stops_the_second_look() -> None:
    for file in given_drills()[::4]:
        assert all(fault.severity == "warning" for fault in await _tried(file.read_text(encoding="utf-8")))


async def _tried(text: str) -> list[Fault]:
    return await deep_lint(read(text), EmbeddedJudge())
