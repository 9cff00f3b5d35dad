"""Rules about sense, a good and a bad case each: plain reading, facts that the story gives, guidance left behind."""

from __future__ import annotations

import pytest
from catalog.drill_text import PLAIN, spoil

from drills.catalog import SHIPPED, Fault, drill_files, read, scaffold
from drills.catalog.deeper import deeper_findings, place
from drills.catalog.reading_grade import reading_grade, syllables
from drills.catalog.scaffold import TO_REPLACE
from drills.drill import Kind

HARD = (
    "Notwithstanding considerable interdisciplinary deliberation concerning pharmacological alternatives, the"
    " multidisciplinary committee unanimously recommended immediate anticoagulation discontinuation."
)
HARDER = (
    "The physician reviewed her medication history carefully before recommending additional monitoring, because her"
    " potassium had fallen and she was already feeling weak."
)


def told(text: str) -> list[Fault]:
    file = read(text, "my.yaml")
    return place(deeper_findings(file), file)


def looking_for(look_for: str) -> str:
    return spoil(PLAIN, "look_for: [two]", f"look_for: ['{look_for}']")


def test_a_plain_drill_is_plain() -> None:
    assert told(PLAIN) == []


def test_a_story_that_is_hard_to_read_is_told_with_its_grade() -> None:
    (fault,) = told(spoil(PLAIN, "  at {{at}}.", f"  at {{{{at}}}}. {HARD}"))

    assert (fault.line, fault.severity) == (16, "warning")
    assert "above the usual 8" in fault.message


def test_a_drill_that_aims_higher_may_be_harder() -> None:
    harder = spoil(PLAIN, "  at {{at}}.", f"  at {{{{at}}}}. {HARDER}")

    assert "above the usual 8" in told(harder)[0].message
    assert told(spoil(harder, "roles:", "reading_grade: 12\nroles:")) == []


def test_no_grade_is_guessed_for_another_language() -> None:
    hard = spoil(PLAIN, "  at {{at}}.", f"  at {{{{at}}}}. {HARD}")

    assert told(spoil(hard, "roles:", "locale: de-CH\nroles:")) == []


def test_vital_signs_do_not_make_a_story_harder_or_easier() -> None:
    story = "The man in bed four looks pale and says that his chest hurts. His wife asks you to help him now."
    vitals = "22:00: T 37.4 °C, HR 88, BP 128/74, RR 16, SpO2 96 % on 2 L."

    assert reading_grade(f"{story}\n{vitals}") == pytest.approx(reading_grade(story))


def test_a_title_ends_no_sentence_and_a_row_of_values_is_no_prose() -> None:
    assert reading_grade("Mr. Voss asked Dr. Lark for water.") == reading_grade("Mr Voss asked Dr Lark for water.")
    assert reading_grade("BP 98/54, HR 116, RR 24.") is None
    assert reading_grade("") is None


def test_grades_of_easy_and_hard_prose_are_far_apart() -> None:
    assert reading_grade("The cat sat on the mat. The dog ran to the cat.") < 2
    assert reading_grade(HARD) > 15


@pytest.mark.parametrize(
    ("word", "count"),
    [("pain", 1), ("needed", 2), ("passed", 1), ("table", 2), ("breathe", 1), ("epidural", 4), ("follow-up", 3)],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    ("look_for", "missing"),
    [
        ("pulse 116 said", "“116”"),  # a learner with variant b was told 122
        ("calls for Dr. Hale", "“Hale”"),
        ("stops the apixaban", "“apixaban”"),
        ("potassium 6.4 or more", "“6.4”"),
    ],
)
def test_a_fact_that_the_story_does_not_give_is_told_at_its_place(look_for: str, missing: str) -> None:
    text = looking_for(look_for)
    (fault,) = told(text)

    assert f"`two` asks for {missing}, which the story does not give" in fault.message
    assert text.split("\n")[fault.line - 1][fault.column - 1 :].startswith(missing.strip("“”"))


@pytest.mark.parametrize(
    "look_for",
    [
        "heart rate {{hr}} at {{at}}",
        "Ms. Day or her husband by name",
        "come within 15 minutes, or rapid response before 02:55",
        "if BP < 90 calls 911",
        "4 or more signs",
        "Says who they are; ISBAR wording, SpO2 named",
    ],
)
def test_what_the_story_gives_and_what_a_speaker_may_choose_is_no_fault(look_for: str) -> None:
    assert told(looking_for(look_for)) == []


def test_a_value_that_only_the_rubric_uses_is_told() -> None:
    text = spoil(PLAIN, "hr: 116,", "hr: 116, lost: 3.2,")
    text = spoil(text, "hr: 122,", "hr: 122, lost: 3.3,")

    assert "“{{lost}}”" in told(spoil(text, "look_for: [two]", "look_for: ['{{lost}} kg']"))[0].message


def test_what_is_still_to_be_written_is_told_with_its_line() -> None:
    (fault,) = told(spoil(PLAIN, "tip: Say two.", "tip: 'TODO ask Kim'"))

    assert fault.line == 25
    assert "“TODO”" in fault.message


def test_every_guiding_text_of_a_first_draft_is_one_that_drafts_have() -> None:
    drafts = [read(scaffold(kind, "draft-001-mine")) for kind in Kind]
    left = {finding.message.split("”")[0].strip("“") for draft in drafts for finding in deeper_findings(draft)}

    assert left == TO_REPLACE


@pytest.mark.parametrize("path", sorted(drill_files(SHIPPED)), ids=lambda path: path.stem)
def test_shipped_stories_are_plain_and_give_what_is_asked(path) -> None:
    assert [str(fault) for fault in told(path.read_text(encoding="utf-8"))] == []
