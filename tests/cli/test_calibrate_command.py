"""`readback calibrate`: a file of replies through a judge, compared with what people said."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import typer
from fake_anthropic import FakeAnthropic
from typer.testing import CliRunner

from bot.cli.calibrate import calibrate
from drills.catalog import Library

DRILLS = Path(__file__).parents[2] / "drills" / "library" / "sbar"
DRILL = "sbar-001-night-call"
GOOD = "RN 5 South, Voss. He very worse since ten, please come now 10 minute. You confirm?"
CRITERIA = [criterion.id for criterion in Library.shipped().get(DRILL).rubric.criteria]

app = typer.Typer()
app.command()(calibrate)


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "READBACK_JUDGE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeAnthropic]:
    """The fake in a thread of its own, because the command brings its own event loop."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    fake = FakeAnthropic()
    asyncio.run_coroutine_threadsafe(fake.__aenter__(), loop).result(5)
    monkeypatch.setenv("ANTHROPIC_API_KEY", "test-key")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", fake.url)
    monkeypatch.setenv("READBACK_JUDGE_PANEL", "false")
    yield fake
    asyncio.run_coroutine_threadsafe(fake.__aexit__(None, None, None), loop).result(5)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


def case(number: int, reply: str = GOOD, **more: object) -> dict[str, Any]:
    return {"case_id": f"r{number:02}", "drill": DRILL, "reply": reply, **more}


def written(folder: Path, lines: Sequence[object]) -> Path:
    file = folder / "cases.jsonl"
    file.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines), encoding="utf-8")
    return file


def run(file: Path, *words: str) -> Any:
    return CliRunner().invoke(app, [str(file), "--drills", str(DRILLS), *words])


def verdicts(file: Path, out: Path, *words: str) -> list[dict[str, Any]]:
    done = run(file, "--out", str(out), *words)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_each_case_becomes_a_line_in_the_order_of_the_input(tmp_path: Path) -> None:
    file = written(tmp_path, [case(n, style="terse", red_flags=[], anything="else") for n in range(20)])
    lines = verdicts(file, tmp_path / "out.jsonl")
    assert [line["case_id"] for line in lines] == [f"r{n:02}" for n in range(20)]
    first = lines[0]
    assert set(first) == {"case_id", "labels", "quotes", "red_flags", "band", "score", "blocked"}
    assert list(first["labels"]) == CRITERIA
    assert (first["band"], first["score"], first["blocked"], first["red_flags"]) == (None, None, None, [])
    assert first["quotes"]
    assert all(quote in GOOD for quote in first["quotes"].values())


def test_forced_the_embedded_judge_commits_everywhere_and_is_scored(tmp_path: Path) -> None:
    (line,) = verdicts(written(tmp_path, [case(1, "He is a bit off.")]), tmp_path / "out.jsonl", "--force")
    assert set(line["labels"].values()) <= {"met", "partial", "not_yet"}
    assert (line["band"], line["score"] is not None) == ("another_go", True)


def test_what_looks_like_a_real_person_is_held_back_before_any_judge(tmp_path: Path, server: FakeAnthropic) -> None:
    real = "Voss, MRN 48213377, his wife is at 617-555-0143. Please come now."
    blocked, judged = verdicts(written(tmp_path, [case(1, real), case(2)]), tmp_path / "out.jsonl")
    assert blocked["blocked"]["reason"] == "phi"
    assert "mrn" in blocked["blocked"]["types"]
    assert (blocked["labels"], blocked["quotes"], blocked["score"]) == ({}, {}, None)
    assert judged["blocked"] is None
    assert [request.reply for request in server.requests] == [GOOD]


def test_the_llm_judges_several_at_once_but_no_more_than_allowed(
    tmp_path: Path, server: FakeAnthropic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READBACK_JUDGE_SLOTS", "3")
    server.latency_s = 0.05
    lines = verdicts(written(tmp_path, [case(n) for n in range(9)]), tmp_path / "out.jsonl")
    assert [line["case_id"] for line in lines] == [f"r{n:02}" for n in range(9)]
    assert (lines[0]["band"], lines[0]["score"]) == ("solid", 1.0)
    assert server.most_open_calls == 3


def test_a_case_that_fails_is_kept_with_its_reason_and_stops_nobody(tmp_path: Path, server: FakeAnthropic) -> None:
    server.script("overloaded", "refusal")
    file = written(tmp_path, [case(n, labels={"request": "met"}) for n in range(12)])
    lines = verdicts(file, tmp_path / "out.jsonl", "--json")
    failed = [line for line in lines if "error" in line]
    assert sorted(line["error"] for line in failed) == ["refusal: refusal bio", "the model server answered 529"]
    assert all((line["labels"], line["band"]) == ({}, None) for line in failed)
    assert len(lines) == 12


def test_when_not_one_case_can_be_judged_the_run_fails_with_the_reason(tmp_path: Path, server: FakeAnthropic) -> None:
    server.script("overloaded")
    done = run(written(tmp_path, [case(1)]))
    assert done.exit_code == 1
    assert "529" in done.stderr


def test_labels_are_compared_by_criterion_style_and_attack(tmp_path: Path, server: FakeAnthropic) -> None:
    server.opinion = lambda _id, reply: ("met", "come now") if "come now" in reply else ("not_yet", "")
    good, bad = {"request": "met", "headline": "met"}, {"request": "not_yet", "headline": "not_yet"}
    file = written(
        tmp_path,
        [
            case(1, "Please come now.", labels=good, style="fluent"),
            case(2, "All is well.", labels=bad, style="empty"),
            case(3, "He came, come now what?", labels=bad, style="empty"),
            case(4, "Well. Then come now.", labels=bad, attack="plea"),
            case(5, "He is worse."),
        ],
    )
    report = json.loads(run(file, "--json").stdout)
    assert (report["judge"], report["cases"], report["blocked"], report["errors"]) == ("anthropic", 5, 0, 0)
    overall = report["overall"]
    assert (overall["n"], overall["exact"], overall["coverage"]) == (8, 0.5, 1.0)
    assert overall["kappa"] == pytest.approx(0.2)
    assert overall["kappa_interval"][0] <= overall["kappa"] <= overall["kappa_interval"][1]
    assert overall["confusion"] == {"met": {"met": 2, "not_yet": 0}, "not_yet": {"met": 4, "not_yet": 2}}
    assert overall["met_precision"] == pytest.approx(1 / 3)
    assert list(report["criteria"][DRILL]) == [id_ for id_ in CRITERIA if id_ in good]
    assert report["criteria"][DRILL]["request"]["n"] == 4
    assert report["styles"]["fluent"]["kappa"] is None
    assert report["styles"]["empty"]["exact"] == 0.5
    assert report["attacks"]["plea"]["false_met"] == 2


def test_the_table_says_what_the_data_say(tmp_path: Path) -> None:
    file = written(tmp_path, [case(1, labels={"request": "met"}, style="[bold]terse[/bold]"), case(2, "Nothing new.")])
    done = run(file)
    assert done.exit_code == 0
    assert "2 cases, judge: embedded" in done.stdout
    assert "[bold]terse[/bold]" in done.stdout
    assert DRILL in done.stdout


def test_without_labels_there_is_nothing_to_compare_and_it_says_so(tmp_path: Path) -> None:
    file = written(tmp_path, [case(1)])
    assert "nothing to compare" in run(file).stdout
    assert json.loads(run(file, "--json").stdout)["overall"] is None


def test_a_drill_that_is_not_in_the_folder_comes_from_the_library(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    done = CliRunner().invoke(app, [str(written(tmp_path, [case(1)])), "--drills", str(folder)])
    assert done.exit_code == 0


def test_every_fault_of_every_line_is_told_before_anything_is_judged(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        [
            case(1),
            "{not json",
            "",
            "[1, 2]",
            {"case_id": "x", "reply": 3},
            {**case(4), "drill": "sbar-999-nowhere"},
            case(5, labels={"charm": "met", "request": "yes", "headline": ["met"]}),
            case(6, labels=["met"]),
        ],
    )
    done = run(file, "--out", str(tmp_path / "out.jsonl"))
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        f"{file}:2: This line is no JSON: Expecting property name enclosed in double quotes.",
        f"{file}:4: This line is no JSON object.",
        f"{file}:5: `drill` is missing.",
        f"{file}:5: `reply` must be text.",
        f"{file}:6: `drill`: there is no drill 'sbar-999-nowhere', neither in --drills nor in the library.",
        f"{file}:7: `labels`: {DRILL} has no criterion 'charm'; it has {', '.join(sorted(CRITERIA))}.",
        f'{file}:7: `labels`: request can\'t be "yes"; it is one of met, partial, not_yet, cannot_judge.',
        f'{file}:7: `labels`: headline can\'t be ["met"]; it is one of met, partial, not_yet, cannot_judge.',
        f"{file}:8: `labels` must be an object of criterion and level.",
    ]
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("cases", "words", "sentence"),
    [
        ("nowhere.jsonl", [], "nowhere.jsonl can't be read"),
        (None, ["--out", "nowhere/at/all.jsonl"], "can't be written"),
        (None, ["--judge", "anthropic"], "ANTHROPIC_API_KEY"),
        (None, ["--drills", "no-such-folder"], "no-such-folder"),
    ],
)
def test_a_wrong_call_is_explained_in_a_sentence(
    tmp_path: Path, cases: str | None, words: list[str], sentence: str
) -> None:
    done = run(Path(cases) if cases else written(tmp_path, [case(1)]), *words)
    told = done.stderr or str(done.exception)  # settings at fault are told by the program's edge
    assert done.exit_code != 0
    assert sentence in told
    assert "Traceback" not in done.output


def test_an_empty_file_and_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    empty = written(tmp_path, ["", ""])
    assert run(empty).stderr == f"{empty}:1: There is no case in this file.\n"
    empty.write_bytes(b"\xff\xfe\x00")
    done = run(empty)
    assert (done.exit_code, "no UTF-8 text" in done.stderr) == (2, True)


def test_odd_characters_reach_the_output_as_valid_text(tmp_path: Path) -> None:
    odd = {"case_id": "a\ud800b", "drill": DRILL, "reply": "Come \udc00\u200bnow, Voss – 急."}
    (line,) = verdicts(written(tmp_path, [odd]), tmp_path / "out.jsonl")
    assert line["case_id"] == "ab"
