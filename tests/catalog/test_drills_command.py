"""`readback drills` as an author meets it at the command line."""

from __future__ import annotations

import json

import pytest
from catalog.drill_text import PLAIN, spoil
from typer.testing import CliRunner

from bot.cli.drills import app
from drills.catalog import drill_schema_text, lint
from drills.drill import Kind


def run(*arguments: object):
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), "a traceback reached the author"
    return result


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.yaml"
    path.write_text(PLAIN, encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(spoil(spoil(PLAIN, "weight: 2", "weight: 5"), "kind: sbar", "kind: quiz"), encoding="utf-8")
    return path


def test_lint_tells_all_faults_of_all_files_and_exits_with_one(good, bad):
    result = run("lint", good, bad)

    assert result.exit_code == 1
    assert f"{bad}:3:7: error: `kind` must be one of" in result.output
    assert f"{bad}:25:43: error: `weight` must be 3 or less." in result.output
    assert "2 files: 2 errors" in result.output


def test_lint_of_a_good_file_exits_with_zero(good):
    result = run("lint", "--quick", good)

    assert result.exit_code == 0
    assert result.output == "1 file: no errors, no warnings.\n"


def test_lint_tries_a_sound_file_out_unless_it_is_told_to_be_quick(good):
    whole, quick = run("lint", good), run("lint", good, "--quick")

    assert whole.exit_code == 0
    assert f"{good}:32:1: warning: In the model answer, the embedded judge misses `one`" in whole.output
    assert "judge" not in quick.output


def test_lint_asks_no_judge_about_a_file_with_errors(good, bad):
    faults = json.loads(run("lint", bad, good, bad, "--json").stdout)["faults"]
    judged = [fault for fault in faults if "embedded judge" in fault["message"]]

    assert {fault["file"] for fault in judged} == {str(good)}
    assert faults[0]["file"] == str(bad)


def test_many_files_show_how_far_it_is_on_standard_error_only(good, tmp_path):
    for number in range(4):
        text = spoil(PLAIN, "sbar-900-test", f"sbar-90{number}-test")
        (tmp_path / f"more-{number}.yaml").write_text(text, encoding="utf-8")
    result = run("lint", tmp_path, "--json")

    assert json.loads(result.stdout)["files"] == 5


def test_warnings_are_called_warnings_and_do_not_fail(good):
    good.write_text(spoil(PLAIN, "  at {{at}}.", "  at noon."), encoding="utf-8")
    result = run("lint", good)

    assert result.exit_code == 0
    assert ":13:19: warning: `at` is not used" in result.output


def test_lint_as_json_is_plain_json(bad):
    result = run("lint", bad, "--json")

    faults = json.loads(result.stdout)["faults"]
    assert result.exit_code == 1
    assert {"file": str(bad), "line": 3, "column": 7, "severity": "error"}.items() <= faults[0].items()


def test_two_files_of_one_id_are_warned_of(good, tmp_path):
    (tmp_path / "more.yaml").write_text(PLAIN, encoding="utf-8")

    assert "is the id of" in run("lint", tmp_path).output


def test_a_path_that_is_not_there_is_misuse(tmp_path):
    for arguments in (["lint", tmp_path / "nowhere.yaml"], ["lint", tmp_path], ["show", "no-such-drill"]):
        assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    "raw",
    [b"kind: sbar\ntitle: \xff\xfe", bytes(range(256)) * 40, b"a" * 10_000_000, b"[" * 200_000, b"\x00" * 99, b""],
    ids=["invalid UTF-8", "binary", "10 MB", "deep nesting", "zeros", "empty"],
)
def test_no_bytes_lead_to_a_traceback(raw, tmp_path):
    path = tmp_path / "odd.yaml"
    path.write_bytes(raw)
    result = run("lint", path)

    assert result.exit_code == 1
    assert result.output.startswith(f"{path}:")


def test_the_shipped_library_is_linted_when_nothing_is_named():
    assert run("lint").exit_code == 0


@pytest.mark.parametrize("kind", list(Kind))
def test_new_writes_a_file_that_is_valid_and_never_overwrites_one(kind, tmp_path):
    result = run("new", kind, f"{kind.replace('_', '-')}-901-first", "--dir", tmp_path / "mine")
    file = next((tmp_path / "mine").iterdir())
    written = file.read_text(encoding="utf-8")

    assert result.exit_code == 0
    assert lint(written) == []
    assert run("new", kind, file.stem, "--dir", tmp_path / "mine").exit_code == 2
    assert file.read_text(encoding="utf-8") == written


def test_new_refuses_an_id_that_is_none_and_one_that_gives_the_answer_away(tmp_path):
    assert run("new", "sbar", "Not An Id", "--dir", tmp_path).exit_code == 2
    result = run("new", "ai_second_look", "ai-900-wrong", "--dir", tmp_path)

    assert result.exit_code == 1
    assert "may give the answer away" in result.output
    assert list(tmp_path.iterdir()) == []


def test_list_shows_a_table_or_json_and_can_be_narrowed(good):
    everything = json.loads(run("list", "--json").stdout)
    presence = json.loads(run("list", "--json", "--kind", "presence").stdout)

    assert {drill["kind"] for drill in everything} == {"sbar", "conflict", "ai_second_look", "presence"}
    assert {drill["kind"] for drill in presence} == {"presence"}
    assert "sbar-900-test" in run("list", "--library", good.parent).output


def test_show_binds_the_variant_that_is_asked_for(good):
    shown = run("show", "sbar-900-test", "--variant", "b", "--library", good.parent)
    data = json.loads(run("show", "sbar-900-test", "--json", "--library", good.parent).stdout)

    assert "DRILL – fictional patient\nHeart rate 122" in shown.output
    assert data["scenario"].startswith("Heart rate 116")
    assert run("show", "sbar-900-test", "--variant", "z", "--library", good.parent).exit_code == 2


def test_a_library_with_a_faulty_file_tells_the_faults(bad):
    result = run("list", "--library", bad.parent)

    assert result.exit_code == 1
    assert f"{bad}:3:7" in result.output


def test_schema_prints_or_writes_the_schema(tmp_path):
    assert run("schema").stdout == drill_schema_text()
    assert run("schema", "--out", tmp_path / "s.json").exit_code == 0
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == drill_schema_text()
    assert run("schema", "--out", tmp_path / "no" / "s.json").exit_code == 2


def test_every_help_teaches_with_an_example():
    for command in ([], ["list"], ["show"], ["lint"], ["new"], ["schema"]):
        assert "Example: readback drills" in run(*command, "--help").output
