"""Every drill that ships can be loaded, shown and checked by an editor, in every variant."""

from __future__ import annotations

from collections import Counter

import jsonschema
import pytest

from drills.catalog import SHIPPED, Library, drill_files, drill_schema, drill_schema_text, lint_files, read
from drills.catalog.source import read_source
from drills.drill import GroundTruth, Kind, Status
from drills.people import Profession

FILES = sorted(drill_files(SHIPPED))
NAMES = [file.stem for file in FILES]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_shipped_drill_has_no_fault_and_renders_in_every_variant(path):
    assert [str(fault) for fault in lint_files([path])] == []
    file = read(path.read_text(encoding="utf-8"), path.name)

    assert file.id == path.stem
    assert file.written.kind == path.parent.name
    for variant in file.variants:
        assert "{{" not in repr(file.drill(variant))
    assert "{{" not in repr(file.golden)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_an_editor_finds_no_fault_in_a_shipped_drill(path):
    text = path.read_text(encoding="utf-8")

    assert text.startswith("# yaml-language-server: $schema=../drill.schema.json\n")
    jsonschema.Draft202012Validator(drill_schema()).validate(read_source(text).data)


def test_the_schema_itself_is_sound_and_catches_a_misspelt_key():
    jsonschema.Draft202012Validator.check_schema(drill_schema())
    data = read_source(FILES[0].read_text(encoding="utf-8")).data
    wrong = ({**data, "fatcs": []}, {**data, "kind": "quiz"}, {**data, "kind": "relay"}, {**data, "rubric": None})

    for spoilt in wrong:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(drill_schema()).validate(spoilt)


def test_the_shipped_schema_is_up_to_date():
    shipped = (SHIPPED / "drill.schema.json").read_text(encoding="utf-8")
    assert shipped == drill_schema_text(), "stale: readback drills schema --out drills/library/drill.schema.json"


def test_the_library_has_the_promised_number_of_drills_of_each_kind():
    drills = [file.drill() for file in Library.shipped().all()]

    assert len({drill.id for drill in drills}) == len(FILES) == 24
    assert Counter(drill.kind for drill in drills) == {
        Kind.SBAR: 7,
        Kind.CONFLICT: 6,
        Kind.AI_SECOND_LOOK: 7,
        Kind.PRESENCE: 4,
    }


def test_ai_drills_mix_right_wrong_and_unclear_so_that_no_first_guess_pays():
    drills = [file.drill() for file in Library.shipped().all()]
    truths = Counter(drill.reliance.ground_truth for drill in drills if drill.reliance)

    assert truths == {GroundTruth.AI_WRONG: 3, GroundTruth.AI_RIGHT: 3, GroundTruth.AMBIGUOUS: 1}


def test_most_of_a_hospital_finds_a_drill_of_its_own():
    speakers = {file.drill().roles.primary for file in Library.shipped().all()}

    assert len(speakers - {Profession.ANY}) >= 12


def test_nothing_claims_a_review_that_did_not_happen():
    for file in Library.shipped().all():
        assert file.written.status is Status.DRAFT
        assert file.written.reviewers == []


def test_every_shipped_drill_has_golden_replies_of_more_than_one_quality():
    for file in Library.shipped().all():
        seen = {tuple(golden.labels.values()) for golden in file.golden}
        assert len(seen) >= 2, file.id


def test_no_two_drills_share_a_record_number():
    numbers = Counter(file.written.patient.mrn for file in Library.shipped().all() if file.written.patient)

    assert max(numbers.values()) == 1


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_shipped_drill_has_enough_voices_to_learn_from(path):
    """Five exemplars for each criterion and four golden replies: it is what the embedded judge lives on."""
    file = read(path.read_text(encoding="utf-8"), path.name)

    assert [one.id for one in file.drill().rubric.criteria if len(set(one.exemplars)) < 5] == []
    assert len(file.golden) >= 4
