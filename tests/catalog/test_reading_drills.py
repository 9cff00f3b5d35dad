"""From a file's text to the drill a learner meets, variant by variant, with a hash of its meaning."""

from __future__ import annotations

import pytest
from catalog.drill_text import AI, PLAIN, RELAY, faults_of, given_drills, spoil

from drills.catalog import FaultyDrill, Library, NoSuchDrill, drill_from_source, lint, read
from drills.drill import GroundTruth, Kind
from drills.people import Profession
from drills.rubric import Level


def test_the_reference_drills_load_unchanged_with_no_errors():
    drills = given_drills()
    assert len(drills) == 24

    for path in drills:
        text = path.read_text(encoding="utf-8")
        assert [str(fault) for fault in lint(text, path.name) if fault.severity == "error"] == []
        for variant in read(text, path.name).variants:
            drill = drill_from_source(text, variant)
            assert drill.id == path.stem
            assert "{{" not in repr(drill)


def test_each_variant_binds_its_own_values_as_they_were_written():
    file = read(spoil(PLAIN, "hr: 122", "hr: 38.40"))

    assert file.variants == ("a", "b")
    assert file.drill().scenario == "Heart rate 116\nat 15:00."
    assert file.drill("b").scenario == "Heart rate 38.40\nat 16:00."
    assert file.drill("b").variant == "b"
    assert file.drill("b").hash == file.drill("a").hash


def test_an_unknown_variant_is_named():
    with pytest.raises(NoSuchDrill, match="no variant 'z'; it has a, b"):
        drill_from_source(PLAIN, "z")


def test_the_hash_follows_the_meaning_and_not_the_typing():
    same = "# a comment\n" + spoil(PLAIN, "status: draft\nversion: 1.0.0", 'version: "1.0.0"\nstatus: "draft"')
    other = spoil(PLAIN, "tip: Say five.", "tip: Say 5.")
    value = spoil(PLAIN, "hr: 122", "hr: 122.0")

    assert read(same).hash == read(PLAIN).hash
    assert len({read(text).hash for text in (PLAIN, other, value)}) == 3


def test_a_drill_holds_what_its_author_wrote():
    drill = drill_from_source(PLAIN)

    assert drill.kind is Kind.SBAR
    assert drill.roles.admit(Profession.STUDENT)
    assert drill.roles.scope_note(Profession.STUDENT) == "may call the preceptor"
    assert drill.roles.counterpart is not None
    assert drill.roles.counterpart.channel == "pager"
    assert [criterion.id for criterion in drill.rubric.criteria] == ["one", "two", "three", "four", "five"]
    assert drill.rubric.criterion("four").partial == "half of four"
    assert drill.rubric.criterion("five").cues == ("fünf",)
    assert drill.red_flag("delay").note == "What makes it urgent?"


def test_golden_replies_are_bound_like_every_text():
    golden = read(PLAIN).golden[0]

    assert golden.reply == "one two at 116"
    assert golden.labels["four"] is Level.PARTIAL
    assert golden.red_flags == ["blame"]


def test_both_words_for_an_unclear_truth_mean_the_same():
    for word in ("ambiguous", "ai_ambiguous"):
        drill = drill_from_source(spoil(AI, "ground_truth: ai_wrong", f"ground_truth: {word}"))
        assert drill.reliance is not None
        assert drill.reliance.ground_truth is GroundTruth.AMBIGUOUS
        assert drill.reliance.label("unsure") == "Not sure"


def test_a_relays_steps_have_ids_and_their_own_rubrics():
    assert faults_of(RELAY, "warning") == []

    drill = drill_from_source(RELAY)

    assert [step.id for step in drill.steps] == ["call", "2", "close"]
    assert drill.steps[2].sees == ("call", "2")
    assert drill.steps[1].role is Profession.PHYSICIAN
    assert len(drill.steps[1].rubric.criteria) == 3
    assert drill.rubric.criteria == ()


def test_what_was_stored_stays_readable_when_the_linter_learns_new_rules():
    four_criteria = spoil(PLAIN, "    - {id: five", "    # {id: five")

    with pytest.raises(FaultyDrill):
        read(four_criteria)
    assert len(drill_from_source(four_criteria).rubric.criteria) == 4


def test_a_library_finds_drills_by_id_and_refuses_two_of_one_id(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "one.yaml").write_text(PLAIN, encoding="utf-8")
    (tmp_path / "deep" / "two.yml").write_text(RELAY, encoding="utf-8-sig")
    (tmp_path / "campaigns" / "spring.yaml").write_text("not: a drill", encoding="utf-8")
    library = Library.load(tmp_path)

    assert [file.id for file in library.all()] == ["relay-900-call-and-read-back", "sbar-900-test"]
    assert library.get("sbar-900-test", "b").variant == "b"
    with pytest.raises(NoSuchDrill, match="Known: relay-900"):
        library.get("sbar-901")
    (tmp_path / "copy.yaml").write_text(PLAIN, encoding="utf-8")
    with pytest.raises(FaultyDrill, match="is the id of"):
        Library.load(tmp_path)
